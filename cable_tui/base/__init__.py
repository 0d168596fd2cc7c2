"""Values that travel, and what every module may import: errors, expressions, the base of values."""

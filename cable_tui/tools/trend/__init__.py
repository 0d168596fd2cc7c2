"""Show the share of a query's cables over time."""

"""Find cables that are cited or numbered, but missing from the archive."""

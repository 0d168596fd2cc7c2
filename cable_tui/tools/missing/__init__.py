"""Find cables that are cited or numbered and not in the archive."""

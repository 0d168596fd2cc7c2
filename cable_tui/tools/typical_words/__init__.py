"""Find the words that are typical of some cables."""

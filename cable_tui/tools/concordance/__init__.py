"""Show all occurrences of words, each in its context."""

"""See every occurrence of words in its context."""

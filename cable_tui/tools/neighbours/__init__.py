"""Find the words near the words of a query, more often than chance."""

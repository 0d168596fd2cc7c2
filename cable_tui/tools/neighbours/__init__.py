"""Find the words that occur near the words of a query more often than by chance."""

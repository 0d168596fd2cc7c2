"""Find the words that occur near the words in a query more often than by chance."""

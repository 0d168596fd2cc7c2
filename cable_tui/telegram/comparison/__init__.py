"""The comparison, word by word, of two records of a cable or of two cables."""

"""New results of saved searches, which the reader has not seen yet."""

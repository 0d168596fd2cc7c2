"""What saved searches find that the reader has not seen yet."""

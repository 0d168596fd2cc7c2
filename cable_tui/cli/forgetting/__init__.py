"""`cable-tui forget`: what is removed of one archive, or of all; and the question before it."""

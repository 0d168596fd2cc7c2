"""Protection requests: where cables ask, whose names are proposed, what a reader has answered."""

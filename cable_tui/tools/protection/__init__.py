"""Protection requests: where cables make them, the proposed names, and the reader's answers."""

"""What the pass over sentences keeps: their fingerprints, and the names in texts."""

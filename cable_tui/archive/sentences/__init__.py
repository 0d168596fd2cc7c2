"""The results of the pass over sentences: their fingerprints, and the names in texts."""

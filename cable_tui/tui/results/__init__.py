"""The list of cables."""

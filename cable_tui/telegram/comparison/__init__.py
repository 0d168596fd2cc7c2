"""Two records of a cable, or two cables, compared by their words."""

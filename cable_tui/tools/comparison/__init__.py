"""Compare two records of a cable, or two cables, and show the differences."""

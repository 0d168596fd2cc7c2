"""See what differs between two records of a cable, or two cables."""

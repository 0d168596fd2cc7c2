"""Files and records: walked, opened, read in place, ranked."""

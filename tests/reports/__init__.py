"""Reports: their declarations, their reading, and what each says."""

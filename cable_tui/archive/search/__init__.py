"""Searching: from a query to hits, counts, passages and the timeline."""

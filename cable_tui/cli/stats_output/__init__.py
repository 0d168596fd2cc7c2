"""Counts of cables as they are printed: tables and charts."""

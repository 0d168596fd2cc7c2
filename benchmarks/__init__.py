"""Figures: a seeded generator of fictional archives, and one command that prints the table."""

"""A chain of citations as one story: its values, and the files it is written to."""

"""Building the cache: walk, read, write, in three passes."""

"""The catalogue: the SQLite file of the cache."""

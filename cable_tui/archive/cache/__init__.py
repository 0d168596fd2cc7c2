"""The cache of one archive: where it is, its lock, reading another user's."""

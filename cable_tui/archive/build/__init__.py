"""Building the cache: walk the files, read them, and write the results, in three passes."""

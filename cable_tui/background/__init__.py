"""Background work: the indexer process, tools' background threads, and the library file watch."""

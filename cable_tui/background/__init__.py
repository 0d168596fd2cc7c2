"""What runs in the background: the indexer process, and the watch of the library file."""

"""What runs beside the room: the indexer process and the watch over the library."""

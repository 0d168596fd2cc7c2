"""What `marks` does with the rest of the library: reads, saved searches, undo."""

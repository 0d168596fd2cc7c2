"""The page of a report over the room."""

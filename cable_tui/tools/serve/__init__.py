"""Open the reading room in browsers."""

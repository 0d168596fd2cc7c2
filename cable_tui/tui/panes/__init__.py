"""The panes of the room, and the lines above and below them."""

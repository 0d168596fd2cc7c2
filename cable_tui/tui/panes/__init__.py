"""The panes of the room, with the lines above and below them."""

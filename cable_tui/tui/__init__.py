"""The reading room: the only part that knows Textual."""

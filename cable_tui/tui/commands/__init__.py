"""The commands: what the keys do, and the words for it."""

"""COMMANDS: every key of the room, once."""

"""The library: sections of values beside the list."""

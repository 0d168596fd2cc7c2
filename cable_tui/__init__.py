"""A reading room for diplomatic cables in the terminal."""

__version__ = "0.2.0"

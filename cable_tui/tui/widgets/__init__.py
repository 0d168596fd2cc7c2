"""Widgets and texts that several parts of the screen use."""

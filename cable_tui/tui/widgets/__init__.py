"""Widgets and helpers that several parts of the screen use."""

"""The room's own themes, a dark and a light one."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="reading-room-dark",
    dark=True,
    primary="#7fa8d1",
    secondary="#9a93c4",
    accent="#d9b36c",
    warning="#dca75a",
    error="#e0807a",
    success="#8fb58a",
    foreground="#d6d9de",
    background="#14171b",
    surface="#191d22",
    panel="#262c34",
)
LIGHT = Theme(
    name="reading-room-light",
    dark=False,
    primary="#2c5c8a",
    secondary="#5c548f",
    accent="#8a5a12",
    warning="#8f5d00",
    error="#a8322d",
    success="#2f6b38",
    foreground="#2a2925",
    background="#f7f4ec",
    surface="#f1ede2",
    panel="#e1dccd",
)
THEMES = (DARK, LIGHT)
"""Registered by the app, which starts with the first."""

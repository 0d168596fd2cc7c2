"""The terminal of this process: whether it is still there, and which stream is drawn on."""

from __future__ import annotations

import sys

from cable_tui.operating_system import is_windows, only_here


def is_there() -> bool:
    """Whether the terminal still exists. On Windows a program ends with its console."""
    try:
        termios = only_here("termios")
    except ImportError:
        return True
    try:
        termios.tcgetattr(sys.__stdin__ or 0)
    except (termios.error, OSError, ValueError):
        return False
    return True


def draw_on_stderr() -> None:
    """Let Textual draw on stderr, as it does elsewhere: its driver for Windows draws on stdout.

    So the room is seen where stdout is a file or a pipe, as for `pick`.
    """
    if is_windows():
        sys.__stdout__ = sys.__stderr__  # type: ignore[misc]

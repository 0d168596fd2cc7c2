"""The terminal of this process, and its standard streams, which may be closed at the start."""

from __future__ import annotations

import os
import sys

from cable_tui.operating_system import is_windows, only_here

_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))
"""The standard streams in the order of their descriptors: each takes the lowest free descriptor."""


def is_there() -> bool:
    """Return whether the terminal still exists. On Windows a program ends with its console."""
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
    """Make Textual draw on stderr on Windows as well, where its driver draws on stdout.

    The room is then visible if stdout is a file or a pipe, as with `pick`.
    """
    if is_windows():
        sys.__stdout__ = sys.__stderr__  # type: ignore[misc]


def open_closed_streams() -> None:
    """Open the null device for each standard stream that was closed at the start (`>&-`, `<&-`).

    Otherwise the next opened file would take the stream's descriptor, and other programs would
    write their stderr into that file.
    """
    for stream_name, mode in _STREAMS:
        if getattr(sys, stream_name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(descriptor, True)
            setattr(sys, stream_name, os.fdopen(descriptor, mode, encoding="utf-8"))

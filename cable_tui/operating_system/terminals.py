"""The terminal of this process, and its standard streams, which may have been closed before."""

from __future__ import annotations

import os
import sys

from cable_tui.operating_system import is_windows, only_here

_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))
"""The standard streams in the order of their numbers, so that each gets the lowest free one."""


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
    """Let Textual draw on stderr on Windows too, where its driver draws on stdout.

    So the room is visible if stdout is a file or a pipe, as for `pick`.
    """
    if is_windows():
        sys.__stdout__ = sys.__stderr__  # type: ignore[misc]


def open_closed_streams() -> None:
    """Put the null device in place of each standard stream that was closed (`>&-`, `<&-`).

    Otherwise the next file that is opened gets its number, and the stderr of other programs goes
    into that file.
    """
    for name, mode in _STREAMS:
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(descriptor, True)
            setattr(sys, name, os.fdopen(descriptor, mode, encoding="utf-8"))

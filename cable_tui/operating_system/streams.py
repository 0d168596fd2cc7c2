"""The standard streams of this process, which whoever starts it may have closed."""

from __future__ import annotations

import os
import sys

_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))
"""In the order of their numbers, so that each gets its own: the lowest that is free."""


def open_closed_streams() -> None:
    """Put the null device in place of each standard stream that was closed (`>&-`, `<&-`).

    Otherwise the next file that is opened gets its number, and what another program prints to
    stderr goes into that file.
    """
    for name, mode in _STREAMS:
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(descriptor, True)
            setattr(sys, name, os.fdopen(descriptor, mode, encoding="utf-8"))

"""Keeping the memory of a program small in which many threads come and go. glibc only."""

from __future__ import annotations

import sys
import time
from contextlib import suppress

_M_ARENA_MAX = -8
"""Of `mallopt`: how many pools of memory threads may have."""
_PAUSE = 5.0
"""Seconds between two times that memory is given back: it takes milliseconds."""
_given = [-_PAUSE]


def one_pool() -> None:
    """Let all threads share one pool of memory; to be called before there are any.

    Each would have its own and keep what was given back there: after a hundred questions a third of
    the program's memory.
    """
    _call("mallopt", _M_ARENA_MAX, 1)


def give_back() -> None:
    """Give what the pool holds without need back to the system, now and then."""
    now = time.monotonic()
    if now - _given[0] >= _PAUSE:
        _given[0] = now
        _call("malloc_trim", 0)


def _call(name: str, *values: int) -> None:
    if sys.platform != "linux":
        return
    import ctypes

    with suppress(OSError, AttributeError):  # another C library
        getattr(ctypes.CDLL(None), name)(*values)

"""Memory of the process: kept small though many threads come and go, without delaying a key."""

from __future__ import annotations

import gc
import sys
import time
from contextlib import suppress

_M_ARENA_MAX = -8
"""Of `mallopt`: how many pools of memory threads may have."""
_PAUSE = 5.0
"""Seconds between two times that memory is given back: it takes milliseconds."""
REST = 0.4
"""Seconds without a key after which the reader counts as idle."""
COLLECT_EVERY = 0.2
"""Seconds between two checks whether the reader is idle."""
_LONG = 20.0
"""Seconds after which garbage is collected in any case: archive updates leave some, too."""
_SELDOM = 10_000
"""Of `gc.set_threshold`: collections of younger objects for one of all objects."""
_given = [-_PAUSE]


def use_one_arena() -> None:
    """Let all threads share one pool of memory; to be called before there are any. glibc only.

    Each thread would have its own pool and keep freed memory there: after a hundred queries a third
    of the program's memory.
    """
    _call("mallopt", _M_ARENA_MAX, 1)


class GarbageCollector:
    """Collects garbage while the reader is idle.

    A full collection takes ten milliseconds, and Python would do it while a key is painted.
    """

    def __init__(self) -> None:
        gc.set_threshold(*gc.get_threshold()[:2], _SELDOM)
        self._touched = self._looked = time.monotonic()

    def touched(self) -> None:
        """Note that the reader does something."""
        self._touched = time.monotonic()

    def look(self) -> None:
        """Collect if the reader was active and is idle now; to be called every `COLLECT_EVERY`."""
        now = time.monotonic()
        if self._looked < self._touched < now - REST or self._looked < now - _LONG:
            self._looked = now
            gc.collect()


def give_back() -> None:
    """Give unused memory of the pool back to the system, every `_PAUSE` seconds at most."""
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

"""Keeping the memory of a program small in which many threads come and go; no key late for it."""

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
"""Seconds without a key after which the reader rests: between two words, more often than not."""
COLLECT_EVERY = 0.2
"""Seconds from one look whether the reader rests to the next."""
_LONG = 20.0
"""Seconds after which it is looked even so: the archive's news leave something too."""
_SELDOM = 10_000
"""Of `gc.set_threshold`: looks at what is young for each one at all there is."""
_given = [-_PAUSE]


def use_one_arena() -> None:
    """Let all threads share one pool of memory; to be called before there are any. glibc only.

    Each would have its own and keep what was given back there: after a hundred questions a third of
    the program's memory.
    """
    _call("mallopt", _M_ARENA_MAX, 1)


class GarbageCollector:
    """Looks at all there is for what nobody holds any more while the reader rests.

    It takes ten milliseconds, and Python would do it while a key is painted.
    """

    def __init__(self) -> None:
        gc.set_threshold(*gc.get_threshold()[:2], _SELDOM)
        self._touched = self._looked = time.monotonic()

    def touched(self) -> None:
        """The reader does something."""
        self._touched = time.monotonic()

    def look(self) -> None:
        """To be called now and then; does nothing where nothing was done, or is just being done."""
        now = time.monotonic()
        if self._looked < self._touched < now - REST or self._looked < now - _LONG:
            self._looked = now
            gc.collect()


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

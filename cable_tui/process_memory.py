"""Process memory: kept small although many threads come and go, without delaying a key."""

from __future__ import annotations

import gc
import time

from cable_tui.operating_system.memory import call_c

_M_ARENA_MAX = -8
"""The option of `mallopt` for the number of arenas."""
_PAUSE = 5.0
"""Seconds at least between two calls of `malloc_trim`, which takes milliseconds."""
REST = 0.4
"""Seconds without a key after which the reader rests, mostly between two words."""
COLLECT_EVERY = 0.2
"""Seconds between two checks whether the reader rests."""
_LONG = 20.0
"""Seconds after which garbage is collected even so: indexing leaves some too."""
_SELDOM = 10_000
"""For `gc.set_threshold`: collections of younger objects for each full one."""
_given = [-_PAUSE]


def use_one_arena() -> None:
    """Let all threads share one arena of glibc; to be called before there are any threads.

    With an arena each, memory that was freed stays in them: a third of the program's memory after
    a hundred queries.
    """
    call_c("mallopt", _M_ARENA_MAX, 1)


class GarbageCollector:
    """Makes full collections while the reader rests.

    One takes ten milliseconds, and Python would make it while a key is painted.
    """

    def __init__(self) -> None:
        gc.set_threshold(*gc.get_threshold()[:2], _SELDOM)
        self._touched = self._looked = time.monotonic()

    def touched(self) -> None:
        """Note that the reader does something."""
        self._touched = time.monotonic()

    def look(self) -> None:
        """Collect, unless nothing was done since the last time, or a key has just come."""
        now = time.monotonic()
        if self._looked < self._touched < now - REST or self._looked < now - _LONG:
            self._looked = now
            gc.collect()


def give_back() -> None:
    """Give memory that is free in the arena back to the system, now and then."""
    now = time.monotonic()
    if now - _given[0] >= _PAUSE:
        _given[0] = now
        call_c("malloc_trim", 0)

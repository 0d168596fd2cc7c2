"""The memory of this process: a limit, and keeping it small without delaying a key."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from cable_tui import operating_system
from cable_tui.operating_system import is_macos, is_windows, only_here

_PEAK_EVERY = 0.1
"""Seconds between two looks at the memory that the process had."""
_M_ARENA_MAX = -8
"""The option of `mallopt` for the number of arenas."""
_TRIM_PAUSE = 5.0
"""The least seconds between two calls of `malloc_trim`, which takes milliseconds."""
REST = 0.4
"""After this many seconds without a key the reader pauses, mostly between two words."""
COLLECT_EVERY = 0.2
"""Seconds between two checks whether the reader pauses."""
_LONG = 20.0
"""Seconds after which garbage is collected anyway: indexing leaves some too."""
_SELDOM = 10_000
"""Number of collections of younger objects for each full one, for `gc.set_threshold`."""
_given = [-_TRIM_PAUSE]


def limit(most: int, status: int) -> None:
    """End this process rather than let it have more than `most` bytes.

    Linux refuses it more; macOS and Windows do not keep to such a limit, so it looks from time to
    time how much it had, and ends with an exit status. If neither works there is no limit.
    """
    # A system or a library that lacks the call.
    with suppress(ImportError, AttributeError, ValueError, OSError):
        if not (is_macos() or is_windows()):
            resource = only_here("resource")
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            return
        memory_had = _had_on_windows() if is_windows() else _had_on_macos()
        memory_had()
        threading.Thread(target=_watch, args=(memory_had, most, status), daemon=True).start()


def _watch(had: Callable[[], int], most: int, status: int) -> None:
    while had() < most:
        time.sleep(_PEAK_EVERY)
    os._exit(status)


def _had_on_macos() -> Callable[[], int]:
    """Return the most bytes that this process had so far; macOS counts in bytes, others in KiB."""
    resource = only_here("resource")
    return lambda: int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _had_on_windows() -> Callable[[], int]:
    """Return the function for the most bytes that this process had so far, on Windows."""
    import ctypes

    class Counters(ctypes.Structure):
        """`PROCESS_MEMORY_COUNTERS`."""

        _fields_ = (
            *((name, ctypes.c_uint32) for name in ("size", "faults")),
            *(
                (name, ctypes.c_size_t)
                for name in ("peak", *(f"other_{number}" for number in range(7)))
            ),
        )

    kernel = only_here("ctypes").windll.kernel32
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.K32GetProcessMemoryInfo.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32)
    counters = Counters()

    def had() -> int:
        place, size = ctypes.byref(counters), ctypes.sizeof(counters)
        kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), place, size)
        return int(counters.peak)

    return had


def call_c(name: str, *values: int) -> None:
    """Call a function of the C library of Linux; do nothing if the library lacks it."""
    if operating_system.PLATFORM != "linux":
        return
    import ctypes

    with suppress(OSError, AttributeError):  # another C library
        getattr(ctypes.CDLL(None), name)(*values)


def use_one_arena() -> None:
    """Let all threads share one arena of glibc; to be called before there are any threads.

    With an arena for each thread, freed memory stays in them: a third of the program's memory after
    a hundred queries.
    """
    call_c("mallopt", _M_ARENA_MAX, 1)


class GarbageCollector:
    """Makes full collections while the reader rests.

    One takes ten milliseconds, and Python would do it while a key is painted.
    """

    def __init__(self) -> None:
        gc.set_threshold(*gc.get_threshold()[:2], _SELDOM)
        self._touched = self._looked = time.monotonic()

    def touched(self) -> None:
        """Note that the reader is active."""
        self._touched = time.monotonic()

    def look(self) -> None:
        """Collect garbage, unless nothing was done since the last time, or a key has just come."""
        time_now = time.monotonic()
        if self._looked < self._touched < time_now - REST or self._looked < time_now - _LONG:
            self._looked = time_now
            gc.collect()


def give_back() -> None:
    """Return free memory of the arena to the system, now and then."""
    time_now = time.monotonic()
    if time_now - _given[0] >= _TRIM_PAUSE:
        _given[0] = time_now
        call_c("malloc_trim", 0)

"""The memory of this process: limit it, and free it without delaying the response to a key."""

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
"""The interval, in seconds, between two checks of the peak memory of the process."""
_M_ARENA_MAX = -8
"""The number of the `mallopt` option that limits the number of arenas."""
_M_TRIM_THRESHOLD, _M_MMAP_MAX = -1, -4
"""The numbers of the `mallopt` options for returning freed memory to the system."""
_MOST_KEPT = 256 << 20
"""The number of freed bytes that a process keeps after `keep_freed_memory`."""
_TRIM_PAUSE = 5.0
"""The minimum interval, in seconds, between two calls of `malloc_trim`; a call takes milliseconds.
"""
REST = 0.4
"""How long without a key, in seconds, until the reader counts as pausing."""
COLLECT_EVERY = 0.2
"""The interval, in seconds, between two checks whether the reader is pausing."""
_LONG = 20.0
"""The time, in seconds, after which garbage is collected even without a pause, because indexing
creates garbage.
"""
_SELDOM = 10_000
"""The number of collections of younger objects per full collection, for `gc.set_threshold`."""
_given = [-_TRIM_PAUSE]


def limit(most: int, status: int) -> None:
    """End this process rather than let it use more than `most` bytes.

    Linux refuses further memory. macOS and Windows do not enforce such a limit, so a thread checks
    the peak memory regularly and ends the process with an exit status. If neither is possible,
    there is no limit.
    """
    # A system or a library that lacks the call.
    with suppress(ImportError, AttributeError, ValueError, OSError):
        if not (is_macos() or is_windows()):
            resource = only_here("resource")
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            return
        get_peak_memory = _had_on_windows() if is_windows() else _had_on_macos()
        get_peak_memory()
        threading.Thread(target=_watch, args=(get_peak_memory, most, status), daemon=True).start()


def _watch(get_peak_memory: Callable[[], int], most: int, status: int) -> None:
    while get_peak_memory() < most:
        time.sleep(_PEAK_EVERY)
    os._exit(status)


def _had_on_macos() -> Callable[[], int]:
    """Return a function for the peak memory of this process in bytes; only macOS reports bytes."""
    resource = only_here("resource")
    return lambda: int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _had_on_windows() -> Callable[[], int]:
    """Return a function for the peak memory of this process in bytes, on Windows."""
    import ctypes

    class Counters(ctypes.Structure):
        """The structure `PROCESS_MEMORY_COUNTERS` of Windows."""

        _fields_ = (
            *((name, ctypes.c_uint32) for name in ("size", "faults")),
            *(
                (name, ctypes.c_size_t)
                for name in ("peak", *(f"other_{number}" for number in range(7)))
            ),
        )

    kernel_library = only_here("ctypes").windll.kernel32
    kernel_library.GetCurrentProcess.restype = ctypes.c_void_p
    kernel_library.K32GetProcessMemoryInfo.argtypes = (
        ctypes.c_void_p,
        ctypes.c_void_p,
        ctypes.c_uint32,
    )
    counters = Counters()

    def had() -> int:
        counters_pointer, counters_size = ctypes.byref(counters), ctypes.sizeof(counters)
        kernel_library.K32GetProcessMemoryInfo(
            kernel_library.GetCurrentProcess(), counters_pointer, counters_size
        )
        return int(counters.peak)

    return had


def call_c(name: str, *values: int) -> None:
    """Call a function of the C library on Linux; do nothing if the library does not have it."""
    if operating_system.PLATFORM != "linux":
        return
    import ctypes

    with suppress(OSError, AttributeError):  # another C library
        getattr(ctypes.CDLL(None), name)(*values)


def use_one_arena() -> None:
    """Make all threads share one arena of glibc. Call this before any other thread starts.

    With one arena for each thread, freed memory stays in the arenas: after a hundred queries that
    is a third of the program's memory.
    """
    call_c("mallopt", _M_ARENA_MAX, 1)


def keep_freed_memory() -> None:
    """Make glibc reuse large freed blocks instead of returning them to the system.

    Getting 100 MB from the system takes as long as decompressing them.
    """
    call_c("mallopt", _M_MMAP_MAX, 0)
    call_c("mallopt", _M_TRIM_THRESHOLD, _MOST_KEPT)


class GarbageCollector:
    """Run full garbage collections while the reader pauses.

    A full collection takes ten milliseconds, and Python might run it while the response to a key is
    painted.
    """

    def __init__(self) -> None:
        gc.set_threshold(*gc.get_threshold()[:2], _SELDOM)
        self._active_at = self._looked = time.monotonic()

    def touched(self) -> None:
        """Record that the reader has just pressed a key."""
        self._active_at = time.monotonic()

    def look(self) -> None:
        """Collect garbage if the reader was active since the last collection and pauses now."""
        time_now = time.monotonic()
        if self._looked < self._active_at < time_now - REST or self._looked < time_now - _LONG:
            self._looked = time_now
            gc.collect()


def give_back() -> None:
    """Return free memory to the system, unless this was done a few seconds ago."""
    time_now = time.monotonic()
    if time_now - _given[0] >= _TRIM_PAUSE:
        _given[0] = time_now
        call_c("malloc_trim", 0)

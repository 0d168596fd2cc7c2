"""Memory: a limit for a process, and the C library that gives it back."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from cable_tui import operating_system
from cable_tui.operating_system import is_macos, is_windows, only_here

_LOOK_EVERY = 0.1
"""Seconds."""


def limit(most: int, status: int) -> None:
    """End this process rather than let it have more than `most` bytes.

    Linux refuses it more; macOS and Windows do not keep to such a limit, so it looks from time to
    time how much it had, and ends with an exit status. Where neither works there is no limit.
    """
    # A system or a library that lacks the call.
    with suppress(ImportError, AttributeError, ValueError, OSError):
        if not (is_macos() or is_windows()):
            resource = only_here("resource")
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            return
        had = _had_on_windows() if is_windows() else _had_on_macos()
        had()
        threading.Thread(target=_watch, args=(had, most, status), daemon=True).start()


def _watch(had: Callable[[], int], most: int, status: int) -> None:
    while had() < most:
        time.sleep(_LOOK_EVERY)
    os._exit(status)


def _had_on_macos() -> Callable[[], int]:
    """The most bytes that this process had so far; macOS counts in bytes, others in KiB."""
    resource = only_here("resource")
    return lambda: int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _had_on_windows() -> Callable[[], int]:
    """The same on Windows."""
    import ctypes

    class Counters(ctypes.Structure):
        """`PROCESS_MEMORY_COUNTERS`."""

        _fields_ = (
            *((name, ctypes.c_uint32) for name in ("size", "faults")),
            *((name, ctypes.c_size_t) for name in ("peak", *(f"other_{at}" for at in range(7)))),
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
    """Call a function of the C library of Linux; nothing where there is none of that name."""
    if operating_system.PLATFORM != "linux":
        return
    import ctypes

    with suppress(OSError, AttributeError):  # another C library
        getattr(ctypes.CDLL(None), name)(*values)

"""Locks on files, which the system releases when their holder dies."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cable_tui.operating_system import is_windows, only_here


class LockHeldError(OSError):
    """Another process has the lock."""


def take(descriptor: int) -> None:
    """Lock an open file for this process until it is closed, at once.

    Raises `LockHeldError` where another process has it, and another `OSError` where the disk knows
    no locks.
    """
    try:
        if is_windows():
            msvcrt = only_here("msvcrt")
            # The first byte, which nobody reads or writes: such locks keep others from both.
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl = only_here("fcntl")
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise LockHeldError(*error.args) from error


_PAUSE = 0.05
"""Seconds between two looks at a lock that another process holds."""


@contextmanager
def alone(file: Path, seconds: float) -> Iterator[None]:
    """Hold the lock on a file, which is made; wait so long for another process that has it.

    On a disk without locks there is none. Raises `LockHeldError`, and another `OSError` where the
    file cannot be made.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    end = time.monotonic() + seconds
    try:
        while True:
            try:
                take(descriptor)
            except LockHeldError:
                if time.monotonic() > end:
                    raise
                time.sleep(_PAUSE)
            except OSError:
                break
            else:
                break
        yield
    finally:
        os.close(descriptor)

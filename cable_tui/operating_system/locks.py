"""Locks on files, which the system releases when their holder dies."""

from __future__ import annotations

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

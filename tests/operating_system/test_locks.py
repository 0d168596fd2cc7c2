"""Locks by the calls of each system."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.archive import cache
from cable_tui.errors import CacheError
from cable_tui.operating_system import locks
from tests.operating_system.systems import become, module


def _msvcrt(error: OSError | None, asked: list[tuple[int, int]]) -> object:
    def locking(_descriptor: int, mode: int, size: int) -> None:
        asked.append((mode, size))
        if error is not None:
            raise error

    return module(locking=locking, LK_NBLCK=2)


def test_windows_locks_a_byte_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    become(monkeypatch, "win32", fcntl=None, msvcrt=_msvcrt(None, asked))
    locks.take(7)
    assert asked == [(2, 1)]


# `_locking` of Microsoft's C library: EACCES where another process has the bytes.
@pytest.mark.parametrize(
    ("platform", "error", "held"),
    [
        ("win32", PermissionError(13, "Permission denied"), True),
        ("win32", OSError(22, "Invalid argument"), False),
        ("linux", BlockingIOError(11, "Resource temporarily unavailable"), True),
        ("linux", OSError(95, "Operation not supported"), False),
        ("darwin", OSError(45, "Operation not supported"), False),
    ],
)
def test_a_lock_that_is_held_is_told_from_a_disk_without_locks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, error: OSError, held: bool
) -> None:
    def flock(*_: object) -> None:
        raise error

    fcntl = module(flock=flock, LOCK_EX=2, LOCK_NB=4)
    become(monkeypatch, platform, fcntl=fcntl, msvcrt=_msvcrt(error, []))
    with pytest.raises(locks.LockHeldError if held else type(error)):
        locks.take(7)
    expected = "another process is indexing" if held else "has no locks .* --cache"
    with pytest.raises(CacheError, match=expected), cache.building(tmp_path):
        pass

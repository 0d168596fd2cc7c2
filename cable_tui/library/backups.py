"""Dated copies of the library beside it: one a day on which it changes, one before a migration."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from cable_tui import database
from cable_tui.errors import LibraryError
from cable_tui.library import sqlite_file
from cable_tui.library.schema import VERSION
from cable_tui.operating_system import files
from cable_tui.pattern import pattern
from cable_tui.settings import write_private

KEPT = 5
"""Daily copies that are kept; those from before a migration all are."""
_ROOM = 5
"""How many times the size of the library must be free for a copy of it."""
_DATED = pattern(r".*\.(\d{4}-\d\d-\d\d)(?:-schema-\d+)?")


def save(connection: sqlite3.Connection, path: Path) -> None:
    """Make the copy of today unless there is one: the file before its first change of the day.

    Raises `sqlite3.Error` or `OSError`.
    """
    version = sqlite_file.user_version(connection)
    if version == 0:
        return
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    if version < VERSION:
        _copy(connection, path, f"{today}-schema-{version}")
    if _copy(connection, path, today):
        daily = [each for each in backups(path) if "-schema-" not in each.name]
        for old in daily[KEPT:]:
            files.remove(old)


def backups(path: Path) -> list[Path]:
    """The copies of a library, the newest first."""
    found = [each for each in path.parent.glob(f"{path.name}.*") if _DATED.fullmatch(each.name)]
    return sorted(found, reverse=True)


def day(copy: Path) -> str:
    """The day of a copy, `2026-11-25`."""
    found = _DATED.fullmatch(copy.name)
    return found[1] if found else ""


def sound_copies(path: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """Copies that pass SQLite's check and this program can read, the newest first, open."""
    for copy in backups(path):
        with closing(database.connect(copy, "rw")) as connection:
            try:
                good = sqlite_file.version(connection, copy) <= VERSION and not sqlite_file.damage(
                    connection
                )
            except (sqlite3.Error, LibraryError):
                good = False
            if good:
                yield copy, connection


def _copy(connection: sqlite3.Connection, path: Path, ending: str) -> bool:
    """Copy the file unless that was done; whether it was done now."""
    target = path.with_name(f"{path.name}.{ending}")
    if target.exists():
        return False
    # A copy must not take the space that the next bookmarks need.
    if shutil.disk_usage(path.parent).free < _ROOM * path.stat().st_size:
        raise OSError(errno.ENOSPC, "the disk is nearly full")
    # Under another name until it is whole: a copy that breaks off must not pass for one.
    making = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        write_private(making, "")
        connection.execute("VACUUM INTO ?", (str(making),))
        with making.open("r+b") as stream:
            files.flush(stream)
        files.replace(making, target)
    finally:
        files.remove(making)
    return True

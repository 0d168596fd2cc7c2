"""What is left of a damaged library: its newest sound copy, and what can still be read of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from cable_tui import database
from cable_tui.library import copies, exchange, rows
from cable_tui.library.exchange import Bundle
from cable_tui.library.marks import Mark


def copied(path: Path) -> tuple[str, Bundle]:
    """The day and the content of the newest sound copy; empty where there is none."""
    for copy, connection in copies.sound(path):
        return copies.day(copy), exchange.bundle(connection)
    return "", Bundle()


def salvaged(path: Path) -> Bundle:
    """The marks and lists of a damaged file, from both ends up to the places where it breaks."""
    with closing(database.connect(path, "rw")) as connection:
        found: dict[int, Mark] = {}
        for columns in (rows.NEW, rows.OLD):
            for direction in ("", "DESC"):
                statement = f"SELECT {columns} FROM mark ORDER BY id {direction}"  # noqa: S608
                for row in _readable(connection, statement):
                    found.setdefault(int(str(row[7])), rows.mark(row))
        lists: dict[str, list[str]] = {}
        for name, key in _readable(
            connection,
            "SELECT list.name, entry.mark_id FROM list JOIN entry ON entry.list_id = list.id "
            "ORDER BY list.rank, entry.rank",
        ):
            if isinstance(key, int) and key in found:
                lists.setdefault(str(name), []).append(found[key].uid)
        searches = _readable(connection, "SELECT name, query FROM search ORDER BY rank")
        named = {str(name): str(query) for name, query in searches}
    return Bundle(tuple(found[key] for key in sorted(found)), lists, named)


def _readable(connection: sqlite3.Connection, statement: str) -> list[tuple[object, ...]]:
    found = []
    try:
        for row in connection.execute(statement):
            found.append(row)  # noqa: PERF402 - what was read so far is kept
    except sqlite3.DatabaseError:
        return found
    return found


def set_aside(path: Path) -> Path:
    """Rename a damaged file, its journal too; nothing is written over. Raises `OSError`."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    names = (path.with_name(f"{path.name}.damaged-{stamp}-{number}") for number in count(1))
    aside = next(name for name in names if not name.exists())
    journal = path.with_name(path.name + "-journal")
    if journal.exists():
        journal.rename(aside.with_name(aside.name + "-journal"))
    path.rename(aside)
    return aside


def refill(connection: sqlite3.Connection, day: str, copy: Bundle, salvage: Bundle) -> str:
    """Take over both, inside of the caller's transaction; how many of each, in words."""
    if day:
        of_copy = exchange.merge(connection, copy)
        more = exchange.merge(connection, salvage)
        return (
            f"From its copy of {day} came {_marks(of_copy.added)}, from what could still be read "
            f"{_marks(more.added)} more and {more.updated} newer notes"
        )
    more = exchange.merge(connection, salvage)
    return f"There is no copy; marks that could still be read: {more.added}"


def _marks(number: int) -> str:
    return f"{number} mark{'' if number == 1 else 's'}"

"""What others never get: private lists, and bookmarks that are in no other list."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from cable_tui.library.sqlite_file import user_version

SHAREABLE = """
EXISTS (
  SELECT 1 FROM entry JOIN list ON list.id = list_id
  WHERE mark_id = mark.id AND list.name NOT IN (SELECT name FROM private WHERE kind = 'list')
) OR NOT EXISTS (SELECT 1 FROM entry WHERE mark_id = mark.id)
AND uid NOT IN (SELECT name FROM private WHERE kind = 'mark')
"""
"""Whether a row of `mark` may leave: it is in a list that is not private; or it is in none, and
never was in a private one. So a private list that is taken away does not give everybody what was
in it."""
Rows = Iterable[tuple[str, str]]
"""Of the table `private`: kind and name."""


def rows(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """All that is private; nothing in a file of an older program."""
    if user_version(connection) < 3:
        return ()
    found = connection.execute("SELECT kind, name FROM private ORDER BY id")
    return tuple((str(kind), str(name)) for kind, name in found)


def lists(connection: sqlite3.Connection) -> frozenset[str]:
    """The names of the private lists."""
    return frozenset(name for kind, name in rows(connection) if kind == "list")


def set_private(connection: sqlite3.Connection, name: str, *, on: bool) -> None:
    """Make a list private with the marks that are in it, or no longer."""
    if not on:
        connection.execute("DELETE FROM private WHERE kind = 'list' AND name = ?", (name,))
        return
    members = connection.execute(
        "SELECT mark.uid FROM mark JOIN entry ON entry.mark_id = mark.id "
        "JOIN list ON list.id = list_id WHERE list.name = ?",
        (name,),
    ).fetchall()
    add(connection, [("list", name), *(("mark", uid) for (uid,) in members)])


def add(connection: sqlite3.Connection, given: Rows) -> None:
    """Add what is private; what is so already stays."""
    connection.executemany(
        "INSERT INTO private (kind, name) VALUES (?, ?) ON CONFLICT DO NOTHING", given
    )


def rename(connection: sqlite3.Connection, name: str, new: str) -> None:
    """A list that has another name is as private as before, and so is one that gets such a name."""
    secret = lists(connection)
    if name != new:
        set_private(connection, name, on=False)
    if secret & {name, new}:
        set_private(connection, new, on=True)

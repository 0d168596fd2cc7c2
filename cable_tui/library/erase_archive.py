"""Removes a library's data on some cables for good: from its file, its log and its copies.

A change of the library can be undone, because the log keeps the rows before it. Forgetting needs
the opposite: `secure_delete` writes zeros over the rows, VACUUM writes the file again without what
older changes have left in it, and each dated copy is treated as the library is. What others have
stays with them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import Value
from cable_tui.library import mark_rows, recovery, sqlite_file
from cable_tui.library.sqlite_file import VERSION, json_row
from cable_tui.program import database

InArchive = Callable[[str], bool]
"""A function that tells whether a canonical id belongs to the archive."""
Standing = frozenset[tuple[str, str]]
"""Marks that stay, by uid and note."""
_ROW = "coalesce(after, before)"
_MARKS = (
    "subject = 'mark' AND CASE WHEN json_valid(" + _ROW + ") "
    "THEN in_archive(json_extract(" + _ROW + ", '$.canonical_id')) END"
)
"""Rows of the log on marks of the archive; damage may have changed any of them."""
_MARK_OF_ENTRY = f"CASE WHEN json_valid({_ROW}) THEN json_extract({_ROW}, '$.mark_id') END"
_EMPTY = "id NOT IN (SELECT list_id FROM entry)"


class Forgotten(Value):
    """The traces that were removed of an archive."""

    read: int = 0
    """The number of cables that had been read."""
    changes: int = 0
    """The number of earlier states in the log: old notes, deleted bookmarks."""
    marks: int = 0
    lists: tuple[str, ...] = ()
    """The number of lists that had only marks of this archive."""
    copies: int = 0
    """The number of backups that had something of it."""
    left: tuple[Path, ...] = ()
    """Files next to the library that may hold more of it, and could not be cleaned."""


def standing(connection: sqlite3.Connection) -> Standing:
    """Return all marks of a library."""
    return frozenset((mark.uid, mark.note) for mark in mark_rows.read(connection))


def strip(
    connection: sqlite3.Connection, in_archive: InArchive, stays: Standing | None
) -> Forgotten:
    """Remove a file's data on an archive, inside of the caller's transaction and change.

    That is what was read, the log, and the marks that are not in `stays`; with None all marks of it
    and the lists that have no others. `secure_delete` is set by it.
    """
    connection.execute("PRAGMA secure_delete = ON").fetchall()
    version = sqlite_file.user_version(connection)
    if version == 0:
        return Forgotten()
    removed_ids = [
        mark.id
        for mark in mark_rows.read(connection)
        if in_archive(mark.canonical_id) and (stays is None or (mark.uid, mark.note) not in stays)
    ]
    if version == 1:  # it has marks alone
        connection.executemany("DELETE FROM mark WHERE id = ?", ((id_,) for id_ in removed_ids))
        return Forgotten(marks=len(removed_ids))
    connection.create_function("in_archive", 1, in_archive, deterministic=True)
    (change,) = connection.execute("SELECT max(id) FROM change").fetchone()
    filled_lists = set(_lists(connection, f"NOT ({_EMPTY})"))
    for id_ in removed_ids:
        mark_rows.delete(connection, id_)
    emptied_lists = (
        [row for row in _lists(connection, _EMPTY) if row in filled_lists] if stays is None else []
    )
    connection.executemany("DELETE FROM list WHERE id = ?", ((id_,) for id_, _ in emptied_lists))
    read_cables = connection.execute("DELETE FROM seen WHERE in_archive(canonical_id)").rowcount
    changes = _forget_log(connection, change, [id_ for id_, _ in emptied_lists])
    if version > 2:
        erase_events(connection, marks=stays is None)
    names = tuple(name for _, name in emptied_lists)
    return Forgotten(read_cables, changes, len(removed_ids), names)


def _lists(connection: sqlite3.Connection, which: str) -> list[tuple[int, str]]:
    rows = connection.execute(f"SELECT id, name FROM list WHERE {which}")  # noqa: S608 - constants
    return [(int(id_), str(name)) for id_, name in rows]


def _forget_log(connection: sqlite3.Connection, change: int, lists: Iterable[int]) -> int:
    """Remove log entries on marks of the archive, and on some lists.

    Returns the number of earlier states.
    """
    (earlier_events,) = connection.execute(
        f"SELECT count(*) FROM event WHERE {_MARKS} AND before NOT NULL AND change_id <> ?",  # noqa: S608 - constants
        (change,),
    ).fetchone()
    # What was a mark of the archive: its places in lists go with it, unless it stays.
    connection.execute(
        f"DELETE FROM event WHERE subject = 'entry' AND {_MARK_OF_ENTRY} IN "  # noqa: S608 - constants
        f"(SELECT row_id FROM event WHERE {_MARKS} EXCEPT SELECT id FROM mark)"
    )
    connection.execute(f"DELETE FROM event WHERE {_MARKS}")  # noqa: S608 - constants
    connection.executemany(
        "DELETE FROM event WHERE subject = 'list' AND row_id = ?", ((id_,) for id_ in lists)
    )
    connection.execute(
        "DELETE FROM change WHERE id <> ? AND id NOT IN (SELECT change_id FROM event)", (change,)
    )
    # A damaged file is read with the help of its log: it keeps the present marks as they are.
    connection.execute(
        "INSERT INTO event (change_id, subject, row_id, after) "  # noqa: S608 - names of the schema
        f"SELECT ?, 'mark', id, {json_row('mark', 'mark')} "
        "FROM mark WHERE in_archive(canonical_id)",
        (change,),
    )
    return int(earlier_events)


def forget_copies(
    path: Path, in_archive: InArchive, stays: Standing | None, author: str, time: str
) -> tuple[int, tuple[Path, ...]]:
    """Strip the backups of a library; return how many had something, and which still may.

    Damaged backups, those of a newer program, and damaged libraries cannot be stripped.
    """
    copies_changed, files_left = 0, list(recovery.set_aside(path))
    for copy in recovery.copies(path):
        try:
            copies_changed += _forget_copy(copy, in_archive, stays, author, time)
        except (sqlite3.Error, LibraryError):
            files_left.append(copy)
    return copies_changed, tuple(files_left)


def _forget_copy(
    copy: Path, in_archive: InArchive, stays: Standing | None, author: str, time: str
) -> bool:
    with closing(database.connect(copy, "rw")) as connection:
        version = sqlite_file.version(connection, copy)
        if version > VERSION or (copy_damage := sqlite_file.damage(connection)):
            raise LibraryError(f"{copy}: {copy_damage if version <= VERSION else 'a newer one'}")
        connection.execute("BEGIN IMMEDIATE")
        # The triggers of a copy write into its newest change.
        change = sqlite_file.begin_change(connection, "forget", author, time) if version > 1 else 0
        erased = strip(connection, in_archive, stays)
        if change:
            sqlite_file.end_change(connection, change)
        had_archive = bool(erased.read or erased.changes or erased.marks)
        # A copy that has nothing of it stays as it is, to the byte.
        connection.execute("COMMIT" if had_archive else "ROLLBACK")
        if had_archive:
            connection.execute("VACUUM")
        return had_archive


def _of_archive(mark: str, entry: str) -> str:
    cable = f"coalesce({mark}, {entry})"
    return f"CASE WHEN {cable} NOT NULL THEN in_archive({cable}) END"


def erase_events(connection: sqlite3.Connection, *, marks: bool) -> None:
    """Remove the contents of earlier events on cables for which SQL's `in_archive` is true.

    With `marks` also the standing ones. Events keep their numbers and their lists of replaced
    events, which others need. Inside of the caller's transaction.
    """
    if marks:
        connection.execute(f"DELETE FROM standing WHERE {_OF_STANDING}")  # noqa: S608 - constants
    connection.execute(
        "UPDATE own_event SET event = json_set(event, '$.value', NULL) "  # noqa: S608 - constants
        f"WHERE {_OF_OWN} AND NOT EXISTS (SELECT 1 FROM standing WHERE "
        "standing.library = own_event.library AND standing.counter = own_event.counter)"
    )


_OF_STANDING = _of_archive(
    "json_extract(value, '$.canonical_id')", "json_extract(value, '$.mark.canonical_id')"
)
_OF_OWN = _of_archive(
    "json_extract(event, '$.value.canonical_id')",
    "json_extract(event, '$.value.mark.canonical_id')",
)

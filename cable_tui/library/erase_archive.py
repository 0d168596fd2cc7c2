"""Permanently remove a library's data on some cables from its file, its log and its copies.

Changes to the library can be undone, because the log keeps earlier rows. Forgetting needs the
opposite: `secure_delete` overwrites rows with zeros, VACUUM rewrites the file without remains of
older changes, and each dated copy is treated like the library. Data on other people's machines is
not affected.
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
"""A function that returns whether a canonical ID belongs to the archive."""
Standing = frozenset[tuple[str, str]]
"""The marks that are not removed, by uid and note."""
_ROW = "coalesce(after, before)"
_MARKS = (
    "subject = 'mark' AND CASE WHEN json_valid(" + _ROW + ") "
    "THEN in_archive(json_extract(" + _ROW + ", '$.canonical_id')) END"
)
"""A condition that selects log rows on the archive's marks. Damage may have changed any of these
rows.
"""
_MARK_OF_ENTRY = f"CASE WHEN json_valid({_ROW}) THEN json_extract({_ROW}, '$.mark_id') END"
_LIST_OF_NOTE = f"CASE WHEN json_valid({_ROW}) THEN json_extract({_ROW}, '$.list_id') END"
_EMPTY = "id NOT IN (SELECT list_id FROM entry)"


class Forgotten(Value):
    """The result of removing the data about an archive."""

    read: int = 0
    """The number of read cables that were forgotten."""
    changes: int = 0
    """The number of earlier states removed from the log: old notes and deleted bookmarks."""
    marks: int = 0
    lists: tuple[str, ...] = ()
    """The names of removed lists, which contained only marks of this archive."""
    copies: int = 0
    """The number of backups that contained data on the archive."""
    left: tuple[Path, ...] = ()
    """Files next to the library that may contain more of the archive's data but could not be
    cleaned.
    """


def standing(connection: sqlite3.Connection) -> Standing:
    """Return all marks of a library, by uid and note."""
    return frozenset((mark.uid, mark.note) for mark in mark_rows.read(connection))


def strip(
    connection: sqlite3.Connection, in_archive: InArchive, stays: Standing | None
) -> Forgotten:
    """Remove a file's data on an archive, inside the caller's transaction and change.

    This removes the record of read cables, log entries, and marks that are not in `stays`. If
    `stays` is None, it removes all marks of the archive and lists that contain no others. It also
    turns on `secure_delete`.
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
        connection.executemany(
            "DELETE FROM mark WHERE id = ?", ((row_id,) for row_id in removed_ids)
        )
        return Forgotten(marks=len(removed_ids))
    connection.create_function("in_archive", 1, in_archive, deterministic=True)
    (change_id,) = connection.execute("SELECT max(id) FROM change").fetchone()
    filled_lists = set(_lists(connection, f"NOT ({_EMPTY})"))
    for row_id in removed_ids:
        mark_rows.delete(connection, row_id)
    emptied_lists = (
        [list_row for list_row in _lists(connection, _EMPTY) if list_row in filled_lists]
        if stays is None
        else []
    )
    connection.executemany(
        "DELETE FROM list WHERE id = ?", ((row_id,) for row_id, _ in emptied_lists)
    )
    read_cables = connection.execute("DELETE FROM seen WHERE in_archive(canonical_id)").rowcount
    earlier_states = _forget_log(connection, change_id, [row_id for row_id, _ in emptied_lists])
    if version > 2:
        erase_events(connection, marks=stays is None)
    list_names = tuple(name for _, name in emptied_lists)
    return Forgotten(read_cables, earlier_states, len(removed_ids), list_names)


def _lists(connection: sqlite3.Connection, condition: str) -> list[tuple[int, str]]:
    rows = connection.execute(f"SELECT id, name FROM list WHERE {condition}")  # noqa: S608 - constants
    return [(int(id_), str(name)) for id_, name in rows]


def _forget_log(connection: sqlite3.Connection, change: int, list_ids: Iterable[int]) -> int:
    """Remove log entries on the archive's marks and on the given lists.

    Returns the number of removed earlier states.
    """
    (earlier_states,) = connection.execute(
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
        "DELETE FROM event WHERE subject = 'list' AND row_id = ? OR "  # noqa: S608 - constants
        f"subject = 'list_note' AND {_LIST_OF_NOTE} = ?",
        ((id_, id_) for id_ in list_ids),
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
    return int(earlier_states)


def forget_copies(
    path: Path, in_archive: InArchive, stays: Standing | None, author: str, time: str
) -> tuple[int, tuple[Path, ...]]:
    """Strip a library's backups; return how many contained data, and which files still may.

    Damaged backups, backups from a newer program, and damaged libraries cannot be stripped.
    """
    changed_copies, uncleaned_files = 0, list(recovery.set_aside(path))
    for backup_file in recovery.copies(path):
        try:
            changed_copies += _forget_copy(backup_file, in_archive, stays, author, time)
        except (sqlite3.Error, LibraryError):
            uncleaned_files.append(backup_file)
    return changed_copies, tuple(uncleaned_files)


def _forget_copy(
    copy: Path, in_archive: InArchive, stays: Standing | None, author: str, time: str
) -> bool:
    with closing(database.connect(copy, "rw")) as connection:
        schema_version = sqlite_file.version(connection, copy)
        if schema_version > VERSION or (copy_damage := sqlite_file.damage(connection)):
            raise LibraryError(
                f"{copy}: {copy_damage if schema_version <= VERSION else 'a newer one'}"
            )
        connection.execute("BEGIN IMMEDIATE")
        # The triggers of a copy write into its newest change.
        change_id = (
            sqlite_file.begin_change(connection, "forget", author, time)
            if schema_version > 1
            else 0
        )
        removed_data = strip(connection, in_archive, stays)
        if change_id:
            sqlite_file.end_change(connection, change_id)
        had_archive = bool(removed_data.read or removed_data.changes or removed_data.marks)
        # A copy that has nothing of it stays as it is, to the byte.
        connection.execute("COMMIT" if had_archive else "ROLLBACK")
        if had_archive:
            connection.execute("VACUUM")
        return had_archive


def _of_archive(mark_sql: str, entry_sql: str) -> str:
    cable_sql = f"coalesce({mark_sql}, {entry_sql})"
    return f"CASE WHEN {cable_sql} NOT NULL THEN in_archive({cable_sql}) END"


def erase_events(connection: sqlite3.Connection, *, marks: bool) -> None:
    """Remove the contents of earlier events on cables for which SQL's `in_archive` is true.

    With `marks`, the standing events are also removed. Events keep their numbers and their lists of
    replaced events, because other events need them. This runs inside the caller's transaction.
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

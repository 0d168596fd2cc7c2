"""Marks as rows, with the SQL statements that the library runs on them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import replace
from cable_tui.library import list_rows
from cable_tui.library.mark import Mark, other_uid, uid
from cable_tui.library.sqlite_file import SCHEMA_1, add_row, user_version, utf8

COLUMNS = f"{SCHEMA_1}, changed, uid"
SAME = "WHERE canonical_id = ? AND paragraph = ? AND note = ? AND author = ?"
_MEMBERSHIPS = """
SELECT entry.mark_id, list.name FROM entry JOIN list ON list.id = entry.list_id
ORDER BY list.rank, list.name
"""


class SameNoteError(LibraryError):
    """The location already has the same note by the same author."""

    def __init__(self) -> None:
        super().__init__("the same note is already there")


def read(
    connection: sqlite3.Connection, where: str = "", values: tuple[object, ...] = ()
) -> list[Mark]:
    """Return the marks selected by a constant condition, oldest first."""
    schema_version = user_version(connection)
    if schema_version == 0:
        return []
    column_list = SCHEMA_1 if schema_version == 1 else COLUMNS
    rows = connection.execute(
        f"SELECT {column_list} FROM mark {where} ORDER BY created, id",  # noqa: S608 - constants
        values,
    ).fetchall()
    if schema_version == 1:
        return [mark(row) for row in rows]
    if where:
        return [mark(row, list_rows.lists_of(connection, row[7])) for row in rows]
    lists_by_mark: dict[int, list[str]] = {}
    for mark_id, name in connection.execute(_MEMBERSHIPS):
        lists_by_mark.setdefault(mark_id, []).append(name)
    return [mark(row, lists_by_mark.get(row[7], ())) for row in rows]


def mark(row: Sequence[object], list_names: Iterable[str] = ()) -> Mark:
    """Return the mark in a row with the columns `SCHEMA_1` or `COLUMNS`."""
    reference_id, canonical_id, paragraph, fingerprint, note, author, created_at = map(str, row[:7])
    id_column = row[7]
    text_values = (
        reference_id,
        canonical_id,
        paragraph or None,
        fingerprint or None,
        note,
        author,
        created_at,
    )
    mark_id = id_column if isinstance(id_column, int) else 0
    if len(row) < 10:
        return Mark(*text_values, mark_id, tuple(list_names), created_at, uid(Mark(*text_values)))
    return Mark(*text_values, mark_id, tuple(list_names), str(row[8]), str(row[9]))


def signed(mark: Mark, author: str, time: str) -> Mark:
    """Return a mark with all values of a stored mark except its number; `time` sets its dates."""
    created_at = mark.created or time
    mark = replace(
        mark,
        canonical_id=utf8(mark.canonical_id),
        paragraph=None if mark.paragraph is None else utf8(mark.paragraph),
        note=utf8(mark.note),
        author=utf8(mark.author) or author,
        lists=tuple(filter(None, map(list_rows.stored_name, mark.lists))),
        created=created_at,
        changed=mark.changed or created_at,
    )
    return mark if mark.uid else replace(mark, uid=uid(mark))


def find(connection: sqlite3.Connection, uid: str) -> Mark | None:
    """Return the mark with a `uid`, or None."""
    marks = read(connection, "WHERE uid = ?", (uid,))
    return marks[0] if marks else None


def insert(connection: sqlite3.Connection, new_mark: Mark) -> Mark:
    """Store a mark unless it exists, add it to its lists, and return the stored mark.

    An existing mark without a text fingerprint receives the new one.
    """
    column_values = {
        "reference_id": utf8(new_mark.reference_id),
        "canonical_id": utf8(new_mark.canonical_id),
        "paragraph": utf8(new_mark.paragraph or ""),
        "fingerprint": utf8(new_mark.fingerprint or ""),
        "note": utf8(new_mark.note),
        "author": utf8(new_mark.author),
        "created": utf8(new_mark.created),
        "changed": utf8(new_mark.changed or new_mark.created),
        "uid": new_mark.uid or uid(new_mark),
    }
    place_and_note = tuple(
        column_values[name] for name in ("canonical_id", "paragraph", "note", "author")
    )
    stored_marks = read(connection, SAME, place_and_note)
    if stored_marks:
        mark_id = stored_marks[0].id
    else:
        column_values["uid"] = free_uid(connection, column_values["uid"])
        mark_id = add_row(connection, "mark", column_values)
    connection.execute(
        "UPDATE mark SET fingerprint = ? WHERE id = ? AND fingerprint = '' AND fingerprint <> ?",
        (column_values["fingerprint"], mark_id, column_values["fingerprint"]),
    )
    for name in new_mark.lists:
        list_rows.put(connection, [mark_id], name)
    return read(connection, "WHERE id = ?", (mark_id,))[0]


def free_uid(connection: sqlite3.Connection, uid: str) -> str:
    """Return a `uid` that no mark has: the given one, or one derived from it."""
    while connection.execute("SELECT 1 FROM mark WHERE uid = ?", (uid,)).fetchone():
        uid = other_uid(uid)
    return uid


def edit(connection: sqlite3.Connection, mark_id: int, note: str, time: str) -> Mark | None:
    """Change a mark's note and return the mark, or None if it was removed.

    Raises `SameNoteError`.
    """
    stored_marks = read(connection, "WHERE id = ?", (mark_id,))
    if not stored_marks or stored_marks[0].note == utf8(note):
        return stored_marks[0] if stored_marks else None
    try:
        connection.execute(
            "UPDATE mark SET note = ?, changed = ? WHERE id = ?", (utf8(note), time, mark_id)
        )
    except sqlite3.IntegrityError as error:
        raise SameNoteError from error
    return read(connection, "WHERE id = ?", (mark_id,))[0]


def delete(connection: sqlite3.Connection, mark_id: int) -> None:
    """Remove a mark, and its entries in lists."""
    connection.execute("DELETE FROM entry WHERE mark_id = ?", (mark_id,))
    connection.execute("DELETE FROM mark WHERE id = ?", (mark_id,))

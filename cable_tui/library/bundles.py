"""The content of a library as one value that can be exported, merged and written as JSON.

A bundle file contains only data, none of which is executed. Other people's files are not trusted:
if a file does not match `BundleFile`, the whole file is refused, and control characters are removed
from its texts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import Value, as_json, field, picked, replace
from cable_tui.library import list_notes, list_rows, mark_rows
from cable_tui.library.list_notes import LONGEST, ListNote
from cable_tui.library.mark import Mark, uid
from cable_tui.library.sqlite_file import utf8
from cable_tui.query.parser import from_older, to_keep
from cable_tui.text.cleaning import json_text

if TYPE_CHECKING:
    from cable_tui.base.kinds import Id, Instant, Name, Only, OrNull, Text, Trimmed, Uid

FORMAT: Final = "cable-tui marks"
VERSION: Final = 1
_FORMAT = FORMAT.encode()
_NOT_OURS = "not a file made by `cable-tui bookmarks export`"
LARGEST = 64 << 20
"""The maximum number of bytes to read from a file."""


class BundleMark(Value):
    """A bookmark in a file. A hand-written bookmark needs only `ref` and `created`."""

    uid: Uid = ""
    reference_id: Annotated[Id, "named ref"] = ""
    canonical_id: Annotated[Id, "named canonical"] = ""
    paragraph: OrNull[Trimmed] = ""
    """The label of the bookmarked paragraph, or null for the whole cable"""
    fingerprint: OrNull[Uid] = ""
    """The fingerprint of the paragraph's text, which identifies the paragraph if its number changes
    """
    note: Text = ""
    """The note; empty if there is none"""
    author: Trimmed = ""
    created: Instant = ""
    changed: Instant = ""
    private: Only[bool] = False
    """Whether the bookmark is never shared with others; present only if it is private"""


class BundleList(Value):
    """A list in a file."""

    name: Name
    marks: tuple[Uid, ...] = ()
    """The uids of its bookmarks, in order"""
    private: Only[bool] = False
    """Whether the list is never shared with others; present only if it is private"""
    note: Only[Annotated[Text, ("maxLength", LONGEST)]] = ""
    """The note on the list; present only if there is one"""
    changed: Only[Instant] = ""
    """When the note was last changed; present only if there is a note"""


class BundleSearch(Value):
    """A saved search in a file."""

    name: Name
    query: Trimmed = ""


class BundleFile(Value):
    """The file that `bookmarks export` writes and `bookmarks import` reads."""

    format: Literal["cable-tui marks"]
    version: Literal[1]
    marks: tuple[BundleMark, ...] = ()
    lists: tuple[BundleList, ...] = ()
    searches: tuple[BundleSearch, ...] = ()
    """The saved searches"""


class Bundle(Value):
    """Marks, lists and saved searches, independent of any file."""

    marks: tuple[Mark, ...] = ()
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The `Mark.uid`s in each list, keyed by list name, both in the reader's order."""
    searches: Mapping[str, str] = field(default_factory=dict)
    """The queries of saved searches, by name."""
    read: Mapping[str, str] = field(default_factory=dict)
    """The time when each cable was read. Only a rescue fills this field; exported files do not
    contain it.
    """
    private: tuple[tuple[str, str], ...] = ()
    """The private rows from `list_rows.private_rows`."""
    list_notes: Mapping[str, ListNote] = field(default_factory=dict)
    """The notes on lists, by name of their list."""


class Imported(Value):
    """The results of importing the marks of a bundle."""

    added: int
    updated: int
    """The number of existing marks that had an older note."""
    same: int


def bundle_of(connection: sqlite3.Connection) -> Bundle:
    """Return the content of a library file, without the cables that were read."""
    marks = {mark.id: mark for mark in mark_rows.read(connection)}
    lists = {
        name: [
            marks[mark_id].uid
            for mark_id in list_rows.members(connection, name)
            if mark_id in marks
        ]
        for name in list_rows.names(connection)
    }
    return Bundle(
        tuple(marks.values()),
        lists,
        list_rows.searches(connection),
        private=list_rows.private_rows(connection),
        list_notes=list_notes.read(connection),
    )


def merge(connection: sqlite3.Connection, bundle: Bundle) -> Imported:
    """Merge a bundle inside the caller's transaction. A second merge changes nothing.

    An existing mark keeps its position in its lists. If both marks or lists have a note, the note
    that was changed last is kept. An existing saved search keeps its query.
    """
    id_by_uid: dict[str, int] = {}
    outcomes = {"added": 0, "updated": 0, "same": 0}
    # First: nothing that is put into a private list may pass for anything else.
    list_rows.add_private(connection, bundle.private)
    for mark in bundle.marks:
        id_by_uid[mark.uid], outcome = _merged(connection, mark)
        outcomes[outcome] += 1
    ranks = list_rows.free_ranks(connection, "list")
    for name, uids in bundle.lists.items():
        list_rows.put(
            connection,
            (id_by_uid[mark_uid] for mark_uid in uids if mark_uid in id_by_uid),
            name,
            ranks,
        )
    list_notes.merge(connection, bundle.list_notes)
    known_searches = list_rows.searches(connection)
    ranks = list_rows.free_ranks(connection, "search")
    for name, query in bundle.searches.items():
        if name not in known_searches:
            list_rows.save(connection, name, from_older(query), ranks)
    connection.executemany(
        "INSERT INTO seen VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
        ((utf8(cable), read_at) for cable, read_at in bundle.read.items()),
    )
    return Imported(**outcomes)


def _merged(connection: sqlite3.Connection, mark: Mark) -> tuple[int, str]:
    mark_key = tuple(map(utf8, (mark.canonical_id, mark.paragraph or "", mark.note, mark.author)))
    equal_marks = mark_rows.read(connection, mark_rows.SAME, mark_key)
    if equal_marks:
        return equal_marks[0].id, "same"
    stored_marks = mark_rows.read(connection, "WHERE uid = ?", (mark.uid,))
    if not stored_marks:
        return mark_rows.insert(connection, replace(mark, lists=())).id, "added"
    if _place_and_author(stored_marks[0]) != _place_and_author(mark):
        # Two marks never have one uid, but a file may say anything.
        added_mark = mark_rows.insert(connection, replace(mark, lists=(), uid=uid(mark)))
        return added_mark.id, "added"
    if stored_marks[0].changed == mark.changed and stored_marks[0].note and mark.note:
        # Neither is the newer one.
        return mark_rows.insert(connection, replace(mark, lists=())).id, "added"
    if stored_marks[0].changed < mark.changed or not stored_marks[0].note:
        mark_rows.edit(connection, stored_marks[0].id, mark.note, mark.changed)
        return stored_marks[0].id, "updated"
    return stored_marks[0].id, "same"


def _place_and_author(mark: Mark) -> tuple[str, str, str]:
    return mark.canonical_id, mark.paragraph or "", mark.author


def dumps(bundle: Bundle) -> str:
    """Return the text of the file for a bundle."""

    def is_private(row_kind: str, name: str) -> bool:
        return (row_kind, name) in bundle.private

    bundle_value = BundleFile(
        FORMAT,
        VERSION,
        tuple(
            picked(BundleMark, mark, private=is_private("mark", mark.uid)) for mark in bundle.marks
        ),
        tuple(
            _list_in_file(bundle, name, uids, is_private=is_private("list", name))
            for name, uids in bundle.lists.items()
        ),
        tuple(BundleSearch(name, to_keep(query)) for name, query in bundle.searches.items()),
    )
    return json_text(as_json(bundle_value), indent=1) + "\n"


def _list_in_file(
    bundle: Bundle, name: str, uids: Sequence[str], *, is_private: bool
) -> BundleList:
    note = bundle.list_notes.get(name, list_notes.NO_NOTE)
    return BundleList(name, tuple(uids), is_private, note.text, note.changed)


def read(file: Path, largest: int = LARGEST) -> bytes:
    """Return the content of a file. Raises `LibraryError`."""
    try:
        if not file.is_file():
            raise LibraryError(f"{file}: no such file" if not file.exists() else f"{file}: no file")
        with file.open("rb") as stream:
            content = stream.read(largest + 1)
    except OSError as error:
        raise LibraryError(f"{file}: cannot be read: {error.strerror}") from error
    if len(content) > largest:
        raise LibraryError(f"{file}: larger than {largest >> 20} MiB; nothing was imported")
    return content


def loads(content: bytes, name: str) -> Bundle:
    """Return the bundle in the content of a file.

    Raises `LibraryError`, which describes the error and its position.
    """
    from cable_tui.text.untrusted import json_value  # most commands read no file of others

    try:
        json_object = json_value(content)
    except ValueError as error:
        error_line = getattr(error, "lineno", 0) if _FORMAT in content else 0
        json_begun = f"; it is not JSON, starting at line {error_line}" if error_line else ""
        raise _refused(name, f"{_NOT_OURS}{json_begun}") from None
    try:
        return _bundle(json_object)
    except ValueError as error:
        raise _refused(name, str(error)) from None


def _refused(name: str, reason: str) -> LibraryError:
    return LibraryError(f"{name}: {reason}. Nothing was imported")


def _bundle(json_object: Any) -> Bundle:
    if not isinstance(json_object, dict) or json_object.get("format") != FORMAT:
        raise ValueError(_NOT_OURS)
    file_version = json_object.get("version")
    if file_version != VERSION or isinstance(file_version, bool):
        raise ValueError(f"version {file_version!r} is unknown; this cable-tui knows {VERSION}")
    from cable_tui.text.untrusted import read as read_json

    bundle_file = read_json(BundleFile, json_object)
    uids_by_list: dict[str, list[str]] = {}
    for listed_in_file in bundle_file.lists:
        uids_by_list.setdefault(listed_in_file.name, []).extend(listed_in_file.marks)
    marks_read = tuple(map(_mark, bundle_file.marks))
    private_rows = [
        ("mark", mark.uid)
        for mark, file_mark in zip(marks_read, bundle_file.marks, strict=True)
        if file_mark.private
    ]
    private_rows += [
        ("list", listed_in_file.name)
        for listed_in_file in bundle_file.lists
        if listed_in_file.private
    ]
    searches = {search.name: search.query for search in bundle_file.searches}
    notes = {
        listed_in_file.name: ListNote(listed_in_file.note, listed_in_file.changed)
        for listed_in_file in bundle_file.lists
        if listed_in_file.note
    }
    return Bundle(marks_read, uids_by_list, searches, private=tuple(private_rows), list_notes=notes)


def _mark(file_mark: BundleMark) -> Mark:
    if not file_mark.created or not (file_mark.reference_id or file_mark.canonical_id):
        raise ValueError("marks: ref and created are required")
    mark = picked(
        Mark,
        file_mark,
        reference_id=file_mark.reference_id or file_mark.canonical_id,
        canonical_id=file_mark.canonical_id or file_mark.reference_id,
        paragraph=file_mark.paragraph or None,
        fingerprint=file_mark.fingerprint or None,
    )
    return mark if mark.uid else replace(mark, uid=uid(mark))

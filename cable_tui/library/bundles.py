"""The content of a library as one value: exported, merged into another library, written as JSON.

A file is data and nothing in it is run. One of somebody else is
not trusted: what is not of the shape
of `BundleFile` is refused as a whole, and its texts are cleaned of control
characters.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import Value, as_json, field, picked, replace
from cable_tui.library import list_rows, mark_rows
from cable_tui.library.mark import Mark, uid
from cable_tui.library.sqlite_file import utf8
from cable_tui.query.parser import from_older, to_keep
from cable_tui.text.cleaning import json_text

if TYPE_CHECKING:
    from cable_tui.base.kinds import Id, Instant, Name, Only, OrNull, Text, Trimmed, Uid

FORMAT: Final = "cable-tui marks"
VERSION: Final = 1
_FORMAT = FORMAT.encode()
_NOT_OURS = "not a file of `cable-tui bookmarks export`"
LARGEST = 64 << 20
"""The most bytes that are read."""


class BundleMark(Value):
    """A bookmark in a file. One that was written by hand needs `ref` and `created`."""

    uid: Uid = ""
    reference_id: Annotated[Id, "named ref"] = ""
    canonical_id: Annotated[Id, "named canonical"] = ""
    paragraph: OrNull[Trimmed] = ""
    """null for the whole cable"""
    fingerprint: OrNull[Uid] = ""
    """Of the paragraph's text, so that it is found where its number is another"""
    note: Text = ""
    """Empty where there is none"""
    author: Trimmed = ""
    created: Instant = ""
    changed: Instant = ""
    private: Only[bool] = False
    """Only where others never get it"""


class BundleList(Value):
    """A list in a file."""

    name: Name
    marks: tuple[Uid, ...] = ()
    """In their order"""
    private: Only[bool] = False
    """Only where others never get it"""


class BundleSearch(Value):
    """A saved search in a file."""

    name: Name
    query: Trimmed = ""


class BundleFile(Value):
    """The file of `bookmarks export`, which `bookmarks import` takes in."""

    format: Literal["cable-tui marks"]
    version: Literal[1]
    marks: tuple[BundleMark, ...] = ()
    lists: tuple[BundleList, ...] = ()
    searches: tuple[BundleSearch, ...] = ()
    """Saved searches"""


class Bundle(Value):
    """Marks, lists and saved searches, apart from any file."""

    marks: tuple[Mark, ...] = ()
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """`Mark.uid`s by the names of the lists, both in the reader's order."""
    searches: Mapping[str, str] = field(default_factory=dict)
    """Queries by names."""
    read: Mapping[str, str] = field(default_factory=dict)
    """When each cable was read. Only a rescue fills it; exported files do not have it."""
    private: tuple[tuple[str, str], ...] = ()
    """The private rows, from `list_rows.private_rows`."""


class Imported(Value):
    """The results of importing the marks of a bundle."""

    added: int
    updated: int
    """The number of marks that were here with an older note."""
    same: int


def bundle_of(connection: sqlite3.Connection) -> Bundle:
    """Return the content of a file, without the cables that were read."""
    marks = {mark.id: mark for mark in mark_rows.read(connection)}
    lists = {
        name: [marks[key].uid for key in list_rows.members(connection, name) if key in marks]
        for name in list_rows.names(connection)
    }
    return Bundle(
        tuple(marks.values()),
        lists,
        list_rows.searches(connection),
        private=list_rows.private_rows(connection),
    )


def merge(connection: sqlite3.Connection, bundle: Bundle) -> Imported:
    """Merge a bundle, inside of the caller's transaction. A second merge changes nothing.

    An existing mark keeps its position in its lists; of two notes the one changed last stays. A
    saved search of the same name keeps its query.
    """
    id_by_key: dict[str, int] = {}
    outcomes = {"added": 0, "updated": 0, "same": 0}
    # First: nothing that is put into a private list may pass for anything else.
    list_rows.add_private(connection, bundle.private)
    for mark in bundle.marks:
        id_by_key[mark.uid], outcome = _merged(connection, mark)
        outcomes[outcome] += 1
    ranks = list_rows.free_ranks(connection, "list")
    for name, uids in bundle.lists.items():
        list_rows.put(connection, (id_by_key[id_] for id_ in uids if id_ in id_by_key), name, ranks)
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
    place = tuple(map(utf8, (mark.canonical_id, mark.paragraph or "", mark.note, mark.author)))
    equal_marks = mark_rows.read(connection, mark_rows.SAME, place)
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
    """Return the file's text."""

    def is_private(kind: str, name: str) -> bool:
        return (kind, name) in bundle.private

    bundle_value = BundleFile(
        FORMAT,
        VERSION,
        tuple(
            picked(BundleMark, mark, private=is_private("mark", mark.uid)) for mark in bundle.marks
        ),
        tuple(
            BundleList(name, tuple(uids), is_private("list", name))
            for name, uids in bundle.lists.items()
        ),
        tuple(BundleSearch(name, to_keep(query)) for name, query in bundle.searches.items()),
    )
    return json_text(as_json(bundle_value), indent=1) + "\n"


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
    """Return the bundle in a file.

    Raises `LibraryError`, which names the fault and its position.
    """
    from cable_tui.text.untrusted import json_value  # most commands read no file of others

    try:
        value = json_value(content)
    except ValueError as error:
        line = getattr(error, "lineno", 0) if _FORMAT in content else 0
        json_begun = f"; it is no JSON from line {line} on" if line else ""
        raise _refused(name, f"{_NOT_OURS}{json_begun}") from None
    try:
        return _bundle(value)
    except ValueError as error:
        raise _refused(name, str(error)) from None


def _refused(name: str, reason: str) -> LibraryError:
    return LibraryError(f"{name}: {reason}. Nothing was imported")


def _bundle(value: Any) -> Bundle:
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ValueError(_NOT_OURS)
    file_version = value.get("version")
    if file_version != VERSION or isinstance(file_version, bool):
        raise ValueError(f"version {file_version!r} is unknown; this cable-tui knows {VERSION}")
    from cable_tui.text.untrusted import read as read_json

    file = read_json(BundleFile, value)
    keys_by_list: dict[str, list[str]] = {}
    for listed in file.lists:
        keys_by_list.setdefault(listed.name, []).extend(listed.marks)
    marks_read = tuple(map(_mark, file.marks))
    private_rows = [
        ("mark", mark.uid) for mark, own in zip(marks_read, file.marks, strict=True) if own.private
    ]
    private_rows += [("list", listed.name) for listed in file.lists if listed.private]
    searches = {search.name: search.query for search in file.searches}
    return Bundle(marks_read, keys_by_list, searches, private=tuple(private_rows))


def _mark(own: BundleMark) -> Mark:
    if not own.created or not (own.reference_id or own.canonical_id):
        raise ValueError("marks: ref and created are needed")
    mark = picked(
        Mark,
        own,
        reference_id=own.reference_id or own.canonical_id,
        canonical_id=own.canonical_id or own.reference_id,
        paragraph=own.paragraph or None,
        fingerprint=own.fingerprint or None,
    )
    return mark if mark.uid else replace(mark, uid=uid(mark))

"""The content of a library as one value: exported, merged into another library, written as JSON.

    {"format": "cable-tui marks", "version": 1,
     "marks": [{"uid", "ref", "canonical", "paragraph", "fingerprint", "note", "author",
                "created", "changed", "private"}],
     "lists": [{"name", "marks": [uid], "private"}], "searches": [{"name", "query"}]}

Only what is private has `private`. A file is data and nothing in it is run. One of somebody else is
not trusted: what is not of this shape is refused as a whole, and its texts are cleaned of control
characters.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from cable_tui.base.errors import LibraryError
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.base.value import Value, field, replace
from cable_tui.library import list_rows, mark_rows
from cable_tui.library.mark import Mark, uid
from cable_tui.library.sqlite_file import utf8
from cable_tui.query.parser import from_older, to_keep
from cable_tui.text import clean_line, clean_text
from cable_tui.text.cleaning import json_text

FORMAT = "cable-tui marks"
VERSION = 1
_FORMAT = FORMAT.encode()
_NOT_OURS = "not a file of `cable-tui bookmarks export`"
LARGEST = 64 << 20
"""The most bytes that are read."""
_T = TypeVar("_T")
_TIME = pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DIGITS = pattern(r"[0-9a-f]{16}")


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
    ids: dict[str, int] = {}
    outcomes = {"added": 0, "updated": 0, "same": 0}
    # First: nothing that is put into a private list may pass for anything else.
    list_rows.add_private(connection, bundle.private)
    for mark in bundle.marks:
        ids[mark.uid], outcome = _merged(connection, mark)
        outcomes[outcome] += 1
    ranks = list_rows.free_ranks(connection, "list")
    for name, uids in bundle.lists.items():
        list_rows.put(connection, (ids[id_] for id_ in uids if id_ in ids), name, ranks)
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
    value = {
        "format": FORMAT,
        "version": VERSION,
        "marks": [_mark_value(mark) | _private(bundle, "mark", mark.uid) for mark in bundle.marks],
        "lists": [
            {"name": name, "marks": list(uids)} | _private(bundle, "list", name)
            for name, uids in bundle.lists.items()
        ],
        "searches": [
            {"name": name, "query": to_keep(query)} for name, query in bundle.searches.items()
        ],
    }
    return json_text(value, indent=1) + "\n"


def _private(bundle: Bundle, kind: str, name: str) -> dict[str, Any]:
    return {"private": True} if (kind, name) in bundle.private else {}


def _mark_value(mark: Mark) -> dict[str, Any]:
    return {
        "uid": mark.uid,
        "ref": mark.reference_id,
        "canonical": mark.canonical_id,
        "paragraph": mark.paragraph,
        "fingerprint": mark.fingerprint,
        "note": mark.note,
        "author": mark.author,
        "created": mark.created,
        "changed": mark.changed,
    }


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
    try:
        value = json.loads(content.decode(json.detect_encoding(content)))
    except json.JSONDecodeError as error:
        json_begun = f"; it is no JSON from line {error.lineno} on" if _FORMAT in content else ""
        raise _refused(name, f"{_NOT_OURS}{json_begun}") from None
    except (ValueError, RecursionError):
        raise _refused(name, _NOT_OURS) from None
    try:
        return _bundle(value)
    except ValueError as error:
        raise _refused(name, str(error)) from None


def _refused(name: str, reason: str) -> LibraryError:
    return LibraryError(f"{name}: {reason}. Nothing was imported")


def _bundle(value: Any) -> Bundle:
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ValueError(_NOT_OURS)
    version = value.get("version")
    if version != VERSION or isinstance(version, bool):
        raise ValueError(f"version {version!r} is unknown; this cable-tui knows {VERSION}")
    marks = _each(value, "marks", lambda item: (_mark(item), item.get("private") is True))
    lists: dict[str, list[str]] = {}
    private_rows = [("mark", mark.uid) for mark, is_private in marks if is_private]
    for name, uids, is_private in _each(value, "lists", _list):
        lists.setdefault(name, []).extend(uids)
        private_rows += [("list", name)] if is_private else []
    searches = _each(value, "searches", lambda item: (_name(item), _line(item, "query")))
    return Bundle(
        tuple(mark for mark, _ in marks), lists, dict(searches), private=tuple(private_rows)
    )


def _each(value: dict[str, Any], name: str, understand: Callable[[Any], _T]) -> list[_T]:
    items = value.get(name, [])
    if not isinstance(items, list):
        raise ValueError(f"{name}: an array is needed")
    values = []
    for number, item in enumerate(items):
        try:
            if not isinstance(item, dict):
                raise ValueError("an object is needed")
            values.append(understand(item))
        except ValueError as error:
            raise ValueError(f"{name}[{number}]: {error}") from None
    return values


def _mark(item: dict[str, Any]) -> Mark:
    canonical_id = _line(item, "canonical")
    reference_id = _line(item, "ref")
    mark = Mark(
        reference_id or canonical_id,
        canonical_id or reference_id,
        _line(item, "paragraph") or None,
        _matching(item, "fingerprint", _DIGITS) or None,
        clean_text(_text(item, "note")),
        _line(item, "author"),
        _matching(item, "created", _TIME),
        changed=_matching(item, "changed", _TIME),
        uid=_matching(item, "uid", _DIGITS),
    )
    if not mark.canonical_id or not mark.created:
        raise ValueError("ref and created are needed")
    return mark if mark.uid else replace(mark, uid=uid(mark))


def _list(item: dict[str, Any]) -> tuple[str, list[str], bool]:
    uids = item.get("marks", [])
    if not isinstance(uids, list) or not all(isinstance(id_, str) for id_ in uids):
        raise ValueError("marks: an array of texts is needed")
    return _name(item), uids, item.get("private") is True


def _name(item: dict[str, Any]) -> str:
    name = " ".join(_line(item, "name").split())
    if not name:
        raise ValueError("name is needed")
    return name


def _line(item: dict[str, Any], key: str) -> str:
    return clean_line(_text(item, key)).strip()


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{key}: a text is needed")
    return value


def _matching(item: dict[str, Any], key: str, shape: Pattern[str]) -> str:
    value = _text(item, key)
    if value and not shape.fullmatch(value):
        raise ValueError(f"{key}: {clean_line(value[:40])!r} is not understood")
    return value

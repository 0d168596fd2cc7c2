"""The JSON file of marks, which another machine can import.

    {"format": "cable-tui marks", "version": 1,
     "marks": [{"uid", "ref", "canonical", "paragraph", "fingerprint", "note", "author",
                "created", "changed", "private"}],
     "lists": [{"name", "marks": [uid], "private"}], "searches": [{"name", "query"}]}

Only what is private has `private`.

It is data and nothing in it is run. A file of somebody else is not trusted: what is not of this
shape is refused as a whole, and its texts are cleaned of control characters.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from cable_tui.errors import LibraryError
from cable_tui.library.marks import Mark, uid
from cable_tui.library.merge import Bundle
from cable_tui.pattern import Pattern, pattern
from cable_tui.query.parser import to_keep
from cable_tui.text import clean_line, clean_text
from cable_tui.text.data_text import json_text
from cable_tui.value import replace

FORMAT = "cable-tui marks"
VERSION = 1
LARGEST = 64 << 20
"""Bytes at most that are read."""
_T = TypeVar("_T")
_TIME = pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DIGITS = pattern(r"[0-9a-f]{16}")


def dumps(bundle: Bundle) -> str:
    """The file's text."""
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


def read(file: Path) -> bytes:
    """The content of a file. Raises `LibraryError`."""
    try:
        if not file.is_file():
            raise LibraryError(f"{file}: no such file" if not file.exists() else f"{file}: no file")
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise LibraryError(f"{file}: cannot be read: {error.strerror}") from error
    if len(content) > LARGEST:
        raise LibraryError(f"{file}: larger than {LARGEST >> 20} MiB; nothing was taken in")
    return content


def loads(content: bytes, name: str) -> Bundle:
    """The bundle of a file's content. Raises `LibraryError` with the place of what is wrong."""
    try:
        value = json.loads(content.decode(json.detect_encoding(content)))
    except json.JSONDecodeError as error:
        raise _refused(name, f"line {error.lineno}: {error.msg}") from None
    except UnicodeDecodeError:
        raise _refused(name, "no UTF-8") from None
    except (ValueError, RecursionError):
        raise _refused(name, "no JSON of marks") from None
    try:
        return _bundle(value)
    except ValueError as error:
        raise _refused(name, str(error)) from None


def _refused(name: str, reason: str) -> LibraryError:
    return LibraryError(f"{name}: {reason}. Nothing was taken in")


def _bundle(value: Any) -> Bundle:
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ValueError("not a file of `cable-tui marks export`")
    version = value.get("version")
    if version != VERSION or isinstance(version, bool):
        raise ValueError(f"version {version!r} is unknown; this cable-tui knows {VERSION}")
    marks = _each(value, "marks", lambda item: (_mark(item), item.get("private") is True))
    lists: dict[str, list[str]] = {}
    private = [("mark", mark.uid) for mark, alone in marks if alone]
    for name, uids, alone in _each(value, "lists", _list):
        lists.setdefault(name, []).extend(uids)
        private += [("list", name)] if alone else []
    searches = _each(value, "searches", _search)
    return Bundle(tuple(mark for mark, _ in marks), lists, dict(searches), private=tuple(private))


def _each(value: dict[str, Any], name: str, understand: Callable[[Any], _T]) -> list[_T]:
    items = value.get(name, [])
    if not isinstance(items, list):
        raise ValueError(f"{name}: an array is needed")
    found = []
    for number, item in enumerate(items):
        try:
            if not isinstance(item, dict):
                raise ValueError("an object is needed")
            found.append(understand(item))
        except ValueError as error:
            raise ValueError(f"{name}[{number}]: {error}") from None
    return found


def _mark(item: dict[str, Any]) -> Mark:
    canonical = _line(item, "canonical")
    given = _line(item, "ref")
    mark = Mark(
        given or canonical,
        canonical or given,
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
    if not isinstance(uids, list) or not all(isinstance(each, str) for each in uids):
        raise ValueError("marks: an array of texts is needed")
    return _name(item), uids, item.get("private") is True


def _search(item: dict[str, Any]) -> tuple[str, str]:
    return _name(item), _line(item, "query")


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

"""`manifest.json`: what a dossier holds, and the SHA-256 of every other member.

{"format": "cable-tui sealed dossier", "version": 1, "program", "sealed", "title",
 "texts": "whole" or "paragraphs", "names": "masked" or "shown",
 "archive": {"cables", "fingerprint"},
 "sources": [{"path", "bytes", "sha256"}],
 "cables": [{"ref", "canonical", "member", "texts", "cited", "masked"}],
 "members": [{"name", "bytes", "sha256"}]}
"""

from __future__ import annotations

import json
from typing import Any, Literal, NamedTuple, get_args

from cable_tui.cable import RawCable
from cable_tui.errors import UsageError
from cable_tui.exports.sealed.zip_file import Packed
from cable_tui.pattern import pattern
from cable_tui.text import clean_line
from cable_tui.value import Value

FORMAT = "cable-tui sealed dossier"
VERSION = 1
NAME = "manifest.json"
PAGE = "index.html"
MARKS = "marks.json"
CABLES = "cables/"
MOST_CABLES = 10_000
"""Of one dossier: a page of more is read by nobody."""
MOST_MEMBERS = MOST_CABLES + 50
LARGEST = 64 << 20
"""Bytes of a manifest."""

Texts = Literal["whole", "paragraphs"]
TEXTS: tuple[Texts, ...] = get_args(Texts)
"""How much of a cable is sealed: all, or only its cited paragraphs."""
_SHA256 = pattern(r"[0-9a-f]{64}")


class SourceFile(NamedTuple):
    """A file that cables of a dossier were read from."""

    path: str
    """Below the folder of the archive."""
    size: int
    sha256: str
    """Empty where the file is one cable with a masked name, which could be guessed by it."""


class SourceRecord(NamedTuple):
    """The record that a cable was read from."""

    raw: RawCable
    sha256: str
    """Of its own bytes."""
    file: str
    """The file on the disk, below the folder of the archive."""
    alone: bool
    """Whether the file, packed or not, holds no other cable; an archive of files is not asked."""


class SealedEntry(NamedTuple):
    """A cable of a dossier."""

    reference_id: str
    canonical_id: str
    member: str
    texts: Texts
    cited: tuple[str, ...]
    """Labels of paragraphs; empty for the whole cable."""
    masked: int
    """How often a name is masked."""


class Manifest(Value):
    """What a dossier says of itself."""

    program: str
    sealed: str
    """ISO 8601, UTC."""
    title: str
    texts: Texts
    names: Literal["masked", "shown"]
    archive_cables: int
    fingerprint: str
    """Of the archive: see `archive.catalogue.fingerprint`."""
    sources: tuple[SourceFile, ...]
    cables: tuple[SealedEntry, ...]
    members: tuple[Packed, ...]


def dumps(manifest: Manifest) -> str:
    """The member's text."""
    value = {
        "format": FORMAT,
        "version": VERSION,
        "program": manifest.program,
        "sealed": manifest.sealed,
        "title": manifest.title,
        "texts": manifest.texts,
        "names": manifest.names,
        "archive": {"cables": manifest.archive_cables, "fingerprint": manifest.fingerprint},
        "sources": [
            {"path": each.path, "bytes": each.size, "sha256": each.sha256 or None}
            for each in manifest.sources
        ],
        "cables": [
            {
                "ref": each.reference_id,
                "canonical": each.canonical_id,
                "member": each.member,
                "texts": each.texts,
                "cited": list(each.cited),
                "masked": each.masked,
            }
            for each in manifest.cables
        ],
        "members": [
            {"name": each.name, "bytes": each.size, "sha256": each.sha256}
            for each in manifest.members
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def loads(content: bytes) -> Manifest:
    """The manifest of a member. Raises `UsageError` for what is not of this shape."""
    try:
        value = json.loads(content)
        if not isinstance(value, dict) or value.get("format") != FORMAT:
            raise ValueError("it is none of a sealed dossier")
        if value.get("version") != VERSION:
            raise ValueError(f"its version is not {VERSION}, the one that is known here")
        archive = _of(dict, value, "archive")
        return Manifest(
            _line(value, "program"),
            _line(value, "sealed"),
            _line(value, "title"),
            _texts(value),
            "masked" if _line(value, "names") == "masked" else "shown",
            _of(int, archive, "cables"),
            _digits(archive, "fingerprint"),
            tuple(
                SourceFile(
                    _line(each, "path"), _of(int, each, "bytes"), _digits(each, "sha256", none=True)
                )
                for each in _objects(value, "sources")
            ),
            _entries(value),
            tuple(
                Packed(_of(str, each, "name"), _of(int, each, "bytes"), _digits(each, "sha256"))
                for each in _objects(value, "members")
            ),
        )
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{NAME} cannot be understood: {error}") from None


def _entries(value: dict[str, Any]) -> tuple[SealedEntry, ...]:
    found = tuple(map(_entry, _objects(value, "cables")))
    # Each is unpacked: one that is named ten thousand times would be so ten thousand times.
    if len({each.member for each in found}) < len(found):
        raise ValueError("cables: two of them have one member")
    return found


def _entry(value: dict[str, Any]) -> SealedEntry:
    cited = _of(list, value, "cited")
    if not all(isinstance(each, str) for each in cited):
        raise ValueError("cited: texts are needed")
    return SealedEntry(
        _line(value, "ref"),
        _line(value, "canonical"),
        _of(str, value, "member"),
        _texts(value),
        tuple(map(clean_line, cited)),
        _of(int, value, "masked"),
    )


def _texts(value: dict[str, Any]) -> Texts:
    for each in TEXTS:
        if value.get("texts") == each:
            return each
    raise ValueError("texts: whole or paragraphs is needed")


def _objects(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _of(list, value, name)
    if len(found) > MOST_MEMBERS:
        raise ValueError(f"{name}: more than {MOST_MEMBERS:,}")
    if not all(isinstance(each, dict) for each in found):
        raise ValueError(f"{name}: objects are needed")
    return found


def _line(value: dict[str, Any], name: str) -> str:
    return clean_line(_of(str, value, name))


def _digits(value: dict[str, Any], name: str, *, none: bool = False) -> str:
    if none and value.get(name) is None:
        return ""
    found: str = _of(str, value, name)
    if not _SHA256.fullmatch(found):
        raise ValueError(f"{name}: 64 hexadecimal digits are needed")
    return found


def _of(kind: type, value: dict[str, Any], name: str) -> Any:
    found = value.get(name)
    if type(found) is not kind:
        raise ValueError(f"{name}: {kind.__name__} is needed")
    return found

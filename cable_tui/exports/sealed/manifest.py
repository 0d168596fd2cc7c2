"""`manifest.json`: what a dossier holds, and the SHA-256 of every other member.

{"format": "cable-tui sealed dossier", "version": 1, "program", "sealed", "title",
 "texts": "whole" or "paragraphs", "names": "masked" or "shown",
 "archive": {"cables", "fingerprint"},
 "sources": [{"path", "bytes", "sha256"}],
 "cables": [{"ref", "canonical", "member", "texts", "cited", "masked"}],
 "protection": {"pleas", "names", "unresolved": [{"ref", "canonical", "paragraph"}]},
 "log": "included" or "left out",
 "members": [{"name", "bytes", "sha256"}]}

`protection` (null if names are shown) and `log` came later: those of version 0.1.0 have neither.
"""

from __future__ import annotations

import json
from typing import Any, Literal, NamedTuple, get_args

from cable_tui.cable import RawCable
from cable_tui.errors import UsageError
from cable_tui.exports.sealed.zip_file import Packed
from cable_tui.pattern import pattern
from cable_tui.text import clean_line
from cable_tui.text.cleaning import json_text
from cable_tui.value import Value

FORMAT = "cable-tui sealed dossier"
VERSION = 1
NAME = "manifest.json"
PAGE = "index.html"
MARKS = "marks.json"
CITATIONS, BIBTEX = "citations.txt", "citations.bib"
LOG, LOG_JSON = "log.txt", "log.json"
OTHERS = (PAGE, MARKS, CITATIONS, BIBTEX, LOG, LOG_JSON)
"""What each dossier has beside its cables and the manifest."""
CABLES = "cables/"
MOST_CABLES = 10_000
"""Of one dossier: a page of more is read by nobody."""
MOST_MEMBERS = MOST_CABLES + 50
LARGEST = 64 << 20
"""Bytes of a manifest."""

Texts = Literal["whole", "paragraphs"]
TEXTS: tuple[Texts, ...] = get_args(Texts)
"""How much of a cable is sealed: all, or only its cited paragraphs."""
LogPart = Literal["", "included", "left out"]
LOG_PARTS: tuple[LogPart, ...] = get_args(LogPart)
_SHA256 = pattern(r"[0-9a-f]{64}")
_FINGERPRINT = pattern(r"(?:2:)?[0-9a-f]{64}")
"""Of an archive, by the second version or the first."""


class SourceFile(NamedTuple):
    """A file that cables of a dossier were read from."""

    path: str
    """Below the folder of the archive."""
    size: int
    sha256: str
    """Empty if a masked name could be guessed by it: of a file that is one cable, or whose path
    has a masked name."""


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


class OpenPlace(NamedTuple):
    """A place of a dossier that asks to protect somebody, and nobody knows whom."""

    reference_id: str
    canonical_id: str
    paragraph: str
    """Its label; empty if none is numbered."""

    @property
    def place(self) -> str:
        """`08TRIPOLI402 ¶4`."""
        return f"{self.reference_id} ¶{self.paragraph}" if self.paragraph else self.reference_id


class Protection(NamedTuple):
    """What became of the pleas of the cables for somebody's protection."""

    pleas: int
    names: int
    """That are masked somewhere, several forms of one as one."""
    unresolved: tuple[OpenPlace, ...]


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
    """Of the archive: see `archive.fingerprint`."""
    sources: tuple[SourceFile, ...]
    cables: tuple[SealedEntry, ...]
    members: tuple[Packed, ...]
    protection: Protection | None = None
    """None if names are shown, and of a dossier of version 0.1.0."""
    log: LogPart = ""
    """Whether the searches are in it; empty of a dossier of version 0.1.0, which has them."""


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
        "protection": manifest.protection and _protection_value(manifest.protection),
        **({"log": manifest.log} if manifest.log else {}),
        "members": [
            {"name": each.name, "bytes": each.size, "sha256": each.sha256}
            for each in manifest.members
        ],
    }
    return json_text(value, indent=1) + "\n"


def _protection_value(protection: Protection) -> dict[str, Any]:
    return {
        "pleas": protection.pleas,
        "names": protection.names,
        "unresolved": [
            {"ref": each.reference_id, "canonical": each.canonical_id, "paragraph": each.paragraph}
            for each in protection.unresolved
        ],
    }


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
            _fingerprint(archive),
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
            _protection(value),
            _log(value),
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


def _protection(value: dict[str, Any]) -> Protection | None:
    if value.get("protection") is None:
        return None
    found = _of(dict, value, "protection")
    places = (
        OpenPlace(_line(each, "ref"), _line(each, "canonical"), _line(each, "paragraph"))
        for each in _objects(found, "unresolved")
    )
    return Protection(_of(int, found, "pleas"), _of(int, found, "names"), tuple(places))


def _texts(value: dict[str, Any]) -> Texts:
    for each in TEXTS:
        if value.get("texts") == each:
            return each
    raise ValueError("texts: whole or paragraphs is needed")


def _log(value: dict[str, Any]) -> LogPart:
    for each in LOG_PARTS:
        if value.get("log", "") == each:
            return each
    raise ValueError("log: included or left out is needed")


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


def _fingerprint(archive: dict[str, Any]) -> str:
    found: str = _of(str, archive, "fingerprint")
    if not _FINGERPRINT.fullmatch(found):
        raise ValueError("fingerprint: 64 hexadecimal digits are needed")
    return found


def _of(kind: type, value: dict[str, Any], name: str) -> Any:
    found = value.get(name)
    if type(found) is not kind:
        raise ValueError(f"{name}: {kind.__name__} is needed")
    return found

"""`manifest.json`: what a dossier holds, and the SHA-256 of every other member.

{"format": "cable-tui verifiable dossier", "version": 2, "renderer", "program", "sealed", "title",
 "texts": "whole" or "paragraphs", "names": "masked" or "shown", "statements": [sentence],
 "archive": {"cables", "fingerprint"},
 "sources": [{"path", "bytes", "sha256", "why"}],
 "cables": [{"ref", "canonical", "member", "texts", "cited", "masked"}],
 "log": "included" or "left out",
 "members": [{"name", "bytes", "sha256"}]}

`renderer` is the number of what made the page and the citations. `statements` are what the page
says of texts and names. `why` is there if `sha256` is null. A manifest of version 1 has another
`format` and none of these three; it has no `log` in a dossier of 0.1.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from cable_tui.base.cable import RawCable
from cable_tui.base.errors import UsageError
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.formats.sealed_cable import JsonObject, json_value
from cable_tui.text.cleaning import json_text
from cable_tui.tools.dossiers.zip_file import Packed

FORMAT = "cable-tui verifiable dossier"
VERSION = 2
_OLDER = ("cable-tui sealed dossier", 1)
NAME = "manifest.json"
PAGE = "index.html"
PLACES = "places.json"
MARKS = "marks.json"
LOG_JSON = "log.json"
OLDER = ("citations.txt", "citations.bib", "log.txt", LOG_JSON)
"""Further members of a dossier of version 1."""
CABLES = "cables/"
MOST_CABLES = 10_000
"""The most cables of one dossier: nobody reads a longer page."""
MOST_MEMBERS = MOST_CABLES + 50
LARGEST = 64 << 20
"""The most bytes of a manifest."""

Made = TypeVar("Made")
Texts = Literal["whole", "paragraphs"]
TEXTS: tuple[Texts, ...] = get_args(Texts)
"""The choices of how much of a cable is sealed: all, or only its cited paragraphs."""
_SHA256 = pattern(r"(?:2:)?[0-9a-f]{64}")
"""A digest. `2:` is before the fingerprint of an archive by the second version."""


class SourceFile(NamedTuple):
    """A file that cables of a dossier were read from."""

    path: str
    """Path below the folder of the archive."""
    size: int
    sha256: str
    """Empty if it could reveal a masked name: the file is one cable, or its path has the name."""
    why: str = ""
    """Why it is empty."""


class SourceRecord(NamedTuple):
    """The record that a cable was read from."""

    raw: RawCable
    sha256: str
    """The digest of its own bytes."""
    file: str
    """The file on the disk, below the folder of the archive."""
    alone: bool
    """Whether the file, packed or not, holds only this cable; not checked for an archive of
    files."""


class SealedEntry(NamedTuple):
    """A cable of a dossier."""

    reference_id: str
    canonical_id: str
    member: str
    texts: Texts
    cited: tuple[str, ...]
    """Labels of paragraphs; empty for the whole cable."""
    masked: int
    """Number of places at which a name is masked."""


class Manifest(Value):
    """The statements of a dossier about itself."""

    program: str
    sealed: str
    """ISO 8601, UTC."""
    title: str
    texts: Texts
    names: Literal["masked", "shown"]
    archive_cables: int
    fingerprint: str
    """The fingerprint of the archive: see `archive.fingerprint`."""
    sources: tuple[SourceFile, ...]
    cables: tuple[SealedEntry, ...]
    members: tuple[Packed, ...]
    renderer: int = 0
    """The number of its renderer; 0 in a dossier of version 1."""
    statements: tuple[str, ...] = ()
    log: str = ""
    """Whether the searches are in it; empty in a dossier of version 0.1.0, which has them."""

    @property
    def masked(self) -> int:
        """Number of places at which a name is masked."""
        return sum(entry.masked for entry in self.cables)


def value(manifest: Manifest) -> dict[str, Any]:
    """Return the value of the member."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "renderer": manifest.renderer,
        **{name: getattr(manifest, name) for name in "program sealed title texts names".split()},
        "statements": list(manifest.statements),
        "archive": {"cables": manifest.archive_cables, "fingerprint": manifest.fingerprint},
        "sources": [
            {"path": source.path, "bytes": source.size, "sha256": source.sha256 or None}
            | ({"why": source.why} if source.why else {})
            for source in manifest.sources
        ],
        "cables": [
            {
                "ref": entry.reference_id,
                "canonical": entry.canonical_id,
                "member": entry.member,
                "texts": entry.texts,
                "cited": list(entry.cited),
                "masked": entry.masked,
            }
            for entry in manifest.cables
        ],
        "log": manifest.log,
        "members": [
            {"name": member.name, "bytes": member.size, "sha256": member.sha256}
            for member in manifest.members
        ],
    }


def dumps(manifest: Manifest) -> str:
    """Return the member's text."""
    return json_text(value(manifest), indent=1) + "\n"


def loads(content: bytes) -> Manifest:
    """Return the manifest in a member. Raises `UsageError` for any other shape."""
    try:
        return _manifest(JsonObject(json_value(content)))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{NAME} cannot be understood: {error}") from None


def _manifest(data: JsonObject) -> Manifest:
    kind, version = data.value.get("format"), data.value.get("version")
    if kind not in (FORMAT, _OLDER[0]):
        raise ValueError("it is not that of a verifiable dossier")
    if (kind, version) not in ((FORMAT, VERSION), _OLDER):
        raise ValueError(f"its version is not {VERSION} or {_OLDER[1]}, which are known here")
    archive = data.inner("archive")
    cables = _each(data, "cables", _entry)
    # Each is unpacked: one that is named ten thousand times would be so ten thousand times.
    if len({entry.member for entry in cables}) < len(cables):
        raise ValueError("cables: two of them have one member")
    is_current = version == VERSION
    return Manifest(
        data.line("program"),
        data.line("sealed"),
        data.line("title"),
        _texts(data),
        "masked" if data.line("names") == "masked" else "shown",
        archive.number("cables"),
        _digest(archive, "fingerprint"),
        _each(data, "sources", _source),
        cables,
        _each(data, "members", _member),
        data.number("renderer") if is_current else 0,
        data.lines("statements") if is_current else (),
        data.line("log") if is_current else data.optional("log") or "",
    )


def _each(data: JsonObject, name: str, convert: Callable[[JsonObject], Made]) -> tuple[Made, ...]:
    """Return values of a list of objects."""
    items = data.items(name)
    if len(items) > MOST_MEMBERS:
        raise ValueError(f"{name}: more than {MOST_MEMBERS:,}")
    return tuple(convert(JsonObject(value)) for value in items)


def _source(data: JsonObject) -> SourceFile:
    digest = "" if data.value.get("sha256") is None else _digest(data, "sha256")
    return SourceFile(data.line("path"), data.number("bytes"), digest, data.optional("why") or "")


def _entry(data: JsonObject) -> SealedEntry:
    return SealedEntry(
        data.line("ref"),
        data.line("canonical"),
        data.raw("member"),
        _texts(data),
        data.lines("cited"),
        data.number("masked"),
    )


def _member(data: JsonObject) -> Packed:
    return Packed(data.raw("name"), data.number("bytes"), _digest(data, "sha256"))


def _texts(data: JsonObject) -> Texts:
    for texts in TEXTS:
        if texts == data.value.get("texts"):
            return texts
    raise ValueError("texts: whole or paragraphs is needed")


def _digest(data: JsonObject, name: str) -> str:
    digest = data.raw(name)
    if not _SHA256.fullmatch(digest):
        raise ValueError(f"{name}: 64 hexadecimal digits are needed")
    return digest

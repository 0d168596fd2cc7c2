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
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from cable_tui.cable import RawCable
from cable_tui.errors import UsageError
from cable_tui.exports.sealed.zip_file import Packed
from cable_tui.pattern import Pattern, pattern
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
"""The members of each dossier besides its cables and the manifest."""
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
LogPart = Literal["", "included", "left out"]
LOG_PARTS: tuple[LogPart, ...] = get_args(LogPart)
_SHA256 = pattern(r"[0-9a-f]{64}")
_FINGERPRINT = pattern(r"(?:2:)?[0-9a-f]{64}")
"""The fingerprint of an archive, by the second version or the first."""


class SourceFile(NamedTuple):
    """A file that cables of a dossier were read from."""

    path: str
    """Path below the folder of the archive."""
    size: int
    sha256: str
    """Empty if it could reveal a masked name: the file is one cable, or its path has the name."""


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


class OpenPlace(NamedTuple):
    """A place of a dossier that asks to protect somebody whom the rules cannot name."""

    reference_id: str
    canonical_id: str
    paragraph: str
    """Its label; empty if there is no number."""

    @property
    def place(self) -> str:
        """Place: `08TRIPOLI402 ¶4`."""
        return f"{self.reference_id} ¶{self.paragraph}" if self.paragraph else self.reference_id


class Protection(NamedTuple):
    """The results of the pleas for protection in the cables."""

    pleas: int
    names: int
    """Number of names that are masked somewhere, several forms of one as one."""
    unresolved: tuple[OpenPlace, ...]


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
    protection: Protection | None = None
    """Masked names; None if names are shown, and in a dossier of version 0.1.0."""
    log: LogPart = ""
    """Whether the searches are in it; empty in a dossier of version 0.1.0, which has them."""


def dumps(manifest: Manifest) -> str:
    """Return the member's text."""
    value = {
        "format": FORMAT,
        "version": VERSION,
        **{name: getattr(manifest, name) for name in "program sealed title texts names".split()},
        "archive": {"cables": manifest.archive_cables, "fingerprint": manifest.fingerprint},
        "sources": [_object(_SOURCE, each) for each in manifest.sources],
        "cables": [_object(_CABLE, each) for each in manifest.cables],
        "protection": manifest.protection and _object(_PROTECTION, manifest.protection),
        **({"log": manifest.log} if manifest.log else {}),
        "members": [_object(_MEMBER, each) for each in manifest.members],
    }
    return json_text(value, indent=1) + "\n"


def _object(fields: _Fields, value: Iterable[Any]) -> dict[str, Any]:
    """Return a value by the names of its fields; of a source without a digest, null."""
    named = dict(zip(fields, value, strict=True))
    if fields is _PROTECTION:
        return {**named, "unresolved": [_object(_PLACE, each) for each in named["unresolved"]]}
    return {**named, "sha256": named["sha256"] or None} if fields is _SOURCE else named


def loads(content: bytes) -> Manifest:
    """Return the manifest in a member. Raises `UsageError` for any other shape."""
    try:
        value = json.loads(content)
        if not isinstance(value, dict) or value.get("format") != FORMAT:
            raise ValueError("it is not that of a sealed dossier")
        if value.get("version") != VERSION:
            raise ValueError(f"its version is not {VERSION}, the one that is known here")
        archive = _of(dict, value, "archive")
        cables = _objects(SealedEntry, _CABLE, value, "cables")
        # Each is unpacked: one that is named ten thousand times would be so ten thousand times.
        if len({each.member for each in cables}) < len(cables):
            raise ValueError("cables: two of them have one member")
        asked = value.get("protection")
        asked = asked if asked is None else _of(dict, value, "protection")
        return Manifest(
            _line(value, "program"),
            _line(value, "sealed"),
            _line(value, "title"),
            _texts(value, "texts"),
            "masked" if _line(value, "names") == "masked" else "shown",
            _number(archive, "cables"),
            _matched(_FINGERPRINT, archive, "fingerprint"),
            _objects(SourceFile, _SOURCE, value, "sources"),
            cables,
            _objects(Packed, _MEMBER, value, "members"),
            Protection(*(read(asked, name) for name, read in _PROTECTION.items()))
            if asked is not None
            else None,
            _one_of(LOG_PARTS, value, "log", "included or left out"),
        )
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{NAME} cannot be understood: {error}") from None


def _objects(
    made: Callable[..., Made], fields: _Fields, value: dict[str, Any], name: str
) -> tuple[Made, ...]:
    """Return values of a list of objects, field by field."""
    found: list[Any] = _of(list, value, name)
    if len(found) > MOST_MEMBERS:
        raise ValueError(f"{name}: more than {MOST_MEMBERS:,}")
    if not all(isinstance(each, dict) for each in found):
        raise ValueError(f"{name}: objects are needed")
    return tuple(made(*(read(each, key) for key, read in fields.items())) for each in found)


def _of(kind: type, value: dict[str, Any], name: str) -> Any:
    found = value.get(name)
    if type(found) is not kind:
        raise ValueError(f"{name}: {kind.__name__} is needed")
    return found


_number, _text = partial(_of, int), partial(_of, str)


def _line(value: dict[str, Any], name: str) -> str:
    return clean_line(_text(value, name))


def _one_of(known: Sequence[Any], value: dict[str, Any], name: str, words: str) -> Any:
    if value.get(name, "") not in known:
        raise ValueError(f"{name}: {words} is needed")
    return value.get(name, "")


def _texts(value: dict[str, Any], name: str) -> Any:
    return _one_of(TEXTS, value, name, "whole or paragraphs")


def _labels(value: dict[str, Any], name: str) -> tuple[str, ...]:
    found = _of(list, value, name)
    if not all(isinstance(each, str) for each in found):
        raise ValueError(f"{name}: texts are needed")
    return tuple(map(clean_line, found))


def _matched(shape: Pattern[str], value: dict[str, Any], name: str) -> str:
    found: str = _text(value, name)
    if not shape.fullmatch(found):
        raise ValueError(f"{name}: 64 hexadecimal digits are needed")
    return found


_digits = partial(_matched, _SHA256)
_Fields = dict[str, Callable[[dict[str, Any], str], Any]]
"""Names of fields in the order of the values, each with a function that reads and checks it."""
_SOURCE: _Fields = {
    "path": _line,
    "bytes": _number,
    "sha256": lambda value, name: "" if value.get(name) is None else _digits(value, name),
}
_CABLE: _Fields = {
    "ref": _line,
    "canonical": _line,
    "member": _text,
    "texts": _texts,
    "cited": _labels,
    "masked": _number,
}
_MEMBER: _Fields = {"name": _text, "bytes": _number, "sha256": _digits}
_PLACE: _Fields = {"ref": _line, "canonical": _line, "paragraph": _line}
_PROTECTION: _Fields = {
    "pleas": _number,
    "names": _number,
    "unresolved": partial(_objects, OpenPlace, _PLACE),
}

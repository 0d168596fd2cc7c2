"""A cable of a verifiable dossier: one JSON object with all facts from the container.

    {"format": "cable-tui sealed cable", "version": 1, "canonical_id", "texts", "cited": ["3"],
     "source": {"path", "format", "offset", "length", "sha256"},
     "gaps": {"title": [[start, end, kind]], "header": [...], "body": [...]},
     "shown": {further content of the cable's page: see `tools.dossiers.values`},
     "record": {the fields of `RawCable`, except its location}}

`gaps` are the spans, in characters, of words that replace other words: a masked name, or a
paragraph that was left out. All other words are from the source.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Literal, NamedTuple

from cable_tui.base.cable import Location, Problem, RawCable
from cable_tui.base.format_names import FORMATS
from cable_tui.base.value import Value, as_json, picked, replace
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord, Format, Record, content_size
from cable_tui.text.cleaning import json_text
from cable_tui.text.untrusted import json_value, read

if TYPE_CHECKING:
    from cable_tui.base.kinds import OrNull, Raw

NAME = "sealed-cable"
_SIGN = '{"format": "cable-tui sealed cable", "version": '
VERSION = 1
PARTS = ("title", "header", "body")
"""The texts of a record in which words may be replaced."""

GapKind = Literal["name", "left out"]


class Gap(NamedTuple):
    """A replacement in a text, such as `[name masked]`."""

    start: int
    end: int
    kind: GapKind


Gaps = Annotated[tuple[Gap, ...], ("maxItems", 20_000)]
"""The replacements in one text; the limit is higher than the number of words in any cable."""


class SealedSource(Value):
    """The location of the original record in the archive."""

    path: str
    """The path below the archive's folder."""
    format: str
    offset: int
    length: int
    sha256: OrNull[str] = ""
    """The SHA-256 digest of the record's bytes, or empty if it could reveal a masked name."""


class SealedCable(Value):
    """A record in a verifiable dossier."""

    canonical_id: str
    raw: RawCable
    source: SealedSource
    cited: tuple[str, ...] = ()
    """The labels of the cited paragraphs, or empty if the whole cable is cited."""
    gaps: Mapping[str, tuple[Gap, ...]] = {}
    """The gaps in each text, keyed by the names in `PARTS`."""
    shown: Mapping[str, Any] = {}
    """Further content for the page, which is passed on without validation."""

    @property
    def whole(self) -> bool:
        """Whether the text is complete, with no paragraph left out."""
        return not any(gap.kind == "left out" for gap in self.gaps.get("body", ()))

    @property
    def masked(self) -> int:
        """The number of masked names in the cable's texts."""
        return sum(gap.kind == "name" for gaps in self.gaps.values() for gap in gaps)

    @property
    def remark(self) -> str:
        """A warning about the text, or an empty string if the text is complete."""
        cited_labels = ", ".join(f"¶{paragraph_label}" for paragraph_label in self.cited)
        left_out_note = (
            ""
            if self.whole
            else (f"only {cited_labels} of its paragraphs; the others are not included")
        )
        times_phrase = f"{self.masked} time{'' if self.masked == 1 else 's'}"
        masked_note = f"a name is masked {times_phrase}" if self.masked else ""
        return "; ".join(filter(None, (left_out_note, masked_note)))


class _Gaps(Value):
    """The gaps in each of the `PARTS`."""

    title: Gaps
    header: Gaps
    body: Gaps


class _SealedFile(Value):
    """The fields of a cable's file when it is read."""

    version: int
    canonical_id: str
    record: Mapping[Raw, Any]
    source: SealedSource
    cited: tuple[str, ...]
    gaps: _Gaps
    shown: Mapping[Raw, Any] = {}


_TEXTS = ("reference_id", "created", "released", "classification", "origin", "format")
_LISTS = ("articles", "references", "tags")
_RECORD = (*_TEXTS, *PARTS, *_LISTS, "remarks")


def dumps(sealed: SealedCable) -> bytes:
    """Return the content of a cable's file."""
    raw = sealed.raw
    record_fields = {
        **{field_name: getattr(raw, field_name) for field_name in (*_TEXTS, *PARTS)},
        **{field_name: list(getattr(raw, field_name)) for field_name in _LISTS},
        "remarks": [list(remark) for remark in raw.remarks],
        "anchors": None if raw.anchors is None else list(raw.anchors),
        "cut_off": raw.cut_off,
        **({"damaged": True} if raw.damaged else {}),
        "edition": as_json(raw.edition),
    }
    json_object = {
        "canonical_id": sealed.canonical_id,
        "texts": "whole" if sealed.whole else "paragraphs",
        "cited": list(sealed.cited),
        "source": as_json(sealed.source),
        "gaps": {text_name: sealed.gaps.get(text_name, ()) for text_name in PARTS},
        **({"shown": dict(sealed.shown)} if sealed.shown else {}),
        "record": record_fields,
    }
    json_content = json_text(json_object, indent=1)
    # An undecodable byte of a path is written as JSON writes any half of a pair.
    return f"{_SIGN}{VERSION},{json_content[1:]}\n".encode("utf-8", "backslashreplace")


def loads(content: bytes, location: Location) -> SealedCable:
    """Return the cable in a file of a dossier. Raises `BrokenRecord` for any other content."""
    try:
        json_object = json_value(content)
        sealed = read(_SealedFile, json_object)
        if sealed.version != VERSION:
            raise BrokenRecord("the cable of a verifiable dossier with an unknown version")
        raw = read(RawCable, sealed.record, location=location)
        if missing_fields := [
            field_name for field_name in _RECORD if field_name not in sealed.record
        ]:
            raise ValueError(f"record: {missing_fields[0]} is needed")
        _check(sealed, raw)
    except ValueError as error:
        raise BrokenRecord(f"not a cable of a verifiable dossier: {error}") from None
    raw = raw if raw.format in FORMATS else replace(raw, format=NAME)
    return picked(SealedCable, sealed, raw=raw, gaps=sealed.gaps.__dict__)


def _check(sealed: _SealedFile, raw: RawCable) -> None:
    """Raise `ValueError` if an offset is outside its text."""
    for text_name, gaps in sealed.gaps.__dict__.items():
        last_end = 0
        for span_start, span_end, _ in gaps:
            if not last_end <= span_start < span_end <= len(getattr(raw, text_name)):
                raise ValueError(f"{text_name}: a gap outside the text")
            last_end = span_end
    for span_start, span_end in raw.edition.spans if raw.edition else ():
        if not 0 <= span_start <= span_end <= len(raw.body):
            raise ValueError("span: outside the text")


class SealedCables(Format):
    """Files of a verifiable dossier, each with one cable."""

    name = NAME
    label = "cable of a verifiable dossier"

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by its first bytes."""
        return head.startswith(_SIGN.encode())

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Implement `Format.records`.

        A cable with paragraphs left out counts as an extract, so other records take precedence.
        """
        content = file.read(LONGEST_RECORD + 1)
        if len(content) > LONGEST_RECORD:
            yield Problem(path, 1, f"a cable of more than {LONGEST_RECORD >> 20} MiB")
            return
        location = Location(path, 0, len(content))
        try:
            sealed_record = loads(content, location)
        except BrokenRecord as broken:
            yield Problem(path, 1, str(broken))
            return
        raw = _with_remark(sealed_record)
        text_size = content_size(raw.header, raw.body)
        shown_size = text_size if sealed_record.whole else text_size._replace(cut=True)
        yield Record(location, zlib.crc32(content), 1, raw, whole=True, extent=shown_size)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`; the cable's `format` is that of its source, for citations."""
        return _with_remark(loads(record, location))


def _with_remark(sealed: SealedCable) -> RawCable:
    if not sealed.remark:
        return sealed.raw
    return replace(sealed.raw, remarks=(*sealed.raw.remarks, ("Verifiable dossier", sealed.remark)))


FORMAT = SealedCables()

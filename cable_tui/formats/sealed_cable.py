"""A cable of a verifiable dossier: one JSON object with all facts from the container.

    {"format": "cable-tui sealed cable", "version": 1, "canonical_id", "texts", "cited": ["3"],
     "source": {"path", "format", "offset", "length", "sha256"},
     "gaps": {"title": [[start, end, kind]], "header": [...], "body": [...]},
     "shown": {what a page shows of it beside its texts: see `tools.dossiers.values`},
     "record": {the fields of `RawCable`, but for its location}}

`gaps` are the words, by their places in characters, that stand for others: for a name that is
masked, or for a paragraph that was left out. All other words are those of the source.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, Literal, NamedTuple, get_args

from cable_tui.base.cable import (
    Edition,
    Location,
    Paragraph,
    Problem,
    RawCable,
    Reference,
    ReferenceKind,
)
from cable_tui.base.format_names import FORMATS
from cable_tui.base.value import Value, replace
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord, Format, Record, content_size
from cable_tui.text import clean_line, clean_text
from cable_tui.text.cleaning import json_text

NAME = "sealed-cable"
_SIGN = '{"format": "cable-tui sealed cable", "version": '
VERSION = 1
PARTS = ("title", "header", "body")
"""The texts of a record that may have gaps."""

GapKind = Literal["name", "left out"]


class Gap(NamedTuple):
    """A replacement in a text: `[name masked]`."""

    start: int
    end: int
    kind: GapKind


class SealedSource(Value):
    """The source of a sealed record."""

    path: str
    """Path below the folder of the archive."""
    format: str
    offset: int
    length: int
    sha256: str = ""
    """The digest of the record's bytes; empty if it could reveal a masked name."""


class SealedCable(Value):
    """A record, from a dossier."""

    canonical_id: str
    raw: RawCable
    source: SealedSource
    cited: tuple[str, ...] = ()
    """The labels of its cited paragraphs; empty if it is cited as a whole."""
    gaps: Mapping[str, tuple[Gap, ...]] = {}
    """Gaps by the names of the `PARTS`."""
    shown: Mapping[str, Any] = {}
    """What a page shows of it. It is given as it is: what is not of its shape is not refused."""

    @property
    def whole(self) -> bool:
        """Whether no paragraph was left out."""
        return not any(gap.kind == "left out" for gap in self.gaps.get("body", ()))

    @property
    def masked(self) -> int:
        """Number of places in its texts at which a name is masked."""
        return sum(gap.kind == "name" for gaps in self.gaps.values() for gap in gaps)

    @property
    def remark(self) -> str:
        """A caution about the text; empty if it is complete."""
        cited_labels = ", ".join(f"¶{label}" for label in self.cited)
        left_out_note = (
            "" if self.whole else f"only {cited_labels} of its paragraphs; the others are left out"
        )
        times = f"{self.masked} time{'' if self.masked == 1 else 's'}"
        masked_note = f"a name is masked {times}" if self.masked else ""
        return "; ".join(filter(None, (left_out_note, masked_note)))


_MOST_GAPS = 20_000
_TEXTS = ("reference_id", "created", "released", "classification", "origin", "format")
_LISTS = ("articles", "references", "tags")
_EDITION_LINES = tuple("heading kind number day subject sender damage".split())
_EDITION_LISTS = tuple("to info precedences captions signed_by".split())


def dumps(sealed: SealedCable) -> bytes:
    """Return the text of a cable's file."""
    raw, source = sealed.raw, sealed.source
    record = {
        **{name: getattr(raw, name) for name in (*_TEXTS, *PARTS)},
        **{name: list(getattr(raw, name)) for name in _LISTS},
        "remarks": [list(remark) for remark in raw.remarks],
        "anchors": None if raw.anchors is None else list(raw.anchors),
        "cut_off": raw.cut_off,
        **({"damaged": True} if raw.damaged else {}),
        "edition": raw.edition and _edition_value(raw.edition),
    }
    value = {
        "canonical_id": sealed.canonical_id,
        "texts": "whole" if sealed.whole else "paragraphs",
        "cited": list(sealed.cited),
        "source": {**source.__dict__, "sha256": source.sha256 or None},
        "gaps": {part: sealed.gaps.get(part, ()) for part in PARTS},
        **({"shown": dict(sealed.shown)} if sealed.shown else {}),
        "record": record,
    }
    text = json_text(value, indent=1)
    # An undecodable byte of a path is written as JSON writes any half of a pair.
    return f"{_SIGN}{VERSION},{text[1:]}\n".encode("utf-8", "backslashreplace")


def _edition_value(edition: Edition) -> dict[str, Any]:
    value: dict[str, Any] = edition._asdict()
    del value["people"], value["terms"]  # they are of the volume's lists, not of the record
    value["paragraphs"] = [paragraph.__dict__ for paragraph in edition.paragraphs]
    value["references"] = [
        {name: field for name, field in reference.__dict__.items() if name != "in_archive"}
        for reference in edition.references
    ]
    return value


def loads(content: bytes, location: Location) -> SealedCable:
    """Return a cable of a dossier. Raises `BrokenRecord` for any other shape."""
    try:
        value = JsonObject(json_value(content))
        if value.number("version") != VERSION:
            raise BrokenRecord("a sealed cable of an unknown version")
        raw = _raw(value.inner("record"), location)
        source = value.inner("source")
        gaps = value.inner("gaps")
        return SealedCable(
            value.line("canonical_id"),
            raw,
            SealedSource(
                source.line("path"),
                source.line("format"),
                source.number("offset"),
                source.number("length"),
                source.optional("sha256") or "",
            ),
            value.lines("cited"),
            {part: _gaps(gaps, part, getattr(raw, part)) for part in PARTS},
            value.inner("shown").value if "shown" in value.value else {},
        )
    except (ValueError, RecursionError) as error:
        raise BrokenRecord(f"no sealed cable: {error}") from None


def _gaps(value: JsonObject, part: str, text: str) -> tuple[Gap, ...]:
    gaps = []
    last = 0
    if len(value.items(part)) > _MOST_GAPS:
        raise ValueError(f"{part}: more gaps than a cable has words")
    for item in value.items(part):
        if not (isinstance(item, list) and len(item) == 3 and item[2] in ("name", "left out")):
            raise ValueError(f"{part}: no gap")
        start, end, kind = item
        if not all(
            type(offset) is int for offset in (start, end)
        ) or not last <= start < end <= len(text):
            raise ValueError(f"{part}: a gap outside of the text")
        gaps.append(Gap(start, end, kind))
        last = end
    return tuple(gaps)


def _raw(record: JsonObject, location: Location) -> RawCable:
    remarks = [JsonObject({"pair": remark}).lines("pair") for remark in record.items("remarks")]
    if any(len(pair) != 2 for pair in remarks):
        raise ValueError("remarks: pairs are needed")
    edition = record.value.get("edition")
    fields_given: dict[str, Any] = {
        **{name: record.line(name) for name in _TEXTS},
        **{name: record.text(name) for name in PARTS},
        **{name: record.lines(name) for name in _LISTS},
    }
    fields_given["format"] = fields_given["format"] if fields_given["format"] in FORMATS else NAME
    return RawCable(
        **fields_given,
        location=location,
        remarks=tuple((label, text) for label, text in remarks),
        anchors=None if record.value.get("anchors") is None else record.lines("anchors"),
        edition=None if edition is None else _edition(JsonObject(edition), fields_given["body"]),
        cut_off=record.value.get("cut_off") is True,
        damaged=record.value.get("damaged") is True,
    )


def _edition(value: JsonObject, body: str) -> Edition:
    fields_given: dict[str, Any] = {
        **{name: value.line(name) for name in _EDITION_LINES},
        **{name: value.lines(name) for name in _EDITION_LISTS},
    }
    return Edition(
        **fields_given,
        notes=tuple(map(clean_text, value.texts("notes"))),
        paragraphs=tuple(_paragraph(JsonObject(item), body) for item in value.items("paragraphs")),
        references=tuple(_reference(JsonObject(item), body) for item in value.items("references")),
    )


def _paragraph(value: JsonObject, body: str) -> Paragraph:
    label, anchor, marking, heading = map(value.optional, ("label", "anchor", "marking", "heading"))
    span = value.span("span", body) or (0, 0)
    return Paragraph(label, anchor, marking, heading, value.text("text"), span)


_KINDS: tuple[ReferenceKind, ...] = get_args(ReferenceKind)


def _reference(value: JsonObject, body: str) -> Reference:
    kind = next((known_kind for known_kind in _KINDS if known_kind == value.line("kind")), None)
    if kind is None:
        raise ValueError("kind: of a reference it is not known")
    return Reference(
        value.optional("label"),
        kind,
        value.optional("reference_id"),
        value.value.get("year_inferred") is True,
        value.line("text"),
        value.span("span", body),
    )


def json_value(content: bytes) -> Any:
    """Return a value; raises `ValueError` also if programs could read two values of one name."""
    return json.loads(content, object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("an object has two values of one name")
    return values


class JsonObject:
    """A JSON object of an untrusted file; raises `ValueError` with the name."""

    def __init__(self, value: Any) -> None:
        if not isinstance(value, dict):
            raise ValueError("an object is needed")
        self.value: dict[str, Any] = value

    def inner(self, name: str) -> JsonObject:
        """Return an object in it."""
        return JsonObject(self.value.get(name))

    def items(self, name: str) -> list[Any]:
        """Return the values of a list."""
        items: list[Any] = self._of(list, name)
        return items

    def raw(self, name: str) -> str:
        """Return a text as it is written."""
        text: str = self._of(str, name)
        return text

    def text(self, name: str) -> str:
        """Return a text that can be shown."""
        return clean_text(self.raw(name))

    def line(self, name: str) -> str:
        """Return a text for one line."""
        return clean_line(self.raw(name))

    def optional(self, name: str) -> str | None:
        """Return a text for one line; None if it is null or missing."""
        return None if self.value.get(name) is None else self.line(name)

    def number(self, name: str) -> int:
        """Return an integer."""
        number: int = self._of(int, name)
        return number

    def lines(self, name: str) -> tuple[str, ...]:
        """Return texts for one line each."""
        return tuple(map(clean_line, self.texts(name)))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return texts as they are written."""
        texts = self.items(name)
        if not all(isinstance(text, str) for text in texts):
            raise ValueError(f"{name}: texts are needed")
        return tuple(texts)

    def span(self, name: str, text: str) -> tuple[int, int] | None:
        """Return offsets in a text; None if they are null or missing."""
        span = self.value.get(name)
        if span is None:
            return None
        match span:
            case [int(start), int(end)] if 0 <= start <= end <= len(text):
                return start, end
        raise ValueError(f"{name}: outside of the text")

    def _of(self, kind: Callable[..., Any], name: str) -> Any:
        value = self.value.get(name)
        if type(value) is not kind:
            raise ValueError(f"{name}: {kind.__name__} is needed")
        return value


class SealedCables(Format):
    """One cable a file, in a verifiable dossier."""

    name = NAME
    label = "cable of a verifiable dossier"

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognise a file by its first words."""
        return head.startswith(_SIGN.encode())

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Implement `Format.records`.

        A cable with paragraphs left out counts as an extract: others come first.
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
        size = content_size(raw.header, raw.body)
        extent = size if sealed_record.whole else size._replace(cut=True)
        yield Record(location, zlib.crc32(content), 1, raw, whole=True, extent=extent)

    def at(self, record: bytes, location: Location) -> RawCable:
        """See `Format.at`; the cable's `format` is that of its source, by which it is cited."""
        return _with_remark(loads(record, location))


def _with_remark(sealed: SealedCable) -> RawCable:
    if not sealed.remark:
        return sealed.raw
    return replace(sealed.raw, remarks=(*sealed.raw.remarks, ("Verifiable dossier", sealed.remark)))


FORMAT = SealedCables()

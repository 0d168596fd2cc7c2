"""The shared parts of the container formats: the protocol, records, and skipped files."""

from __future__ import annotations

import zlib
from collections.abc import Container, Iterator, Sequence
from typing import Any, AnyStr, BinaryIO, Protocol

from cable_tui.base.cable import UNKNOWN, Location, Problem, RawCable, Repository
from cable_tui.base.errors import ArchiveError
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.value import Value, replace
from cable_tui.formats import run_on, split_header
from cable_tui.formats.encodings import decode
from cable_tui.formats.pages import signs
from cable_tui.formats.pages.cutter import CutPage, PageSymbols, Start, line_of, pages
from cable_tui.text import clean_text

HEAD = 1 << 19
"""The number of bytes at the start of a file that `sniff` needs; the menus on a page from 2011 take
185 kB.
"""
LONGEST_PAGE = 8 << 20
"""The maximum size of a page in bytes; the longest page known has 200 kB."""
LONGEST_RECORD = 16 << 20
"""The maximum size in bytes of a row in a dump; the longest body known has 66 kB."""
CUT_OFF = (
    "the page is cut off inside its text: save it again (only the part before the cut was read)"
)
"""The problem reported for a page that was read only in part."""
LEFT_OUT = (
    "the text continues into another cable, {id}. That part was skipped because its header is "
    "incomplete, or because this format cannot separate the two cables"
)
"""The problem reported for a part of another cable that was left out."""

__all__ = ["Start", "line_of"]


class BrokenRecord(ArchiveError):  # noqa: N818 - reads as the reason of a problem
    """Bytes that appear to be a cable but cannot be read, with the reason and the line.

    `line` counts from 0 at the record's own first line.
    """

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


class Skip(Value):
    """The reason why a file is not an archive of cables."""

    kind: str
    """The kind under which the file is counted, such as `browse page`, `pdf`, `archive (.7z)`,
    `other .doc`.
    """
    silent: bool = False
    """Whether the file belongs to the same site and is not mentioned in messages."""
    why: str = ""
    """The reason why the file was not read, with advice, if its content looks like a cable."""


class NotCables(BrokenRecord):
    """Raised for a file that is identified only by its container and has no cables.

    `Format.records` raises it before any item, and the file is skipped.
    """

    def __init__(self, skip: Skip) -> None:
        super().__init__(skip.kind)
        self.skip = skip


class Record(Value):
    """One record of a file, with the facts for the first pass."""

    location: Location
    crc: int
    """The CRC-32 of the record's own bytes, as returned by `Format.fetch`."""
    line: int
    """The number of the record's first line in the file, from 1."""
    cable: RawCable
    """All facts from the container. Texts are included if they cost nothing (`whole`), and the
    header also if the time of creation depends on it.
    """
    whole: bool
    """Whether `cable` contains its texts; if not, `Format.at` reads them from the record's bytes.
    """
    extent: ContentSize | None = None
    """The size of the texts if `cable` does not contain them, or None if it does."""
    left: str = ""
    """The kind of a document that is skipped unless all documents are requested, or empty for
    cables.
    """


class Kept(NamedTuple):
    """A record whose bytes are already known, so that only its location may have changed."""

    offset: int
    length: int
    crc: int
    line: int
    """The line number, from 1."""


def key(length: int, crc: int) -> int:
    """Return a number that two records of a file share only if their bytes are the same."""
    return length << 32 | crc


class Format(Protocol):
    """One container format. Reading keeps at most one record in memory.

    A format inherits from this class, `PageFormat` or `RowFormat`, and is listed in `FORMATS`.
    """

    name: str
    """The name used in `RawCable.format` and in the JSON, such as `html-page`."""
    label: str
    """The name shown to people, such as `WikiLeaks HTML page`."""
    repository: Repository = UNKNOWN
    """The archive that published the format's records, for citations."""
    apart: bool = False
    """Whether a separate process reads the format's files, because reading a hostile file may never
    end.
    """
    checked_later: bool = False
    """Whether `damage` is called for its files once all files have been read."""
    by_rows: bool = False
    """Whether only the new rows of a changed file are read, because `again` skips known rows."""

    columns: str = ""
    """The user's column assignments for a table: columns and their roles as JSON."""

    @property
    def known_as(self) -> str:
        """The text with which a catalogue stores the format and `formats.named` looks it up."""
        return f"{self.name} {self.columns}".rstrip()

    def matches(self, path: str, head: bytes) -> bool:
        """Return whether a file has this format, from its path and first `HEAD` bytes as UTF-8."""

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Yield the records of a file opened at its start, in order, as cheaply as possible."""

    def again(
        self,
        file: BinaryIO,
        path: str,
        known: Container[int],  # noqa: ARG002
    ) -> Iterator[Record | Problem | Kept]:
        """Yield items as `records` does, from the file's current row; offsets count from there.

        If the format is `by_rows`, a record with a known `key` is yielded only as `Kept`.
        """
        return self.records(file, path)

    def context(self, file: BinaryIO) -> bytes:  # noqa: ARG002
        """Return the bytes of a file that `at` needs before a record's own bytes, such as headings.

        For most formats this is empty. The call changes the position in the file. One call serves
        all records in the file.
        """
        return b""

    def fetch(self, file: BinaryIO, location: Location) -> bytes:
        """Return a record's own bytes, to which `Record.crc` refers; this moves the file position.

        A format whose files are not read by offsets (a database) looks up its records here. Raises
        `OSError`.
        """
        file.seek(location.offset)
        return file.read(location.length)

    def damage(self, file: BinaryIO) -> str:  # noqa: ARG002
        """Return the damage found by examining the whole file, which may take a minute.

        Returns an empty string if there is none.
        """
        return ""

    def at(self, record: bytes, location: Location) -> RawCable:
        """Return the complete cable from `context` bytes followed by the bytes of its record.

        Raises `BrokenRecord` if they cannot be read.
        """


class PageFormat(Format):
    """A format of pages: usually one per file, although people concatenate them.

    A subclass reads a page with `at`. It locates the next page with `opening` and `further`, as in
    `pages.cutter.PageSymbols`, or returns other `symbols` for a file.
    """

    alone: bool = True
    """Whether a page in another format in the same file is a problem."""
    splits: run_on.Splits = "rows"
    """Which other cables can be read from a page's bytes, if the page's text runs on into them."""

    def symbols(self, path: str) -> PageSymbols:  # noqa: ARG002
        """Return the object that locates the pages of the file."""
        return self

    def opening(self, data: bytes, start: int) -> int:
        """Return the end of the symbols of the page at `start`, or -1 if it has none."""
        has_symbols = self.name in signs.SIGNS
        return signs.behind_sign(data, start, self.name) if has_symbols else -1

    def further(self, data: bytes, start: int, after: int) -> Iterator[Start]:  # noqa: ARG002
        """Yield possible page starts after `after`, the end of the symbols of the current page.

        That page begins at `start`.
        """
        return iter(())

    def starts(self, data: bytes, after: int) -> Iterator[Start]:
        """Yield starts of pages of this format that follow a page of another format."""
        return self.further(data, after, after)

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Implement `Format.records`, reading each page as if it were a separate file."""
        for page in pages(file, self.symbols(path), LONGEST_PAGE):
            if page.data is None:
                yield Problem(path, page.line, f"a page of more than {LONGEST_PAGE >> 20} MiB")
                continue
            page_items = list(self._read(page, page.data, path))
            yield from page_items
            further_lines = [
                page_item.line for page_item in page_items if isinstance(page_item, Record)
            ][1:2]
            for line_number, reason in page.doubts:
                if (
                    not further_lines or line_number < further_lines[0]
                ):  # what it doubts is read as a further cable
                    yield Problem(path, line_number, reason)
            if self.alone and page.offset + len(page.data) > HEAD:  # up to there, `sniff` has seen
                for line_number, reason in signs.others(page.data, page.line, self.name):
                    yield Problem(path, line_number, reason)

    def _read(self, page: CutPage, data: bytes, path: str) -> Iterator[Record | Problem]:
        location = Location(path, page.offset, len(data))
        try:
            cable = self.cable_at(data, location)
        except BrokenRecord as broken:
            yield Problem(path, page.line + broken.line, str(broken))
            return
        text_size = None
        if cable.cut_off:
            text_size = content_size(cable.header, cable.body)._replace(cut=True)
            yield Problem(path, page.line, CUT_OFF)
        crc = zlib.crc32(data)
        skipped_kind = self.left(cable)
        yield Record(
            location, crc, page.line, cable, whole=True, extent=text_size, left=skipped_kind
        )
        yield from self._after(cable, page, data, path)

    def _after(
        self, cable: RawCable, page: CutPage, data: bytes, path: str
    ) -> Iterator[Record | Problem]:
        """Yield the cables into which the text of a page runs on."""
        searched_to = 0
        while (other_cable := cable.runs_on) is not None:
            other_start = run_on.other_start(data, other_cable.sign, searched_to)
            line_number = page.line + line_of(data, max(other_start, 0))
            if other_start < 0 or not other_cable.is_apart:
                yield Problem(path, line_number, LEFT_OUT.format(id=other_cable.reference_id))
                return
            page_part = data[other_start:]
            location = Location(path, page.offset + other_start, len(page_part))
            try:
                cable = self.cable_at(page_part, location)
            except BrokenRecord:
                yield Problem(path, line_number, LEFT_OUT.format(id=other_cable.reference_id))
                return
            yield Record(location, zlib.crc32(page_part), line_number, cable, whole=True)
            searched_to = other_start + 1

    def left(self, cable: RawCable) -> str:  # noqa: ARG002
        """Return the kind under which a page is skipped unless all are requested.

        Returns an empty string for a page that is not skipped.
        """
        return ""

    def cable_at(self, record: bytes, location: Location) -> RawCable:
        """Return the cable in the bytes of a page, or in a cable into which the text runs on.

        Raises `BrokenRecord`.
        """
        cable = None
        if run_on.begins(record, self.splits):
            cable = run_on.cable(*self.text_and_anchors(record), self.name, location)
        cable = run_on.first_alone(cable or self.at(record, location), self.splits)
        if cable.runs_on and cable.anchors:
            other_cable_start = run_on.other_start(record, cable.runs_on.sign, 1)
            _, other_anchors = (
                self.text_and_anchors(record[other_cable_start:])
                if other_cable_start > 0
                else ("", ())
            )
            cable = replace(
                cable, anchors=cable.anchors[: len(cable.anchors) - len(other_anchors or ())]
            )
        return cable

    def text_and_anchors(self, record: bytes) -> tuple[str, Sequence[str] | None]:
        """Return the text of bytes within a page, and its anchors, or None if there are none."""
        plain_text, anchors = split_header.without_signs(
            clean_text(decode(record).replace("\r\n", "\n"))
        )
        return plain_text, anchors or None


def without_body(cable: RawCable, location: Location, line: int, data: bytes) -> Record:
    """Return the record of a cable without its body, which is reread when needed."""
    text_size = content_size(cable.header, cable.body)
    text_size = text_size._replace(cut=text_size.cut or cable.cut_off)
    facts_only = replace(cable, body="", anchors=None)
    return Record(location, zlib.crc32(data), line, facts_only, whole=False, extent=text_size)


_NOTE = "partial extract of the original cable"
_OF_A_PART: dict[type, tuple[Any, Any]] = {
    str: (_NOTE, ("...", "…")),
    bytes: (_NOTE.encode(), (b"...", "…".encode())),
}
"""The site's note about partial extracts, and the endings of a truncated text."""
_NOTE_WITHIN = 300
"""The number of characters at the start of a body in which the site's note may occur."""
_STUB = 600
"""The maximum size in bytes of a text fragment that the site truncated with `...`."""


class ContentSize(NamedTuple):
    """The sizes of the two texts in characters or, for a row that was not decoded, in bytes."""

    header: int
    body: int
    cut: bool
    """Whether the text is marked as incomplete, by the note about partial extracts or a final
    `...`.
    """


def content_size(header: AnyStr, body: AnyStr) -> ContentSize:
    """Return the sizes of two texts, or of a row's columns as they are in the file."""
    partial_note, cut_endings = _OF_A_PART[type(header)]
    has_cut_note = partial_note in header or partial_note in body[:_NOTE_WITHIN]
    is_cut = has_cut_note or (len(body) < _STUB and body.rstrip().endswith(cut_endings))
    return ContentSize(len(header.strip()), len(body.strip()), is_cut)

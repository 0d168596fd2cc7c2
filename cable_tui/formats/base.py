"""What the container formats have in common: the protocol, a record, things that are skipped."""

from __future__ import annotations

import zlib
from collections.abc import Container, Iterator, Sequence
from typing import Any, AnyStr, BinaryIO, NamedTuple, Protocol

from cable_tui.base.cable import UNKNOWN, Location, Problem, RawCable, Repository
from cable_tui.base.errors import ArchiveError
from cable_tui.base.value import Value, replace
from cable_tui.formats import run_on, split_header
from cable_tui.formats.encodings import decode
from cable_tui.formats.pages import signs
from cable_tui.formats.pages.cutter import CutPage, PageSymbols, Start, line_of, pages
from cable_tui.text import clean_text

HEAD = 1 << 19
"""The first bytes of a file that `sniff` needs: the menus of a page of 2011 are 185 kB."""
LONGEST_PAGE = 8 << 20
"""The most bytes of a page; the longest seen has 200 kB."""
LONGEST_RECORD = 16 << 20
"""The most bytes of a row of a dump; the longest body seen has 66 kB."""
CUT_OFF = "the page is cut off inside its text: the rest was read; save it again"
"""The problem of a page that was only read in part."""
LEFT_OUT = (
    "the text runs on into another cable, {id}, and that part is left out: it has no whole head, "
    "or cannot be read apart in this format"
)
"""The problem of a part of another cable."""

__all__ = ["Start", "line_of"]


class BrokenRecord(ArchiveError):  # noqa: N818 - reads as the reason of a problem
    """Bytes that claim to be a cable and cannot be read; with the reason and the line.

    `line` counts from the record's own first line, from 0.
    """

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


class Skip(Value):
    """The reason why a file is not an archive of cables."""

    kind: str
    """The kind for counting: `browse page`, `pdf`, `archive (.7z)`, `other .doc` ..."""
    silent: bool = False
    """Whether it is a part of the same site that messages do not mention."""
    why: str = ""
    """Reason why it was not read, and what to do, if what it holds looks like a cable."""


class NotCables(BrokenRecord):
    """What a format finds in a file that it knows by its container alone: no cables.

    `Format.records` raises it before any item, and the file is skipped.
    """

    def __init__(self, skip: Skip) -> None:
        super().__init__(skip.kind)
        self.skip = skip


class Record(Value):
    """One record of a file, with the facts for the first pass."""

    location: Location
    crc: int
    """CRC-32 of the record's own bytes, as `Format.fetch` gives them."""
    line: int
    """First line of the record in the file, from 1."""
    cable: RawCable
    """All facts of the container. Texts only if they cost nothing (`whole`); the header also
    where the time of creation cannot be known without it."""
    whole: bool
    """Whether `cable` has its texts; otherwise `Format.at` gives them from the record's bytes."""
    extent: ContentSize | None = None
    """The size of the texts if `cable` does not have them; None means that it has them."""
    left: str = ""
    """The kind of a document that is left alone unless all are asked for; empty for cables."""


class Kept(NamedTuple):
    """A record that is known byte for byte: only its location may have changed."""

    offset: int
    length: int
    crc: int
    line: int
    """Line number, from 1."""


def key(length: int, crc: int) -> int:
    """Return a number that two records of a file share only if their bytes are the same."""
    return length << 32 | crc


class Format(Protocol):
    """One container format. Its readers hold at most one record in memory.

    A format inherits from this class, `PageFormat` or `RowFormat`, and is listed in `FORMATS`.
    """

    name: str
    """Name as in `RawCable.format` and in the JSON: `html-page`."""
    label: str
    """The name for people: `WikiLeaks HTML page`."""
    repository: Repository = UNKNOWN
    """The archive that its records come from, for citations."""
    apart: bool = False
    """Whether a separate process reads its files, because a hostile one may never end."""
    checked_later: bool = False
    """Whether `damage` is asked about its files, once all files have been read."""
    by_rows: bool = False
    """Whether only the new rows of a changed file are read: `again` knows the others."""

    columns: str = ""
    """The columns of a table that the reader has named, and their roles, as JSON."""

    @property
    def known_as(self) -> str:
        """What a catalogue remembers the format by, and `formats.named` finds it by."""
        return f"{self.name} {self.columns}".rstrip()

    def matches(self, path: str, head: bytes) -> bool:
        """Return whether a file has this format, by name and first `HEAD` bytes, as UTF-8."""

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Yield the records of a file opened at its start, in order, as cheaply as possible."""

    def again(
        self,
        file: BinaryIO,
        path: str,
        known: Container[int],  # noqa: ARG002
    ) -> Iterator[Record | Problem | Kept]:
        """Yield as `records` does, from the row that the file is at; offsets count from there.

        For a record with a known `key`, only its location, if a format is `by_rows`.
        """
        return self.records(file, path)

    def context(self, file: BinaryIO) -> bytes:  # noqa: ARG002
        """Return what `at` wants of a file before a record's own bytes, such as headings.

        For most formats it is empty. Moves in the file. One call serves all records of the file.
        """
        return b""

    def fetch(self, file: BinaryIO, location: Location) -> bytes:
        """Return a record's own bytes, those that `Record.crc` is the CRC for; moves in the file.

        A format whose files cannot be read by offsets (a database) finds its records here. Raises
        `OSError`.
        """
        file.seek(location.offset)
        return file.read(location.length)

    def damage(self, file: BinaryIO) -> str:  # noqa: ARG002
        """Return what a look at the whole file finds, which may take a minute; empty if nothing."""
        return ""

    def at(self, record: bytes, location: Location) -> RawCable:
        """Return the whole cable from the bytes of its record, after those of `context`.

        Raises `BrokenRecord` if they cannot be read.
        """


class PageFormat(Format):
    """A format of pages: mostly one a file, but people concatenate them.

    A subclass says how a page is read (`at`), and by `opening` and `further` where the next one
    begins, as in `pages.cutter.PageSymbols`, or else gives the `symbols` of a file.
    """

    alone: bool = True
    """Whether a page of another format in a file of this one is a problem."""
    splits: run_on.Splits = "rows"
    """The cables that a page's text may run on into which can be read in the bytes of the page."""

    def symbols(self, path: str) -> PageSymbols:  # noqa: ARG002
        """Return the symbols that identify the pages of the file."""
        return self

    def opening(self, data: bytes, start: int) -> int:
        """Return where the symbols of the page that begins at `start` end; -1 if it has none."""
        has_sign = self.name in signs.SIGNS
        return signs.behind_sign(data, start, self.name) if has_sign else -1

    def further(self, data: bytes, start: int, after: int) -> Iterator[Start]:  # noqa: ARG002
        """Find pages that may begin behind `after`, where the symbols of the one at `start` end."""
        return iter(())

    def starts(self, data: bytes, after: int) -> Iterator[Start]:
        """Find pages of this format that begin after a page of another format."""
        return self.further(data, after, after)

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Implement `Format.records`: each page of the file as if it were a file of its own."""
        for page in pages(file, self.symbols(path), LONGEST_PAGE):
            if page.data is None:
                yield Problem(path, page.line, f"a page of more than {LONGEST_PAGE >> 20} MiB")
                continue
            page_items = list(self._read(page, page.data, path))
            yield from page_items
            further_lines = [item.line for item in page_items if isinstance(item, Record)][1:2]
            for line, reason in page.doubts:
                if (
                    not further_lines or line < further_lines[0]
                ):  # what it doubts is read as a further cable
                    yield Problem(path, line, reason)
            if self.alone and page.offset + len(page.data) > HEAD:  # up to there, `sniff` has seen
                for line, reason in signs.others(page.data, page.line, self.name):
                    yield Problem(path, line, reason)

    def _read(self, page: CutPage, data: bytes, path: str) -> Iterator[Record | Problem]:
        location = Location(path, page.offset, len(data))
        try:
            cable = self.cable_at(data, location)
        except BrokenRecord as broken:
            yield Problem(path, page.line + broken.line, str(broken))
            return
        extent = None
        if cable.cut_off:
            extent = content_size(cable.header, cable.body)._replace(cut=True)
            yield Problem(path, page.line, CUT_OFF)
        crc = zlib.crc32(data)
        left_of_cable = self.left(cable)
        yield Record(location, crc, page.line, cable, whole=True, extent=extent, left=left_of_cable)
        yield from self._after(cable, page, data, path)

    def _after(
        self, cable: RawCable, page: CutPage, data: bytes, path: str
    ) -> Iterator[Record | Problem]:
        """Yield the cables that the text of a page runs on into."""
        searched_to = 0
        while (other := cable.runs_on) is not None:
            start = run_on.other_start(data, other.sign, searched_to)
            line = page.line + line_of(data, max(start, 0))
            if start < 0 or not other.is_apart:
                yield Problem(path, line, LEFT_OUT.format(id=other.reference_id))
                return
            page_part = data[start:]
            location = Location(path, page.offset + start, len(page_part))
            try:
                cable = self.cable_at(page_part, location)
            except BrokenRecord:
                yield Problem(path, line, LEFT_OUT.format(id=other.reference_id))
                return
            yield Record(location, zlib.crc32(page_part), line, cable, whole=True)
            searched_to = start + 1

    def left(self, cable: RawCable) -> str:  # noqa: ARG002
        """Return the kind under which a page is left alone unless all are asked for; or empty."""
        return ""

    def cable_at(self, record: bytes, location: Location) -> RawCable:
        """Return the cable of a page's bytes, or of those of a cable that the text runs on into.

        Raises `BrokenRecord`.
        """
        cable = None
        if run_on.begins(record, self.splits):
            cable = run_on.cable(*self.text_and_anchors(record), self.name, location)
        cable = run_on.first_alone(cable or self.at(record, location), self.splits)
        if cable.runs_on and cable.anchors:
            start = run_on.other_start(record, cable.runs_on.sign, 1)
            _, other_anchors = self.text_and_anchors(record[start:]) if start > 0 else ("", ())
            cable = replace(
                cable, anchors=cable.anchors[: len(cable.anchors) - len(other_anchors or ())]
            )
        return cable

    def text_and_anchors(self, record: bytes) -> tuple[str, Sequence[str] | None]:
        """Return the text of bytes within a page, and the anchors in it; None if there are none."""
        text, anchors = split_header.without_signs(clean_text(decode(record).replace("\r\n", "\n")))
        return text, anchors or None


def without_body(cable: RawCable, location: Location, line: int, data: bytes) -> Record:
    """Return the record of a cable among many: its body is read again when it is needed."""
    size = content_size(cable.header, cable.body)
    size = size._replace(cut=size.cut or cable.cut_off)
    known_facts = replace(cable, body="", anchors=None)
    return Record(location, zlib.crc32(data), line, known_facts, whole=False, extent=size)


_NOTE = "partial extract of the original cable"
_OF_A_PART: dict[type, tuple[Any, Any]] = {
    str: (_NOTE, ("...", "…")),
    bytes: (_NOTE.encode(), (b"...", "…".encode())),
}
"""The site's note in a text, and the end of a cut text."""
_NOTE_WITHIN = 300
"""The first characters of a body in which the site's note may occur."""
_STUB = 600
"""The most bytes of a beginning that the site cut with `...`."""


class ContentSize(NamedTuple):
    """Sizes of the two texts, in characters or, for a row that was not decoded, in bytes."""

    header: int
    body: int
    cut: bool
    """Whether it says that it is a part: in the note of partial extracts, or by a last `...`."""


def content_size(header: AnyStr, body: AnyStr) -> ContentSize:
    """Return the size of two texts, or of the columns of a row as the file has them."""
    note, breaks_off = _OF_A_PART[type(header)]
    has_cut_note = note in header or note in body[:_NOTE_WITHIN]
    is_cut = has_cut_note or (len(body) < _STUB and body.rstrip().endswith(breaks_off))
    return ContentSize(len(header.strip()), len(body.strip()), is_cut)

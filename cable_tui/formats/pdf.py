"""PDFs of telegrams: those that the National Archives make (AAD), and any other.

The text is read by the formats for such texts: by its headings it is a telegram of the National
Archives or a page of the site that somebody printed, otherwise the text of a telegram alone. If a
file has several telegrams, each is a record, cut as in a file of such texts.
"""

from __future__ import annotations

import atexit
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from io import BytesIO
from typing import BinaryIO

from cable_tui.base.cable import (
    CABLEGATE,
    NATIONAL_ARCHIVES,
    UNKNOWN,
    Location,
    Problem,
    RawCable,
    Repository,
)
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.formats import not_cables
from cable_tui.formats.base import BrokenRecord, Format, NotCables, PageFormat, Record, Skip
from cable_tui.formats.child_answers import MOST_MEMORY
from cable_tui.formats.child_process import Child, NoAnswer, command, current_patience
from cable_tui.formats.mixed_pages import FORMAT as MIXED
from cable_tui.formats.named_text import FORMAT as NAMED_TEXT
from cable_tui.formats.nara import FORMAT as NARA
from cable_tui.formats.office.document_text import BEFORE_NOTE
from cable_tui.formats.packed.seekable import Key, key_of
from cable_tui.formats.pages import own_notes, telegrams
from cable_tui.formats.pdf_process import TEXT
from cable_tui.formats.text_copies import ALX_TEXT, PAGE_TEXT, PDF_TEXT

_MAGIC = pattern(rb"%PDF-[0-9]\.[0-9]")
_WITHIN = 1032
"""The first bytes in which the magic may occur, as in PDF readers."""
_OBJECT = b" obj"
"""A string that every PDF has, and that no text has in its first lines."""
_ABOVE = "the text above the first telegram is no part of it, and left out: {}"
_SHOWN = 80
_NO_CABLE = "a PDF whose text is neither a telegram of the National Archives nor one of Cablegate"


class Pdf(Format):
    """Telegrams as PDF: mostly one a file, but people join them."""

    apart = True
    longest = 64 << 20
    """The most bytes of a PDF; a scanned volume has 50 MB, a telegram 4 kB."""
    kind = "PDF"
    pages = "PDF pages"
    """The label of the remark on a telegram that is not alone in its file; empty for none."""
    forms: tuple[PageFormat, ...] = (MIXED, NARA, PAGE_TEXT, PDF_TEXT)
    """The formats of texts, in the order in which they are tried."""
    own_name = "pdf"
    names: Mapping[str, str] = {NARA.name: "nara-pdf"}
    """The format of a record by that of its text: the file's own data may not say whose it is."""

    def __init__(self, name: str, label: str, repository: Repository, maker: bytes = b"") -> None:
        self.name = name
        self.label = label
        self.repository = repository
        self._maker = maker
        """Text of the author field of such a PDF, uncompressed in the file."""
        self._last: tuple[tuple[Key, int] | None, bytes] = (None, b"")

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognise a file by the magic, and the program that made it."""
        magic = _MAGIC.match(head) or (_MAGIC.search(head, 0, _WITHIN) and _OBJECT in head)
        return bool(magic) and self._maker in head

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Yield the telegrams of the file, and its faults.

        The offset of a record is its number in the file, from 0: a PDF is read as a whole.
        """
        data = file.read(self.longest + 1)
        if len(data) > self.longest:
            size = f"{self.longest >> 20} MiB"
            yield Problem(path, 0, f"a {self.kind} of more than {size}: take its pages apart")
            return
        try:
            pdf_text = _text(data)
            items = list(_telegrams(self, pdf_text, path))
        except NotCables:
            raise
        except BrokenRecord as broken:
            yield Problem(path, 0, str(broken))
            return
        cables = [item for item in items if isinstance(item, RawCable)]
        for record in items:
            if isinstance(record, Problem):
                page = 1 + b"".join(pdf_text.split(b"\n", record.line)[: record.line]).count(b"\f")
                which_page = f"page {page}: " if record.line and cables and self.pages else ""
                yield replace(record, line=0, reason=f"{which_page}{record.reason}")
        crc = zlib.crc32(data)
        for number, cable in enumerate(cables):
            location = Location(path, number, len(data))
            yield Record(location, crc, 1, replace(cable, location=location), whole=True)

    def form_of(self, path: str, text: bytes) -> PageFormat | None:
        """Return the format of a text."""
        name = self.named_as(path)
        return next((form for form in self.forms if form.matches(name, text)), None)

    def named_as(self, path: str) -> str:
        """Return the path by which a text may have an ID."""
        return path

    def first_telegram(self, text: bytes) -> int:  # noqa: ARG002
        """Return where the first telegram begins below other text; 0 if that is not looked for."""
        return 0

    def without_notes(self, text: bytes) -> tuple[bytes, tuple[tuple[str, str], ...]]:
        """Return a text without the notes behind it, and the remark of its cables on these."""
        return text, ()

    def without_cable(self, text: bytes) -> BrokenRecord:  # noqa: ARG002
        """Return the error of a file whose text is no cable."""
        return BrokenRecord(_NO_CABLE)

    def fetch(self, file: BinaryIO, location: Location) -> bytes:
        """Implement `Format.fetch`: the whole PDF, for any of its telegrams.

        The last one is kept, so that a thousand telegrams do not read it a thousand times.
        """
        key = (key_of(file), location.length)
        known_key, data = self._last
        if known_key != key:
            file.seek(0)
            data = file.read(location.length)
            self._last = key, data
        return data

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        cables = _cables(self, record, location.path)
        if location.offset >= len(cables):
            raise BrokenRecord(f"the {self.kind} has fewer telegrams than it had")
        return replace(cables[location.offset], location=location)


@lru_cache(maxsize=1)
def _cables(form: Pdf, pdf: bytes, path: str) -> list[RawCable]:
    """Return the telegrams of a PDF; those of the last one are kept, for the next of them."""
    return [item for item in _telegrams(form, _text(pdf), path) if isinstance(item, RawCable)]


@lru_cache(maxsize=1)
def _text(pdf: bytes) -> bytes:
    """Return the text of a PDF; the last one is kept."""
    return reader().text(pdf).encode()


def _telegrams(own: Pdf, text: bytes, path: str) -> Iterator[RawCable | Problem]:
    """Yield the telegrams of a text, with their places in it.

    Raises `BrokenRecord` if it has none.
    """
    text, own_remarks = own.without_notes(text)
    own_form = own.form_of(path, text)
    if own_form is None and (start := own.first_telegram(text)):
        text_above = text[:start].decode("utf-8", "replace")
        text = text[start:]
        if own_form := own.form_of(path, text):
            yield Problem(path, 0, _ABOVE.format(" ".join(text_above.split())[:_SHOWN]))
    if own_form is None:
        raise own.without_cable(text)
    page_number = offset = 0
    text_length = len(text.rstrip())
    for item in own_form.records(BytesIO(text), own.named_as(path)):
        if isinstance(item, Problem):
            yield item
            continue
        cable, location = item.cable, item.location
        cable = replace(
            cable,
            format=own.names.get(cable.format, own.own_name),
            remarks=(*cable.remarks, *own_remarks),
        )
        if location.length < text_length and own.pages:
            page_number += text.count(b"\f", offset, location.offset)
            offset = location.offset
            first_page, last_page = _pages(text[offset : offset + location.length], page_number + 1)
            page_span = str(first_page) if first_page == last_page else f"{first_page}-{last_page}"
            cable = replace(cable, remarks=(*cable.remarks, (own.pages, page_span)))
        yield cable


def _pages(text: bytes, page: int) -> tuple[int, int]:
    """Return the first and the last page with words of a text that begins on `page`."""
    page_text = text.strip()
    first_page = page + text.count(b"\f", 0, text.find(page_text))
    return first_page, first_page + page_text.count(b"\f")


# The process that takes the text out of PDFs

LONGEST = 30.0
"""The most seconds for one PDF; a telegram takes a hundredth."""
COMMAND = command("cable_tui.formats.pdf_process")


class PdfReader:
    """One process, started for the first PDF."""

    def __init__(self, command: Sequence[str] = COMMAND, longest: float = LONGEST) -> None:
        self.child = Child(command)
        self._longest = longest

    def text(self, pdf: bytes) -> str:
        """Return the text of a PDF, with form feeds between pages. Raises `BrokenRecord`."""
        try:
            answer = self.child.ask(pdf, self._longest)
        except NoAnswer as none:
            raise BrokenRecord(self._reason(none)) from None
        if answer[:1] != TEXT:
            raise BrokenRecord(answer[1:].decode("utf-8", "replace"))
        return answer[1:].decode("utf-8", "replace")

    def _reason(self, none: NoAnswer) -> str:
        if none_text := str(none):
            return f"the reader of PDFs {none_text}"
        patience = current_patience()
        patience.lost += none.seconds
        if none.late:
            reason = f"takes more than {min(self._longest, patience.longest):g} seconds"
        else:
            reason = f"ends its reader or needs more than {MOST_MEMORY >> 20} MiB"
        return f"a PDF that {reason}: print it to a new PDF, or save its text"

    def close(self) -> None:
        """End the process."""
        self.child.close()


@cache
def reader() -> PdfReader:
    """Return the reader of this process."""
    pdf_reader = PdfReader()
    atexit.register(pdf_reader.close)
    return pdf_reader


_ENDING = pattern(r"(?i)\.(?:doc[xm]|dot[xm]|od[tm]|ott)$")
_MARKS = (b"word/document.xml", b"mimetypeapplication/vnd.oasis.opendocument.text")
"""Bytes of the first parts of a document of Word or LibreOffice."""
_FIRST_PARTS = 1 << 12


class OfficeDocument(Pdf):
    """Telegrams as `.docx` or `.odt`, read as those of a PDF: its paragraphs are lines.

    A document without a telegram is somebody's own writing, and skipped.
    """

    kind = "document"
    pages = ""
    forms = (MIXED, NARA, PAGE_TEXT, ALX_TEXT, PDF_TEXT, NAMED_TEXT)
    own_name = "office"
    names: Mapping[str, str] = {
        form.name: form.name for form in (NARA, PAGE_TEXT, ALX_TEXT, NAMED_TEXT)
    }

    def matches(self, path: str, head: bytes) -> bool:
        """Recognise a zip by its name, or by the first parts in it."""
        first_bytes = head[:_FIRST_PARTS]
        has_ending = _ENDING.search(path) is not None
        return first_bytes.startswith(b"PK\x03\x04") and (
            has_ending or any(map(first_bytes.count, _MARKS))
        )

    def named_as(self, path: str) -> str:
        """Implement `Pdf.named_as`: the name without its ending may be an ID."""
        return _ENDING.sub("", path)

    def first_telegram(self, text: bytes) -> int:
        """Implement `Pdf.first_telegram`: people write a heading above it."""
        header = telegrams.first_header(text, 0, len(text))
        return header.at if header else 0

    def without_notes(self, text: bytes) -> tuple[bytes, tuple[tuple[str, str], ...]]:
        """Implement `Pdf.without_notes`: footnotes are no part of a telegram."""
        whole_text, *notes = text.decode("utf-8", "replace").split(BEFORE_NOTE)
        return whole_text.encode(), own_notes.Notes("", tuple(notes)).remarks

    def without_cable(self, text: bytes) -> BrokenRecord:
        """Return that it is skipped, with the reason if it looks like a telegram."""
        kind = "document of Word or LibreOffice without a telegram"
        return NotCables(Skip(kind, why=not_cables.looks_like_cable(text)))


FORMAT = Pdf("pdf", "PDF", CABLEGATE)
OFFICE = OfficeDocument("office", "document of Word or LibreOffice", UNKNOWN)
AAD = Pdf("nara-pdf", "PDF of the National Archives (AAD)", NATIONAL_ARCHIVES, b"nara.aad.")

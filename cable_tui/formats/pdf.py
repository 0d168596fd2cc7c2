"""PDFs of telegrams: those made by the National Archives (AAD), and all others.

The text is read by the formats for such texts: headings identify a telegram of the National
Archives or a printed page of the cable site, and any other text is read as a bare telegram. If a
file contains several telegrams, each is a record, cut as in a text file.
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
"""The number of bytes at the start of a file in which the magic number may occur, as in PDF
readers.
"""
_OBJECT = b" obj"
"""A string that every PDF contains and that no text has in its first lines."""
_ABOVE = "the text above the first telegram is not part of it and was skipped: {}"
_SHOWN = 80
_NO_CABLE = "a PDF whose text is neither a National Archives telegram nor a Cablegate cable"


class Pdf(Format):
    """Telegrams as PDF: usually one per file, although people join them."""

    apart = True
    longest = 64 << 20
    """The maximum size of a PDF to read, in bytes; a scanned volume has 50 MB, a telegram 4 kB."""
    kind = "PDF"
    pages = "PDF pages"
    """The label of the remark with a telegram's pages, if it shares its file, or an empty string
    for no remark.
    """
    forms: tuple[PageFormat, ...] = (MIXED, NARA, PAGE_TEXT, PDF_TEXT)
    """The formats for the document's text, in the order in which they are tried."""
    own_name = "pdf"
    names: Mapping[str, str] = {NARA.name: "nara-pdf"}
    """The format names of records, by the format of their text, which may show who
    published them.
    """

    def __init__(self, name: str, label: str, repository: Repository, maker: bytes = b"") -> None:
        self.name = name
        self.label = label
        self.repository = repository
        self._maker = maker
        """The author field in such PDFs, as uncompressed bytes in the file."""
        self._last: tuple[tuple[Key, int] | None, bytes] = (None, b"")

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by its magic number and the program that made it."""
        magic = _MAGIC.match(head) or (_MAGIC.search(head, 0, _WITHIN) and _OBJECT in head)
        return bool(magic) and self._maker in head

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Yield the telegrams of the file, and the problems with it.

        The offset of a record is its number in the file, from 0, because a PDF is read as a whole.
        """
        pdf_bytes = file.read(self.longest + 1)
        if len(pdf_bytes) > self.longest:
            size_limit = f"{self.longest >> 20} MiB"
            yield Problem(
                path, 0, f"a {self.kind} of more than {size_limit}: split it into smaller files"
            )
            return
        try:
            pdf_text = _text(pdf_bytes)
            cables_and_problems = list(_telegrams(self, pdf_text, path))
        except NotCables:
            raise
        except BrokenRecord as broken:
            yield Problem(path, 0, str(broken))
            return
        cables = [
            cable_or_problem
            for cable_or_problem in cables_and_problems
            if isinstance(cable_or_problem, RawCable)
        ]
        for record in cables_and_problems:
            if isinstance(record, Problem):
                page_number = 1 + b"".join(pdf_text.split(b"\n", record.line)[: record.line]).count(
                    b"\f"
                )
                page_label = (
                    f"page {page_number}: " if record.line and cables and self.pages else ""
                )
                yield replace(record, line=0, reason=f"{page_label}{record.reason}")
        checksum = zlib.crc32(pdf_bytes)
        for cable_number, cable in enumerate(cables):
            location = Location(path, cable_number, len(pdf_bytes))
            yield Record(location, checksum, 1, replace(cable, location=location), whole=True)

    def form_of(self, path: str, text: bytes) -> PageFormat | None:
        """Return the format of a text, or None."""
        id_path = self.named_as(path)
        return next((form for form in self.forms if form.matches(id_path, text)), None)

    def named_as(self, path: str) -> str:
        """Return the path from which a text may take its ID."""
        return path

    def first_telegram(self, text: bytes) -> int:  # noqa: ARG002
        """Return the start of the first telegram below other text, or 0 if not searched for."""
        return 0

    def without_notes(self, text: bytes) -> tuple[bytes, tuple[tuple[str, str], ...]]:
        """Return a text without the notes at its end, and the remarks about them."""
        return text, ()

    def without_cable(self, text: bytes) -> BrokenRecord:  # noqa: ARG002
        """Return the error for a file whose text is not a cable."""
        return BrokenRecord(_NO_CABLE)

    def fetch(self, file: BinaryIO, location: Location) -> bytes:
        """Implement `Format.fetch`: return the whole PDF for any of its telegrams.

        The last PDF is kept in memory, so that a thousand telegrams do not read it a thousand
        times.
        """
        file_key = (key_of(file), location.length)
        last_key, pdf_bytes = self._last
        if last_key != file_key:
            file.seek(0)
            pdf_bytes = file.read(location.length)
            self._last = file_key, pdf_bytes
        return pdf_bytes

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        cables = _cables(self, record, location.path)
        if location.offset >= len(cables):
            raise BrokenRecord(
                f"the {self.kind} now contains fewer telegrams than when it was indexed"
            )
        return replace(cables[location.offset], location=location)


@lru_cache(maxsize=1)
def _cables(form: Pdf, pdf: bytes, path: str) -> list[RawCable]:
    """Return the telegrams in a PDF. The result for the last PDF stays in memory."""
    return [
        cable_or_problem
        for cable_or_problem in _telegrams(form, _text(pdf), path)
        if isinstance(cable_or_problem, RawCable)
    ]


@lru_cache(maxsize=1)
def _text(pdf: bytes) -> bytes:
    """Return the text of a PDF; the last text stays in memory."""
    return reader().text(pdf).encode()


def _telegrams(pdf_format: Pdf, text: bytes, path: str) -> Iterator[RawCable | Problem]:
    """Yield the telegrams in a text, with their pages, and any problems.

    Raises `BrokenRecord` if the text contains no telegram.
    """
    text, own_remarks = pdf_format.without_notes(text)
    own_form = pdf_format.form_of(path, text)
    if own_form is None and (telegram_start := pdf_format.first_telegram(text)):
        text_above = text[:telegram_start].decode("utf-8", "replace")
        text = text[telegram_start:]
        if own_form := pdf_format.form_of(path, text):
            yield Problem(path, 0, _ABOVE.format(" ".join(text_above.split())[:_SHOWN]))
    if own_form is None:
        raise pdf_format.without_cable(text)
    page_number = page_counted_to = 0
    text_length = len(text.rstrip())
    for record_or_problem in own_form.records(BytesIO(text), pdf_format.named_as(path)):
        if isinstance(record_or_problem, Problem):
            yield record_or_problem
            continue
        cable, location = record_or_problem.cable, record_or_problem.location
        cable = replace(
            cable,
            format=pdf_format.names.get(cable.format, pdf_format.own_name),
            remarks=(*cable.remarks, *own_remarks),
        )
        if location.length < text_length and pdf_format.pages:
            page_number += text.count(b"\f", page_counted_to, location.offset)
            page_counted_to = location.offset
            first_page, last_page = _pages(
                text[page_counted_to : page_counted_to + location.length], page_number + 1
            )
            page_span = str(first_page) if first_page == last_page else f"{first_page}-{last_page}"
            cable = replace(cable, remarks=(*cable.remarks, (pdf_format.pages, page_span)))
        yield cable


def _pages(text: bytes, start_page: int) -> tuple[int, int]:
    """Return the first and last page with words, for a text that begins on `start_page`."""
    stripped_text = text.strip()
    first_page = start_page + text.count(b"\f", 0, text.find(stripped_text))
    return first_page, first_page + stripped_text.count(b"\f")


# The process that takes the text out of PDFs

LONGEST = 30.0
"""The maximum time for one PDF, in seconds; a telegram takes a hundredth of a second."""
COMMAND = command("cable_tui.formats.pdf_process")


class PdfReader:
    """Reads PDFs with a separate process, started for the first PDF."""

    def __init__(self, command: Sequence[str] = COMMAND, longest: float = LONGEST) -> None:
        self.child = Child(command)
        self._longest = longest

    def text(self, pdf: bytes) -> str:
        """Return the text of a PDF, with form feeds between pages. Raises `BrokenRecord`."""
        try:
            answer = self.child.ask(pdf, self._longest)
        except NoAnswer as no_answer:
            raise BrokenRecord(self._reason(no_answer)) from None
        if answer[:1] != TEXT:
            raise BrokenRecord(answer[1:].decode("utf-8", "replace"))
        return answer[1:].decode("utf-8", "replace")

    def _reason(self, no_answer: NoAnswer) -> str:
        if failure_text := str(no_answer):
            return f"the PDF reader {failure_text}"
        patience = current_patience()
        patience.lost += no_answer.seconds
        if no_answer.late:
            reason = f"takes more than {min(self._longest, patience.longest):g} seconds"
        else:
            reason = f"crashes its reader or needs more than {MOST_MEMORY >> 20} MiB"
        return f"a PDF that {reason}: print it to a new PDF, or save its text"

    def close(self) -> None:
        """End the process."""
        self.child.close()


@cache
def reader() -> PdfReader:
    """Return the PDF reader of this process."""
    pdf_reader = PdfReader()
    atexit.register(pdf_reader.close)
    return pdf_reader


_ENDING = pattern(r"(?i)\.(?:doc[xm]|dot[xm]|od[tm]|ott)$")
_MARKS = (b"word/document.xml", b"mimetypeapplication/vnd.oasis.opendocument.text")
"""Bytes in the first parts of a Word or LibreOffice document."""
_FIRST_PARTS = 1 << 12


class OfficeDocument(Pdf):
    """Telegrams as `.docx` or `.odt`, read like those in a PDF, with paragraphs as lines.

    A document without a telegram is treated as the user's own writing and skipped.
    """

    kind = "document"
    pages = ""
    forms = (MIXED, NARA, PAGE_TEXT, ALX_TEXT, PDF_TEXT, NAMED_TEXT)
    own_name = "office"
    names: Mapping[str, str] = {
        form.name: form.name for form in (NARA, PAGE_TEXT, ALX_TEXT, NAMED_TEXT)
    }

    def matches(self, path: str, head: bytes) -> bool:
        """Recognize a zip file by its name, or by its first parts."""
        first_bytes = head[:_FIRST_PARTS]
        has_ending = _ENDING.search(path) is not None
        return first_bytes.startswith(b"PK\x03\x04") and (
            has_ending or any(map(first_bytes.count, _MARKS))
        )

    def named_as(self, path: str) -> str:
        """Implement `Pdf.named_as`: the name without its extension may be an ID."""
        return _ENDING.sub("", path)

    def first_telegram(self, text: bytes) -> int:
        """Implement `Pdf.first_telegram`, because people write headings above telegrams."""
        header = telegrams.first_header(text, 0, len(text))
        return header.at if header else 0

    def without_notes(self, text: bytes) -> tuple[bytes, tuple[tuple[str, str], ...]]:
        """Implement `Pdf.without_notes`: footnotes are not part of a telegram."""
        whole_text, *notes = text.decode("utf-8", "replace").split(BEFORE_NOTE)
        return whole_text.encode(), own_notes.Notes("", tuple(notes)).remarks

    def without_cable(self, text: bytes) -> BrokenRecord:
        """Return the `NotCables` error, with a reason if the text looks like a telegram."""
        skip_kind = "Word or LibreOffice document without a telegram"
        return NotCables(Skip(skip_kind, why=not_cables.looks_like_cable(text)))


FORMAT = Pdf("pdf", "PDF", CABLEGATE)
OFFICE = OfficeDocument("office", "document of Word or LibreOffice", UNKNOWN)
AAD = Pdf("nara-pdf", "PDF of the National Archives (AAD)", NATIONAL_ARCHIVES, b"nara.aad.")

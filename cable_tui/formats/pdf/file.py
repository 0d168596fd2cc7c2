"""PDFs of telegrams: those that the National Archives make (AAD), and any other.

The text is read by the formats for such texts: by its headings it is a telegram of the National
Archives or a page of the site that somebody printed, otherwise the text of a telegram alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from cable_tui.cable import Place, Problem, RawCable
from cable_tui.formats.base import BrokenRecord, Format, PageFormat, Record
from cable_tui.formats.nara import FORMAT as NARA
from cable_tui.formats.page_text import FORMAT as PAGE_TEXT
from cable_tui.formats.pdf_text import FORMAT as PDF_TEXT
from cable_tui.pattern import pattern
from cable_tui.repository import CABLEGATE, Repository
from cable_tui.value import replace

_LONGEST = 64 << 20
"""Bytes of a PDF; a scanned volume has 50 MB, a telegram 4 kB."""
_MAGIC = pattern(rb"%PDF-[0-9]\.[0-9]")
_WITHIN = 1032
"""Bytes in which the magic may stand: readers of PDFs allow for as many."""
_OBJECT = b" obj"
"""What every PDF has, and no text that speaks of PDFs in its first lines."""
_ONLY_FIRST = "only the first is read; save its text with pdftotext and open that"
_NO_CABLE = "a PDF whose text is no telegram of the National Archives and none of Cablegate"


class Pdf(Format):
    """One telegram as PDF."""

    def __init__(self, name: str, label: str, rank: float, repository: Repository) -> None:
        self.name = name
        self.label = label
        self.rank = rank
        self.repository = repository

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """By the magic."""
        return bool(_MAGIC.match(head) or (_MAGIC.search(head, 0, _WITHIN) and _OBJECT in head))

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """The telegram of the file, or what is wrong with it."""
        data = file.read(_LONGEST + 1)
        if len(data) > _LONGEST:
            yield Problem(path, 0, f"a PDF of more than {_LONGEST >> 20} MiB: take its pages apart")
            return
        place = Place(path, 0, len(data))
        try:
            cable, others = self._read(data, place)
        except BrokenRecord as broken:
            yield Problem(path, 0, str(broken))
            return
        yield Record(place, zlib.crc32(data), 1, cable, whole=True)
        if others:
            yield Problem(path, 0, f"{others + 1} telegrams in one PDF: {_ONLY_FIRST}")

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`."""
        return self._read(record, place)[0]

    def _read(self, pdf: bytes, place: Place) -> tuple[RawCable, int]:
        """The first telegram of a PDF, and how many more there are."""
        from cable_tui.formats.pdf.reader import reader  # what starts processes, only for PDFs

        text = reader().text(pdf).encode()
        forms: tuple[PageFormat, ...] = (NARA, PAGE_TEXT, PDF_TEXT)
        form = next((each for each in forms if each.matches(place.path, text)), None)
        if form is None:
            raise BrokenRecord(_NO_CABLE)
        items = list(form.records(BytesIO(text), place.path))
        found = [item.cable for item in items if isinstance(item, Record)]
        if not found:
            raise BrokenRecord(
                next((item.reason for item in items if isinstance(item, Problem)), "")
            )
        return replace(found[0], format=self.name, place=place), len(items) - 1


FORMAT = Pdf("pdf", "PDF", 0.5, CABLEGATE)

"""The format of web archives that hold pages of one other format.

A record is one part of the file, with its headers: bytes that can be read again without the others.
Part by part the page is read as its own format reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from cable_tui.cable import Place, Problem, RawCable
from cable_tui.formats.base import LONGEST_PAGE, BrokenRecord, PageFormat, Record
from cable_tui.formats.mhtml.parts import OUTSIDE, Part, content, is_web_archive, parts
from cable_tui.formats.pages import signs
from cable_tui.formats.pages.cutter import Page
from cable_tui.value import replace

_LONGEST_PART = 2 * LONGEST_PAGE
"""Bytes of a part as it stands in the file: base64 takes a third more than the page."""
_SECOND = "a second page stands in this part of the web archive: it was not read"
_NONE = "no part of the web archive is a page that can be read: save the page again as HTML"


class WebArchive(PageFormat):
    """Pages of a format, saved as `.mhtml` or `.mht`."""

    def __init__(self, inner: PageFormat, name: str) -> None:
        self.inner = inner
        """The format of the pages."""
        self.name = name
        self.label = f"{inner.label}, as a web archive (.mhtml)"
        self.repository = inner.repository

    def matches(self, path: str, head: bytes) -> bool:
        """By headers of an e-mail of several parts, one of which is such a page."""
        if not is_web_archive(head):
            return False
        pages = (each for each in parts(BytesIO(head), _LONGEST_PART) if each.kind == "text/html")
        return any(self.inner.matches(path, content(page.data)) for page in pages)

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """As in `Format`."""
        empty = True
        for part in parts(file, _LONGEST_PART):
            for item in self._part(part, path):
                empty = False
                yield item
        if empty:
            yield Problem(path, 1, _NONE)

    def _part(self, part: Part, path: str) -> Iterator[Record | Problem]:
        """The cable of a part, and what else is to be said of it: mostly nothing."""
        if part.too_deep:
            yield Problem(path, part.line, "parts inside of parts, too deep to be looked into")
        elif part.kind == OUTSIDE:
            for line, reason in signs.others(part.data, part.line, ""):
                yield Problem(path, line, reason)
        elif part.kind == "text/html" and not part.data:
            yield Problem(path, part.line, f"a page of more than {_LONGEST_PART >> 20} MiB")
        elif part.kind == "text/html":
            page = content(part.data)
            for _, reason in signs.others(page, 0, self.inner.name):
                yield Problem(path, part.line, reason)
            if self.inner.matches(path, page):
                yield from self._read(Page(part.offset, part.line, part.data), part.data, path)
                for further in self.inner.further(page, 0, self.inner.opening(page, 0)):
                    yield Problem(path, part.line, further.doubt or _SECOND)

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`."""
        try:
            cable = self.inner.at(content(record), place)
        except BrokenRecord as broken:
            raise BrokenRecord(str(broken)) from None  # its line is one of the decoded page
        return replace(cable, format=self.name)

"""Cuts a file into its pages, in memory bounded by one page.

Most files are one page. Concatenated pages are cut where their format finds the start of another
page. If a start is doubtful, the file is not cut there, but its line is reported.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.formats.file_text import FileWindow, Utf8File

_NEAR = 1 << 16
"""How many of a page's first bytes are searched for its end before more is read."""
_AHEAD = 1 << 12
"""The number of bytes that must follow a symbol before it can be judged."""
_DOUBTS = 20
"""The maximum number of doubtful starts to report for one page."""
_LINE_ENDS = b"\r\n\f"


class Start(NamedTuple):
    """The position at which another page begins, or seems to begin."""

    at: int
    """The offset of the page's first byte."""
    symbol: int
    """The offset of the page's symbol, which a problem refers to."""
    doubt: str = ""
    """The reason why the page may be part of the previous page, which then keeps it; empty if
    certain.
    """


class PageSymbols(Protocol):
    """A format's description of its pages.

    The bytes are UTF-8, except in a broken file.
    """

    def opening(self, data: bytes, start: int) -> int:
        """Return the end of the symbols of the page at `start`, or -1 if it has none."""

    def further(self, data: bytes, start: int, after: int) -> Iterator[Start]:
        """Yield possible page starts after `after`, the end of the symbols of the current page.

        That page begins at `start`.
        """


class CutPage(NamedTuple):
    """The bytes from the start of one page to the start of the next."""

    offset: int
    line: int
    """The line number, from 1."""
    data: bytes | None
    """The bytes of the page, or None if it is too long."""
    doubts: tuple[tuple[int, str], ...] = ()
    """Line numbers, from 1, where another page may begin, and why this is uncertain."""


def pages(file: BinaryIO, symbols: PageSymbols, longest: int) -> Iterator[CutPage]:
    """Yield the pages of a file opened at its start; pages over `longest` bytes have no data."""
    cutter = _Cutter(file, symbols, longest)
    yield cutter.page()  # an empty file is a page, too
    while cutter.has_more():
        yield cutter.page()


def line_of(data: bytes, offset: int) -> int:
    """Return the line number, from 0, of an offset; old files end lines with CR only."""
    return _line_ends(data, 0, max(offset, 0))


def start_of_line(data: bytes, offset: int, least: int) -> int:
    """Return the start of the line before the one at `offset`, whatever the line endings."""
    line_end = offset - 2 if data.endswith(b"\r\n", least, offset) else offset - 1
    return (
        max(data.rfind(b"\n", least, line_end), data.rfind(b"\r", least, line_end), least - 1) + 1
    )


def _line_ends(data: bytes, start: int, end: int) -> int:
    return data.count(b"\n", start, end) or data.count(b"\r", start, end)


class _Cutter(FileWindow):
    """The part of a file in memory, from the start of the current page."""

    kept = 0

    def __init__(self, file: BinaryIO, symbols: PageSymbols, longest: int) -> None:
        self._source = Utf8File(file)
        super().__init__(self._source)
        self.at = 0  # a symbol belongs to the page after it
        self._symbols = symbols
        self._longest = longest

    def line_ends(self, start: int, end: int) -> int:
        """Implement `FileWindow.line_ends`."""
        return _line_ends(self.data, start, end)

    def has_more(self) -> bool:
        """Return whether any of the file is left."""
        return self.at < self.end or self.more()

    def page(self) -> CutPage:
        """Return the page that begins here."""
        page_start, first_line = self.at, self.line
        file_offset = self._source.original(page_start) if page_start else 0
        is_opened = True
        while True:
            doubts: list[tuple[int, str]] = []
            is_ended = self.ended
            page_end = self._end(doubts, opened=is_opened)
            page_end = self.end if page_end < 0 and is_ended else page_end
            if page_end >= 0:
                break
            self.more()
            if self.end - self.at > self._longest + self.grows:
                is_opened = False
                self.take(self.end - _NEAR)
        is_short = is_opened and page_end - page_start <= self._longest
        page_bytes = self.bytes(page_start, page_end) if is_short else None
        self.take(page_end)
        is_last = not self.has_more()
        if page_bytes is not None and self._source.codec:
            page_bytes = self._source.own_bytes(
                file_offset, None if is_last else self._source.original(page_end)
            )
        elif page_bytes is not None and not is_last:
            page_bytes = _without_separators(page_bytes)
        return CutPage(file_offset, first_line, page_bytes, tuple(doubts))

    def _end(self, doubts: list[tuple[int, str]], *, opened: bool) -> int:
        """Return the end of the page, or -1 if it is beyond the bytes read or is the file's end.

        The end is searched for near the page first, because a search for a symbol that a file lacks
        covers all bytes.
        """
        search_length = _NEAR
        while True:
            searched_bytes = self.bytes(self.at, self.at + search_length)
            is_everything = self.at + len(searched_bytes) == self.end
            is_ended = is_everything and self.ended
            doubts.clear()
            after = self._symbols.opening(searched_bytes, 0) if opened else 0
            for page_start in self._symbols.further(searched_bytes, 0, after) if after >= 0 else ():
                if not is_ended and page_start.symbol > len(searched_bytes) - _AHEAD:
                    break
                if not page_start.doubt and page_start.at > 0:
                    has_mark = searched_bytes.endswith(codecs.BOM_UTF8, 0, page_start.at)
                    return self.at + page_start.at - (len(codecs.BOM_UTF8) if has_mark else 0)
                if page_start.doubt and len(doubts) < _DOUBTS:
                    doubts.append(
                        (
                            self.line + _line_ends(searched_bytes, 0, page_start.symbol),
                            page_start.doubt,
                        )
                    )
            if is_everything:
                return -1
            search_length *= 4


def _without_separators(data: bytes) -> bytes:
    """Return a page without empty lines and form feeds added after it."""
    page_text = data.rstrip(_LINE_ENDS)
    for line_end in (b"\r\n", b"\n", b"\r"):
        if data.startswith(line_end, len(page_text)):
            return page_text + line_end
    return page_text

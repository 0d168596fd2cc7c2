"""Cuts a file into its pages, in memory bounded by one page.

Most files are one page. Those that somebody concatenated are cut where the format of the page says
that a further one begins; for a doubtful one the line is given.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, Protocol

from cable_tui.formats.file_text import FileWindow, Utf8File

_NEAR = 1 << 16
"""The first bytes of a page, in which its end is looked for before any more are."""
_AHEAD = 1 << 12
"""Bytes that must follow a symbol before it can be judged."""
_DOUBTS = 20
"""The most doubtful places of one page that are named."""
_LINE_ENDS = b"\r\n\f"


class Start(NamedTuple):
    """The position in some bytes of a file at which a further page begins, or seems to."""

    at: int
    """Offset of its first byte."""
    symbol: int
    """Its symbol: the position that a problem names."""
    doubt: str = ""
    """Reason why it may be a part of the page before, which then keeps it; or empty."""


class PageSymbols(Protocol):
    """A format's description of its pages.

    The bytes are in UTF-8, apart from those of a broken file.
    """

    def opening(self, data: bytes, start: int) -> int:
        """Return where the symbols of the page that begins at `start` end; -1 if it has none."""

    def further(self, data: bytes, start: int, after: int) -> Iterator[Start]:
        """Find pages that may begin behind `after`, where the symbols of the one at `start` end."""


class CutPage(NamedTuple):
    """The bytes from the start of one page to the start of the next."""

    offset: int
    line: int
    """Line number, from 1."""
    data: bytes | None
    """Bytes of the page; None if it is too long."""
    doubts: tuple[tuple[int, str], ...] = ()
    """Lines, from 1, at which another page may begin, and why that is uncertain."""


def pages(file: BinaryIO, symbols: PageSymbols, longest: int) -> Iterator[CutPage]:
    """Yield the pages of a file opened at its start; of one over `longest` bytes its place."""
    cutter = _Cutter(file, symbols, longest)
    yield cutter.page()  # an empty file is a page, too
    while cutter.has_more():
        yield cutter.page()


def line_of(data: bytes, offset: int) -> int:
    """Return the line, from 0, of an offset; old files end their lines with CR alone."""
    return _line_ends(data, 0, max(offset, 0))


def start_of_line(data: bytes, offset: int, least: int) -> int:
    """Return where the line before the one at `offset` begins, whatever the line ends are."""
    end = offset - 2 if data.endswith(b"\r\n", least, offset) else offset - 1
    return max(data.rfind(b"\n", least, end), data.rfind(b"\r", least, end), least - 1) + 1


def _line_ends(data: bytes, start: int, end: int) -> int:
    return data.count(b"\n", start, end) or data.count(b"\r", start, end)


class _Cutter(FileWindow):
    """The part of a file that is in memory; what was taken ends where a page begins."""

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
        """Return whether anything is left of the file."""
        return self.at < self.end or self.more()

    def page(self) -> CutPage:
        """Return the page that begins here."""
        begin, first_line = self.at, self.line
        offset = self._source.original(begin) if begin else 0
        is_opened = True
        while True:
            doubts: list[tuple[int, str]] = []
            is_ended = self.ended
            end = self._end(doubts, opened=is_opened)
            end = self.end if end < 0 and is_ended else end
            if end >= 0:
                break
            self.more()
            if self.end - self.at > self._longest + self.grows:
                is_opened = False
                self.take(self.end - _NEAR)
        is_short = is_opened and end - begin <= self._longest
        data = self.bytes(begin, end) if is_short else None
        self.take(end)
        is_last = not self.has_more()
        if data is not None and self._source.codec:
            data = self._source.own_bytes(offset, None if is_last else self._source.original(end))
        elif data is not None and not is_last:
            data = _without_separators(data)
        return CutPage(offset, first_line, data, tuple(doubts))

    def _end(self, doubts: list[tuple[int, str]], *, opened: bool) -> int:
        """Return where the page ends; -1 if that is beyond what was read, or at the file's end.

        It is searched for near the page first: the search for a sign that a file lacks goes through
        all of it.
        """
        near_bytes = _NEAR
        while True:
            part = self.bytes(self.at, self.at + near_bytes)
            is_everything = self.at + len(part) == self.end
            is_ended = is_everything and self.ended
            doubts.clear()
            after = self._symbols.opening(part, 0) if opened else 0
            for start in self._symbols.further(part, 0, after) if after >= 0 else ():
                if not is_ended and start.symbol > len(part) - _AHEAD:
                    break
                if not start.doubt and start.at > 0:
                    has_mark = part.endswith(codecs.BOM_UTF8, 0, start.at)
                    return self.at + start.at - (len(codecs.BOM_UTF8) if has_mark else 0)
                if start.doubt and len(doubts) < _DOUBTS:
                    doubts.append((self.line + _line_ends(part, 0, start.symbol), start.doubt))
            if is_everything:
                return -1
            near_bytes *= 4


def _without_separators(data: bytes) -> bytes:
    """Return a page without empty lines and form feeds added after it."""
    text = data.rstrip(_LINE_ENDS)
    for line_end in (b"\r\n", b"\n", b"\r"):
        if data.startswith(line_end, len(text)):
            return text + line_end
    return text

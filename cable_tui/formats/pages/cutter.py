"""Cuts a file into its pages, in memory bounded by one page.

Most files are one page. Those that somebody concatenated are cut where the format of the page says
that a further one begins; of what is unsure there, the line is given.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, Protocol

from cable_tui.formats.encodings import as_utf8, is_utf16

_CHUNK = 1 << 20
_NEAR = 1 << 16
"""Bytes of a page in which its end is looked for first."""
_AHEAD = 1 << 12
"""Bytes behind a mark that must be there before what is said of it counts."""
_DOUBTS = 20
"""Unsure places of one page that are named."""
_LINE_ENDS = b"\r\n\f"


class Start(NamedTuple):
    """Where a further page begins in some bytes of a file, or seems to."""

    at: int
    """Its first byte."""
    mark: int
    """What it is known by: the place that a problem names."""
    doubt: str = ""
    """Why it may be a part of the page before it, which keeps it then; empty where it is sure."""


class Marks(Protocol):
    """What a format says of its pages. The bytes are in UTF-8, or what a broken file has for it."""

    def opening(self, data: bytes, start: int) -> int:
        """Where the marks of the page that begins at `start` end; -1 where it has none."""

    def further(self, data: bytes, start: int, at: int) -> Iterator[Start]:
        """The pages that seem to begin behind `at`, the end of the marks of the one at `start`."""


class CutPage(NamedTuple):
    """The bytes from the start of one page to the start of the next."""

    offset: int
    line: int
    """From 1."""
    data: bytes | None
    """None where the page is longer than was allowed."""
    doubts: tuple[tuple[int, str], ...] = ()
    """Lines, from 1, at which another page may begin, and why that is not sure."""


def pages(file: BinaryIO, marks: Marks, longest: int) -> Iterator[CutPage]:
    """The pages of a file opened at its start; of one of more than `longest` bytes the place."""
    source = _Source(file)
    if is_utf16(source.data):
        yield from _pages_of_utf16(source, marks, longest)
        return
    while not source.is_empty():
        yield _page(source, marks, longest)


def line_of(data: bytes, offset: int) -> int:
    """The line, from 0, that an offset stands in; old files end their lines with CR alone."""
    return _line_ends(data, 0, max(offset, 0))


def start_of_line(data: bytes, at: int, least: int) -> int:
    """Where the line before the one that begins at `at` begins, however lines end."""
    end = at - 2 if data.endswith(b"\r\n", least, at) else at - 1
    return max(data.rfind(b"\n", least, end), data.rfind(b"\r", least, end), least - 1) + 1


def _line_ends(data: bytes, start: int, end: int) -> int:
    return data.count(b"\n", start, end) or data.count(b"\r", start, end)


class _Source:
    """The part of a file that is being looked at."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.data = file.read(_CHUNK)
        self.ended = False
        self.at = 0
        """Where in `data` the page begins ..."""
        self.offset = 0
        """... and where in the file ..."""
        self.line = 1
        """... and in which line."""
        self.first = True
        """No page was taken yet: an empty file is a page, too."""
        while not self.ended and len(self.data) < _CHUNK:
            self.more()

    def is_empty(self) -> bool:
        """Whether nothing is left of the file."""
        return self.at >= len(self.data) and not self.first and not self.more()

    def more(self) -> bool:
        """Read as much again as there is of the page: all readings together are linear."""
        chunk = b"" if self.ended else self._file.read(max(len(self.data) - self.at, _CHUNK))
        self.ended = not chunk
        if chunk:
            self.data, self.at = self.data[self.at :] + chunk, 0
        return bool(chunk)

    def part(self, length: int) -> bytes:
        """So many bytes of the page, if there are as many, and of what stands behind it."""
        end = self.at + length
        return self.data if not self.at and end >= len(self.data) else self.data[self.at : end]

    def drop(self, end: int) -> None:
        """Go on at `end`."""
        if end < len(self.data) or not self.ended:  # or else nobody asks
            self.line += _line_ends(self.data, self.at, end)
        self.offset += end - self.at
        self.at = end
        self.first = False


def _page(source: _Source, marks: Marks, longest: int) -> CutPage:
    offset, line, at = source.offset, source.line, source.at
    opened = whole = True
    while True:
        doubts: list[tuple[int, str]] = []
        ended = source.ended
        end = _end(source, marks, doubts, opened=opened)
        if end < 0 and ended:
            end = len(source.data)
        if end >= 0:
            break
        source.more()
        if len(source.data) - source.at > longest + _CHUNK:
            whole = opened = False
            source.drop(len(source.data) - _NEAR)
        at = source.at
    data = source.data[at:end] if whole and end - at <= longest else None
    source.drop(end)
    if data is not None and not source.is_empty():
        data = _without_separators(data)
    return CutPage(offset, line, data, tuple(doubts))


def _end(source: _Source, marks: Marks, doubts: list[tuple[int, str]], *, opened: bool) -> int:
    """Where the page ends; -1 where that lies beyond what was read, or at the end of the file.

    It is looked for near the page first: signs that a file does not have are looked for everywhere.
    """
    near = _NEAR
    while True:
        part = source.part(near)
        everything = source.at + len(part) == len(source.data)
        ended = everything and source.ended
        doubts.clear()
        at = marks.opening(part, 0) if opened else 0
        for start in marks.further(part, 0, at) if at >= 0 else ():
            if not ended and start.mark > len(part) - _AHEAD:
                break
            if not start.doubt and start.at > 0:
                marked = part.endswith(codecs.BOM_UTF8, 0, start.at)
                return source.at + start.at - (len(codecs.BOM_UTF8) if marked else 0)
            if start.doubt and len(doubts) < _DOUBTS:
                doubts.append((source.line + _line_ends(part, 0, start.mark), start.doubt))
        if everything:
            return -1
        near *= 4


def _without_separators(data: bytes) -> bytes:
    """A page without the empty lines and form feeds that somebody put behind it."""
    text = data.rstrip(_LINE_ENDS)
    for line_end in (b"\r\n", b"\n", b"\r"):
        if data.startswith(line_end, len(text)):
            return text + line_end
    return text


def _pages_of_utf16(source: _Source, marks: Marks, longest: int) -> Iterator[CutPage]:
    """The same of a file in UTF-16, whose pages are looked for in its text."""
    from io import BytesIO

    while len(source.data) <= 2 * longest and source.more():
        pass
    raw = source.data
    if len(raw) > 2 * longest:
        yield CutPage(0, 1, None)
        return
    mark = (
        len(codecs.BOM_UTF16) if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else 0
    )
    text = as_utf8(raw)
    at = 0
    end = mark
    found = list(pages(BytesIO(text), marks, longest))
    for number, page in enumerate(found):
        stop = found[number + 1].offset if number + 1 < len(found) else len(text)
        begin = end if number else 0
        last = stop == len(text)
        end += len(text[at:stop].decode(errors="replace").encode("utf-16-le"))
        end = len(raw) if last else end
        at = stop
        yield page._replace(offset=begin, data=raw[begin:end] if page.data is not None else None)

"""Web archives (`.mhtml`) that contain pages in one other format.

A record is one part of the file, with its headers, and can be reread without the others. Its page
is read by the page's own format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, NamedTuple

from cable_tui.base.cable import Location, Problem, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.formats import html_page, plusd_page
from cable_tui.formats.base import LONGEST_PAGE, BrokenRecord, PageFormat, Record
from cable_tui.formats.encodings import as_utf8
from cable_tui.formats.pages import signs
from cable_tui.formats.pages.cutter import CutPage

_LONGEST_PART = 2 * LONGEST_PAGE
"""The maximum size, in bytes, of a part in the file; base64 takes a third more space than the page.
"""
_SECOND = "this part of the web archive contains a second page, which was not read"
_NONE = "no part of the web archive is a readable page: save the page again as HTML"


class WebArchive(PageFormat):
    """Pages in one format, saved as `.mhtml` or `.mht`."""

    splits = "nothing"

    def __init__(self, inner: PageFormat, name: str) -> None:
        self.inner = inner
        """The format of the pages."""
        self.name = name
        self.label = f"{inner.label}, as a web archive (.mhtml)"
        self.repository = inner.repository

    def matches(self, path: str, head: bytes) -> bool:
        """Recognize a file by headers of a multipart e-mail, if one part is such a page."""
        if not is_web_archive(head):
            return False
        html_parts = (
            web_part
            for web_part in parts(BytesIO(head), _LONGEST_PART)
            if web_part.kind == "text/html"
        )
        return any(self.inner.matches(path, content(html_part.data)) for html_part in html_parts)

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Implement `Format.records`."""
        is_empty = True
        for web_part in parts(file, _LONGEST_PART):
            for item in self._part(web_part, path):
                is_empty = False
                yield item
        if is_empty:
            yield Problem(path, 1, _NONE)

    def _part(self, part: WebPart, path: str) -> Iterator[Record | Problem]:
        """Yield the cable of a part, if any, and the problems with it."""
        if part.too_deep:
            yield Problem(path, part.line, "its parts are nested too deeply to be read")
        elif part.kind == OUTSIDE:
            for line_number, reason in signs.others(part.data, part.line, ""):
                yield Problem(path, line_number, reason)
        elif part.kind == "text/html" and not part.data:
            yield Problem(path, part.line, f"a page of more than {_LONGEST_PART >> 20} MiB")
        elif part.kind == "text/html":
            page_bytes = content(part.data)
            for _, reason in signs.others(page_bytes, 0, self.inner.name):
                yield Problem(path, part.line, reason)
            if self.inner.matches(path, page_bytes):
                yield from self._read(CutPage(part.offset, part.line, part.data), part.data, path)
                for further_cable in self.inner.further(
                    page_bytes, 0, self.inner.opening(page_bytes, 0)
                ):
                    yield Problem(path, part.line, further_cable.doubt or _SECOND)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        try:
            cable = self.inner.at(content(record), location)
        except BrokenRecord as broken:
            raise BrokenRecord(str(broken)) from None  # its line is one of the decoded page
        return replace(cable, format=self.name)


FORMAT = WebArchive(html_page.FORMAT, "mhtml-page")
PLUSD = WebArchive(plusd_page.FORMAT, "mhtml-plusd")


# The parts of a file

_LINE = 1 << 16
_HEADERS = 1 << 16
"""The maximum size of a part's headers in bytes."""
_HEADERS_END = pattern(rb"\r?\n\r?\n")
_SAYS = pattern(
    rb"^(content-type|content-transfer-encoding):((?:[^\r\n]|\r?\n[ \t]){0,1000})",
    re.IGNORECASE | re.MULTILINE,
)
_DEEPEST = 8
"""The deepest nesting of parts to read; browsers nest at most two levels."""
_LONGEST_BOUNDARY = 200
_HEADER = pattern(rb"[A-Za-z][A-Za-z0-9-]{0,60}:")
_KIND = pattern(rb"(?:^|\n)content-type:\s{0,80}(?:multipart/|text/html)", re.IGNORECASE)
_SAVED = (b"From: <Saved by", b'From: "Saved by')
"""The first bytes of web archives written by browsers."""
_CODECS = pattern(r"(?:utf|iso|windows|cp|latin|us-ascii|ascii|koi8|gb|big5|shift|euc)[\w.-]{0,20}")
OUTSIDE = "outside the parts"


class WebPart(NamedTuple):
    """One part that contains no other parts, with its headers."""

    offset: int
    line: int
    """The line number, from 1."""
    data: bytes
    """The headers and content, or empty if the part is too long."""
    length: int
    kind: str
    """The content type, such as `text/html`, or `OUTSIDE` for text outside any part."""
    too_deep: bool = False
    """Whether nested parts are not read because they are nested too deeply."""


def is_web_archive(head: bytes) -> bool:
    """Return whether a file's first bytes are headers of a multipart e-mail or a single page."""
    return bool(_HEADER.match(head) and _KIND.search(head, 0, _HEADERS))


def parts(file: BinaryIO, longest: int) -> Iterator[WebPart]:
    """Yield the parts of a file from its start; only HTML parts include their content."""
    reader = _Reader(file, longest)
    while reader.has_more():
        yield from reader.next()


def content(part: bytes) -> bytes:
    """Return the decoded content of a part, as UTF-8 if its headers name the encoding."""
    from email import message_from_bytes  # heavy, and wanted for web archives only

    headers_end = _HEADERS_END.search(part)
    headers, body = (
        (part[: headers_end.start()], part[headers_end.end() :]) if headers_end else (part, b"")
    )
    message = message_from_bytes(_described_by(headers) + b"\n" + body)
    payload = message.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return b""
    charset = str(message.get_param("charset") or "").strip().lower()
    if charset.replace("-", "") != "utf8" and _CODECS.fullmatch(charset):
        try:
            return payload.decode(charset, "replace").encode()
        except LookupError:
            pass
    return as_utf8(payload)


class _Reader:
    """Reads a file line by line, keeping track of open boundaries."""

    def __init__(self, file: BinaryIO, longest: int) -> None:
        self._file = file
        self._longest = longest
        self._offset = 0
        self._line = 1
        self._open: list[bytes] = []
        """The open boundaries, the innermost last."""
        self._next = file.readline(_LINE)
        self._begins = True
        """Whether the next piece begins a line, because long lines are read in pieces."""
        self._headed = True
        """Whether the headers of the file or of a part are expected next."""

    def has_more(self) -> bool:
        return bool(self._next)

    def next(self) -> Iterator[WebPart]:
        """Yield the next part, unless the next headers only open nested parts."""
        if not self._headed:
            yield from self._skip()
            return
        part_offset, part_line = self._offset, self._line
        headers = self._read_headers()
        content_type, boundary = _described(headers)
        if boundary and len(self._open) < _DEEPEST:
            self._open.append(boundary)
            self._headed = False
            return
        is_kept = content_type == "text/html" or not self._open
        part_bytes = self._read_content(headers, keep=is_kept and not boundary)
        yield WebPart(
            part_offset,
            part_line,
            part_bytes,
            self._offset - part_offset,
            content_type,
            bool(boundary),
        )

    def _skip(self) -> Iterator[WebPart]:
        """Yield the text before the next part, or before the next web archive in the same file."""
        text_offset, text_line = self._offset, self._line
        skipped_bytes = bytearray()
        while self._next and not self._at_boundary():
            if self._is_saved() or (not self._open and self._begins and _HEADER.match(self._next)):
                self._open.clear()
                self._headed = True
                break
            if len(skipped_bytes) <= self._longest:
                skipped_bytes += self._next
            self._take()
        if skipped_bytes.strip():
            yield WebPart(text_offset, text_line, bytes(skipped_bytes), len(skipped_bytes), OUTSIDE)

    def _depth(self) -> int:
        """Return the index in `_open` of the next line's boundary, or -1 if it is none."""
        if not (self._begins and self._next.startswith(b"--")):
            return -1
        boundary_name = self._next[2:].rstrip()
        for depth in range(len(self._open) - 1, -1, -1):
            if boundary_name in (self._open[depth], self._open[depth] + b"--"):
                return depth
        return -1

    def _at_boundary(self) -> bool:
        """Return whether the next line is a boundary; if so, it is read."""
        if (depth := self._depth()) < 0:
            return False
        self._headed = self._next[2:].rstrip() == self._open[depth]
        del self._open[depth + self._headed :]
        self._take()
        return True

    def _read_headers(self) -> bytes:
        """Return the headers with the empty line below them."""
        headers = bytearray()
        while self._next and len(headers) < _HEADERS:
            headers += self._next
            headers_ended = not self._next.strip()
            self._take()
            if headers_ended:
                break
        return bytes(headers)

    def _read_content(self, headers: bytes, *, keep: bool) -> bytes:
        """Return headers and content up to the next boundary, or empty bytes if too long."""
        part_bytes = bytearray(headers)
        # A boundary ends the part, or the start of a further file.
        while self._next and self._depth() < 0 and not self._is_saved():
            if keep and len(part_bytes) <= self._longest:
                part_bytes += self._next
            self._take()
        self._headed = False
        return bytes(part_bytes) if keep and len(part_bytes) <= self._longest else b""

    def _is_saved(self) -> bool:
        """Return whether a browser's web archive begins with the next line."""
        return self._begins and self._next.startswith(_SAVED)

    def _take(self) -> None:
        self._offset += len(self._next)
        self._begins = self._next.endswith(b"\n")
        self._line += self._begins
        self._next = self._file.readline(_LINE)


def _described_by(headers: bytes) -> bytes:
    """Return the headers that describe a part, truncated to a length that `email` reads quickly."""
    header_values = {
        header_name.lower(): header_value
        for header_name, header_value in reversed(_SAYS.findall(headers))
    }
    return b"".join(b"%s:%s\n" % pair for pair in header_values.items())


def _described(headers: bytes) -> tuple[str, bytes]:
    """Return the content type of a part, and the boundary between nested parts, if any."""
    from email.parser import BytesHeaderParser  # heavy, and wanted for web archives only

    message = BytesHeaderParser().parsebytes(_described_by(headers))
    content_type = message.get_content_type()
    boundary = message.get_boundary("") if content_type.startswith("multipart/") else ""
    return content_type, boundary.encode("ascii", "replace")[:_LONGEST_BOUNDARY]

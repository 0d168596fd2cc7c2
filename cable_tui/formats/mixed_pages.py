"""Files in which someone concatenated pages and texts in several formats.

Each record is read by its own format. The symbols of all formats show where a record ends: an HTML
page at the end of its document, a telegram from the archives after its attributes, and a text at
the next symbol. A bare telegram has no symbol except its transmission header, so if a text already
has a header, a header after it is reported as a problem.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from heapq import merge

from cable_tui.base.cable import Location, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.formats import nara
from cable_tui.formats.base import PageFormat, Start
from cable_tui.formats.pages import signs, telegrams

_ROWS = (b'"', b"{", b"[")
"""First bytes of tables and JSON, whose values may contain pages."""
_DOCUMENTS = frozenset(("html-page", "plusd-page"))
_ARCHIVES = "nara-text"
_TELEGRAM = "pdf-text"
_ENDS = {**dict.fromkeys(_DOCUMENTS, b"</html>"), _ARCHIVES: b"Message Attributes"}
"""The byte sequences at the end of a record, or after its text."""
_MESSAGE = b"Message Text"
_TAG = pattern(rb"[\s\xef\xbb\xbf]{0,200}<")


@cache
def _kinds() -> dict[str, PageFormat]:
    """Return the formats of records by name."""
    from cable_tui.formats import html_page, nara, plusd_page, text_copies

    pages = (html_page.FORMAT, plusd_page.FORMAT, nara.FORMAT)
    texts = (text_copies.PAGE_TEXT, text_copies.ALX_TEXT, text_copies.PDF_TEXT)
    return {form.name: form for form in (*pages, *texts)}


class MixedPages(PageFormat):
    """Pages and texts in more than one format."""

    name = "mixed-pages"
    label = "several kinds of pages and texts in one file"
    alone = False
    splits = "nothing"

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by symbols of two formats, or of one and a telegram outside it."""
        if head.startswith(_ROWS):
            return False
        format_names = signs.kinds(head)
        if format_names & _DOCUMENTS and _ARCHIVES in format_names and not _outside_documents(head):
            format_names.discard(_ARCHIVES)  # a page of PlusD may print them
        return len(format_names) > 1 or any(
            _telegram_beside(head, format_name) for format_name in format_names
        )

    def opening(self, data: bytes, start: int) -> int:
        """Return the end of the opening symbols, as determined by the page's format."""
        format_name = _kind(data, start)
        return _kinds()[format_name].symbols("").opening(data, start)

    def further(self, data: bytes, start: int, after: int) -> Iterator[Start]:
        """Yield the starts of the next pages, in the same format or another."""
        own_format = _kind(data, start)
        page_starts = [
            _sure(data, after, format_name)
            for format_name in signs.SIGNS
            if format_name != own_format
        ]
        page_starts.append(_telegrams(data, start, after, own_format))
        if own_format != _TELEGRAM:
            page_starts.append(_kinds()[own_format].further(data, start, after))
        yield from merge(*page_starts, key=lambda page: page.symbol)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`; the cable's `format` is the format of the page."""
        return _kinds()[_kind(record, 0)].at(record, location)


def _kind(data: bytes, start: int) -> str:
    """Return the name of the format of the page at `start`."""
    symbol_positions = [
        (symbol_match.start(), format_name)
        for format_name in signs.SIGNS
        if (symbol_match := next(signs.symbols(data, start, format_name), None))
    ]
    if not symbol_positions:
        return _TELEGRAM
    _, first_name = min(symbol_positions)
    page_start = next((page.at for page in _kinds()[first_name].starts(data, start)), start)
    return _TELEGRAM if telegrams.first_header(data, start, page_start) else first_name


def _sure(data: bytes, after: int, name: str) -> Iterator[Start]:
    """Yield starts of pages in another format.

    Doubtful starts are excluded, because a text may contain a symbol of another text format.
    """
    if name == _ARCHIVES:
        return nara.telegrams_behind(data, after, outside=True)
    return (page for page in _kinds()[name].starts(data, after) if not page.doubt)


def _telegrams(data: bytes, start: int, after: int, own_format: str) -> Iterator[Start]:
    """Yield the starts of bare telegrams after a page in a format."""
    if own_format == _TELEGRAM:
        yield from telegrams.Telegrams().further(data, start, after)
    elif own_format in _DOCUMENTS or own_format == _ARCHIVES:
        end_offset = data.find(_ENDS[own_format], max(after - len(_ENDS[own_format]), start))
        header = telegrams.first_header(data, end_offset, len(data)) if end_offset >= 0 else None
        if header:
            yield header


def _telegram_beside(head: bytes, name: str) -> bool:
    """Return whether there is a telegram before the first record in a format, or after a record."""
    gap_offsets = [] if name in _DOCUMENTS and _TAG.match(head) else [0]
    if name in _ENDS:
        last_text_end = signs.outside(head)[-1][0] if name == "html-page" else 0
        gap_offsets += signs.places(head, _ENDS[name], last_text_end, len(head))
    return any(_has_telegram(head, offset, name) for offset in gap_offsets)


def _has_telegram(head: bytes, offset: int, name: str) -> bool:
    """Return whether there is a telegram between two records in a format."""
    if name in _DOCUMENTS:
        tag_start = head.find(b"<", offset + 1)
        search_end = len(head) if tag_start < 0 else tag_start
    else:
        after_symbol = offset and offset + len(_ENDS[name])
        search_end = next(
            (symbol.start() for symbol in signs.symbols(head, after_symbol, name)), len(head)
        )
        if name == _ARCHIVES:
            text_heading = head.find(_MESSAGE, after_symbol, search_end)
            search_end = search_end if text_heading < 0 else text_heading
    return telegrams.first_header(head, offset, search_end) is not None


def _outside_documents(head: bytes) -> bool:
    """Return whether a telegram from the archives is outside the HTML documents."""
    for symbol in signs.symbols(head, 0, _ARCHIVES):
        last_html_end = head.rfind(_ENDS["html-page"], 0, symbol.start())
        if head.rfind(b"<html", last_html_end + 1, symbol.start()) < 0:
            return True
    return False


FORMAT = MixedPages()

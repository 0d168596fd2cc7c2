"""Files in which somebody concatenated pages and texts of several kinds.

Each record is read by its own format. The signs of all formats show where a record ends: an HTML
page with its document, a telegram of the archives with its attributes, a text where the next sign
is. A bare telegram has no sign but its transmission header, so that one after a text that has such
a header itself is a problem.
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
"""Signs that may be at the end of a record, or after its text."""
_MESSAGE = b"Message Text"
_TAG = pattern(rb"[\s\xef\xbb\xbf]{0,200}<")


@cache
def _kinds() -> dict[str, PageFormat]:
    """Return the formats of records, by their names."""
    from cable_tui.formats import html_page, nara, plusd_page, text_copies

    pages = (html_page.FORMAT, plusd_page.FORMAT, nara.FORMAT)
    texts = (text_copies.PAGE_TEXT, text_copies.ALX_TEXT, text_copies.PDF_TEXT)
    return {form.name: form for form in (*pages, *texts)}


class MixedPages(PageFormat):
    """Pages and texts of more than one kind."""

    name = "mixed-pages"
    label = "pages and texts of several kinds in one file"
    alone = False
    splits = "nothing"

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognise it by signs of two kinds, or of one and a telegram outside of its records."""
        if head.startswith(_ROWS):
            return False
        page_kinds = signs.kinds(head)
        if page_kinds & _DOCUMENTS and _ARCHIVES in page_kinds and not _outside_documents(head):
            page_kinds.discard(_ARCHIVES)  # a page of PlusD may print them
        return len(page_kinds) > 1 or any(_telegram_beside(head, name) for name in page_kinds)

    def opening(self, data: bytes, start: int) -> int:
        """Return the end of the opening symbols by the format of the page."""
        page_kind = _kind(data, start)
        return _kinds()[page_kind].symbols("").opening(data, start)

    def further(self, data: bytes, start: int, after: int) -> Iterator[Start]:
        """Yield the next page of the same kind, or of another."""
        own_kind = _kind(data, start)
        starts = [_sure(data, after, name) for name in signs.SIGNS if name != own_kind]
        starts.append(_telegrams(data, start, after, own_kind))
        if own_kind != _TELEGRAM:
            starts.append(_kinds()[own_kind].further(data, start, after))
        yield from merge(*starts, key=lambda page: page.symbol)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`; the cable's `format` is that of the page."""
        return _kinds()[_kind(record, 0)].at(record, location)


def _kind(data: bytes, start: int) -> str:
    """Return the format of the page at `start`."""
    sign_positions = [
        (sign.start(), name)
        for name in signs.SIGNS
        if (sign := next(signs.symbols(data, start, name), None))
    ]
    if not sign_positions:
        return _TELEGRAM
    _, first_name = min(sign_positions)
    begins = next((page.at for page in _kinds()[first_name].starts(data, start)), start)
    return _TELEGRAM if telegrams.first_header(data, start, begins) else first_name


def _sure(data: bytes, after: int, name: str) -> Iterator[Start]:
    """Yield the pages of another kind.

    A text of this one may contain a sign of a text of that kind.
    """
    if name == _ARCHIVES:
        return nara.telegrams_behind(data, after, outside=True)
    return (page for page in _kinds()[name].starts(data, after) if not page.doubt)


def _telegrams(data: bytes, start: int, after: int, own: str) -> Iterator[Start]:
    """Yield the bare telegrams after a page of a kind."""
    if own == _TELEGRAM:
        yield from telegrams.Telegrams().further(data, start, after)
    elif own in _DOCUMENTS or own == _ARCHIVES:
        end = data.find(_ENDS[own], max(after - len(_ENDS[own]), start))
        header = telegrams.first_header(data, end, len(data)) if end >= 0 else None
        if header:
            yield header


def _telegram_beside(head: bytes, name: str) -> bool:
    """Return whether a telegram comes before the first record of a kind, or after one."""
    places_between = [] if name in _DOCUMENTS and _TAG.match(head) else [0]
    if name in _ENDS:
        text_end = signs.outside(head)[-1][0] if name == "html-page" else 0
        places_between += signs.places(head, _ENDS[name], text_end, len(head))
    return any(_has_telegram(head, offset, name) for offset in places_between)


def _has_telegram(head: bytes, offset: int, name: str) -> bool:
    """Return whether a telegram comes between two records of a kind."""
    if name in _DOCUMENTS:
        tag_start = head.find(b"<", offset + 1)
        end_of_search = len(head) if tag_start < 0 else tag_start
    else:
        after_sign = offset and offset + len(_ENDS[name])
        end_of_search = next(
            (symbol.start() for symbol in signs.symbols(head, after_sign, name)), len(head)
        )
        if name == _ARCHIVES:
            text = head.find(_MESSAGE, after_sign, end_of_search)
            end_of_search = end_of_search if text < 0 else text
    return telegrams.first_header(head, offset, end_of_search) is not None


def _outside_documents(head: bytes) -> bool:
    """Return whether a telegram of the archives is outside of the HTML documents."""
    for symbol in signs.symbols(head, 0, _ARCHIVES):
        last_html_end = head.rfind(_ENDS["html-page"], 0, symbol.start())
        if head.rfind(b"<html", last_html_end + 1, symbol.start()) < 0:
            return True
    return False


FORMAT = MixedPages()

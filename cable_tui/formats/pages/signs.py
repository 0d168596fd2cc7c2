"""Symbols that identify page formats; a page with another format's symbol contains another cable.

A search for a symbol first looks for a literal, which costs almost nothing on a page without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.formats.pages.cutter import Start, line_of

_FIRST_WINDOW = 1 << 11
_LAST_WINDOW = 1 << 16
_BEFORE = 300
"""The number of bytes around a literal in which the symbol may begin or end."""


class _Sign(NamedTuple):
    literal: bytes
    whole: Pattern[bytes]
    """The pattern of the whole symbol, which begins at the start of a tag or line."""
    words: str


SIGNS = {
    "html-page": _Sign(
        b"Viewing",
        pattern(rb"<[hH]3(?:\s[^<>]{0,200})?>\s{0,80}Viewing\s{1,40}cable\s"),
        "a page of the WikiLeaks site",
    ),
    "plusd-page": _Sign(
        b"synopsis",
        pattern(rb"""<(?:table|TABLE)\s[^<>]{0,200}?(?<=\s)(?:id|ID)=["']?synopsis\b"""),
        "a page of PlusD",
    ),
    "page-text": _Sign(
        b"Reference ID",
        pattern(
            rb"Reference ID\s{1,8}Created\s{1,8}(?:Released\s{1,8})?Classification\s{1,8}Origin\b"
        ),
        "the text copy of a page",
    ),
    "alx-text": _Sign(
        b" 00:00:00 ",
        pattern(
            rb"(?<=[\r\n])[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9][0-9] 00:00:00 [+-][0-9]{4} [0-9]{4}\s"
        ),
        "a text with five lines of metadata",
    ),
    "nara-text": _Sign(
        b"Message Attributes",
        pattern(
            rb"(?:(?<=[\r\n\f])|^)(?:[ \t]|\xc2\xa0){0,100}Message Attributes"
            rb"(?:[ \t]|\xc2\xa0){0,100}(?:[\r\n\f]|$)"
        ),
        "a telegram of the National Archives",
    ),
}
"""The symbols of pages by format name."""
_HEADING = b"<h3>Viewing cable "
_DOCUMENTS = frozenset(("html-page", "plusd-page"))
_CONTAINED = frozenset((("plusd-page", "nara-text"),))
"""Pairs of formats: pages in the first format may contain a symbol of the second."""


def others(data: bytes, line: int, own: str) -> Iterator[tuple[int, str]]:
    """Yield lines at which a page in another format begins, with advice for each."""
    whole_text = ((0, len(data)),)
    searched_spans = outside(data) if own == "html-page" else whole_text
    for format_name, page_symbol in SIGNS.items():
        if format_name == own or (own, format_name) in _CONTAINED:
            continue
        for span_start, span_end in whole_text if format_name in _DOCUMENTS else searched_spans:
            for symbol in symbols(data, span_start, format_name, span_end):
                symbol_line = line + line_of(data, symbol.start())
                yield (
                    symbol_line,
                    f"{page_symbol.words} begins here and was not read: save it as a separate file",
                )


def kinds(data: bytes) -> set[str]:
    """Return the names of formats whose symbols occur in the given bytes."""
    whole_text = ((0, len(data)),)
    searched_spans = outside(data)
    format_names = {"html-page"} if len(searched_spans) > 1 else set()
    return format_names | {
        format_name
        for format_name in SIGNS
        if format_name not in format_names
        and any(
            next(symbols(data, span_start, format_name, span_end), None)
            for span_start, span_end in (
                whole_text if format_name in _DOCUMENTS else searched_spans
            )
        )
    }


def outside(data: bytes) -> tuple[tuple[int, int], ...]:
    """Return the spans before an HTML page and after its heading, or one span of the whole text.

    The page's menus, three quarters of it, are not searched, because that would take longer than
    reading the cable.
    """
    document_start = data.find(b"<html")
    heading_start = data.find(_HEADING, document_start)
    if document_start < 0 or heading_start < 0:
        return ((0, len(data)),)
    return (0, document_start), (heading_start, len(data))


def symbols(
    data: bytes, start: int, name: str, end: int | None = None
) -> Iterator[re.Match[bytes]]:
    """Yield the matches of a format's symbol from `start` onward, in linear time."""
    literal, symbol_pattern, _ = SIGNS[name]
    search_end = len(data) if end is None else end
    for literal_offset in places(data, literal, start, search_end):
        if literal_offset < start:
            continue
        pattern_matches = symbol_pattern.finditer(
            data, max(start, literal_offset - _BEFORE), min(literal_offset + _BEFORE, search_end)
        )
        symbol_match = next(
            (match for match in pattern_matches if match.start() <= literal_offset < match.end()),
            None,
        )
        if symbol_match is not None:
            yield symbol_match
            start = symbol_match.end()


def places(data: bytes, literal: bytes, start: int, stop: int) -> Iterator[int]:
    """Yield the offsets of a literal, in order.

    Each window is searched backwards: on pages this is up to twenty times faster, and reads little
    beyond the first match.
    """
    window_size = _FIRST_WINDOW
    while start < stop:
        window_end = min(start + window_size, stop)
        window_size = min(2 * window_size, _LAST_WINDOW)
        found_offsets: list[int] = []
        literal_offset = data.rfind(literal, start, min(window_end + len(literal) - 1, stop))
        while literal_offset >= 0:
            found_offsets.append(literal_offset)
            literal_offset = data.rfind(literal, start, literal_offset)
        yield from reversed(found_offsets)
        start = window_end


_DOCUMENT = pattern(
    rb"(?:<\?xml\s[^<>]{0,200}>\s{0,200})?(?:<!doctype\s[^<>]{0,400}>\s{0,200})?"
    rb"(?:<!--[^<>]{0,400}-->\s{0,200}){0,4}<html(?:\s[^<>]{0,2000})?>",
    re.IGNORECASE,
)
_HEAD = pattern(rb"\s{0,200}(?:<!--[^<>]{0,400}-->\s{0,200}){0,4}<head\b", re.IGNORECASE)
_TEXTS = pattern(rb"<(/?)(?:pre|PRE)(?:\s[^<>]{0,200})?>")
_QUOTED = "{} is inside the text and was not treated as a separate page"


def behind_sign(data: bytes, start: int, name: str) -> int:
    """Return the offset after the first symbol of the format, or -1 if there is none."""
    symbol_match = next(symbols(data, start, name), None)
    return symbol_match.end() if symbol_match else -1


def documents_behind(data: bytes, searched: int, name: str, what: str) -> Iterator[Start]:
    """Yield starts of pages with a format's symbol from `searched` onward, in linear time.

    `what` is a phrase for the symbol.
    """
    is_inside = False
    for symbol_match in symbols(data, searched, name):
        symbol_start = symbol_match.start()
        document_match = max(
            _DOCUMENT.finditer(data, searched, symbol_start), key=re.Match.start, default=None
        )
        for text_tag in _TEXTS.finditer(
            data, document_match.end() if document_match else searched, symbol_start
        ):
            is_inside = not text_tag[1]
        if document_match and (not is_inside or _HEAD.match(data, document_match.end())):
            yield Start(document_match.start(), symbol_start)
            is_inside = False
        else:
            yield Start(symbol_start, symbol_start, _QUOTED.format(what) if is_inside else "")
        searched = symbol_match.end()

"""Signs of the formats of pages: a page that has another format's sign holds another cable.

Each sign is looked for by a literal first, which costs next to nothing on a page without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.base.pattern import Pattern, pattern
from cable_tui.formats.pages.cutter import Start, line_of

_FIRST_WINDOW = 1 << 11
_LAST_WINDOW = 1 << 16
_BEFORE = 300
"""Bytes before a literal in which the sign may begin."""


class _Sign(NamedTuple):
    literal: bytes
    whole: Pattern[bytes]
    """Begins at the start of a tag or line."""
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
        "a text with five lines of facts",
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
"""Signs of a page, by the name of the format."""
_HEADING = b"<h3>Viewing cable "
_DOCUMENTS = frozenset(("html-page", "plusd-page"))
_CONTAINED = frozenset((("plusd-page", "nara-text"),))
"""Formats whose pages may contain the sign of another one."""


def others(data: bytes, line: int, own: str) -> Iterator[tuple[int, str]]:
    """Find lines at which a page of another format begins, and how to handle each."""
    whole_text = ((0, len(data)),)
    parts = outside(data) if own == "html-page" else whole_text
    for name, sign in SIGNS.items():
        if name == own or (own, name) in _CONTAINED:
            continue
        for start, end in whole_text if name in _DOCUMENTS else parts:
            for symbol in symbols(data, start, name, end):
                line_of_symbol = line + line_of(data, symbol.start())
                yield (
                    line_of_symbol,
                    f"{sign.words} begins here and was not read: put it in its own file",
                )


def kinds(data: bytes) -> set[str]:
    """Return the formats whose signs occur in some bytes."""
    whole_text = ((0, len(data)),)
    parts = outside(data)
    names = {"html-page"} if len(parts) > 1 else set()
    return names | {
        name
        for name in SIGNS
        if name not in names
        and any(
            next(symbols(data, start, name, end), None)
            for start, end in (whole_text if name in _DOCUMENTS else parts)
        )
    }


def outside(data: bytes) -> tuple[tuple[int, int], ...]:
    """Return the part before an HTML page, and the page from its heading on; or everything.

    Its menus, three quarters of it, are not searched: that costs more than reading the cable.
    """
    document = data.find(b"<html")
    heading = data.find(_HEADING, document)
    if document < 0 or heading < 0:
        return ((0, len(data)),)
    return (0, document), (heading, len(data))


def symbols(
    data: bytes, start: int, name: str, end: int | None = None
) -> Iterator[re.Match[bytes]]:
    """Yield the places of the sign of a format in `data` from `start` on. Linear."""
    literal, whole_sign, _ = SIGNS[name]
    end_of_search = len(data) if end is None else end
    for offset in places(data, literal, start, end_of_search):
        if offset < start:
            continue
        matches = whole_sign.finditer(
            data, max(start, offset - _BEFORE), min(offset + _BEFORE, end_of_search)
        )
        sign = next((match for match in matches if match.start() <= offset < match.end()), None)
        if sign is not None:
            yield sign
            start = sign.end()


def places(data: bytes, literal: bytes, start: int, stop: int) -> Iterator[int]:
    """Yield the offsets of a literal, in order.

    Each window is searched from its end to its start: on pages that is up to twenty times faster,
    and little is read beyond the wanted position.
    """
    width = _FIRST_WINDOW
    while start < stop:
        window = min(start + width, stop)
        width = min(2 * width, _LAST_WINDOW)
        sign_offsets: list[int] = []
        location = data.rfind(literal, start, min(window + len(literal) - 1, stop))
        while location >= 0:
            sign_offsets.append(location)
            location = data.rfind(literal, start, location)
        yield from reversed(sign_offsets)
        start = window


_DOCUMENT = pattern(
    rb"(?:<\?xml\s[^<>]{0,200}>\s{0,200})?(?:<!doctype\s[^<>]{0,400}>\s{0,200})?"
    rb"(?:<!--[^<>]{0,400}-->\s{0,200}){0,4}<html(?:\s[^<>]{0,2000})?>",
    re.IGNORECASE,
)
_HEAD = pattern(rb"\s{0,200}(?:<!--[^<>]{0,400}-->\s{0,200}){0,4}<head\b", re.IGNORECASE)
_TEXTS = pattern(rb"<(/?)(?:pre|PRE)(?:\s[^<>]{0,200})?>")
_QUOTED = "{} is inside the text: not read as a separate page"


def behind_sign(data: bytes, start: int, name: str) -> int:
    """Return the position after the first sign of the format; -1 without it."""
    sign_match = next(symbols(data, start, name), None)
    return sign_match.end() if sign_match else -1


def documents_behind(data: bytes, searched: int, name: str, what: str) -> Iterator[Start]:
    """Yield the pages with the sign of a format from `searched` on; `what` names it. Linear."""
    is_inside = False
    for sign in symbols(data, searched, name):
        symbol = sign.start()
        document = max(_DOCUMENT.finditer(data, searched, symbol), key=re.Match.start, default=None)
        for text in _TEXTS.finditer(data, document.end() if document else searched, symbol):
            is_inside = not text[1]
        if document and (not is_inside or _HEAD.match(data, document.end())):
            yield Start(document.start(), symbol)
            is_inside = False
        else:
            yield Start(symbol, symbol, _QUOTED.format(what) if is_inside else "")
        searched = sign.end()

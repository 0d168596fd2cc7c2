"""Where the next HTML page of a file begins: at the document around its sign, or at the sign.

A sign inside of a text may be quoted there, unless a whole document begins before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cable_tui.formats.pages import signs
from cable_tui.formats.pages.cutter import Start
from cable_tui.pattern import pattern

_DOCUMENT = pattern(
    rb"(?:<\?xml\s[^<>]{0,200}>\s{0,200})?(?:<!doctype\s[^<>]{0,400}>\s{0,200})?"
    rb"(?:<!--[^<>]{0,400}-->\s{0,200}){0,4}<html(?:\s[^<>]{0,2000})?>",
    re.IGNORECASE,
)
_HEAD = pattern(rb"\s{0,200}(?:<!--[^<>]{0,400}-->\s{0,200}){0,4}<head\b", re.IGNORECASE)
_TEXTS = pattern(rb"<(/?)(?:pre|PRE)(?:\s[^<>]{0,200})?>")
_QUOTED = "{} stands inside the text: not read as a page of its own"


def opening(data: bytes, start: int, name: str) -> int:
    """Behind the first sign of the format; -1 without it."""
    sign = next(signs.marks(data, start, name), None)
    return sign.end() if sign else -1


def further(data: bytes, at: int, name: str, what: str) -> Iterator[Start]:
    """The pages with the sign of a format behind `at`; `what` names the sign. Linear."""
    inside = False
    for sign in signs.marks(data, at, name):
        mark = sign.start()
        document = max(_DOCUMENT.finditer(data, at, mark), key=re.Match.start, default=None)
        for text in _TEXTS.finditer(data, document.end() if document else at, mark):
            inside = not text[1]
        if document and (not inside or _HEAD.match(data, document.end())):
            yield Start(document.start(), mark)
            inside = False
        else:
            yield Start(mark, mark, _QUOTED.format(what) if inside else "")
        at = sign.end()

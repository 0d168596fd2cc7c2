"""The E.O. line: the order, and the date or event of declassification."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from cable_tui.pattern import pattern
from cable_tui.telegram.body_labels import Piece, Top
from cable_tui.telegram.times import MONTHS

_NUMBER = pattern(r"[ \t:]{0,4}(\d{4,6})\b")
_LABELS = pattern(
    r"[ \t:;,.-]{0,6}(?:DECL(?:AS|ASS|ASSIFY|ASSIFIED)?(?:[ ]ON)?\b"
    r"|DECLASSIFICATION[ ]DATE\b|DNG\b(?=[ :]))?"
    r"[ \t:;,.-]{0,6}",
    re.IGNORECASE,
)
_NUMERIC = pattern(
    r"(?<![\d/])(?:(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}"
    r"|\d{2}))(?![\d/])"
)
_MONTH = rf"({'|'.join(MONTHS)})[A-Z]{{0,6}}\.?"
_IN_WORDS = pattern(
    rf"\b(?:(\d{{1,2}})[ -]{{0,2}}{_MONTH},?[ -]{{0,2}}(\d{{4}}|\d{{2}})"
    rf"|{_MONTH}[ ]{{1,2}}(\d{{1,2}}),?[ ]{{1,2}}(\d{{4}}))\b",
    re.IGNORECASE,
)
_NOTHING = pattern(r"N[/.]?A\.?|NONE|[-.:;]*", re.IGNORECASE)
_MOST_LINES = 3
_LONGEST_TERM = 60
"""Years from a cable to its declassification; the orders know 25, and 50 for some."""


class Order(NamedTuple):
    """What the E.O. line says."""

    number: str | None
    declassify_on: str | None
    """ISO date; None where there is none or an impossible one."""
    event: str | None
    """The words, where they say more than a date."""
    end: int
    """Where the line ends in the body; 0 where there is none."""


def order(top: Top, created_year: int) -> Order:
    """The executive order of a body and when it declassifies the cable."""
    mark = top.first("order")
    if mark is None:
        return Order(None, None, None, 0)
    pieces: list[Piece] = []
    for piece in top.pieces(mark):
        if pieces and (not piece.text.strip(" \\") or len(pieces) >= _MOST_LINES):
            break
        pieces.append(piece)
    text = " ".join(" ".join(piece.text for piece in pieces).replace("\\", " ").split())
    number = _NUMBER.match(text)
    rest = text[number.end() :] if number else text
    label = _LABELS.match(rest)
    value = rest[label.end() :].strip(" .:;,") if label else rest
    end = pieces[-1].end if pieces else mark.content
    return Order(number.group(1) if number else None, *_when(value, created_year), end)


def _when(value: str, created_year: int) -> tuple[str | None, str | None]:
    if _NOTHING.fullmatch(value):
        return None, None
    day, rest = declassification_date(value, created_year)
    if day and not rest.strip(' .,;:()"'):
        return day, None
    return day, value[:300]


def declassification_date(value: str, created_year: int) -> tuple[str | None, str]:
    """The one date of some words, as ISO, and the words left when it is taken out.

    A year of two digits is the last that is at most 60 years after the cable's own: `6/30/08` in
    a cable of 2009 is a slip, and not the year 2108.
    """
    for shape, read in ((_NUMERIC, _numeric), (_IN_WORDS, _worded)):
        found = shape.search(value)
        if found:
            day = _iso(*read(found), created_year)
            return (day, value[: found.start()] + value[found.end() :]) if day else (None, value)
    return None, value


def _numeric(found: re.Match[str]) -> tuple[str, str, str]:
    if found.group(1):
        return found.group(1), found.group(2), found.group(3)
    return found.group(6), found.group(4), found.group(5)


def _worded(found: re.Match[str]) -> tuple[str, str, str]:
    if found.group(1):
        return found.group(3), _month(found.group(2)), found.group(1)
    return found.group(6), _month(found.group(4)), found.group(5)


def _month(name: str) -> str:
    return str(MONTHS[name[:3].upper()])


def _iso(year: str, month: str, day: str, created_year: int) -> str | None:
    number = int(year)
    if len(year) < 3:
        number += 1900
        while number + 100 <= created_year + _LONGEST_TERM:
            number += 100
    try:
        return date(number, int(month), int(day)).isoformat()
    except ValueError:
        return None

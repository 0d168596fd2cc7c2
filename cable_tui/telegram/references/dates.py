"""Dates in REF lines: of an item (`STATE 5512 OF NOV 19, 1973`), never a serial or a post's year.

Blanked one for one, so that all offsets stay; the year of a date behind a serial stays as `(73)`,
which is how a year behind a serial is written anyway.
"""

from __future__ import annotations

import re

from cable_tui.pattern import pattern
from cable_tui.telegram import times

_MONTH = (
    r"(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\b\.?"
)
_YEAR = r"(?:19|20)[0-9]{2}"
_AT_END = r"(?=\s*(?:[;,.)]|$))"
_DATE = pattern(
    rf"""(?<![A-Z0-9'/-])(?:(?:OF|DATED|DTD)[ \n]{{1,3}})?(?:
      {_MONTH}[ ]{{0,3}}[0-9]{{1,2}}(?![0-9])
        (?:[ ]{{0,2}},[ ]{{0,3}}(?P<a>{_YEAR}|'?[0-9]{{2}}{_AT_END})|[ ]{{1,3}}(?P<b>{_YEAR}))?
      |{_MONTH}[ ,]{{1,3}}(?P<c>{_YEAR})
      |[0-9]{{1,2}}[ -]{{1,3}}{_MONTH}(?:[ ,-]{{1,3}}(?P<d>{_YEAR}|[0-9]{{2}}{_AT_END}))?
      |[0-9]{{1,2}}/[0-9]{{1,2}}/(?P<e>{_YEAR}|[0-9]{{2}})
    )(?![0-9A-Z/])""",
    re.VERBOSE,
)
_MONTH_BEGINS = pattern("|".join(times.MONTHS))
_BEHIND_SERIAL = pattern(r"[A-Z.][ ]{1,3}#?[0-9]{1,7}[ ]{0,3}$")
_SERIAL_WITHIN = 40
"""Characters before a date in which its serial is looked for."""
_LEAST = len("(73)")


def without_dates(text: str) -> str:
    """A readable block (in capitals) with blanks for its dates."""
    if "/" not in text and _MONTH_BEGINS.search(text) is None:
        return text
    return _DATE.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    length = len(found.group())
    year = next(filter(None, found.groups()), "")[-2:]
    start = max(found.start() - _SERIAL_WITHIN, 0)
    serial = _BEHIND_SERIAL.search(found.string[start : found.start()]) if year else None
    if serial is None or length < _LEAST:
        return " " * length
    return f"({year})".ljust(length)

"""Days as the later archives write them, day first; and the day of a declassification stamp.

`01 JAN 1994`, `20-Mar-2014 12:00:00 AM`, `13/02/1975`, `2010 February 26, 11:30 (Friday)`,
`1975-02-13T09:30:00`.
"""

from __future__ import annotations

from datetime import date

from cable_tui.pattern import pattern

_MONTHS = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"
_MONTH = r"(?P<month>[A-Za-z]{3})[A-Za-z]{0,6}\.?"
_CLOCK = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
_SHAPES = tuple(
    pattern(f"{shape}(?![0-9])")
    for shape in (
        rf"(?P<day>[0-9]{{1,2}})[ -]{{1,3}}{_MONTH}[ ,-]{{1,3}}(?P<year>[0-9]{{4}})",
        r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})",
        rf"(?P<year>[0-9]{{4}}) {_MONTH} (?P<day>[0-9]{{1,2}})(?:, {_CLOCK})?",
        rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}})(?:[T ]{_CLOCK})?",
        r"(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})",
    )
)
STAMP_WORD = "Declassified/Released"
"""What every stamp has, and nothing else."""
STAMP = pattern(
    rf"{STAMP_WORD}\s{{1,200}}US\s{{1,20}}Department\s{{1,20}}of\s{{1,20}}State"
    r"(?:\s{1,200}EO\s{1,20}Systematic\s{1,20}Review"
    r"(?:\s{1,200}([0-9]{1,2}\s{1,20}[A-Za-z]{3,9}\s{1,20}[0-9]{4}))?)?"
)
"""The stamp of a systematic review, with its day: on one line, or on one for each of its parts."""


def day_first(text: str) -> str:
    """A date as the site's pages write it, `1994-01-01` or `2010-02-26 11:30`; or what is given.

    Midnight to the minute is what these archives write where they know the day alone.
    """
    words = " ".join(text.split())
    for shape in _SHAPES:
        if found := shape.match(words):
            return _iso(found.groupdict()) or words
    return words


def released_in(text: str) -> str:
    """The day of the first stamp of a systematic review in a text, or empty."""
    found = STAMP.search(text) if STAMP_WORD in text else None
    return day_first(found[1]) if found and found[1] else ""


def _iso(parts: dict[str, str | None]) -> str:
    year, day = int(parts["year"] or 0), int(parts["day"] or 0)
    month = _month(parts["month"] or "")
    if month > 12 >= day:  # can only be the American order
        month, day = day, month
    try:
        known = date(year, month, day).isoformat()
    except ValueError:
        return ""
    clock = f"{parts.get('hour') or '00'}:{parts.get('minute') or '00'}"
    return known if clock == "00:00" else f"{known} {clock}"


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    at = _MONTHS.find(text.upper())
    return at // 3 + 1 if at >= 0 and at % 3 == 0 else 0

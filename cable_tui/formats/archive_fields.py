"""Fields and stamps that the National Archives, PlusD and the History Lab have in common.

All three hold the telegrams of the 1970s as the Department's own archive printed them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cache
from typing import NamedTuple

from cable_tui.base.cable import Location, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.formats.split_header import after_addressees, classification_in
from cable_tui.glossary.tables import rows
from cable_tui.telegram import ids, times

_LONGEST_LINE = 300
"""The most characters before and after a stamp on its line."""
_REVIEWER = pattern(r"[ \t]*(?:[A-Z][A-Za-z.'-]{0,20}[ \t]*){1,4}")
"""The name before a stamp, on its line."""
_REVIEWER_ALONE = pattern(
    r"[ \t]*[A-Z][a-z]{1,20}(?:[ \t]+[A-Z]\.)?(?:[ \t]+[A-Z][a-z-]{1,20}){1,2}[ \t]*"
)
"""The same on a separate line, which a telegram in capitals does not have."""
_FORM = pattern(r"\s{0,80}(?:<< END OF DOCUMENT >>|\*\*\* Current [A-Z][A-Za-z ]{1,40} \*\*\*)")
_NOTHING = pattern(r"(?:n/?a|none|--[a-z/ ]{1,40}--|null)?", re.IGNORECASE)
_TAG = pattern(r"\([^()]{0,80}\)|[^|,;()]{1,80}")
ORDER = pattern(r"\bEXECUTIVE ORDER ?:[^|]*", re.IGNORECASE)
"""Another field of the National Archives that ran into the TAGS."""
_BETWEEN = pattern(r"[,;:|\n]")
_PROSE = pattern(r"\b(?:AND|OF|TO|THE)\b|(?:^|[ 0-9])C?A-? ?[0-9]{1,5}$")
"""Words that an item has if it is not a cable alone; at its end the number of an airgram."""


def without_stamps(text: str) -> str:
    """Return the text without the archive's additions: its stamps and the ends of its forms."""
    if STAMP_WORD in text:
        text = _unstamped(text)
    if "<<" not in text and "***" not in text:
        return text
    return "\n".join(line for line in text.split("\n") if not _FORM.match(line))


def _unstamped(text: str) -> str:
    """Remove stamps from a text, the names before them, and lines that are then empty."""
    kept_pieces: list[str] = []
    after_stamp = 0
    for stamp in STAMP.finditer(text):
        search_start = max(stamp.start() - _LONGEST_LINE, after_stamp)
        start = max(text.rfind("\n", search_start, stamp.start()) + 1, search_start)
        text_before = text[start : stamp.start()]
        if not text_before.strip():
            line_above = max(text.rfind("\n", search_start, max(start - 1, 0)) + 1, search_start)
            start = line_above if _REVIEWER_ALONE.fullmatch(text[line_above : start - 1]) else start
        elif not _REVIEWER.fullmatch(text_before):
            start = stamp.start()
        end = text.find("\n", stamp.end(), stamp.end() + _LONGEST_LINE)
        end = min(len(text), stamp.end() + _LONGEST_LINE) if end < 0 else end + 1
        is_within_line = start == stamp.start() and bool(text_before.strip())
        if is_within_line or text[stamp.end() : end].strip():
            end = stamp.end()
        kept_pieces.append(text[after_stamp : max(start, after_stamp)])
        after_stamp = max(end, after_stamp)
    kept_pieces.append(text[after_stamp:])
    text_left = "".join(kept_pieces)
    return text_left.removesuffix("\n") if after_stamp == len(text) else text_left


def known_value(text: str) -> str:
    """Return an attribute's value on one line; empty for `N/A`."""
    value_text = " ".join(text.split()).strip('"')
    return "" if _NOTHING.fullmatch(value_text) else value_text


def references_in(text: str) -> tuple[str, ...]:
    """Return canonical ids of the cables in a list: `79 LIMA 6191`; airgrams are left out."""
    items = (item.strip(" .()") for item in _BETWEEN.split(text))
    references = (ids.reference_in(item) for item in items if not _PROSE.search(item))
    return tuple(dict.fromkeys(item[0] for item in references if item))


def tags_in(text: str) -> tuple[str, ...]:
    """Return the TAGS of a list: codes, organizations, and names in brackets, with commas."""
    items = (
        " ".join(item.strip(" ()\t\n.").split()).upper()
        for item in _TAG.findall(ORDER.sub("", text))
    )
    return tuple(dict.fromkeys(item for item in items if item and not _NOTHING.fullmatch(item)))


class ArchiveFacts(NamedTuple):
    """The archive's own facts on a telegram; empty if it has none."""

    reference_id: str
    created: str
    """The date in any spelling that `day_first` knows."""
    classification: str
    sender: str
    title: str
    markings: str = ""
    """The stamps of its release."""
    released: str = ""
    """Day of release, if it is known."""
    references: str = ""
    """A list of ids."""
    tags: tuple[str, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    """The remarks as in `RawCable`."""
    has_body: bool = True
    """Whether the archive has the text; if not, the header is its remark on that."""

    def cable(self, form: str, location: Location, printed: str) -> RawCable:
        """Return the cable, with its clean text in which header and body run on."""
        text = without_stamps(printed).strip("\n")
        parts = ids.split(ids.canonical_id(self.reference_id))
        serial_number = parts.serial if parts else 0
        header, body = after_addressees(text, serial_number) if self.has_body else (text, "")
        return RawCable(
            reference_id=self.reference_id,
            created=day_first(self.created),
            released=self.released or released_in(printed) or released_in(self.markings),
            classification=self.classification or classification_in(body),
            origin=origin_of(self.reference_id, self.sender),
            title=self.title,
            header=header,
            body=body,
            format=form,
            location=location,
            references=references_in(self.references),
            tags=self.tags,
            remarks=self.remarks,
        )


# Dates, and the stamps of a release

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
"""A word that is in every stamp, and nowhere else."""
STAMP = pattern(
    rf"{STAMP_WORD}\s{{1,200}}US\s{{1,20}}Department\s{{1,20}}of\s{{1,20}}State"
    r"(?:\s{1,200}EO\s{1,20}Systematic\s{1,20}Review"
    r"(?:\s{1,200}([0-9]{1,2}\s{1,20}[A-Za-z]{3,9}\s{1,20}[0-9]{4}))?)?"
)
"""The stamp of a systematic review, with its day: on one line, or on one for each of its parts."""


def day_first(text: str) -> str:
    """Return a date as the site's pages write it, `1994-01-01` or `2010-02-26 11:30`.

    A text that is no date is unchanged but for single spaces. Midnight to the minute is what these
    archives write if they know the day alone.
    """
    day_text = " ".join(text.split())
    for day_shape in _SHAPES:
        if match := day_shape.match(day_text):
            return _iso(match.groupdict()) or day_text
    return day_text


def released_in(text: str) -> str:
    """Return the day of the first stamp of a systematic review in a text, or empty."""
    stamp = STAMP.search(text) if STAMP_WORD in text else None
    return day_first(stamp[1]) if stamp and stamp[1] else ""


def _iso(parts: dict[str, str | None]) -> str:
    year_number, day = int(parts["year"] or 0), int(parts["day"] or 0)
    month_name = parts["month"] or ""
    month = int(month_name) if month_name.isdecimal() else times.MONTHS.get(month_name.upper(), 0)
    if month > 12 >= day:  # can only be the American order
        month, day = day, month
    try:
        known_day = date(year_number, month, day).isoformat()
    except ValueError:
        return ""
    clock = f"{parts.get('hour') or '00'}:{parts.get('minute') or '00'}"
    return known_day if clock == "00:00" else f"{known_day} {clock}"


# Origins


@cache
def _origins() -> dict[str, str]:
    """Return origins of the stations that have only one: BRUSSELS has an embassy and a mission."""
    origins: dict[str, set[str]] = defaultdict(set)
    for row in (*rows("origins"), *rows("old_posts")):
        if row["origin"]:
            origins[row["station"]].add(row["origin"])
    return {station: names.pop() for station, names in origins.items() if len(names) == 1}


def origin_of(reference_id: str, given: str) -> str:
    """Return `Embassy Lima` for `1973LIMA02545`; the `given` origin if the id does not show it."""
    parts = ids.split(ids.canonical_id(reference_id))
    return _origins().get(parts.station, given) if parts else given

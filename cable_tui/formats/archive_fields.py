"""Fields and stamps shared by the National Archives, PlusD and the History Lab.

All three contain the telegrams from the 1970s as printed by the Department's own archive.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cache

from cable_tui.base.cable import Location, RawCable
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.formats.split_header import after_addressees, classification_in
from cable_tui.glossary.tables import rows
from cable_tui.telegram import ids, times

_LONGEST_LINE = 300
"""The maximum number of characters before and after a stamp on its line."""
_REVIEWER = pattern(r"[ \t]*(?:[A-Z][A-Za-z.'-]{0,20}[ \t]*){1,4}")
"""A reviewer's name before a stamp on the same line."""
_REVIEWER_ALONE = pattern(
    r"[ \t]*[A-Z][a-z]{1,20}(?:[ \t]+[A-Z]\.)?(?:[ \t]+[A-Z][a-z-]{1,20}){1,2}[ \t]*"
)
"""A reviewer's name on its own line, in mixed case unlike the telegram's text."""
_FORM = pattern(r"\s{0,80}(?:<< END OF DOCUMENT >>|\*\*\* Current [A-Z][A-Za-z ]{1,40} \*\*\*)")
_NOTHING = pattern(r"(?:n/?a|none|--[a-z/ ]{1,40}--|null)?", re.IGNORECASE)
_TAG = pattern(r"\([^()]{0,80}\)|[^|,;()]{1,80}")
ORDER = pattern(r"\bEXECUTIVE ORDER ?:[^|]*", re.IGNORECASE)
"""Another field of the National Archives that was run into the TAGS."""
_BETWEEN = pattern(r"[,;:|\n]")
_PROSE = pattern(r"\b(?:AND|OF|TO|THE)\b|(?:^|[ 0-9])C?A-? ?[0-9]{1,5}$")
"""Words that show that a REF item is more than a cable reference, or a final airgram number."""


def without_stamps(text: str) -> str:
    """Return the text without the archive's additions: its stamps and the ends of its forms."""
    unstamped_text = _unstamped(text) if STAMP_WORD in text else text
    if "<<" not in unstamped_text and "***" not in unstamped_text:
        return unstamped_text
    return "\n".join(line for line in unstamped_text.split("\n") if not _FORM.match(line))


def _unstamped(text: str) -> str:
    """Return a text without stamps, the names before them, and lines that this leaves empty."""
    kept_pieces: list[str] = []
    after_stamp = 0
    for stamp in STAMP.finditer(text):
        search_start = max(stamp.start() - _LONGEST_LINE, after_stamp)
        removed_start = max(text.rfind("\n", search_start, stamp.start()) + 1, search_start)
        text_before = text[removed_start : stamp.start()]
        if not text_before.strip():
            line_above = max(
                text.rfind("\n", search_start, max(removed_start - 1, 0)) + 1, search_start
            )
            removed_start = (
                line_above
                if _REVIEWER_ALONE.fullmatch(text[line_above : removed_start - 1])
                else removed_start
            )
        elif not _REVIEWER.fullmatch(text_before):
            removed_start = stamp.start()
        removed_end = text.find("\n", stamp.end(), stamp.end() + _LONGEST_LINE)
        removed_end = (
            min(len(text), stamp.end() + _LONGEST_LINE) if removed_end < 0 else removed_end + 1
        )
        is_within_line = removed_start == stamp.start() and bool(text_before.strip())
        if is_within_line or text[stamp.end() : removed_end].strip():
            removed_end = stamp.end()
        kept_pieces.append(text[after_stamp : max(removed_start, after_stamp)])
        after_stamp = max(removed_end, after_stamp)
    kept_pieces.append(text[after_stamp:])
    remaining_text = "".join(kept_pieces)
    return remaining_text.removesuffix("\n") if after_stamp == len(text) else remaining_text


def known_value(text: str) -> str:
    """Return an attribute's value on one line, or an empty string for `N/A`."""
    value_text = " ".join(text.split()).strip('"')
    return "" if _NOTHING.fullmatch(value_text) else value_text


def references_in(text: str) -> tuple[str, ...]:
    """Return the canonical IDs of the cables in a list such as `79 LIMA 6191`, without airgrams."""
    list_items = (reference_text.strip(" .()") for reference_text in _BETWEEN.split(text))
    references = (
        ids.reference_in(reference_text)
        for reference_text in list_items
        if not _PROSE.search(reference_text)
    )
    return tuple(
        dict.fromkeys(reference_text[0] for reference_text in references if reference_text)
    )


def tags_in(text: str) -> tuple[str, ...]:
    """Return the TAGS in a list: codes, organizations, and names in brackets with commas."""
    tag_items = (
        " ".join(tag_text.strip(" ()\t\n.").split()).upper()
        for tag_text in _TAG.findall(ORDER.sub("", text))
    )
    return tuple(
        dict.fromkeys(
            tag_text for tag_text in tag_items if tag_text and not _NOTHING.fullmatch(tag_text)
        )
    )


class ArchiveFacts(NamedTuple):
    """The archive's own facts about a telegram; unknown facts are empty."""

    reference_id: str
    created: str
    """The date, in any form that `day_first` accepts."""
    classification: str
    sender: str
    title: str
    markings: str = ""
    """The stamps of its release."""
    released: str = ""
    """The day of release; empty if unknown."""
    references: str = ""
    """A list of IDs."""
    tags: tuple[str, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    """Remarks, as in `RawCable`."""
    has_body: bool = True
    """Whether the archive has the text; if not, the header contains the archive's remark about it.
    """

    def cable(self, form: str, location: Location, printed: str) -> RawCable:
        """Return the cable with its clean text, split into header and body."""
        telegram_text = without_stamps(printed).strip("\n")
        id_parts = ids.split(ids.canonical_id(self.reference_id))
        serial_number = id_parts.serial if id_parts else 0
        header, body = (
            after_addressees(telegram_text, serial_number) if self.has_body else (telegram_text, "")
        )
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
"""A phrase that occurs in every stamp and nowhere else."""
STAMP = pattern(
    rf"{STAMP_WORD}\s{{1,200}}US\s{{1,20}}Department\s{{1,20}}of\s{{1,20}}State"
    r"(?:\s{1,200}EO\s{1,20}Systematic\s{1,20}Review"
    r"(?:\s{1,200}([0-9]{1,2}\s{1,20}[A-Za-z]{3,9}\s{1,20}[0-9]{4}))?)?"
)
"""The stamp of a systematic review and its date, on one line or one line per part."""


def day_first(text: str) -> str:
    """Return a date as the site's pages print it, `1994-01-01` or `2010-02-26 11:30`.

    A text that is not a date is unchanged except for single spaces. Midnight is treated as a day
    without a time, because these archives write midnight if the time is unknown.
    """
    day_text = " ".join(text.split())
    for day_shape in _SHAPES:
        if date_match := day_shape.match(day_text):
            return _iso(date_match.groupdict()) or day_text
    return day_text


def released_in(text: str) -> str:
    """Return the date of the first review stamp in a text, or an empty string."""
    stamp = STAMP.search(text) if STAMP_WORD in text else None
    return day_first(stamp[1]) if stamp and stamp[1] else ""


def _iso(date_parts: dict[str, str | None]) -> str:
    year_number, day_number = int(date_parts["year"] or 0), int(date_parts["day"] or 0)
    month_name = date_parts["month"] or ""
    month_number = (
        int(month_name) if month_name.isdecimal() else times.MONTHS.get(month_name.upper(), 0)
    )
    if month_number > 12 >= day_number:  # can only be the American order
        month_number, day_number = day_number, month_number
    try:
        iso_day = date(year_number, month_number, day_number).isoformat()
    except ValueError:
        return ""
    clock_time = f"{date_parts.get('hour') or '00'}:{date_parts.get('minute') or '00'}"
    return iso_day if clock_time == "00:00" else f"{iso_day} {clock_time}"


# Origins


@cache
def _origins() -> dict[str, str]:
    """Return the origins of stations with only one origin.

    BRUSSELS has an embassy and a mission.
    """
    origins_by_station: dict[str, set[str]] = defaultdict(set)
    for row in (*rows("origins"), *rows("old_posts")):
        if row["origin"]:
            origins_by_station[row["station"]].add(row["origin"])
    return {
        station: origin_names.pop()
        for station, origin_names in origins_by_station.items()
        if len(origin_names) == 1
    }


def origin_of(reference_id: str, given: str) -> str:
    """Return the origin of a reference ID, `Embassy Lima` for `1973LIMA02545`.

    Return `given` if the ID does not determine the origin.
    """
    id_parts = ids.split(ids.canonical_id(reference_id))
    return _origins().get(id_parts.station, given) if id_parts else given

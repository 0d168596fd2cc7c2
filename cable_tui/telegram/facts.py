"""The facts of a record: its IDs and times, and the numbers of its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cable_tui.base.cable import CreatedFrom, Facts, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.telegram import times
from cable_tui.telegram.ids import canonical_id
from cable_tui.telegram.times import Moment

_NUMBER = pattern(r"\n\s{0,8}(\d{1,3})\. ")
_LONGEST = 6
"""The maximum length, in characters, of the site's anchor of a numbered paragraph: `par123`."""


def paragraph_numbers(raw: RawCable) -> Sequence[str]:
    """Return the numbers of the paragraphs, in text order, including repeated numbers.

    The numbers are taken from the anchors of the site's page. If the container has no anchors, the
    site's rule is applied: a number, a full stop and a space at the beginning of a line.
    """
    if raw.anchors is None:
        return _by_rule(raw.body)
    return [
        anchor.removeprefix("par")
        for anchor in raw.anchors
        if anchor[3:].isdigit() and len(anchor) <= _LONGEST
    ]


@lru_cache(maxsize=1)  # the warnings and the number of paragraphs ask for it
def _by_rule(body: str) -> tuple[str, ...]:
    return tuple(_NUMBER.findall(body))


def paragraph_count(raw: RawCable) -> int:
    """Return how many different numbers the paragraphs have, which is usually the last number.

    A page without any anchor is a copy that has lost its anchors, so its text is searched instead.
    """
    if raw.edition is not None:
        return len(raw.edition.paragraphs)
    return len(set(paragraph_numbers(raw) or _by_rule(raw.body)))


def facts_of(raw: RawCable) -> Facts:
    """Return the IDs, times, classification and origin of a record; fast, and raises no error."""
    created_at, created_from = _created(raw)
    return Facts(
        reference_id=raw.reference_id,
        canonical_id=canonical_id(raw.reference_id),
        created=created_at,
        created_from=created_from,
        released=_released(raw.released),
        classification=raw.classification,
        origin=raw.origin,
    )


def _created(raw: RawCable) -> tuple[str, CreatedFrom]:
    """Return the time of creation in Zulu, and its source.

    The minutes on the page are used unless they are known to be wrong. In that case the
    header's minutes are used, if the header agrees with the page on the day and the hour.
    """
    page_time = times.cell(raw.created)
    if raw.edition is not None:  # it gives no zone, and its minutes are right
        is_exact = page_time is not None and page_time.hour is not None
        return page_time.iso() if page_time else "", "page" if is_exact else "day only"
    if page_time is None:
        moment = times.group(raw.header)
        return (moment.iso() + "Z", "date-time group") if moment else ("", "day only")
    if page_time.minute is not None and (
        raw.created.endswith("Z") or not times.is_garbled(page_time)
    ):
        return page_time.iso() + "Z", "page"
    for moment in (times.group(raw.header), times.julian(raw.header, page_time.day.year)):
        if moment and moment.day == page_time.day and page_time.hour in (None, moment.hour):
            return moment.iso() + "Z", "date-time group"
    if page_time.hour is None:
        return page_time.iso(), "day only"
    return Moment(page_time.day, page_time.hour).iso() + "Z", "day only"


def _released(text: str) -> str:
    """Return the time to the minute if the page's minutes are valid, otherwise the day."""
    page_date = times.cell(text)
    if page_date is None:
        return ""
    if page_date.minute is None or times.is_garbled(page_date):
        return page_date.day.isoformat()
    return page_date.iso()

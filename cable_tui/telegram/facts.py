"""The facts of a record: its ids and times, and the numbers of its paragraphs."""

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
"""The most characters of the site's anchor of a numbered paragraph: `par123`."""


def paragraph_numbers(raw: RawCable) -> Sequence[str]:
    """Return the numbers of the paragraphs, in order and with repeats.

    By the anchors of the site's page; if the container shows none, by the site's rule: a number, a
    point and a blank at the beginning of a line.
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
    """Return how many different numbers the paragraphs have: most often the last number.

    A page without any anchor is a copy that lost them.
    """
    if raw.edition is not None:
        return len(raw.edition.paragraphs)
    return len(set(paragraph_numbers(raw) or _by_rule(raw.body)))


def facts_of(raw: RawCable) -> Facts:
    """Return ids, times, classification and origin of a record; total and cheap."""
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
    """Return the time of creation in Zulu, and where it comes from.

    A page's minutes hold unless they are the known garbage; then the header's do, if it agrees
    with the page on day and hour.
    """
    page = times.cell(raw.created)
    if raw.edition is not None:  # it gives no zone, and its minutes are right
        is_exact = page is not None and page.hour is not None
        return page.iso() if page else "", "page" if is_exact else "day only"
    if page is None:
        moment = times.group(raw.header)
        return (moment.iso() + "Z", "date-time group") if moment else ("", "day only")
    if page.minute is not None and (raw.created.endswith("Z") or not times.is_garbled(page)):
        return page.iso() + "Z", "page"
    for moment in (times.group(raw.header), times.julian(raw.header, page.day.year)):
        if moment and moment.day == page.day and page.hour in (None, moment.hour):
            return moment.iso() + "Z", "date-time group"
    if page.hour is None:
        return page.iso(), "day only"
    return Moment(page.day, page.hour).iso() + "Z", "day only"


def _released(text: str) -> str:
    """Return the time to the minute if the page's minutes are valid, otherwise the day."""
    page_date = times.cell(text)
    if page_date is None:
        return ""
    if page_date.minute is None or times.is_garbled(page_date):
        return page_date.day.isoformat()
    return page_date.iso()

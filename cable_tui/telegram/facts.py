"""What a container itself says of a cable, with the time put right (formats.md 1.2)."""

from __future__ import annotations

from cable_tui.cable import CreatedFrom, Facts, RawCable
from cable_tui.telegram import times
from cable_tui.telegram.ids import canonical_id
from cable_tui.telegram.times import Moment


def facts(raw: RawCable) -> Facts:
    """Ids, times, classification and origin of a record; total and cheap."""
    created, created_from = _created(raw)
    return Facts(
        reference_id=raw.reference_id,
        canonical_id=canonical_id(raw.reference_id),
        created=created,
        created_from=created_from,
        released=_released(raw.released),
        classification=raw.classification,
        origin=raw.origin,
    )


def _created(raw: RawCable) -> tuple[str, CreatedFrom]:
    """The time of creation in Zulu, and where it comes from.

    A page's minutes hold unless they are the known garbage; then the header's do, where it agrees
    with the page on day and hour.
    """
    page = times.cell(raw.created)
    if page is None:
        sent = times.group(raw.header)
        return (sent.iso() + "Z", "date-time group") if sent else ("", "day only")
    if page.minute is not None and not times.is_garbled(page):
        return page.iso() + "Z", "page"
    for sent in (times.group(raw.header), times.julian(raw.header, page.day.year)):
        if sent and sent.day == page.day and page.hour in (None, sent.hour):
            return sent.iso() + "Z", "date-time group"
    if page.hour is None:
        return page.iso(), "day only"
    return Moment(page.day, page.hour).iso() + "Z", "day only"


def _released(text: str) -> str:
    """To the minute where the page's minutes hold, otherwise the day."""
    page = times.cell(text)
    if page is None:
        return ""
    if page.minute is None or times.is_garbled(page):
        return page.day.isoformat()
    return page.iso()

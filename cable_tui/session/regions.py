"""Origins by region and post: the bureaus of the Department as of 2010."""

from __future__ import annotations

from cable_tui import glossary
from cable_tui.query.fields import region_of
from cable_tui.session.values import Counts


def region(origin: str) -> str:
    """Of `query.fields.REGIONS`, the one that an origin stands in."""
    return region_of(glossary.bureau(origin))


def by_city(origin: str) -> tuple[str, str]:
    """What orders origins by name: the city, whatever kind of post it is."""
    cities = (each.city for each in _posts(origin) if each.city)
    return next(cities, origin).casefold(), origin


def published(origin: str) -> int:
    """Cables of an origin in the whole published archive; 0 where that is not known."""
    return sum(each.cables for each in _posts(origin))


PUBLISHED = 251_287
"""Cables of the archive that was published in 2010 and 2011."""
_OTHERS = range(1973, 1980)
"""Years of which the National Archives have published cables by the hundred thousand."""


def of_published(totals: Counts) -> int | None:
    """How many of the published cables an archive has; None where it is of another collection.

    A cable of a known post is one, unless most posts are unknown, or most of the archive is of the
    years that came from elsewhere.
    """
    origins = totals.get("origin", ())
    known = sum(each.count for each in origins if published(each.value))
    if 2 * known < sum(each.count for each in origins):
        return None
    years = [each for each in totals.get("date", ()) if len(each.value) == 4]
    others = sum(each.count for each in years if int(each.value) in _OTHERS)
    total = sum(each.count for each in years)
    return None if not known or known > PUBLISHED or 2 * others > total else known


def _posts(origin: str) -> list[glossary.Station]:
    found = (glossary.station(code) for code in glossary.origin_stations(origin))
    return [each for each in found if each is not None]

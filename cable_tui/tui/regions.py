"""Origins by region and post: the bureaus of the Department as of 2010."""

from __future__ import annotations

from cable_tui import glossary

_NAMES = {
    "AF": "Africa",
    "EAP": "East Asia and Pacific",
    "EUR": "Europe and Eurasia",
    "NEA": "Near East and North Africa",
    "SCA": "South and Central Asia",
    "WHA": "Western Hemisphere",
    "IO": "International organizations",
}
REGIONS = (*sorted(_NAMES.values()), "Washington and others")
"""In the order of the library."""


def region(origin: str) -> str:
    """Of `REGIONS`, the one that an origin stands in."""
    return next((_NAMES[each.region] for each in _posts(origin) if each.region), REGIONS[-1])


def by_city(origin: str) -> tuple[str, str]:
    """What orders origins by name: the city, whatever kind of post it is."""
    cities = (each.city for each in _posts(origin) if each.city)
    return next(cities, origin).casefold(), origin


def published(origin: str) -> int:
    """Cables of an origin in the whole published archive; 0 where that is not known."""
    return sum(each.cables for each in _posts(origin))


def _posts(origin: str) -> list[glossary.Station]:
    found = (glossary.station(code) for code in glossary.origin_stations(origin))
    return [each for each in found if each is not None]

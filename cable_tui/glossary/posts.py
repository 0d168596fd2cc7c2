"""Posts: stations in reference IDs, their alternative spellings, and the site's origin names."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from cable_tui.base.value import Value
from cable_tui.glossary.tables import pairs, rows
from cable_tui.glossary.tag_lists import tags
from cable_tui.text import fold

_PREFIX = 6
"""The number of characters of a post's name, including spaces, in a document number from 1973-79.
"""
_NOT_IN_CODES = str.maketrans("", "", " '-.’")


class Station(Value):
    """A post, or another sender with its own serial numbers."""

    code: str
    """The post's code as in reference IDs, such as `CASABLANCA`."""
    name: str
    """The origin's name as the site prints it, such as `Consulate Casablanca`."""
    city: str
    region: str
    """The regional bureau as of 2010: AF, EAP, EUR, NEA, SCA, WHA or IO; may be empty."""
    cables: int
    """The number of cables from the post in the whole published archive."""


@cache
def _stations() -> dict[str, Station]:
    return {
        row["station"]: Station(
            row["station"], row["name"], row["city"], row["region"], int(row["cables"])
        )
        for row in rows("stations")
    }


@cache
def _old_posts() -> dict[str, str]:
    """Return station codes of 1973-79 posts that the published archive lacks or codes differently.

    The keys are the posts' names without spaces.
    """
    return {row["name"].replace(" ", ""): row["station"] for row in rows("old_posts")}


@cache
def _old_prefixes() -> dict[str, str]:
    """Return station codes of old posts by the prefix used in document numbers.

    The prefix is the first six characters of the name, with spaces removed. A prefix shared by
    several stations is left out.
    """
    stations_by_prefix: dict[str, set[str]] = defaultdict(set)
    for row in rows("old_posts"):
        stations_by_prefix[row["name"][:_PREFIX].replace(" ", "")].add(row["station"])
    return {
        prefix: station_codes.pop()
        for prefix, station_codes in stations_by_prefix.items()
        if len(station_codes) == 1
    }


@cache
def old_stations() -> frozenset[str]:
    """Return codes of posts that were closed or renamed before the cables of 2003-2010.

    They are safe to recognize only in telegrams of their time, because `NICE`, `COLON` and `HUE`
    are words elsewhere.
    """
    return frozenset(_old_posts().values()) - _stations().keys()


@cache
def _origins() -> dict[str, tuple[str, ...]]:
    stations_by_origin: dict[str, list[str]] = defaultdict(list)
    for row in rows("origins"):
        stations_by_origin[row["origin"]].append(row["station"])
    return {origin: tuple(station_codes) for origin, station_codes in stations_by_origin.items()}


def station(code: str) -> Station | None:
    """Return the post with a station code, or None."""
    return _stations().get(code)


def stations() -> tuple[Station, ...]:
    """Return all posts, sorted by station code."""
    return tuple(_stations().values())


def station_spellings() -> frozenset[str]:
    """Return all spellings of station names, in capitals and without spaces."""
    return frozenset((*_stations(), *pairs("station_aliases"), *_old_posts()))


@cache
def places() -> frozenset[str]:
    """Return the folded names of countries, cities with a post, and some continents."""
    place_names = [tag.title for tag in tags() if len(tag.code) == 2]
    place_names += [station.city for station in stations()]
    return frozenset(map(fold, (*place_names, "Asia", "Europe", "Africa")))


def station_alias(name: str) -> str | None:
    """Return the station code for another spelling (`KOBENHAVN`), or None if it is unknown.

    Spaces, hyphens, dots and apostrophes are ignored. Short spellings (`BA`) are safe only if a
    station name is required.
    """
    bare_name = name.upper().translate(_NOT_IN_CODES)
    if station_code := pairs("station_aliases").get(bare_name) or (
        bare_name if bare_name in _stations() else None
    ):
        return station_code
    old_station = _old_posts().get(bare_name)
    return None if old_station == bare_name else old_station


def malformed(printed: str) -> str | None:
    """Return the canonical ID for a malformed published ID, or None if it is not in the table."""
    return pairs("malformed_ids").get(printed)


def origin_stations(origin: str) -> tuple[str, ...]:
    """Return the stations in an origin's reference IDs.

    `Embassy Kyiv` has two stations, and an unknown origin has none.
    """
    return _origins().get(origin, ())


_SHORTEST = 4
"""The minimum number of letters of a spelling that is safe without a post type before it: `STAT`,
but not `BA`.
"""
_KINDS = {
    **dict.fromkeys(("AMEMBASSY", "AMEMB", "AMEMBASS", "EMBASSY"), ("Embassy",)),
    **dict.fromkeys(("AMCONSUL", "AMCONGEN", "AMCONSULATE", "CONSULATE"), ("Consulate",)),
    "USMISSION": ("Mission", "US Mission", "USUN", "USEU", "UNVIE", "USMISSION", "UN "),
    "USINT": ("US Interests Section",),
}
"""First words of an addressee, with the possible beginnings of such a post's name."""
_DOUBTFUL = frozenset(("BRUSSELS",))
"""Stations shared by two posts: without the post type, it is unknown which one is meant."""


@cache
def _names() -> dict[str, str]:
    """Return each post's name as an origin, by station code, including closed posts."""
    old_origins = {row["station"]: row["origin"] for row in rows("old_posts") if row["origin"]}
    origin_codes = {
        station_code for station_codes in _origins().values() for station_code in station_codes
    }
    return old_origins | {
        station_code: station.name
        for station_code, station in _stations().items()
        if station_code in origin_codes
    }


@cache
def _post_names() -> frozenset[str]:
    return frozenset((*_names().values(), *_origins()))


def is_post(name: str) -> bool:
    """Return whether a name is the origin of a post."""
    return name in _post_names()


def post_named(origin: str) -> str:
    """Return the standard name of an origin, such as `Mission Geneva`.

    The site prints the names of some origins in several forms.
    """
    station_codes = origin_stations(origin)
    post_names = [
        _names()[station_code] for station_code in station_codes if station_code in _names()
    ]
    return (
        origin
        if origin in post_names or len(station_codes) != 1 or not post_names
        else post_names[0]
    )


def post_addressed(printed: str) -> str | None:
    """Return the origin name of the post that an addressee such as `AMEMBASSY RABAT` denotes.

    Returns None if it is not a post, or if the name is ambiguous: `BRUSSELS`, or an embassy in a
    city where only a consulate is known.
    """
    first_word, _, place_name = printed.upper().partition(" ")
    post_kinds = _KINDS.get(first_word, ())
    for candidate_name in (place_name, printed) if post_kinds else (printed,):
        bare_letters = candidate_name.upper().translate(_NOT_IN_CODES)
        station_code = bare_letters if bare_letters in _names() else station_alias(candidate_name)
        if station_code is None or (
            not post_kinds and (len(bare_letters) < _SHORTEST or station_code in _DOUBTFUL)
        ):
            continue
        post_name = _names().get(station_code)
        if post_name and (not post_kinds or post_name.startswith(post_kinds)):
            return post_name
    return None


def is_same_post(printed: str, origin: str) -> bool:
    """Return whether an addressee is the post of this origin, judging by the names alone.

    This recognizes posts missing from the tables: `AMEMBASSY QUAYHAVEN` is `Embassy Quayhaven`.
    """
    first_word, _, place_name = printed.upper().partition(" ")
    origin_letters = origin.upper().translate(_NOT_IN_CODES)
    return any(
        origin_letters == f"{post_kind} {place_name}".upper().translate(_NOT_IN_CODES)
        for post_kind in _KINDS.get(first_word, ())
    )


@cache
def bureau(origin: str) -> str:
    """Return the regional bureau of an origin, as in `Station.region`.

    Returns an empty string if it is unknown.
    """
    origin_posts = (station(station_code) for station_code in origin_stations(origin))
    return next((post.region for post in origin_posts if post and post.region), "")


def nara_station(prefix: str) -> str | None:
    """Return the station for a six-letter document number prefix of 1973-79, if the two differ."""
    return pairs("nara_prefixes").get(prefix) or _old_prefixes().get(prefix)

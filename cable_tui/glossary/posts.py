"""Posts: the stations of reference ids, their other spellings, and the site's names of origins."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from cable_tui.base.value import Value
from cable_tui.glossary.tables import pairs, rows
from cable_tui.glossary.tag_lists import tags
from cable_tui.text import fold

_PREFIX = 6
"""Characters of a post's name in a document number of 1973-79, including spaces."""
_NOT_IN_CODES = str.maketrans("", "", " '-.’")


class Station(Value):
    """A post, or another sender with serial numbers of its own."""

    code: str
    """The post's code in the form of reference ids: `CASABLANCA`."""
    name: str
    """The origin in the site's form: `Consulate Casablanca`."""
    city: str
    region: str
    """Bureau as of 2010: AF, EAP, EUR, NEA, SCA, WHA, IO; or empty."""
    cables: int
    """The number of cables in the whole published archive."""


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
    """Return stations of posts of 1973-79 that the published archive lacks or codes otherwise.

    The keys are their names without blanks.
    """
    return {row["name"].replace(" ", ""): row["station"] for row in rows("old_posts")}


@cache
def _old_prefixes() -> dict[str, str]:
    """Return stations of old posts by the prefix of document numbers.

    It is the first six characters of the name, without the spaces among them. A prefix of several
    stations is left out.
    """
    stations_of: dict[str, set[str]] = defaultdict(set)
    for row in rows("old_posts"):
        stations_of[row["name"][:_PREFIX].replace(" ", "")].add(row["station"])
    return {prefix: codes.pop() for prefix, codes in stations_of.items() if len(codes) == 1}


@cache
def old_stations() -> frozenset[str]:
    """Return codes of posts that were closed or renamed before the cables of 2003-2010.

    They are safe only in telegrams of their time: `NICE`, `COLON` and `HUE` are words elsewhere.
    """
    return frozenset(_old_posts().values()) - _stations().keys()


@cache
def _origins() -> dict[str, tuple[str, ...]]:
    stations: dict[str, list[str]] = defaultdict(list)
    for row in rows("origins"):
        stations[row["origin"]].append(row["station"])
    return {origin: tuple(stations_of) for origin, stations_of in stations.items()}


def station(code: str) -> Station | None:
    """Return the post with this code, or None."""
    return _stations().get(code)


def stations() -> tuple[Station, ...]:
    """Return all posts, sorted by code."""
    return tuple(_stations().values())


def station_spellings() -> frozenset[str]:
    """Return every name in capitals, without blanks, that a station may have."""
    return frozenset((*_stations(), *pairs("station_aliases"), *_old_posts()))


@cache
def places() -> frozenset[str]:
    """Return countries, and cities of a post, folded."""
    names = [tag.title for tag in tags() if len(tag.code) == 2]
    names += [station.city for station in stations()]
    return frozenset(map(fold, (*names, "Asia", "Europe", "Africa")))


def station_alias(name: str) -> str | None:
    """Return the code that another spelling (`KOBENHAVN`) means; None if it is unknown.

    Spaces, hyphens, dots and apostrophes do not count. Short ones (`BA`) are safe only if a station
    must be.
    """
    code = name.upper().translate(_NOT_IN_CODES)
    if alias := pairs("station_aliases").get(code) or (code if code in _stations() else None):
        return alias
    old_station = _old_posts().get(code)
    return None if old_station == code else old_station


def malformed(printed: str) -> str | None:
    """Return the canonical id of one of the published ids that are not well formed, or None."""
    return pairs("malformed_ids").get(printed)


def origin_stations(origin: str) -> tuple[str, ...]:
    """Return stations in the ids of an origin: `Embassy Kyiv` has two, an unknown origin none."""
    return _origins().get(origin, ())


_SHORTEST = 4
"""The least letters of a spelling that is safe without a kind of post before it: `STAT`, not
`BA`."""
_KINDS = {
    **dict.fromkeys(("AMEMBASSY", "AMEMB", "AMEMBASS", "EMBASSY"), ("Embassy",)),
    **dict.fromkeys(("AMCONSUL", "AMCONGEN", "AMCONSULATE", "CONSULATE"), ("Consulate",)),
    "USMISSION": ("Mission", "US Mission", "USUN", "USEU", "UNVIE", "USMISSION", "UN "),
    "USINT": ("US Interests Section",),
}
"""The first word of an addressee, and the beginning of the name of such a post."""
_DOUBTFUL = frozenset(("BRUSSELS",))
"""Stations of two posts: without its kind the post is unknown."""


@cache
def _names() -> dict[str, str]:
    """Return the name of each post as an origin, by its code; closed posts too."""
    old_origins = {row["station"]: row["origin"] for row in rows("old_posts") if row["origin"]}
    origins = {code for codes in _origins().values() for code in codes}
    return old_origins | {
        code: station.name for code, station in _stations().items() if code in origins
    }


@cache
def _post_names() -> frozenset[str]:
    return frozenset((*_names().values(), *_origins()))


def is_post(name: str) -> bool:
    """Return whether a name is the origin of a post."""
    return name in _post_names()


def post_named(origin: str) -> str:
    """Return the one name of an origin that the site prints in several ways: `Mission Geneva`."""
    codes = origin_stations(origin)
    names = [_names()[code] for code in codes if code in _names()]
    return origin if origin in names or len(codes) != 1 or not names else names[0]


def post_addressed(printed: str) -> str | None:
    """Return the post that an addressee such as `AMEMBASSY RABAT` is, by its name as an origin.

    None for what is no post, and if the name does not say which: `BRUSSELS`, or an embassy where
    only a consulate is known.
    """
    first_word, _, place = printed.upper().partition(" ")
    post_kinds = _KINDS.get(first_word, ())
    for name_part in (place, printed) if post_kinds else (printed,):
        letters = name_part.upper().translate(_NOT_IN_CODES)
        code = letters if letters in _names() else station_alias(name_part)
        if code is None or (not post_kinds and (len(letters) < _SHORTEST or code in _DOUBTFUL)):
            continue
        name = _names().get(code)
        if name and (not post_kinds or name.startswith(post_kinds)):
            return name
    return None


def is_same_post(printed: str, origin: str) -> bool:
    """Return whether an addressee is a post of this origin, judged by the names alone.

    `AMEMBASSY QUAYHAVEN` is `Embassy Quayhaven`, which no table has.
    """
    first_word, _, place = printed.upper().partition(" ")
    letters = origin.upper().translate(_NOT_IN_CODES)
    return any(
        letters == f"{kind} {place}".upper().translate(_NOT_IN_CODES)
        for kind in _KINDS.get(first_word, ())
    )


@cache
def bureau(origin: str) -> str:
    """Return the regional bureau of an origin, as in `Station.region`; empty if unknown."""
    stations = (station(code) for code in origin_stations(origin))
    return next((post.region for post in stations if post and post.region), "")


def nara_station(prefix: str) -> str | None:
    """Return the station for six letters of a document number of 1973-79, if it differs."""
    return pairs("nara_prefixes").get(prefix) or _old_prefixes().get(prefix)

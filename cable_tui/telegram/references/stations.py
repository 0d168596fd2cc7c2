"""Stations as named in REF lines: with prefixes of posts, other spellings, one wrong letter."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache

from cable_tui.glossary import posts
from cable_tui.telegram.body_labels import one_off

_PREFIXES = (
    "AMEMBASSY AMEMB EMBASSY AMCONSULATE AMCONSUL AMCONGEN CONSULATE CONGEN USMISSION USINT USLO "
    "MISSION EFTO"
).split()
_SHORT = {"WASHDC": "STATE", "BSAS": "BUENOSAIRES"}
"""Names that posts use but no table of stations contains."""
_MOST_WORDS = 5
_SHORTEST_SLIP = 5
"""The minimum length, in letters, of a name with a slip: shorter names resemble other words."""


def station_at_end(words: list[str], learned: frozenset[str]) -> tuple[str, int] | None:
    """Return the station that ends a list of words in capitals, and how many words it takes.

    The longest known name is used, including the words for the type of post in front (`AMEMBASSY`).
    `learned` contains codes that an archive knows from its own IDs; the tables are consulted
    second.
    """
    for word_count in range(min(len(words), _MOST_WORDS), 0, -1):
        station_name = "".join(words[-word_count:])
        code = station_name if station_name in learned else known(station_name)
        if code:
            return code, word_count
    return None


@lru_cache(maxsize=8)
def endings(learned: frozenset[str]) -> frozenset[str]:
    """Return endings, three letters or more, of every name of a station, for quick rejection."""
    station_names = {*learned, *_SHORT, *posts.station_spellings()}
    return frozenset(
        station_name[start_index:]
        for station_name in station_names
        for start_index in range(len(station_name) - 2)
    )


@lru_cache(maxsize=4096)
def known(name: str) -> str | None:
    """Return the code of a station by its name in capitals without spaces, or None."""
    if code := _exact(name):
        return code
    for post_prefix in _PREFIXES:
        if name.startswith(post_prefix) and (code := _exact(name[len(post_prefix) :])):
            return code
    return None


def _exact(name: str) -> str | None:
    if name in _SHORT:
        return _SHORT[name]
    if posts.station(name):
        return name
    return posts.station_alias(name) if len(name) > 1 else None


@lru_cache(maxsize=4096)
def nearest(name: str) -> str | None:
    """Return the one station that differs from a name in one letter or two swapped neighbours.

    Return None if there is no such station, or more than one.
    """
    if not _SHORTEST_SLIP <= len(name) <= 24:
        return None
    codes_by_deletion = _neighbourhood()
    similar_codes = {
        code
        for shorter_name in _deletions(name)
        for code in codes_by_deletion.get(shorter_name, ())
    }
    candidate_codes = {code for code in similar_codes if one_off(name, code)}
    return candidate_codes.pop() if len(candidate_codes) == 1 else None


@cache
def _neighbourhood() -> dict[str, tuple[str, ...]]:
    """Return each station by its name and by its name with one letter removed."""
    codes_by_name: dict[str, list[str]] = defaultdict(list)
    for station in posts.stations():
        if len(station.code) >= _SHORTEST_SLIP:
            for shorter_name in _deletions(station.code):
                codes_by_name[shorter_name].append(station.code)
    return {shorter_name: tuple(codes) for shorter_name, codes in codes_by_name.items()}


def _deletions(name: str) -> set[str]:
    return {
        name,
        *(name[:letter_index] + name[letter_index + 1 :] for letter_index in range(len(name))),
    }

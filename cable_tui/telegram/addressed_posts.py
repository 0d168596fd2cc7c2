"""The posts that one line of addressees means, if its name alone does not say which.

Some posts' machines printed the month in place of the number, and lost the end of the line with it:
`RUEHLP/AMEMBASSY LA PAZ APR QUITO 0260` is La Paz, without a number, and Quito. The route at the
beginning of a line names a terminal (`glossary.tables.route`), which the offices of one city share.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cable_tui.base.cable import AddresseeReading
from cable_tui.base.pattern import pattern
from cable_tui.glossary import posts, tables

READINGS: Mapping[AddresseeReading, str] = {
    "route": "the line has more than its name, and the route says which",
    "line": "the second post on a line",
    "repaired": "a letter of its name is repaired",
    "doubted": "doubted, name and route on the line are of different posts",
}
"""What each reading means, for readers."""
_KIND = pattern(r"(?:AM(?:EMB|CO[MN]S|CONGEN)[A-Z]*|US[ ]?MISSION|USINT|EMBASSY|CONSULATE)[ ]")
_NO_PLACE = pattern(
    r"(?:(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|[0-9]{1,5}"
    r"|PRIORITY|IMMEDIATE|ROUTINE)(?:[ ]+|$)){1,4}"
)
_WORDS = ("AMEMBASSY", "AMCONSUL", "AMCONGEN", "SECSTATE", "USMISSION")
"""The words before a place in which a letter that a scan got wrong is repaired."""
_LONGEST = 12
"""The most words of a name that are read; the longest seen has seven."""


class AddressedPost(NamedTuple):
    """One addressee of a line."""

    name: str
    reading: AddresseeReading = ""


def repaired(name: str) -> str:
    """Return the name of a post whose first word has one wrong letter: `AMEMBISSY LIMA`.

    Empty if nothing, or more than one word, fits, or the place is not known.
    """
    word, _, word_place = name.partition(" ")
    words_like_it = [
        known_word
        for known_word in _WORDS
        if len(known_word) == len(word) and _differ_by_one(known_word, word)
    ]
    if len(words_like_it) != 1 or not word_place:
        return ""
    repaired_name = f"{words_like_it[0]} {word_place}"
    return repaired_name if posts.post_addressed(repaired_name) else ""


def _differ_by_one(one: str, other: str) -> bool:
    return sum(left != other_letter for left, other_letter in zip(one, other, strict=True)) == 1


def addressed_posts(route: str | None, name: str) -> tuple[AddressedPost, ...]:
    """Return the addressees that a line names, the one with its number last.

    A name that says which office is meant, or that is no post, is returned as it is.
    """
    whole_name = AddressedPost(name)
    plain_name = name.split("//", 1)[0].rstrip(" ,;/")
    post_named = posts.post_addressed(plain_name)
    if post_named is None and (repaired_name := repaired(plain_name)):
        return (AddressedPost(repaired_name, "repaired"),)
    if post_named is None and not _KIND.match(plain_name):
        return (whole_name,)
    terminal = (tables.route(route) if route else None) or ""
    by_route = posts.post_addressed(terminal)
    if post_named is not None:
        if by_route is None or _share_a_city(post_named, by_route):
            return (whole_name,)
        return AddressedPost(terminal, "doubted"), AddressedPost(name, "doubted")
    first_post, rest_of_name = _first_post(plain_name)
    if first_post:
        return _of_several(first_post, rest_of_name, terminal, by_route) or (whole_name,)
    if by_route is None:
        return (whole_name,)
    office = _KIND.sub("", plain_name, count=1)
    cities = {city.upper() for city in _cities(by_route)}
    if office in cities:  # another office at the terminal, such as a mission beside an embassy
        return (whole_name,)
    if any(f" {city} " in f" {office} " for city in cities):
        return (AddressedPost(terminal, "route"),)
    return AddressedPost(terminal, "doubted"), AddressedPost(name, "doubted")


def _of_several(
    first: str, rest: str, terminal: str, by_route: str | None
) -> tuple[AddressedPost, ...]:
    """Return the addressees of a name that begins with a post and goes on."""
    no_place = _NO_PLACE.match(rest)
    second_name = rest[no_place.end() :].strip(" ,;/") if no_place else rest
    first_named = posts.post_addressed(first)
    second_post = posts.post_addressed(second_name) if second_name else None
    if by_route is None:
        # Only what the line itself shows: a month, or a post that could not be a part of the name.
        if second_name and second_post is None:
            return ()
        readings = [AddressedPost(first, "doubted")]
    elif first_named is not None and _share_a_city(first_named, by_route):
        readings = [AddressedPost(first, "route")]
    else:
        readings = [AddressedPost(terminal, "doubted"), AddressedPost(first, "doubted")]
    if second_post is not None and second_post not in (first_named, by_route):
        readings.append(AddressedPost(second_name, "line"))
    return tuple(readings)


def _first_post(name: str) -> tuple[str, str]:
    """Return the longest beginning that names a post, and what follows it; empty if none does."""
    words = name.split()[:_LONGEST]
    for end in range(len(words) - 1, 1, -1):
        first_words = " ".join(words[:end])
        if posts.post_addressed(first_words):
            return first_words, " ".join(name.split()[end:])
    return "", ""


def _share_a_city(name: str, other: str) -> bool:
    return name == other or not _cities(name).isdisjoint(_cities(other))


def _cities(name: str) -> frozenset[str]:
    """Return the cities of the stations of an origin."""
    stations = (posts.station(code) for code in posts.origin_stations(name))
    return frozenset(station.city for station in stations if station)

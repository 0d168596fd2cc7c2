"""Find the posts that one line of addressees names, if the name alone is ambiguous.

Some posts' machines printed the month instead of the number and lost the rest of the line:
`RUEHLP/AMEMBASSY LA PAZ APR QUITO 0260` names La Paz, without a number, and Quito. The route at the
beginning of a line contains a terminal (`glossary.tables.route`), which the offices in one city
share.
"""

from __future__ import annotations

from collections.abc import Mapping

from cable_tui.base.cable import AddresseeReading
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.glossary import posts, tables

READINGS: Mapping[AddresseeReading, str] = {
    "route": "the line contains more than the post's name; the routing indicator identifies the "
    "post",
    "line": "the second post on a line",
    "repaired": "a letter of its name was corrected",
    "doubted": "doubtful: the name and the routing indicator belong to different posts",
}
"""The explanation of each reading that readers see."""
_KIND = pattern(r"(?:AM(?:EMB|CO[MN]S|CONGEN)[A-Z]*|US[ ]?MISSION|USINT|EMBASSY|CONSULATE)[ ]")
_NO_PLACE = pattern(
    r"(?:(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|[0-9]{1,5}"
    r"|PRIORITY|IMMEDIATE|ROUTINE)(?:[ ]+|$)){1,4}"
)
_WORDS = ("AMEMBASSY", "AMCONSUL", "AMCONGEN", "SECSTATE", "USMISSION")
"""The words before a place name in which one wrongly scanned letter is corrected."""
_LONGEST = 12
"""The maximum number of words of a name that are compared; the longest known name has seven."""


class AddressedPost(NamedTuple):
    """One addressee on a line."""

    name: str
    reading: AddresseeReading = ""


def repaired(name: str) -> str:
    """Return the corrected name of a post whose first word has one wrong letter: `AMEMBISSY LIMA`.

    Return an empty string if no word or more than one word fits, or if the place is unknown.
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


def _differ_by_one(first_word: str, second_word: str) -> bool:
    return (
        sum(
            letter != other_letter
            for letter, other_letter in zip(first_word, second_word, strict=True)
        )
        == 1
    )


def addressed_posts(route: str | None, name: str) -> tuple[AddressedPost, ...]:
    """Return the addressees named on a line; the last of them has the line's number.

    A name that identifies one office, or that is not the name of a post, is returned unchanged.
    """
    whole_name = AddressedPost(name)
    plain_name = name.split("//", 1)[0].rstrip(" ,;/")
    post_named = posts.post_addressed(plain_name)
    if post_named is None and (repaired_name := repaired(plain_name)):
        return (AddressedPost(repaired_name, "repaired"),)
    if post_named is None and not _KIND.match(plain_name):
        return (whole_name,)
    terminal_name = (tables.route(route) if route else None) or ""
    route_post = posts.post_addressed(terminal_name)
    if post_named is not None:
        if route_post is None or _share_a_city(post_named, route_post):
            return (whole_name,)
        return AddressedPost(terminal_name, "doubted"), AddressedPost(name, "doubted")
    first_post, rest_of_name = _first_post(plain_name)
    if first_post:
        return _of_several(first_post, rest_of_name, terminal_name, route_post) or (whole_name,)
    if route_post is None:
        return (whole_name,)
    office_name = _KIND.sub("", plain_name, count=1)
    cities = {city.upper() for city in _cities(route_post)}
    if office_name in cities:  # another office at the terminal, such as a mission beside an embassy
        return (whole_name,)
    if any(f" {city} " in f" {office_name} " for city in cities):
        return (AddressedPost(terminal_name, "route"),)
    return AddressedPost(terminal_name, "doubted"), AddressedPost(name, "doubted")


def _of_several(
    first_name: str, text_after: str, terminal_name: str, route_post: str | None
) -> tuple[AddressedPost, ...]:
    """Return the addressees in a name that begins with a post and continues after it."""
    month_match = _NO_PLACE.match(text_after)
    second_name = text_after[month_match.end() :].strip(" ,;/") if month_match else text_after
    first_named = posts.post_addressed(first_name)
    second_post = posts.post_addressed(second_name) if second_name else None
    if route_post is None:
        # Only what the line itself shows: a month, or a post that could not be a part of the name.
        if second_name and second_post is None:
            return ()
        addressed = [AddressedPost(first_name, "doubted")]
    elif first_named is not None and _share_a_city(first_named, route_post):
        addressed = [AddressedPost(first_name, "route")]
    else:
        addressed = [AddressedPost(terminal_name, "doubted"), AddressedPost(first_name, "doubted")]
    if second_post is not None and second_post not in (first_named, route_post):
        addressed.append(AddressedPost(second_name, "line"))
    return tuple(addressed)


def _first_post(name: str) -> tuple[str, str]:
    """Return the longest beginning of a name that is a post, and the rest; both may be empty."""
    name_words = name.split()[:_LONGEST]
    for word_count in range(len(name_words) - 1, 1, -1):
        first_words = " ".join(name_words[:word_count])
        if posts.post_addressed(first_words):
            return first_words, " ".join(name.split()[word_count:])
    return "", ""


def _share_a_city(name: str, other_name: str) -> bool:
    return name == other_name or not _cities(name).isdisjoint(_cities(other_name))


def _cities(name: str) -> frozenset[str]:
    """Return the cities in which the stations of an origin are."""
    stations = (posts.station(code) for code in posts.origin_stations(name))
    return frozenset(station.city for station in stations if station)

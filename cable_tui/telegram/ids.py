"""Reference IDs: their grammar, their canonical form, and references as people type or paste them.

A well-formed ID consists of two digits of a year, a station in capitals and a serial without
leading zeros: `09CASABLANCA27`. A cable with a malformed ID is kept.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.glossary import posts

_FIRST_YEAR = 1950
"""The first year of the two-digit range: 50 and above are in the twentieth century. The oldest
published cable was sent in 1966.
"""
_LONGEST = 400
"""The maximum length, in characters, of a pasted reference; longer texts are not parsed."""

_ID = pattern(r"([0-9]{2})([A-Z]{2,40})([0-9]{1,7})")
_LONG_YEAR = pattern(r"(?:19|20)([0-9]{2})([A-Z]{2,40})([0-9]{1,7})")
_TYPED = pattern(
    r"#?(?P<year>(?:19|20)?[0-9]{2})[ _-]{0,3}"
    r"(?P<station>[A-Za-z](?:[A-Za-z]|[ .'’_-](?=[A-Za-z])){1,40})[ _.-]{0,3}(?P<serial>[0-9]{1,7})"
    r"(?:_[ab])?(?:\.html?)?"
    r"(?:[ ,:]{0,3}(?:\#|¶|§|[Pp]ara(?:graph)?s?\b\.?)[ ]?(?P<label>[A-Za-z0-9]{0,8}))?"
)
_AIRGRAM = pattern(r"[ 0-9]C?A-[ ]?[0-9]{1,5}$", re.IGNORECASE)
"""The end of a reference to an airgram, `78 STATE A-226`, which is not a cable."""
_GLUED = pattern(
    r"(?P<id>[0-9]{2}[A-Z0-9]{2,50})(?:[ ]{0,3}(?:#|¶)[ ]?(?P<label>[A-Za-z0-9]{0,8}))?"
)
_IN_LINK = pattern(
    r"(?:/cable/[0-9]{4}/[0-9]{2}/|/cables?/|[?&]id=)(?P<rest>[0-9][A-Za-z0-9_.]{3,60})"
    r"(?:[^#\s]{0,200}#(?P<label>\S{1,20}))?"
)
_EDITION = pattern(
    r"(?:<?(?:https?://)?history\.state\.gov/historicaldocuments/)?"
    r"(?P<volume>frus[0-9]{4}(?:-[0-9]{2,4})?[A-Za-z0-9]{0,40})"
    r"[ ]{0,2}/[ ]{0,2}(?P<document>d[0-9]{1,4}[a-z]?)(?:[?][^#\s]{0,200})?"
    r"(?:[ ,:]{0,3}(?:\#|¶|§|para(?:graph)?s?\b\.?)[ ]?(?P<label>[A-Za-z0-9]{0,12}))?",
    re.IGNORECASE,
)
"""A document in `Foreign Relations of the United States`, `frus1955-57v17/d89`, or a link to it."""
_LABEL = pattern(r"(?:par)?([0-9]{1,3}[a-z]?|[A-Z])")


class IdParts(NamedTuple):
    """The parts of a well-formed reference ID."""

    year: int
    """The year in four digits."""
    station: str
    serial: int


def full_year(year: int) -> int:
    """Return a year in four digits: 66 is 1966, 9 is 2009, and four digits are unchanged."""
    if year > 99:
        return year
    return year + (1900 if year + 1900 >= _FIRST_YEAR else 2000)


def compose(year: int, station: str, serial: int) -> str:
    """Return the ID for a year (two or four digits), a station's code and a serial."""
    return f"{year % 100:02d}{station}{serial}"


@lru_cache(maxsize=64)  # several fields of a cable ask for its own
def split(canonical: str) -> IdParts | None:
    """Return the parts of a canonical ID, or None if it is not well formed."""
    match = _ID.fullmatch(canonical)
    if match is None:
        return None
    return IdParts(full_year(int(match[1])), match[2], int(match[3]))


def canonical_id(text_given: str) -> str:
    """Return the ID that references and bookmarks use for a cable.

    A known malformed ID is replaced with the correct ID; any other loses its spaces and leading
    zeros and is put in capitals. A four-digit year is shortened, and the stations of 1973-79 are
    recognized (`1973NEWDE07645`). A text that is not an ID is returned unchanged, except that
    surrounding spaces are removed. Raises no error.
    """
    match = _ID.fullmatch(text_given)
    if match and match[1][0] != "7" and match[3][0] != "0" and posts.malformed(text_given) is None:
        return text_given
    compact_id = "".join(text_given.split()).upper()
    if known_id := posts.malformed(compact_id):
        return known_id
    if match := _ID.fullmatch(compact_id):
        station = _of_the_seventies(match[2]) if match[1][0] == "7" else match[2]
        return compose(int(match[1]), station, int(match[3]))
    if match := _LONG_YEAR.fullmatch(compact_id):
        return compose(int(match[1]), _of_the_seventies(match[2]), int(match[3]))
    return text_given.strip()


def _of_the_seventies(name: str) -> str:
    """Return the station for a name from the archive of 1973-79.

    The name may be cut to six characters, or be an old name.
    """
    if posts.station(name):
        return name
    return posts.nara_station(name) or posts.station_alias(name) or name


def reference_in(text: str) -> tuple[str, str | None] | None:
    """Return the canonical ID and paragraph label that a whole text represents, or None.

    Understands `09CASABLANCA27`, `09 casablanca 0027`, `2009 Rio de Jan 27`, `09CASABLANCA27#par3`,
    `09CASABLANCA27 ¶3`, the hashtag, and links to the sites that have published the cables.
    """
    text = text.strip().strip("<>()[]\"'.,;").strip()
    if len(text) > _LONGEST:
        return None
    if match := _EDITION.fullmatch(text):
        # The id of a document in a volume; small letters but for names within, as it is published.
        volume_id = match["volume"]
        volume_id = volume_id.lower() if volume_id.isupper() else f"frus{volume_id[4:]}"
        return f"{volume_id}/{match['document'].lower()}", _label(match["label"])
    if match := _IN_LINK.search(text):
        return _from_link(match)
    if match := _TYPED.fullmatch(text):
        if _AIRGRAM.search(text):
            return None
        station = _station(match["station"])
        typed_id = compose(int(match["year"]), station, int(match["serial"]))
        return canonical_id(typed_id), _label(match["label"])
    if (match := _GLUED.fullmatch(text.upper())) and (known_id := posts.malformed(match["id"])):
        return known_id, _label(text[match.start("label") :] if match["label"] else None)
    return None


def _from_link(match: re.Match[str]) -> tuple[str, str | None] | None:
    last_part = unquote(match["rest"]).split(".")[0]
    if typed_id := _TYPED.fullmatch(last_part):
        last_part = compose(
            int(typed_id["year"]), typed_id["station"].upper(), int(typed_id["serial"])
        )
    linked_id = canonical_id(last_part)
    return (linked_id, _label(match["label"])) if split(linked_id) else None


def _station(name: str) -> str:
    """Return the code of a typed station.

    An unknown station is returned in capitals without spaces.
    """
    code = "".join(letter for letter in name.upper() if "A" <= letter <= "Z")
    if posts.station(code):
        return code
    return posts.station_alias(code) or posts.nara_station(code) or code


def _label(text: str | None) -> str | None:
    match = _LABEL.fullmatch(text) if text else None
    return match[1] if match else None

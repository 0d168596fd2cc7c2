"""The names for the facts of a cable in tables, and the forms of their values.

The names are those of the Cablegate dump and of programs that load it, of PlusD, the History Lab,
the National Archives, and of our own exports.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from cable_tui.base.pattern import pattern
from cable_tui.glossary import posts
from cable_tui.telegram import ids

Facts = Mapping[str, str]
"""Values of one record by the `key` of their column."""

ROLES: dict[str, tuple[str, ...]] = {
    "id": tuple(
        """
        referenceid canonicalid refid docnbr documentnumber docnumber documentnbr docid
        documentid cableid cablereference cableref cablenumber referencenumber refno mrn
        messagereferencenumber identifier cable reference ref
        originid wikileaksid id key uid slug name number
        filename file filepath path localtitle localname url link uri href source
        chunkid
        """.split()
    ),
    "created": tuple(
        """
        created createdat date datetime cabledate authored draftdate sentdate documentdate docdate
        sent datesent datecreated creationdate createdon datecabled transmitted timestamp time
        written datum fecha
        """.split()
    ),
    "released": tuple("released releasedate releasedat datereleased publicationdate".split()),
    "classification": tuple(
        """
        originalclassification classification origclass classificationlevel secrecy marking
        currentclassification class level einstufung klassifizierung clasificacion
        """.split()
    ),
    "origin": tuple(
        """
        origin from fromfield embassy origindescription originname sender post source office mission
        originator station author herkunft absender origen origine
        """.split()
    ),
    "title": tuple("subject title subj headline label betreff asunto objet sujet".split()),
    "tags": tuple("tags tag tagcodes tagslist".split()),
    "concepts": tuple("concepts concept keywords".split()),
    "references": tuple(
        """
        references refs reference referencelist referencedcables cites citations destinationid
        destination ref reftels
        """.split()
    ),
    "header": tuple(
        "header metadata transmissionheader headers heading cableheader head preamble".split()
    ),
    "body": tuple(
        """
        rawcontent rawbody body content text fulltext cabletext bodytext messagetext message
        contents rawtext cablebody document textcontent html pagecontent
        """.split()
    ),
    "articles": tuple("articles media articlelinks mediauri mediauris".split()),
    "locator": ("locator",),
    "markings": ("markings",),
    "subjectmarking": ("subjectmarking",),
    "createdfrom": ("createdfrom",),
}
"""Keys of columns by their meaning, the clearest first."""

FIELDS = {"text": "body", "date": "created", "subject": "title"}
"""Fields that a reader may name the column of, by their roles if these have other names."""
FILES = frozenset(ROLES["id"][ROLES["id"].index("filename") : -1])
"""Keys of columns that hold names of files or addresses: in a table of texts these may be ids."""
BODIES = frozenset(ROLES["body"])
"""Keys of columns that hold the text of a cable."""

OWN = "own id"
"""The key of the column that a plan has identified as that of the ids."""
PARTS = "parts of the text"
"""The key of what is said of the parts of a record's text: which are missing or repeated."""
NO_ANCHORS = "no anchors"
"""The key of a sign that a cable's paragraphs have no anchors."""
IDS = frozenset(ROLES["id"])
"""Keys of columns that may hold the ids of cables."""
STRONG_IDS = frozenset(ROLES["id"][: ROLES["id"].index("originid")])
"""Names of an id that are trusted whatever their values look like."""
HEADLESS = ("number", "created", "referenceid", "origin", "classification", "references", "header")
"""The columns of the dump before its body."""

ID = rb"#?(?:19|20)?[0-9]{2}[ _-]?[A-Za-z][A-Za-z.'_ -]{1,40}[0-9]{1,7}(?:_[A-Za-z])?"
"""An id, in the form of a file of records."""
_PLAIN = pattern(r"[\W_]+")
_ID = pattern(
    r"#?(?:19|20)?[0-9]{2}[ _-]{0,2}(?P<station>[A-Z][A-Z.'’ _-]{1,40}[A-Z])[ _.]{0,3}"
    r"(?:[AC][ -]{0,3})?[0-9]{1,7}(?:_[A-Z])?",
)
_MONTHS = frozenset("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC AM PM UTC GMT".split())
_APART = pattern(r"[\s_./–—-]+")
"""What people write between year, station and number."""
_AROUND = " \t\r\n#'=\""
"""What is written around an id, also by programs that keep Excel from reading it as a number."""
_ENDING = pattern(r"(?<=[0-9])_[A-Za-z]$")
"""The letter of an archive, as in PlusD's ids."""
_CLASS = pattern(
    r"(?:UN|DE)?CLASSIFIED\b|CONFIDENTIAL\b|SECRET\b|TOP SECRET\b|LIMITED OFFICIAL USE\b|SBU\b",
)
_DATE = pattern(
    r"(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4})(?:\b|T).{0,20}"
)
_SENT = pattern(r"(?:^|\n)(?:VZCZC|[OPRZ]{1,4}(?: [OPRZ])* [0-9]{6}Z |FM [A-Z])|partial extract")
_LONGEST_ID = 80
_FILE = pattern(r"(?:.{0,400}[/\\])?([^/\\]{1,80}?)(?:_[a-z])?(?:\.[A-Za-z0-9]{2,5}){0,2}")
"""The name of a file, without folders and endings."""
_PART = pattern(
    r"(?P<id>.{4,200}?)[\s_.:#/-]{1,3}(?:(?:chunk|page|part|para(?:graph)?|sec(?:tion)?|seg(?:ment)?"
    r"|node|p|c)[\s_.:#-]{0,2})?(?P<number>[0-9]{1,6})",
    re.IGNORECASE,
)
_INDEXES = frozenset(("", "column0", "unnamed0", "index", "id"))
"""Keys of columns that a program adds to those of a table."""
_MANY = 0.5
"""The share of a column's values that must have the form of its meaning."""


@lru_cache(maxsize=64)
def chosen(columns: str) -> dict[str, str]:
    """Return roles by the keys of the columns that a reader has named, as `Format.columns`.

    Of two roles of a column the id counts: without one no table is read.
    """
    columns_named = json.loads(columns) if columns else {}
    roles = [(key(column), FIELDS.get(field, field)) for field, column in columns_named.items()]
    roles.sort(key=lambda pair: pair[1] == "id")
    return {name: role for name, role in roles if role in ROLES}


@lru_cache(maxsize=1 << 12)
def key(name: str) -> str:
    """Return a column's name for comparing: `referenceid` for `Reference ID:`, `reference_id`."""
    return _PLAIN.sub("", name[:200].lower())


def looks_like_id(value: str) -> bool:
    """Return whether a value has the form of a cable's reference, as `1974TEHRAN A-100`."""
    text = value[: _LONGEST_ID + 1].strip().upper()
    if len(text) > _LONGEST_ID:
        return False
    match = _ID.fullmatch(text)
    if match and len(match["station"]) > 2 and match["station"].strip() not in _MONTHS:
        return True
    return not text.isalnum() and joined_id(text) != ""


@lru_cache(maxsize=1 << 10)
def joined_id(value: str) -> str:
    """Return the id in a value with other signs between its parts: `10-CAIRO-203`, `#10CAIRO203`.

    The id is empty if its station is not known: `10-MARCH-2009` is a day.
    """
    text = _APART.sub(" ", _ENDING.sub("", value.strip(_AROUND)))
    return id_of_a_post(text) if text != value and len(text) <= _LONGEST_ID else ""


def id_of_a_post(text: str) -> str:
    """Return the id in a text if its station is known; empty otherwise."""
    reference = ids.reference_in(text)
    id_parts = ids.split(reference[0]) if reference else None
    return reference[0] if reference and id_parts and posts.station(id_parts.station) else ""


def stem(name: str, value: str) -> str:
    """Return a value; the ID in a file's name without folders and endings: `a/09LIMA27.txt`."""
    match = _FILE.fullmatch(value.strip()) if name in FILES or name == OWN else None
    if match and looks_like_id(match[1]):
        return match[1]
    name_part = part_of(value)
    return name_part[0] if name_part else value


def part_of(value: str) -> tuple[str, int] | None:
    """Return the id and the number of a part: `10CAIRO203_3`, `10CAIRO203.txt-chunk-3`."""
    match = _PART.fullmatch(value.strip()) if value[-1:].isdecimal() else None
    if match is None or looks_like_id(value):
        return None
    file = _FILE.fullmatch(match["id"])
    own_id = file[1] if file else match["id"]
    return (own_id, int(match["number"])) if looks_like_id(own_id) else None


def first(facts: Facts, role: str) -> str:
    """Return the first filled value among the columns with this meaning."""
    for name in ROLES[role]:
        fact_value = facts.get(name)
        if fact_value and fact_value.strip():
            return fact_value
    return ""


def id_name(facts: Facts) -> str:
    """Return the key of the column that holds a record's id; empty if no column does.

    If the file has a plan, the plan names it. Otherwise a value in the form of a reference decides;
    then a name that cannot mean another number.
    """
    if facts.get(OWN, "").strip():
        return OWN
    fallback = ""
    for name in ROLES["id"]:
        fact_value = facts.get(name, "")
        if fact_value and looks_like_id(stem(name, fact_value)):
            return name
        if not fallback and name in STRONG_IDS and fact_value.strip():
            fallback = name
    return fallback


def roles_named(names: Iterable[str]) -> set[str]:
    """Return the possible meanings of columns with these keys."""
    names_given = list(names)
    known_names = {*names_given, *unprefixed(names_given).values()}
    return {role for role, keys in ROLES.items() if not known_names.isdisjoint(keys)}


def unprefixed(names: Sequence[str]) -> dict[str, str]:
    """Return names that mean nothing, by what they mean without the start that all of them share.

    `cable_tags` beside `cable_id` means `tags`. The start is the one that gives most of them a
    meaning.
    """
    own_names = [name for name in names if name not in _INDEXES]
    least_name, greatest_name = min(own_names, default=""), max(own_names, default="")
    candidates = (
        {name: name[end:] for name in own_names if name not in _NAMED and name[end:] in _NAMED}
        for end in range(2, len(least_name) + 1)
        if len(own_names) > 1 and greatest_name.startswith(least_name[:end])
    )
    return max(candidates, key=len, default={})


def guessed(names: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Guess the meanings of columns with unknown names from the values of some rows.

    Only an id, a date, a classification and a long text can be told by their values.
    """
    known_roles = roles_named(names)
    columns = {
        name: [row[index] for row in rows if index < len(row) and row[index].strip()]
        for index, name in enumerate(names)
        if name not in _NAMED
    }
    meanings: dict[str, str] = {}
    if not any(id_name(dict(zip(names, row, strict=False))) for row in rows):
        _take("referenceid", columns, lambda value: looks_like_id(stem("", value)), meanings)
    if "created" not in known_roles:
        _take("created", columns, is_date, meanings)
    if "classification" not in known_roles:
        _take("classification", columns, is_classification, meanings)
    if "header" not in known_roles:
        _take("header", columns, lambda value: bool(_SENT.search(value, 0, 400)), meanings)
    if "body" not in known_roles:
        longest = max(columns, key=lambda name: max(map(len, columns[name]), default=0), default="")
        if max(map(len, columns.get(longest, ())), default=0) > 200:
            meanings[longest] = "body"
        else:  # what begins as a header goes on as a body
            meanings = {
                name: "body" if role == "header" else role for name, role in meanings.items()
            }
    return meanings


_NAMED = frozenset(name for keys in ROLES.values() for name in keys)


def is_date(value: str) -> bool:
    """Return whether a value has the form of a date."""
    return len(value) < _LONGEST_ID and bool(_DATE.fullmatch(value.strip()))


def is_classification(value: str) -> bool:
    """Return whether a value begins with a classification."""
    return len(value) < 80 and bool(_CLASS.match(value.strip().upper()))


def _take(
    role: str, columns: dict[str, list[str]], fits: Callable[[str], bool], meanings: dict[str, str]
) -> None:
    for name, values in columns.items():
        if values and sum(map(fits, values)) > len(values) * _MANY:
            meanings[name] = role
            del columns[name]
            return

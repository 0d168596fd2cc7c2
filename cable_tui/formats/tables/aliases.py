"""Column names that tables use for the facts of a cable, and the forms of the values.

The names are from the Cablegate dump and programs that load it, PlusD, the History Lab, the
National Archives, and our own exports.
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
"""The values of one record by column key; see `key`."""

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
"""Column keys for each fact of a cable (its role), most specific first."""

FIELDS = {"text": "body", "date": "created", "subject": "title"}
"""Roles by the names that settings use for them, if the two differ."""
FILES = frozenset(ROLES["id"][ROLES["id"].index("filename") : -1])
"""The keys of columns with file names or addresses, which may serve as IDs in a table
with texts.
"""
BODIES = frozenset(ROLES["body"])
"""Keys of columns that may contain the text of a cable."""

OWN = "own id"
"""The key for the column that a plan has identified as the ID column."""
PARTS = "parts of the text"
"""The key for a note on a record's parts, such as missing or repeated ones."""
NO_ANCHORS = "no anchors"
"""The key for a marker that a cable's paragraphs have no anchors."""
IDS = frozenset(ROLES["id"])
"""Keys of columns that may contain the IDs of cables."""
STRONG_IDS = frozenset(ROLES["id"][: ROLES["id"].index("originid")])
"""Keys of ID columns that are trusted whatever their values look like."""
HEADLESS = ("number", "created", "referenceid", "origin", "classification", "references", "header")
"""The columns of the dump before its body."""

ID = rb"#?(?:19|20)?[0-9]{2}[ _-]?[A-Za-z][A-Za-z.'_ -]{1,40}[0-9]{1,7}(?:_[A-Za-z])?"
"""A regular expression for an ID as written in data files."""
_PLAIN = pattern(r"[\W_]+")
_ID = pattern(
    r"#?(?:19|20)?[0-9]{2}[ _-]{0,2}(?P<station>[A-Z][A-Z.'’ _-]{1,40}[A-Z])[ _.]{0,3}"
    r"(?:[AC][ -]{0,3})?[0-9]{1,7}(?:_[A-Z])?",
)
_MONTHS = frozenset("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC AM PM UTC GMT".split())
_APART = pattern(r"[\s_./–—-]+")
"""Separators that people write between year, station and number."""
_AROUND = " \t\r\n#'=\""
"""Characters around an ID, including those that stop Excel reading it as a number."""
_ENDING = pattern(r"(?<=[0-9])_[A-Za-z]$")
"""The letter that an archive appends to an ID, as in PlusD."""
_CLASS = pattern(
    r"(?:UN|DE)?CLASSIFIED\b|CONFIDENTIAL\b|SECRET\b|TOP SECRET\b|LIMITED OFFICIAL USE\b|SBU\b",
)
_DATE = pattern(
    r"(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4})(?:\b|T).{0,20}"
)
_SENT = pattern(r"(?:^|\n)(?:VZCZC|[OPRZ]{1,4}(?: [OPRZ])* [0-9]{6}Z |FM [A-Z])|partial extract")
_LONGEST_ID = 80
_FILE = pattern(r"(?:.{0,400}[/\\])?([^/\\]{1,80}?)(?:_[a-z])?(?:\.[A-Za-z0-9]{2,5}){0,2}")
"""Matches a file name without folders and extensions."""
_PART = pattern(
    r"(?P<id>.{4,200}?)[\s_.:#/-]{1,3}(?:(?:chunk|page|part|para(?:graph)?|sec(?:tion)?|seg(?:ment)?"
    r"|node|p|c)[\s_.:#-]{0,2})?(?P<number>[0-9]{1,6})",
    re.IGNORECASE,
)
_INDEXES = frozenset(("", "column0", "unnamed0", "index", "id"))
"""Keys of columns that programs add to a table."""
_MANY = 0.5
"""The share of a column's values that must have the form of its role."""


@lru_cache(maxsize=64)
def chosen(columns: str) -> dict[str, str]:
    """Return roles by column key, as assigned by the user in `Format.columns`.

    If a column has two roles, the ID role wins, because a table without an ID cannot be read.
    """
    column_by_field = json.loads(columns) if columns else {}
    role_pairs = [
        (key(column), FIELDS.get(field, field)) for field, column in column_by_field.items()
    ]
    role_pairs.sort(key=lambda pair: pair[1] == "id")
    return {column_key: role for column_key, role in role_pairs if role in ROLES}


@lru_cache(maxsize=1 << 12)
def key(name: str) -> str:
    """Return a column name in a form for comparison: `Reference ID:` becomes `referenceid`."""
    return _PLAIN.sub("", name[:200].lower())


def looks_like_id(value: str) -> bool:
    """Return whether a value has the form of a reference to a cable, such as `1974TEHRAN A-100`."""
    candidate = value[: _LONGEST_ID + 1].strip().upper()
    if len(candidate) > _LONGEST_ID:
        return False
    match = _ID.fullmatch(candidate)
    if match and len(match["station"]) > 2 and match["station"].strip() not in _MONTHS:
        return True
    return not candidate.isalnum() and joined_id(candidate) != ""


@lru_cache(maxsize=1 << 10)
def joined_id(value: str) -> str:
    """Return the ID in a value with separators in it: `10-CAIRO-203`, `#10CAIRO203`.

    Return an empty string if the station is unknown, because `10-MARCH-2009` is a date.
    """
    spaced_value = _APART.sub(" ", _ENDING.sub("", value.strip(_AROUND)))
    return (
        id_of_a_post(spaced_value)
        if spaced_value != value and len(spaced_value) <= _LONGEST_ID
        else ""
    )


def id_of_a_post(text: str) -> str:
    """Return the reference ID in a text if its station is known, otherwise an empty string."""
    reference = ids.reference_in(text)
    id_parts = ids.split(reference[0]) if reference else None
    return reference[0] if reference and id_parts and posts.station(id_parts.station) else ""


def stem(name: str, value: str) -> str:
    """Return the ID in a file name or in the name of a part, or the value if there is none.

    A file name is stripped of folders and extensions: `a/09LIMA27.txt`.
    """
    file_match = _FILE.fullmatch(value.strip()) if name in FILES or name == OWN else None
    if file_match and looks_like_id(file_match[1]):
        return file_match[1]
    id_and_part = part_of(value)
    return id_and_part[0] if id_and_part else value


def part_of(value: str) -> tuple[str, int] | None:
    """Return the ID and part number in a value such as `10CAIRO203_3`.

    Another example is `10CAIRO203.txt-chunk-3`.
    """
    part_match = _PART.fullmatch(value.strip()) if value[-1:].isdecimal() else None
    if part_match is None or looks_like_id(value):
        return None
    file_match = _FILE.fullmatch(part_match["id"])
    own_id = file_match[1] if file_match else part_match["id"]
    return (own_id, int(part_match["number"])) if looks_like_id(own_id) else None


def first(facts: Facts, role: str) -> str:
    """Return the first non-empty value among the columns for a role, or an empty string."""
    for column_key in ROLES[role]:
        fact_value = facts.get(column_key)
        if fact_value and fact_value.strip():
            return fact_value
    return ""


def id_name(facts: Facts) -> str:
    """Return the key of the column with a record's ID, or an empty string.

    If the file has a plan, the plan names the column. Otherwise it is the first column whose value
    has the form of a reference, or a column whose name cannot refer to another kind of number.
    """
    if facts.get(OWN, "").strip():
        return OWN
    fallback_key = ""
    for column_key in ROLES["id"]:
        fact_value = facts.get(column_key, "")
        if fact_value and looks_like_id(stem(column_key, fact_value)):
            return column_key
        if not fallback_key and column_key in STRONG_IDS and fact_value.strip():
            fallback_key = column_key
    return fallback_key


def roles_named(names: Iterable[str]) -> set[str]:
    """Return the roles that columns with these keys may have."""
    column_keys = list(names)
    possible_keys = {*column_keys, *unprefixed(column_keys).values()}
    return {role for role, role_keys in ROLES.items() if not possible_keys.isdisjoint(role_keys)}


def unprefixed(names: Sequence[str]) -> dict[str, str]:
    """Return the column names whose meaning is unknown, each without the prefix that they share.

    For example, `cable_tags` next to `cable_id` means `tags`. The prefix that makes the most names
    meaningful is used.
    """
    candidate_names = [column_name for column_name in names if column_name not in _INDEXES]
    least_name, greatest_name = min(candidate_names, default=""), max(candidate_names, default="")
    candidate_prefixes = (
        {
            column_name: column_name[prefix_length:]
            for column_name in candidate_names
            if column_name not in _NAMED and column_name[prefix_length:] in _NAMED
        }
        for prefix_length in range(2, len(least_name) + 1)
        if len(candidate_names) > 1 and greatest_name.startswith(least_name[:prefix_length])
    )
    return max(candidate_prefixes, key=len, default={})


def guessed(names: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Guess the roles of columns with unknown names from the values of some rows.

    Only IDs, dates, classifications and long texts can be recognized by their values.
    """
    named_roles = roles_named(names)
    values_by_column = {
        column_name: [
            row[column_index]
            for row in rows
            if column_index < len(row) and row[column_index].strip()
        ]
        for column_index, column_name in enumerate(names)
        if column_name not in _NAMED
    }
    role_by_column: dict[str, str] = {}
    if not any(id_name(dict(zip(names, row, strict=False))) for row in rows):
        _take(
            "referenceid",
            values_by_column,
            lambda value: looks_like_id(stem("", value)),
            role_by_column,
        )
    if "created" not in named_roles:
        _take("created", values_by_column, is_date, role_by_column)
    if "classification" not in named_roles:
        _take("classification", values_by_column, is_classification, role_by_column)
    if "header" not in named_roles:
        _take(
            "header",
            values_by_column,
            lambda value: bool(_SENT.search(value, 0, 400)),
            role_by_column,
        )
    if "body" not in named_roles:
        longest_column = max(
            values_by_column,
            key=lambda name: max(map(len, values_by_column[name]), default=0),
            default="",
        )
        if max(map(len, values_by_column.get(longest_column, ())), default=0) > 200:
            role_by_column[longest_column] = "body"
        else:  # what begins as a header goes on as a body
            role_by_column = {
                column_name: "body" if role == "header" else role
                for column_name, role in role_by_column.items()
            }
    return role_by_column


_NAMED = frozenset(name for keys in ROLES.values() for name in keys)


def is_date(value: str) -> bool:
    """Return whether a value has the form of a date."""
    return len(value) < _LONGEST_ID and bool(_DATE.fullmatch(value.strip()))


def is_classification(value: str) -> bool:
    """Return whether a value begins with a classification."""
    return len(value) < 80 and bool(_CLASS.match(value.strip().upper()))


def _take(
    role: str,
    values_by_column: dict[str, list[str]],
    fits: Callable[[str], bool],
    role_by_column: dict[str, str],
) -> None:
    for column_name, column_values in values_by_column.items():
        if column_values and sum(map(fits, column_values)) > len(column_values) * _MANY:
            role_by_column[column_name] = role
            del values_by_column[column_name]
            return

"""FIELDS: the prefixes of the query language that are not facets; TEXTS: the searchable texts.

One entry in `FIELDS` defines the `prefix:` in a query, the validation of its values, its completion
and its line in the help; one function in `archive.search.row_sets` finds its cables. Tools can add
fields: `FIELDS` includes them, and a module of the tool answers them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from cable_tui.base.pattern import pattern
from cable_tui.base.tools import tools
from cable_tui.base.value import Value
from cable_tui.query.facets import FACETS, days_of
from cable_tui.query.flags import BITS, FLAGS
from cable_tui.text import begins, folded_words

OTHERS = "Washington and others"
"""The region for all posts that belong to no other region."""
_REGIONS_OF_BUREAUS = (
    ("Africa", "AF", ""),
    ("East Asia and Pacific", "EAP", ""),
    ("Europe and Eurasia", "EUR", ""),
    ("International organizations", "IO", ""),
    ("Near East and North Africa", "NEA", "Middle Mideast MENA"),
    ("South and Central Asia", "SCA", ""),
    ("Western Hemisphere", "WHA", "Latin Americas Caribbean"),
    (OTHERS, "", ""),
)
"""The regions of the world by the Department's bureaus in 2010: name, bureau, and other words that
people use for the region.
"""
REGIONS = tuple(name for name, _, _ in _REGIONS_OF_BUREAUS)
"""The regions in the order of the filters."""
_OF_BUREAU = {bureau: name for name, bureau, _ in _REGIONS_OF_BUREAUS}


def region_of(bureau: str) -> str:
    """Return the name of the region that a bureau covers."""
    return _OF_BUREAU.get(bureau, OTHERS)


def regions_named(text: str) -> tuple[str, ...]:
    """Return the regions that a text mentions by name, by bureau, or by the beginnings of words.

    `Near East` and `nea` mean one region, `asia` means two, and `africa` means only Africa.
    """
    query_words = folded_words(text)
    if not query_words:
        return ()
    exact_names = [
        name
        for name, bureau_code, _ in _REGIONS_OF_BUREAUS
        if query_words in (folded_words(name), folded_words(bureau_code))
    ]
    return tuple(
        exact_names
        or [
            region[0]
            for region in _REGIONS_OF_BUREAUS
            if begins(query_words, folded_words(" ".join(region)))
        ],
    )


def _no_fault(_: str) -> str:
    return ""


class Field(Value):
    """One `prefix:` that is neither a facet nor a searchable text."""

    name: str
    source: Literal["grammar", "own", "archive", "text"]
    """The source of its values: the grammar pass, the reader's own data, the catalogue as soon as
    the cable is in it, or the texts, which are read at query time.
    """
    help: str
    """A phrase that explains the field, then `: ` and examples separated by commas."""
    complaint: Callable[[str], str] = _no_fault
    """A function that returns what is wrong with a value, or an empty string if it is valid."""
    named: Callable[[str], tuple[str, ...]] = lambda _: ()
    """A function that returns the values of a fixed list that a text may mean; if there is only
    one, the query stores its full name.
    """
    facet: str = ""
    """The facet whose values the field selects, or an empty string. Filters for the facet and the
    field are alternatives.
    """
    narrows: bool = False
    """Whether two filters with this prefix must both match; for any other prefix, the two are
    alternatives.
    """
    noun: str = ""
    answers: str = ""
    """The module that answers the field, for fields added by tools; see `base.tools.QueryField`."""


_OWN: dict[str, str] = {
    "bookmarked": "you bookmarked the cable or one of its paragraphs",
    "noted": "with your note",
    "read": "read by you",
    "unread": "not read yet",
}
_ARRIVED = {"new": "added by the last update"}
_OF_ARCHIVE = {
    "article": "used by a newspaper",
    "missing-ref": "a reference to a missing cable",
    "records": "several versions",
    "versions": "several versions that you can compare",
    "variants": "a version whose words differ from the version shown",
    "unredacted": "one version shows words that another hides",
}


def asks_reader(prefix: str, value: str) -> bool:
    """Return whether a filter needs the reader's own data."""
    return value in _OWN if prefix == "is" else prefix in FIELDS and FIELDS[prefix].source == "own"


def asks_grammar(prefix: str, value: str) -> bool:
    """Return whether a filter's answer is complete only after the grammar has run."""
    if (prefix, value) in BITS or (prefix, value) == ("has", "missing-ref"):
        return True
    return prefix in FIELDS and FIELDS[prefix].source == "grammar"


def asks_text(prefix: str) -> bool:
    """Return whether a filter reads the texts of the cables that contain its words."""
    return prefix in FIELDS and FIELDS[prefix].source == "text"


def is_word_name(prefix: str) -> bool:
    """Return whether a prefix takes a tool's names, each of which represents several words."""
    return prefix in FIELDS and FIELDS[prefix].source == "own" and bool(FIELDS[prefix].answers)


def _flags(prefix: str) -> dict[str, str]:
    return {flag.name: flag.help for flag in FLAGS if flag.prefix == prefix}


CHOICES: dict[str, dict[str, str]] = {
    "is": {**_OWN, **_ARRIVED, **_flags("is")},
    "has": {**_OF_ARCHIVE, **_flags("has")},
}
"""The values of each prefix with a fixed list, each value with its meaning."""


def choice(prefix: str, text: str) -> str | None:
    """Return the value that a text spells out or begins, or None if there are none or several."""
    requested_value = text.strip().casefold().replace(" ", "-").replace("_", "-")
    known_choices = CHOICES[prefix]
    if requested_value in known_choices:
        return requested_value
    choices_by_prefix = [
        value for value in known_choices if requested_value and value.startswith(requested_value)
    ]
    return choices_by_prefix[0] if len(choices_by_prefix) == 1 else None


def _no_choice(prefix: str, text: str) -> str:
    if choice(prefix, text):
        return ""
    did_you_mean = (
        f", did you mean {other_term}?" if (other_term := other_filter(prefix, text)) else ";"
    )
    known_choices = ", ".join(CHOICES[prefix])
    return f"{prefix}:{text} is not known{did_you_mean} {prefix}: takes {known_choices}"


def other_filter(prefix: str, text: str) -> str:
    """Return a filter with another prefix whose fixed list has the value, or an empty string.

    For example, return `class:secret` for `is:secret`, and `is:noforn` for `class:noforn`.
    """
    folded_value = text.strip().casefold()
    for facet in FACETS.values():
        if facet.name != prefix and facet.rank(folded_value) is not None:
            return f"{facet.name}:{folded_value}"
    other_prefixes = (
        other_prefix
        for other_prefix in CHOICES
        if other_prefix != prefix and choice(other_prefix, folded_value)
    )
    return next(
        (f"{other_prefix}:{choice(other_prefix, folded_value)}" for other_prefix in other_prefixes),
        "",
    )


_NUMBER = r"(\d{1,9}(?:\.\d{1,3})?)([km]?)"
_COMPARED = pattern(rf"(>=|<=|>|<)\s*{_NUMBER}", re.IGNORECASE)
_BETWEEN = pattern(rf"(?:{_NUMBER})?\.\.(?:{_NUMBER})?", re.IGNORECASE)
_ALONE = pattern(_NUMBER, re.IGNORECASE)
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000}
MOST = 1 << 40
"""A size larger than any other: the upper end of an open range."""


def sizes(text_given: str) -> tuple[int, int] | None:
    """Return the smallest and the largest size that a text allows, or None if it is invalid.

    A range is written `>20k`, `<=5000`, `5k..20k` or `..300`; `20k` alone is the whole thousand,
    20,000 to 20,999.
    """
    size_text = text_given.replace(",", "").replace("_", "").strip()
    if size_match := _COMPARED.fullmatch(size_text):
        size_number = _number(size_match[2], size_match[3])
        return {
            ">=": (size_number, MOST),
            ">": (size_number + 1, MOST),
            "<=": (0, size_number),
            "<": (0, size_number - 1),
        }[size_match[1]]
    if (size_match := _BETWEEN.fullmatch(size_text)) and size_text != "..":
        least_size = _number(size_match[1], size_match[2]) if size_match[1] else 0
        most_size = _number(size_match[3], size_match[4]) if size_match[3] else MOST
        return (least_size, most_size) if least_size <= most_size else None
    if size_match := _ALONE.fullmatch(size_text):
        size_number = _number(size_match[1], size_match[2])
        return size_number, size_number + _UNITS[size_match[2].lower()] - 1
    return None


def _number(digits: str, unit: str) -> int:
    return round(float(digits) * _UNITS[unit.lower()])


def _no_size(text: str) -> str:
    return "" if sizes(text) else f"{text} is not a valid size, such as >20k, <500, 5k..20k"


def _no_reference(text: str) -> str:
    # Only the grammar knows what a reference is; malformed ids are ids too.
    if re.search(r"\d", text) and re.search(r"[^\W\d_]", text):
        return ""
    return f"{text} is not a reference ID, such as 09RABAT27"


def _no_word(text: str) -> str:
    return "" if re.search(r"[^\W_]", text) else f"{text} contains no letters or digits"


def _no_day(text: str) -> str:
    range_start, dots, range_end = text.partition("..")
    days = (
        days_of(range_start, range_end if dots else range_start)
        if range_start or range_end
        else None
    )
    return (
        ""
        if days and days[0] <= days[1]
        else f"{text} is not a date or range, such as 2026-11-24.."
    )


def _no_region(text: str) -> str:
    if regions_named(text):
        return ""
    return f'{text} is not a region, such as Africa or "Near East"'


_CORE = (
    Field(
        "region",
        "archive",
        'the region of the sending post: region:"Near East", region:africa, region:eur',
        _no_region,
        regions_named,
        "origin",
    ),
    Field(
        "is",
        "archive",
        "bookmarks, captions and other states: is:bookmarked, is:unread, is:new, is:noforn",
        lambda text: _no_choice("is", text),
        narrows=True,
    ),
    Field(
        "has",
        "archive",
        "a feature of the cable: has:missing-ref, has:article, has:redaction, has:versions",
        lambda text: _no_choice("has", text),
        narrows=True,
    ),
    Field("ref", "archive", 'the cable itself: ref:09RABAT27, ref:"09 rabat 0027"', _no_reference),
    Field("cites", "grammar", "cables that cite this one: cites:08STATE127448", _no_reference),
    Field("citedby", "grammar", "cables that this one cites: citedby:09RABAT27", _no_reference),
    Field(
        "chain",
        "grammar",
        "the nearest cables (at most 2,000) that citations link to this one: chain:09RABAT27",
        _no_reference,
    ),
    Field(
        "added",
        "archive",
        "when it was added to the archive: added:2026-11-24.., added:..2026-10",
        _no_day,
    ),
    Field("list", "own", 'one of your lists: list:press, list:"TIP story"'),
    Field("note", "own", "words in your notes: note:press"),
    Field("query", "own", "a saved search as part of the query: query:minors"),
    Field(
        "len", "grammar", "the length of the body in characters: len:>20k, len:5k..20k", _no_size
    ),
    Field("paras", "grammar", "the number of numbered paragraphs: paras:>10, paras:3..5", _no_size),
)


def _with_those_of_tools(core_fields: Iterable[Field]) -> Iterator[Field]:
    tool_fields = [tool_field for tool in tools() for tool_field in tool.query_fields]
    for core_field in core_fields:
        yield core_field
        for tool_field in tool_fields:
            if tool_field.after == core_field.name:
                yield Field(
                    tool_field.name,
                    tool_field.source,
                    tool_field.help,
                    _no_word if tool_field.source == "text" else _no_fault,
                    narrows=tool_field.narrows,
                    noun=tool_field.noun,
                    answers=tool_field.answers,
                )


FIELDS: dict[str, Field] = {field.name: field for field in _with_those_of_tools(_CORE)}
"""Every field by name, in the order of the help."""
NARROWING = tuple(field.name for field in FIELDS.values() if field.narrows)
"""The prefixes that narrow a query: two filters with the same such prefix must both match."""


class TextField(Value):
    """One `prefix:` that searches a single text of each cable; a word or a phrase follows it."""

    name: str
    """The prefix, which is also the name of the field in the text index."""
    help: str
    """A phrase that describes the text, then `: ` and examples separated by commas."""


_ALL_TEXTS = (
    TextField("subject", 'the subject: subject:fishing, subject:"annual report"'),
    TextField("summary", "the summary: summary:corruption"),
    TextField("body", "the text below the header: body:rabat"),
    TextField("header", "the transmission header: header:immediate"),
    TextField("from", 'who sent it: from:rabat, from:ruehrb, from:"embassy rabat"'),
    TextField("to", "who had to act on it: to:secstate, to:ruehc"),
    TextField("info", 'who received it for information: info:cairo, info:"ec collective"'),
    TextField("signed", "who signed it: signed:riley"),
)
TEXTS: dict[str, TextField] = {text.name: text for text in _ALL_TEXTS}
"""Every searchable text by its prefix, in the order of the help."""

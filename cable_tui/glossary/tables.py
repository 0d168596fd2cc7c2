"""Reference tables included in the package, and look-ups of the words that they explain.

They cover acronyms, routing indicators, prosigns and common English words; `data/NOTICE` lists the
sources.

The meanings of classifications, portion markings and reasons are from Executive Order 12958 of
1995, sections 1.3 and 1.5, and as amended by Executive Order 13292 of 2003, sections 1.2 and 1.4.
Markings for sensitive but unclassified texts are from 12 FAM 540. Both orders are public; the
wording is shortened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from cable_tui.base.value import Value
from cable_tui.text.inflections import bases

_DATA = Path(__file__).parent / "data"
"""A plain path, because `importlib.resources` would load the readers of zipped packages."""


def rows(name: str) -> list[dict[str, str]]:
    """Return all rows of `data/NAME.csv`, keyed by column heading.

    An empty value is unknown.
    """
    import csv  # most questions need no table

    return list(csv.DictReader(_read(f"{name}.csv").splitlines()))


def text(name: str) -> str:
    """Return the complete text of `data/NAME.txt`."""
    return _read(f"{name}.txt")


@cache
def word_lists(name: str, folder: Path = _DATA) -> Mapping[str, frozenset[str]]:
    """Return the word lists in `NAME.txt`, each by the name in brackets above it."""
    list_sections = (
        section_text.partition("]") for section_text in _read(f"{name}.txt", folder).split("[")[1:]
    )
    return {
        list_name: frozenset(listed_words.split()) for list_name, _, listed_words in list_sections
    }


def _read(name: str, folder: Path = _DATA) -> str:
    return (folder / name).read_text(encoding="utf-8")


@cache
def pairs(name: str) -> Mapping[str, str]:
    """Return a table as a mapping from its first to its second column; read on first use."""
    return {
        first_value: second_value
        for first_value, second_value, *_ in (row.values() for row in rows(name))
    }


class Acronym(Value):
    """One reading of an acronym."""

    word: str
    expansion: str
    """The expansion; alternatives that no rule distinguishes are separated by `;`."""
    context: str
    """The country tag of cables in which this reading applies, or empty for any cable."""


@cache
def _acronyms() -> dict[str, tuple[Acronym, ...]]:
    acronyms_by_word: dict[str, list[Acronym]] = defaultdict(list)
    for row in rows("acronyms"):
        acronym_text = row["acronym"]
        acronyms_by_word[acronym_text.upper()].append(
            Acronym(acronym_text, row["expansion"], row["context"])
        )
    return {acronym_text: tuple(readings) for acronym_text, readings in acronyms_by_word.items()}


def acronym(word: str) -> tuple[Acronym, ...]:
    """Return the readings of an acronym, most frequent first, or none if it is unknown."""
    return _acronyms().get(word.upper(), ())


def route(indicator: str) -> str | None:
    """Return the name of the office with a routing indicator (`RUEHRB`), or None."""
    return pairs("routes").get(indicator)


_RANKS = {
    "Flash": "highest",
    "Immediate": "second highest",
    "Priority": "third highest",
    "Routine": "lowest",
}
"""Precedences and their rank among the four, from ACP 121."""


def prosign(token: str) -> str | None:
    """Return the meaning of a prosign or caption in a header, or None.

    The table has `Immediate precedence` for letters and `of an addressee` for words; here each
    meaning includes the rank of its precedence.
    """
    meaning = pairs("prosigns").get(token)
    if meaning is None:
        return None
    for precedence, precedence_rank in _RANKS.items():
        meaning = meaning.replace(
            f"{precedence} precedence", f"{precedence}: {precedence_rank} precedence"
        )
    return meaning.removesuffix(" of an addressee")


@cache
def ordinary_words() -> frozenset[str]:
    """Return everyday English words that convey little on their own: `his`, `who`, `many`."""
    return frozenset(text("ordinary_words").split())


@cache
def english_words() -> frozenset[str]:
    """Return common English words of at least four letters, in their base forms."""
    return frozenset(text("english").split())


def is_english(word: str) -> bool:
    """Return whether a folded word is a common English word or an inflected form of one.

    For example, `reasons` and `rejected` are such forms.
    """
    common_words = english_words()
    return word in common_words or any(base_word in common_words for base_word in bases(word))


@cache
def _english_names() -> frozenset[str]:
    return frozenset(text("english_names").split())


def is_ordinary(word: str) -> bool:
    """Return whether a folded word is an English word, or a form of one, but not a name.

    `looked` and `bush` are ordinary; `muhammad` and `london` are names, although they are among the
    common words.
    """
    common_words, english_names = english_words(), _english_names()
    return any(
        base_word in common_words and base_word not in english_names
        for base_word in (word, *bases(word))
    )


_LEVELS = {
    name: meaning
    for names, meaning in (
        ("U, UNCLAS, UNCLASSIFIED", "Unclassified"),
        (
            "SBU, SENSITIVE",
            "Sensitive but unclassified: not classified, but not meant for the public",
        ),
        (
            "FOUO, FOR OFFICIAL USE ONLY",
            "For official use only: not classified, but not meant for the public",
        ),
        (
            "LOU, LIMITED OFFICIAL USE",
            "Limited official use: the name of sensitive but unclassified until 1995",
        ),
        (
            "C, CONFIDENTIAL",
            "Confidential: disclosure could cause damage to national security",
        ),
        ("S, SECRET", "Secret: disclosure could cause serious damage to national security"),
        ("TS, TOP SECRET", "Top secret: disclosure could cause exceptionally grave damage"),
    )
    for name in names.split(", ")
}
_CAVEATS = {
    **dict.fromkeys(("NF", "NOFORN"), "not releasable to foreign nationals"),
    **dict.fromkeys(("OC", "ORCON"), "the originator controls further distribution"),
}
_REASONS_2003 = {
    "a": "military plans, weapons systems, or operations",
    "b": "information from or about foreign governments",
    "c": "intelligence activities, sources or methods, or cryptology",
    "d": "foreign relations or foreign activities of the United States; confidential sources",
    "e": "science, technology or economy as far as national security depends on it",
    "f": "programs for safeguarding nuclear materials or facilities",
    "g": "weaknesses or strengths of systems, installations, projects, plans or protection",
    "h": "weapons of mass destruction",
}
_REASONS_1995 = {letter: _REASONS_2003[letter] for letter in "abcdefg"}


def marking(printed: str) -> str | None:
    """Return the meaning of a classification or portion marking (`C/NF`), or None."""
    marking_parts = [
        marking_part.strip()
        for marking_part in printed.upper().replace("-", "/").split("/")
        if marking_part.strip()
    ]
    class_level = _LEVELS.get(marking_parts[0]) if marking_parts else None
    if class_level is None:
        return None
    meanings = [class_level]
    for caveat in marking_parts[1:]:
        if caveat in _CAVEATS:
            meanings.append(_CAVEATS[caveat])
        elif caveat.startswith("REL"):
            meanings.append(
                f"may be released to {caveat[3:].replace('TO ', '').strip() or 'others'}"
            )
        elif caveat in _LEVELS:
            meanings.append(_LEVELS[caveat])
    return "; ".join(meanings)


def reason(section: str, letter: str) -> str | None:
    """Return a reason for classification by section and letter, such as `1.4` and `b`, or None.

    Section `1.5` is from the order of 1995.
    """
    reason_by_letter = {"1.4": _REASONS_2003, "1.5": _REASONS_1995}.get(section, {})
    return reason_by_letter.get(letter.lower())

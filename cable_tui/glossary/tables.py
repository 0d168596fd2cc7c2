"""The tables of facts that the package carries, and the words that they explain.

They are acronyms, routing indicators, prosigns and words of everyday English; `data/NOTICE` names
the sources.

The meanings of classifications, portion markings and reasons are from Executive Order 12958 of
1995, sections 1.3 and 1.5, and as amended by Executive Order 13292 of 2003, sections 1.2 and 1.4;
12 FAM 540 for what is sensitive but not classified. Both orders are public; the words are
shortened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from cable_tui.base.value import Value
from cable_tui.text.inflections import bases

_DATA = Path(__file__).parent / "data"
"""Not by `importlib.resources`: it loads the readers of packages in zip files."""


def rows(name: str) -> list[dict[str, str]]:
    """Return all rows of `data/NAME.csv`, keyed by the heading of each column.

    An empty value is an unknown one.
    """
    import csv  # most questions need no table

    return list(csv.DictReader(_read(f"{name}.csv").splitlines()))


def text(name: str) -> str:
    """Return the whole of `data/NAME.txt`."""
    return _read(f"{name}.txt")


@cache
def word_lists(name: str, folder: Path = _DATA) -> Mapping[str, frozenset[str]]:
    """Return the lists of words of `NAME.txt`, each by the name in brackets above it."""
    parts = (part.partition("]") for part in _read(f"{name}.txt", folder).split("[")[1:])
    return {head: frozenset(words.split()) for head, _, words in parts}


def _read(name: str, folder: Path = _DATA) -> str:
    return (folder / name).read_text(encoding="utf-8")


@cache
def pairs(name: str) -> Mapping[str, str]:
    """Return the first column of a table as keys to its second; read when first needed."""
    return {
        first_value: second_value
        for first_value, second_value, *_ in (row.values() for row in rows(name))
    }


class Acronym(Value):
    """One reading of an acronym."""

    word: str
    expansion: str
    """Alternatives without a rule are separated by `;`."""
    context: str
    """Country tag of the cables that this reading holds for; empty: anywhere."""


@cache
def _acronyms() -> dict[str, tuple[Acronym, ...]]:
    by_word: dict[str, list[Acronym]] = defaultdict(list)
    for row in rows("acronyms"):
        word = row["acronym"]
        by_word[word.upper()].append(Acronym(word, row["expansion"], row["context"]))
    return {word: tuple(readings) for word, readings in by_word.items()}


def acronym(word: str) -> tuple[Acronym, ...]:
    """Return the readings of an acronym, the most frequent first; empty for an unknown one."""
    return _acronyms().get(word.upper(), ())


def route(indicator: str) -> str | None:
    """Return the office with a routing indicator (`RUEHRB`), or None."""
    return pairs("routes").get(indicator)


_RANKS = {
    "Flash": "highest",
    "Immediate": "second highest",
    "Priority": "third highest",
    "Routine": "lowest",
}
"""Precedences, with their rank among the four; ACP 121."""


def prosign(token: str) -> str | None:
    """Return the meaning of a prosign or caption of a header, or None.

    The table says `Immediate precedence` of the letters and `of an addressee` of the words; here
    each says how high its precedence is.
    """
    meaning = pairs("prosigns").get(token)
    if meaning is None:
        return None
    for word, rank in _RANKS.items():
        meaning = meaning.replace(f"{word} precedence", f"{word}: {rank} precedence")
    return meaning.removesuffix(" of an addressee")


@cache
def ordinary_words() -> frozenset[str]:
    """Return words of everyday English that say little by themselves: `his`, `who`, `many`."""
    return frozenset(text("ordinary_words").split())


@cache
def english_words() -> frozenset[str]:
    """Return the common English words of four letters and more, in their basic forms."""
    return frozenset(text("english").split())


def is_english(word: str) -> bool:
    """Return whether a folded word is an English word or a form of one: `reasons`, `rejected`."""
    known_words = english_words()
    return word in known_words or any(base_word in known_words for base_word in bases(word))


@cache
def _english_names() -> frozenset[str]:
    return frozenset(text("english_names").split())


def is_ordinary(word: str) -> bool:
    """Return whether a folded word is an English word other than a name, or a form of one.

    `looked` and `bush` are; `muhammad` and `london` are names, which common words include.
    """
    known_words, names = english_words(), _english_names()
    return any(
        base_word in known_words and base_word not in names for base_word in (word, *bases(word))
    )


_LEVELS = {
    name: meaning
    for names, meaning in (
        ("U, UNCLAS, UNCLASSIFIED", "Unclassified"),
        (
            "SBU, SENSITIVE",
            "Sensitive but unclassified: not classified, and not meant for everybody",
        ),
        (
            "FOUO, FOR OFFICIAL USE ONLY",
            "For official use only: not classified, and not meant for everybody",
        ),
        (
            "LOU, LIMITED OFFICIAL USE",
            "Limited official use: the name until 1995 of what is sensitive but unclassified",
        ),
        (
            "C, CONFIDENTIAL",
            "Confidential: to disclose it could cause damage to the national security",
        ),
        ("S, SECRET", "Secret: to disclose it could cause serious damage to the national security"),
        ("TS, TOP SECRET", "Top secret: to disclose it could cause exceptionally grave damage"),
    )
    for name in names.split(", ")
}
_CAVEATS = {
    **dict.fromkeys(("NF", "NOFORN"), "not releasable to foreign nationals"),
    **dict.fromkeys(("OC", "ORCON"), "the originator controls who else gets it"),
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
    """Explain a classification or portion marking (`C/NF`, `SECRET//NOFORN`), or return None."""
    parts = [part.strip() for part in printed.upper().replace("-", "/").split("/") if part.strip()]
    class_level = _LEVELS.get(parts[0]) if parts else None
    if class_level is None:
        return None
    meanings = [class_level]
    for caveat in parts[1:]:
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
    """Return the reason for a classification: `1.4` and `b`; `1.5` is the order of 1995.

    It is None if unknown.
    """
    reason_by_letter = {"1.4": _REASONS_2003, "1.5": _REASONS_1995}.get(section, {})
    return reason_by_letter.get(letter.lower())

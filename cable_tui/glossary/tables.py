"""The tables of facts that the package carries, and the words that they explain.

Acronyms, routing indicators, prosigns, words of everyday English; `data/NOTICE` names the sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from cable_tui.text.inflections import bases
from cable_tui.value import Value


def rows(name: str) -> list[dict[str, str]]:
    """All rows of `data/NAME.csv`, keyed by the heading of each column; empty means not known."""
    import csv  # most questions need no table

    return list(csv.DictReader(_read(f"{name}.csv").splitlines()))


def text(name: str) -> str:
    """The whole of `data/NAME.txt`."""
    return _read(f"{name}.txt")


@cache
def word_lists(name: str) -> Mapping[str, frozenset[str]]:
    """The lists of words of `data/NAME.txt`, each by the name in brackets above it."""
    parts = (part.partition("]") for part in text(name).split("[")[1:])
    return {head: frozenset(words.split()) for head, _, words in parts}


def _read(name: str) -> str:
    # Not by `importlib.resources`: it loads the readers of packages in zip files.
    return (Path(__file__).parent / "data" / name).read_text(encoding="utf-8")


@cache
def pairs(name: str) -> Mapping[str, str]:
    """The first column of a table as keys to its second; read when it is first asked for."""
    return {first: second for first, second, *_ in (row.values() for row in rows(name))}


class Acronym(Value):
    """One reading of an acronym."""

    word: str
    expansion: str
    """Alternatives without a rule are separated by `;`."""
    context: str
    """Country tag of the cables that this reading holds for; empty: anywhere."""


@cache
def _acronyms() -> dict[str, tuple[Acronym, ...]]:
    found: dict[str, list[Acronym]] = defaultdict(list)
    for row in rows("acronyms"):
        word = row["acronym"]
        found[word.upper()].append(Acronym(word, row["expansion"], row["context"]))
    return {word: tuple(readings) for word, readings in found.items()}


def acronym(word: str) -> tuple[Acronym, ...]:
    """The readings of an acronym, the most frequent first; empty for an unknown one."""
    return _acronyms().get(word.upper(), ())


def route(indicator: str) -> str | None:
    """Who is behind a routing indicator (`RUEHRB`), or None."""
    return pairs("routes").get(indicator)


_RANKS = {
    "Flash": "highest",
    "Immediate": "second highest",
    "Priority": "third highest",
    "Routine": "lowest",
}
"""Precedences, with where they stand among the four; ACP 121."""


def prosign(token: str) -> str | None:
    """What a prosign or caption of a header means, or None.

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
def english_words() -> frozenset[str]:
    """The common English words of four letters and more, in their basic forms."""
    return frozenset(text("english").split())


def is_english(word: str) -> bool:
    """Whether a folded word is such a word or a form of one: `reasons`, `rejected`."""
    known = english_words()
    return word in known or any(base in known for base in bases(word))

"""TAGS: the meanings of codes, and the repair of slips in TAGS lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, cast

from cable_tui.base.value import Value
from cable_tui.glossary.tables import rows

TagKind = Literal["subject", "country", "program", "organization"]

_LONGEST_ENTRY = 4
"""Words of the longest entry of the repair table, with a middle initial to spare."""
_FIELD_CODE = 4
"""The length of a subject or program tag; codes of countries have two letters."""


class Tag(Value):
    """One code of the Traffic Analysis by Geography and Subject."""

    code: str
    kind: TagKind
    title: str
    """The title; empty if unknown."""


@cache
def _tags() -> dict[str, Tag]:
    return {
        row["tag"]: Tag(row["tag"], cast("TagKind", row["kind"]), row["title"])
        for row in rows("tags")
    }


@cache
def _repairs() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return words as printed, without commas, to the right tags.

    Names are known by their full spelling too.
    """
    repair_table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in rows("tag_repairs"):
        right_words = tuple(row["right"].split("|"))
        repair_table[_words(row["wrong"])] = right_words
        if "," in row["right"]:
            repair_table[_words(row["right"])] = right_words
    return repair_table


@cache
def _openers() -> frozenset[str]:
    """Return words that begin an entry of the repair table."""
    return frozenset(words[0] for words in _repairs())


@cache
def plain_codes() -> frozenset[str]:
    """Return the codes that are right in any TAGS line, whatever is beside them: most are."""
    changed = {words[0] for words, right_words in _repairs().items() if words != right_words}
    return frozenset(code for code in _tags() if code.isalnum() and code not in changed)


@cache
def _codes(letters: int) -> frozenset[str]:
    kinds = {"country"} if letters < _FIELD_CODE else {"subject", "program"}
    return frozenset(
        code for code, tag in _tags().items() if tag.kind in kinds and len(code) == letters
    )


def tag(code: str) -> Tag | None:
    """Return the meaning of a tag, or None for one that no list has."""
    return _tags().get(code.upper())


def tags() -> tuple[Tag, ...]:
    """Return all tags of the lists, sorted by code."""
    return tuple(_tags().values())


def repair_tags(tokens: Sequence[str]) -> tuple[str, ...]:
    """Return the right tags for the tokens of a TAGS line: upper case, each once, in their order.

    A token is a word or a name with its comma (`BIDEN, JOSEPH`). Names split over tokens are
    joined, codes run together are split, known slips (`tag_repairs.csv`) are put right; all other
    tokens are unchanged.
    """
    words: list[str] = []
    for token in tokens:
        words.extend([" ".join(token.upper().split())] if "," in token else token.upper().split())
    return tuple(dict.fromkeys(_repaired(words)))


def _words(token: str) -> tuple[str, ...]:
    return tuple(word.rstrip(".") for word in token.replace(",", " ").replace("-", " ").split())


def _repaired(words: list[str]) -> Iterator[str]:
    openers = _openers()
    index = 0
    while index < len(words):
        word = words[index]
        opens_entry = word in openers if word.isalnum() else openers.issuperset(_words(word)[:1])
        right_words, words_used = _longest_entry(words, index) if opens_entry else (None, 1)
        yield from right_words or _split(words[index])
        index += words_used


def _longest_entry(words: list[str], index: int) -> tuple[tuple[str, ...] | None, int]:
    """Look up the longest entry that begins at this word. Return its result and its length."""
    for count in range(min(_LONGEST_ENTRY, len(words) - index), 0, -1):
        if right_words := _repairs().get(_words(" ".join(words[index : index + count]))):
            return right_words, count
    return None, 1


def _split(word: str) -> tuple[str, ...]:
    """Return codes run together (`PRELKPAO`, `PHUMPK`), or the word itself otherwise.

    One subject may be followed by one country only: `ECONOMIC` is no cable on Oman and Iceland.
    """
    if len(word) < _FIELD_CODE + 2 or len(word) % 2 or word in _tags():
        return (word,)
    codes: list[str] = []
    rest_of_word = word
    while rest_of_word[:_FIELD_CODE] in _codes(_FIELD_CODE):
        codes.append(rest_of_word[:_FIELD_CODE])
        rest_of_word = rest_of_word[_FIELD_CODE:]
    countries = [rest_of_word[start : start + 2] for start in range(0, len(rest_of_word), 2)]
    are_known = all(code in _codes(2) for code in countries)
    return (*codes, *countries) if are_known and len(countries) <= len(codes) else (word,)

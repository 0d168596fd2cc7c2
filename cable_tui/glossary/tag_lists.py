"""TAGS: the meanings of the codes, and the correction of errors in TAGS lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, cast

from cable_tui.base.value import Value
from cable_tui.glossary.tables import rows

TagKind = Literal["subject", "country", "program", "organization"]

_LONGEST_ENTRY = 4
"""The maximum number of words of an entry in the correction table, with room for a middle initial.
"""
_FIELD_CODE = 4
"""The length of a subject or program tag; country codes have two letters."""


class Tag(Value):
    """One code of the system Traffic Analysis by Geography and Subject (TAGS)."""

    code: str
    kind: TagKind
    title: str
    """The tag's title, or an empty string if unknown."""


@cache
def _tags() -> dict[str, Tag]:
    return {
        row["tag"]: Tag(row["tag"], cast("TagKind", row["kind"]), row["title"])
        for row in rows("tags")
    }


@cache
def _repairs() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the correct tags by printed words, without commas.

    Full spellings of names are keys as well.
    """
    repair_table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in rows("tag_repairs"):
        correct_tags = tuple(row["right"].split("|"))
        repair_table[_words(row["wrong"])] = correct_tags
        if "," in row["right"]:
            repair_table[_words(row["right"])] = correct_tags
    return repair_table


@cache
def _openers() -> frozenset[str]:
    """Return the words with which entries of the correction table begin."""
    return frozenset(printed_words[0] for printed_words in _repairs())


@cache
def plain_codes() -> frozenset[str]:
    """Return codes that are valid in any TAGS line, whatever tokens are next to them.

    Most codes are among them.
    """
    changed_codes = {
        printed_words[0]
        for printed_words, correct_tags in _repairs().items()
        if printed_words != correct_tags
    }
    return frozenset(
        tag_code for tag_code in _tags() if tag_code.isalnum() and tag_code not in changed_codes
    )


@cache
def _codes(letters: int) -> frozenset[str]:
    tag_kinds = {"country"} if letters < _FIELD_CODE else {"subject", "program"}
    return frozenset(
        code for code, tag in _tags().items() if tag.kind in tag_kinds and len(code) == letters
    )


def tag(code: str) -> Tag | None:
    """Return the tag with a code, or None if no list contains it."""
    return _tags().get(code.upper())


def tags() -> tuple[Tag, ...]:
    """Return all tags in the lists, sorted by code."""
    return tuple(_tags().values())


def repair_tags(tokens: Sequence[str]) -> tuple[str, ...]:
    """Return the corrected tags of a TAGS line in order: in upper case and without repeats.

    A token is a word, or a name with its comma (`BIDEN, JOSEPH`). Names split over several tokens
    are joined, codes run together are split, and known errors (`tag_repairs.csv`) are corrected.
    All other tokens are unchanged.
    """
    tag_words: list[str] = []
    for token in tokens:
        tag_words.extend(
            [" ".join(token.upper().split())] if "," in token else token.upper().split()
        )
    return tuple(dict.fromkeys(_repaired(tag_words)))


def _words(token: str) -> tuple[str, ...]:
    return tuple(word.rstrip(".") for word in token.replace(",", " ").replace("-", " ").split())


def _repaired(words: list[str]) -> Iterator[str]:
    opening_words = _openers()
    word_index = 0
    while word_index < len(words):
        word = words[word_index]
        opens_entry = (
            word in opening_words if word.isalnum() else opening_words.issuperset(_words(word)[:1])
        )
        correct_tags, word_count = _longest_entry(words, word_index) if opens_entry else (None, 1)
        yield from correct_tags or _split(words[word_index])
        word_index += word_count


def _longest_entry(words: list[str], word_index: int) -> tuple[tuple[str, ...] | None, int]:
    """Look up the longest entry that begins at this word; return its tags and its word count."""
    for word_count in range(min(_LONGEST_ENTRY, len(words) - word_index), 0, -1):
        if correct_tags := _repairs().get(
            _words(" ".join(words[word_index : word_index + word_count]))
        ):
            return correct_tags, word_count
    return None, 1


def _split(word: str) -> tuple[str, ...]:
    """Return the codes in a word of joined codes (`PRELKPAO`, `PHUMPK`), or else the word itself.

    Each subject may be followed by only one country, so that `ECONOMIC` is not split into a
    subject, Oman and Iceland.
    """
    if len(word) < _FIELD_CODE + 2 or len(word) % 2 or word in _tags():
        return (word,)
    subject_codes: list[str] = []
    rest_of_word = word
    while rest_of_word[:_FIELD_CODE] in _codes(_FIELD_CODE):
        subject_codes.append(rest_of_word[:_FIELD_CODE])
        rest_of_word = rest_of_word[_FIELD_CODE:]
    country_codes = [
        rest_of_word[code_start : code_start + 2] for code_start in range(0, len(rest_of_word), 2)
    ]
    are_valid_codes = all(country_code in _codes(2) for country_code in country_codes)
    return (
        (*subject_codes, *country_codes)
        if are_valid_codes and len(country_codes) <= len(subject_codes)
        else (word,)
    )

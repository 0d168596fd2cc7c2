"""Reads the meanings of acronyms in a text, each with the evidence for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.glossary import tables
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.base.kinds import Filled, OrNull

IN_THE_HEADER = "in the header of this cable"
SPELLED_OUT = "spelled out in this cable"
THESE_WORDS = "these words occur in this cable"
BESIDE_A_NAME = "an office, because it is next to a name"
IN_THE_TABLE = "in the table"
_SURE = (THESE_WORDS, BESIDE_A_NAME)
"""Evidence for a meaning from the text itself, strongest first."""

Counts = Mapping[tuple[str, str], int]
"""The number of a post's cables that contain an acronym with one of its meanings, by that pair."""

_WORD = pattern(r"[^\W_]+(?:['’.][^\W_]+)*")
_SMALL = frozenset("a an and as at by de del des du e el et for in la le of on the to y".split())
"""Words that an abbreviation skips."""
_MOST_WORDS = 12
"""The maximum number of words before a bracket that the abbreviation in it may represent."""
_BEFORE = 160
"""The number of characters before the bracket that are searched for these words."""
_MOST_PLACES = 40
"""The maximum number of occurrences of an acronym that are examined."""
_OFFICE = pattern(
    r"(?:.* )?(?:Adviser|Advisor|Ambassador|Attach[eé]|Chairman|Chief|Commander|Counselor|Director"
    r"|General|Governor|Minister|Officer|President|Secretary|Speaker)(?: .*)?"
)
"""A meaning that is a person's office."""
_OFFICES = {"MD": ("Managing Director",)}
"""Meanings missing from the table, which was compiled from counts in texts."""
_NAME_BEHIND = pattern(r"[ \n]{1,2}(?!(?:The|This|In|On|He|She|It|They|We)\b)[A-Z][a-z]{2,}")
_NAME_BEFORE = pattern(
    r"\b(?!(?:The|This|That|His|Her|Its|Our|Their|Each|New|Former|Both|And|But|With)\b)"
    r"[A-Z][a-z]{2,}(?:['’]s)?[ \n]{1,2}$"
)
_DOUBTFUL = pattern(r"(?<![\w/])[A-Z][A-Za-z]{1,9}(?![\w/])")


class Reading(Value):
    """One meaning of an acronym in a cable."""

    meaning: Filled
    evidence: OrNull[Filled]
    """The evidence for this meaning, such as `spelled out in this cable`, or an empty string if it
    is certain.
    """


def readings(
    word: str, tags: Collection[str], near: str, cable: str = "", counts: Counts | None = None
) -> tuple[Reading, ...]:
    """Return the meanings of an acronym, most certain first, or none if nothing is known.

    `near` is the text around the word, `cable` is the text of the whole cable.
    """
    known_meanings = meanings(word, tags)
    text_meaning = spelled_out(word, cable or near)
    other_meanings = [
        meaning for meaning in known_meanings if folded(meaning) != folded(text_meaning)
    ]
    evidence_by_meaning = {
        meaning: _evidence((counts or {}).get((word, meaning), 0)) for meaning in other_meanings
    }
    if len(other_meanings) > 1:
        other_meanings = _weighed(word, other_meanings, evidence_by_meaning, near, cable or near)
        # Those with the same number of cables stay in the order of the table.
        other_meanings.sort(
            key=lambda meaning: _rank(
                evidence_by_meaning[meaning], (counts or {}).get((word, meaning), 0)
            )
        )
    elif (
        other_meanings
        and not text_meaning
        and evidence_by_meaning[other_meanings[0]] == IN_THE_TABLE
    ):
        evidence_by_meaning[other_meanings[0]] = ""
    first_readings = [Reading(text_meaning, SPELLED_OUT)] if text_meaning else []
    return (
        *first_readings,
        *(Reading(meaning, evidence_by_meaning[meaning]) for meaning in other_meanings),
    )


def _weighed(
    word: str, other_meanings: list[str], evidence_by_meaning: dict[str, str], near: str, cable: str
) -> list[str]:
    """Return the meanings that remain possible in this text, and update `evidence_by_meaning`."""
    whole_text = " ".join(cable.split()).casefold()
    literal_meanings = [meaning for meaning in other_meanings if meaning.casefold() in whole_text]
    evidence_by_meaning.update(dict.fromkeys(literal_meanings, THESE_WORDS))
    offices = [meaning for meaning in other_meanings if _OFFICE.fullmatch(meaning)]
    if not offices or not _beside_a_name(word, near):
        return other_meanings
    evidence_by_meaning.update(
        dict.fromkeys(
            (office for office in offices if office not in literal_meanings), BESIDE_A_NAME
        )
    )
    return [
        meaning for meaning in other_meanings if meaning in offices or meaning in literal_meanings
    ]


def _rank(evidence: str, count: int) -> tuple[int, int]:
    return _SURE.index(evidence) if evidence in _SURE else len(_SURE), -count


def meanings(word: str, tags: Collection[str]) -> list[str]:
    """Return the meanings that the table lists for the cable's countries.

    If there are none, return the general meanings, or else all meanings.
    """
    rows = tables.acronym(word)
    country_rows = [acronym_row for acronym_row in rows if acronym_row.context in tags]
    general_rows = [acronym_row for acronym_row in rows if not acronym_row.context]
    chosen_rows = country_rows or general_rows or rows
    known_expansions = [
        expansion.strip()
        for acronym_row in chosen_rows
        for expansion in acronym_row.expansion.split(";")
    ]
    return [*filter(None, known_expansions), *_OFFICES.get(word.upper(), ())]


def doubtful(text: str, tags: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return pairs of acronym and meaning, in order, for acronyms with several meanings."""
    acronyms = dict.fromkeys(match.group() for match in _DOUBTFUL.finditer(text))
    word_meanings = (
        (acronym, meanings(acronym, tags))
        for acronym in acronyms
        if sum(map(str.isupper, acronym)) > 1
    )
    return tuple(
        (acronym, meaning)
        for acronym, word_readings in word_meanings
        if len(word_readings) > 1
        for meaning in word_readings
    )


def spelled_out(word: str, text: str) -> str:
    """Return the long form of an abbreviation from the text next to it, or an empty string."""
    letters = [letter for letter in word.upper() if letter.isalnum()]
    if len(letters) > 1 and (f"({word}" in text or f"{word} (" in text):
        for word_start in occurrences(word, text):
            if text[word_start - 1 : word_start] == "(" and (
                long_form := _long_form(text, word_start - 1, letters)
            ):
                return long_form
            text_after = word_start + len(word)
            if text.startswith(" (", text_after) and (
                long_form := _in_brackets(text, text_after + 2, letters)
            ):
                return long_form
    return ""


def _long_form(text: str, end: int, letters: list[str]) -> str:
    """Return the words before an offset whose initials match these letters, or an empty string."""
    search_start = max(end - _BEFORE, 0)
    word_matches = [*_WORD.finditer(text, search_start, end)][-_MOST_WORDS:]
    while (
        word_matches
        and word_matches[0].start() == search_start > 0
        and text[search_start - 1].isalnum()
    ):
        word_matches.pop(0)  # the window cuts it
    for word_index in range(len(word_matches) - 1, -1, -1):
        last_words = word_matches[word_index:]
        if last_words[0].group() not in _SMALL and _fits(last_words, letters):
            return _plain(text[last_words[0].start() : last_words[-1].end()])
    return ""


def _in_brackets(text: str, start: int, letters: list[str]) -> str:
    bracket_end = text.find(")", start, start + _BEFORE)
    word_matches = [*_WORD.finditer(text, start, bracket_end)] if bracket_end > 0 else []
    return _plain(text[start:bracket_end]) if word_matches and _fits(word_matches, letters) else ""


def _fits(words: list[re.Match[str]], letters: list[str]) -> bool:
    """Return whether the initials of the words match the abbreviation.

    Small words may be skipped.
    """
    main_initials = [
        word_match.group()[0].upper() for word_match in words if word_match.group() not in _SMALL
    ]
    all_initials = [word_match.group()[0].upper() for word_match in words]
    return letters in (main_initials, all_initials)


def _beside_a_name(word: str, text: str) -> bool:
    return any(
        _NAME_BEHIND.match(text, word_start + len(word))
        or _NAME_BEFORE.search(text[max(word_start - 40, 0) : word_start])
        for word_start in occurrences(word, text)
    )


def occurrences(word: str, text: str, most: int = _MOST_PLACES) -> Iterator[int]:
    """Yield the offsets of a word that is not part of a longer one, in its first `most` matches."""
    word_start = -1
    for _ in range(most):
        word_start = text.find(word, word_start + 1)
        if word_start < 0:
            return
        if not (
            text[word_start - 1 : word_start].isalnum()
            or text[word_start + len(word) : word_start + len(word) + 1].isalnum()
        ):
            yield word_start


def _evidence(count: int) -> str:
    if not count:
        return IN_THE_TABLE
    return f"in {counted(count, 'cable')} of this post"


def _plain(text: str) -> str:
    return " ".join(text.split()).strip("\"'“”")


def folded(text: str) -> str:
    """Return the words of a meaning for comparing, without case and punctuation."""
    return " ".join(_WORD.findall(text)).casefold()

"""What an acronym means in one cable: its readings with the evidence for each.

A table knows what an acronym often means, and not what it means here. The cable may spell it out;
a word beside a name is an office (`Shell MD Ann Tern`); the post's other cables may spell it out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from cable_tui.glossary.tables import acronym
from cable_tui.pattern import pattern
from cable_tui.text.numbers import counted
from cable_tui.value import Value

SPELLED_OUT = "spelled out in this cable"
THESE_WORDS = "these words stand in this cable"
BESIDE_A_NAME = "an office, beside a name here"
IN_THE_TABLE = "in the table"
_SURE = (THESE_WORDS, BESIDE_A_NAME)
"""What the text itself says of a meaning, the surer first."""

Counts = Mapping[tuple[str, str], int]
"""Cables of a post in which an acronym and one of its meanings stand, by the two."""

_WORD = pattern(r"[^\W_]+(?:['’.][^\W_]+)*")
_SMALL = frozenset("a an and as at by de del des du e el et for in la le of on the to y".split())
"""Words that a short form leaves out, or takes no letter from."""
_MOST_WORDS = 12
"""Words in front of a bracket that may be what the short form in it stands for."""
_BEFORE = 160
"""Characters in which these stand."""
_MOST_PLACES = 40
"""Places of an acronym that are looked at."""
_OFFICE = pattern(
    r"(?:.* )?(?:Adviser|Advisor|Ambassador|Attach[eé]|Chairman|Chief|Commander|Counselor|Director"
    r"|General|Governor|Minister|Officer|President|Secretary|Speaker)(?: .*)?"
)
"""A meaning that is somebody's office."""
_OFFICES = {"MD": ("Managing Director",)}
"""Meanings that the table, which was counted in texts, does not have."""
_NAME_BEHIND = pattern(r"[ \n]{1,2}(?!(?:The|This|In|On|He|She|It|They|We)\b)[A-Z][a-z]{2,}")
_NAME_BEFORE = pattern(
    r"\b(?!(?:The|This|That|His|Her|Its|Our|Their|Each|New|Former|Both|And|But|With)\b)"
    r"[A-Z][a-z]{2,}(?:['’]s)?[ \n]{1,2}$"
)
_DOUBTFUL = pattern(r"(?<![\w/])[A-Z][A-Za-z]{1,9}(?![\w/])")


class Reading(Value):
    """One meaning of an acronym in a cable."""

    meaning: str
    evidence: str
    """Why it may be this one: `spelled out in this cable`; empty where nothing is in doubt."""


def readings(
    word: str,
    tags: Collection[str],
    near: str,
    cable: str = "",
    counts: Counts | None = None,
) -> tuple[Reading, ...]:
    """The meanings of an acronym, the surest first; empty where nothing is known.

    `near` is the text in which the word stands, `cable` what the whole cable says.
    """
    known = meanings(word, tags)
    said = spelled_out(word, cable or near)
    others = [each for each in known if _folded(each) != _folded(said)]
    evidence = {each: _evidence((counts or {}).get((word, each), 0)) for each in others}
    if len(others) > 1:
        others = _weighed(word, others, evidence, near, cable or near)
        # Those with the same number of cables stay in the order of the table.
        others.sort(key=lambda each: _rank(evidence[each], (counts or {}).get((word, each), 0)))
    elif others and not said and evidence[others[0]] == IN_THE_TABLE:
        evidence[others[0]] = ""
    found = [Reading(said, SPELLED_OUT)] if said else []
    return (*found, *(Reading(each, evidence[each]) for each in others))


def _weighed(
    word: str, others: list[str], evidence: dict[str, str], near: str, cable: str
) -> list[str]:
    """The meanings that are left when the text was looked at, which changes their evidence."""
    whole = " ".join(cable.split()).casefold()
    here = [each for each in others if each.casefold() in whole]
    evidence.update(dict.fromkeys(here, THESE_WORDS))
    offices = [each for each in others if _OFFICE.fullmatch(each)]
    if not offices or not _beside_a_name(word, near):
        return others
    evidence.update(dict.fromkeys((each for each in offices if each not in here), BESIDE_A_NAME))
    return [each for each in others if each in offices or each in here]


def _rank(evidence: str, count: int) -> tuple[int, int]:
    return _SURE.index(evidence) if evidence in _SURE else len(_SURE), -count


def meanings(word: str, tags: Collection[str]) -> list[str]:
    """Those of the table that hold for the cable's countries, else anywhere, else all."""
    rows = acronym(word)
    here = [each for each in rows if each.context in tags]
    anywhere = [each for each in rows if not each.context]
    chosen = here or anywhere or rows
    known = [part.strip() for each in chosen for part in each.expansion.split(";")]
    return [*filter(None, known), *_OFFICES.get(word.upper(), ())]


def doubtful(text: str, tags: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Acronyms of a text that have several meanings, each with each, in their order."""
    words = dict.fromkeys(each.group() for each in _DOUBTFUL.finditer(text))
    found = ((word, meanings(word, tags)) for word in words if sum(map(str.isupper, word)) > 1)
    return tuple((word, each) for word, known in found if len(known) > 1 for each in known)


def spelled_out(word: str, text: str) -> str:
    """What a short form stands for, as a text says it in front of it or behind; or empty."""
    letters = [letter for letter in word.upper() if letter.isalnum()]
    if len(letters) > 1 and (f"({word}" in text or f"{word} (" in text):
        for at in _places(word, text):
            if text[at - 1 : at] == "(" and (said := _long_form(text, at - 1, letters)):
                return said
            behind = at + len(word)
            if text.startswith(" (", behind) and (said := _in_brackets(text, behind + 2, letters)):
                return said
    return ""


def _long_form(text: str, end: int, letters: list[str]) -> str:
    """The words in front of a place whose first letters are these."""
    start = max(end - _BEFORE, 0)
    words = [*_WORD.finditer(text, start, end)][-_MOST_WORDS:]
    while words and words[0].start() == start > 0 and text[start - 1].isalnum():
        words.pop(0)  # the window cuts it
    for first in range(len(words) - 1, -1, -1):
        taken = words[first:]
        if taken[0].group() not in _SMALL and _fits(taken, letters):
            return _plain(text[taken[0].start() : taken[-1].end()])
    return ""


def _in_brackets(text: str, start: int, letters: list[str]) -> str:
    end = text.find(")", start, start + _BEFORE)
    words = [*_WORD.finditer(text, start, end)] if end > 0 else []
    return _plain(text[start:end]) if words and _fits(words, letters) else ""


def _fits(words: list[re.Match[str]], letters: list[str]) -> bool:
    """Whether the words' first letters are those of the short form; small words may be left out."""
    great = [each.group()[0].upper() for each in words if each.group() not in _SMALL]
    every = [each.group()[0].upper() for each in words]
    return letters in (great, every)


def _beside_a_name(word: str, text: str) -> bool:
    return any(
        _NAME_BEHIND.match(text, at + len(word)) or _NAME_BEFORE.search(text[max(at - 40, 0) : at])
        for at in _places(word, text)
    )


def _places(word: str, text: str) -> Iterator[int]:
    at = -1
    for _ in range(_MOST_PLACES):
        at = text.find(word, at + 1)
        if at < 0:
            return
        if not (text[at - 1 : at].isalnum() or text[at + len(word) : at + len(word) + 1].isalnum()):
            yield at


def _evidence(count: int) -> str:
    if not count:
        return IN_THE_TABLE
    return f"in {counted(count, 'cable')} of this post"


def _plain(text: str) -> str:
    return " ".join(text.split()).strip("\"'“”")


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text)).casefold()

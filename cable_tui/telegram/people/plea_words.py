"""Words by which a cable asks that a source's name be kept: `(strictly protect)`.

A request to handle a whole cable with care, `PLEASE PROTECT ACCORDINGLY`, is not such a plea.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cable_tui.cable import Span
from cable_tui.pattern import pattern
from cable_tui.telegram.sentences import lowered

_KEPT = r"(?:sources?|identit(?:y|ies)|names?|anonymity|contacts?|sourcing)"
_WHOSE = r"(?:(?:the|this|that|these|those|his|her|their|our|its|all)\s{1,9}){0,2}"
_PLEASE = r"(?:please|pls)\s{1,9}"
_HOW = r"(?:strictly|throughout|fully|both|all|them|him|her|please)"
_WORDS = pattern(
    rf"""
    \b(?:{_PLEASE})? stric(?:tly|ly|t)[\s-]{{1,9}} protect(?:ed)? \b      # these words anywhere
    | \b protect\s{{1,9}} (?:strictly\b | (?:the\s{{1,9}})?(?:source|identity)\b)
    | \b (?:{_PLEASE}) protect\s{{1,9}} {_WHOSE}{_KEPT}\b
    | (?:(?<=[(\[]) | (?<=[(\["“]["“])) \s{{0,9}}                         # these set apart
      (?:(?:please|pls|both|all|source|identity)\s{{1,9}}){{0,2}}
      (?:protect|protected(?=\s{{0,9}}[)\]]))
      (?: (?:\s{{1,9}} {_HOW}\b){{1,3}} | \s{{1,9}} {_WHOSE}{_KEPT}\b
        | \s{{0,9}} (?=[)\],;:./–—-]) | \s{{1,9}} (?=-|—|–|all\b|both\b)
        | \s{{1,9}} (?=(?-i:[A-ZÀ-Þ]\w{{0,30}}[.'’-]?\w{{0,30}}[\s)\];,])) )
    | (?<=[,;:/–—-]) \s{{0,9}} (?: {_PLEASE} protect
        (?:\s{{1,9}} (?:throughout|fully|names?|both|all))? \s{{0,9}} (?=[)\],;.–—-])
      | protect (?:\s{{1,9}} (?:throughout|fully|names?|both|all))? \s{{0,9}} (?=[)\]]) )
    | (?<=[.!?:)\]]\s)(?:{_PLEASE}) protect (?:\s{{1,9}} {_HOW}\b){{0,3}} \s{{0,9}} (?=\.)
    | \b (?:ask(?:s|ed)?|requests?|requested|urged)\b [^.()\[\]]{{0,60}}?
      \b protect\s{{1,9}} (?:his|her|their)\s{{1,9}} {_KEPT}\b
    | \b {_PLEASE} protect\s{{1,9}}                                 # and whom
      (?=(?:[\w.'’-]{{1,30}}\s{{1,9}}){{1,6}}{_KEPT}\b
       | (?-i:[A-ZÀ-Þ][\w'’.-]{{0,30}}\s{{1,9}}[A-ZÀ-Þ][a-zà-þ]) | X{{4}})
    | (?: (?<=[(\[.;]) | ^ ) \s{{0,9}} (?:{_PLEASE})? protect \s{{0,3}} : (?=\s)
    | \b {_KEPT} (?:\s{{1,9}}[\w'’.-]{{1,30}}){{0,6}} \s{{1,9}} (?:be|remain)\s{{1,9}}
      (?:(?:strictly|fully)\s{{1,9}})? protected\b
    | \b strict(?:est)?\s{{1,9}} protection\s{{1,9}} (?:for|of)\b
    | \b requests?\s{{1,9}} protection\s{{1,9}} (?:for|of)\s{{1,9}} {_WHOSE}{_KEPT}\b
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_HANDLING = pattern(r"\s{0,9}accordingly\b|\s{1,9}[\w ]{0,40}accordingly\b", re.IGNORECASE)


_STEM = "protect"
_BEFORE = 200
_BEHIND = 320
"""The words of a plea are at most this many characters from that word."""


def asks(text: str) -> tuple[Span, ...]:
    """Return the spans of a text that ask for somebody's protection. Linear in its length."""
    return tuple(
        _trimmed(text, *found.span())
        for start, end in _near(text)
        for found in _WORDS.finditer(text, start, end)
        if not _HANDLING.match(text, found.end())
    )


def _near(text: str) -> Iterator[Span]:
    """Yield the surroundings of the word: searching everywhere takes much longer."""
    start = end = 0
    small = lowered(text)
    at = small.find(_STEM)
    while at >= 0:
        low = max(at - _BEFORE, 0)
        if low > end:
            if end:
                yield start, end
            start = low
        behind = at + len(_STEM)
        end = min(behind + _BEHIND, len(text))
        at = small.find(_STEM, behind)
    if end:
        yield start, end


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip(" \t\r\n:"))

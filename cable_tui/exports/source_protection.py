"""Words by which a cable asks that a source's name be kept: `(strictly protect)`.

Whoever quotes such a text is warned; nobody is stopped.
"""

from __future__ import annotations

import re

from cable_tui.cable import Span
from cable_tui.exports.citation import Citation
from cable_tui.pattern import pattern

_WORDS = pattern(
    r"""
    \b(?:please\s{1,9})? strictly\s{1,9} protect(?:ed)? \b      # these words anywhere
    | \b protect\s{1,9} (?:strictly|(?:the\s{1,9})?(?:source|identity)) \b
    | (?: (?<=[(\[]) \s{0,9} (?:please\s{1,9})?                # these set apart behind a name
        | (?<=[,;-]) \s{0,9} please\s{1,9} ) protect
      (?:\s{1,9} (?:throughout|fully|name))? \s{0,9} (?=[)\],;.-])
    """,
    re.IGNORECASE | re.VERBOSE,
)


def protected(text: str) -> tuple[Span, ...]:
    """The spans of a text that ask for somebody's protection."""
    return tuple(_trimmed(text, *found.span()) for found in _WORDS.finditer(text))


_NAME = pattern(r"([^\W\d_][\w'’-]{2,40})[\s,;.-]{0,9}[(\[]?[\s]{0,9}$")
_BEFORE = 60
"""Characters before a plea in which the name stands."""


def protected_names(text: str) -> frozenset[str]:
    """The last names of those for whom a text asks protection: the word right before each plea.

    Casefolded. A word that does not begin with a capital letter is no name.
    """
    found = set()
    for start, _ in protected(text):
        named = _NAME.search(text[max(start - _BEFORE, 0) : start])
        if named and named[1][0].isupper():
            found.add(named[1].casefold().replace("’", "'").strip("'-"))
    return frozenset(found)


def plea(citation: Citation) -> str:
    """The first words of a place that ask for somebody's protection, on one line; or empty."""
    cable = citation.cable
    parts = [each.text for each in citation.paragraphs or cable.body.paragraphs]
    for text in parts or [cable.body.text]:
        for start, end in protected(text):
            return " ".join(text[start:end].split())
    return ""


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())

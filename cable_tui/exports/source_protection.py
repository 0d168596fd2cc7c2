"""Words by which a cable asks that a source's name be kept: `(strictly protect)`.

Whoever quotes such a text is warned; nobody is stopped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cable_tui.cable import Span
from cable_tui.exports.citation import Citation
from cable_tui.pattern import pattern

if TYPE_CHECKING:
    from cable_tui.telegram.people.mentions import Mention

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
    found = (each.casefold().replace("’", "'").strip("'-") for each in _last_words(text))
    return frozenset(found)


def _last_words(text: str) -> Iterator[str]:
    for start, _ in protected(text):
        named = _NAME.search(text[max(start - _BEFORE, 0) : start])
        if named and named[1][0].isupper():
            yield named[1]


_NEAR = 150
"""Characters between a name and the words that ask for its protection, at most."""


def asked_for(found: Sequence[Mention], text: str, pleas: Iterable[int]) -> set[int]:
    """Which mentions stand before words that ask for protection, in the same paragraph."""
    by_end = sorted((each.end, at) for at, each in enumerate(found))
    asked: set[int] = set()
    for start in pleas:
        for place in range(bisect_right(by_end, (start, len(found))) - 1, -1, -1):
            end, at = by_end[place]
            if start - end > _NEAR or "\n\n" in text[end:start]:
                break
            asked.add(at)
    return asked


def names_to_mask(text: str) -> tuple[str, ...]:
    """The names for which a text asks protection, as it has them, each once: `Ada Pelham`.

    Those of `asked_for`, and the one word right before a plea. Too many rather than too few; what
    is blacked out already is no name.
    """
    if "protect" not in text.lower():  # looking for the whole words takes longer
        return ()
    # Its tables are wanted by nobody who only asks for pleas.
    from cable_tui.telegram.people.mentions import mentions, name_before

    pleas = [start for start, _ in protected(text)]
    found = list(mentions(text))
    found += filter(None, (name_before(text, start) for start in pleas))
    named = [found[at].name for at in sorted(asked_for(found, text, pleas))]
    every = dict.fromkeys((*named, *_last_words(text)))
    return tuple(each for each in every if each.upper().strip("X "))


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

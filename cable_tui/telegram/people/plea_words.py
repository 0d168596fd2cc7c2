"""Words by which a cable asks that a source's name be kept: `(strictly protect)`."""

from __future__ import annotations

import re

from cable_tui.cable import Span
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


def asks(text: str) -> tuple[Span, ...]:
    """The spans of a text that ask for somebody's protection. Linear in its length."""
    if "protect" not in text.lower():  # looking for the whole words takes longer
        return ()
    return tuple(_trimmed(text, *found.span()) for found in _WORDS.finditer(text))


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())

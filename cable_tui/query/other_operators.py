"""Operators from other search languages that have no meaning here, and suggested replacements."""

from __future__ import annotations

import re

from cable_tui.base.pattern import pattern
from cable_tui.text import words

_OPERATORS = frozenset("*?&|+\\^$[{/")
_NONE = "there are no regular expressions"
_WORD = r"[^\W\d_]"
_EXPRESSION = pattern(
    rf"""\.[*+]\S | {_WORD}\.[*+]\Z | \\[bBdDsSwW] | \A\^{_WORD} | {_WORD}{{3}}\$\Z
      | {_WORD}\[[^\]\s]*\](?:{_WORD}|[*+?{{]) | \[[^\]\s]*\][*+?{{] | {_WORD}\{{\d | \)[*+?{{]
      | \([^()|\s]*\|[^()\s]*\)""",
    re.VERBOSE,
)
"""Syntax that only regular expressions have."""
_JOINED = pattern(rf"(?P<one>{_WORD}{{3,}})(?P<sign>\|\|?|&&?|\+)(?P<other>{_WORD}{{3,}})")
"""Two words with an operator between them; `AT&T` and `R&D` are names, not operators."""
_HOLE = pattern(rf"\A[*?]+{_WORD} | {_WORD}[*?]+{_WORD}", re.VERBOSE)
_BESIDE = pattern(r"(?:near|adj|within|w|n)/(?P<most>[0-9]{1,2})", re.IGNORECASE)
_ALONE = pattern(r"\|\|?")


def advice(token: str) -> str:
    """Return a suggestion for a token with an operator from another language, or an empty string.

    Such operators appear in `lob.*er`, `lobster&chart`, `lobst?r`, `near/5`.
    """
    if _OPERATORS.isdisjoint(token):
        return ""
    if joined_words := _JOINED.fullmatch(token):
        first_word, second_word = joined_words["one"], joined_words["other"]
        finds_either = f"{first_word} or {second_word} finds either"
        return (
            f"{_NONE}; {finds_either}"
            if "|" in joined_words["sign"]
            else f"{_NONE}; {first_word} {second_word} finds both words, {finds_either}"
        )
    if _ALONE.fullmatch(token):
        return f"{_NONE}; kelp or tuna finds either word"
    if nearness_match := _BESIDE.fullmatch(token):
        return (
            f"{token} is not an operator; "
            f'"spain migrants"~{nearness_match["most"]} finds words near each other'
        )
    if _HOLE.search(token):
        return f"* can only end a word, and ? is not supported; {_begun(token)}"
    return f"{_NONE}; {_begun(token)}" if _EXPRESSION.search(token) else ""


def _begun(operator_token: str) -> str:
    """Return the suggestion to search for a prefix, or for a name in all its spellings."""
    word_text = operator_token.lstrip("^*?")
    first_word = next((word_text[start:end] for start, end, _ in words(word_text)), "")
    if len(first_word) > 1 and word_text.startswith(first_word):
        return f"{first_word}* finds words that begin with {first_word}"
    return "kelp* finds words that begin with kelp"

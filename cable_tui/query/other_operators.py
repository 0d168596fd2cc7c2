"""Marks that are operators in other search languages and mean nothing here, and what to write."""

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
"""What only a regular expression has."""
_JOINED = pattern(rf"(?P<one>{_WORD}{{3,}})(?P<sign>\|\|?|&&?|\+)(?P<other>{_WORD}{{3,}})")
"""Two words with an operator between them; `AT&T` and `R&D` are names."""
_HOLE = pattern(rf"\A[*?]+{_WORD} | {_WORD}[*?]+{_WORD}", re.VERBOSE)
_BESIDE = pattern(r"(?:near|adj|within|w|n)/(?P<most>[0-9]{1,2})", re.IGNORECASE)
_ALONE = pattern(r"\|\|?")


def advice(token: str) -> str:
    """Return what to write in place of an operator of another language; empty if there is none.

    Such operators are in `lob.*er`, `lobster&chart`, `lobst?r`, `near/5`.
    """
    if _OPERATORS.isdisjoint(token):
        return ""
    if joined_words := _JOINED.fullmatch(token):
        left, right = joined_words["one"], joined_words["other"]
        finds_either = f"{left} or {right} finds either"
        return (
            f"{_NONE}; {finds_either}"
            if "|" in joined_words["sign"]
            else f"{_NONE}; {left} {right} finds both words, {finds_either}"
        )
    if _ALONE.fullmatch(token):
        return f"{_NONE}; kelp or tuna finds either word"
    if beside := _BESIDE.fullmatch(token):
        return (
            f'{token} is no operator; "spain migrants"~{beside["most"]} finds words near each other'
        )
    if _HOLE.search(token):
        return f"* is only for the end of a word, ? for none; {_begun(token)}"
    return f"{_NONE}; {_begun(token)}" if _EXPRESSION.search(token) else ""


def _begun(token: str) -> str:
    """Return the advice to write a beginning, or a name with its spellings."""
    token = token.lstrip("^*?")
    start = next((token[start:end] for start, end, _ in words(token)), "")
    if len(start) > 1 and token.startswith(start):
        return f"{start}* finds words that begin with {start}"
    return "kelp* finds words that begin with kelp"

"""Decide whether words are the same although they are divided differently, for all comparisons.

`data base` is `database`, but `not able` is not `notable`. A number is one word with its decimals,
and a range with both its ends: `1,200` is not `1.200`, and `10-15` is not `10, 15`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from cable_tui.base.pattern import pattern
from cable_tui.text.quotes_and_figures import GLUED

_THOUSANDS = pattern(r",(?=\d{3}(?!\d))")
_RANGE = pattern(r"[-\N{SOFT HYPHEN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}]\s{0,9}(?=\d)")
_LONGEST_RANGE = 10
"""The maximum number of characters between the ends of a range, with a line break and its
indentation.
"""
_NEGATIONS = frozenset("not no nor never none neither nobody nothing without".split())
_STILL_NEGATIONS = frozenset(
    "cannot nobody nothing nowhere without neither noone nonetheless notwithstanding".split()
)
"""One-word negations that other texts write as two words."""
_ENDINGS = frozenset("ll re ve d m t".split())
"""Letters that an apostrophe separates from their word."""
_OTHER_WORDS = frozenset("well ill hell shell were wed shed hed id wont cant lets".split())
"""Words that contractions turn into without their apostrophe: `we'll`, `can't`."""
_HYPHENATED = pattern(r"[-\N{SOFT HYPHEN}\N{HYPHEN}]\s{0,9}\n\s{0,9}")

Found = tuple[int, int, str]
"""A word: its start, its end and its key."""


def whole_numbers(text: str, words: Iterable[Found], *, signs: bool = True) -> Iterator[Found]:
    """Yield the words of a text with each number in one piece: `12.05`, `1,250`, `10-15`.

    With `signs`, a minus sign or `<` before a number belongs to it.
    """
    joined_words: list[Found] = []
    for word in words:
        if joined_words and not (
            (signs and joined_words[-1][2] in GLUED) or _goes_on(text, joined_words[-1], word)
        ):
            yield _joined(text, joined_words)
            joined_words = []
        joined_words.append(word)
    if joined_words:
        yield _joined(text, joined_words)


def _goes_on(text: str, last_word: Found, word: Found) -> bool:
    last_end, word_start = last_word[1], word[0]
    if not (
        word[2][0].isdigit()
        and last_word[2][-1].isdigit()
        and 0 < word_start - last_end <= _LONGEST_RANGE
    ):
        return False
    if word_start == last_end + 1 and (text[last_end] == "." or _THOUSANDS.match(text, last_end)):
        return True
    range_match = _RANGE.match(text, last_end)
    return range_match is not None and range_match.end() == word_start


def _joined(text: str, word_row: Sequence[Found]) -> Found:
    if len(word_row) == 1:
        return word_row[0]
    # In one go: a number of many parts took the square of their count.
    key_pieces = [word_row[0][2]]
    for last_word, word in pairwise(word_row):
        separator = text[last_word[1] : last_word[1] + 1] if word[0] > last_word[1] else ""
        kept_separator = (
            "."
            if separator == "."
            else "-"
            if separator and _RANGE.match(text, last_word[1])
            else ""
        )
        key_pieces.append(
            kept_separator + (text[word[0] : word[1]] if word[2].isdigit() else word[2])
        )
    return word_row[0][0], word_row[-1][1], "".join(key_pieces)


def says_its_own(text: str, row: Sequence[Found]) -> bool:
    """Return whether words mean something else if they are joined to one word."""
    row_keys = [word_key for _, _, word_key in row]
    joined_words = "".join(row_keys)
    if len(row) < 2 or joined_words in _STILL_NEGATIONS:
        return False
    if joined_words in _OTHER_WORDS and row_keys[-1] in _ENDINGS:
        return True
    gaps_between = (text[word[1] : next_word[0]] for word, next_word in pairwise(row))
    is_divided = all(_HYPHENATED.fullmatch(gap_text) for gap_text in gaps_between)
    return not is_divided and not _NEGATIONS.isdisjoint(row_keys)

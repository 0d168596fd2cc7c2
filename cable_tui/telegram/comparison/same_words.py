"""Whether words are the same though they are divided otherwise: one rule for every comparison.

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
"""The most characters between the ends of a range, with a line end and its indentation."""
_NEGATIONS = frozenset("not no nor never none neither nobody nothing without".split())
_STILL_NEGATIONS = frozenset(
    "cannot nobody nothing nowhere without neither noone nonetheless notwithstanding".split()
)
"""One-word negations that other texts write as two words."""
_ENDINGS = frozenset("ll re ve d m t".split())
"""Letters that an apostrophe separates from their word."""
_OTHER_WORDS = frozenset("well ill hell shell were wed shed hed id wont cant lets".split())
"""Words that contractions become without their apostrophe: `we'll`, `can't`."""
_HYPHENATED = pattern(r"[-\N{SOFT HYPHEN}\N{HYPHEN}]\s{0,9}\n\s{0,9}")

Found = tuple[int, int, str]
"""A word: where it begins and ends, and its key."""


def whole_numbers(text: str, words: Iterable[Found], *, signs: bool = True) -> Iterator[Found]:
    """Yield the words of a text with each number in one piece: `12.05`, `1,250`, `10-15`.

    With `signs`, a minus or `<` before a number belongs to it.
    """
    row: list[Found] = []
    for word in words:
        if row and not ((signs and row[-1][2] in GLUED) or _goes_on(text, row[-1], word)):
            yield _joined(text, row)
            row = []
        row.append(word)
    if row:
        yield _joined(text, row)


def _goes_on(text: str, last: Found, word: Found) -> bool:
    last_end, start = last[1], word[0]
    if not (
        word[2][0].isdigit() and last[2][-1].isdigit() and 0 < start - last_end <= _LONGEST_RANGE
    ):
        return False
    if start == last_end + 1 and (text[last_end] == "." or _THOUSANDS.match(text, last_end)):
        return True
    range_match = _RANGE.match(text, last_end)
    return range_match is not None and range_match.end() == start


def _joined(text: str, row: Sequence[Found]) -> Found:
    if len(row) == 1:
        return row[0]
    # In one go: a number of many parts took the square of their count.
    pieces = [row[0][2]]
    for last_word, word in pairwise(row):
        sign = text[last_word[1] : last_word[1] + 1] if word[0] > last_word[1] else ""
        sign_kept = "." if sign == "." else "-" if sign and _RANGE.match(text, last_word[1]) else ""
        pieces.append(sign_kept + (text[word[0] : word[1]] if word[2].isdigit() else word[2]))
    return row[0][0], row[-1][1], "".join(pieces)


def says_its_own(text: str, row: Sequence[Found]) -> bool:
    """Return whether words in a row mean something else than their letters as one word."""
    row_keys = [key for _, _, key in row]
    joined_words = "".join(row_keys)
    if len(row) < 2 or joined_words in _STILL_NEGATIONS:
        return False
    if joined_words in _OTHER_WORDS and row_keys[-1] in _ENDINGS:
        return True
    gaps_between = (text[word[1] : next_word[0]] for word, next_word in pairwise(row))
    is_divided = all(_HYPHENATED.fullmatch(gap) for gap in gaps_between)
    return not is_divided and not _NEGATIONS.isdisjoint(row_keys)

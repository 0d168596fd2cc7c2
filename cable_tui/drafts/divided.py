"""Words that are others where their letters are divided otherwise: `not able` is not `notable`.

Blanks, hyphens and line ends are no difference elsewhere: `data base` is `database`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cable_tui.cable import Span
from cable_tui.drafts.differences import Difference
from cable_tui.drafts.tokens import Words
from cable_tui.pattern import pattern

_NEGATIONS = frozenset("not no nor never none neither nobody nothing without".split())
_STILL_NEGATIONS = frozenset(
    "cannot nobody nothing nowhere without neither noone nonetheless notwithstanding".split()
)
"""Words in one that say the same in two."""
_ENDINGS = frozenset("ll re ve d m t".split())
"""What an apostrophe parts from its word."""
_OTHER_WORDS = frozenset("well ill hell shell were wed shed hed id wont cant lets".split())
"""Words that a contraction becomes without its apostrophe: `we'll`, `can't`."""
_HYPHENATED = pattern(r"[-\N{SOFT HYPHEN}\N{HYPHEN}]\s{0,9}\n\s{0,9}")


def divided_otherwise(ours: Words, theirs: Words) -> Iterator[Difference]:
    """Where the same letters say something else in a quotation and in a cable."""
    if ours.keys == theirs.keys:
        return
    at, to = 0, 0
    for place in sorted(ours.ends.keys() & theirs.ends.keys()):
        mine, other = (at, ours.ends[place]), (to, theirs.ends[place])
        if _says_its_own(ours, mine) or _says_its_own(theirs, other):
            said = ours.said(*mine), theirs.said(*other)
            yield Difference("words", *said, is_fault=True)
        at, to = mine[1], other[1]


def _says_its_own(words: Words, span: Span) -> bool:
    """Whether words in a row say something else than their letters as one word."""
    row = words.tokens[slice(*span)]
    joined = "".join(each.key for each in row)
    if len(row) < 2 or joined in _STILL_NEGATIONS:
        return False
    if joined in _OTHER_WORDS and row[-1].key in _ENDINGS:
        return True
    between = (words.text[one.end : other.start] for one, other in pairwise(row))
    divided = all(_HYPHENATED.fullmatch(each) for each in between)
    return not divided and any(each.key in _NEGATIONS for each in row)

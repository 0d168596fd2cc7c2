"""Paragraphs that were moved: they are elsewhere in the other text.

Two that say the same are one that was moved, if the alignment of the words does not pair them, and
some other pair is above the one and below the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from cable_tui.cable import Span
from cable_tui.telegram.comparison.alignment import Stretch
from cable_tui.telegram.comparison.words import ComparedText

_SHINGLE = 3
"""Words of a row by which paragraphs find each other."""
_ALIKE = 0.7
"""Share of the words of two paragraphs that must be the same for one that was moved."""
_ROWS = 0.2
"""Rows of three words that they have in common, for each word of one: frequent words are in all."""
_MOST_PLACES = 20
"""A row that is in more paragraphs says nothing of one."""
_BESIDE = 0.5
"""Share of the words of the shorter one that are aligned if it was not moved."""
_SHORTEST = 5


class Move(NamedTuple):
    """A paragraph that was moved: its words in the first text and in the second."""

    left: Span
    right: Span


class _Pair(NamedTuple):
    """Paragraphs that say the same, by their numbers in either text."""

    left: int
    right: int


def moves(
    left: ComparedText, right: ComparedText, found: Sequence[Stretch], known: Sequence[Move]
) -> list[Move]:
    """The moved paragraphs other than those that are known, by the words that are aligned."""
    ours = _paragraphs(left, {each.left for each in known})
    theirs = _paragraphs(right, {each.right for each in known})
    beside: Counter[_Pair] = Counter()
    for start, to, size in found:
        beside.update(map(_Pair, left.part_of[start : start + size], right.part_of[to : to + size]))
    placed = sorted(
        pair
        for pair, count in beside.items()
        if pair.left in ours
        and pair.right in theirs
        and count >= _BESIDE * min(size_of(ours[pair.left]), size_of(theirs[pair.right]))
    )
    for pair in placed:
        ours.pop(pair.left, None)
        theirs.pop(pair.right, None)
    alike = dict.fromkeys(_alike(left, ours, right, theirs))
    pairs = sorted([*placed, *alike])
    above = [-1, *accumulate((pair.right for pair in pairs), max)]
    lowest = [len(right.parts), *accumulate((pair.right for pair in reversed(pairs)), min)]
    below = lowest[::-1]
    return [
        Move(ours[pair.left], theirs[pair.right])
        for at, pair in enumerate(pairs)
        if pair in alike and (above[at] > pair.right or below[at + 1] < pair.right)
    ]


def size_of(span: Span) -> int:
    """How many words or characters it has."""
    return span[1] - span[0]


def _paragraphs(text: ComparedText, known: Collection[Span]) -> dict[int, Span]:
    """The words of each paragraph that is long enough to be known again, without known ones."""
    made: dict[int, Span] = {}
    for at, part in enumerate(text.part_of):
        made[part] = made[part][0] if part in made else at, at + 1
    return {
        part: span
        for part, span in made.items()
        if text.parts[part].name.startswith("¶")
        and size_of(span) >= _SHORTEST
        and span not in known
    }


def _alike(
    left: ComparedText, ours: dict[int, Span], right: ComparedText, theirs: dict[int, Span]
) -> Iterator[_Pair]:
    """Paragraphs that say the same, each at most once."""
    rows_of: dict[tuple[str, ...], list[int]] = {}
    for part, span in theirs.items():
        for shingle in set(_shingles(right.some_keys(*span))):
            rows_of.setdefault(shingle, []).append(part)
    taken: set[int] = set()
    for part, span in ours.items():
        mine = left.some_keys(*span)
        shared: Counter[int] = Counter()
        for shingle in set(_shingles(mine)):
            places = rows_of.get(shingle, ())
            if len(places) <= _MOST_PLACES:
                shared.update(each for each in places if each not in taken)
        for other, count in shared.most_common(3):
            if count >= _ROWS * len(mine) and _says_the_same(mine, right.some_keys(*theirs[other])):
                taken.add(other)
                yield _Pair(part, other)
                break


def _shingles(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(keys[shift:] for shift in range(_SHINGLE)), strict=False)


def _says_the_same(mine: Sequence[str], other: Sequence[str]) -> bool:
    common = sum((Counter(mine) & Counter(other)).values())
    return 2 * common >= _ALIKE * (len(mine) + len(other))

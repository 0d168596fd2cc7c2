"""The equal stretches of two rows of words, in time that grows with their length.

Rows of words that occur once in both are found first, and cut the texts into pieces; the pieces
are short enough for rapidfuzz, whose table has a bit for each pair of words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

Keys = Sequence[int]


class Stretch(NamedTuple):
    """Words that are equal: `size` of them, from `left` in one row and from `right` in the other.

    The last one of a row has no words and stands behind both ends.
    """

    left: int
    right: int
    size: int


class _Field(NamedTuple):
    """A piece of one row, and the piece of the other that it is compared with."""

    start: int
    stop: int
    to: int
    end: int

    @property
    def pairs(self) -> int:
        return (self.stop - self.start) * (self.end - self.to)

    def without(self, before: int, behind: int) -> _Field:
        """What is left when so many words at both ends are equal."""
        return _Field(self.start + before, self.stop - behind, self.to + before, self.end - behind)


_TABLE = 4_000_000
"""Pairs of words that rapidfuzz compares at once: half a megabyte, some milliseconds."""
_ALWAYS = 0
"""The number of the word that makes texts be compared."""
_SMALL = 1_000
"""Pairs that are compared without a look for unique rows."""
_SHINGLES = (12, 5, 2, 1)
"""Words of a row that must be unique, tried from the surest on."""
_SURE = 2
"""How many of them are tried where the table would do: words that moved cut no sentence."""
_RELATED = 12, 0.5
"""Words from which on texts have more in common than chance gives, and the share of them."""
_ROW = 5
"""Equal words in a row that are no chance."""


def stretches(left: Sequence[str], right: Sequence[str], always: str = "") -> list[Stretch]:
    """The equal stretches in both orders, as long as possible, and the end.

    Texts of some length that have little in common have no stretch: `the` and `of` would be all of
    it. Those with the word `always` in them are compared nevertheless.
    """
    numbers = {always: 0}
    a, b = ([numbers.setdefault(key, len(numbers)) for key in keys] for keys in (left, right))
    found: list[Stretch] = []
    for start, to, size in sorted(_equal(a, b)):
        last = found[-1] if found else Stretch(0, 0, 0)
        if found and (last.left + last.size, last.right + last.size) == (start, to):
            found[-1] = last._replace(size=last.size + size)
        else:
            found.append(Stretch(start, to, size))
    return [*found, Stretch(len(left), len(right), 0)]


def _equal(a: Keys, b: Keys) -> Iterator[Stretch]:
    """Equal stretches, in no order; some may touch."""
    waiting = [(_Field(0, len(a), 0, len(b)), 0)]
    while waiting:
        whole, tried = waiting.pop()
        before = _common(a, b, whole)
        behind = _common_end(a, b, whole.without(before, 0))
        field = whole.without(before, behind)
        if before:
            yield Stretch(whole.start, whole.to, before)
        if behind:
            yield Stretch(field.stop, field.end, behind)
        if not field.pairs:
            continue
        most = 0 if field.pairs <= _SMALL else _SURE if field.pairs <= _TABLE else len(_SHINGLES)
        places: list[tuple[int, int]] = []
        while tried < most and not places:
            places = _anchors(a, b, field, _SHINGLES[tried])
            tried += 1
        if not places and field.pairs <= _TABLE:
            yield from _by_table(a, b, field)
            continue
        tried = 0 if places else tried
        if not places:  # every word stands there more than once: cut both in the middle
            places = [((field.start + field.stop) // 2, (field.to + field.end) // 2)]
        for one, other in pairwise([(field.start, field.to), *places, (field.stop, field.end)]):
            waiting.append((_Field(one[0], other[0], one[1], other[1]), tried))


def _common(a: Keys, b: Keys, field: _Field) -> int:
    size, most = 0, min(field.stop - field.start, field.end - field.to)
    while size < most and a[field.start + size] == b[field.to + size]:
        size += 1
    return size


def _common_end(a: Keys, b: Keys, field: _Field) -> int:
    size, most = 0, min(field.stop - field.start, field.end - field.to)
    while size < most and a[field.stop - size - 1] == b[field.end - size - 1]:
        size += 1
    return size


def _by_table(a: Keys, b: Keys, field: _Field) -> Iterator[Stretch]:
    from rapidfuzz.distance import Indel  # only where texts differ

    one, other = a[field.start : field.stop], b[field.to : field.end]
    found = [
        Stretch(field.start + each.src_start, field.to + each.dest_start, size)
        for each in Indel.opcodes(one, other)
        if each.tag == "equal" and (size := each.src_end - each.src_start)
    ]
    least, share = _RELATED
    shorter = min(len(one), len(other))
    is_sure = shorter < least or _ALWAYS in one or _ALWAYS in other
    is_sure = is_sure or any(each.size >= _ROW for each in found)
    if is_sure or sum(each.size for each in found) >= share * shorter:
        yield from found


def _anchors(a: Keys, b: Keys, field: _Field, size: int) -> list[tuple[int, int]]:
    """Where rows of words that are unique in both stand, the longest series in both orders."""
    once = _once(a, field.start, field.stop, size)
    other = _once(b, field.to, field.end, size)
    pairs = sorted((place, other[row]) for row, place in once.items() if row in other)
    # The longest rising series of the second places, by the piles of patience.
    ends: list[int] = []
    top: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(ends, place)
        before.append(top[pile - 1] if pile else -1)
        if pile == len(ends):
            ends.append(place)
            top.append(number)
        else:
            ends[pile], top[pile] = place, number
    found: list[tuple[int, int]] = []
    at = top[-1] if top else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    found.reverse()
    # Of anchors that follow each other the first is enough: the piece between them is equal.
    return [
        pair
        for number, pair in enumerate(found)
        if not number or pair != (found[number - 1][0] + 1, found[number - 1][1] + 1)
    ]


def _once(keys: Keys, start: int, stop: int, size: int) -> dict[tuple[int, ...], int]:
    places: dict[tuple[int, ...], int] = {}
    rows = zip(*(keys[start + shift : stop] for shift in range(size)), strict=False)
    for at, row in enumerate(rows, start):
        places[row] = -1 if row in places else at
    return {row: at for row, at in places.items() if at >= 0}

"""Two texts word by word: equal words, moved ones, and words of one of them alone.

Rows of words that occur once in both are found first, and cut the texts into pieces; the pieces
are short enough for rapidfuzz, whose table has a bit for each pair of words.

Two paragraphs with the same words are one that was moved, if the alignment of the words does not
pair them, and some other pair is above the one and below the other. Words of one record alone are
given as pieces of its text, with some words around the new ones, so that a phrase over both is
found.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise, takewhile
from typing import Literal, NamedTuple

from cable_tui.base.cable import Span
from cable_tui.telegram.comparison.words import REDACTION, ComparedText, plain

Keys = Sequence[int]


class Stretch(NamedTuple):
    """Equal words: `size` of them, from `left` in one row and from `right` in the other.

    The last one of a row has no words and comes after both ends.
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
        """Return the field without equal words at both ends."""
        return _Field(self.start + before, self.stop - behind, self.to + before, self.end - behind)


_TABLE = 4_000_000
"""Pairs of words that rapidfuzz compares at once: half a megabyte, some milliseconds."""
_ALWAYS = 0
"""The number of the word that forces a comparison."""
_SMALL = 1_000
"""Pairs that are compared without looking for unique rows."""
_SHINGLES = (12, 5, 2, 1)
"""The lengths of rows that must be unique, the surest first."""
_SURE = 2
"""The most that are tried if the table would do: moved words do not cut a sentence."""
_RELATED = 12, 0.5
"""Number and share of common words that make texts related."""
_ROW = 5
"""Equal words in a row that are not chance."""


def stretches(left: Sequence[str], right: Sequence[str], always: str = "") -> list[Stretch]:
    """Return the equal stretches in both orders, as long as possible, and the end.

    Longer texts that have little in common have no stretch: `the` and `of` would be all of it.
    Those with the word `always` in them are compared nevertheless.
    """
    numbers = {always: 0}
    a, b = ([numbers.setdefault(key, len(numbers)) for key in keys] for keys in (left, right))
    return [*merged(sorted(_equal(a, b))), Stretch(len(left), len(right), 0)]


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches in order, touching ones joined."""
    joined: list[Stretch] = []
    for stretch in stretches:
        last = joined[-1] if joined else Stretch(0, 0, 0)
        if joined and (last.left + last.size, last.right + last.size) == stretch[:2]:
            joined[-1] = last._replace(size=last.size + stretch.size)
        else:
            joined.append(stretch)
    return joined


def _equal(a: Keys, b: Keys) -> Iterator[Stretch]:
    """Yield equal stretches, in no order; some may touch."""
    waiting = [(_Field(0, len(a), 0, len(b)), 0)]
    while waiting:
        whole, tried = waiting.pop()
        before = _common(a[whole.start : whole.stop], b[whole.to : whole.end])
        field = whole.without(before, 0)
        behind = _common(reversed(a[field.start : field.stop]), reversed(b[field.to : field.end]))
        field = field.without(0, behind)
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
        if not places:  # every word is there more than once: cut both in the middle
            places = [((field.start + field.stop) // 2, (field.to + field.end) // 2)]
        for left, right in pairwise([(field.start, field.to), *places, (field.stop, field.end)]):
            waiting.append((_Field(left[0], right[0], left[1], right[1]), tried))


def _common(one: Iterable[int], other: Iterable[int]) -> int:
    """Return the number of equal words that both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _by_table(a: Keys, b: Keys, field: _Field) -> Iterator[Stretch]:
    from rapidfuzz.distance import Indel  # only if texts differ

    one, other = a[field.start : field.stop], b[field.to : field.end]
    stretches = [
        Stretch(field.start + opcode.src_start, field.to + opcode.dest_start, size)
        for opcode in Indel.opcodes(one, other)
        if opcode.tag == "equal" and (size := opcode.src_end - opcode.src_start)
    ]
    least, share = _RELATED
    shorter = min(len(one), len(other))
    is_sure = shorter < least or _ALWAYS in one or _ALWAYS in other
    is_sure = is_sure or any(stretch.size >= _ROW for stretch in stretches)
    if is_sure or sum(stretch.size for stretch in stretches) >= share * shorter:
        yield from stretches


def _anchors(a: Keys, b: Keys, field: _Field, size: int) -> list[tuple[int, int]]:
    """Return where rows of words unique in both begin, the longest series in both orders."""
    once = _once(a, field.start, field.stop, size)
    theirs = _once(b, field.to, field.end, size)
    pairs = sorted((place, theirs[row]) for row, place in once.items() if row in theirs)
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
    chain: list[tuple[int, int]] = []
    last = top[-1] if top else -1
    while last >= 0:
        chain.append(pairs[last])
        last = before[last]
    chain.reverse()
    # Of anchors that follow each other the first is enough: the piece between them is equal.
    return [
        pair
        for number, pair in enumerate(chain)
        if not number or pair != (chain[number - 1][0] + 1, chain[number - 1][1] + 1)
    ]


def _once(keys: Keys, start: int, stop: int, size: int) -> dict[tuple[int, ...], int]:
    places: dict[tuple[int, ...], int] = {}
    rows = zip(*(keys[start + shift : stop] for shift in range(size)), strict=False)
    for index, row in enumerate(rows, start):
        places[row] = -1 if row in places else index
    return {row: index for row, index in places.items() if index >= 0}


_SHINGLE = 3
"""The length of rows by which paragraphs are matched."""
_ALIKE = 0.7
"""Share of the words of two paragraphs that must be the same for one that was moved."""
_ROWS = 0.2
"""Rows of three words that they have in common, for each word of one: frequent words are in all."""
_MOST_PLACES = 20
"""A row of words in more paragraphs than this identifies none of them."""
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
    left: ComparedText, right: ComparedText, stretches: Sequence[Stretch], known: Sequence[Move]
) -> list[Move]:
    """Return the moved paragraphs other than known ones, judged by the aligned words."""
    ours = _paragraphs(left, {move.left for move in known})
    theirs = _paragraphs(right, {move.right for move in known})
    beside: Counter[_Pair] = Counter()
    for start, to, size in stretches:
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
        for index, pair in enumerate(pairs)
        if pair in alike and (above[index] > pair.right or below[index + 1] < pair.right)
    ]


def size_of(span: Span) -> int:
    """Return how many words or characters it has."""
    return span[1] - span[0]


def merged_spans(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, overlapping or touching ones joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _paragraphs(text: ComparedText, known: Collection[Span]) -> dict[int, Span]:
    """Return the words of each paragraph long enough to be recognised, without known ones."""
    spans: dict[int, Span] = {}
    for index, part in enumerate(text.part_of):
        spans[part] = spans[part][0] if part in spans else index, index + 1
    return {
        part: span
        for part, span in spans.items()
        if text.parts[part].name.startswith("¶")
        and size_of(span) >= _SHORTEST
        and span not in known
    }


def _alike(
    left: ComparedText, ours: dict[int, Span], right: ComparedText, theirs: dict[int, Span]
) -> Iterator[_Pair]:
    """Yield paragraphs that say the same, each at most once."""
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
                shared.update(number for number in places if number not in taken)
        for number, count in shared.most_common(3):
            if count >= _ROWS * len(mine) and _says_the_same(
                mine, right.some_keys(*theirs[number])
            ):
                taken.add(number)
                yield _Pair(part, number)
                break


def _shingles(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(keys[shift:] for shift in range(_SHINGLE)), strict=False)


def _says_the_same(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    common = sum((Counter(mine) & Counter(theirs)).values())
    return 2 * common >= _ALIKE * (len(mine) + len(theirs))


_AROUND = 40
"""Words on either side of new ones, within their paragraph."""

Texts = tuple[str, str]
"""Header and body."""


class NewText(NamedTuple):
    """A piece of a record."""

    part: Literal["header", "body"]
    text: str


def only_there(header: str, body: str, known: Sequence[Texts]) -> Iterator[NewText]:
    """Yield the pieces of a record whose words, in this order, no known record has.

    Redactions do not count as words.
    """
    ours = plain(f"{header}\n\n{body}")
    keys = ours.keys
    new = [index for index, key in enumerate(keys) if key != REDACTION]
    for texts in known:
        of_both = _new_words(keys, plain("\n\n".join(texts)).keys)
        new = [index for index in new if index in of_both]
    for start, end in merged_spans(_around(ours, index) for index in new):
        if start < len(header):
            yield NewText("header", ours.text[start : min(end, len(header))])
        if end > len(header):
            yield NewText("body", ours.text[max(start, len(header)) : end])


def _new_words(ours: Sequence[str], theirs: Sequence[str]) -> set[int]:
    """Return the words that the other text lacks there, and those on both sides of a gap."""
    new: set[int] = set()
    if ours == theirs:
        return new
    ours_end = to = 0
    for start, begin, size in stretches(ours, theirs, REDACTION):
        new.update(range(ours_end, start))
        # Words of theirs are left out between two of ours: these now follow each other.
        if 0 < ours_end == start < len(ours) and begin > to:
            new.update((ours_end - 1, ours_end))
        ours_end, to = start + size, begin + size
    return new


def _around(text: ComparedText, index: int) -> Span:
    """Return the offsets of a new word with its context."""
    first = text.words[text.places[max(index - _AROUND, 0)]].start
    last = text.words[text.places[min(index + _AROUND, len(text.places) - 1)]].end
    word = text.words[text.places[index]]
    before = text.text.rfind("\n\n", first, word.start)
    behind = text.text.find("\n\n", word.end, last)
    return (first if before < 0 else before + 2), (last if behind < 0 else behind)

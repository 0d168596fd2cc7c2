"""From sorted runs of postings to the echo file: merging, and what is counted on the way."""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from cable_tui.archive.sentences.echo_file import (
    ID_BITS,
    ID_MASK,
    OFTEN,
    SEVERAL,
    age,
)

_PIECES = 64
"""Parts of the numbers that are merged one after the other: memory holds one of them as objects."""
_LISTED = 400
"""Sentences of each kind that the overview names."""
_FEW = 8
"""Cables that may share a sentence which counts for copies: boilerplate makes no copy."""
_MOST_PAIRS = 1 << 20
_ALIKE = 0.6
"""The part of the rarer sentences of both that two copies share ..."""
_LEAST_SHARED = 3
"""... and at least so many of them."""
_MOST_GROUPS = 20_000
_MOST_IN_GROUP = 50


class SortedRun(NamedTuple):
    """Sorted postings, and the cables of which they say nothing any more."""

    postings: Sequence[int]
    stale: frozenset[int]


class Filing(NamedTuple):
    """What the catalogue says of a cable."""

    origin: int
    """The term of its post."""
    created: int
    """As in `records.times`."""


class CommonSentence(NamedTuple):
    """A sentence that stands in several cables."""

    number: int
    """Its fingerprint."""
    cables: int
    posts: int
    first: int
    """The id of the oldest cable that has it."""


class CountedSentences(NamedTuple):
    """What the fingerprints say of all cables."""

    sentences: int
    """Different ones, of all cables."""
    recurring: int
    """Those in more than one cable."""
    boilerplate: int
    """Those in cables of more than `SEVERAL` posts."""
    frequent: tuple[CommonSentence, ...]
    """Of these the ones in most cables."""
    recycled: tuple[CommonSentence, ...]
    """Those of at most `SEVERAL` posts that are in most cables."""
    copies: tuple[tuple[int, ...], ...]
    """Cables that share most of their rarer sentences, in groups, by their ids."""


class _Counting:
    """All that is counted, sentence by sentence."""

    def __init__(self, filed: Mapping[int, Filing]) -> None:
        self._filed = filed
        self._sentences = self._recurring = self._boilerplate = 0
        self._lists: tuple[list[tuple[int, ...]], list[tuple[int, ...]]] = ([], [])
        self._rare: defaultdict[int, int] = defaultdict(int)
        """Sentences of each cable that are in few cables."""
        self._pairs: Counter[tuple[int, int]] = Counter()

    def see_alone(self, id_: int) -> None:
        """Count a sentence that one cable has: most are such."""
        self._sentences += 1
        self._rare[id_] += 1

    def see(self, number: int, ids: list[int]) -> None:
        """Count a sentence with its cables."""
        self._sentences += 1
        if len(ids) <= _FEW:
            for id_ in ids:
                self._rare[id_] += 1
        self._recurring += 1
        posts = len({self._filed[id_].origin for id_ in ids})
        self._boilerplate += posts > SEVERAL
        first = min(ids, key=lambda id_: age(self._filed[id_].created, id_))
        # The negative number: of equals the list keeps the same ones at each run.
        kept = self._lists[posts <= SEVERAL]
        entry = (len(ids), -number, posts, first)
        (heapq.heappushpop if len(kept) >= _LISTED else heapq.heappush)(kept, entry)
        if len(ids) <= _FEW:
            self._pairs.update(combinations(ids, 2))
            if len(self._pairs) > _MOST_PAIRS:
                # Numbers come as by chance, so that copies are soon above one.
                self._pairs = Counter({pair: n for pair, n in self._pairs.items() if n > 1})

    def counted(self) -> CountedSentences:
        """What was counted."""
        frequent, recycled = (
            tuple(
                CommonSentence(-number, cables, posts, first)
                for cables, number, posts, first in sorted(kept, reverse=True)
            )
            for kept in self._lists
        )
        return CountedSentences(
            self._sentences,
            self._recurring,
            self._boilerplate,
            frequent,
            recycled,
            tuple(self._copies()),
        )

    def _copies(self) -> Iterator[tuple[int, ...]]:
        """Groups of cables that are joined by being alike, the largest groups first."""
        group_of: dict[int, int] = {}
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for (one, other), shared in sorted(self._pairs.items()):
            most = max(self._rare[one], self._rare[other])
            if shared < _LEAST_SHARED or shared < _ALIKE * most:
                continue
            left, right = group_of.setdefault(one, one), group_of.setdefault(other, other)
            for id_, root in ((one, left), (other, right)):
                if not groups[root]:
                    groups[root].append(id_)
            if left == right or len(groups[left]) + len(groups[right]) > _MOST_IN_GROUP:
                continue
            for id_ in groups.pop(right):
                group_of[id_] = left
                groups[left].append(id_)
        found = [tuple(sorted(ids)) for ids in groups.values() if len(ids) > 1]
        yield from sorted(found, key=lambda ids: (-len(ids), ids))[:_MOST_GROUPS]


def merged(
    runs: Sequence[SortedRun], filed: Mapping[int, Filing], pause: Callable[[], None]
) -> tuple[array[int], CountedSentences]:
    """All postings of the runs in their order, and what was counted.

    Cables that are stale in a run are left out. `pause` is called now and then; what it raises ends
    the merging.
    """
    postings = array("Q")
    counting = _Counting(filed)
    ends = [0] * len(runs)
    for piece in range(1, _PIECES + 1):
        pause()
        some: set[int] = set()
        for at, run in enumerate(runs):
            begin = ends[at]
            ends[at] = end = bisect_left(run.postings, piece * (1 << 64) // _PIECES, lo=begin)
            some.update(_fresh(run, run.postings[begin:end]))
        for found in _groups(sorted(some)):
            if len(found) == 1:
                counting.see_alone(found[0] & ID_MASK)
            else:
                counting.see(found[0] >> ID_BITS, [each & ID_MASK for each in found])
            if len(found) >= OFTEN:
                found.sort(key=lambda each: age(filed[each & ID_MASK].created, each))
            postings.extend(found)
    return postings, counting.counted()


def _groups(postings: list[int]) -> Iterator[list[int]]:
    """Sorted postings, those of one number together."""
    group = postings[:1]
    for each in postings[1:]:
        if (each ^ group[0]) >> ID_BITS:
            yield group
            group = [each]
        else:
            group.append(each)
    if group:
        yield group


def _fresh(run: SortedRun, postings: Sequence[int]) -> Iterator[int]:
    if not run.stale:
        return iter(postings)
    return (each for each in postings if (each & ID_MASK) not in run.stale)

"""Cables in an order, and the cables of a set picked out of it."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import compress, islice
from typing import overload

from cable_tui.archive.columns import bitset
from cable_tui.archive.columns.bitset import IdSet

_CHUNK = 25_000
"""Cables that are put in order at a time: a few milliseconds, in which no other thread has its
turn."""
_FEW = 64
"""Of fewer cables than one in so many each is looked up, instead of passing over all."""
_LONG = 20_000
"""Longer lists are put in order only as far as they are read."""


class Order:
    """All cables in one order."""

    def __init__(self, ids: array[int], size: int) -> None:
        self.ids = ids
        self._size = size

    @cached_property
    def _place(self) -> array[int]:
        """By id."""
        place = array("I", [0]) * self._size
        for at, id_ in enumerate(self.ids):
            place[id_] = at
        return place

    def pick(
        self, chosen: int, *, backwards: bool = False, limit: int | None = None
    ) -> Sequence[int]:
        """The ids of a set in this order, or in the opposite one; the first ones only."""
        count = chosen.bit_count()
        if count * _FEW < self._size:
            few = bitset.ids_of(chosen, self._size)
            return array("I", sorted(few, key=self._place.__getitem__, reverse=backwards)[:limit])
        mask = IdSet(chosen, self._size).mask
        if limit is not None:
            ids = reversed(self.ids) if backwards else iter(self.ids)
            return array("I", islice((id_ for id_ in ids if mask[id_]), limit))
        picked = PickedIds(self.ids, mask, count, backwards=backwards)
        return picked if count > _LONG else picked.whole()


class PickedIds(Sequence[int]):
    """The ids of a set in an order, found as far as they are read. May be read by many threads."""

    def __init__(self, ids: array[int], mask: bytes, count: int, *, backwards: bool) -> None:
        self._ids = ids
        self._there = mask.__getitem__
        self._count = count
        self._backwards = backwards
        self._found = array("I")
        self._read = 0
        """Ids of the order that were looked at."""
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> array[int]: ...
    def __getitem__(self, index: int | slice) -> int | array[int]:
        places = range(self._count)[index]
        if isinstance(places, int):
            self._reach(places + 1)
            return self._found[places]
        self._reach(max(places, default=-1) + 1)
        return array("I", map(self._found.__getitem__, places))

    def __iter__(self) -> Iterator[int]:
        return iter(self.whole())

    def whole(self) -> array[int]:
        """All of them. Not to be changed."""
        self._reach(self._count)
        return self._found

    def _reach(self, length: int) -> None:
        with self._lock:
            while len(self._found) < length:
                some = self._next()
                self._found.extend(compress(some, map(self._there, some)))

    def _next(self) -> array[int]:
        start, self._read = self._read, self._read + _CHUNK
        if not self._backwards:
            return self._ids[start : self._read]
        end = len(self._ids) - start
        some = self._ids[max(end - _CHUNK, 0) : end]
        some.reverse()
        return some

"""Cables in an order, and the cables of a set picked out of it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cached_property
from itertools import compress, islice

from cable_tui.archive.columns import bitset
from cable_tui.archive.columns.bitset import IdSet
from cable_tui.archive.columns.lazy_ids import CHUNK, LazyIds

_FEW = 64
"""Sets with fewer cables than one in so many are sorted, instead of read in the whole order."""
_LONG = 20_000
"""Longer lists are found only as far as they are read."""


class Order:
    """All cables in one order."""

    def __init__(self, ids: array[int], size: int) -> None:
        self.ids = ids
        self._size = size

    @cached_property
    def _position(self) -> array[int]:
        """By id."""
        position = array("I", [0]) * self._size
        for at, id_ in enumerate(self.ids):
            position[id_] = at
        return position

    def pick(
        self, chosen: int, *, backwards: bool = False, limit: int | None = None
    ) -> Sequence[int]:
        """The ids of a set in this order, or in the opposite one; the first ones only."""
        count = chosen.bit_count()
        if count * _FEW < self._size:
            few = bitset.ids_of(chosen, self._size)
            return array(
                "I", sorted(few, key=self._position.__getitem__, reverse=backwards)[:limit]
            )
        mask = IdSet(chosen, self._size).mask
        if limit is not None:
            ids = reversed(self.ids) if backwards else iter(self.ids)
            return array("I", islice((id_ for id_ in ids if mask[id_]), limit))
        picked = PickedIds(self.ids, mask, count, backwards=backwards)
        return picked if count > _LONG else picked.whole()


class PickedIds(LazyIds):
    """The ids of a set in an order: the order is looked through as far as they are read."""

    def __init__(self, ids: array[int], mask: bytes, count: int, *, backwards: bool) -> None:
        super().__init__(array("I"), count)
        self._ids = ids
        self._is_in = mask.__getitem__
        self._backwards = backwards
        self._read = 0
        """Ids of the order that were looked at."""

    def _more(self) -> array[int]:
        some = self._next()
        return array("I", compress(some, map(self._is_in, some)))

    def _next(self) -> array[int]:
        start, self._read = self._read, self._read + CHUNK
        if not self._backwards:
            return self._ids[start : self._read]
        end = len(self._ids) - start
        some = self._ids[max(end - CHUNK, 0) : end]
        some.reverse()
        return some

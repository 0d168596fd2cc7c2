"""Cables in an order, and long results whose ids are found only as far as they are read."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import compress, islice
from typing import overload

from cable_tui.archive.columns import bitset
from cable_tui.archive.columns.bitset import IdSet

CHUNK = 25_000
"""The number of ids to find at a time; this takes milliseconds, during which other threads wait."""


class LazyIds(Sequence[int], ABC):
    """A sequence of `count` ids whose first ids are known. May be read by many threads."""

    def __init__(self, known: array[int], count: int, chunk: int = CHUNK) -> None:
        self._chunk = chunk
        self._known = known
        """The ids found so far; the list only grows, so reading it needs no lock."""
        self._count = count
        self._lock = threading.Lock()

    @abstractmethod
    def _more(self) -> array[int]:
        """Return some of the ids that follow the known ones."""

    def up_to(self, length: int) -> array[int]:
        """Return the known ids, including at least the first `length` of all.

        The result must not be modified.
        """
        if len(self._known) < length:
            with self._lock:
                while len(self._known) < length:
                    self._known.extend(self._more())
        return self._known

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> array[int]: ...
    def __getitem__(self, index: int | slice) -> int | array[int]:
        id_indexes = range(self._count)[index]
        if isinstance(id_indexes, int):
            return self.up_to(id_indexes + 1)[id_indexes]
        known_ids = self.up_to(max(id_indexes, default=-1) + 1)
        if id_indexes.step == 1:
            return known_ids[id_indexes.start : id_indexes.stop]
        return array("I", map(known_ids.__getitem__, id_indexes))

    def __iter__(self) -> Iterator[int]:
        return iter(self.whole())

    def whole(self) -> array[int]:
        """Return all ids. The result must not be modified."""
        return self.up_to(self._count)


class GrowingIds(LazyIds):
    """The first ids of a result, and the ids that `rest` finds when they are read."""

    def __init__(
        self,
        first: array[int],
        count: int,
        rest: Callable[[], Sequence[int]],
        chunk: int = CHUNK,
    ) -> None:
        super().__init__(array("I", first), count, chunk)
        self._first = len(first)
        self._find = rest
        self._rest: Sequence[int] | None = None

    def _more(self) -> array[int]:
        """Return as many ids as were counted at first, even if the archive has changed since.

        Each id that is no longer found is replaced by an id that no cable has.
        """
        if self._rest is None:
            self._rest = self._find()
        read_start, read_end = len(self._known), min(len(self._known) + self._chunk, self._count)
        more_ids = array("I", self._rest[read_start - self._first : read_end - self._first])
        more_ids.extend([0] * (read_end - read_start - len(more_ids)))
        return more_ids


_FEW = 64
"""The divisor of the number of cables that gives the minimum size of a set for which the whole
order is read; smaller sets are sorted.
"""
_LONG = 20_000
"""The length above which a list is found only as far as it is read."""


class CableOrder:
    """All cables in one order."""

    def __init__(
        self, ids: array[int], size: int, *, chunk: int = CHUNK, long: int = _LONG
    ) -> None:
        self.ids = ids
        self._size = size
        self._chunk, self._long = chunk, long

    @cached_property
    def _position(self) -> array[int]:
        """The positions by id."""
        position_by_id = array("I", [0]) * self._size
        for position, id_ in enumerate(self.ids):
            position_by_id[id_] = position
        return position_by_id

    def pick(
        self, chosen: int, *, backwards: bool = False, limit: int | None = None
    ) -> Sequence[int]:
        """Return the ids of a set in this order, or reversed; at most `limit`."""
        chosen_count = chosen.bit_count()
        if chosen_count * _FEW < self._size:
            chosen_ids = bitset.ids_of(chosen, self._size)
            return array(
                "I", sorted(chosen_ids, key=self._position.__getitem__, reverse=backwards)[:limit]
            )
        is_chosen = IdSet(chosen, self._size).mask
        if limit is not None:
            ids = reversed(self.ids) if backwards else iter(self.ids)
            return array("I", islice((id_ for id_ in ids if is_chosen[id_]), limit))
        picked_ids = PickedIds(self.ids, is_chosen, chosen_count, self._chunk, backwards=backwards)
        return picked_ids if chosen_count > self._long else picked_ids.whole()


class PickedIds(LazyIds):
    """The ids of a set in an order that is searched only as far as it is read."""

    def __init__(
        self, ids: array[int], mask: bytes, count: int, chunk: int, *, backwards: bool
    ) -> None:
        super().__init__(array("I"), count, chunk)
        self._ids = ids
        self._is_in = mask.__getitem__
        self._backwards = backwards
        self._read = 0
        """The number of ids of the order that have been checked."""

    def _more(self) -> array[int]:
        next_ids = self._next()
        return array("I", compress(next_ids, map(self._is_in, next_ids)))

    def _next(self) -> array[int]:
        ids_start, self._read = self._read, self._read + self._chunk
        if not self._backwards:
            return self._ids[ids_start : self._read]
        ids_end = len(self._ids) - ids_start
        next_ids = self._ids[max(ids_end - self._chunk, 0) : ids_end]
        next_ids.reverse()
        return next_ids

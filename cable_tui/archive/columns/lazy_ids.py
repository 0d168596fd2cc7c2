"""Long answers whose ids are found only as far as they are read."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import overload

CHUNK = 25_000
"""Ids that are found at a time: a few milliseconds, in which no other thread has its turn."""


class LazyIds(Sequence[int], ABC):
    """So many ids, of which the first ones are known. May be read by many threads."""

    def __init__(self, known: array[int], count: int) -> None:
        self._known = known
        """The ids that were found so far: it only grows, so reading it needs no lock."""
        self._count = count
        self._lock = threading.Lock()

    @abstractmethod
    def _more(self) -> array[int]:
        """Some of the ids behind the known ones."""

    def _up_to(self, length: int) -> array[int]:
        """The known ids, at least the first `length` of all."""
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
        places = range(self._count)[index]
        if isinstance(places, int):
            return self._up_to(places + 1)[places]
        known = self._up_to(max(places, default=-1) + 1)
        if places.step == 1:
            return known[places.start : places.stop]
        return array("I", map(known.__getitem__, places))

    def __iter__(self) -> Iterator[int]:
        return iter(self.whole())

    def whole(self) -> array[int]:
        """All of them. Not to be changed."""
        return self._up_to(self._count)


class GrowingIds(LazyIds):
    """The first ids of an answer, and those that `rest` finds when they are read."""

    def __init__(self, first: array[int], count: int, rest: Callable[[], Sequence[int]]) -> None:
        super().__init__(array("I", first), count)
        self._first = len(first)
        self._find = rest
        self._rest: Sequence[int] | None = None

    def _more(self) -> array[int]:
        """As many as there were when the first were found: the archive may have changed since.

        An id that no cable has stands for one that is no longer found.
        """
        if self._rest is None:
            self._rest = self._find()
        start, end = len(self._known), min(len(self._known) + CHUNK, self._count)
        found = array("I", self._rest[start - self._first : end - self._first])
        found.extend([0] * (end - start - len(found)))
        return found

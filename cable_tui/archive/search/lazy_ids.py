"""A long answer: its first ids are known, the others are found when somebody reads so far."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import overload


class GrowingIds(Sequence[int]):
    """So many ids, the first ones and those that `rest` finds. May be read by many threads."""

    def __init__(self, first: array[int], count: int, rest: Callable[[], Sequence[int]]) -> None:
        self._first = first
        self._count = count
        self._find = rest
        self._found: Sequence[int] | None = None
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
            return self._at(places)
        return array("I", map(self._at, places))

    def __iter__(self) -> Iterator[int]:
        return iter(self.whole())

    def whole(self) -> array[int]:
        """All of them."""
        return self._first + array("I", self._rest())

    def _at(self, place: int) -> int:
        first = len(self._first)
        return self._first[place] if place < first else self._rest()[place - first]

    def _rest(self) -> Sequence[int]:
        with self._lock:
            if self._found is None:
                self._found = self._fitting(self._find())
            return self._found

    def _fitting(self, found: Sequence[int]) -> Sequence[int]:
        """As many as there were when the first were found: the archive may have changed since.

        An id that no cable has stands for one that is found no more.
        """
        missing = self._count - len(self._first) - len(found)
        if missing < 0:
            return found[:missing]
        return array("I", [*found, *[0] * missing]) if missing else found

"""Caches of a search: answers and what they are made from, kept until the archive changes."""

from __future__ import annotations

import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from cable_tui.archive.fulltext.index import TextIndex

if TYPE_CHECKING:
    from cable_tui.archive.columns.columns import Columns
    from cable_tui.archive.spelling.word_list import WordList
Made = TypeVar("Made")


class LruCache:
    """Answers to questions; the longest unused go first. Safe for threads.

    A thread that asks what another is finding out waits for it. All answers together weigh at most
    `most`; without a `weight` that is their number.
    """

    def __init__(self, most: int, weight: Callable[[object], int] = lambda _: 1) -> None:
        self._most = most
        self._weight = weight
        self._kept: OrderedDict[Hashable, tuple[int, object]] = OrderedDict()
        self._weighs = 0
        self._asked: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def peek(self, question: Hashable) -> object | None:
        """The answer, if it is there."""
        with self._lock:
            found = self._kept.get(question)
            return found[1] if found else None

    def get(self, question: Hashable, answer: Callable[[], Made]) -> Made:
        """The answer, made now if it is not there."""
        with self._lock:
            if question in self._kept:
                self._kept.move_to_end(question)
                return cast("Made", self._kept[question][1])
            asked = self._asked.setdefault(question, threading.Lock())
        with asked:
            with self._lock:
                if question in self._kept:
                    return cast("Made", self._kept[question][1])
            try:
                made = answer()
                self._keep(question, made)
            finally:
                with self._lock:
                    self._asked.pop(question, None)
            return made

    def _keep(self, question: Hashable, made: object) -> None:
        weight = self._weight(made)
        with self._lock:
            self._kept[question] = weight, made
            self._weighs += weight
            while self._weighs > self._most and len(self._kept) > 1:
                self._weighs -= self._kept.popitem(last=False)[1][0]


_KEPT_BYTES = 4_000_000
"""Of answers: about as many as a reader goes back to."""
_KEPT_NUMBERS = 4096
_PATIENCE = 25.0
"""While an index is being built, a value that took a second to make is used for so many seconds at
least: most keys are then handled without a thread that computes meanwhile."""
_CHEAP = 0.1
"""Seconds; what costs less is always made anew."""


Seen = tuple[int, int]
"""The inode of the text index's folder and the time of its last commit."""


class Versioned(Generic[Made]):
    """A value that is made when it is first needed, and again when its key changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: tuple[Hashable, Made] | None = None
        self._until = 0.0

    @property
    def now(self) -> tuple[Hashable, Made] | None:
        """The last key and what was made for it, however old."""
        return self._made

    def get(self, key: Hashable, make: Callable[[], Made], *, patient: bool = True) -> Made:
        """The value for the key, made now if there is none; a `patient` caller takes an old one.

        A thread that asks for what another is making waits for it.
        """
        with self._lock:
            start = time.monotonic()
            if self._made and (self._made[0] == key or (patient and start < self._until)):
                return self._made[1]
            made = make()
            cost = time.monotonic() - start
            self._until = start + cost * _PATIENCE if cost > _CHEAP else 0.0
            self._made = (key, made)
            return made


class SearchCaches:
    """All that the searches of one archive share. Safe for threads."""

    def __init__(self) -> None:
        self.columns: Versioned[Columns] = Versioned()
        self.words: Versioned[WordList] = Versioned()
        self.stages: Versioned[tuple[int, int, int]] = Versioned()
        self.answers = LruCache(_KEPT_BYTES, _bytes)
        self.numbers = LruCache(_KEPT_NUMBERS)
        self._text: tuple[Seen, TextIndex] | None = None
        self._per_generation: dict[str, Versioned[object]] = {}
        self._lock = threading.Lock()

    def text(self, path: Path, seen: Seen) -> TextIndex:
        """The text index as it was seen. Raises `TextIndexError`."""
        with self._lock:
            if self._text is None or self._text[0][0] != seen[0]:
                self._text = seen, TextIndex(path)
            elif self._text[0] != seen:
                self._text = seen, self._text[1].newer()
            return self._text[1]

    def per_generation(self, name: str) -> Versioned[object]:
        """What is made under a name once for a generation of the catalogue."""
        with self._lock:
            return self._per_generation.setdefault(name, Versioned())


def _bytes(answer: object) -> int:
    """About how much memory an answer takes."""
    if isinstance(answer, dict):
        return sum(map(_bytes, answer.values()))
    if isinstance(answer, list | tuple):
        return sum(map(_bytes, answer))
    return 100 + sys.getsizeof(answer)

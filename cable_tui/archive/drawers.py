"""What searching keeps of one archive from question to question, until the archive changes."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from cable_tui.archive.answers import Answers
from cable_tui.archive.fulltext import TextIndex

if TYPE_CHECKING:
    from cable_tui.archive.columns import Columns
    from cable_tui.archive.wordlist import WordList

_KEPT_BYTES = 4_000_000
"""Of answers: as many as somebody goes back to."""
_KEPT_NUMBERS = 4096
_PATIENCE = 25.0
"""What took a second to make is good for so many seconds at least, while an index is being built:
most keys then meet no thread that computes beside them."""
_CHEAP = 0.1
"""Seconds; what costs less is always made anew."""

Made = TypeVar("Made")
Seen = tuple[int, int]
"""The inode of the text index's folder and the time of its last commit."""


class Late(Generic[Made]):
    """A thing that is made late, and made again when its key changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: tuple[Hashable, Made] | None = None
        self._until = 0.0

    @property
    def now(self) -> tuple[Hashable, Made] | None:
        """What is there, however old, behind its key."""
        return self._made

    def get(self, key: Hashable, make: Callable[[], Made], *, patient: bool = True) -> Made:
        """What is there for the key, or while somebody is patient what is there; else it is made.

        Who asks for what another is making waits for it.
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


class Drawers:
    """May be used from several threads at once."""

    def __init__(self) -> None:
        self.columns: Late[Columns] = Late()
        self.words: Late[WordList] = Late()
        self.stages: Late[tuple[int, int, int]] = Late()
        self.answers = Answers(_KEPT_BYTES, _bytes)
        self.numbers = Answers(_KEPT_NUMBERS)
        self._text: tuple[Seen, TextIndex] | None = None
        self._lasting: dict[str, Late[object]] = {}
        self._lock = threading.Lock()

    def text(self, path: Path, seen: Seen) -> TextIndex:
        """The text index as it was seen. Raises `TextIndexError`."""
        with self._lock:
            if self._text is None or self._text[0][0] != seen[0]:
                self._text = seen, TextIndex(path)
            elif self._text[0] != seen:
                self._text = seen, self._text[1].newer()
            return self._text[1]

    def lasting(self, name: str) -> Late[object]:
        """The drawer of a name."""
        with self._lock:
            return self._lasting.setdefault(name, Late())


def _bytes(answer: object) -> int:
    """About how much memory an answer takes."""
    if isinstance(answer, dict):
        return sum(map(_bytes, answer.values()))
    if isinstance(answer, list | tuple):
        return sum(map(_bytes, answer))
    return 100 + sys.getsizeof(answer)

"""Answers that are kept for the same question; those that nobody has asked for longest go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Made = TypeVar("Made")


def _one(answer: object) -> int:
    del answer
    return 1


class Answers:
    """What was answered. Safe for threads: who asks what another is finding out waits for it.

    All that is kept weighs `most` together; without a `weight` that is the number of answers.
    """

    def __init__(self, most: int, weight: Callable[[object], int] = _one) -> None:
        self._most = most
        self._weight = weight
        self._kept: OrderedDict[Hashable, tuple[int, object]] = OrderedDict()
        self._weighs = 0
        self._asked: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def known(self, question: Hashable) -> object | None:
        """The answer, if it is there."""
        with self._lock:
            found = self._kept.get(question)
            return found[1] if found else None

    def get(self, question: Hashable, answer: Callable[[], Made]) -> Made:
        """The answer, found out now if it is not there."""
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

    def forget(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._kept.clear()
            self._weighs = 0

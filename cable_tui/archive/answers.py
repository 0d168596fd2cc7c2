"""Answers that are kept for the same question; those that nobody has asked for longest go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Made = TypeVar("Made")


class Answers:
    """What was answered. Safe for threads: who asks what another is finding out waits for it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._asked: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def known(self, question: Hashable) -> object | None:
        """The answer, if it is there."""
        with self._lock:
            return self._kept.get(question)

    def get(self, question: Hashable, answer: Callable[[], Made]) -> Made:
        """The answer, found out now if it is not there."""
        with self._lock:
            if question in self._kept:
                self._kept.move_to_end(question)
                return cast("Made", self._kept[question])
            asked = self._asked.setdefault(question, threading.Lock())
        with asked:
            with self._lock:
                if question in self._kept:
                    return cast("Made", self._kept[question])
            try:
                made = answer()
                self._keep(question, made)
            finally:
                with self._lock:
                    self._asked.pop(question, None)
            return made

    def _keep(self, question: Hashable, made: object) -> None:
        with self._lock:
            self._kept[question] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._kept.clear()

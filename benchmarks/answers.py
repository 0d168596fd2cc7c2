"""Keys and their answers: milliseconds from a key to the piece of bytes that shows what it did.

Keys are sent without looking; what arrived is drawn afterwards, piece by piece, and each key is
answered by the first piece after which the screen shows what was wanted. Drawing then costs nothing
that is measured, and a key that comes late delays no other.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from benchmarks.terminal import Terminal

PLACE = re.compile(r"\b([0-9][0-9,]*)/[0-9][0-9,]* (?:newest|oldest) first")
_EDGES = (0, 1, -1, -2, -3)
"""Rows of the screen that tell where the list is and what the bar holds."""


@dataclass(slots=True)
class Answers:
    """Milliseconds from key to painted bytes."""

    times: list[float] = field(default_factory=list)
    lost: int = 0
    """Keys whose answer was not seen."""
    sizes: list[int] = field(default_factory=list)
    """Bytes that the terminal got, by key."""
    settled: float = 0.0
    """From the last key to the last change of the list's place."""

    def percentile(self, part: float) -> float:
        """The time within which this part of the answers came; not a number without answers."""
        if not self.times:
            return float("nan")
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * part))]

    def __str__(self) -> str:
        lost = f", {self.lost} lost" if self.lost else ""
        parts = (self.percentile(part) for part in (0.5, 0.95, 1.0))
        return " / ".join(f"{part:.0f}" for part in parts) + lost

    @property
    def bytes(self) -> str:
        """Bytes a key: median and most."""
        sizes = sorted(self.sizes) or [0]
        return f"{sizes[len(sizes) // 2]:,} / {sizes[-1]:,}"

    def join(self, other: Answers) -> None:
        """Take in what was measured at another time."""
        self.times += other.times
        self.lost += other.lost
        self.sizes += other.sizes


def place(terminal: Terminal) -> int:
    """Where the list's cursor is, by the status line that has been drawn; 0: it is not said."""
    found = PLACE.search(terminal.lines(*_EDGES))
    return int(found[1].replace(",", "")) if found else 0


def edges(terminal: Terminal) -> str:
    """The first and last lines of what has been drawn."""
    return terminal.lines(*_EDGES)


def ask(
    terminal: Terminal,
    keys: Iterable[tuple[str, Callable[[Terminal], bool]]],
    pace: float,
    after: float = 1.0,
) -> Answers:
    """Send keys, `pace` seconds apart, each with what the screen shows when it is answered.

    A later answer answers the earlier keys too: what a key wanted may be painted over unseen.
    """
    assert terminal.text
    sent: list[tuple[float, int, Callable[[Terminal], bool]]] = []
    start = time.perf_counter()
    for number, (key, shown) in enumerate(keys):
        terminal.rest(start + number * pace - time.perf_counter())
        sent.append((terminal.send(key), len(terminal.raw), shown))
    terminal.rest(max(pace, after))
    ends = [size for _, size, _ in sent[1:]] + [len(terminal.raw)]
    answers = Answers(sizes=[end - size for end, (_, size, _) in zip(ends, sent, strict=True)])
    open_ = list(sent)
    seen = place(terminal)
    for arrived in terminal.replay():
        if (now := place(terminal)) != seen:
            seen, answers.settled = now, (arrived - sent[-1][0]) * 1000
        here = [n for n, (at, _, shown) in enumerate(open_) if at <= arrived and shown(terminal)]
        if here:
            answers.times += [(arrived - at) * 1000 for at, _, _ in open_[: here[-1] + 1]]
            del open_[: here[-1] + 1]
    answers.lost = len(open_)
    return answers

"""How the room answers while its archive is being read: bursts of keys until all is read.

A burst moves and types as a reader does; it counts for the pass that the status line named when it
began. The list is turned oldest first, so that places stay while it grows.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.answers import PLACE, Answers
from benchmarks.room import moving, oldest_first, room, typing
from benchmarks.terminal import Terminal

STAGES = {
    "Reading cables": "facts",
    "Reading subjects": "grammar",
    "Reading texts": "text",
    "Comparing sentences": "sentences",
}
_WORDS = ("minister", "sanctions", "uranium", "election")
_KEYS = 15
_BETWEEN = 2.0


@dataclass(slots=True)
class Growing:
    """Milliseconds from key to painted bytes, by the pass that ran."""

    first: float = 0.0
    """Seconds from the start of the program to the first row."""
    finished: float = 0.0
    """Seconds from the start until the status line named no pass any more."""
    moved: dict[str, Answers] = field(default_factory=dict)
    typed: dict[str, Answers] = field(default_factory=dict)

    @property
    def together(self) -> Answers:
        """All keys."""
        found = Answers()
        for each in (*self.moved.values(), *self.typed.values()):
            found.join(each)
        return found


def growing(archive: Path, home: Path, limit: float = 900) -> Growing:
    """Open the room on an archive that no cache knows, and use it until the index is complete."""
    result = Growing()
    started = time.perf_counter()
    with room(archive, home) as terminal:
        terminal.until(lambda text: bool(PLACE.search(text)), 60)
        result.first = time.perf_counter() - started
        oldest_first(terminal)
        turn = idle = 0
        while idle < 2 and time.perf_counter() < started + limit:
            stage = _stage(terminal)
            idle = 0 if stage else idle + 1
            if stage:
                result.finished = time.perf_counter() - started
                word = _WORDS[turn % len(_WORDS)]
                result.moved.setdefault(stage, Answers()).join(moving(terminal, _KEYS))
                result.typed.setdefault(stage, Answers()).join(typing(terminal, word))
                turn += 1
            terminal.rest(_BETWEEN)
    return result


def _stage(terminal: Terminal) -> str:
    last = terminal.text
    return next((name for said, name in STAGES.items() if said in last), "")

"""Sentences typed letter by letter into the running room: from the key to the messages.

The rows of the list, and later the counts of the library, come back to the room as actions; their
times are noted there (`benchmarks.hooked`), those of the keys here. The next letter is typed when
the counts of the last one have come, so that every prefix is measured.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.answers import Answers
from benchmarks.queries import SENTENCES
from benchmarks.room import PACE, ready, room
from benchmarks.terminal import Terminal

PATIENCE = 3.0
"""Seconds after which an answer counts as lost."""
_STEP = 0.02


@dataclass(slots=True)
class Typed:
    """Milliseconds from key to message."""

    rows: Answers = field(default_factory=Answers)
    """The first answer to a prefix: its number and its first rows."""
    counts: Answers = field(default_factory=Answers)
    """The counts of the library."""
    slow: list[tuple[str, float, float]] = field(default_factory=list)
    """Prefixes with their rows and counts, the slowest counts first."""


class _Log:
    """What the listener has noted, read as it grows."""

    def __init__(self, path: Path) -> None:
        self._file = path.open(encoding="utf-8")
        self.seen: list[dict[str, object]] = []

    def read(self) -> list[dict[str, object]]:
        for line in self._file:
            self.seen.append(json.loads(line))
        return self.seen

    def close(self) -> None:
        self._file.close()


def typed(archive: Path, home: Path, sentences: Sequence[str] = SENTENCES) -> Typed:
    """Every prefix of some sentences."""
    result = Typed()
    with tempfile.TemporaryDirectory(prefix="cable-tui-letters-") as folder:
        path = Path(folder) / "log"
        path.touch()
        log = _Log(path)
        with room(archive, home, program=("-m", "benchmarks.hooked", str(path))) as terminal:
            ready(terminal)
            for sentence in sentences:
                for prefix, rows, counts in _sentence(terminal, log, sentence):
                    _note(result.rows, rows)
                    _note(result.counts, counts)
                    result.slow.append((prefix, rows or 0.0, counts or 0.0))
        log.close()
    result.slow.sort(key=lambda each: -each[2])
    return result


def _note(answers: Answers, milliseconds: float | None) -> None:
    if milliseconds is None:
        answers.lost += 1
    else:
        answers.times.append(milliseconds)


def _sentence(
    terminal: Terminal, log: _Log, sentence: str
) -> Iterator[tuple[str, float | None, float | None]]:
    terminal.send("/")
    terminal.rest(0.7)
    for end in range(1, len(sentence) + 1):
        before = len(log.read())
        sent = terminal.send(sentence[end - 1])
        rows, counts = _answers(terminal, log, before, sent, asks=sentence[end - 1] != " ")
        if sentence[end - 1] != " ":  # a blank asks nothing where the question stays the same
            yield sentence[:end], rows, counts
        terminal.rest(sent + PACE - time.perf_counter())
    terminal.send("escape")
    terminal.rest(0.7)


def _answers(
    terminal: Terminal, log: _Log, before: int, sent: float, *, asks: bool
) -> tuple[float | None, float | None]:
    """Milliseconds until the rows and the counts of what was just typed came."""
    rows = counts = None
    deadline = sent + (PATIENCE if asks else PACE)
    while (rows is None or counts is None) and time.perf_counter() < deadline:
        terminal.rest(_STEP)
        noted = log.read()[before:]
        at = next((at for at, each in enumerate(noted) if each["action"] == "QueryTyped"), None)
        for each in noted[at:] if at is not None else ():
            taken = (float(str(each["at"])) - sent) * 1000
            if each["action"] == "HitsFound" and rows is None:
                rows = taken
            if each["action"] == "FacetsCounted" and counts is None:
                counts = taken
    return rows, counts

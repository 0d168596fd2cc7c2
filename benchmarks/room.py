"""How fast the reading room answers: keys to painted bytes, through a pseudo-terminal.

A key counts as answered when the bytes that show it have arrived: after `j` the cursor's next place
in the status line, after a letter the whole text of the bar. Keys come as a reader sends them, one
after the other at `PACE`, and the next one only when the last was answered.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.terminal import Terminal

PACE = 0.12
"""Seconds from one key to the next."""
PATIENCE = 5.0
"""Seconds after which a key counts as lost."""
_ID = re.compile(rb"\b[0-9]{2}[A-Z]{3,}[0-9]+\b")
PLACE = re.compile(r"\b([0-9][0-9,]*)/[0-9][0-9,]* (?:newest|oldest) first")
EMPTY_APP = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("an empty program")
Empty().run()
"""


@dataclass(slots=True)
class Answers:
    """Milliseconds from key to painted bytes."""

    times: list[float] = field(default_factory=list)
    lost: int = 0
    """Keys whose answer was not seen within `PATIENCE`."""

    def percentile(self, part: float) -> float:
        """So many of the answers took no longer; not a number where there was none."""
        if not self.times:
            return float("nan")
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * part))]

    def __str__(self) -> str:
        lost = f", {self.lost} lost" if self.lost else ""
        parts = (self.percentile(part) for part in (0.5, 0.95, 1.0))
        return " / ".join(f"{part:.0f}" for part in parts) + lost

    def add(self, terminal: Terminal, key: str, wanted: str) -> None:
        """Send a key, wait for a text, and let the rest of its time pass."""
        sent = terminal.send(key)
        painted = terminal.written(re.compile(re.escape(wanted.encode())), PATIENCE)
        if painted is None:
            self.lost += 1
        else:
            self.times.append((painted - sent) * 1000)
        terminal.rest(sent + PACE - time.perf_counter())


def room(archive: Path, home: Path, columns: int = 120, rows: int = 40) -> Terminal:
    """The reading room on an archive."""
    return Terminal(
        [sys.executable, "-m", "cable_tui", str(archive)],
        columns=columns,
        rows=rows,
        environment={"CABLE_TUI_HOME": str(home)},
    )


def first_row(archive: Path, home: Path) -> float:
    """Milliseconds from the start of the program to a row of the archive in its bytes."""
    started = time.perf_counter()
    with room(archive, home) as terminal:
        painted = terminal.written(_ID, 30)
        return ((painted or float("inf")) - started) * 1000


def empty_program() -> float:
    """The same for a Textual program with one line of text."""
    started = time.perf_counter()
    with Terminal([sys.executable, "-c", EMPTY_APP], columns=120, rows=40) as terminal:
        painted = terminal.written(re.compile(b"an empty program"), 30)
        return ((painted or float("inf")) - started) * 1000


def starts(archive: Path, home: Path, pairs: int = 9) -> tuple[float, float]:
    """Medians of `first_row` and `empty_program`, taken in turns."""
    taken = [(first_row(archive, home), empty_program()) for _ in range(pairs)]
    return statistics.median(a for a, _ in taken), statistics.median(b for _, b in taken)


def moving(terminal: Terminal, keys: int = 60) -> Answers:
    """`j` so many times; in the order in which an archive grows, so that places stay."""
    answers = Answers()
    if "oldest first" not in terminal.text:
        terminal.send(",")
        terminal.written(re.compile(rb"oldest first"), PATIENCE)
    terminal.rest(0.3)
    found = PLACE.search(terminal.text)
    here = int(found[1].replace(",", "")) if found else 1
    for place in range(here + 1, here + keys + 1):
        answers.add(terminal, "j", f"{place:,}/")
        if answers.lost:  # the places no longer agree
            break
    return answers


def typing(terminal: Terminal, sentence: str) -> Answers:
    """A sentence in the search bar, letter by letter, each timed until the bar shows it."""
    answers = Answers()
    terminal.send("/")
    terminal.rest(0.5)
    typed = ""
    for letter in sentence:
        typed += letter
        answers.add(terminal, letter, typed.rstrip())
    terminal.send("escape")
    terminal.rest(0.5)
    return answers

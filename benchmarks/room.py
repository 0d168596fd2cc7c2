"""How fast the reading room answers: keys to painted bytes, through a pseudo-terminal.

A key counts as answered when the screen shows what it asks for: after `j` the cursor's place in the
status line, after a letter the bar and a list that says it belongs to the new query.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.terminal import Terminal

_PLACE = re.compile(r"\b(\d[\d,]*)/(\d[\d,]*)\b")
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
    """Keys whose answer was not seen within five seconds."""

    def __str__(self) -> str:
        if not self.times:
            return f"none seen, {self.lost} lost"
        ordered = sorted(self.times)
        tail = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        lost = f", {self.lost} lost" if self.lost else ""
        return (
            f"median {statistics.median(ordered):.0f} ms, 95th {tail:.0f} ms, "
            f"max {ordered[-1]:.0f} ms{lost}"
        )


def room(archive: Path, home: Path, columns: int = 120, rows: int = 40) -> Terminal:
    """The reading room on an archive."""
    return Terminal(
        [sys.executable, "-m", "cable_tui", str(archive)],
        columns=columns,
        rows=rows,
        environment={"CABLE_TUI_HOME": str(home)},
    )


def first_row(archive: Path, home: Path) -> float:
    """Milliseconds from the start of the program to a row of the archive on the screen."""
    started = time.perf_counter()
    with room(archive, home) as terminal:
        painted = terminal.until(lambda text: bool(re.search(r"\b\d\d[A-Z]{3,}\d+\b", text)), 30)
        return ((painted or float("inf")) - started) * 1000


def empty_program() -> float:
    """The same for a program with one line of text."""
    started = time.perf_counter()
    with Terminal([sys.executable, "-c", EMPTY_APP], columns=120, rows=40) as terminal:
        painted = terminal.until(lambda text: "an empty program" in text, 30)
        return ((painted or float("inf")) - started) * 1000


def place(text: str) -> str:
    """The list's own count of where its cursor is: `3/228`."""
    found = _PLACE.search(text)
    return found[0] if found else ""


def moving(terminal: Terminal, keys: int = 60, pause: float = 0.03) -> Answers:
    """`j` so many times, each timed until the list's cursor has moved."""
    answers = Answers()
    for _ in range(keys):
        before = place(terminal.text)
        _timed(terminal, "j", lambda text, before=before: place(text) not in ("", before), answers)
        time.sleep(pause)
    return answers


def typing(terminal: Terminal, sentence: str) -> Answers:
    """A sentence in the search bar, letter by letter, each timed until the bar shows it."""
    answers = Answers()
    terminal.send("/")
    terminal.settle(0.2, 2)
    typed = ""
    for letter in sentence:
        typed += letter
        shown = typed.rstrip()
        _timed(terminal, letter, lambda text, shown=shown: shown in text.split("\n")[0], answers)
    return answers


def _timed(terminal: Terminal, key: str, holds: object, answers: Answers) -> None:
    assert callable(holds)
    sent = terminal.send(key)
    painted = terminal.until(holds, 5)
    if painted is None:
        answers.lost += 1
    else:
        answers.times.append((painted - sent) * 1000)

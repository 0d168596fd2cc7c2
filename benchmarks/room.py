"""How fast the reading room answers: keys to painted bytes, through a pseudo-terminal.

After `j` the next place in the status line is waited for, after a letter the whole text of the bar,
after Enter the first line of the cable's text.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.answers import PLACE, Answers, ask, edges, place
from benchmarks.terminal import Terminal

PACE = 0.12
"""Seconds from one key to the next, as a reader sends them."""
HELD = 1 / 30
"""The same for a key that is held."""
_ID = re.compile(rb"\b[0-9]{2}[A-Z]{3,}[0-9]+\b")
CURSOR = re.compile(r"▌[^│]*?\b[0-9]{2}([A-Z]+)([0-9]+)\b")
"""The cursor's line of the list: post and number."""
_OLDEST = re.compile(r"/[0-9,]+ oldest first")
_SETTLED = 1.0
"""Seconds for which a screen is waited for to be quiet; while an archive grows it never is."""
EMPTY_APP = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("an empty program")
Empty().run()
"""

Key = tuple[str, Callable[[Terminal], bool]]


def room(
    archive: Path,
    home: Path,
    kind: type[Terminal] = Terminal,
    program: tuple[str, ...] = ("-m", "cable_tui"),
) -> Terminal:
    """The reading room on an archive, at 120 by 40."""
    command = [sys.executable, *program, str(archive)]
    return kind(command, environment={"CABLE_TUI_HOME": str(home)})


def ready(terminal: Terminal, seconds: float = 60) -> None:
    """Wait for the list, and until what is done after the first paint is done."""
    terminal.until(lambda text: bool(PLACE.search(text)), seconds)
    terminal.rest(2)
    terminal.until(lambda text: "Reading " not in text, seconds)


def first_row(archive: Path, home: Path) -> float:
    """Milliseconds from the start of the program to a row of the archive in its bytes."""
    started = time.perf_counter()
    with room(archive, home) as terminal:
        painted = terminal.written(_ID, 30)
        taken = ((painted or float("inf")) - started) * 1000
        terminal.rest(0.5)  # a program that is killed while it starts keeps nothing
        return taken


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


def oldest_first(terminal: Terminal) -> None:
    """Turn the list, so that places stay while the archive grows."""
    terminal.send(",")
    terminal.until(lambda text: "Order of the list" in text, 5)
    terminal.send("o")
    turned = terminal.until(lambda text: _OLDEST.search(text) is not None, 5)
    assert turned, terminal.text
    terminal.rest(0.3)


def moving(terminal: Terminal, keys: int = 60, pace: float = PACE, after: float = 1.0) -> Answers:
    """Press `j` `keys` times."""
    terminal.settle(seconds=_SETTLED)
    here = place(terminal)
    wanted = range(here + 1, here + keys + 1)
    return ask(terminal, (("j", partial(_at, wanted=each)) for each in wanted), pace, after)


def paging(terminal: Terminal, keys: int = 20, pace: float = PACE) -> Answers:
    """Page down `keys` times, in the list."""
    terminal.settle(seconds=_SETTLED)
    here = place(terminal)
    wanted = range(here + 1, here + keys + 1)
    return ask(terminal, (("pagedown", partial(_at, wanted=each)) for each in wanted), pace)


def typing(terminal: Terminal, sentence: str, pace: float = PACE, after: float = 1.0) -> Answers:
    """A sentence in the search bar, letter by letter."""
    terminal.send("/")
    terminal.rest(0.7)
    assert terminal.text
    answers = ask(terminal, _letters(sentence), pace, after)
    terminal.send("escape")
    terminal.rest(0.7)
    return answers


def opening(terminal: Terminal, cables: int = 20) -> Answers:
    """Enter on the cable under the cursor, back, and on the next one."""
    answers = Answers()
    for _ in range(cables):
        terminal.settle(0.2, 3)
        found = CURSOR.search(terminal.text)
        if found is None:
            answers.lost += 1
            continue
        wanted = f"{found[1]} {int(found[2]):06}"
        answers.join(ask(terminal, [("enter", partial(shows, wanted=wanted))], PACE))
        terminal.send("escape")
        terminal.rest(0.2)
        terminal.send("j")
    return answers


def first_openings(archive: Path, home: Path, rooms: int = 20) -> Answers:
    """Enter on the first cable of as many rooms, a while after their start."""
    answers = Answers()
    for _ in range(rooms):
        with room(archive, home) as terminal:
            ready(terminal)
            answers.join(opening(terminal, 1))
    return answers


def scrolling(terminal: Terminal, key: str = "down", keys: int = 30) -> Answers:
    """A key that scrolls the open cable, answered by the first piece that changes the screen."""
    answers = Answers()
    for _ in range(keys):
        before = terminal.text
        answers.join(ask(terminal, [(key, partial(_differs, before=before))], PACE, after=PACE))
    return answers


def _letters(sentence: str) -> Iterator[Key]:
    for end in range(1, len(sentence) + 1):
        yield sentence[end - 1], partial(_typed, wanted=sentence[:end].rstrip())


def _at(terminal: Terminal, wanted: int) -> bool:
    return place(terminal) >= wanted


def _typed(terminal: Terminal, wanted: str) -> bool:
    return wanted in edges(terminal)


def shows(terminal: Terminal, wanted: str) -> bool:
    """Whether what has been drawn holds a text."""
    return wanted in terminal.lines()


def _differs(terminal: Terminal, before: str) -> bool:
    return terminal.lines() != before

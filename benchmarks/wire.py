"""What goes over the wire, and how the room does on a slow one; opening a very long cable.

The slow line carries one Mbit a second and shows everything 150 ms late.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from benchmarks.answers import Answers, ask
from benchmarks.fiction import Author
from benchmarks.generate import row
from benchmarks.room import CURSOR, HELD, PACE, moving, ready, room, scrolling, shows, typing
from benchmarks.terminal import Terminal, Throttled

LINES = 1400
"""Of the long cable's text."""
_WORDS_A_LINE = 11
_OTHERS = 50
_DRAINED = 6.0
"""Seconds after the last key in which a slow line comes to rest."""


def long_archive(path: Path) -> None:
    """A dump of some cables; the newest is very long."""
    author = Author(11)
    cables = list(author.cables(_OTHERS))
    last = cables[-1]
    text = author.text(LINES * _WORDS_A_LINE)
    cables[-1] = replace(last, body=f"{last.body}\n\n9. ({last.classification[0]}) {text}")
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(row(cable) for cable in cables)


def held_on_slow_line(archive: Path, home: Path, keys: int = 60) -> Answers:
    """`j` held for two seconds on the slow line."""
    with room(archive, home, Throttled) as terminal:
        ready(terminal)
        terminal.rest(2)
        return moving(terminal, keys, HELD, after=_DRAINED)


def typing_on_slow_line(archive: Path, home: Path, sentence: str) -> Answers:
    """A sentence typed on the slow line."""
    with room(archive, home, Throttled) as terminal:
        ready(terminal)
        terminal.rest(2)
        return typing(terminal, sentence, after=_DRAINED)


@dataclass(frozen=True, slots=True)
class Long:
    """The long cable."""

    opened: Answers
    """From Enter to its text, as the first cable of a room."""
    again: Answers
    """The same in rooms where another cable was read before."""
    lines: Answers
    pages: Answers


def long_cable(archive: Path, home: Path, times: int = 7) -> Long:
    """The newest cable of `long_archive`, opened by a room of its own each time, and read."""
    opened, again = Answers(), Answers()
    for _ in range(times):
        with room(archive, home) as terminal:
            ready(terminal)
            opened.join(_open(terminal))
        with room(archive, home) as terminal:
            ready(terminal)
            for key in ("j", "enter", "escape", "k"):
                terminal.send(key)
                terminal.rest(0.7)
            again.join(_open(terminal))
    with room(archive, home) as terminal:
        ready(terminal)
        terminal.send("enter")
        terminal.rest(1)
        return Long(opened, again, scrolling(terminal, "down"), scrolling(terminal, "pagedown"))


def _open(terminal: Terminal) -> Answers:
    found = CURSOR.search(terminal.text)
    wanted = f"{found[1]} {int(found[2]):06}" if found else "no cable under the cursor"
    return ask(terminal, [("enter", partial(shows, wanted=wanted))], PACE)

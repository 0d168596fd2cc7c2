"""Keys of the reading room, in turns with the same keys of an empty Textual program.

The empty program paints one line for each key: its number, as the room does in the status line, or
what has been typed. What the room takes beyond that is ours, and the rest is Python's, Textual's,
the terminal's and the machine's.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from benchmarks import room
from benchmarks.answers import Answers, ask, place
from benchmarks.table import BenchmarkFolders, Effort, table_heading, table_row
from benchmarks.terminal import Terminal

_EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    place = 1
    typed = ""
    def compose(self):
        yield Static(f"{self.place}/1000000 newest first")
    def on_key(self, event):
        if event.key == "escape":
            self.typed = ""
        elif event.key in ("j", "pagedown", "enter"):
            self.place += 1
        else:
            self.typed += event.character or ""
        line = f"{self.place}/1000000 newest first {self.typed}"
        self.query_one(Static).update(line, layout=False)
Empty().run()
"""
_SENTENCES = ("prime minister sanctions", "energy press visit annual")
_KEYS = 25
"""Keys of one program before it is the other's turn."""

Pressed = Callable[[Terminal], Answers]


class Action(NamedTuple):
    """What is done in both programs."""

    name: str
    in_room: Pressed
    in_empty: Pressed
    turns: int
    bar: int
    """Milliseconds that the room may take beyond the empty program, at the 95th percentile."""


def _enter(terminal: Terminal) -> Answers:
    here = place(terminal)
    at = partial(_at, wanted=here + 1)
    return ask(terminal, [("enter", at)], room.PACE)


def _at(terminal: Terminal, wanted: int) -> bool:
    return place(terminal) >= wanted


def _typing(sentence: str) -> Pressed:
    return partial(room.typing, sentence=sentence, pace=0.3)


def _actions(keys: int) -> Iterator[Action]:
    turns = max(keys // _KEYS, 1)
    moved = partial(room.moving, keys=_KEYS)
    yield Action("`j`", moved, moved, turns, 8)
    paged = partial(room.paging, keys=_KEYS, pace=0.3)
    yield Action("a page of the list", paged, paged, turns, 8)
    for sentence in _SENTENCES:
        typed = _typing(sentence)
        yield Action(f"a letter of `{sentence}`", typed, typed, max(turns // 2, 1), 8)
    yield Action("opening a cable", partial(room.opening, cables=1), _enter, keys, 16)


def keys_in_turns(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """500 keys of each kind, and the first cable of 20 rooms."""
    keys = 500 if effort.questions >= 300 else _KEYS
    yield from table_heading(
        f"Keys in turns with an empty program, milliseconds to the paint, {keys} of each",
        "what", "the room: median / 95th / most", "an empty program", "more at the 95th", "bar",
    )  # fmt: skip
    with room.room(places.dump, places.home) as terminal, _empty() as empty:
        room.ready(terminal)
        room.ready(empty)
        for action in _actions(keys):
            ours, theirs = Answers(), Answers()
            for _ in range(action.turns):
                ours.join(action.in_room(terminal))
                theirs.join(action.in_empty(empty))
            yield _row(action.name, ours, theirs, action.bar)
    first, theirs = Answers(), Answers()
    for _ in range(max(keys // _KEYS, 1)):
        first.join(room.first_openings(places.dump, places.home, 1))
        with _empty() as empty:
            room.ready(empty)
            theirs.join(_enter(empty))
    yield _row("opening a cable, the first of a room", first, theirs, 20)


def _empty() -> Terminal:
    return Terminal([sys.executable, "-c", _EMPTY])


def _row(what: str, ours: Answers, theirs: Answers, bar: int) -> str:
    beyond = ours.percentile(0.95) - theirs.percentile(0.95)
    return table_row(what, str(ours), str(theirs), f"{beyond:.1f}", f"{bar}")

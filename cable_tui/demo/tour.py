"""The tour of the demo: the words that the room's tour names, and its steps as command lines."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

WORDS = ("lobster", "captain", "minister", "harbor", "ferry")
"""Words of the demo, the first to be named first."""
_CABLE = "05PORTAMBER140"
_STEPS = (
    ("Narrow", "the cables about fisheries, by their TAGS", ("search", "", "tag:EFIS")),
    ("Search", "those of them that hold a word", ("search", "", "tag:EFIS lobster")),
    ("Correct", "a misspelt word; what was meant is found, and said", ("search", "", "lobstre")),
    ("Read", "a cable, as text", ("show", "", _CABLE)),
    ("Follow", "the cables that cite that one", ("search", "", f"cites:{_CABLE}")),
    ("Come back", "one paragraph of that cable", ("show", "", f"{_CABLE}#2")),
    ("Mark", "this paragraph, among your own bookmarks", ("marks", "add", "", f"{_CABLE}#2")),
    ("Cite", "it, for a text of your own", ("cite", "", f"{_CABLE}#2")),
    ("Find help", "what a command takes, with examples", ("help", "search")),
)  # fmt: skip
"""Name, what the line does, and its words; an empty one stands for the folder."""


class TourCommand(NamedTuple):
    """One step of the tour as a command line."""

    name: str
    does: str
    argv: tuple[str, ...]
    """The words after `cable-tui`."""

    @property
    def line(self) -> str:
        """As it is typed into a shell."""
        return shlex.join(("cable-tui", *self.argv))


def tour_commands(folder: Path) -> Iterator[TourCommand]:
    """The steps of the tour on the demo in `folder`."""
    for name, does, words in _STEPS:
        yield TourCommand(name, does, tuple(word or str(folder) for word in words))

"""The lines of a concordance and their orders.

Apart from the reading: who prints lines, or a help, needs neither texts nor an engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

from cable_tui.text import words
from cable_tui.value import Value

if TYPE_CHECKING:
    from cable_tui.archive.catalogue.rows import Row

Order = Literal["date", "newest", "post", "left", "right"]
ORDERS: dict[Order, str] = {
    "date": "oldest first",
    "newest": "newest first",
    "post": "by post, then by date",
    "left": "by the words before, the nearest first",
    "right": "by the words behind",
}
"""The orders of a concordance, with their meanings."""
BY_CONTEXT: tuple[Order, ...] = ("left", "right")
"""Orders that are known only when all lines are."""
MOST_SORTED = 100_000
"""Lines that are sorted by their context at most: they are all in memory."""
AROUND = 120
"""Characters on either side of a place, at most."""
_KEY = 60
"""Characters of the context that decide the order."""


class Line(NamedTuple):
    """One place in one cable."""

    row: Row
    """The cable."""
    paragraph: str | None
    """The label of the paragraph, as the telegram numbers it; None where it has none."""
    in_subject: bool
    """It stands in the subject, not in the text."""
    left: str
    """What stands before, cut at a word; with `word` and `right` it is the text on one line."""
    word: str
    """What matched, as the text has it."""
    right: str
    at: int = 0
    """Where `word` begins in the body, in characters; 0 in a subject."""


class CableRead(Value):
    """What a concordance found in one cable."""

    id: int
    lines: tuple[Line, ...] = ()
    """None where the words stand only in its header, its TAGS or its references."""
    problem: str = ""
    """Why its text could not be read."""


def by_context(lines: Iterable[Line], order: Order) -> list[Line]:
    """Lines sorted by the words before or behind, equal ones as they came.

    Capitals, accents and punctuation do not matter.
    """
    key = _left_key if order == "left" else _right_key
    return sorted(lines, key=key)


def _left_key(line: Line) -> str:
    near = [word for _, _, word in words(line.left[-_KEY:])]
    return " ".join(reversed(near))


def _right_key(line: Line) -> str:
    return " ".join(word for _, _, word in words(line.right[:_KEY]))

"""The lines of a concordance and their orders.

Apart from the reading: who prints lines, or a help, needs neither texts nor an engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cable_tui.text import words
from cable_tui.value import Value

if TYPE_CHECKING:
    from cable_tui.archive.catalogue.rows import Row

AROUND = 120
"""Characters on either side of a place, at most."""
_KEY = 60
"""Characters of the context that decide the order."""


class ConcordanceLine(NamedTuple):
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
    record: int = 1
    """The number of the record: of another than the shown one if only that has the words."""


class CableRead(Value):
    """What a concordance found in one cable."""

    id: int
    lines: tuple[ConcordanceLine, ...] = ()
    """None where the words stand only in its header, its TAGS or its references."""
    problem: str = ""
    """Why its text could not be read."""


def by_left(line: ConcordanceLine) -> str:
    """Sorts by the words before, the nearest first, without capitals, accents, punctuation."""
    near = [word for _, _, word in words(line.left[-_KEY:])]
    return " ".join(reversed(near))


def by_right(line: ConcordanceLine) -> str:
    """Sorts by the words after."""
    return " ".join(word for _, _, word in words(line.right[:_KEY]))

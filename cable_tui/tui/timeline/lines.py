"""The bars of the timeline: which months or days a cell stands for, and its sign. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from cable_tui.session.feature_state import TimelineData
from cable_tui.value import Value

LEVELS = " ▁▂▃▄▅▆▇█"
GROUND = "░"
"""The whole archive, behind the hits."""
GAP = "·"
"""No cable at all: that there is no hit says nothing."""
_WIDEST = 12
"""Cells of a bar at most."""
_YEARS = 36
"""Months from which on years say enough at the ends."""


class Cell(Value):
    """One column of the timeline."""

    first: int
    """The months or days that it stands for, as places in the timeline."""
    last: int
    hits: int
    whole: int


def timeline_labels(data: TimelineData) -> tuple[str, str]:
    """What stands at the ends: years, months or days."""
    if not data.starts:
        return "", ""
    length = 4 if data.unit == "month" and len(data.starts) >= _YEARS else 10
    return data.starts[0][:length], data.starts[-1][:length]


def timeline_cells(data: TimelineData, cells: int) -> int:
    """Cells that are left for the bars between the labels."""
    return max(cells - sum(len(label) + 1 for label in timeline_labels(data)), 1)


def cells_of(data: TimelineData, cells: int) -> list[Cell]:
    """The timeline in at most so many cells: several months a cell, or several cells a month."""
    count = len(data.starts)
    if not count:
        return []
    several = -(-count // cells)
    wide = max(1, min(cells // count, _WIDEST))
    found = []
    for first in range(0, count, several):
        last = min(first + several, count) - 1
        hits, whole = (sum(each[first : last + 1]) for each in (data.hits, data.whole))
        found += [Cell(first, last, hits, whole)] * wide
    return found


def place_at(cells: Sequence[Cell], column: int) -> int | None:
    """The month or day that a column stands for; the nearest one beyond the ends."""
    if not cells:
        return None
    return cells[max(0, min(column, len(cells) - 1))].first


def timeline_signs(cells: Sequence[Cell], rows: int) -> list[list[tuple[str, str]]]:
    """For each row, from the top, the sign of each cell and its look: hits, ground or gap.

    Hits and archive have each a scale of their own: a rare word would not be seen in that of all.
    """
    most, all_most = (
        max((each.hits for each in cells), default=0),
        max((each.whole for each in cells), default=0),
    )
    found = []
    for row in reversed(range(rows)):
        line = []
        for cell in cells:
            filled = _filled(cell.hits, most, rows) - row * 8
            ground = _filled(cell.whole, all_most, rows) - row * 8
            if filled > 0:
                line.append((LEVELS[min(filled, 8)], "hits"))
            elif not cell.whole:
                line.append((GAP if row == 0 else " ", "gap"))
            elif rows > 1 and ground > 0:
                line.append((GROUND, "ground"))
            else:
                line.append((" ", "ground"))
        found.append(line)
    return found


def _filled(count: int, most: int, rows: int) -> int:
    """Eighths of a cell that a bar is high; something that is there is never nothing."""
    return max(1, round(count / most * rows * 8)) if count else 0

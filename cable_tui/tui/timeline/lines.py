"""The bars of the timeline: which months or days a cell stands for, and its sign. Pure."""

from __future__ import annotations

from collections.abc import Container, Sequence

from cable_tui.session.feature_state import TimelineData
from cable_tui.value import Value

LEVELS = " ▁▂▃▄▅▆▇█"
GROUND = "░"
"""The whole archive, behind the hits."""
GAP = "·"
"""No cable at all: that there is no hit says nothing."""
TICK = "┆"
"""The beginning of a year, where there is no bar."""
_WIDEST = 12
"""Cells of a bar at most."""
_STEPS = 1, 2, 5, 10, 20
"""Years from one tick to the next."""
_NAME = 5
"""Cells of a year's name and the gap behind it."""
_YEARS = 36
"""Months from which on years say enough at the ends."""


Window = tuple[int, int]
"""The first and the last month or day that is shown."""


class Cell(Value):
    """One column of the timeline."""

    first: int
    """The months or days that it stands for, as places in the timeline."""
    last: int
    hits: int
    whole: int


def timeline_labels(data: TimelineData, window: Window | None = None) -> tuple[str, str]:
    """What stands at the ends: years, months or days."""
    if not data.starts:
        return "", ""
    first, last = window or _all(data)
    length = 4 if data.unit == "month" and last - first + 1 >= _YEARS else 10
    return data.starts[first][:length], data.starts[last][:length]


def _all(data: TimelineData) -> Window:
    return 0, len(data.starts) - 1


def timeline_cells(data: TimelineData, cells: int, window: Window | None = None) -> int:
    """Cells that are left for the bars between the labels."""
    return max(cells - sum(len(label) + 1 for label in timeline_labels(data, window)), 1)


def cells_of(data: TimelineData, cells: int, window: Window | None = None) -> list[Cell]:
    """A part of the timeline in so many cells: several months a cell, or several cells a month."""
    start, end = window or _all(data)
    if not data.starts:
        return []
    count = end - start + 1
    several = -(-count // cells)
    wide = max(1, min(cells // count, _WIDEST))
    found = []
    for first in range(start, end + 1, several):
        last = min(first + several - 1, end)
        hits, whole = (sum(each[first : last + 1]) for each in (data.hits, data.whole))
        found += [Cell(first, last, hits, whole)] * wide
    return found


def ticks(data: TimelineData, cells: Sequence[Cell]) -> dict[int, str]:
    """Where years begin, by column; months in a timeline of days.

    Where years are narrow, every second, fifth or tenth, so that their names have room.
    """
    length = 4 if data.unit == "month" else 7
    found: dict[int, str] = {}
    before: Cell | None = None
    for column, cell in enumerate(cells):
        if cell is not before:
            starts = data.starts[cell.first : cell.last + 1]
            begins = next((start for start in starts if start.endswith("-01")), "")
            if begins:
                found[column] = begins[:length]
        before = cell
    if data.unit != "month" or not found:
        return found
    narrow = len(cells) / (cells[-1].last - cells[0].first + 1) * 12
    step = next((step for step in _STEPS if step * narrow > _NAME), _STEPS[-1])
    return {column: name for column, name in found.items() if int(name) % step == 0}


def axis(data: TimelineData, cells: Sequence[Cell]) -> str:
    """A line with the names of years where they begin, as many as there is room for."""
    line = ""
    for column, name in ticks(data, cells).items():
        if column >= len(line) and column + len(name) <= len(cells):
            line += " " * (column - len(line)) + name + " "
    return f"{line:<{len(cells)}}"[: len(cells)]


def place_at(cells: Sequence[Cell], column: int) -> int | None:
    """The month or day that a column stands for; the nearest one beyond the ends."""
    if not cells:
        return None
    return cells[max(0, min(column, len(cells) - 1))].first


def timeline_signs(
    cells: Sequence[Cell], rows: int, ticked: Container[int] = ()
) -> list[list[tuple[str, str]]]:
    """For each row, from the top, the sign of each cell and its look: hits, ground, gap or tick.

    Hits and archive have each a scale of their own: a rare word would not be seen in that of all.
    In the columns that are `ticked` a tick stands where there is nothing else.
    """
    most, all_most = (
        max((each.hits for each in cells), default=0),
        max((each.whole for each in cells), default=0),
    )
    found = []
    for row in reversed(range(rows)):
        line = []
        for column, cell in enumerate(cells):
            filled = _filled(cell.hits, most, rows) - row * 8
            ground = _filled(cell.whole, all_most, rows) - row * 8
            if filled > 0:
                line.append((LEVELS[min(filled, 8)], "hits"))
            elif row == 0 and column and column in ticked and (rows == 1 or ground <= 0):
                line.append((TICK, "gap"))
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

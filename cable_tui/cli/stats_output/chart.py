"""A breakdown as a chart of characters: bars, or a line of small columns for each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cable_tui.archive.search.breakdown import IN_TIME, Breakdown
from cable_tui.cli.stats_output.table import label, rows_shown
from cable_tui.text import width
from cable_tui.text.numbers import ASCII_LEVELS, LEVELS, bar, steps

_LEAST = 10
"""Cells of the longest bar at least."""


def chart(found: Breakdown, limit: int | None, cells: int, *, ascii_only: bool) -> Iterator[str]:
    """The lines of the chart, `cells` wide."""
    if found.columns:
        yield from _lines_of_columns(found, limit, cells, ascii_only=ascii_only)
    else:
        yield from _bars(found, limit, cells, ascii_only=ascii_only)


def _bars(found: Breakdown, limit: int | None, cells: int, *, ascii_only: bool) -> Iterator[str]:
    shown = rows_shown(found, limit)
    counts = {each.value: each.count for each in found.rows[:shown]}
    if found.keys[0] in IN_TIME:
        counts = {name: counts.get(name, 0) for name in steps(list(counts))}
    if not counts:
        return
    labels = [label(value) for value in counts]
    left = max(map(width, labels))
    most = max(counts.values())
    room = max(cells - left - len(f"{most:,}") - 3, _LEAST)
    for name, count in zip(labels, counts.values(), strict=True):
        drawn = bar(count / most * room, ascii_only=ascii_only)
        yield f"{name}{' ' * (left - width(name))}  {drawn}{' ' if drawn else ''}{count:,}"
    if len(found.rows) > shown:
        yield f"… {len(found.rows) - shown:,} more"


def _lines_of_columns(
    found: Breakdown, limit: int | None, cells: int, *, ascii_only: bool
) -> Iterator[str]:
    """A row for each value of the first key, with a cell for each step of time."""
    shown = rows_shown(found, limit)
    rows = found.rows[:shown]
    names = steps(found.columns)
    labels = [label(each.value) for each in rows]
    left = max(map(width, labels), default=0)
    total = max(len(f"{each.count:,}") for each in rows) if rows else 0
    room = max(cells - left - total - 4, _LEAST)
    several = -(-len(names) // room)
    starts = range(0, len(names), several)
    known = {name: at for at, name in enumerate(found.columns)}
    levels = ASCII_LEVELS if ascii_only else LEVELS
    ends = _ends(names, len(starts))
    yield f"{' ' * left}  {ends}".rstrip()
    for each, name in zip(rows, labels, strict=True):
        by_step = [each.across[known[step]] if step in known else 0 for step in names]
        sums = [sum(by_step[start : start + several]) for start in starts]
        most = max(sums, default=0)
        line = "".join(_level(number, most, levels) for number in sums)
        gap = " " * max(len(ends) - len(sums), 0)
        yield f"{name}{' ' * (left - width(name))}  {line}{gap}  {each.count:>{total},}"
    if len(found.rows) > shown:
        yield f"… {len(found.rows) - shown:,} more"


def _level(number: int, most: int, levels: str) -> str:
    """The sign of a number in its row: the highest for the most, blank for none alone."""
    return levels[-(-number * (len(levels) - 1) // most)] if number else levels[0]


def _ends(names: Sequence[str], cells: int) -> str:
    """The first and the last step over the ends of the line."""
    if not names:
        return ""
    gap = cells - len(names[0]) - len(names[-1])
    return f"{names[0]}{' ' * gap}{names[-1]}" if gap > 0 else f"{names[0]}-{names[-1]}"

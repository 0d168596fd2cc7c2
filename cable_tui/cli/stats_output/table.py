"""A breakdown as lines, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cable_tui.archive.search.breakdown import IN_TIME, Breakdown
from cable_tui.query import class_short
from cable_tui.text import clean_line, crop, width

if TYPE_CHECKING:
    from cable_tui.archive.columns.columns import Count

NONE = "(none)"
"""The row of cables without a value."""
_SHOWN = 20
"""Rows of a table that are printed; of values in time all."""
_WIDEST = 40
"""Cells of a label at most."""


def rows_shown(found: Breakdown, limit: int | None) -> int:
    """How many rows people are shown."""
    if limit is not None:
        return limit
    return len(found.rows) if found.keys[0] in IN_TIME else _SHOWN


def section(label: str, values: Sequence[Count], shown: int) -> Iterator[str]:
    """The values of a facet with their counts, under its name."""
    if values:
        yield ""
        yield label
    yield from count_lines(values, shown)


def count_lines(values: Sequence[Count], shown: int) -> Iterator[str]:
    """A line a value, its count first."""
    for each in values[:shown]:
        title = each.title if each.title != each.value else ""
        yield f"{each.count:>9,}  {clean_line(each.value)}  {title}".rstrip()
    if len(values) > shown:
        yield f"           … {len(values) - shown:,} more"


def lines(found: Breakdown, limit: int | None, cells: int | None) -> Iterator[str]:
    """The table for people, at most so many cells wide; columns that find no place are counted."""
    shown = rows_shown(found, limit)
    if not found.columns:
        yield from count_lines(found.rows, shown)
        if found.without:
            yield f"{found.without:>9,}  {NONE}"
        return
    rows = found.rows[:shown]
    labels = [label(each.value) for each in rows]
    left = max(map(width, labels), default=0)
    heads = [
        class_short(name) if found.keys[1] == "class" else label(name) for name in found.columns
    ]
    sizes = [
        max(width(head), *(len(f"{each.across[at]:,}") for each in rows), 1)
        for at, head in enumerate(heads)
    ]
    total = max(len("total"), *(len(f"{each.count:,}") for each in rows), 1)
    kept = _fitting(sizes, None if cells is None else cells - left - total - 2)
    first = len(sizes) - kept if found.keys[1] in IN_TIME else 0
    columns = range(first, first + kept)
    names = [f"  {' ' * (sizes[at] - width(heads[at]))}{heads[at]}" for at in columns]
    yield f"{' ' * left}{''.join(names)}  {'total':>{total}}"
    for each, name in zip(rows, labels, strict=True):
        numbers = [f"  {_number(each.across[at]):>{sizes[at]}}" for at in columns]
        pad = " " * (left - width(name))
        yield f"{name}{pad}{''.join(numbers)}  {each.count:>{total},}"
    if len(found.rows) > shown:
        yield f"… {len(found.rows) - shown:,} more"
    if kept < len(sizes):
        yield f"… {len(sizes) - kept:,} more columns; --csv has all"


def label(value: str) -> str:
    """A value as the label of a row."""
    return crop(clean_line(value), _WIDEST)


def _number(count: int) -> str:
    return f"{count:,}" if count else "·"


def _fitting(sizes: Sequence[int], cells: int | None) -> int:
    """How many columns fit; one at least."""
    if cells is None:
        return len(sizes)
    kept = 0
    for size in sizes:
        cells -= size + 2
        kept += cells >= 0
    return max(kept, 1)


def csv_rows(found: Breakdown, limit: int | None) -> Iterator[tuple[str, ...]]:
    """The table for a spreadsheet; the row without a value has an empty name."""
    key = found.keys[0]
    yield (key, "title", *found.columns, "cables")
    for each in found.rows[:limit]:
        yield (each.value, each.title, *map(str, each.across), str(each.count))
    if found.without and limit is None:
        yield ("", "", *("" for _ in found.columns), str(found.without))


def as_json(found: Breakdown, query: str, limit: int | None) -> dict[str, Any]:
    """The table as scripts get it."""
    return {
        "query": query,
        "count": found.count,
        "by": list(found.keys),
        "columns": list(found.columns),
        "rows": [
            {
                "value": each.value,
                "title": each.title,
                "count": each.count,
                **({"across": list(each.across)} if found.columns else {}),
            }
            for each in found.rows[:limit]
        ],
        "without": found.without,
    }

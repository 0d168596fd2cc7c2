"""The picture of `stats`: bars for one key, or a square for each pair of two keys."""

from __future__ import annotations

from collections.abc import Sequence

from cable_tui.archive.search.breakdown import IN_TIME, Breakdown, BreakdownRow
from cable_tui.exports.charts import Bars, Chart, Grid
from cable_tui.query import class_short
from cable_tui.text.numbers import counted, steps

_ROWS = 40
"""The maximum number of rows, unless the rows are times."""
_COLUMNS = 16


def picture(table: Breakdown, query: str, limit: int) -> Chart:
    """Return the chart for a table of the cables found by a query; `limit` 0 means the default."""
    by_time = table.keys[0] in IN_TIME
    rows = table.rows[: limit or (len(table.rows) if by_time else _ROWS)]
    columns = range(len(table.columns))
    columns = columns[-_COLUMNS:] if table.keys[-1] in IN_TIME else columns[:_COLUMNS]
    notes = [
        f"{shown} of {total:,} {what} are shown."
        for shown, total, what in (
            (len(rows), len(table.rows), "rows"),
            (len(columns), len(table.columns), "columns"),
        )
        if shown < total
    ]
    if table.without:
        notes.append(f"Not shown: {counted(table.without, 'cable')} without {table.keys[0]}.")
    block = _squares(table, rows, columns) if table.columns else _bars(rows, in_time=by_time)
    cables = counted(table.count, "cable")
    return Chart(
        f"Cables by {' and '.join(table.keys)}",
        (block,),
        f"{cables} found by {query}" if query else f"All {cables}",
        tuple(notes),
    )


def _bars(rows: Sequence[BreakdownRow], *, in_time: bool) -> Bars:
    counts = {row.value: row.count for row in rows}
    if in_time:
        counts = {name: counts.get(name, 0) for name in steps(list(counts))}
    return Bars(tuple((name, count, f"{count:,}") for name, count in counts.items()))


def _squares(table: Breakdown, rows: Sequence[BreakdownRow], columns: range) -> Grid:
    row_counts = [tuple(row.across[column] or "" for column in columns) for row in rows]
    names = [table.columns[column] for column in columns]
    return Grid(
        tuple(class_short(name) if table.keys[1] == "class" else name for name in names),
        tuple((row.value, counts) for row, counts in zip(rows, row_counts, strict=True)),
        f"Cables by {table.keys[0]} and {table.keys[1]}; darker means more.",
        most=max((row.across[column] for row in rows for column in columns), default=1),
    )

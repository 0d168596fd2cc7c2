"""The lines that `stats` prints for people: facet values, a table, or a chart of characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Protocol

from cable_tui.archive.search.breakdown import IN_TIME, Breakdown
from cable_tui.query import FACETS, class_short
from cable_tui.query.answers import Count
from cable_tui.text import clean_line, crop, width
from cable_tui.text.numbers import ASCII_LEVELS, LEVELS, bar, steps

_VALUES_SHOWN = 12
"""The maximum number of values printed for a facet. JSON and CSV contain all."""
_ROWS_SHOWN = 20
"""The maximum number of table rows printed. Time steps are all printed."""
_WIDEST = 40
"""The maximum width of a label in cells."""
_LONGEST_BAR = 10
"""The minimum width of the longest bar, in cells."""
_YEAR = len("2009")


def shown_counts(name: str, counts: Sequence[Count]) -> Sequence[Count]:
    """Return the counts to print.

    For a date with years, months and days, return the years in order.
    """
    if FACETS[name].kind != "date":
        return counts
    years = (count for count in counts if len(count.value) == _YEAR)
    return sorted(years, key=attrgetter("value"))


def facet_lines(counts: Mapping[str, Sequence[Count]]) -> Iterator[str]:
    """Yield the values of each facet with their counts, most frequent first."""
    for name, facet in FACETS.items():
        facet_counts = shown_counts(name, counts.get(name, ()))
        if facet_counts:
            yield from ("", facet.label)
        if facet.kind == "date":
            yield from _count_lines(facet_counts, len(facet_counts))
        else:
            most_frequent = sorted(facet_counts, key=lambda count: -count.count)
            yield from _count_lines(most_frequent, _VALUES_SHOWN)


def _rows_shown(table: Breakdown, limit: int | None) -> int:
    """Return the number of rows to print."""
    if limit is not None:
        return limit
    return len(table.rows) if table.keys[0] in IN_TIME else _ROWS_SHOWN


def _count_lines(values: Sequence[Count], most_shown: int) -> Iterator[str]:
    """Yield a line for each value, beginning with its count."""
    for count in values[:most_shown]:
        title_shown = count.title if count.title != count.value else ""
        yield f"{count.count:>9,}  {clean_line(count.value)}  {title_shown}".rstrip()
    if len(values) > most_shown:
        yield f"           … {len(values) - most_shown:,} more"


def table_lines(table: Breakdown, limit: int | None, cells: int | None) -> Iterator[str]:
    """Yield the table to print, at most `cells` wide. Columns that do not fit are counted."""
    rows_shown = _rows_shown(table, limit)
    if not table.columns:
        yield from _count_lines(table.rows, rows_shown)
        if table.without:
            yield f"{table.without:>9,}  (none)"
        return

    def cell(count: int) -> str:
        return f"{count:,}" if count else "·"

    rows = table.rows[:rows_shown]
    row_labels, label_cells = _labels(row.value for row in rows)
    column_heads = [
        class_short(name) if table.keys[1] == "class" else _label(name) for name in table.columns
    ]
    column_widths = [
        max(width(head), *(len(f"{row.across[index]:,}") for row in rows), 1)
        for index, head in enumerate(column_heads)
    ]
    total_width = max(len("total"), *(len(f"{row.count:,}") for row in rows), 1)
    fitting_columns = _fitting(
        column_widths, None if cells is None else cells - label_cells - total_width - 2
    )
    first_column = len(column_widths) - fitting_columns if table.keys[1] in IN_TIME else 0
    shown_columns = range(first_column, first_column + fitting_columns)
    padded_heads = [
        f"  {' ' * (column_widths[index] - width(column_heads[index]))}{column_heads[index]}"
        for index in shown_columns
    ]
    yield f"{' ' * label_cells}{''.join(padded_heads)}  {'total':>{total_width}}"
    for row, name in zip(rows, row_labels, strict=True):
        cells_of_row = [
            f"  {cell(row.across[index]):>{column_widths[index]}}" for index in shown_columns
        ]
        yield f"{name}{''.join(cells_of_row)}  {row.count:>{total_width},}"
    if len(table.rows) > rows_shown:
        yield f"… {len(table.rows) - rows_shown:,} more"
    if fitting_columns < len(column_widths):
        yield f"… {len(column_widths) - fitting_columns:,} more columns; --csv prints all"


class SampledRow(Protocol):
    """A row of a sample."""

    @property
    def value(self) -> str:
        """The value of the key."""

    @property
    def cables(self) -> int:
        """The number of cables in the sample."""

    @property
    def share_range(self) -> tuple[float, ...]:
        """The lower and upper end of the range for the share of all cables."""


def sample_lines(rows: Iterable[SampledRow], limit: int | None) -> Iterator[str]:
    """Yield a line for each value in a sample: its cables, the range of its share, its name."""
    all_rows = list(rows)
    rows_shown = _ROWS_SHOWN if limit is None else limit
    for row in all_rows[:rows_shown]:
        low, high = row.share_range
        share_text = f"{100 * low:.1f}-{100 * high:.1f}%"
        yield f"{row.cables:>9,}  {share_text:>12}  {clean_line(row.value)}"
    if len(all_rows) > rows_shown:
        yield f"           … {len(all_rows) - rows_shown:,} more"


def _label(value: str) -> str:
    """Return a value as a row label, shortened if it is too long."""
    return crop(clean_line(value), _WIDEST)


def _labels(values: Iterable[str]) -> tuple[list[str], int]:
    """Return values as row labels padded to the widest label, and that width in cells."""
    value_labels = list(map(_label, values))
    label_cells = max(map(width, value_labels), default=0)
    return [f"{label}{' ' * (label_cells - width(label))}" for label in value_labels], label_cells


def _fitting(column_widths: Sequence[int], cells: int | None) -> int:
    """Return how many columns fit into a number of cells, but at least one."""
    if cells is None:
        return len(column_widths)
    fitting_columns = 0
    for column_cells in column_widths:
        cells -= column_cells + 2
        fitting_columns += cells >= 0
    return max(fitting_columns, 1)


def chart(table: Breakdown, limit: int | None, cells: int, *, ascii_only: bool) -> Iterator[str]:
    """Yield a chart of characters, `cells` wide: bars, or a line of small columns for each row."""
    draw = _rows_of_columns if table.columns else _bars
    yield from draw(table, limit, cells, ascii_only=ascii_only)
    if len(table.rows) > (rows_shown := _rows_shown(table, limit)):
        yield f"… {len(table.rows) - rows_shown:,} more"


def _bars(table: Breakdown, limit: int | None, cells: int, *, ascii_only: bool) -> Iterator[str]:
    counts = {row.value: row.count for row in table.rows[: _rows_shown(table, limit)]}
    if table.keys[0] in IN_TIME:
        counts = {name: counts.get(name, 0) for name in steps(list(counts))}
    if not counts:
        return
    step_labels, label_cells = _labels(counts)
    most_cables = max(counts.values())
    bar_cells = max(cells - label_cells - len(f"{most_cables:,}") - 3, _LONGEST_BAR)
    for name, count in zip(step_labels, counts.values(), strict=True):
        drawn_bar = bar(count / most_cables * bar_cells, ascii_only=ascii_only)
        yield f"{name}  {drawn_bar}{' ' if drawn_bar else ''}{count:,}"


def _rows_of_columns(
    table: Breakdown, limit: int | None, cells: int, *, ascii_only: bool
) -> Iterator[str]:
    """Yield a row for each value of the first key, with a column for each time step."""
    rows = table.rows[: _rows_shown(table, limit)]
    step_names = steps(table.columns)
    row_labels, label_cells = _labels(row.value for row in rows)
    total_width = max((len(f"{row.count:,}") for row in rows), default=0)
    chart_cells = max(cells - label_cells - total_width - 4, _LONGEST_BAR)
    steps_per_column = -(-len(step_names) // chart_cells)
    column_starts = range(0, len(step_names), steps_per_column)
    index_by_name = {name: index for index, name in enumerate(table.columns)}
    bar_levels = ASCII_LEVELS if ascii_only else LEVELS
    column_ends = _ends(step_names, len(column_starts))
    yield f"{' ' * label_cells}  {column_ends}".rstrip()
    for row, name in zip(rows, row_labels, strict=True):
        by_step = [
            row.across[index_by_name[step_name]] if step_name in index_by_name else 0
            for step_name in step_names
        ]
        column_counts = [sum(by_step[start : start + steps_per_column]) for start in column_starts]
        most_of_row = max(column_counts, default=0)
        # The highest sign for the most of its row, a blank for none alone.
        column_line = "".join(
            bar_levels[-(-number * (len(bar_levels) - 1) // (most_of_row or 1))]
            for number in column_counts
        )
        gap_cells = " " * max(len(column_ends) - len(column_counts), 0)
        yield f"{name}  {column_line}{gap_cells}  {row.count:>{total_width},}"


def _ends(step_names: Sequence[str], cells: int) -> str:
    """Return the first and last step, spaced so that they appear above the ends of a line."""
    if not step_names:
        return ""
    gap_cells = cells - len(step_names[0]) - len(step_names[-1])
    return (
        f"{step_names[0]}{' ' * gap_cells}{step_names[-1]}"
        if gap_cells > 0
        else f"{step_names[0]}-{step_names[-1]}"
    )

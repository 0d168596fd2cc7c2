"""`cable-tui stats`: count the cables of an archive, or those of a query."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Literal

from cable_tui.archive.catalogue.account import without_text_in_words
from cable_tui.archive.search.breakdown import (
    ALIASES,
    IN_TIME,
    KEYS,
    Breakdown,
    BreakdownRow,
    breakdown,
)
from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value, picked, replace
from cable_tui.cli.shared.command_context import (
    CommandContext,
    emit,
    emit_json,
    emit_lines,
    say,
    terminal_width,
)
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser, refusal
from cable_tui.cli.shared.progress import each_with_progress
from cable_tui.cli.shared.query_args import needs_of, query_of, say_and_log
from cable_tui.cli.shared.row_pages import RowPages
from cable_tui.query import FACETS, class_short
from cable_tui.query.answers import Count
from cable_tui.text import clean_line, crop, width
from cable_tui.text.numbers import ASCII_LEVELS, LEVELS, bar, counted, steps

if TYPE_CHECKING:
    from cable_tui.base.kinds import Only, OrNull, Positive
    from cable_tui.query.answers import Hits
    from cable_tui.reports.page_of_rows import PageOfRows

_VALUES_SHOWN = 12
"""The maximum number of values printed for a facet. JSON and CSV contain all."""
_ROWS_SHOWN = 20
"""The maximum number of printed rows of a table. Steps of time are all printed."""
_WIDEST = 40
"""The maximum width of a label in cells."""
_LONGEST_BAR = 10
"""The minimum width of the longest bar in cells."""
_YEAR = len("2009")
_MOST_KEYS = 2


Cables = Annotated[int, ("minimum", 0)]
Facets = Annotated[
    Mapping[str, tuple[Count, ...]], ("required", ("origin", "tag", "class", "date"))
]
StatsKey = Literal["post", "year", "month", "tag", "class", "signer", "released", "article"]


class ArchiveStats(Value):
    """The answer of `stats --json` for an archive."""

    cables: Cables
    first_year: OrNull[int]
    last_year: OrNull[int]
    problems: Cables
    skipped: Mapping[str, Positive]
    """The number of skipped files, by the reason they were skipped."""
    without_text: Mapping[str, Positive]
    """The number of cables whose archive states why they have no text, by is: flag."""
    complete: bool
    """Whether the archive is completely indexed."""
    facets: Facets
    """All values with their counts, by facet (origin, tag, class, date ...)."""


class QueryStats(Value):
    """The answer of `stats --json` for a query."""

    query: str
    """The query as the program understood it."""
    count: Cables
    """The number of cables found."""
    facets: Facets
    """All values with their counts, by facet (origin, tag, class, date ...)."""


class StatsTable(Value):
    """The answer of `stats --json` with `--by`."""

    query: str
    """The query as the program understood it; empty for all cables."""
    count: Cables
    """The number of cables found."""
    by: Annotated[tuple[StatsKey, ...], ("minItems", 1), ("maxItems", 2)]
    columns: tuple[str, ...]
    """The values of the second key; empty if there is only one key."""
    rows: tuple[BreakdownRow, ...]
    without: Cables
    """The number of cables that have no value of the first key."""
    page: Only[PageOfRows | None] = None


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_query()
    by_option = parser.add_argument(
        "--by",
        metavar="KEY[,KEY]",
        type=_keys,
        default=(),
        help=f"count by one of {', '.join(KEYS)}, or by two in one table: post,year; for "
        "signer the end of each text is read: some 17,000 a second",
    )
    vars(by_option)["offered"] = tuple(KEYS)  # to shells; as `choices` they would refuse two in one
    exclusive_options = parser.one_of()
    exclusive_options.add_flag("--json", "one JSON object")
    exclusive_options.add_csv()
    exclusive_options.add_flag("--chart", "draw a chart (default: by year)")
    parser.add_rows("print at most N rows, with --by")
    parser.add_no_index()


def _keys(text: str) -> tuple[str, ...]:
    """Return the keys in the value of `--by`, for argparse."""
    keys = tuple(ALIASES.get(key, key) for key in text.replace(" ", "").split(","))
    for row_key in keys:
        if row_key not in KEYS:
            raise argparse.ArgumentTypeError(refusal(row_key, KEYS))
    if len(set(keys)) != len(keys) or len(keys) > _MOST_KEYS:
        raise argparse.ArgumentTypeError(f"needs one key, or two that differ, not {text}")
    return keys


def run(context: CommandContext) -> int:
    """Print the counts; return 1 if the query finds nothing."""
    options = context.options
    keys: tuple[str, ...] = options.by or (("year",) if options.chart else ())
    if options.chart and len(keys) > 1 and keys[1] not in IN_TIME:
        raise UsageError(f"--chart: the second key must be one of {', '.join(IN_TIME)}")
    for flag, value in (("--fields", options.fields), ("--after", options.after)):
        if value and not options.by:
            raise UsageError(f"{flag} needs --by, whose answer has rows")
    if not keys and not options.words:
        return _print_whole(context)
    query = query_of(options.words)
    with opened_archive(context, options.path, needs=needs_of(query)) as archive:
        hits = archive.search(query)
        say_and_log(context, archive, "stats", hits)
        if keys:
            watch_reading = partial(
                each_with_progress, what="texts searched for signers", total=hits.count
            )
            table = breakdown(archive, hits.ids, keys, watch_reading)
            _print_table(context, table, hits, RowPages(options, archive, "stats", query, keys))
        else:
            key_by_facet = {facet: key for key, facet in reversed(KEYS.items())}
            counts = {
                name: breakdown(archive, hits.ids, (key_by_facet[name],)).rows for name in FACETS
            }
            head_lines = [f"{counted(hits.count, 'cable')} · {hits.query}"]
            _print_facets(context, head_lines, counts, QueryStats, hits, query=str(hits.query))
    if not hits.count:
        say("nothing found")
    return 0 if hits.count else 1


def _print_whole(context: CommandContext) -> int:
    """Print the totals of the archive, and the values of each facet with their counts."""
    with opened_archive(context, context.options.path, needs=("facts", "grammar")) as archive:
        summary, without_text = archive.summary(), archive.without_text()
        # A date has years, months and days: print the years, in their order.
        counts: dict[str, Sequence[Count]] = {
            name: sorted(
                (count for count in values if len(count.value) == _YEAR), key=attrgetter("value")
            )
            if FACETS[name].kind == "date" and not context.options.json
            else values
            for name, values in archive.counts(query_of([])).items()
        }
    year_range = f" · {summary.first_year}-{summary.last_year}" if summary.first_year else ""
    head_lines = [f"{summary.cables:,} cables{year_range}"]
    head_lines += filter(None, [without_text_in_words(without_text)])
    head_lines += [counted(summary.problems, "problem")] if summary.problems else []
    skipped_files = sorted(summary.skipped.items(), key=lambda pair: (-pair[1], pair[0]))
    head_lines += [f"{count:,} files skipped: {kind}" for kind, count in skipped_files]
    _print_facets(context, head_lines, counts, ArchiveStats, summary, without_text=without_text)
    return 0


def _print_facets(
    context: CommandContext,
    head: Sequence[str],
    counts: Mapping[str, Sequence[Count]],
    shape: type[Value],
    *source: object,
    **fields: object,
) -> None:
    """Print the counts by facet in the requested form. In a text, the lines of `head` are first."""
    if context.options.json:
        facets = {name: tuple(counts.get(name, ())) for name in FACETS}
        emit_json(picked(shape, *source, **fields, facets=facets))
    elif row := context.options.csv:
        emit(row(("facet", "value", "title", "cables")))
        for name, values in counts.items():
            for facet_count in values:
                emit(row((name, facet_count.value, facet_count.title, str(facet_count.count))))
    else:
        emit_lines(map(clean_line, (*head, *_facet_lines(counts))))


def _facet_lines(counts: Mapping[str, Sequence[Count]]) -> Iterator[str]:
    for name, facet in FACETS.items():
        facet_counts = counts.get(name, ())
        if facet_counts:
            yield from ("", facet.label)
        if facet.kind == "date":
            yield from _count_lines(facet_counts, len(facet_counts))
        else:
            most_frequent = sorted(facet_counts, key=lambda count: -count.count)
            yield from _count_lines(most_frequent, _VALUES_SHOWN)


def _print_table(context: CommandContext, table: Breakdown, hits: Hits, pages: RowPages) -> None:
    options = context.options
    whole = table
    table = replace(whole, rows=tuple(whole.rows[pages.start :]))
    if options.json:
        left_out = (_unread(whole),) if whole.unread else ()
        shown = len(pages.cut(whole.rows))
        page = pages.page(shown, len(whole.rows), found=(hits,), left_out=left_out)
        pages.emit_object(table_json(table, str(hits.query), options.limit), "rows", page)
    elif options.csv:
        for row in pages.csv(table_csv(table, options.limit)):
            emit(options.csv(row))
    elif options.chart:
        ascii_only = bool(context.settings.ascii)
        emit_lines(chart(table, options.limit, terminal_width(), ascii_only=ascii_only))
    else:
        # A table that goes to no terminal may be as wide as it is.
        cells = terminal_width() if sys.stdout.isatty() else None
        emit_lines(table_lines(table, options.limit, cells))
    if table.unread:
        say(_unread(table))


def _unread(table: Breakdown) -> str:
    return f"{table.unread:,} texts could not be read, so their signers are not counted"


def _rows_shown(table: Breakdown, limit: int | None) -> int:
    """Return how many rows are printed for people."""
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
    """Yield the table for people, at most `cells` wide. Columns that do not fit are counted."""
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
        yield f"… {len(column_widths) - fitting_columns:,} more columns; --csv has all"


def _label(value: str) -> str:
    """Return a value as a row label, shortened if it is too long."""
    return crop(clean_line(value), _WIDEST)


def _labels(values: Iterable[str]) -> tuple[list[str], int]:
    """Return values as row labels, padded to the widest, and their width in cells."""
    value_labels = list(map(_label, values))
    label_cells = max(map(width, value_labels), default=0)
    return [f"{label}{' ' * (label_cells - width(label))}" for label in value_labels], label_cells


def _fitting(column_widths: Sequence[int], cells: int | None) -> int:
    """Return how many columns fit into a number of cells; at least one."""
    if cells is None:
        return len(column_widths)
    fitting_columns = 0
    for column_cells in column_widths:
        cells -= column_cells + 2
        fitting_columns += cells >= 0
    return max(fitting_columns, 1)


def table_csv(table: Breakdown, limit: int | None) -> Iterator[tuple[str, ...]]:
    """Yield the table as CSV rows; the row of cables without a value has an empty name."""
    row_key = table.keys[0]
    yield (row_key, "title", *table.columns, "cables")
    for row in table.rows[:limit]:
        yield (row.value, row.title, *map(str, row.across), str(row.count))
    if table.without and limit is None:
        yield ("", "", *("" for _ in table.columns), str(table.without))


def table_json(table: Breakdown, query: str, limit: int | None) -> StatsTable:
    """Return the JSON answer for a table."""
    return picked(StatsTable, table, query=query, by=table.keys, rows=table.rows[:limit])


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
    """Yield a row for each value of the first key, with a column for each step of time."""
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
    """Return the first and last step, spaced to appear above the two ends of a line."""
    if not step_names:
        return ""
    gap_cells = cells - len(step_names[0]) - len(step_names[-1])
    return (
        f"{step_names[0]}{' ' * gap_cells}{step_names[-1]}"
        if gap_cells > 0
        else f"{step_names[0]}-{step_names[-1]}"
    )

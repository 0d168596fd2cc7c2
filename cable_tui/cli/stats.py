"""`cable-tui stats`: counts of an archive, or of the answer to a query."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from cable_tui.archive.search.breakdown import ALIASES, IN_TIME, KEYS, Breakdown, breakdown
from cable_tui.base.errors import UsageError
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
from cable_tui.query import FACETS, class_short
from cable_tui.text import clean_line, crop, width
from cable_tui.text.numbers import ASCII_LEVELS, LEVELS, bar, counted, steps

if TYPE_CHECKING:
    from cable_tui.query.answers import Count

_VALUES_SHOWN = 12
"""The most values of a facet that are printed; JSON and CSV have all."""
_ROWS_SHOWN = 20
"""The most rows of a table that are printed; values in time are all printed."""
_WIDEST = 40
"""The most cells of a label."""
_LONGEST_BAR = 10
"""The least cells of the longest bar."""
_YEAR = len("2009")
_MOST_KEYS = 2


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_query()
    by = parser.add_argument(
        "--by",
        metavar="KEY[,KEY]",
        type=_keys,
        default=(),
        help=f"count by one of {', '.join(KEYS)}, or by two in one table: post,year; for "
        "signer the end of each text is read: some 17,000 a second",
    )
    vars(by)["offered"] = tuple(KEYS)  # to shells; as `choices` they would refuse two in one
    form = parser.one_of()
    form.add_flag("--json", "one JSON object")
    form.add_csv()
    form.add_flag("--chart", "a chart (default: by year)")
    parser.add_number("--limit", "this many rows at most, with --by")
    parser.add_no_index()


def _keys(given: str) -> tuple[str, ...]:
    """Return the keys of `--by`, for argparse."""
    keys = tuple(ALIASES.get(key, key) for key in given.replace(" ", "").split(","))
    for key in keys:
        if key not in KEYS:
            raise argparse.ArgumentTypeError(refusal(key, KEYS))
    if len(set(keys)) != len(keys) or len(keys) > _MOST_KEYS:
        raise argparse.ArgumentTypeError(f"needs one key, or two that differ, not {given}")
    return keys


def run(context: CommandContext) -> int:
    """Print the counts; 1 if the query finds nothing."""
    options = context.options
    keys: tuple[str, ...] = options.by or (("year",) if options.chart else ())
    if options.chart and len(keys) > 1 and keys[1] not in IN_TIME:
        raise UsageError(f"--chart: the second key must be one of {', '.join(IN_TIME)}")
    if not keys and not options.words:
        return _print_whole(context)
    query = query_of(options.words)
    with opened_archive(context, options.path, needs=needs_of(query)) as archive:
        hits = archive.search(query)
        say_and_log(context, archive, "stats", hits)
        if keys:
            seen = partial(each_with_progress, what="texts read for signers", total=hits.count)
            _print_table(context, breakdown(archive, hits.ids, keys, seen), str(query))
        else:
            by_facet = {facet: key for key, facet in reversed(KEYS.items())}
            counts = {name: breakdown(archive, hits.ids, (by_facet[name],)).rows for name in FACETS}
            head = [f"{counted(hits.count, 'cable')} · {hits.query}"]
            _print_facets(context, {"query": str(hits.query), "count": hits.count}, head, counts)
    if not hits.count:
        say("nothing found")
    return 0 if hits.count else 1


def _print_whole(context: CommandContext) -> int:
    """Print totals of the archive, and the values of each facet with their counts."""
    with opened_archive(context, context.options.path, needs=("facts", "grammar")) as archive:
        summary = archive.summary()
        # A date has years, months and days: print the years, in their order.
        counts: dict[str, Sequence[Count]] = {
            name: sorted(
                (each for each in found if len(each.value) == _YEAR), key=attrgetter("value")
            )
            if FACETS[name].kind == "date" and not context.options.json
            else found
            for name, found in archive.counts(query_of([])).items()
        }
    totals = {
        "cables": summary.cables,
        "first_year": summary.first_year or None,
        "last_year": summary.last_year or None,
        "problems": summary.problems,
        "skipped": summary.skipped,
        "complete": summary.complete,
    }
    years = f" · {summary.first_year}-{summary.last_year}" if summary.first_year else ""
    head = [f"{summary.cables:,} cables{years}"]
    head += [counted(summary.problems, "problem")] if summary.problems else []
    skipped = sorted(summary.skipped.items(), key=lambda pair: (-pair[1], pair[0]))
    head += [f"{count:,} files left alone: {kind}" for kind, count in skipped]
    _print_facets(context, totals, head, counts)
    return 0


def _print_facets(
    context: CommandContext,
    value: dict[str, Any],
    head: Sequence[str],
    counts: Mapping[str, Sequence[Count]],
) -> None:
    """Print counts by facet; `value` and `head` come before them in JSON and in text."""
    if context.options.json:
        facets = {name: list(map(_as_json, counts.get(name, ()))) for name in FACETS}
        emit_json({**value, "facets": facets})
    elif row := context.options.csv:
        emit(row(("facet", "value", "title", "cables")))
        for name, values in counts.items():
            for each in values:
                emit(row((name, each.value, each.title, str(each.count))))
    else:
        emit_lines(map(clean_line, (*head, *_facet_lines(counts))))


def _as_json(each: Count) -> dict[str, Any]:
    return {name: getattr(each, name) for name in ("value", "title", "count")}


def _facet_lines(counts: Mapping[str, Sequence[Count]]) -> Iterator[str]:
    for name, facet in FACETS.items():
        values = counts.get(name, ())
        if values:
            yield from ("", facet.label)
        if facet.kind == "date":
            yield from _count_lines(values, len(values))
        else:
            most = sorted(values, key=lambda each: -each.count)
            yield from _count_lines(most, _VALUES_SHOWN)


def _print_table(context: CommandContext, found: Breakdown, query: str) -> None:
    options = context.options
    if options.json:
        emit_json(table_json(found, query, options.limit))
    elif options.csv:
        for row in table_csv(found, options.limit):
            emit(options.csv(row))
    elif options.chart:
        ascii_only = bool(context.settings.ascii)
        emit_lines(chart(found, options.limit, terminal_width(), ascii_only=ascii_only))
    else:
        # A table that goes to no terminal may be as wide as it is.
        cells = terminal_width() if sys.stdout.isatty() else None
        emit_lines(table_lines(found, options.limit, cells))
    if found.unread:
        say(f"{found.unread:,} texts could not be read: who signed them is not counted")


def _rows_shown(found: Breakdown, limit: int | None) -> int:
    """Return how many rows are printed for people."""
    if limit is not None:
        return limit
    return len(found.rows) if found.keys[0] in IN_TIME else _ROWS_SHOWN


def _count_lines(values: Sequence[Count], shown: int) -> Iterator[str]:
    """Yield a line for each value, its count first."""
    for each in values[:shown]:
        title = each.title if each.title != each.value else ""
        yield f"{each.count:>9,}  {clean_line(each.value)}  {title}".rstrip()
    if len(values) > shown:
        yield f"           … {len(values) - shown:,} more"


def table_lines(found: Breakdown, limit: int | None, cells: int | None) -> Iterator[str]:
    """Yield the table for people, at most `cells` wide; columns that do not fit are counted."""
    shown = _rows_shown(found, limit)
    if not found.columns:
        yield from _count_lines(found.rows, shown)
        if found.without:
            yield f"{found.without:>9,}  (none)"
        return

    def cell(count: int) -> str:
        return f"{count:,}" if count else "·"

    rows = found.rows[:shown]
    labels, left = _labels(each.value for each in rows)
    heads = [
        class_short(name) if found.keys[1] == "class" else _label(name) for name in found.columns
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
        numbers = [f"  {cell(each.across[at]):>{sizes[at]}}" for at in columns]
        yield f"{name}{''.join(numbers)}  {each.count:>{total},}"
    if len(found.rows) > shown:
        yield f"… {len(found.rows) - shown:,} more"
    if kept < len(sizes):
        yield f"… {len(sizes) - kept:,} more columns; --csv has all"


def _label(value: str) -> str:
    """Return a value as the label of a row."""
    return crop(clean_line(value), _WIDEST)


def _labels(values: Iterable[str]) -> tuple[list[str], int]:
    """Return values as labels of rows, padded to the widest, and its width."""
    labels = list(map(_label, values))
    left = max(map(width, labels), default=0)
    return [f"{each}{' ' * (left - width(each))}" for each in labels], left


def _fitting(sizes: Sequence[int], cells: int | None) -> int:
    """Return how many columns fit; at least one."""
    if cells is None:
        return len(sizes)
    kept = 0
    for size in sizes:
        cells -= size + 2
        kept += cells >= 0
    return max(kept, 1)


def table_csv(found: Breakdown, limit: int | None) -> Iterator[tuple[str, ...]]:
    """Yield the table for a spreadsheet; the row without a value has an empty name."""
    key = found.keys[0]
    yield (key, "title", *found.columns, "cables")
    for each in found.rows[:limit]:
        yield (each.value, each.title, *map(str, each.across), str(each.count))
    if found.without and limit is None:
        yield ("", "", *("" for _ in found.columns), str(found.without))


def table_json(found: Breakdown, query: str, limit: int | None) -> dict[str, Any]:
    """Return the JSON of the table."""
    return {
        "query": query,
        "count": found.count,
        "by": list(found.keys),
        "columns": list(found.columns),
        "rows": [
            _as_json(each) | ({"across": list(each.across)} if found.columns else {})
            for each in found.rows[:limit]
        ],
        "without": found.without,
    }


def chart(found: Breakdown, limit: int | None, cells: int, *, ascii_only: bool) -> Iterator[str]:
    """Yield a chart of characters, `cells` wide: bars, or a line of small columns for each row."""
    drawn = _rows_of_columns if found.columns else _bars
    yield from drawn(found, limit, cells, ascii_only=ascii_only)
    if len(found.rows) > (shown := _rows_shown(found, limit)):
        yield f"… {len(found.rows) - shown:,} more"


def _bars(found: Breakdown, limit: int | None, cells: int, *, ascii_only: bool) -> Iterator[str]:
    counts = {each.value: each.count for each in found.rows[: _rows_shown(found, limit)]}
    if found.keys[0] in IN_TIME:
        counts = {name: counts.get(name, 0) for name in steps(list(counts))}
    if not counts:
        return
    labels, left = _labels(counts)
    most = max(counts.values())
    room = max(cells - left - len(f"{most:,}") - 3, _LONGEST_BAR)
    for name, count in zip(labels, counts.values(), strict=True):
        drawn = bar(count / most * room, ascii_only=ascii_only)
        yield f"{name}  {drawn}{' ' if drawn else ''}{count:,}"


def _rows_of_columns(
    found: Breakdown, limit: int | None, cells: int, *, ascii_only: bool
) -> Iterator[str]:
    """Yield a row for each value of the first key, with a cell for each step of time."""
    rows = found.rows[: _rows_shown(found, limit)]
    names = steps(found.columns)
    labels, left = _labels(each.value for each in rows)
    total = max((len(f"{each.count:,}") for each in rows), default=0)
    room = max(cells - left - total - 4, _LONGEST_BAR)
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
        # The highest sign for the most of its row, a blank for none alone.
        line = "".join(levels[-(-number * (len(levels) - 1) // (most or 1))] for number in sums)
        gap = " " * max(len(ends) - len(sums), 0)
        yield f"{name}  {line}{gap}  {each.count:>{total},}"


def _ends(names: Sequence[str], cells: int) -> str:
    """Return the first and the last step, above the ends of the line."""
    if not names:
        return ""
    gap = cells - len(names[0]) - len(names[-1])
    return f"{names[0]}{' ' * gap}{names[-1]}" if gap > 0 else f"{names[0]}-{names[-1]}"

"""`cable-tui stats`: what is in an archive, or in the answer to a query."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.archive.catalogue.summary import Summary
from cable_tui.archive.search.breakdown import ALIASES, IN_TIME, KEYS, Breakdown
from cable_tui.cli.context import Context, emit, emit_json, emit_lines, say, terminal_width
from cable_tui.cli.open_archive import opened_archive
from cable_tui.cli.options import add_csv_options, offer
from cable_tui.cli.progress_line import each_with_progress
from cable_tui.cli.query_args import needs_of, query_of, refuse_unknown, say_how_answered
from cable_tui.cli.search_answers.logged import log_searches
from cable_tui.cli.stats_output import table
from cable_tui.errors import UsageError
from cable_tui.query import FACETS
from cable_tui.text import clean_line
from cable_tui.text.data_text import WriteRow
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.archive.columns.columns import Count
    from cable_tui.archive.search.engine import Hits

_SHOWN = 12
"""Values of a facet that are printed; JSON and CSV have all."""
_YEAR = len("2009")
_MOST_KEYS = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument("words", nargs="*", metavar="QUERY", help="which cables (default: all)")
    by = parser.add_argument(
        "--by",
        metavar="KEY[,KEY]",
        type=_keys,
        default=(),
        help=f"count by one of {', '.join(KEYS)}, or by two in one table: post,year; "
        "signer is on no list, so that the end of each text is read: some 17,000 a second",
    )
    offer(by, KEYS)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object")
    add_csv_options(form)
    form.add_argument("--chart", action="store_true", help="a chart (default: by year)")
    parser.add_argument("--limit", metavar="N", type=int, help="this many rows at most, with --by")
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def _keys(given: str) -> tuple[str, ...]:
    """The keys of `--by`, for argparse."""
    keys = tuple(ALIASES.get(key, key) for key in given.replace(" ", "").split(","))
    for key in keys:
        if key not in KEYS:
            raise argparse.ArgumentTypeError(
                f"nothing is counted by {key}, but by {', '.join(KEYS)}"
            )
    if len(set(keys)) != len(keys) or len(keys) > _MOST_KEYS:
        raise argparse.ArgumentTypeError("one key, or two that differ")
    return keys


def run(context: Context) -> int:
    """Print the counts; 1 where the query finds nothing."""
    options = context.options
    keys: tuple[str, ...] = options.by or (("year",) if options.chart else ())
    if options.limit is not None and options.limit < 1:
        raise UsageError("--limit: a number from 1 on is needed")
    if options.chart and len(keys) > 1 and keys[1] not in IN_TIME:
        raise UsageError(f"--chart: the second key must be one of {', '.join(IN_TIME)}")
    if not keys and not options.words:
        return _print_whole(context)
    query = query_of(options.words)
    with opened_archive(context, options.path, needs=needs_of(query)) as archive:
        hits = archive.search(query)
        refuse_unknown(hits)
        say_how_answered(hits)
        log_searches(context, archive, "stats", hits)
        from cable_tui.archive.search.breakdown import breakdown  # it loads the engine

        if keys:
            seen = partial(each_with_progress, what="texts read for who signed", total=hits.count)
            _print_table(context, breakdown(archive, hits.ids, keys, seen), str(query))
        else:
            by_facet = {facet: key for key, facet in reversed(KEYS.items())}
            counts = {name: breakdown(archive, hits.ids, (by_facet[name],)).rows for name in FACETS}
            _print_facets(context, hits, counts)
    if not hits.count:
        say("nothing found")
    return 0 if hits.count else 1


def _print_whole(context: Context) -> int:
    """Totals of the archive, and the values of each facet with their counts."""
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
    if context.options.json:
        emit_json({**_totals(summary), "facets": _facets_json(counts)})
    elif context.options.csv:
        _emit_facets_csv(context.options.csv, counts)
    else:
        emit_lines(map(clean_line, (*_summary_lines(summary), *_facet_lines(counts))))
    return 0


def _totals(summary: Summary) -> dict[str, Any]:
    return {
        "cables": summary.cables,
        "first_year": summary.first_year or None,
        "last_year": summary.last_year or None,
        "problems": summary.problems,
        "skipped": summary.skipped,
        "complete": summary.complete,
    }


def _summary_lines(summary: Summary) -> Iterator[str]:
    years = f" · {summary.first_year}-{summary.last_year}" if summary.first_year else ""
    yield f"{summary.cables:,} cables{years}"
    if summary.problems:
        yield counted(summary.problems, "problem")
    for kind, count in sorted(summary.skipped.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{count:,} files left alone: {kind}"


def _print_facets(context: Context, hits: Hits, counts: Mapping[str, Sequence[Count]]) -> None:
    if context.options.json:
        facets = _facets_json(counts)
        emit_json({"query": str(hits.query), "count": hits.count, "facets": facets})
    elif context.options.csv:
        _emit_facets_csv(context.options.csv, counts)
    else:
        head = f"{counted(hits.count, 'cable')} · {hits.query}"
        emit_lines(map(clean_line, (head, *_facet_lines(counts))))


def _facets_json(counts: Mapping[str, Sequence[Count]]) -> dict[str, Any]:
    return {
        name: [
            {"value": each.value, "title": each.title, "count": each.count}
            for each in counts.get(name, ())
        ]
        for name in FACETS
    }


def _emit_facets_csv(row: WriteRow, counts: Mapping[str, Sequence[Count]]) -> None:
    emit(row(("facet", "value", "title", "cables")))
    for name, values in counts.items():
        for each in values:
            emit(row((name, each.value, each.title, str(each.count))))


def _facet_lines(counts: Mapping[str, Sequence[Count]]) -> Iterator[str]:
    for name, facet in FACETS.items():
        values = counts.get(name, ())
        if facet.kind == "date":
            yield from table.section(facet.label, values, len(values))
        else:
            most = sorted(values, key=lambda each: -each.count)
            yield from table.section(facet.label, most, _SHOWN)


def _print_table(context: Context, found: Breakdown, query: str) -> None:
    options = context.options
    if options.json:
        emit_json(table.as_json(found, query, options.limit))
    elif options.csv:
        for row in table.csv_rows(found, options.limit):
            emit(options.csv(row))
    elif options.chart:
        from cable_tui.cli.stats_output.chart import chart

        ascii_only = bool(context.settings.ascii)
        emit_lines(chart(found, options.limit, terminal_width(), ascii_only=ascii_only))
    else:
        emit_lines(table.lines(found, options.limit, _cells()))
    if found.unread:
        say(f"{found.unread:,} texts could not be read: who signed them is not counted")


def _cells() -> int | None:
    """Columns of the terminal; None where the table goes elsewhere and may be as wide as it is."""
    return terminal_width() if sys.stdout.isatty() else None

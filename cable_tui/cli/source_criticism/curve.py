"""`cable-tui curve`: which share of the cables of each month, year or post some queries find."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from cable_tui.archive.archive import Archive
from cable_tui.archive.source_criticism.curve_table import (
    AXES,
    MOST_QUERIES,
    Curves,
    as_json,
    csv_rows,
)
from cable_tui.cli.context import Context, emit, emit_json, emit_lines, say, terminal_width
from cable_tui.cli.open_archive import opened_archive
from cable_tui.cli.options import offer
from cable_tui.cli.query_args import needs_of, query_of, refuse_unknown, say_how_answered
from cable_tui.cli.search_answers.logged import log_searches
from cable_tui.errors import UsageError
from cable_tui.query import Query
from cable_tui.text.counted import counted
from cable_tui.text.csv_row import csv_row

FORMATS = ("chart", "csv", "json")
_ROWS = 4
"""Rows of columns of a query."""
_SHOWN = 20
"""Posts of a chart; CSV and JSON have all."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument(
        "queries",
        nargs="+",
        metavar="QUERY",
        help=f"each argument is one query, {MOST_QUERIES} at most; several words need quotes of "
        "the shell",
    )
    by = parser.add_argument(
        "--by", choices=tuple(AXES), default="month", help="what has a share (default: month)"
    )
    offer(by, AXES)
    parser.add_argument(
        "--within",
        metavar="QUERY",
        default="",
        help="shares of these cables, and not of the whole archive: origin:rabat",
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="chart", help="a chart (default), CSV or JSON"
    )
    parser.add_argument(
        "--json", dest="format", action="store_const", const="json", help="as --format json"
    )
    parser.add_argument(
        "--own-scale", action="store_true", help="each query fills its height: compare the forms"
    )
    parser.add_argument(
        "--rows", metavar="N", type=int, default=_ROWS, help=f"lines of a curve (default: {_ROWS})"
    )
    parser.add_argument(
        "--limit", metavar="N", type=int, help=f"posts of the chart at most (default: {_SHOWN})"
    )
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(context: Context) -> int:
    """Print the chart; 1 where no query finds anything."""
    options = context.options
    queries = [query_of([each]) for each in options.queries]
    within = query_of([options.within])
    _check(options, queries)
    needs = needs_of(max((*queries, within), key=lambda query: len(needs_of(query))))
    with opened_archive(context, options.path, needs=needs) as archive:
        answers = [(str(query), _ids(context, archive, query)) for query in queries]
        from cable_tui.archive.source_criticism.curves import curves  # it loads the engine

        found = curves(archive, answers, _ids(context, archive, within), options.by, str(within))
    _print(context, found)
    if found.without:
        missing = "no date" if found.in_time else f"no {AXES[found.by]}"
        say(f"{counted(found.without, 'cable')} with {missing} not in the chart")
    if not any(each.count for each in found.curves):
        say("nothing found")
        return 1
    return 0


def _check(options: argparse.Namespace, queries: Sequence[Query]) -> None:
    if len(queries) > MOST_QUERIES:
        raise UsageError(f"{len(queries)} queries: a chart has {MOST_QUERIES} at most")
    for name in ("rows", "limit"):
        given = getattr(options, name)
        if given is not None and given < 1:
            raise UsageError(f"--{name}: a number from 1 on is needed")


def _ids(context: Context, archive: Archive, query: Query) -> Sequence[int]:
    """The cables of a query; how it was answered is said on stderr."""
    hits = archive.search(query, sort="-created")
    refuse_unknown(hits)
    say_how_answered(hits)
    log_searches(context, archive, "curve", hits)
    return hits.ids


def _print(context: Context, found: Curves) -> None:
    options = context.options
    if options.format == "json":
        emit_json(as_json(found))
    elif options.format == "csv":
        for row in csv_rows(found):
            emit(csv_row(row))
    else:
        from cable_tui.archive.source_criticism.curve_chart import chart

        emit_lines(
            chart(
                found,
                terminal_width(),
                rows=options.rows,
                own_scale=options.own_scale,
                ascii_only=bool(context.settings.ascii),
                limit=options.limit or _SHOWN,
            )
        )

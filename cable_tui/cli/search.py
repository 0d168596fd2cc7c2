"""`cable-tui search`: the cables that answer a query, one line each, or those of many queries."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive.archive import Archive
from cable_tui.cli.context import Context, emit, emit_json, emit_lines, say
from cable_tui.cli.open_archive import opened_archive
from cable_tui.cli.query_args import (
    needs_of,
    query_of,
    refuse_unknown,
    say_how_answered,
    sort_of,
)
from cable_tui.cli.search_answers import output
from cable_tui.cli.search_answers.logged import log_searches
from cable_tui.errors import UsageError
from cable_tui.query import SORTS
from cable_tui.query.sorting import BEST, NEWEST
from cable_tui.text.csv_row import csv_row

if TYPE_CHECKING:
    from cable_tui.archive.search.engine import Hits
    from cable_tui.archive.search.zero_hits import Reason


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument(
        "words",
        nargs="*",
        metavar="QUERY",
        help="what to search for, as said below; may begin with -",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json",
        action="store_true",
        help="the answer as one JSON object: query, count, partial, corrections, hits; offers, "
        "where the query may have meant more, and without, where a part of it finds nothing",
    )
    form.add_argument("--jsonl", action="store_true", help="one JSON object a hit")
    form.add_argument("--csv", action="store_true", help="a table for a spreadsheet")
    form.add_argument("--refs", action="store_true", help="reference IDs only")
    form.add_argument("-0", "--null", action="store_true", help="reference IDs, ended by NUL")
    parser.add_argument(
        "--batch",
        metavar="FILE",
        type=Path,
        help="a file of queries, one a line, - for stdin: one CSV row a query and hit, at once",
    )
    parser.add_argument(
        "--passages", action="store_true", help="the best passage of each cable below its line"
    )
    parser.add_argument("--limit", metavar="N", type=int, help="this many hits at most")
    parser.add_argument(
        "--sort",
        type=sort_of,
        choices=tuple(SORTS),
        metavar="KEY",
        help=f"{', '.join(SORTS)} (default: {BEST} for words, else {NEWEST}); "
        "sort: in the query goes first",
    )
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(context: Context) -> int:
    """Search and print; 1 where nothing was found."""
    options = context.options
    if options.limit is not None and options.limit < 1:
        raise UsageError("--limit: a number from 1 on is needed")
    if options.batch is not None:
        from cable_tui.cli.search_answers import batch

        return batch.run(context)
    query = query_of(options.words)
    with opened_archive(context, options.path, needs=needs_of(query)) as archive:
        hits = archive.search(query, sort=options.sort or "")
        refuse_unknown(hits)
        log_searches(context, archive, "search", hits)
        reasons = () if hits.count else archive.reasons(query)
        _print(options, archive, hits, reasons)
        _say_about(options, hits, reasons)
    return 0 if hits.count else 1


def _print(
    options: argparse.Namespace, archive: Archive, hits: Hits, reasons: Sequence[Reason]
) -> None:
    table = options.json or options.jsonl or options.csv
    found = output.hits_of(
        archive,
        hits,
        scored=table and output.by_score(hits.query, options.sort),
        passages=table or options.passages,
        limit=options.limit,
    )
    if options.json:
        emit_json(output.answer(hits, found, reasons))
    elif options.jsonl:
        for hit in found:
            emit_json(output.as_json(hit))
    elif options.csv:
        emit(csv_row(output.COLUMNS))
        for hit in found:
            emit(csv_row(output.csv_values(hit)))
    elif options.refs or options.null:
        end = "\0" if options.null else "\n"
        for hit in found:
            emit(hit.row.reference_id + end)
    else:
        emit_lines(output.text_lines(found))


def _say_about(options: argparse.Namespace, hits: Hits, reasons: Sequence[Reason]) -> None:
    say_how_answered(hits)
    if options.limit is not None and hits.count > options.limit:
        say(f"{options.limit:,} of {hits.count:,} hits; --limit N shows more")
    if not hits.count:
        say("nothing found")
    for reason in reasons:
        say(f"  {reason.count:,} without {reason.part}")

"""`cable-tui search`: cables that answer a query, one line each."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive.archive import Archive
from cable_tui.cli import search_output as output
from cable_tui.cli.context import Call, emit, emit_json, emit_lines, say
from cable_tui.cli.open_archive import opened
from cable_tui.cli.query_args import language, needs_of, query_of, refuse_unknown, sort_of
from cable_tui.errors import UsageError
from cable_tui.query import SORTS
from cable_tui.query.sorting import BEST, NEWEST

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
    language(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the answer as one JSON object")
    form.add_argument("--jsonl", action="store_true", help="one JSON object a hit")
    form.add_argument("--csv", action="store_true", help="a table for a spreadsheet")
    form.add_argument("--refs", action="store_true", help="reference IDs only")
    form.add_argument("-0", "--null", action="store_true", help="reference IDs, ended by NUL")
    parser.add_argument(
        "--batch",
        metavar="FILE",
        type=Path,
        help="a file of queries, one a line: one CSV row a query and hit",
    )
    parser.add_argument(
        "--passages", action="store_true", help="the best passage of each cable below its line"
    )
    parser.add_argument("--limit", metavar="N", type=int, help="this many hits at most")
    parser.add_argument(
        "--sort",
        type=sort_of,
        metavar="KEY",
        help=f"{', '.join(SORTS)} (default: {BEST} for words, else {NEWEST}); "
        "sort: in the query goes first",
    )
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(call: Call) -> int:
    """Search and print; 1 where nothing was found."""
    options = call.options
    if options.limit is not None and options.limit < 1:
        raise UsageError("--limit: a number from 1 on is needed")
    if options.batch is not None:
        return _batch(call)
    query = query_of(options.words)
    with opened(call, options.path, needs=needs_of(query)) as archive:
        hits = archive.search(query, sort=options.sort or "")
        refuse_unknown(hits)
        reasons = () if hits.count else archive.reasons(query)
        _print(options, archive, hits, reasons)
        _talk(options, hits, reasons)
    return 0 if hits.count else 1


def _batch(call: Call) -> int:
    options = call.options
    if options.words:
        raise UsageError("--batch: the queries stand in the file, not on the command line")
    if options.refs or options.null:
        raise UsageError("--batch: prints CSV, or JSON with --json")
    from cable_tui.cli import batch

    return batch.run(call, options.batch)


def _print(
    options: argparse.Namespace, archive: Archive, hits: Hits, reasons: Sequence[Reason]
) -> None:
    table = options.json or options.jsonl or options.csv
    found = output.hits_of(
        archive,
        hits,
        scored=table and (hits.query.sort or options.sort or hits.query.order) == BEST,
        passages=table or options.passages,
        limit=options.limit,
    )
    if options.json:
        emit_json(output.answer(hits, found, reasons))
    elif options.jsonl:
        emit_lines(output.json_lines(found))
    elif options.csv:
        for line in output.csv_lines(found):
            emit(line)
    elif options.refs or options.null:
        end = "\0" if options.null else "\n"
        for hit in found:
            emit(hit.row.reference_id + end)
    else:
        emit_lines(output.text_lines(found))


def _talk(options: argparse.Namespace, hits: Hits, reasons: Sequence[Reason]) -> None:
    for each in hits.corrections:
        used = ", ".join(f"{word} ({count:,})" for word, count in each.used)
        say(f'no "{each.word}"; searched for {used}' if used else f'no "{each.word}"')
    if others := [f"{other} ({count:,})" for word in hits.also for other, count in word.also]:
        say(f"searched for {', '.join(others)} too; =word searches for a word alone")
    for offer in hits.offers:
        also = ", ".join(f"{word} {count:,}" for word, count in offer.also)
        say(f"{offer.word} {offer.count:,} · also {also}")
    if hits.partial:
        say("partial: not every cable's text is indexed yet")
    if options.limit is not None and hits.count > options.limit:
        say(f"{options.limit:,} of {hits.count:,} hits; --limit N shows more")
    if not hits.count:
        say("nothing found")
    for reason in reasons:
        say(f"  {reason.count:,} without {reason.part}")

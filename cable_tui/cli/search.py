"""`cable-tui search`: the cables that answer a query, one line each, or those of many queries."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive.archive import Archive
from cable_tui.cli.context import Context, emit, emit_json, emit_lines, say
from cable_tui.cli.open_archive import opened_archive
from cable_tui.cli.options import add_csv_options
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
from cable_tui.query.model import BEST, NEWEST

if TYPE_CHECKING:
    from cable_tui.archive.search.engine import Hits
    from cable_tui.archive.search.zero_hits import Reason
    from cable_tui.archive.source_criticism.copies import Copies


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
    add_csv_options(form)
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
    parser.add_argument(
        "--fold-copies",
        action="store_true",
        help="one hit for cables with nearly the same text, which names the others; every cable "
        "is counted. Needs what `cable-tui index` compares at its end",
    )
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(context: Context) -> int:
    """Search and print; 1 where nothing was found."""
    options = context.options
    if options.limit is not None and options.limit < 1:
        raise UsageError("--limit: a number from 1 on is needed")
    if options.batch is not None:
        from cable_tui.cli.search_answers import batch

        if options.fold_copies:
            raise UsageError("--batch: answers in CSV and JSON without --fold-copies")
        return batch.run(context)
    query = query_of(options.words)
    with opened_archive(context, options.path, needs=needs_of(query)) as archive:
        hits = archive.search(query, sort=options.sort or "")
        refuse_unknown(hits)
        log_searches(context, archive, "search", hits)
        reasons = () if hits.count else archive.reasons(query)
        copies = _copies(archive, hits) if options.fold_copies else None
        _print(options, archive, hits, reasons, copies)
        _say_about(options, hits, reasons, copies)
    return 0 if hits.count else 1


def _copies(archive: Archive, hits: Hits) -> Copies:
    """The copies in an answer; says where they are not known."""
    from cable_tui.archive.sentences import echo_file
    from cable_tui.archive.source_criticism.copies import CopyGroups

    if echo_file.load(archive.folder) is None:
        say("sentences were not compared yet, nothing is folded; `cable-tui echoes` does that")
    return CopyGroups(archive).copies(hits.ids)


def _print(
    options: argparse.Namespace,
    archive: Archive,
    hits: Hits,
    reasons: Sequence[Reason],
    copies: Copies | None,
) -> None:
    table = options.json or options.jsonl or options.csv
    found = output.hits_of(
        archive,
        hits,
        scored=table and output.by_score(hits.query, options.sort),
        passages=table or options.passages,
        limit=options.limit,
        copies=copies,
    )
    if options.json:
        emit_json(output.answer(hits, found, reasons))
    elif options.jsonl:
        for hit in found:
            emit_json(output.as_json(hit))
    elif options.csv:
        folded = () if copies is None else (output.COPIES,)
        emit(options.csv((*output.COLUMNS, *folded)))
        for hit in found:
            emit(options.csv(output.csv_values(hit)))
    elif options.refs or options.null:
        end = "\0" if options.null else "\n"
        for hit in found:
            emit(hit.row.reference_id + end)
    else:
        emit_lines(output.text_lines(found))


def _say_about(
    options: argparse.Namespace, hits: Hits, reasons: Sequence[Reason], copies: Copies | None
) -> None:
    say_how_answered(hits)
    folded = len(copies.places) if copies else 0
    if folded:
        say(f"{hits.count:,} cables; {folded:,} cop{'y' if folded == 1 else 'ies'} folded")
    if options.limit is not None and hits.count - folded > options.limit:
        say(f"{options.limit:,} of {hits.count - folded:,} hits; --limit N shows more")
    if not hits.count:
        say("nothing found")
    for reason in reasons:
        say(f"  {reason.count:,} without {reason.part}")

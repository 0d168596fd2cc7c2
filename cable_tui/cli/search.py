"""`cable-tui search`: cables that answer a query, one line each."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.archive import PASSES, Archive, Row
from cable_tui.cli.archives import opened
from cable_tui.cli.call import Call, emit, emit_json, emit_lines, say, terminal_width
from cable_tui.cli.queries import needs_of, query_of
from cable_tui.errors import UsageError
from cable_tui.query import FACETS, class_short
from cable_tui.text import clean_line, crop

if TYPE_CHECKING:
    from cable_tui.archive.search import Hits

_PAGE = 500
_SORTS = ("-created", "created", "relevance")


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument(
        "words",
        nargs="*",
        metavar="QUERY",
        help=f'words, "phrases", -word, {", ".join(f"{name}:" for name in FACETS)}',
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the answer as one JSON object")
    form.add_argument("--jsonl", action="store_true", help="one JSON object a hit")
    form.add_argument("--csv", action="store_true", help="a table for a spreadsheet")
    form.add_argument("--refs", action="store_true", help="reference IDs only")
    form.add_argument("-0", "--null", action="store_true", help="reference IDs, ended by NUL")
    form.add_argument(
        "--batch", metavar="FILE", type=Path, help="one query a line; one JSON object each"
    )
    parser.add_argument("--limit", metavar="N", type=int, help="this many hits at most")
    parser.add_argument(
        "--sort", choices=_SORTS, default="-created", metavar="KEY", help=f"{', '.join(_SORTS)}"
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
        hits = archive.search(query, sort=options.sort)
        rows = islice(_rows(archive, hits), options.limit)
        _print(options, hits, rows)
        _talk(options, hits)
    return 0 if hits.count else 1


def _batch(call: Call) -> int:
    options = call.options
    if options.words:
        raise UsageError("--batch: the queries stand in the file, not on the command line")
    try:
        lines = options.batch.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise UsageError(f"{options.batch}: cannot be read: {error.strerror}") from error
    queries = [query_of([line]) for line in lines]
    found = 0
    with opened(call, options.path, needs=PASSES) as archive:
        for query in queries:
            hits = archive.search(query, sort=options.sort)
            emit_json(_answer(hits, islice(_rows(archive, hits), options.limit)))
            found += hits.count
    return 0 if found else 1


def _rows(archive: Archive, hits: Hits) -> Iterator[Row]:
    for start in range(0, len(hits.ids), _PAGE):
        yield from archive.rows(hits.ids[start : start + _PAGE])


def _print(options: argparse.Namespace, hits: Hits, rows: Iterator[Row]) -> None:
    if options.json:
        emit_json(_answer(hits, rows))
    elif options.jsonl:
        emit_lines(json.dumps(_hit(row), ensure_ascii=False) for row in rows)
    elif options.csv:
        _csv(rows)
    elif options.refs or options.null:
        end = "\0" if options.null else "\n"
        for row in rows:
            emit(row.reference_id + end)
    else:
        emit_lines(_line(row) for row in rows)


def _answer(hits: Hits, rows: Iterator[Row]) -> dict[str, Any]:
    return {
        "query": str(hits.query),
        "count": hits.count,
        "partial": hits.partial,
        "corrections": [
            {"word": each.word, "used": used, "count": count}
            for each in hits.corrections
            for used, count in each.used
        ],
        "hits": [_hit(row) for row in rows],
    }


def _hit(row: Row) -> dict[str, Any]:
    return {
        "reference_id": row.reference_id,
        "created": row.created or None,
        "classification": row.classification,
        "origin": row.origin,
        "subject": row.subject,
        "score": None,
        "passage": None,
        "places": [],
    }


def _csv(rows: Iterator[Row]) -> None:
    from cable_tui.exports import csv_row

    emit(csv_row(("reference_id", "created", "classification", "origin", "subject")))
    for row in rows:
        emit(csv_row((row.reference_id, row.created, row.classification, row.origin, row.subject)))


def _line(row: Row) -> str:
    marking = class_short(row.classification)
    line = clean_line(f"{row.reference_id:<20} {row.created[:10]:<10} {marking:<7} {row.subject}")
    return crop(line, terminal_width()) if sys.stdout.isatty() else line


def _talk(options: argparse.Namespace, hits: Hits) -> None:
    for each in hits.corrections:
        used = ", ".join(f"{word} ({count:,})" for word, count in each.used)
        say(f'no "{each.word}"; searched for {used}' if used else f'no "{each.word}"')
    for offer in hits.offers:
        also = ", ".join(f"{word} {count:,}" for word, count in offer.also)
        say(f"{offer.word} {offer.count:,} · also {also}")
    if hits.partial:
        say("partial: not every cable's text is indexed yet")
    if options.limit is not None and hits.count > options.limit:
        say(f"{options.limit:,} of {hits.count:,} hits; --limit N shows more")
    if not hits.count:
        say("nothing found")

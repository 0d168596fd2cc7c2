"""`cable-tui concordance`: every place where the words of a query stand, one line each."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from cable_tui.archive.records.walk import never
from cable_tui.archive.source_criticism.concordance_lines import (
    AROUND,
    BY_CONTEXT,
    MOST_SORTED,
    ORDERS,
    CableRead,
    Line,
    by_context,
)
from cable_tui.cli.context import Context, emit, emit_json, emit_lines, say, terminal_width
from cable_tui.cli.open_archive import opened_archive
from cable_tui.cli.options import offer
from cable_tui.cli.progress_line import each_with_progress
from cable_tui.cli.query_args import needs_of, query_of, refuse_unknown, say_how_answered
from cable_tui.cli.search_answers.logged import log_searches
from cable_tui.errors import ArchiveError, UsageError
from cable_tui.query import Query
from cable_tui.text import clean_line, crop, width
from cable_tui.text.counted import counted
from cable_tui.text.csv_row import csv_row
from cable_tui.text.keyword_columns import keyword_line

COLUMNS = (
    "reference_id",
    "created",
    "classification",
    "origin",
    "subject",
    "paragraph",
    "left",
    "word",
    "right",
)
"""Columns of the CSV, and keys of a line in JSON."""
_PIPED = 160
"""Cells of a line where it goes to no terminal."""
_DATED = 110
"""Cells of a line that has room for the date."""
_PLACE = 22
"""Cells of the reference ID with its paragraph; a longer one moves its line."""
_LEAST = 20


class _Tally:
    """What was read, for the account at the end."""

    def __init__(self) -> None:
        self.lines = 0
        self.cables = 0
        self.elsewhere = 0
        self.problems: list[str] = []
        self.cut = False


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument(
        "query",
        nargs="+",
        metavar="QUERY",
        help="one query with a word at least; its filters say in which cables; more than one word "
        "needs quotes of the shell",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="one JSON object: query, order, lines, and their number"
    )
    form.add_argument("--jsonl", action="store_true", help="one JSON object a line")
    form.add_argument("--csv", action="store_true", help="a table for a spreadsheet")
    order = parser.add_argument(
        "--sort",
        choices=tuple(ORDERS),
        default="date",
        metavar="ORDER",
        help=", ".join(f"{name} ({meaning})" for name, meaning in ORDERS.items())
        + f"; default: date; left and right read everything first, at most {MOST_SORTED:,} lines",
    )
    offer(order, ORDERS)
    parser.add_argument("--limit", metavar="N", type=int, help="this many lines at most")
    parser.add_argument(
        "--context",
        metavar="N",
        type=int,
        default=AROUND,
        help=f"characters on either side in JSON and CSV (default: {AROUND})",
    )
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(context: Context) -> int:
    """Print the lines as they are found; 1 where there is none, 3 where a text was unreadable."""
    options = context.options
    query = _query(options)
    if options.limit is not None and options.limit < 1:
        raise UsageError("--limit: a number from 1 on is needed")
    if options.context < 1:
        raise UsageError("--context: a number from 1 on is needed")
    tally = _Tally()
    with opened_archive(context, options.path, needs=needs_of(query)) as archive:
        hits = archive.search(query, sort="created")
        refuse_unknown(hits)
        say_how_answered(hits)
        log_searches(context, archive, "concordance", hits)
        if not hits.highlights and hits.count:
            raise UsageError(
                f"{query}: no word to be shown in its context; a query of filters alone has none"
            )
        from cable_tui.archive.source_criticism import concordance  # it loads the engine

        ids = concordance.in_order(archive, hits.ids, options.sort)
        read = concordance.concordance(archive, ids, hits.highlights, never, options.context)
        lines = _lines(options, read, hits.count, tally)
        _print(options, query, islice(lines, options.limit), tally)
        tally.cut = next(lines, None) is not None
    _say_account(tally)
    if tally.problems:
        return ArchiveError.exit_code
    return 0 if tally.lines else 1


def _query(options: argparse.Namespace) -> Query:
    if len(options.query) > 1:
        whole = " ".join(options.query)
        raise UsageError(f"one query is needed: put it in quotes, '{whole}'")
    query = query_of(options.query)
    if not query.has_words and not any(term.facet == "query" for term in query.filters):
        raise UsageError(f"{query or 'nothing'}: a word is needed, to be shown in its context")
    return query


def _lines(
    options: argparse.Namespace, read: Iterable[CableRead], total: int, tally: _Tally
) -> Iterator[Line]:
    """The lines in the order that was asked for, counted."""
    if options.sort not in BY_CONTEXT:
        yield from _counted(read, tally)
        return
    kept: list[Line] = []
    stopped: KeyboardInterrupt | None = None
    try:
        shown = each_with_progress(read, "texts", total)
        for line in _counted(shown, tally):
            if len(kept) == MOST_SORTED:
                say(
                    f"only the first {MOST_SORTED:,} lines by date are sorted: narrow the query, "
                    "as by date:2009"
                )
                break
            kept.append(line)
    except KeyboardInterrupt as error:
        stopped = error
        say(f"stopped: the {len(kept):,} lines that were read are sorted")
    yield from by_context(kept, options.sort)
    if stopped is not None:
        raise stopped


def _counted(read: Iterable[CableRead], tally: _Tally) -> Iterator[Line]:
    for cable in read:
        if cable.problem:
            tally.problems.append(cable.problem)
        elif not cable.lines:
            tally.elsewhere += 1
        else:
            tally.cables += 1
        yield from cable.lines


def _print(options: argparse.Namespace, query: Query, lines: Iterable[Line], tally: _Tally) -> None:
    if options.json:
        # Piece by piece: an answer may have a hundred thousand lines.
        emit(f'{{"query": {json.dumps(str(query), ensure_ascii=False)}, ')
        emit(f'"order": "{options.sort}", "lines": [')
        for line in _each(lines, tally):
            emit(", " if tally.lines > 1 else "")
            emit(json.dumps(as_json(line), ensure_ascii=False))
        emit(f'], "count": {tally.lines}}}\n')
    elif options.jsonl:
        for line in _each(lines, tally):
            emit_json(as_json(line))
    elif options.csv:
        emit(csv_row(COLUMNS))
        for line in _each(lines, tally):
            emit(csv_row(tuple(value or "" for value in as_json(line).values())))
    else:
        cells = max(terminal_width(), _LEAST) if sys.stdout.isatty() else _PIPED
        emit_lines(text_line(line, cells) for line in _each(lines, tally))


def _each(lines: Iterable[Line], tally: _Tally) -> Iterator[Line]:
    """The lines, counted; what is printed leaves at once, to whoever waits for it."""
    last = 0
    for line in lines:
        if line.row.id != last:
            sys.stdout.flush()
        last = line.row.id
        tally.lines += 1
        yield line


def as_json(line: Line) -> dict[str, Any]:
    """A line as scripts get it; `left`, `word` and `right` are the text on one line."""
    row = line.row
    return {
        "reference_id": row.reference_id,
        "created": row.created or None,
        "classification": row.classification,
        "origin": row.origin,
        "subject": row.subject,
        "paragraph": "subject" if line.in_subject else line.paragraph,
        "left": line.left,
        "word": line.word,
        "right": line.right,
    }


def text_line(line: Line, cells: int) -> str:
    """`09RABAT27#3      what stands before WORD what stands behind`, at most so wide."""
    place = line.row.reference_id
    if line.in_subject or line.paragraph:
        place += f"#{'subject' if line.in_subject else line.paragraph}"
    date = f"{line.row.created[:10]:<10} " if cells >= _DATED else ""
    place = crop(clean_line(place), _PLACE)
    head = f"{date}{place}{' ' * (_PLACE - width(place))} "
    left, word, right = map(clean_line, (line.left, line.word, line.right))
    return f"{head}{''.join(keyword_line(left, word, right, cells - width(head)))}".rstrip()


def _say_account(tally: _Tally) -> None:
    if tally.cut:
        say(f"the first {counted(tally.lines, 'line')}; --limit N shows more")
    elif tally.lines:
        say(f"{counted(tally.lines, 'line')} in {counted(tally.cables, 'cable')}")
    else:
        say("nothing found")
    if tally.elsewhere:
        count = counted(tally.elsewhere, "cable")
        say(f"{count} more with the words in header, TAGS or references only")
    if tally.problems:
        say(f"{counted(len(tally.problems), 'text')} could not be read: {tally.problems[0]}")

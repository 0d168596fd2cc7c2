"""`cable-tui search --batch`: many queries in one run, from a file or as they come on stdin."""

from __future__ import annotations

import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple, TextIO

from cable_tui.archive.archive import Archive
from cable_tui.archive.catalogue.passes import PASSES
from cable_tui.cli.context import Context, emit, emit_json, say
from cable_tui.cli.open_archive import opened_archive
from cable_tui.cli.progress_line import each_with_progress
from cable_tui.cli.query_args import corrections_of, offers_of, query_of, readings_of
from cable_tui.cli.search_answers import output
from cable_tui.cli.search_answers.logged import log_searches
from cable_tui.errors import UsageError
from cable_tui.query import Query
from cable_tui.text.data_text import WriteRow, csv_row

STDIN = Path("-")


class _Line(NamedTuple):
    """A line of the batch that is a query."""

    number: int
    text: str
    query: Query


def run(context: Context) -> int:
    """Answer the queries; 1 where nothing was found at all, 2 where a line is no query.

    Each answer is written before the next line is read, so that a program may ask and wait for the
    answer. What is wrong is printed with its line number; the other queries are answered all the
    same.
    """
    options = context.options
    if options.words:
        raise UsageError("--batch: the queries stand in the file, not on the command line")
    if options.refs or options.null:
        raise UsageError("--batch: prints CSV, or JSON with --json")
    batch = _Batch("stdin" if options.batch == STDIN else str(options.batch))
    with _opened(options.batch) as lines, opened_archive(context, options.path, needs=PASSES) as at:
        if not options.json and not options.jsonl:
            emit(_row(context)(("query", *output.COLUMNS)))
        for each in each_with_progress(batch.queries(lines), "queries"):
            batch.found += _answer(context, at, each, batch.name)
            sys.stdout.flush()
    if batch.refused:
        return 2
    return 0 if batch.found else 1


@contextmanager
def _opened(file: Path) -> Iterator[TextIO]:
    """The lines of a file, or of stdin. Raises `UsageError`."""
    try:
        source = sys.stdin.buffer if file == STDIN else file.open("rb")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    # PowerShell of Windows writes files in UTF-16.
    wide = getattr(source, "peek", lambda _: b"")(2)[:2] in (BOM_UTF16_LE, BOM_UTF16_BE)
    encoding = "utf-16" if wide else "utf-8-sig"
    with TextIOWrapper(source, encoding=encoding, errors="replace") as lines:
        yield lines


class _Batch:
    """The lines of a batch, and what came of them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.refused = 0
        self.found = 0

    def queries(self, lines: TextIO) -> Iterator[_Line]:
        """The lines that are queries; the others are reported, and empty ones passed over."""
        for number, line in enumerate(map(str.strip, lines), 1):
            if not line:
                continue
            try:
                query = query_of([line])
            except UsageError as error:
                self._refuse(number, str(error))
                continue
            if query.terms:
                yield _Line(number, line, query)
            else:  # it would be answered with the whole archive
                self._refuse(number, f"no word and no filter: {line}")

    def _refuse(self, number: int, why: str) -> None:
        self.refused += 1
        say(f"{self.name}:{number}: {why}")


def _row(context: Context) -> WriteRow:
    return context.options.csv or csv_row


def _answer(context: Context, archive: Archive, line: _Line, name: str) -> int:
    """Print the answer to one query. Returns how many cables it found."""
    options = context.options
    hits = archive.search(line.query, sort=options.sort or "")
    log_searches(context, archive, "search", hits)
    for complaint in hits.complaints:
        say(f"{name}:{line.number}: {complaint.reason}")
    scored = output.by_score(line.query, options.sort)
    rows = output.hits_of(archive, hits, scored=scored, passages=True, limit=options.limit)
    if options.json or options.jsonl:
        emit_json(output.answer(hits, rows))
    else:
        for hit in rows:
            emit(_row(context)((line.text, *output.csv_values(hit))))
        # These are fields of the JSON.
        for said in (*readings_of(hits), *corrections_of(hits), *offers_of(hits)):
            say(f"{name}:{line.number}: {said}")
    if not hits.count:
        say(f"{name}:{line.number}: nothing found: {line.text}")
    return hits.count

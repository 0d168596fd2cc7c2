"""`cable-tui search --batch FILE`: a query a line, and one table for all their hits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cable_tui.archive.build.passes import PASSES
from cable_tui.cli import search_output as output
from cable_tui.cli.context import Call, emit, emit_json, say
from cable_tui.cli.open_archive import opened
from cable_tui.cli.progress_line import counted
from cable_tui.cli.query_args import query_of
from cable_tui.errors import UsageError
from cable_tui.exports import csv_row
from cable_tui.query import Query
from cable_tui.query.sorting import BEST


class _Asked(NamedTuple):
    """A line of the file."""

    line: int
    text: str
    query: Query


def run(call: Call, file: Path) -> int:
    """Answer a file of queries; 1 where nothing was found at all, 2 where a line is no query.

    What is wrong is said with its line number; the other queries are answered all the same.
    """
    options = call.options
    lines = _lines(file)
    asked = list(_queries(file, lines))
    found = 0
    with opened(call, options.path, needs=PASSES) as archive:
        if not options.json and not options.jsonl:
            emit(csv_row(("query", *output.COLUMNS)))
        for each in counted(asked, "queries"):
            hits = archive.search(each.query, sort=options.sort or "")
            for complaint in hits.complaints:
                say(f"{file}:{each.line}: {complaint.reason}")
            found += hits.count
            rows = output.hits_of(
                archive,
                hits,
                scored=(each.query.sort or options.sort or each.query.order) == BEST,
                passages=True,
                limit=options.limit,
            )
            if options.json or options.jsonl:
                emit_json(output.answer(hits, rows))
            else:
                for hit in rows:
                    emit(csv_row((each.text, *output.csv_values(hit))))
            if not hits.count:
                say(f"{file}:{each.line}: nothing found: {each.text}")
    if len(asked) < sum(map(bool, lines)):
        return 2
    return 0 if found else 1


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    return [line.strip() for line in text.splitlines()]


def _queries(file: Path, lines: list[str]) -> Iterator[_Asked]:
    """The lines that are queries; the others are said, empty ones are none."""
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            query = query_of([line])
        except UsageError as error:
            say(f"{file}:{number}: {error}")
            continue
        if query.terms:
            yield _Asked(number, line, query)
        else:  # it would be answered with the whole archive
            say(f"{file}:{number}: no word and no filter: {line}")

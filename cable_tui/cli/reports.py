"""The command of each report: `cable-tui NAME PATH ...`, with its options, forms and exit codes.

One door for all reports: what is printed comes from the declaration. Exit status 0 for rows, 1 for
none, 3 if a text could not be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Hashable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from cable_tui.cli.context import Context, emit, emit_json, emit_lines, say, terminal_width
from cable_tui.cli.open_archive import opened_archive
from cable_tui.cli.options import offer
from cable_tui.cli.progress_line import progress_of
from cable_tui.cli.query_args import needs_of, query_of, refuse_unknown, say_how_answered
from cable_tui.cli.search_answers.logged import log_searches
from cable_tui.errors import ArchiveError, UsageError
from cable_tui.reports.look import Look
from cable_tui.reports.report import MOST_SORTED, Option, Report
from cable_tui.text import clean_line
from cable_tui.text.counted import counted
from cable_tui.text.csv_row import csv_row
from cable_tui.value import as_json

_PIPED = 160
"""Cells of a line that goes to no terminal."""
_LEAST = 20


class ReportCommand(NamedTuple):
    """What the table of commands takes for the module of a report's command."""

    report: Report[Any]

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Options of the command: those of the report, then those of all."""
        parser.add_argument(
            "path", metavar="PATH", type=Path, help="a folder of cables, or one file"
        )
        defaults = self.report.ask._defaults
        words = [each for each in self.report.options if each.nargs]
        for each in words:
            parser.add_argument(
                each.name, nargs=each.nargs, metavar=each.metavar or "QUERY", help=each.help
            )
        form = parser.add_mutually_exclusive_group()
        what = self.report.rows_name
        form.add_argument("--json", action="store_true", help=f"one JSON object with {what}")
        form.add_argument("--jsonl", action="store_true", help="one JSON object a line")
        form.add_argument("--csv", action="store_true", help="a table for a spreadsheet")
        for each in self.report.options:
            if not each.nargs:
                _add(parser, each, defaults[each.name])
        parser.add_argument("--limit", metavar="N", type=int, help=f"this many {what} at most")
        parser.add_argument("--no-index", action="store_true", help="use the cache as it is")

    def run(self, context: Context) -> int:
        """Print the rows as they are found."""
        options, report = context.options, self.report
        if options.limit is not None and options.limit < 1:
            raise UsageError("--limit: a number from 1 on is needed")
        ask = _asked(report, options)
        report.check(ask)
        queries = [query_of([text]) for text in report.queries(ask)]
        needs = max(map(needs_of, queries), key=len, default=("facts", "grammar"))
        with opened_archive(context, options.path, needs=needs) as archive:

            def answered(hits: Any) -> None:
                refuse_unknown(hits)
                say_how_answered(hits)
                log_searches(context, archive, report.name, hits)

            look = Look(archive, ask, context.paths.library)
            look.answered = answered
            printed = _Printed(context, report, look)
            printed.print()
        printed.say_tally()
        if look.unread:
            return ArchiveError.exit_code
        return 0 if printed.count else 1


def _add(parser: argparse.ArgumentParser, option: Option, default: Any) -> None:
    """An option, by what its field holds when nobody says anything."""
    flag = option.flag or f"--{option.name.replace('_', '-')}"
    if isinstance(default, bool):
        parser.add_argument(flag, dest=option.name, action="store_true", help=option.help)
        return
    meanings = ", ".join(f"{name} ({meaning})" for name, meaning in option.choices.items())
    added = parser.add_argument(
        flag,
        dest=option.name,
        type=int if isinstance(default, int) else str,
        choices=tuple(option.choices) or None,
        default=default,
        metavar=option.metavar or ("N" if isinstance(default, int) else "TEXT"),
        help=f"{meanings}{option.help}",
    )
    if option.choices:
        offer(added, option.choices)


def _asked(report: Report[Any], options: argparse.Namespace) -> Any:
    """What is asked, from the options. Raises `UsageError`."""
    given: dict[str, Any] = {}
    for each in report.options:
        value = getattr(options, each.name)
        if each.nargs and isinstance(value, list):
            value = _words(each, value, report)
        elif isinstance(value, int) and not isinstance(value, bool) and value < 1:
            flag = each.flag or f"--{each.name.replace('_', '-')}"
            raise UsageError(f"{flag}: a number from 1 on is needed")
        given[each.name] = value
    return report.ask(**given)


def _words(option: Option, words: list[str], report: Report[Any]) -> Any:
    """Words without an option: several queries, one query of all, or exactly one query."""
    if report.ask.__annotations__[option.name].startswith("tuple"):
        return tuple(words)
    if len(words) > 1 and option.nargs == "+":
        whole = " ".join(words)
        raise UsageError(f"one query is needed: put it in quotes, '{whole}'")
    return str(query_of(words))


class _Printed:
    """An answer while it is printed: how many rows there were, and whether there are more."""

    def __init__(self, context: Context, report: Report[Any], look: Look) -> None:
        self._options = context.options
        self._report = report
        self._look = look
        self.count = 0
        self._groups: set[Hashable] = set()
        self._has_more = False
        self._answer: Any = None

    def print(self) -> None:
        """Print all rows in the form that is asked."""
        rows = self._arranged()
        shown = self._each(islice(rows, self._options.limit))
        options, report = self._options, self._report
        if options.json:
            # Piece by piece: an answer may have a hundred thousand rows.
            head = json.dumps(report.json_head(self._look.ask), ensure_ascii=False)[:-1]
            emit(f'{head}, "{report.rows_name}": [')
            for row in shown:
                emit(", " if self.count > 1 else "")
                emit(json.dumps(report.as_json(row), ensure_ascii=False))
            self._has_more = next(rows, None) is not None
            tally = json.dumps(as_json(self._look.tally), ensure_ascii=False)
            emit(f'], "count": {self.count}, "tally": {tally}}}\n')
        elif options.jsonl:
            for row in shown:
                emit_json(report.as_json(row))
        elif options.csv:
            emit(csv_row(tuple(report.heads) or tuple(each.name for each in report.columns)))
            for row in shown:
                emit(csv_row(tuple(map(_cell, report.as_json(row).values()))))
        else:
            cells = max(terminal_width(), _LEAST) if sys.stdout.isatty() else _PIPED
            emit_lines(map(clean_line, report.text_lines(shown, cells)))
        if not options.json:
            self._has_more = next(rows, None) is not None

    def _each(self, rows: Iterable[Any]) -> Iterator[Any]:
        """The rows, counted; what is printed leaves at once, to whoever waits for it."""
        group = None
        for row in rows:
            if (other := self._report.group(row)) != group:
                sys.stdout.flush()
            group = other
            self.count += 1
            self._groups.add(group)
            yield row

    def _arranged(self) -> Iterator[Any]:
        """The rows in their order; ^C ends a reading, and what was read is arranged."""
        report, ask = self._report, self._look.ask
        if not report.can_arrange(ask) and not report.counts:
            for rows in report.read(self._look):
                yield from rows.rows
            return
        kept: list[Any] = []
        stopped: KeyboardInterrupt | None = None
        what = report.rows_name
        try:
            with progress_of(report.reads) as self._look.watched:
                for rows in report.read(self._look):
                    if rows.whole:
                        kept, self._answer = list(rows.rows), rows.answer
                        continue
                    kept += rows.rows
                    if len(kept) > MOST_SORTED:
                        del kept[MOST_SORTED:]
                        say(f"only the first {MOST_SORTED:,} {what} are sorted: narrow the query")
                        break
        except KeyboardInterrupt as error:
            stopped = error
            say(f"stopped: the {len(kept):,} {what} that were read are sorted")
        yield from report.arranged(ask, kept)
        if stopped is not None:
            raise stopped

    def say_tally(self) -> None:
        """Say how many rows there are, and what they do not say."""
        report, look = self._report, self._look
        rows = counted(self.count, report.row_name, report.rows_name)
        if self._has_more:
            say(f"the first {rows}; --limit N shows more")
        elif not self.count:
            say("nothing found")
        else:
            of = f" in {counted(len(self._groups), group)}" if (group := report.group_name) else ""
            say(f"{rows}{of}")
        for sentence in look.tally.sentences:
            say(sentence)


def _cell(value: Any) -> str:
    """A value of a row as a cell."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)

"""The command for each report, `cable-tui NAME PATH ...`: its options, output forms and statuses.

All reports share this code: the output follows from a report's declaration. The exit status is 0 if
there are rows, 1 if there are none, and 3 if a text could not be read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from cable_tui.archive.catalogue.passes import Pass
from cable_tui.base.errors import ArchiveError, UsageError
from cable_tui.base.tools import ReportRow, load
from cable_tui.base.value import Value, as_json, replace
from cable_tui.cli.shared.command_context import (
    CommandContext,
    emit,
    emit_lines,
    say,
    terminal_width,
)
from cable_tui.cli.shared.opened_archive import indexing, is_foreign, opened_archive
from cable_tui.cli.shared.options import OneOf, Parser, from_1
from cable_tui.cli.shared.progress import progress_of, run_with_progress
from cable_tui.cli.shared.query_args import needs_of, query_of, say_and_log
from cable_tui.cli.shared.row_pages import RowPages
from cable_tui.reports.all_rows import arranged, whole_rows, with_cables
from cable_tui.reports.report import MOST_SORTED, Look, Option, Report, Rows
from cable_tui.text import clean_line
from cable_tui.text.cleaning import csv_row, json_text
from cable_tui.text.numbers import counted

if TYPE_CHECKING:  # a help opens none
    from cable_tui.archive.archive import Archive
    from cable_tui.query.answers import Hits
    from cable_tui.reports.page_of_rows import PageOfRows

_PIPED = 160
"""The line width in cells if the output is not a terminal."""
_LEAST_NEEDED: tuple[Pass, ...] = ("facts", "grammar")


class ReportCommand(Value):
    """A module-like object through which the table of commands runs a report."""

    row: ReportRow

    @property
    def report(self) -> Report[Any]:
        """The report, imported when first asked for."""
        report: Report[Any] = self.row.report
        return report

    def configure(self, parser: Parser) -> None:
        """Add the report's own options, then the options that all reports share."""
        parser.add_path()
        defaults = self.report.ask._defaults
        query_options = [option for option in self.report.options if option.nargs]
        for option in query_options:
            parser.add_argument(
                option.name, nargs=option.nargs, metavar=option.metavar or "QUERY", help=option.help
            )
        exclusive_options = parser.one_of()
        name_of_rows = self.report.rows_name
        json_help = self.report.json_form or f"one JSON object with {name_of_rows}"
        exclusive_options.add_flag("--json", json_help)
        exclusive_options.add_flag("--jsonl", "one JSON object per line")
        exclusive_options.add_csv()
        for option in self.report.options:
            if not option.nargs:
                _add(exclusive_options if option.is_form else parser, option, defaults[option.name])
        if report_forms := self.report.forms:
            own_format = next(iter(report_forms))
            _add(
                parser,
                Option("format", f"; default: {own_format}", report_forms, metavar="NAME"),
                own_format,
            )
        has_limit = any(report_option.flag == "--limit" for report_option in self.report.options)
        parser.add_rows("" if has_limit else f"print at most N {name_of_rows}")
        if self.row.changes:
            load(self.row.changes).configure(parser)
        parser.add_no_index()

    def run(self, context: CommandContext) -> int:
        """Print the rows as they are read, or make the requested changes; return the status."""
        output_form = vars(context.options).get("format", "")
        context.options.json |= output_form == "json"
        context.options.csv = csv_row if output_form == "csv" else context.options.csv
        if self.row.changes:
            make_changes = load(self.row.changes).change
            if (
                change_status := make_changes(context, lambda: self._answered(context).answer)
            ) is not None:
                return int(change_status)
        return self._answered(context, show=True).status

    def _answered(self, context: CommandContext, *, show: bool = False) -> _Printed:
        """Return the answer, printed first if `show` is true."""
        options, report = context.options, self.report
        vars(options).setdefault("limit", None)
        output_form = vars(options).get("format", "")
        ask = _asked(report, options)
        report.check(ask)
        queries = [query_of([text]) for text in report.queries(ask)]
        needed_passes = max(map(needs_of, queries), key=len, default=_LEAST_NEEDED)
        if report.needs_text:
            needed_passes = (*_LEAST_NEEDED, "text")
        with opened_archive(context, options.path, needs=needed_passes) as archive:
            if report.needs_sentences:
                _compare_sentences(context, archive)
            ask = with_cables(report, ask, archive)
            look = Look(archive, ask, context.paths.library)
            look.is_terminal = sys.stdout.isatty()
            look.ascii_only = bool(context.settings.ascii)
            scripted = (form for form in ("json", "jsonl", "csv") if vars(options)[form])
            look.form = next(scripted, output_form)
            printed = _Printed(context, report, look)
            if show:
                question = [getattr(ask, name) for name in ask._names if name != "limit"]
                printed.print(RowPages(options, archive, report.name, *question))
            else:
                printed.read()
        if show:
            printed.say_tally()
        if printed.stopped is not None:
            raise printed.stopped
        return printed


def _compare_sentences(context: CommandContext, archive: Archive) -> None:
    """Compare sentences, unless this is already done for all cables in the archive."""
    from cable_tui.archive.sentences import echo_file

    archive_path = context.options.path.expanduser()
    compared_file = echo_file.load(archive.folder)
    with archive.reading() as db:
        is_done = compared_file is not None and compared_file.is_current(db)
    if not (is_done or context.options.no_index):
        if is_foreign(context, archive_path):
            return
        run_with_progress(indexing(context, archive_path, passes=_LEAST_NEEDED, echoes=True))


def _limit(options: argparse.Namespace, report: Report[Any]) -> int | None:
    """Return the maximum number of rows to print, or None for all rows.

    Without a limit, a script gets all rows. A drawing applies the limit itself.
    """
    row_limit: int | None = options.limit or None
    if options.json or options.jsonl or options.csv:
        return row_limit
    return None if report.drawn else row_limit or report.listed or None


def _add(parser: Parser | OneOf, option: Option, default: Any) -> None:
    """Add one option, with a type derived from its default unless it `reads` its value."""
    option_flag = option.flag or f"--{option.name.replace('_', '-')}"
    if isinstance(default, bool):
        parser.add_argument(option_flag, dest=option.name, action="store_true", help=option.help)
        return
    choices = tuple(option.choices) or None
    meanings = ", ".join(f"{name} ({meaning})" for name, meaning in option.choices.items())
    value_type = partial(_read, option.reads) if option.reads else str
    added_option = parser.add_argument(
        option_flag,
        dest=option.name,
        type=from_1 if isinstance(default, int) else value_type,
        choices=None if option.reads else choices,
        # `reads` refuses an empty value, so the default is None if it is empty.
        default=None if option.reads and not default else default,
        metavar=option.metavar or ("N" if isinstance(default, int) else "TEXT"),
        help=option.help if option.reads else f"{meanings}{option.help}",
    )
    vars(added_option)["offered"] = choices  # to shells; as `choices` they would refuse two in one


def _read(reads: Callable[[str], Any], text: str) -> Any:
    try:
        return reads(text)
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _asked(report: Report[Any], options: argparse.Namespace) -> Any:
    """Return the report's `Ask` with the values of the options. Raises `UsageError`."""
    option_values: dict[str, Any] = {}
    for report_option in report.options:
        option_value = getattr(options, report_option.name)
        if option_value is None and report_option.reads:
            option_value = report.ask._defaults[report_option.name]
        if report_option.nargs and isinstance(option_value, list):
            option_value = _words(report_option, option_value, report)
        option_values[report_option.name] = option_value
    return report.ask(**option_values)


def _words(option: Option, words: list[str], report: Report[Any]) -> Any:
    """Return an argument's words as several queries, or as a single query.

    Raises `UsageError` if only one query is allowed and there are several.
    """
    if report.ask.__annotations__[option.name].startswith("tuple"):
        return tuple(words)
    if len(words) > 1 and option.nargs == "+":
        whole_query = " ".join(words)
        raise UsageError(f"exactly one query is needed: put it in quotes, '{whole_query}'")
    return str(query_of(words))


class _Printed:
    """A report's answer during printing: its number of rows, and whether there are more."""

    most_sorted = MOST_SORTED

    def __init__(self, context: CommandContext, report: Report[Any], look: Look) -> None:
        self._context = context
        self._options = context.options
        self._report = report
        self._look = look
        self.count = 0
        self._groups: set[Hashable] = set()
        self._has_more = False
        self._found: list[Hits] = []
        look.answered = self._answered
        self.answer: Any = None
        self.stopped: KeyboardInterrupt | None = None
        """The interrupt (^C) that ended the reading. Rows read before the interrupt are printed,
        with a note.
        """

    def _answered(self, hits: Hits) -> None:
        say_and_log(self._context, self._look.archive, self._report.name, hits)
        self._found.append(hits)

    @property
    def status(self) -> int:
        """The exit status of the command."""
        if self._look.unread and not self._report.counts:
            return ArchiveError.exit_code
        return int(self._report.is_nothing(self.answer, self.count))

    def read(self) -> None:
        """Read all rows without printing them."""
        self._whole_rows()

    def print(self, pages: RowPages) -> None:
        """Print the requested rows in the requested form."""
        options, report, look = self._options, self._report, self._look
        rows = self._arranged()
        total: int | None = None
        if report.counts:  # a drawing takes its rows from the answer
            limit = _limit(options, report)
            last = pages.start + limit if limit else None
            all_rows = self._whole_rows()
            total = len(all_rows)
            self.count = len(all_rows[pages.start : last])
            self._has_more = pages.start + self.count < len(all_rows)
            shown_rows = iter(all_rows[pages.start : last])
        else:
            shown_rows = self._each(islice(rows, pages.start, pages.end()))
        if report.counts and self.stopped is not None and self.answer is None and not self.count:
            if options.json and type(report).whole_json is Report.whole_json:
                self._print_json(pages, iter(()), iter(()), total)
            return  # counts that are not complete are no answer
        if options.json and pages.is_chosen and not report.json_name(look.ask):
            page = self._page(pages, rows, total)
            pages.emit_paged(map(report.as_json, shown_rows), report.rows_name, page)
            return
        if (
            options.json
            and (whole_answer := report.whole_json(look.ask, self.answer, shown_rows)) is not None
        ):
            page = self._page(pages, rows, total)
            if isinstance(whole_answer, tuple):
                pages.emit_array(whole_answer, report.rows_name, page)
            else:
                if "tally" in whole_answer._names:
                    whole_answer = replace(whole_answer, tally=look.tally)
                pages.emit_object(whole_answer, report.json_name(look.ask), page)
            return
        if options.json:
            self._print_json(pages, shown_rows, rows, total)
        elif options.jsonl:
            pages.emit_lines(map(report.as_json, shown_rows))
            pages.emit_last_line(self._page(pages, rows, total))
        elif options.csv:
            for csv_cells in pages.csv(report.csv_lines(shown_rows, self.answer, look.ask)):
                emit(options.csv(csv_cells))
        elif look.form == "svg":
            from cable_tui.exports.charts import source_line, svg

            chart = report.chart(look.ask, list(shown_rows), self.answer)
            archive = look.archive
            emit(svg(chart, source_line(archive.root.name, archive.summary().cables)))
        else:
            fits_terminal = report.fits_terminal(look.ask) or look.is_terminal
            line_width = terminal_width() if fits_terminal else _PIPED
            emit_lines(
                map(clean_line, report.text_lines(look, shown_rows, self.answer, line_width))
            )
        if not (report.counts or self._has_more):
            self._has_more = next(rows, None) is not None

    def _page(self, pages: RowPages, rest: Iterator[Any], total: int | None) -> PageOfRows:
        """Return the page for the printed rows; `rest` are the rows after them."""
        if not self._report.counts:
            self._has_more = next(rest, None) is not None
            total = None if self._has_more else pages.start + self.count
        has_rows = pages.is_chosen or self._report.json_name(self._look.ask)
        has_all = self._options.json and not has_rows
        shown = total or 0 if has_all else self.count
        left_out = self._look.tally.sentences
        return pages.page(
            shown, total, found=self._found, left_out=left_out, has_more=self._has_more
        )

    def _print_json(
        self, pages: RowPages, shown_rows: Iterable[Any], rest: Iterator[Any], total: int | None
    ) -> None:
        """Print the JSON row by row, because an answer may have a hundred thousand rows."""
        report, look = self._report, self._look
        json_rows = pages.rows(map(report.as_json, shown_rows))
        json_head = json_text(report.json_head(look.ask))[:-1]
        emit(f'{json_head}, "{report.rows_name}": [')
        for row_index, row in enumerate(json_rows):
            emit(", " if row_index else "")
            emit(json_text(row))
        page_json = json_text(as_json(self._page(pages, rest, total)))
        tally_json = json_text(as_json(look.tally))
        emit(f'], "count": {self.count}, "tally": {tally_json}, "page": {page_json}}}\n')

    def _each(self, rows: Iterable[Any]) -> Iterator[Any]:
        """Yield the rows, counting them. The output is flushed when a new group begins."""
        group_printed = None
        for report_row in rows:
            if (group_of_row := self._report.group(report_row)) != group_printed:
                sys.stdout.flush()
            group_printed = group_of_row
            self.count += 1
            self._groups.add(group_printed)
            yield report_row

    def _arranged(self) -> Iterator[Any]:
        """Yield the rows in order. If ^C ends the reading, the rows read so far are sorted."""
        report, ask = self._report, self._look.ask
        collects = report.can_arrange(ask) or report.counts
        return arranged(report, ask, self._watched() if collects else self._read(), self._take)

    def _whole_rows(self) -> Sequence[Any]:
        return whole_rows(self._report, self._look.ask, self._watched(), self._take)

    def _take(self, answer: Any) -> None:
        self.answer = answer

    def _watched(self) -> Iterator[Rows[Any]]:
        """Yield the report's results with its progress, but not more rows than can be sorted."""
        row_count = 0
        with progress_of(self._report.reads) as self._look.watched:
            for page_of_rows in self._read():
                row_count += 0 if page_of_rows.whole else len(page_of_rows.rows)
                if row_count > self.most_sorted:
                    rows_kept = len(page_of_rows.rows) - (row_count - self.most_sorted)
                    yield Rows(page_of_rows.rows[:rows_kept])
                    say(
                        f"only the first {self.most_sorted:,} {self._report.rows_name} were "
                        "sorted: narrow the "
                        "query"
                    )
                    break
                yield page_of_rows

    def _read(self) -> Iterator[Rows[Any]]:
        """Yield the report's results until it ends or ^C is pressed."""
        try:
            yield from self._report.read(self._look)
        except KeyboardInterrupt as error:
            self.stopped = error
            self._look.stopped = True

    def say_tally(self) -> None:
        """Print the number of rows and the messages about them."""
        report, look = self._report, self._look
        rows_text = counted(self.count, report.row_name, report.rows_name)
        if self._has_more:
            say(f"the first {rows_text}; --limit N shows more")
        elif self.stopped is not None and not self.count:
            say(f"no {report.rows_name} found so far")
        elif report.is_nothing(self.answer, self.count):
            say("nothing found")
        elif group_name := report.group_name:
            say(f"{rows_text} in {counted(len(self._groups), group_name)}")
        for sentence in look.tally.sentences:
            say(sentence)

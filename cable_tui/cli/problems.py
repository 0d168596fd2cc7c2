"""`cable-tui problems`: list files and records that look like cables but cannot be parsed.

The accounting of all files and records is printed on stderr, or alone on stdout with `--account`.
Its JSON form is:

    {"files": {"seen", "read", "archives", "skipped": {kind: n}, "left_alone": {kind: n},
               "problems", "unfinished", "notes"},
     "records": {"seen", "cables", "further", "left_alone": {kind: n}, "problems",
                 "without_text": {kind: n}},
     "adds_up"}

In both objects, `seen` is the sum of the other numbers, except for the notes and for
`without_text`, whose cables are already counted. `doctor PATH --json` and `index --json` contain
the same object under `account`.
"""

from __future__ import annotations

from cable_tui.archive.archive import Archive
from cable_tui.archive.catalogue import account
from cable_tui.base.errors import NoCableError
from cable_tui.base.value import picked
from cable_tui.cli.shared.command_context import CommandContext, emit_answer, emit_lines, say
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.cli.shared.row_pages import RowPages
from cable_tui.text import clean_line


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_flag("--account", "count the files and records seen, read and skipped")
    parser.add_flag("--json", "one JSON array; with --account one object")
    parser.add_rows("print at most N problems")
    parser.add_no_index()


def run(context: CommandContext) -> int:
    """Print problems as `path:line: reason`, and the accounting; always return 0."""
    path = context.options.path
    try:
        with opened_archive(context, path, needs=("facts", "grammar")) as archive:
            _print(context, archive)
    except NoCableError:
        with opened_archive(context, path, needs=()) as archive:
            if not archive.problems():
                raise
            _print(context, archive)
    return 0


def _print(context: CommandContext, archive: Archive) -> None:
    problems = archive.problems()
    archive_account = archive.account()
    pages = RowPages(context.options, archive, "problems")
    shown = pages.cut(problems)
    page = pages.page(len(shown), len(problems)) if context.options.json else None
    account_words = account.in_words(archive_account)
    if context.options.account:
        emit_answer(
            context, picked(account.AccountAnswer, archive_account), [clean_line(account_words)]
        )
        return
    say(account_words)
    problem_lines = (
        clean_line(f"{problem.path}{f':{problem.line}' if problem.line else ''}: {problem.reason}")
        for problem in shown
    )
    if page is not None:
        pages.emit_array(shown, "problems", page)
    else:
        emit_lines(problem_lines)

"""`cable-tui problems`: files, or records of them, that claim to be cables and cannot be parsed.

The accounting of all files and records goes to stderr, or with `--account` alone to stdout.
As JSON:

    {"files": {"seen", "read", "archives", "skipped": {kind: n}, "left_alone": {kind: n},
               "problems", "unfinished", "notes"},
     "records": {"seen", "cables", "further", "left_alone": {kind: n}, "problems",
                 "without_text": {kind: n}},
     "adds_up"}

`seen` is the sum of the others in both, without the notes and `without_text`,
which are cables. `doctor PATH --json` and
`index --json` have the same object under `account`.
"""

from __future__ import annotations

from cable_tui.archive.catalogue import account
from cable_tui.base.value import picked
from cable_tui.cli.shared.command_context import CommandContext, emit_answer, say
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.text import clean_line


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_flag("--account", "count the files and records seen, read and skipped")
    parser.add_flag("--json", "one JSON array; with --account one object")
    parser.add_no_index()


def run(context: CommandContext) -> int:
    """Print them as `path:line: reason`, and the accounting; status 0 even without a problem."""
    with opened_archive(context, context.options.path, needs=("facts", "grammar")) as archive:
        problems = archive.problems()
        archive_account = archive.account()
    words = account.in_words(archive_account)
    if context.options.account:
        emit_answer(context, picked(account.AccountAnswer, archive_account), [clean_line(words)])
        return 0
    say(words)
    lines = (
        clean_line(f"{problem.path}{f':{problem.line}' if problem.line else ''}: {problem.reason}")
        for problem in problems
    )
    emit_answer(context, problems, lines)
    return 0

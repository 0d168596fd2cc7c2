"""`cable-tui problems`: files, or records of them, that claim to be cables and would not parse.

The account of all files and records goes to stderr, or with `--account` alone to stdout. As JSON:

    {"files": {"seen", "read", "archives", "skipped": {kind: n}, "left_alone": {kind: n},
               "problems", "unfinished"},
     "records": {"seen", "cables", "further", "left_alone": {kind: n}, "problems"},
     "adds_up"}

`seen` is the sum of the others in both. `doctor PATH --json` and `index --json` have the same
object under `account`.
"""

from __future__ import annotations

import argparse

from cable_tui.archive.catalogue import account
from cable_tui.cli.context import CommandContext, emit_json, emit_lines, say
from cable_tui.cli.open_archive import opened_archive
from cable_tui.cli.options import add_no_index, add_path
from cable_tui.text import clean_line


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    add_path(parser)
    parser.add_argument(
        "--account",
        action="store_true",
        help="only the account: what became of every file and record",
    )
    parser.add_argument(
        "--json", action="store_true", help="one JSON array; with --account one object"
    )
    add_no_index(parser)


def run(context: CommandContext) -> int:
    """Print them as `path:line: reason`, and the account; status 0 also where there is none."""
    with opened_archive(context, context.options.path, needs=("facts", "grammar")) as archive:
        problems = archive.problems()
        found = archive.account()
    words = account.in_words(found)
    if context.options.account:
        if context.options.json:
            emit_json(account.as_json(found))
        else:
            emit_lines([clean_line(words)])
        return 0
    say(words)
    if context.options.json:
        emit_json(
            [{"path": each.path, "line": each.line, "reason": each.reason} for each in problems]
        )
    else:
        emit_lines(clean_line(f"{each.path}:{each.line}: {each.reason}") for each in problems)
    return 0

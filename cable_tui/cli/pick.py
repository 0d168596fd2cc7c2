"""`cable-tui pick`: show the reading room on stderr and print the chosen references on stdout."""

from __future__ import annotations

from cable_tui.base.errors import NoTerminalError
from cable_tui.cli.open import enter, room_entered
from cable_tui.cli.shared.command_context import CommandContext, can_ask, emit_lines, existing_path
from cable_tui.cli.shared.options import Parser


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_argument("query", nargs="*", metavar="QUERY", help="the first query")


def run(context: CommandContext) -> int:
    """Print the references one per line; return 1 if the reader chose none."""
    if not can_ask():
        raise NoTerminalError(
            "pick draws on stderr and reads keys from stdin: both must be terminals (stdout may "
            "be a pipe or a file)"
        )
    chosen_ids: list[str] = []
    query_text = " ".join(context.options.query)
    path = existing_path(context.options.path)
    with room_entered(context, path):
        exit_status = enter(context, path, query=query_text, chosen=chosen_ids)
    emit_lines(chosen_ids)
    return exit_status or (0 if chosen_ids else 1)

"""`cable-tui serve`: serve the reading room to browsers, with a separate room for each visitor.

The server is an optional extra. Only `run` imports it, so the help does not need it.
"""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from pathlib import Path

from cable_tui.archive.catalogue.kept_cache import caches_of
from cable_tui.archive.catalogue.passes import PASSES
from cable_tui.base.errors import ArchiveError, UsageError
from cable_tui.cli.shared.command_context import CommandContext, emit_lines, existing_path, say
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser, number_of
from cable_tui.operating_system.this_machine import is_this_machine
from cable_tui.text.numbers import counted
from cable_tui.tools.serve.visitors import Door, Visitors, place_of

PORT = 8251
ROOMS = 8
MOST_ROOMS = 500


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    port_help = f"the port, or 0 for any free port (default: {PORT})"
    parser.add_number("--port", port_help, PORT, number_of(0, 65535))
    parser.add_argument(
        "--host",
        metavar="ADDRESS",
        default="127.0.0.1",
        help="address to listen on, for other machines (default: this machine only)",
    )
    sessions_help = f"at most N sessions at a time (default: {ROOMS})"
    parser.add_number("--sessions", sessions_help, ROOMS, number_of(1, MOST_ROOMS))
    # Its name in older versions.
    parser.add_argument(
        "--rooms",
        dest="sessions",
        type=number_of(1, MOST_ROOMS),
        default=argparse.SUPPRESS,
        help=argparse.SUPPRESS,
    )


def run(context: CommandContext) -> int:
    """Serve until ^C, which returns 0, or until SIGTERM, which returns 143."""
    options = context.options
    try:
        from cable_tui.tools.serve.rooms import Served, serve
    except ModuleNotFoundError as error:
        from cable_tui.operating_system.installation import command_for  # for this sentence

        raise UsageError(
            f"serve needs the extra package textual-serve; install it with: {command_for('serve')}"
        ) from error
    path = existing_path(options.path).absolute()
    with opened_archive(context, path, needs=PASSES) as archive:
        cable_count = archive.summary().cables
    if not cable_count:
        raise ArchiveError(f"{path}: no cables to serve")
    served = Served(
        options.host,
        options.port,
        options.sessions,
        _command(context, path),
        place_of(context.paths.visitors, path),
    )
    if not is_this_machine(options.host):
        say(
            f"warning: --host {options.host} lets other machines connect. Anyone with the "
            "address can read this archive, and everything read and typed crosses the "
            "network unencrypted. For remote use prefer `ssh -L`, without --host"
        )
    visitors = Visitors(None if options.private else context.paths.visitors, context.environ)

    def announce(address: str) -> None:
        emit_lines([address])
        counted_sessions = counted(options.sessions, "session")
        say(
            f"serving {counted(cable_count, 'cable')} of {path} to at most {counted_sessions}; "
            "press ^C to stop"
        )

    import asyncio  # help and completions need no loop

    from cable_tui.program import running, temporary_folder

    temporary_folder.sweep()
    # Be known to `forget`; a private server is so by its temporary folder.
    running_folder = running.folder_of(context.paths.state)
    entered_folder = (
        nullcontext() if options.private else running.entered(running_folder, "server", str(path))
    )
    with entered_folder:
        return asyncio.run(serve(served, Door(options.host), visitors, announce, say))


def _command(context: CommandContext, path: Path) -> tuple[str, ...]:
    """Return the command line that starts a room.

    `-P` stops Python importing modules from the current folder.
    """
    import sys

    options, config_file = context.options, context.paths.config
    return (
        *(sys.executable, "-P", "-m", "cable_tui", str(path), "--no-index"),
        *("--cache", str(caches_of(path, context.paths).absolute())),
        *(("--config", str(config_file.absolute())) if config_file.is_file() else ()),
        *(("--theme", options.theme) if options.theme else ()),
        *(
            option_flag
            for option_flag in ("--ascii", "--private", "--fresh")
            if getattr(options, option_flag[2:])
        ),
    )

"""`cable-tui [PATH]`: open the reading room."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.base.errors import NoTerminalError
from cable_tui.base.value import replace
from cable_tui.cli.shared.options import Parser
from cable_tui.operating_system import is_windows

if TYPE_CHECKING:  # `--help` needs no more than the options
    from cable_tui.cli.shared.command_context import CommandContext
    from cable_tui.program.settings import Settings

_WITHOUT_A_SCREEN = ("", "dumb", "unknown")
"""The values of TERM for terminals that can only print lines. Windows sets no TERM."""
DRIVER = "TEXTUAL_DRIVER"
"""The environment variable set when `cable-tui serve` or another Textual server shows the room."""


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path(optional=True)
    parser.add_argument("-q", "--query", metavar="QUERY", default="", help="search for this")
    parser.add_argument("--ref", metavar="REF[#N]", default="", help="open this cable")
    parser.add_flag("--no-index", "show the cached cables without indexing")


def run(context: CommandContext) -> int:
    """Open the reading room and return its exit status."""
    from cable_tui.cli.shared.command_context import existing_path

    need_terminal(context)
    path = context.options.path or _default(context)
    if path is not None:
        path = existing_path(path)
    with room_entered(context, path):
        exit_status = enter(
            context, path, query=context.options.query, reference=context.options.ref
        )
        if path is not None and exit_status == 0 and not context.options.private:
            from cable_tui.program.settings import write_private

            with suppress(OSError):  # a room that worked does not fail for this
                write_private(context.paths.last_archive, str(path.absolute()))
    return exit_status


@contextmanager
def room_entered(context: CommandContext, path: Path | None) -> Iterator[None]:
    """Register an open room, so that `forget` asks to end it; a private room is registered already.

    Raises `CacheError` if `forget` is running.
    """
    if context.options.private:
        yield
        return
    from cable_tui.program import running  # `--help` needs none

    running_folder = running.folder_of(context.paths.state)
    program_kind = "visitor" if context.environ.get(DRIVER) else "room"
    with running.entered(
        running_folder, program_kind, "" if path is None else str(path.absolute())
    ):
        yield


def need_terminal(context: CommandContext) -> None:
    """Raise `NoTerminalError` if the room could not be shown or could not receive keys."""
    if context.environ.get(DRIVER):  # a server draws, and sends the keys
        return
    if sys.stdin.isatty() and sys.stdout.isatty() and not sys.stderr.isatty():
        raise NoTerminalError(
            "the reading room is drawn on standard error, which is not a terminal; run the command "
            "without 2>"
        )
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise NoTerminalError(
            "the reading room needs a terminal; in scripts, use `cable-tui search` and "
            "`cable-tui show` (see cable-tui "
            "--help)"
        )
    terminal_type = context.environ.get("TERM", "")
    if terminal_type in _WITHOUT_A_SCREEN and not is_windows():
        raise NoTerminalError(
            f"this terminal (TERM={terminal_type}) cannot show the reading room. The command "
            "line does the same: `cable-tui search PATH WORDS`, `cable-tui show PATH REF`, "
            "`cable-tui help`. If it can place a cursor, set TERM: TERM=xterm cable-tui"
        )


def enter(context: CommandContext, path: Path | None, **room_arguments: Any) -> int:
    """Run the room on an archive; only this function imports it.

    Other arguments are passed to `tui.start.app.run`.
    """
    from cable_tui.archive.cache import refuse_inside
    from cable_tui.archive.catalogue.kept_cache import caches_of, is_kept
    from cable_tui.background.start_indexer import start_indexer_early
    from cable_tui.cli.shared.command_context import say

    # Textual reads it when it is imported: a paint waits 4 ms at most, with its own 60 it is 17 ms.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    paths, options = context.paths, context.options
    reader_settings = _settings(context)
    early_indexer = None
    if path is not None and not (reader_settings.no_index or is_kept(path, paths)):
        refuse_inside(path, paths)
        early_indexer = start_indexer_early(path, caches_of(path, paths), paths.config)
    from cable_tui.tui.start.app import run as run_room

    if options.no_color:
        os.environ["NO_COLOR"] = "1"  # where the screen's library looks for it
    return run_room(
        path, settings=reader_settings, paths=paths, early=early_indexer, say=say, **room_arguments
    )


def _settings(context: CommandContext) -> Settings:
    """Return the values from the settings file, overridden by options on the command line."""
    options = context.options
    settings = replace(
        context.settings,
        theme=options.theme or context.settings.theme,
        private=options.private,
        fresh=options.fresh,
        no_index=getattr(options, "no_index", False),
    )
    if not context.environ.get(DRIVER):
        return settings
    # The file is of the one who serves: the visitor did not write its mistakes, nor its author
    # the visitor's notes.
    return replace(settings, in_browser=True, author="", mistakes=())


def _default(context: CommandContext) -> Path | None:
    """Return the archive in the settings, or the last opened one if it still exists."""
    if context.settings.archive is not None or context.options.fresh:
        return context.settings.archive
    from cable_tui.program.settings import last_archive

    last_path = last_archive(context.paths.last_archive)
    return last_path if last_path and os.access(last_path, os.F_OK) else None

"""The command line: one module a command; here what all of them begin and end with.

Exit statuses: 0 ok, 1 nothing found, 2 usage, 3 archive, 4 cache or library or a full disk, 70
internal error, 130 interrupted, 129 and 143 ended by a signal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from cable_tui import __version__
from cable_tui.cli.error_boundary import ErrorBoundary, signals_as_exit
from cable_tui.cli.options import help_text, parse


def main(argv: Sequence[str]) -> int:
    """Run one command line. Returns the exit status; every error is printed before."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Whatever the locale says: cables are more than ASCII.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    boundary = ErrorBoundary()
    with boundary:
        boundary.status = _run(argv, boundary)
        sys.stdout.flush()
    return boundary.status


def _run(argv: Sequence[str], boundary: ErrorBoundary) -> int:
    parser, options = parse(argv)
    if options.help or options.version:
        sys.stdout.write(help_text(parser) if options.help else f"cable-tui {__version__}\n")
        return 0
    # Imported late: `--help` needs neither.
    from cable_tui.cli.context import Context, say
    from cable_tui.settings import find_paths, read_settings

    boundary.paths = paths = find_paths(os.environ, config=options.config, cache=options.cache)
    settings = read_settings(paths.config, required=options.config is not None)
    for mistake in settings.mistakes:
        say(mistake)
    if options.verbose:
        say(f"settings {paths.config}, caches {paths.cache}, bookmarks {paths.library}")
    run = parser.verb.module().run
    context = Context(options, paths, settings, os.environ)
    if parser.verb.is_room:
        return int(run(context))
    with signals_as_exit():
        return int(run(context))

"""The command line: one file a command; here the way in and the way out of all of them.

Exit statuses: 0 ok, 1 nothing found, 2 usage, 3 archive, 4 cache or library or a full disk, 70
internal error, 130 interrupted, 129 and 143 ended by a signal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from cable_tui import __version__
from cable_tui.cli.error_boundary import Edge, ending_by_exit
from cable_tui.cli.options import help_text, parse


def main(argv: Sequence[str]) -> int:
    """Run one command line. Returns the exit status; every error has been said."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Whatever the locale says: cables are more than ASCII.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    edge = Edge()
    with edge:
        edge.status = _run(argv, edge)
        sys.stdout.flush()
    return edge.status


def _run(argv: Sequence[str], edge: Edge) -> int:
    parser, options = parse(argv)
    if options.help or options.version:
        sys.stdout.write(help_text(parser) if options.help else f"cable-tui {__version__}\n")
        return 0
    # Imported late: `--help` needs neither.
    from cable_tui.cli.context import Call, say
    from cable_tui.settings import find_paths, read_settings

    edge.paths = paths = find_paths(os.environ, config=options.config, cache=options.cache)
    settings = read_settings(paths.config, required=options.config is not None)
    for mistake in settings.mistakes:
        say(mistake)
    if options.verbose:
        say(f"settings {paths.config}, caches {paths.cache}, bookmarks {paths.library}")
    run = parser.verb.module().run
    call = Call(options, paths, settings, os.environ)
    if parser.verb.is_room:
        return int(run(call))
    with ending_by_exit():
        return int(run(call))

"""The command line: one module per command; this module starts them all and handles every error.

Exit statuses: 0 ok, 1 nothing found, 2 usage, 3 archive, 4 cache or library or a full disk, 70
internal error, 130 interrupted, 129 and 143 ended by a signal.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper

from cable_tui import TYPE_CHECKING, __version__
from cable_tui.base.errors import CableTuiError
from cable_tui.operating_system.terminals import open_closed_streams

if TYPE_CHECKING:  # `--version` needs no commands, and `--help` no settings
    import argparse
    from collections.abc import Sequence

    from cable_tui.cli.command_table import Verb
    from cable_tui.program.settings import Paths

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_GC_THRESHOLD = 50_000
"""The number of new objects after which a command collects garbage. Most commands create fewer, so
they never spend time on it.
"""


def main(argv: Sequence[str]) -> int:
    """Run one command line and return its exit status. Errors are printed, not raised."""
    open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Whatever the locale says: cables are more than ASCII. Data is the same on all systems.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    program_paths: Paths | None = None
    try:
        version_text = f"cable-tui {__version__}\n"
        exit_status = 0
        if list(argv) == ["--version"]:  # as scripts ask for it
            sys.stdout.write(version_text)
        else:
            from cable_tui.cli.shared.options import help_text, parse

            parser, options = parse(argv)
            if options.help or options.version:
                sys.stdout.write(help_text(parser) if options.help else version_text)
            else:
                from cable_tui.program.settings import find_paths

                program_paths = find_paths(os.environ, config=options.config, cache=options.cache)
                exit_status = _run(parser.verb, options, program_paths)
        sys.stdout.flush()
    except SystemExit:  # a signal
        raise
    except BaseException as error:  # noqa: BLE001 - every error ends here
        exit_status = _status_of(error, program_paths)
    return exit_status


def _run(verb: Verb, options: argparse.Namespace, paths: Paths) -> int:
    from cable_tui.base.value import replace
    from cable_tui.cli.shared.command_context import CommandContext, draw_in_ascii, say
    from cable_tui.operating_system.processes import endings_as_exit
    from cable_tui.program.ascii_signs import needs_ascii
    from cable_tui.program.settings import read_settings

    settings = read_settings(paths.config, required=options.config is not None)
    if options.config is not None or options.private or os.environ.get("TEXTUAL_DRIVER"):
        # Only what the reader wrote in the usual file starts programs, and only for this reader.
        settings = replace(settings, commands=())
    uses_ascii = settings.ascii if options.ascii is None else options.ascii
    settings = replace(
        settings, ascii=needs_ascii(os.environ) if uses_ascii is None else uses_ascii
    )
    if settings.ascii:
        draw_in_ascii()
    for mistake in settings.mistakes:
        say(mistake)
    if options.verbose:
        say(f"settings {paths.config}, caches {paths.cache}, bookmarks {paths.library}")
        say(f"drawing with {'ASCII symbols only' if settings.ascii else 'all symbols'}")
    run = verb.module().run
    context = CommandContext(options, paths, settings, os.environ)
    is_private = options.private and not verb.is_of_the_program
    if verb.is_room and is_private:
        from cable_tui.cli.private_session import private_room

        return private_room(context, run)
    if verb.is_room:
        return int(run(context))
    gc.set_threshold(_GC_THRESHOLD)
    gc.enable()
    with endings_as_exit():
        if not is_private:
            return int(run(context))
        from cable_tui.cli.private_session import private_cache

        with private_cache(paths) as private_paths:
            return int(run(replace(context, paths=private_paths)))


def _status_of(error: BaseException, paths: Paths | None) -> int:
    """Print what went wrong and return the exit status. Errors in the program itself are logged.

    The log is the crash log in `paths`, or the usual one if the paths are not known yet.
    """
    if isinstance(error, CableTuiError):
        _complain(str(error))
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        return 130
    from cable_tui.operating_system.files import is_closed_pipe

    if is_closed_pipe(error):
        _drop_stdout()
        return 0
    if isinstance(error, OSError) and error.errno in _FULL:
        _drop_stdout()
        _complain(f"{error.filename or 'the output'}: the disk is full; the output is not complete")
        return 4
    _complain(f"internal error ({type(error).__name__}): this is a bug in cable-tui")
    _complain(_log(error, paths))
    return 70


def _log(error: BaseException, paths: Paths | None) -> str:
    from datetime import UTC, datetime

    from cable_tui.program.settings import find_paths, log_crash

    log_file = (paths or find_paths(os.environ)).crash_log
    try:
        log_crash(log_file, error, datetime.now(UTC).isoformat(timespec="seconds"))
    except OSError as refused_error:
        return f"its log could not be written: {log_file}: {refused_error.strerror}"
    return f"the facts for a report, without any cable's text, are in {log_file}"


def _complain(sentence: str) -> None:
    from cable_tui.cli.shared.command_context import say

    with suppress(OSError):
        say(sentence)


def _drop_stdout() -> None:
    """Redirect stdout to nothing, because Python would try to write the rest at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

"""`cable-tui mcp`: answer an assistant's questions about one archive, over stdin and stdout.

The command writes only the research log, and uses the index as it is.
"""

from __future__ import annotations

import sys
from contextlib import closing, redirect_stdout

from cable_tui.archive.catalogue.kept_cache import caches_of
from cable_tui.base.value import replace
from cable_tui.cli.shared.command_context import CommandContext, existing_path, say
from cable_tui.cli.shared.options import Parser

_NUMBERS = 1_000_000


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_flag("--unmasked", "do not mask the names of people who asked for protection")


def run(context: CommandContext) -> int:
    """Answer until the client closes the connection, and return 0."""
    from secrets import randbelow

    from cable_tui import __version__
    from cable_tui.api.index_process import NotIndexed
    from cable_tui.api.public_archive import Archive
    from cable_tui.base.errors import CacheError
    from cable_tui.cli.shared.query_args import log_search
    from cable_tui.query.answers import Hits
    from cable_tui.query.checked_query import checked_query
    from cable_tui.tools.assistants.masks import Masks
    from cable_tui.tools.assistants.methods import INSTRUCTIONS, methods_of
    from cable_tui.tools.assistants.protocol import Server, serve
    from cable_tui.tools.assistants.questions import Questions

    folder = existing_path(context.options.path)
    paths = replace(context.paths, cache=caches_of(folder, context.paths))
    session = f"assistant {randbelow(_NUMBERS):06}"

    def told(query: str, count: int, partial: bool) -> None:
        hits = Hits(query=checked_query(query), count=count, partial=partial)
        log_search(context, archive.inner, session, hits)

    try:
        archive = Archive(folder, paths)
    except NotIndexed as error:
        raise CacheError(f"{folder}: not indexed yet; run cable-tui index {folder}") from error
    with closing(archive):
        masks = Masks(archive, unmasked=context.options.unmasked)
        server = Server(
            "cable-tui",
            __version__,
            INSTRUCTIONS,
            {"tools": {}, "resources": {}, "prompts": {}},
            methods_of(Questions(archive, masks, told)),
            _crashed,
        )
        if sys.stdin.isatty():
            say("it waits for a client of the Model Context Protocol; press ^D to end it")
        answers = sys.stdout.buffer
        with redirect_stdout(sys.stderr):  # stdout has the protocol alone
            serve(server, sys.stdin.buffer, answers)
    return 0


def _crashed(error: Exception) -> str:
    """Report where the program failed, without any text from a cable."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    say(f"an internal error: {type(error).__name__} at {place}")
    return f"an internal error ({type(error).__name__}): ask in a different way"

"""`cable-tui paths`: where the program keeps its own files."""

from __future__ import annotations

from cable_tui.cli.shared.command_context import CommandContext, emit_answer
from cable_tui.cli.shared.options import Parser


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path("an archive, for its own cache", optional=True)
    parser.add_flag("--json", "one JSON object")


def run(context: CommandContext) -> int:
    """Print each place on a line."""
    paths = context.paths
    places = {
        "config": paths.config,
        "data": paths.data,
        "cache": paths.cache,
        "state": paths.state,
        "library": paths.library,
        "visitors": paths.visitors,
    }
    if context.options.path:
        from cable_tui.archive.cache import cache_folder

        places["archive cache"] = cache_folder(context.options.path, paths.cache)
    place_by_name = {name: str(place) for name, place in places.items()}
    emit_answer(
        context, place_by_name, (f"{name:<14}{place}" for name, place in place_by_name.items())
    )
    return 0

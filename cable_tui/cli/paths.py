"""`cable-tui paths`: print where the program stores its own files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cable_tui.base.value import Value, as_json
from cable_tui.cli.shared.command_context import CommandContext, emit_answer
from cable_tui.cli.shared.options import Parser

if TYPE_CHECKING:
    from cable_tui.base.kinds import Filled, Only


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path("an archive, to include its cache", optional=True)
    parser.add_flag("--json", "one JSON object")


class PathsAnswer(Value):
    """The output of `paths --json`."""

    config: Filled
    data: Filled
    cache: Filled
    state: Filled
    library: Filled
    visitors: Filled
    """The folder that contains a folder for each visitor of `serve`."""
    archive_cache: Only[Annotated[str, "named archive cache"]] = ""
    """The cache of the named archive, only if a PATH is given."""


def run(context: CommandContext) -> int:
    """Print the name and path of each file and folder, one per line."""
    paths = context.paths
    path_by_name = {name: str(getattr(paths, name)) for name in PathsAnswer._names[:-1]}
    if context.options.path:
        from cable_tui.archive.cache import cache_folder

        path_by_name["archive_cache"] = str(cache_folder(context.options.path, paths.cache))
    answer = PathsAnswer(**path_by_name)
    path_lines = (f"{name:<14}{place}" for name, place in as_json(answer).items())
    emit_answer(context, answer, path_lines)
    return 0

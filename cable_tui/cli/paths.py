"""`cable-tui paths`: where the program keeps its own files."""

from __future__ import annotations

import argparse
from pathlib import Path

from cable_tui.cli.context import CommandContext, emit_json, emit_lines


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "path", nargs="?", metavar="PATH", type=Path, help="an archive, for its own cache"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(context: CommandContext) -> int:
    """Print a place a line."""
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
    if context.options.json:
        emit_json({name: str(place) for name, place in places.items()})
    else:
        emit_lines(f"{name:<14}{place}" for name, place in places.items())
    return 0

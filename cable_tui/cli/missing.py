"""`cable-tui missing`: cables that are cited in an archive but not in it."""

from __future__ import annotations

import argparse
from pathlib import Path

from cable_tui.archive.search.missing_references import missing
from cable_tui.cli.context import Context, emit_json, emit_lines
from cable_tui.cli.open_archive import opened_archive


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument("--json", action="store_true", help="one JSON array")
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(context: Context) -> int:
    """Print them with how often they are cited; 1 where none is missing."""
    with opened_archive(context, context.options.path, needs=("facts", "grammar")) as archive:
        found = missing(archive)
    if context.options.json:
        emit_json(
            [{"reference_id": each.reference_id, "cited_by": each.cited_by} for each in found]
        )
    else:
        emit_lines(f"{each.reference_id:<24}{each.cited_by:,}" for each in found)
    return 0 if found else 1

"""`cable-tui problems`: files, or records of them, that claim to be cables and would not parse."""

from __future__ import annotations

import argparse
from pathlib import Path

from cable_tui.cli.context import Context, emit_json, emit_lines
from cable_tui.cli.open_archive import opened_archive
from cable_tui.text import clean_line


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument("--json", action="store_true", help="one JSON array")
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(context: Context) -> int:
    """Print them as `path:line: reason`; status 0 also where there is none."""
    with opened_archive(context, context.options.path, needs=("facts", "grammar")) as archive:
        problems = archive.problems()
    if context.options.json:
        emit_json(
            [{"path": each.path, "line": each.line, "reason": each.reason} for each in problems]
        )
    else:
        emit_lines(clean_line(f"{each.path}:{each.line}: {each.reason}") for each in problems)
    return 0

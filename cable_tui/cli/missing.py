"""`cable-tui missing`: cables that are cited in an archive but not in it, and gaps in numbers."""

from __future__ import annotations

import argparse
from pathlib import Path

from cable_tui.archive.search.missing_references import missing
from cable_tui.cli.context import Context, emit_json, emit_lines
from cable_tui.cli.open_archive import opened_archive
from cable_tui.cli.options import add_csv_options
from cable_tui.errors import UsageError


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument(
        "--gaps",
        action="store_true",
        help="how much of each post and year is here: cables here, cited and absent, and an "
        "estimate of all that were sent, from their serial numbers",
    )
    parser.add_argument(
        "--post", metavar="POST", default="", help="with --gaps: of this post, by month"
    )
    parser.add_argument("--year", metavar="YEAR", type=int, help="with --gaps: of this year")
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="one JSON array; with --gaps one JSON object"
    )
    add_csv_options(form, "--gaps")
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(context: Context) -> int:
    """Print them with how often they are cited; 1 where none is missing.

    With `--gaps`, print what is here of each post and year; 1 where there is none.
    """
    options = context.options
    if options.gaps:
        from cable_tui.cli.source_criticism.gaps_output import print_gaps  # only for this

        form = "json" if options.json else options.csv or "lines"
        with opened_archive(context, options.path, needs=("facts", "grammar")) as archive:
            found_any = print_gaps(archive, options.post, options.year, form)
        return 0 if found_any else 1
    if options.post or options.year is not None or options.csv:
        raise UsageError("--post, --year, --csv and --csv-raw are for --gaps")
    with opened_archive(context, context.options.path, needs=("facts", "grammar")) as archive:
        found = missing(archive)
    if context.options.json:
        emit_json(
            [{"reference_id": each.reference_id, "cited_by": each.cited_by} for each in found]
        )
    else:
        emit_lines(f"{each.reference_id:<24}{each.cited_by:,}" for each in found)
    return 0 if found else 1

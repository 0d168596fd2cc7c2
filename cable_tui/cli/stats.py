"""`cable-tui stats`: what is in an archive."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.archive.catalogue.summary import Summary
from cable_tui.cli.context import Context, emit_json, emit_lines
from cable_tui.cli.open_archive import opened_archive
from cable_tui.query import FACETS, parse
from cable_tui.text import clean_line

if TYPE_CHECKING:
    from cable_tui.archive.columns.columns import Count

_SHOWN = 12
"""Values of a facet that are printed; JSON has all."""
_YEAR = len("2009")


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(context: Context) -> int:
    """Print totals, and the values of each facet with their counts."""
    with opened_archive(context, context.options.path, needs=("facts", "grammar")) as archive:
        summary = archive.summary()
        counts = archive.counts(parse(""))
    if context.options.json:
        emit_json(_value(summary, counts))
    else:
        emit_lines(map(clean_line, _lines(summary, counts)))
    return 0


def _value(summary: Summary, counts: dict[str, list[Count]]) -> dict[str, Any]:
    return {
        "cables": summary.cables,
        "first_year": summary.first_year or None,
        "last_year": summary.last_year or None,
        "problems": summary.problems,
        "skipped": summary.skipped,
        "complete": summary.complete,
        "facets": {
            name: [
                {"value": each.value, "title": each.title, "count": each.count}
                for each in counts.get(name, [])
            ]
            for name in FACETS
        },
    }


def _lines(summary: Summary, counts: dict[str, list[Count]]) -> Iterator[str]:
    years = f" · {summary.first_year}-{summary.last_year}" if summary.first_year else ""
    yield f"{summary.cables:,} cables{years}"
    if summary.problems:
        yield f"{summary.problems:,} problems"
    for kind, count in sorted(summary.skipped.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{count:,} files left alone: {kind}"
    for name, facet in FACETS.items():
        values = counts.get(name, [])
        if facet.kind == "date":
            # A date has years, months and days: print the years, in their order.
            values = sorted(
                (each for each in values if len(each.value) == _YEAR), key=attrgetter("value")
            )
            shown = len(values)
        else:
            values = sorted(values, key=lambda each: -each.count)
            shown = _SHOWN
        yield from _section(facet.label, values, shown)


def _section(label: str, values: list[Count], shown: int) -> Iterator[str]:
    if values:
        yield ""
        yield label
    for each in values[:shown]:
        title = each.title if each.title != each.value else ""
        yield f"{each.count:>9,}  {each.value}  {title}".rstrip()
    if len(values) > shown:
        yield f"           … {len(values) - shown:,} more"

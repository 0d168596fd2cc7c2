"""`missing --letter`: the cables to request, as a letter, JSON or CSV."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, islice

from cable_tui.base.errors import UsageError
from cable_tui.cli.shared.command_context import CommandContext, emit, emit_json, emit_lines, say
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.glossary import posts
from cable_tui.text.numbers import counted
from cable_tui.tools.missing.letter import KINDS, letter
from cable_tui.tools.missing.report import Ask
from cable_tui.tools.missing.requested import requested

_MOST = 25
"""The maximum number of cables in a letter without `--limit`."""
_COLUMNS = (
    "reference_id number year station post status classification earliest latest dates_from citing"
    " cited_by sentence year_inferred"
).split()


def configure(parser: Parser) -> None:
    """Add the options to those of the report."""
    kinds = ", ".join(f"{name} ({meaning})" for name, meaning in KINDS.items())
    parser.add_argument(
        "--letter",
        metavar="KIND",
        choices=tuple(KINDS),
        help=f"write a letter to request missing cables: {kinds}, for the first "
        f"{_MOST} cables unless --limit says otherwise; --json and --csv give all",
    )


def change(context: CommandContext, _: Callable[[], object]) -> int | None:
    """Write the letter; return 1 if there is nothing to request, and None without `--letter`."""
    options = context.options
    if options.letter is None:
        return None
    row_options = options.jsonl or options.fields or options.after or options.page
    if options.gaps or row_options or options.order != Ask().order or options.format == "svg":
        raise UsageError("missing: --letter takes --post, --year, --limit, --json and --csv")
    if options.year and not options.year.isdecimal():
        raise UsageError(f"--year needs a year, not {options.year}")
    is_all = options.json or options.csv
    limit = options.limit or (None if is_all else _MOST)
    with opened_archive(context, options.path, needs=("facts", "grammar")) as archive:
        chosen = _Chosen(options.post or "", options.year or "")
        cables = requested(archive, chosen)
        first = next(cables, None)
        if first is None:
            say("no cable to request is known from citations")
            return 1
        shown = islice(chain((first,), cables), limit)
        if options.json:
            emit_json(tuple(shown))
        elif options.csv:
            emit(options.csv(tuple(_COLUMNS)))
            for cable in shown:
                emit(options.csv(tuple(str(getattr(cable, name)) for name in _COLUMNS)))
        else:
            emit_lines(letter(options.letter, shown))
        if next(cables, None) is not None:
            say(f"only the first {counted(limit or 0, 'cable')}; --limit N requests more")
    return 0


class _Chosen:
    """The stations and years that the options name."""

    def __init__(self, post: str, year: str) -> None:
        self._post, self._year = post.replace(" ", "").casefold(), year

    def __call__(self, station: str, year: int) -> bool:
        """Return whether to request the cables of a station and year."""
        known = posts.station(station)
        name = known.name.replace(" ", "").casefold() if known else ""
        is_post = not self._post or self._post == station.casefold() or self._post in name
        return is_post and self._year in ("", str(year))

"""The hits of `search` that an option of a tool keeps, after it has read their texts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, nullcontext
from typing import TYPE_CHECKING

from cable_tui.base.errors import UsageError
from cable_tui.base.tools import SearchOption, load, tools
from cable_tui.base.value import Value
from cable_tui.cli.shared.progress import progress_of
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.cli.shared.options import Parser
    from cable_tui.query.answers import CableRow, Hits
    from cable_tui.reports.report import Look


class KeptHit(Value):
    """A hit that an option keeps in the results, with the first of its matches."""

    row: CableRow
    record: int
    """The number of the record with these places."""
    matches: int
    """The number of places."""
    left: str
    """The text before the first place; `left`, `word` and `right` together are on one line."""
    word: str
    right: str


Keep = Callable[[str, "Look", "Hits"], Generator[KeptHit, None, None]]
"""A function that receives the value of an option, reads the texts of hits in order, counts them in
the look, and yields those to keep.
"""


class KeepingOption(Value):
    """An option of a tool, as it was typed."""

    text: str
    """The option with its value."""
    value: str
    keep: Keep


class KeptHits:
    """The hits that an option keeps, up to the requested number, in the order of the answer."""

    def __init__(self, option: KeepingOption, look: Look, hits: Hits) -> None:
        self._kept_hits = option.keep(option.value, look, hits)
        self._found = hits.count
        self.option = option.text
        self.look = look
        self.count = 0
        """The number of hits kept so far."""
        self.has_more = False
        """Whether there are more such hits than were requested; if so, the rest is not read."""
        self.stopped: KeyboardInterrupt | None = None
        """The interrupt (^C) that ended the reading."""

    @property
    def total(self) -> int | None:
        """The number of all kept hits, or None if not all texts were searched."""
        return None if self.has_more or self.look.stopped else self.count

    def rows(self, start: int, end: int | None) -> Iterator[KeptHit]:
        """Yield the kept hits from number `start` to before number `end`, counted from 0."""
        # Progress on the same terminal as the lines would be among them.
        with (
            closing(self._kept_hits) as kept_hits,
            nullcontext() if sys.stdout.isatty() else progress_of("cables read") as watched,
        ):
            self.look.watched = watched
            try:
                for kept_hit in kept_hits:
                    if self.count == end:
                        self.has_more = True
                        return
                    self.count += 1
                    if self.count > start:
                        yield kept_hit
            except KeyboardInterrupt as interrupt:
                self.stopped = interrupt
                self.look.stopped = True

    def sentences(self) -> Iterator[str]:
        """Yield how many hits are listed, and how completely the texts were read."""
        if self.has_more:
            yield (
                f"the first {counted(self.count, 'hit')} with a match; {self.look.read:,} of "
                f"{self._found:,} were read; --limit N shows more"
            )
        else:
            matching_count = f"a match in {self.count:,} of" if self.count else "no match in"
            yield f"{matching_count} {counted(self._found, 'hit')}"
        yield from self.look.tally.sentences


def _rows() -> Iterator[SearchOption]:
    for tool in tools():
        yield from tool.search_options


def configure(parser: Parser) -> None:
    """Add the options of tools that keep hits."""
    for row in _rows():
        parser.add_argument(row.name, metavar=row.metavar, help=row.help)


def keeping_option(options: argparse.Namespace) -> KeepingOption | None:
    """Return the tool's option that the user typed, or None.

    Raises `UsageError` for an invalid value, or if two options were typed.
    """
    typed: list[KeepingOption] = []
    for row in _rows():
        value = vars(options)[row.name.removeprefix("--")]
        if value is not None:
            import shlex  # few searches have such an option

            load(row.check)(value)
            typed.append(KeepingOption(f"{row.name} {shlex.quote(value)}", value, load(row.keep)))
    if len(typed) > 1:
        raise UsageError(f"{typed[0].text} cannot be combined with {typed[1].text}")
    return typed[0] if typed else None

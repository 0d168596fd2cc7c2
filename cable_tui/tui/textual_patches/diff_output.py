"""What goes over the wire: only the cells that look otherwise than what the terminal shows.

Textual repaints whole widgets: one step in a list sends every line of it again, 13 kB on a screen
of 120 by 40. Here each update is compared, cell by cell, with what was sent before; what differs is
sent style by style, because a style costs more bytes than the way to the next cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress
from operator import itemgetter, ne
from typing import NamedTuple

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from cable_tui.tui.textual_patches.sanitize import sanitize

ScreenCell = tuple[str, str]
"""A sign and the codes of its style. The second cell of a wide sign has none."""
RunStyle = tuple[str | None, str | None]
"""Codes of the signs of a run, and of its blanks; None where it has had none."""

_BRIDGED = 4
"""Cells that look right already and are sent again: the way across them is as long."""
_UNKNOWN: ScreenCell = ("", "unknown")


class Run(NamedTuple):
    """Neighbouring cells of one style."""

    row: int
    column: int
    text: str
    codes: str


class ScreenDiff:
    """What the terminal shows."""

    def __init__(self) -> None:
        self._rows: list[list[ScreenCell]] = []
        self._strips: list[dict[int, Strip]] = []
        """For each row the strips that stand there whole, by the column that they begin at."""
        self._grounds: dict[str, str] = {}
        """For the codes of a style those that a blank of it has."""
        self._writer: object = None

    def by(self, writer: object) -> None:
        """Who writes to the terminal: Textual has another one whenever it begins it anew."""
        if writer is not self._writer:
            self._writer = writer
            self.forget()

    def forget(self) -> None:
        """Nothing is known of the terminal any more: another program has drawn on it."""
        self._rows = []

    @property
    def knows(self) -> bool:
        """Whether the whole screen was painted since nothing was known of it."""
        return bool(self._rows)

    def shortened(self, update: CompositorUpdate) -> CompositorUpdate:
        """An update that shows the same and sends less."""
        if isinstance(update, LayoutUpdate | ChopsUpdate):
            return _Shortened(self, update)
        self.forget()
        return update

    def sequence(self, update: LayoutUpdate | ChopsUpdate, colors: ColorSystem) -> str:
        """What must be sent so that the terminal shows an update."""
        if isinstance(update, LayoutUpdate):
            self._fit(*update.region.size)
        rows: dict[int, list[ScreenCell]] = {}
        for row, column, strip in _parts(update):
            if self._stands(row, column, strip):
                continue
            if row not in rows:
                rows[row] = self._rows[row].copy()
            cells = self._cells(strip, colors)
            rows[row][column : column + len(cells)] = cells
            if len(cells) != strip.cell_length:  # stand-ins of another width lie over others
                self._strips[row].clear()
        runs: list[Run] = []
        for row, cells in rows.items():
            old = self._rows[row]
            if cells != old:
                del cells[len(old) :]
                runs += _runs(row, old, cells, self._grounds)
                self._rows[row] = cells
        return _written(runs)

    def _stands(self, row: int, column: int, strip: Strip) -> bool:
        """Whether a strip stands there already: most of what is laid out anew does. Notes it."""
        strips = self._strips[row]
        if (old := strips.get(column)) is not None and (old is strip or old == strip):
            return True
        end = column + strip.cell_length
        for start, each in list(strips.items()):
            if start < end and start + each.cell_length > column:
                del strips[start]
        strips[column] = strip
        return False

    def _cells(self, strip: Iterable[Segment], colors: ColorSystem) -> list[ScreenCell]:
        cells: list[ScreenCell] = []
        for text, style, control in strip:
            if control:
                continue
            ink, blank = _codes(style or Style.null(), colors)
            self._grounds[ink] = blank
            shown = sanitize(text)
            if not shown.isascii():
                cells += _wide_cells(shown, ink, blank)
            elif ink == blank or " " not in shown:
                cells += [(sign, ink) for sign in shown]
            else:
                cells += [(sign, blank if sign == " " else ink) for sign in shown]
        return cells

    def _fit(self, columns: int, rows: int) -> None:
        if len(self._rows) != rows or len(self._rows[0]) != columns:
            self._rows = [[_UNKNOWN] * columns for _ in range(rows)]
            self._strips = [{} for _ in range(rows)]


class _Shortened(CompositorUpdate):
    """Compared when it is sent, and not before: updates may be dropped."""

    def __init__(self, wire: ScreenDiff, update: LayoutUpdate | ChopsUpdate) -> None:
        self._wire = wire
        self._update = update

    def render_segments(self, console: Console) -> str:
        """What is sent."""
        update = self._update
        if isinstance(update, ChopsUpdate) and not self._wire.knows:
            return update.render_segments(console)
        return self._wire.sequence(update, console._color_system or ColorSystem.TRUECOLOR)


def _parts(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Row, column and strip of everything that an update paints."""
    if isinstance(update, LayoutUpdate):
        for row, strips in enumerate(update.strips, update.region.y):
            column = update.region.x
            for part in strips:
                yield row, column, part
                column += part.cell_length
        return
    for row, start, end in update.spans:
        line = update.chops[row].items()
        for stop, (column, strip) in zip(update.chop_ends[row], line, strict=False):
            # As `ChopsUpdate.render_segments`: from a part's beginning to the end of the span.
            if strip is not None and column <= end and stop > start:
                yield row, column, strip.crop(0, min(stop, end) - column)


@lru_cache(maxsize=2048)
def _wide_cells(text: str, ink: str, blank: str) -> Sequence[ScreenCell]:
    """Signs that take two cells, and marks that take none and stand on the sign before them."""
    cells: list[ScreenCell] = []
    for sign in text:
        size = get_character_cell_size(sign)
        if size == 0 and cells and cells[-1][0]:
            cells[-1] = cells[-1][0] + sign, ink
        else:
            cells.append((sign, blank if sign == " " else ink))
            if size == 2:
                cells.append(("", ink))
    return cells


@lru_cache(maxsize=4096)
def _codes(style: Style, colors: ColorSystem) -> tuple[str, str]:
    """The codes of a style, and what of them can be seen of a blank."""
    drawn = style.underline or style.underline2 or style.strike or style.overline
    bare = Style(
        color=style.color if drawn or style.reverse else None,
        bgcolor=style.bgcolor,
        reverse=style.reverse or None,
        underline=style.underline or None,
        underline2=style.underline2 or None,
        strike=style.strike or None,
        overline=style.overline or None,
    )
    return Strip.render_ansi(style, colors), Strip.render_ansi(bare, colors)


def _runs(
    row: int, old: Sequence[ScreenCell], new: Sequence[ScreenCell], grounds: Mapping[str, str]
) -> Iterator[Run]:
    """The cells of a row that must be sent. A blank goes along with every style of its ground."""
    cells = range(len(new))
    # About the width of the others programs disagree; such rows are sent whole.
    wanted = list(compress(cells, map(ne, old, new)) if _plain(old) and _plain(new) else cells)
    at = 0
    while at < len(wanted):
        start = end = wanted[at]
        ink: RunStyle = (None, None)
        while at < len(wanted) and wanted[at] - end <= _BRIDGED:
            cell = new[wanted[at]]
            if cell[1] != ink[0] or wanted[at] != end:  # else it is as the one before it
                joined = _joined(ink, new[end : wanted[at] + 1], grounds)
                if joined is None:
                    break
                ink = joined
            end = wanted[at] + 1
            at += 1
        codes, ground = ink
        yield Run(row, start, "".join([sign for sign, _ in new[start:end]]), codes or ground or "")


def _plain(cells: Iterable[ScreenCell]) -> bool:
    """Whether every sign takes one cell."""
    return set(map(len, map(itemgetter(0), cells))) == {1}


def _joined(
    ink: RunStyle, cells: Iterable[ScreenCell], grounds: Mapping[str, str]
) -> RunStyle | None:
    """The ink of a run with further cells, or None where they need another one."""
    codes, ground = ink
    for sign, own in cells:
        under = own if sign == " " else grounds[own]
        if ground not in (None, under) or (sign != " " and codes not in (None, own)):
            return None
        ground = under
        if sign != " ":
            codes = own
    return codes, ground


def _written(runs: Iterable[Run]) -> str:
    """Every style once, and where its cells are."""
    by_codes: defaultdict[str, list[Run]] = defaultdict(list)
    for run in runs:
        by_codes[run.codes].append(run)
    parts: list[str] = []
    for codes, some in by_codes.items():
        parts.append(f"\x1b[0;{codes}m" if codes else "\x1b[0m")
        last, end = -1, 0
        for row, column, text, _ in some:
            away = column - end
            if row != last:
                parts.append(f"\x1b[{row + 1};{column + 1}H")
            elif away:
                parts.append(f"\x1b[{away}C")
            parts.append(text)
            last, end = (row, column + len(text)) if text.isascii() else (-1, 0)
    if parts:
        parts.append("\x1b[0m")
    return "".join(parts)

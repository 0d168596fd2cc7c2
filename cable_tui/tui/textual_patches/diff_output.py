"""The screen diff: sends only the cells that differ from what the terminal shows.

Textual repaints whole widgets. Here each update is compared, cell by cell, with what was sent
before. What differs is sent style by style, because a style costs more bytes than a movement of the
cursor.

Gain: a step in the list is some 440 bytes instead of 13 kB on a screen of 120 by 40, a page 6 kB, a
letter 4 kB; without it the bars (4 kB, 12 kB) and those of a slow line fall. Measured by `python -m
benchmarks --only keys`, whose tables count bytes; that the screen is the same in the end, by
`tests/tui/textual_patches/test_diff_output.py`. Replaced by: the same comparison in Textual's own
`Compositor`, which has all it needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress
from operator import itemgetter, ne
from typing import Any, NamedTuple

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from cable_tui.tui.textual_patches.few_colors import for_few
from cable_tui.tui.textual_patches.sanitize import sanitize

ScreenCell = tuple[str, str]
"""A character and the codes of its style. The second cell of a wide one is empty."""
RunStyle = tuple[str | None, str | None]
"""Codes of the characters of a run, and of its spaces; None if it has none yet."""

_BRIDGED = 4
"""The most unchanged cells that are sent again: moving over them takes as many bytes."""
_UNKNOWN: ScreenCell = ("", "unknown")


class Run(NamedTuple):
    """Neighbouring cells of one style."""

    row: int
    column: int
    text: str
    codes: str


class ScreenDiff:
    """The content of the terminal, and the update to the wanted content."""

    def __init__(self) -> None:
        self._rows: list[list[ScreenCell]] = []
        self._strips: list[dict[int, Strip]] = []
        """Strips that are on the screen as a whole, by their first column, for each row."""
        self._blank_codes: dict[str, str] = {}
        """Codes that are visible in a space, by the codes of the whole style."""
        self._writer: object = None

    def set_writer(self, writer: object) -> None:
        """Forget the screen for another `writer`: Textual makes one whenever it starts."""
        if writer is not self._writer:
            self._writer = writer
            self.forget()

    def forget(self) -> None:
        """Forget the state of the terminal: another program has drawn on it."""
        self._rows = []

    @property
    def knows(self) -> bool:
        """Whether the whole screen was painted since the last `forget`."""
        return bool(self._rows)

    def shorten(self, update: Any) -> Any:
        """Return an update with the same result that sends less; other objects are unchanged."""
        if isinstance(update, LayoutUpdate | ChopsUpdate):
            return _ShortenedUpdate(self, update)
        if isinstance(update, CompositorUpdate):
            self.forget()
        return update

    def sequence(self, update: LayoutUpdate | ChopsUpdate, colors: ColorSystem) -> str:
        """Return the sequence that makes the terminal show an update."""
        if isinstance(update, LayoutUpdate):
            self._fit(*update.region.size)
        cells_by_row: dict[int, list[ScreenCell]] = {}
        for row, column, strip in _parts(update):
            if self._is_shown(row, column, strip):
                continue
            if row not in cells_by_row:
                cells_by_row[row] = self._rows[row].copy()
            cells = self._cells(strip, colors)
            cells_by_row[row][column : column + len(cells)] = cells
            if len(cells) != strip.cell_length:  # sanitised to another width, over its neighbour
                self._strips[row].clear()
        row_runs: list[Run] = []
        for row, cells in cells_by_row.items():
            old_row = self._rows[row]
            if cells != old_row:
                del cells[len(old_row) :]
                row_runs += _runs(row, old_row, cells, self._blank_codes)
                self._rows[row] = cells
        return _sequence_of(row_runs)

    def _is_shown(self, row: int, column: int, strip: Strip) -> bool:
        """Return whether the terminal shows a strip already, as after most layouts; note it."""
        strips = self._strips[row]
        if (old_strip := strips.get(column)) is not None and (
            old_strip is strip or old_strip == strip
        ):
            return True
        end = column + strip.cell_length
        for start, other_strip in list(strips.items()):
            if start < end and start + other_strip.cell_length > column:
                del strips[start]
        strips[column] = strip
        return False

    def _cells(self, strip: Iterable[Segment], colors: ColorSystem) -> list[ScreenCell]:
        cells: list[ScreenCell] = []
        for text, style, control in strip:
            if control:
                continue
            codes, blank_codes = _codes(style or Style.null(), colors)
            self._blank_codes[codes] = blank_codes
            shown_text = sanitize(text)
            if not shown_text.isascii():
                cells += _wide_cells(shown_text, codes, blank_codes)
            elif codes == blank_codes or " " not in shown_text:
                cells += [(sign, codes) for sign in shown_text]
            else:
                cells += [(sign, blank_codes if sign == " " else codes) for sign in shown_text]
        return cells

    def _fit(self, columns: int, rows: int) -> None:
        if len(self._rows) != rows or len(self._rows[0]) != columns:
            self._rows = [[_UNKNOWN] * columns for _ in range(rows)]
            self._strips = [{} for _ in range(rows)]


class _ShortenedUpdate(CompositorUpdate):
    """An update that is compared only when it is sent: updates may be dropped."""

    def __init__(self, screen_diff: ScreenDiff, update: LayoutUpdate | ChopsUpdate) -> None:
        self._screen_diff = screen_diff
        self._update = update

    def render_segments(self, console: Console) -> str:
        """Return the segments that are sent."""
        update = self._update
        if isinstance(update, ChopsUpdate) and not self._screen_diff.knows:
            return update.render_segments(console)
        return self._screen_diff.sequence(
            update, getattr(console, "_color_system", None) or ColorSystem.TRUECOLOR
        )


def _parts(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Yield row, column and strip of everything that an update paints."""
    if isinstance(update, LayoutUpdate):
        for row, strips in enumerate(update.strips, update.region.y):
            column = update.region.x
            for part in strips:
                yield row, column, part
                column += part.cell_length
        return
    for row, start, end in update.spans:
        line = update.chops[row].items()
        for chop_end, (column, strip) in zip(update.chop_ends[row], line, strict=False):
            # As `ChopsUpdate.render_segments`: from a part's beginning to the end of the span.
            if strip is not None and column <= end and chop_end > start:
                yield row, column, strip.crop(0, min(chop_end, end) - column)


@lru_cache(maxsize=2048)
def _wide_cells(text: str, codes: str, blank: str) -> Sequence[ScreenCell]:
    """Return cells of text with wide characters and combining marks."""
    screen_cells: list[ScreenCell] = []
    for sign in text:
        sign_size = get_character_cell_size(sign)
        if sign_size == 0 and screen_cells and screen_cells[-1][0]:
            screen_cells[-1] = screen_cells[-1][0] + sign, codes
        else:
            screen_cells.append((sign, blank if sign == " " else codes))
            if sign_size == 2:
                screen_cells.append(("", codes))
    return screen_cells


@lru_cache(maxsize=4096)
def _codes(style: Style, colors: ColorSystem) -> tuple[str, str]:
    """Return the codes of a style, and those of them that are visible in a blank."""
    style = for_few(style, colors)
    has_lines = style.underline or style.underline2 or style.strike or style.overline
    bare_style = Style(
        color=style.color if has_lines or style.reverse else None,
        bgcolor=style.bgcolor,
        reverse=style.reverse or None,
        underline=style.underline or None,
        underline2=style.underline2 or None,
        strike=style.strike or None,
        overline=style.overline or None,
    )
    return Strip.render_ansi(style, colors), Strip.render_ansi(bare_style, colors)


def _runs(
    row: int, old: Sequence[ScreenCell], new: Sequence[ScreenCell], blank_codes: Mapping[str, str]
) -> Iterator[Run]:
    """Yield the cells of a row that must be sent.

    A space fits every style with the same background.
    """
    cells = range(len(new))
    # Terminals disagree about the width of the other characters: such rows are sent whole.
    changed = list(compress(cells, map(ne, old, new)) if _plain(old) and _plain(new) else cells)
    index = 0
    while index < len(changed):
        start = end = changed[index]
        run_style: RunStyle = (None, None)
        while index < len(changed) and changed[index] - end <= _BRIDGED:
            cell = new[changed[index]]
            if cell[1] != run_style[0] or changed[index] != end:  # else it is as the one before it
                joined_style = _joined(run_style, new[end : changed[index] + 1], blank_codes)
                if joined_style is None:
                    break
                run_style = joined_style
            end = changed[index] + 1
            index += 1
        codes, blank_code = run_style
        yield Run(
            row, start, "".join([sign for sign, _ in new[start:end]]), codes or blank_code or ""
        )


def _plain(cells: Iterable[ScreenCell]) -> bool:
    """Return whether every character takes one cell."""
    return set(map(len, map(itemgetter(0), cells))) == {1}


def _joined(
    run_style: RunStyle, cells: Iterable[ScreenCell], blank_codes: Mapping[str, str]
) -> RunStyle | None:
    """Return the style of a run with further cells, or None if they need another run."""
    codes, blank_code = run_style
    for sign, own_codes in cells:
        own_blank = own_codes if sign == " " else blank_codes[own_codes]
        if blank_code not in (None, own_blank) or (sign != " " and codes not in (None, own_codes)):
            return None
        blank_code = own_blank
        if sign != " ":
            codes = own_codes
    return codes, blank_code


def _sequence_of(runs: Iterable[Run]) -> str:
    """Return the control sequence for some runs: every style once, each followed by its cells."""
    by_codes: defaultdict[str, list[Run]] = defaultdict(list)
    for run in runs:
        by_codes[run.codes].append(run)
    sequence_parts: list[str] = []
    for codes, runs_of_codes in by_codes.items():
        sequence_parts.append(f"\x1b[0;{codes}m" if codes else "\x1b[0m")
        last_row, end = -1, 0
        for row, column, text, _ in runs_of_codes:
            away = column - end
            if row != last_row:
                sequence_parts.append(f"\x1b[{row + 1};{column + 1}H")
            elif away:
                sequence_parts.append(f"\x1b[{away}C")
            sequence_parts.append(text)
            last_row, end = (row, column + len(text)) if text.isascii() else (-1, 0)
    if sequence_parts:
        sequence_parts.append("\x1b[0m")
    return "".join(sequence_parts)

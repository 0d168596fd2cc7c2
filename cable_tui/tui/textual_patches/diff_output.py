"""The screen diff: send only the cells that differ from the content of the terminal.

Textual repaints whole widgets. Here each update is compared, cell by cell, with the cells that were
sent before. The differences are sent style by style, because changing the style takes more bytes
than moving the cursor.

Gain: on a screen of 120 by 40, a step in the list takes some 440 bytes instead of 13 kB, a page 6
kB, a letter 4 kB; without the diff the limits (4 kB, 12 kB) and the limits for a slow line fail.
Measured by `python -m benchmarks --only keys`, whose tables count bytes;
`tests/tui/textual_patches/test_diff_output.py` tests that the final screen is the same. Replaced
by: the same comparison in Textual's own `Compositor`, which has all the necessary data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress, count
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
"""A character and the codes of its style. The second cell of a wide character is empty."""
RunStyle = tuple[str | None, str | None]
"""The codes for the characters of a run, and for its spaces; None if the run has no such cells yet.
"""

_BRIDGED = 4
"""The maximum number of unchanged cells that are resent, because moving the cursor over them takes
as many bytes.
"""
_UNKNOWN: ScreenCell = ("", "unknown")
_KEPT = 1000
"""The maximum number of strips whose cells are kept, equal to a few screens."""
StripCells = tuple[Strip, Sequence[ScreenCell], bool]
"""A strip, its cells, and whether each character occupies exactly one cell."""


class Run(NamedTuple):
    """Neighboring cells with the same style."""

    row: int
    column: int
    text: str
    codes: str


class ScreenDiff:
    """The content of the terminal, and the computation of updates to it."""

    def __init__(self) -> None:
        self._screen_rows: list[list[ScreenCell]] = []
        self._whole_strips: list[dict[int, Strip]] = []
        """The completely visible strips in each row, keyed by their first column."""
        self._wide_rows: set[int] = set()
        """The rows in which a character may occupy no cell or more than one."""
        self._cells_by_strip: dict[int, StripCells] = {}
        """The cells of strips by their `id`, because lists paint the same strips on other rows."""
        self._blank_codes: dict[str, str] = {}
        """The codes that affect the look of a space, keyed by the codes of the whole style."""
        self._writer: object = None

    def set_writer(self, writer: object) -> None:
        """Forget the screen if the `writer` is new: Textual creates one whenever it starts."""
        if writer is not self._writer:
            self._writer = writer
            self._cells_by_strip.clear()
            self.forget()

    def forget(self) -> None:
        """Forget the content of the terminal, because another program has drawn on it."""
        self._screen_rows = []

    @property
    def knows(self) -> bool:
        """Whether the whole screen was painted since the last `forget`."""
        return bool(self._screen_rows)

    def shorten(self, update: Any) -> Any:
        """Return a shorter update with the same effect; return other objects unchanged."""
        if isinstance(update, LayoutUpdate | ChopsUpdate):
            return _ShortenedUpdate(self, update)
        if isinstance(update, CompositorUpdate):
            self.forget()
        return update

    def sequence(self, update: LayoutUpdate | ChopsUpdate, colors: ColorSystem) -> str:
        """Return the control sequence that makes the terminal show an update."""
        if isinstance(update, LayoutUpdate):
            self._fit(*update.region.size)
        cells_by_row: dict[int, list[ScreenCell]] = {}
        new_wide_rows: set[int] = set()
        for row, column, strip in _parts(update):
            if self._is_shown(row, column, strip):
                continue
            if row not in cells_by_row:
                cells_by_row[row] = self._screen_rows[row].copy()
            _, strip_cells, is_plain = self._cells_of(strip, colors)
            cells_by_row[row][column : column + len(strip_cells)] = strip_cells
            if not is_plain:
                new_wide_rows.add(row)
            # Sanitized to another width, over its neighbor.
            if len(strip_cells) != strip.cell_length:
                self._whole_strips[row].clear()
        changed_runs: list[Run] = []
        for row, row_cells in cells_by_row.items():
            old_row = self._screen_rows[row]
            if row_cells != old_row:
                del row_cells[len(old_row) :]
                was_wide, is_wide = row in self._wide_rows, row in new_wide_rows
                if was_wide and not is_wide:
                    is_wide = not _plain(row_cells)
                # Terminals disagree about the width of other characters: such rows are sent whole.
                changed_columns = (
                    range(len(row_cells))
                    if was_wide or is_wide
                    else list(compress(count(), map(ne, old_row, row_cells)))
                )
                changed_runs += _runs(row, changed_columns, row_cells, self._blank_codes)
                self._screen_rows[row] = row_cells
                if is_wide:
                    self._wide_rows.add(row)
                else:
                    self._wide_rows.discard(row)
        return _sequence_of(changed_runs)

    def _is_shown(self, row: int, column: int, strip: Strip) -> bool:
        """Return whether the terminal already shows a strip, as after most layouts.

        Record the strip.
        """
        row_strips = self._whole_strips[row]
        if (old_strip := row_strips.get(column)) is not None and (
            old_strip is strip or old_strip == strip
        ):
            return True
        end_column = column + strip.cell_length
        for start_column, other_strip in list(row_strips.items()):
            if start_column < end_column and start_column + other_strip.cell_length > column:
                del row_strips[start_column]
        row_strips[column] = strip
        return False

    def _cells_of(self, strip: Strip, colors: ColorSystem) -> StripCells:
        # The strip itself is kept too, so that no other strip gets its number.
        strip_cells = self._cells_by_strip.get(id(strip))
        if strip_cells is None:
            if len(self._cells_by_strip) >= _KEPT:
                self._cells_by_strip.clear()
            cells = self._cells(strip, colors)
            strip_cells = strip, cells, _plain(cells)
            self._cells_by_strip[id(strip)] = strip_cells
        return strip_cells

    def _cells(self, strip: Iterable[Segment], colors: ColorSystem) -> list[ScreenCell]:
        screen_cells: list[ScreenCell] = []
        for text, style, control_codes in strip:
            if control_codes:
                continue
            codes, blank_codes = _codes(style or Style.null(), colors)
            self._blank_codes[codes] = blank_codes
            shown_text = sanitize(text)
            if not shown_text.isascii():
                screen_cells += _wide_cells(shown_text, codes, blank_codes)
            elif codes == blank_codes or " " not in shown_text:
                screen_cells += [(character, codes) for character in shown_text]
            else:
                screen_cells += [
                    (character, blank_codes if character == " " else codes)
                    for character in shown_text
                ]
        return screen_cells

    def _fit(self, columns: int, rows: int) -> None:
        if len(self._screen_rows) != rows or len(self._screen_rows[0]) != columns:
            self._screen_rows = [[_UNKNOWN] * columns for _ in range(rows)]
            self._whole_strips = [{} for _ in range(rows)]
            self._wide_rows = set(range(rows))


class _ShortenedUpdate(CompositorUpdate):
    """An update that is compared only when it is sent, because updates may be dropped."""

    def __init__(self, screen_diff: ScreenDiff, update: LayoutUpdate | ChopsUpdate) -> None:
        self._screen_diff = screen_diff
        self._update = update

    def render_segments(self, console: Console) -> str:
        """Return the control sequence for the differences."""
        update = self._update
        if isinstance(update, ChopsUpdate) and not self._screen_diff.knows:
            return update.render_segments(console)
        return self._screen_diff.sequence(
            update, getattr(console, "_color_system", None) or ColorSystem.TRUECOLOR
        )


def _parts(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Yield the row, the column and the strip of each part that an update paints."""
    if isinstance(update, LayoutUpdate):
        for row, strips in enumerate(update.strips, update.region.y):
            column = update.region.x
            for row_strip in strips:
                yield row, column, row_strip
                column += row_strip.cell_length
        return
    for row, span_start, span_end in update.spans:
        row_chops = update.chops[row].items()
        for chop_end, (column, strip) in zip(update.chop_ends[row], row_chops, strict=False):
            # As `ChopsUpdate.render_segments`: from a part's beginning to the end of the span.
            if strip is not None and column <= span_end and chop_end > span_start:
                yield row, column, strip.crop(0, min(chop_end, span_end) - column)


@lru_cache(maxsize=2048)
def _wide_cells(text: str, codes: str, blank_codes: str) -> Sequence[ScreenCell]:
    """Return the cells of a text that has wide characters or combining characters."""
    screen_cells: list[ScreenCell] = []
    for character in text:
        character_width = get_character_cell_size(character)
        if character_width == 0 and screen_cells and screen_cells[-1][0]:
            screen_cells[-1] = screen_cells[-1][0] + character, codes
        else:
            screen_cells.append((character, blank_codes if character == " " else codes))
            if character_width == 2:
                screen_cells.append(("", codes))
    return screen_cells


@lru_cache(maxsize=4096)
def _codes(style: Style, colors: ColorSystem) -> tuple[str, str]:
    """Return the codes of a style, and those codes that affect the look of a space."""
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
    row: int,
    changed_columns: Sequence[int],
    new: Sequence[ScreenCell],
    blank_codes: Mapping[str, str],
) -> Iterator[Run]:
    """Yield the runs of cells in a row that must be sent.

    A space fits every style with the same background.
    """
    changed_index = 0
    while changed_index < len(changed_columns):
        run_start = run_end = changed_columns[changed_index]
        run_style: RunStyle = (None, None)
        while (
            changed_index < len(changed_columns)
            and changed_columns[changed_index] - run_end <= _BRIDGED
        ):
            new_cell = new[changed_columns[changed_index]]
            if (
                new_cell[1] != run_style[0] or changed_columns[changed_index] != run_end
            ):  # else it is as the one before it
                joined_style = _joined(
                    run_style, new[run_end : changed_columns[changed_index] + 1], blank_codes
                )
                if joined_style is None:
                    break
                run_style = joined_style
            run_end = changed_columns[changed_index] + 1
            changed_index += 1
        character_codes, space_codes = run_style
        yield Run(
            row,
            run_start,
            "".join([character for character, _ in new[run_start:run_end]]),
            character_codes or space_codes or "",
        )


def _plain(cells: Iterable[ScreenCell]) -> bool:
    """Return whether each character occupies exactly one cell."""
    return set(map(len, map(itemgetter(0), cells))) <= {1}


def _joined(
    run_style: RunStyle, cells: Iterable[ScreenCell], blank_codes: Mapping[str, str]
) -> RunStyle | None:
    """Return the style of a run after adding cells, or None if the cells need another run."""
    character_codes, space_codes = run_style
    for character, cell_codes in cells:
        cell_space_codes = cell_codes if character == " " else blank_codes[cell_codes]
        if space_codes not in (None, cell_space_codes) or (
            character != " " and character_codes not in (None, cell_codes)
        ):
            return None
        space_codes = cell_space_codes
        if character != " ":
            character_codes = cell_codes
    return character_codes, space_codes


def _sequence_of(runs: Iterable[Run]) -> str:
    """Return the control sequence for runs: each style once, followed by its cells."""
    runs_by_codes: defaultdict[str, list[Run]] = defaultdict(list)
    for run in runs:
        runs_by_codes[run.codes].append(run)
    sequence_parts: list[str] = []
    for codes, runs_with_codes in runs_by_codes.items():
        sequence_parts.append(f"\x1b[0;{codes}m" if codes else "\x1b[0m")
        previous_row, previous_end = -1, 0
        for row, column, run_text, _ in runs_with_codes:
            column_distance = column - previous_end
            if row != previous_row:
                sequence_parts.append(f"\x1b[{row + 1};{column + 1}H")
            elif column_distance:
                sequence_parts.append(f"\x1b[{column_distance}C")
            sequence_parts.append(run_text)
            previous_row, previous_end = (
                (row, column + len(run_text)) if run_text.isascii() else (-1, 0)
            )
    if sequence_parts:
        sequence_parts.append("\x1b[0m")
    return "".join(sequence_parts)

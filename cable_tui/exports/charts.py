"""Charts as SVG pictures that can be printed, even in black and white, with a source line.

A chart is a title, blocks one below the other, and remarks. Color is never the only difference:
queries have separate blocks, shares are printed in the squares of a grid, and missing values are
hatched. All texts are escaped and measured; the picture needs no script, font or network.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from cable_tui import __version__
from cable_tui.base.value import Value
from cable_tui.text import clean_line, crop, width

_WIDTH = 900
_MARGIN = 24
_INNER = _WIDTH - 2 * _MARGIN
_LETTER = 0.56
"""The average width of a letter as a share of its height, rounded up."""
_LABEL = 12
"""The height of the letters of labels in pixels. Other sizes are derived from it."""
_ROW = 20
_STEPS_HIGH = 96
_UNKNOWN_HIGH = 8
_HATCH = "url(#hatch)"
_GAP = 18
_INK, _BAR, _PALE, _LINE = "#111111", "#3b5b92", "#b9c4d6", "#999999"
_SHADES = ("#ffffff", "#dbe3ef", "#a9bcd8", "#6b8bb9", "#2f4f86")
"""Fill colors from the smallest to the largest share. They differ in brightness, so they can be
distinguished in grey.
"""
_DARK = 3
"""The index of the first shade with white text."""
_LEAST_PRINTED = 0.005
_WIDEST_LABEL = 48
"""The maximum number of letters in a row's label."""
_MOST_TICKS = 12
_YEAR_WIDE = 32
"""The least distance between the names of two years below a chart."""


class Bars(Value):
    """A block with a horizontal bar for each row."""

    rows: tuple[tuple[str, float, str], ...]
    """The label, the length and the printed number of each row."""
    heading: str = ""
    most: float = 0.0
    """The length that fills the width, or 0 to use the length of the longest bar."""


class Steps(Value):
    """A block with a column for each time step, as high as the share for that step."""

    heading: str
    names: tuple[str, ...]
    """All years, or all months such as `2009-02`, without gaps."""
    shares: tuple[float | None, ...]
    """Shares from 0 to 1. None is drawn hatched and means that the step contains no cables."""
    most: float
    """The share that fills the height. A triangle is drawn above a column that would be higher."""
    uncertain: frozenset[int] = frozenset()
    """The indexes of steps with few cables, which are drawn pale."""


class Grid(Value):
    """A block with a square for each row and column, as dark as its share or its count."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | str, ...]], ...]
    """The label of each row, and for each column a share from 0 to 1 (or a count up to `most`), or
    a text in place of a number. Squares with a text are hatched; squares with an empty text are
    left out.
    """
    meaning: str
    """An explanation of what the shares or counts measure."""
    hatched: str = ""
    """An explanation of hatched squares, if there are any."""
    most: int = 0
    """The largest count; 0 if the squares are shares."""


class Chart(Value):
    """One picture: its title, its blocks and its notes."""

    title: str
    blocks: tuple[Bars | Steps | Grid, ...]
    subtitle: str = ""
    """What was counted."""
    notes: tuple[str, ...] = ()
    """Notes on what the numbers leave out."""


def svg(chart: Chart, source: str) -> str:
    """Return a chart as an SVG file. `source` is the line printed below it."""
    picture = _Picture()
    picture.paragraph(chart.title, 20, bold=True)
    picture.paragraph(chart.subtitle, 13)
    for block in chart.blocks:
        picture.y += _GAP
        if isinstance(block, Bars):
            _draw_bars(picture, block)
        elif isinstance(block, Steps):
            _draw_steps(picture, block)
        else:
            _draw_grid(picture, block)
    picture.y += _GAP
    for note in chart.notes:
        picture.paragraph(note, 11)
    picture.paragraph(source, 11)
    picture_height = round(picture.y + _MARGIN)
    title_text = clean_line(chart.title)
    svg_head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {picture_height}" '
        f'width="{_WIDTH}" height="{picture_height}" font-family="Helvetica, Arial, sans-serif" '
        f'role="img" aria-label={quoteattr(title_text)}>\n<title>{escape(title_text)}</title>\n'
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<path d="M0 6L6 0" stroke="{_LINE}" stroke-width="1"/></pattern></defs>\n'
        f'<rect width="{_WIDTH}" height="{picture_height}" fill="#ffffff"/>'
    )
    return "\n".join((svg_head, *picture.parts, "</svg>\n"))


def source_line(archive: str, cables: int) -> str:
    """Return the line below a picture, which gives the archive and the day it was drawn."""
    today = date.today().isoformat()
    return f"Source: {archive}, {cables:,} cables. Drawn on {today} with cable-tui {__version__}."


class _Picture:
    """The SVG elements drawn so far, and the height that they fill."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.y = float(_MARGIN)

    def paragraph(self, text: str, size: int, *, bold: bool = False) -> None:
        """Write a text across the whole width, below the existing elements. Skip an empty text."""
        for line in textwrap.wrap(clean_line(text), int(_INNER / (size * _LETTER))):
            self.y += size * 1.3
            self.text(_MARGIN, self.y, line, size, bold=bold)

    def text(  # noqa: PLR0913 - a text has a place and a look
        self,
        x: float,
        y: float,
        text: str,
        size: int = _LABEL,
        *,
        anchor: str = "start",
        bold: bool = False,
        fill: str = _INK,
    ) -> None:
        """Write a text on one line. `anchor` aligns its start, middle or end with `x`."""
        weight_attribute = ' font-weight="bold"' if bold else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
            f'fill="{fill}"{weight_attribute}>{escape(clean_line(text))}</text>'
        )

    def box(self, x: float, y: float, wide: float, high: float, fill: str) -> None:
        """Draw a rectangle. A white or hatched one has a frame."""
        frame_attribute = f' stroke="{_LINE}"' if fill in (_SHADES[0], _HATCH) else ""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" '
            f'fill="{fill}"{frame_attribute}/>'
        )

    def triangle(self, middle: float, y: float) -> None:
        """Draw a small triangle that points up from a height."""
        self.parts.append(f'<path d="M{middle - 4:.1f} {y:.1f}h8l-4 -6z" fill="{_INK}"/>')

    def line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """Draw a thin line."""
        self.parts.append(
            f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" stroke="{_LINE}" '
            'stroke-width="0.7"/>'
        )


def _label_width(labels: Iterator[str]) -> float:
    return min(max(map(width, labels), default=0), _WIDEST_LABEL) * _LABEL * _LETTER + 10


def _draw_bars(picture: _Picture, bars: Bars) -> None:
    picture.paragraph(bars.heading, 14, bold=True)
    label_width = _MARGIN + _label_width(label for label, _, _ in bars.rows)
    number_width = _label_width(number_text for _, _, number_text in bars.rows)
    bar_room = _WIDTH - _MARGIN - number_width - label_width
    longest_bar = bars.most or max((length for _, length, _ in bars.rows), default=0) or 1
    picture.y += 6
    for label, length, number_text in bars.rows:
        baseline = picture.y + 14
        picture.text(label_width - 6, baseline, crop(label, _WIDEST_LABEL), anchor="end")
        bar_length = max(bar_room * length / longest_bar, 1.0 if length else 0.0)
        picture.box(label_width, picture.y + 3, bar_length, _ROW - 6, _BAR)
        picture.text(label_width + bar_length + 5, baseline, number_text)
        picture.y += _ROW


def _draw_steps(picture: _Picture, steps: Steps) -> None:
    picture.paragraph(steps.heading, 14, bold=True)
    chart_left, chart_top = _MARGIN + 52, picture.y + 15
    step_room, bottom = _WIDTH - _MARGIN - chart_left, chart_top + _STEPS_HIGH
    for tick_share in (0.0, 0.5, 1.0):
        y = bottom - tick_share * _STEPS_HIGH
        picture.line(chart_left, y, chart_left + step_room, y)
        picture.text(
            chart_left - 6, y + 4, f"{tick_share * steps.most * 100:.6g}%", 11, anchor="end"
        )
    step_width = step_room / max(len(steps.names), 1)
    for index, share in enumerate(steps.shares):
        x, bar_wide = chart_left + index * step_width, max(step_width * 0.9, 0.5)
        if share is None:  # no share is not a share of nothing
            picture.box(x, bottom - _UNKNOWN_HIGH, bar_wide, _UNKNOWN_HIGH, _HATCH)
        elif bar_height := min(share / steps.most, 1.0) * _STEPS_HIGH:
            fill = _PALE if index in steps.uncertain else _BAR
            picture.box(x, bottom - bar_height, bar_wide, bar_height, fill)
            if is_cut(share, steps.most):
                picture.triangle(x + bar_wide / 2, chart_top - 2)
    ticks = _ticks(steps.names)
    if len(ticks) > 1 and (ticks[1][0] - ticks[0][0]) * step_width < _YEAR_WIDE:
        del ticks[0]  # the year is almost over, and its name would touch the next one
    for index, name in ticks:
        x = chart_left + index * step_width
        picture.line(x, bottom, x, bottom + 4)
        picture.text(x, bottom + 16, name, 11)
    picture.y = bottom + 20


def is_cut(share: float | None, most: float) -> bool:
    """Return whether a share is higher than the scale; the two are rounded differently."""
    return share is not None and share > most * (1 + 1e-9)


def _ticks(names: Sequence[str]) -> list[tuple[int, str]]:
    """Return the index and year of each tick: every year, or years at equal distances."""
    years = [
        (index, name[:4])
        for index, name in enumerate(names)
        if not index or name[:4] != names[index - 1][:4]
    ]
    years_a_tick = next(
        (step for step in (1, 2, 5, 10, 20, 50) if len(years) / step <= _MOST_TICKS), 100
    )
    return [
        (index, year) for index, year in years if years_a_tick == 1 or int(year) % years_a_tick == 0
    ]


def _draw_grid(picture: _Picture, grid: Grid) -> None:
    grid_left = _MARGIN + _label_width(label for label, _ in grid.rows)
    column_width = min((_WIDTH - _MARGIN - grid_left) / max(len(grid.columns), 1), 64.0)
    picture.y += _LABEL
    for index, column in enumerate(grid.columns):
        picture.text(
            grid_left + (index + 0.5) * column_width, picture.y, column, 11, anchor="middle"
        )
    picture.y += 6
    for label, cells in grid.rows:
        baseline = picture.y + 14
        picture.text(grid_left - 6, baseline, crop(label, _WIDEST_LABEL), anchor="end")
        for index, cell in enumerate(cells):
            x = grid_left + index * column_width
            cell_middle = x + column_width / 2
            if isinstance(cell, str):
                if cell:
                    picture.box(x, picture.y, column_width, _ROW, _HATCH)
                    picture.text(cell_middle, baseline, cell, 11, anchor="middle")
                continue
            shade = _shade(cell / (grid.most or 1))
            picture.box(x, picture.y, column_width, _ROW, _SHADES[shade])
            ink = "#ffffff" if shade >= _DARK else _INK
            printed = f"{cell:,}" if grid.most else f"{cell:.0%}"
            printed = "<1%" if not grid.most and 0 < cell < _LEAST_PRINTED else printed
            picture.text(cell_middle, baseline, printed, 11, anchor="middle", fill=ink)
        picture.y += _ROW
    picture.y += _GAP
    x = float(_MARGIN)
    legend_texts = ("0 to 20%", "to 40%", "to 60%", "to 80%", "to 100%", grid.hatched)
    for fill, legend_text in zip((*_SHADES, _HATCH), legend_texts, strict=True):
        if grid.most:  # each count is printed
            break
        picture.box(x, picture.y - 11, 14, 14, fill)
        picture.text(x + 20, picture.y, legend_text, 11)
        x += 34 + width(legend_text) * 11 * _LETTER
    picture.y += 6
    picture.paragraph(grid.meaning, 11)


def _shade(share: float) -> int:
    return min(int(share * len(_SHADES)), len(_SHADES) - 1)

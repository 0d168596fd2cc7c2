"""The heat map of missing cables: a row for each post and year, a block for each month.

The blocks differ in how much of a cell is filled, so they can be read without color.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.text import clean_line, crop, width
from cable_tui.text.numbers import SHADES
from cable_tui.tools.missing.gaps import Month, PostYear
from cable_tui.tools.missing.wording import CITED, HERE, percent

LEGEND = (
    "Held of each month: {} under 10% · {} under half · {} more · {} all".format(*SHADES),
    f"· none · {HERE} some, but the number sent is unknown · {CITED} cited but missing",
)
"""The explanation of the blocks."""
_SHARES = (0.1, 0.5, 1.0)
"""The smallest share for each shade except the first."""
_NAME = 19
"""The minimum width of the name of a post, in cells."""
_YEAR = len(" 2009 ")
_HELD, _ESTIMATE, _SHARE = 7, 16, 6
"""The widths of the columns after the months, in cells."""
_WIDE = 4
"""The minimum width of a month at which the estimates have a column; a row's details also contain
them.
"""


class _Widths(NamedTuple):
    """The widths that depend on the room, in cells."""

    name: int
    month: int
    """The width of a block with the space after it."""
    estimate: int


def _widths(cells: int) -> _Widths:
    room = cells - _YEAR - _HELD - _SHARE
    estimate = _ESTIMATE if room - _ESTIMATE - _NAME >= 12 * _WIDE else 0
    month = max((room - estimate - _NAME) // 12, 2)
    return _Widths(max(room - estimate - 12 * month, 8), month, estimate)


def heads(cells: int) -> Iterator[str]:
    """Yield the legend, and the headings of the columns."""
    widths = _widths(cells)
    letters = 3 if widths.month >= _WIDE else 1
    months = "".join(f"{name[:letters]:{widths.month}}" for name in calendar.month_abbr[1:])
    estimate = f"{'estimate':>{widths.estimate}}" if widths.estimate else ""
    yield from LEGEND
    yield f"{'post':{widths.name}} year {months}{'held':>{_HELD}}{estimate}{'share':>{_SHARE}}"


def heat_pieces(row: PostYear, cells: int) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a row: the post, its year and months, the cables here and their share."""
    widths = _widths(cells)
    name = crop(clean_line(row.post), widths.name)
    yield f"{name}{' ' * (widths.name - width(name))} {row.year} ", ""
    for month in row.months:
        marker = CITED if month.cited else ""
        block_cells = widths.month - 1 - len(marker)
        sign, style = _sign(month)
        yield sign * block_cells if style else f"{sign:{block_cells}}"[:block_cells], style or "dim"
        yield f"{marker} ", "missing"
    yield f"{row.here:>{_HELD},}", ""
    estimate, share = f"{row.least:,} or more" if row.least else "no estimate", ""
    if row.sent is not None:
        estimate = f"{row.sent.low:,}–{row.sent.high:,}"
        share = percent(row.here, row.sent.likely)
    if widths.estimate:
        yield f"{estimate:>{widths.estimate}}", "" if share else "dim"
    yield f"{share:>{_SHARE}}", ""


def _sign(month: Month) -> tuple[str, str]:
    """Return the character for a month and its style.

    Without a style, it does not fill the block.
    """
    if month.here:
        if month.sent is None:
            return HERE, "word"
        share = month.here / max(month.sent.likely, 1)
        return SHADES[sum(share >= least for least in _SHARES)], "word"
    is_known = month.cited or (month.sent is not None and month.sent.likely)
    return ("·" if is_known else ""), ""

"""Styles for terminals of eight colours or fewer: what is lit stays lit.

Rich knows 16 colours at least. On a terminal with eight it ignores the brighter eight: the row
under the cursor, a hit and a notice would look like the text around them, and the light theme would
be black on black. There a dark grey background is drawn in reverse, which every terminal has, grey
letters are white (black on white), and the other bright colours are those of the first eight; red
and blue, which cannot be read on black, are bold white there.

Buys: a cursor and hits in sight on the consoles of Linux and on `TERM=vt100`, `xterm`, `screen`.
Measured by `tests/tui/test_terminal_kinds.py`. Replaced by: a colour system of eight in Rich.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from rich.color import Color, ColorSystem
from rich.style import Style

from cable_tui.operating_system import only_here

_GREY = 8
"""The number of the first bright colour, which is bright black."""
_BLACK, _WHITE = 0, 7
_DARK = (1, 4)
"""Red and blue."""

_few = False


def fit_colors(number: int | None) -> None:
    """Set the number of the terminal's colours; None leaves it to Rich."""
    global _few  # noqa: PLW0603 - the terminal is that of the whole process
    _few = number is not None and number <= _GREY


def fit_to_terminal() -> None:
    """Use no more colours than the terminal of this process has."""
    fit_colors(terminal_colors(os.environ))


def terminal_colors(environ: Mapping[str, str]) -> int | None:
    """Return how many colours the terminal has by terminfo; None if that is unknown, or many."""
    if environ.get("COLORTERM") or "256" in environ.get("TERM", ""):
        return None
    try:
        curses = only_here("curses")  # Windows has none, and needs none
        curses.setupterm()
        return max(int(curses.tigetnum("colors")), 0)
    except Exception:  # noqa: BLE001 - no terminfo, or none of this terminal: Rich decides
        return None


def for_few(style: Style, colors: ColorSystem | None) -> Style:
    """Return the style as the terminal can show it."""
    if not _few or colors is not ColorSystem.STANDARD:
        return style
    ink, ground, reverse = _number(style.color), _number(style.bgcolor), bool(style.reverse)
    if ground == _GREY:
        ink, ground, reverse = _WHITE, _BLACK, not reverse
    if ground is not None:
        ground %= _GREY
    if ink is not None:
        ink = _WHITE if ink == _GREY else ink % _GREY
        if ink == ground:  # grey on white
            ink = _WHITE if ground == _BLACK else _BLACK
    if (ink, ground) == (None, None):
        return style
    if ink in _DARK and ground == _BLACK:
        ink, style = _WHITE, style + Style(bold=True)
    return style + Style(color=_color(ink), bgcolor=_color(ground), reverse=reverse)


def _number(color: Color | None) -> int | None:
    """Return the number of one of the 16 colours; None for the terminal's own."""
    return None if color is None else color.downgrade(ColorSystem.STANDARD).number


def _color(number: int | None) -> Color | None:
    return None if number is None else Color.from_ansi(number)

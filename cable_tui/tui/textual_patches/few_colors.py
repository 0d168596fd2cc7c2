"""Styles for terminals with eight colors or fewer, in which highlights remain visible.

Rich assumes at least 16 colors. A terminal with eight ignores the eight bright ones: the row under
the cursor, a hit and a message would look like the text around them, and the light theme would be
black on black. Here a dark grey background is drawn in reverse video, which every terminal has,
grey letters become white (black on white), and the other bright colors become those of the first
eight; red and blue, which are illegible on black, become bold white there.

Gain: a visible cursor and visible hits on the consoles of Linux and on `TERM=vt100`, `xterm`,
`screen`. Measured by `tests/tui/test_terminal_kinds.py`. Replaced by: a color system of eight
colors in Rich.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from rich.color import Color, ColorSystem
from rich.style import Style

from cable_tui.operating_system import only_here

_GREY = 8
"""The number of the first bright color, bright black."""
_BLACK, _WHITE = 0, 7
_DARK = (1, 4)
"""The numbers of red and blue."""

_few = False


def fit_colors(color_count: int | None) -> None:
    """Set the number of colors that the terminal has; None lets Rich decide."""
    global _few  # noqa: PLW0603 - the terminal is that of the whole process
    _few = color_count is not None and color_count <= _GREY


def fit_to_terminal() -> None:
    """Use no more colors than this process's terminal has."""
    fit_colors(terminal_colors(os.environ))


def terminal_colors(environ: Mapping[str, str]) -> int | None:
    """Return the terminal's number of colors according to terminfo, or None if unknown or large."""
    if environ.get("COLORTERM") or "256" in environ.get("TERM", ""):
        return None
    try:
        curses = only_here("curses")  # Windows has none, and needs none
        curses.setupterm()
        return max(int(curses.tigetnum("colors")), 0)
    except Exception:  # noqa: BLE001 - no terminfo, or none of this terminal: Rich decides
        return None


def for_few(style: Style, colors: ColorSystem | None) -> Style:
    """Return the style as the terminal can display it."""
    if not _few or colors is not ColorSystem.STANDARD:
        return style
    text_color, background_color, is_reversed = (
        _number(style.color),
        _number(style.bgcolor),
        bool(style.reverse),
    )
    if background_color == _GREY:
        text_color, background_color, is_reversed = _WHITE, _BLACK, not is_reversed
    if background_color is not None:
        background_color %= _GREY
    if text_color is not None:
        text_color = _WHITE if text_color == _GREY else text_color % _GREY
        if text_color == background_color:  # grey on white
            text_color = _WHITE if background_color == _BLACK else _BLACK
    if (text_color, background_color) == (None, None):
        return style
    if text_color in _DARK and background_color == _BLACK:
        text_color, style = _WHITE, style + Style(bold=True)
    return style + Style(
        color=_color(text_color), bgcolor=_color(background_color), reverse=is_reversed
    )


def _number(color: Color | None) -> int | None:
    """Return the number of one of the 16 colors, or None for the terminal's default."""
    return None if color is None else color.downgrade(ColorSystem.STANDARD).number


def _color(color_number: int | None) -> Color | None:
    return None if color_number is None else Color.from_ansi(color_number)

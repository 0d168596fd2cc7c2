"""The appearance of the room: a dark and a light theme, and layouts by width and height."""

from __future__ import annotations

from textual.color import BLACK, WHITE, Color
from textual.theme import Theme


def _variables(*, chosen: str, ink: str, ground: str, thumb: str) -> dict[str, str]:
    """Return the colors for the chosen line in dialogs and for scrollbars, muted as in panes."""
    return {
        "block-cursor-background": chosen,
        "block-cursor-blurred-background": chosen,
        "block-cursor-foreground": ink,
        "block-cursor-blurred-foreground": ink,
        "scrollbar": thumb,
        "scrollbar-background": ground,
        "scrollbar-background-hover": ground,
        "scrollbar-background-active": ground,
        "scrollbar-corner-color": ground,
    }


DARK = Theme(
    name="reading-room-dark",
    dark=True,
    primary="#7fa8d1",
    secondary="#9a93c4",
    accent="#d9b36c",
    warning="#dca75a",
    error="#e0807a",
    success="#8fb58a",
    foreground="#d6d9de",
    background="#14171b",
    surface="#191d22",
    panel="#262c34",
    variables=_variables(chosen="#2f3d4a", ink="#d6d9de", ground="#191d22", thumb="#484b50"),
)
LIGHT = Theme(
    name="reading-room-light",
    dark=False,
    primary="#2c5c8a",
    secondary="#5c548f",
    accent="#8a5a12",
    warning="#8f5d00",
    error="#a8322d",
    success="#2f6b38",
    foreground="#2a2925",
    background="#f7f4ec",
    surface="#f1ede2",
    panel="#e1dccd",
    variables=_variables(chosen="#ccd6de", ink="#2a2925", ground="#f1ede2", thumb="#bfbbb1"),
)
THEMES = (DARK, LIGHT)
"""The themes that the app registers; the app starts with the first theme."""

_LEAST_CONTRAST = 4.5
"""The contrast that the Web Content Accessibility Guidelines (WCAG 2, AA) require for text."""
_MUTED = 0.72
"""The share of the foreground color that must be readable; the faintest text in the styles has 75%.
"""


def readable(theme: Theme) -> Theme:
    """Return a Textual theme with all text readable on every background in the room.

    Its surfaces lie between its background and its foreground. Each other color is unchanged if its
    contrast suffices, and otherwise mixed with as little white or black as necessary.
    """
    colors = theme.to_color_system().generate()
    if any(colors[name].startswith("ansi_") for name in ("background", "foreground")):
        return theme  # the terminal's own
    background, foreground = Color.parse(colors["background"]), Color.parse(colors["foreground"])
    end = WHITE if theme.dark else BLACK
    panel = background.blend(foreground, 0.1)

    def ink(name: str, part: float = 1) -> str:
        """Return the nearest color that is readable when only a `part` of it is used."""
        shades = (Color.parse(colors[name]).blend(end, step / 10) for step in range(11))
        grounds = (panel, background)
        return next(
            (
                shade.hex6
                for shade in shades
                if all(
                    contrast(ground.blend(shade, part), ground) >= _LEAST_CONTRAST
                    for ground in grounds
                )
            ),
            end.hex6,
        )

    return Theme(
        name=theme.name,
        dark=theme.dark,
        foreground=ink("foreground", _MUTED),
        background=background.hex6,
        surface=background.blend(foreground, 0.03).hex6,
        panel=panel.hex6,
        primary=ink("primary"),
        secondary=ink("secondary"),
        accent=ink("accent"),
        warning=ink("warning"),
        error=ink("error"),
        success=ink("success"),
        variables=_variables(
            chosen=panel.hex6,
            ink=ink("foreground", _MUTED),
            ground=background.hex6,
            thumb=background.blend(foreground, 0.25).hex6,
        ),
    )


def contrast(one: Color, other: Color) -> float:
    """Return the contrast between two colors, from 1 to 21, as defined by the web's guidelines."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in color.normalized
    ]
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


BREADTHS = ((0, "-tiny"), (40, "-s"), (100, "-m"), (170, "-l"))
"""The layouts by width: the minimum number of cells, and the class name."""
ROOM_FOR_TWO = 60
"""The minimum width of a terminal, in cells, for two panes side by side."""
HEIGHTS = ((0, "-flat"), (15, "-low"), (34, "-high"))
"""The layouts by height: the minimum number of lines, and the class name."""
TALL = 50
"""The minimum height of the terminal, in lines, for a timeline of three lines."""


def layout_names(cells: int, lines: int) -> tuple[str, str]:
    """Return the class names of the layout for a width in cells and a height in lines."""
    breadth_name = [layout_name for least_cells, layout_name in BREADTHS if cells >= least_cells][
        -1
    ]
    return breadth_name, [
        layout_name for least_lines, layout_name in HEIGHTS if lines >= least_lines
    ][-1]

"""The appearance of the room: a dark and a light theme, and layouts by width and height."""

from __future__ import annotations

from textual.theme import Theme


def _variables(*, chosen: str, ink: str, ground: str, thumb: str) -> dict[str, str]:
    """Return the colors of the chosen line in dialogs and of scrollbars, muted as in panes."""
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
"""The themes that the app registers; it starts with the first one."""

BREADTHS = ((0, "-tiny"), (40, "-s"), (100, "-m"), (170, "-l"))
"""The layouts by width: the least number of cells, and the class name."""
ROOM_FOR_TWO = 60
"""The minimum width of a terminal, in cells, for two panes side by side."""
HEIGHTS = ((0, "-flat"), (15, "-low"), (34, "-high"))
"""The layouts by height: the least number of lines, and the class name."""
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

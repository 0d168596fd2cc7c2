"""The layouts of the room: from how many cells and lines on each holds, and their names."""

from __future__ import annotations

PLACEHOLDER = "Type words, an id such as 09CASABLANCA27, or origin: tag: class: date:"
"""In a bar without text."""
BREADTHS = ((0, "-tiny"), (60, "-s"), (100, "-m"), (170, "-l"))
"""Cells from which on the room has a layout, with its name."""
HEIGHTS = ((0, "-flat"), (15, "-low"), (34, "-high"))
"""The same for lines."""


def layout_names(cells: int, lines: int) -> tuple[str, str]:
    """The names of the layout for so many cells and lines."""
    breadth = [name for least, name in BREADTHS if cells >= least][-1]
    return breadth, [name for least, name in HEIGHTS if lines >= least][-1]


TALL = 50
"""Lines of the terminal from which on the timeline above the list is three lines high."""

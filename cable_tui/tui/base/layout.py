"""The layouts of the room: from how many cells and lines on each holds, and their names."""

from __future__ import annotations

PLACEHOLDER = "Type words, an id such as 09CASABLANCA27, or origin: tag: class: date:"
"""Shown in an empty search bar."""
BREADTHS = ((0, "-tiny"), (60, "-s"), (100, "-m"), (170, "-l"))
"""Layouts by width: the least number of cells, and the name."""
FOUR_COLUMNS = 200
"""Cells from which the context is a fourth column; below, the list could not keep its dates."""
HEIGHTS = ((0, "-flat"), (15, "-low"), (34, "-high"))
"""Layouts by height: the least number of lines, and the name."""


def layout_names(cells: int, lines: int) -> tuple[str, str]:
    """The names of the layout for so many cells and lines."""
    breadth = [name for least, name in BREADTHS if cells >= least][-1]
    return breadth, [name for least, name in HEIGHTS if lines >= least][-1]


TALL = 50
"""The least height of the terminal for a timeline of three lines."""

"""A key word in its context on one line: what stands before it ends where the column of it begins.

Widths are cells of the terminal, so that wide letters keep the column.
"""

from __future__ import annotations

from cable_tui.text.layout import ELLIPSIS, crop, width

_LEAST = 4
"""Cells of the context before the key word, in the narrowest terminal."""


def keyword_column(cells: int) -> int:
    """The cell of a line of so many cells where the key word begins.

    A little before the middle: the word itself belongs to the right half.
    """
    return max(cells * 9 // 20, _LEAST)


def keyword_line(left: str, word: str, right: str, cells: int) -> tuple[str, str, str]:
    """The three parts of a line that takes exactly `cells` cells, the word in its column.

    What stands before is cut at its beginning, what stands behind at its end, a word that is
    longer than the room behind its column as well. Texts must be clean and of one line.
    """
    column = keyword_column(cells)
    before = crop_start(left, column)
    first = " " * (column - width(before)) + before
    room = max(cells - column, 1)
    middle = crop(word, room)
    after = crop(right, room - width(middle))
    return first, middle, after + " " * (room - width(middle) - width(after))


def crop_start(text: str, cells: int) -> str:
    """The end of a text in at most so many cells; where it was cut it begins with an ellipsis."""
    if width(text) <= cells:
        return text
    if cells < 1:
        return ""
    start, room = len(text), cells - width(ELLIPSIS)
    while start and (size := width(text[start - 1])) <= room:
        room -= size
        start -= 1
    while start < len(text) and not width(text[start]):
        start += 1  # a sign without a cell of its own belongs to the letter that is cut off
    return ELLIPSIS + text[start:]

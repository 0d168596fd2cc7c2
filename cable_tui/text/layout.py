"""Cells of the terminal: how wide a text is, how it is cut, wrapped and put into columns.

Widths are those of Rich, which draws the screens; it is imported when a text needs it. Texts must
be clean. A tab counts as one cell: it is drawn as one space.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.base.pattern import pattern

if TYPE_CHECKING:
    from cable_tui.base.cable import Span

ELLIPSIS = "…"
_ODD = pattern("[^\x00-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027]")
"""All characters except those of one cell: only these are passed to Rich."""


def width(text: str) -> int:
    """Return how many cells a text of one line takes."""
    return len(text) if text.isascii() else sum(_cells(text))


def crop(text: str, cells: int) -> str:
    """Return the text in at most `cells` cells; if it was cut it ends in an ellipsis."""
    if len(text) <= cells and width(text) <= cells:
        return text
    if cells < 1:
        return ""
    cells_used = 0
    for index, size in enumerate(_cells(text)):
        cells_used += size
        if cells_used > cells - 1:
            return text[:index] + ELLIPSIS
    return text


def wrap(line: str, cells: int) -> list[Span]:
    """Return spans of one line as lines of a screen.

    It is broken at blanks, and inside a word if it has no blank.

    Blanks at a break belong to neither side. An empty line is one empty span.
    """
    if cells < 1:
        return [(0, len(line))]
    if line.isascii() and len(line) <= cells:
        return [(0, len(line))]
    sizes = None if line.isascii() else _cells(line)
    line_spans: list[Span] = []
    start, length = 0, len(line)
    while start < length:
        limit = min(start + cells, length) if sizes is None else _fitting(sizes, start, cells)
        end, next_start = _break(line, start, limit)
        line_spans.append((start, end))
        start = next_start
    return line_spans or [(0, 0)]


def _fitting(sizes: list[int], start: int, cells: int) -> int:
    """Return where the last character that fits ends; at least one, however wide it is."""
    cells_used = 0
    for index in range(start, len(sizes)):
        cells_used += sizes[index]
        if cells_used > cells and index > start:
            return index
    return len(sizes)


def _break(line: str, start: int, limit: int) -> Span:
    """End of the screen line that begins at `start`, and the start of the next one."""
    if limit == len(line):
        return limit, limit
    end = limit if line[limit] == " " else line.rfind(" ", start, limit)
    if end <= start or line[start:end].isspace():
        return limit, limit
    text_start = end
    while text_start < len(line) and line[text_start] == " ":
        text_start += 1
    while line[end - 1] == " ":
        end -= 1
    return end, text_start


def _cells(text: str) -> list[int]:
    if _ODD.search(text) is None:
        return [1] * len(text)
    from rich.cells import get_character_cell_size

    return [1 if sign == "\t" else get_character_cell_size(sign) for sign in text]


_LEAST = 4
"""The least cells of the context before the key word, in a narrow terminal."""


def keyword_column(cells: int) -> int:
    """Return the cell at which the key word begins in a line of `cells` cells.

    It is a little before the middle: the word itself belongs to the right half.
    """
    return max(cells * 9 // 20, _LEAST)


def keyword_line(left: str, word: str, right: str, cells: int) -> tuple[str, str, str]:
    """Return the three parts of a line that takes exactly `cells` cells, the word in its column.

    The text before is cut at its beginning, the text after at its end, a word that is
    longer than the room after its column as well. Texts must be clean and of one line.
    """
    column = keyword_column(cells)
    text_before = crop_start(left, column)
    first_text = " " * (column - width(text_before)) + text_before
    cells_left = max(cells - column, 1)
    middle_text = crop(word, cells_left)
    text_after = crop(right, cells_left - width(middle_text))
    return (
        first_text,
        middle_text,
        text_after + " " * (cells_left - width(middle_text) - width(text_after)),
    )


def crop_start(text: str, cells: int) -> str:
    """Return the end of a text in at most `cells` cells.

    If it was cut it begins with an ellipsis.
    """
    if width(text) <= cells:
        return text
    if cells < 1:
        return ""
    start, cells_left = len(text), cells - width(ELLIPSIS)
    while start and (size := width(text[start - 1])) <= cells_left:
        cells_left -= size
        start -= 1
    while start < len(text) and not width(text[start]):
        start += 1  # a sign without a cell of its own belongs to the letter that is cut off
    return ELLIPSIS + text[start:]

"""Text in terminal cells: measuring its width, cropping, wrapping and aligning it.

Widths are taken from Rich, which draws the screens; Rich is imported only if a text needs it. Texts
must be clean already. A tab counts as one cell and is drawn as one space.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.base.pattern import pattern

if TYPE_CHECKING:
    from cable_tui.base.cable import Span

ELLIPSIS = "…"
_ODD = pattern("[^\x00-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027]")
"""A pattern for any character that may not be exactly one cell wide; only such texts need Rich."""


def width(text: str) -> int:
    """Return the number of cells that one line of text takes."""
    return len(text) if text.isascii() else sum(_cells(text))


def crop(text: str, cells: int) -> str:
    """Return the text in at most `cells` cells, ending in an ellipsis if it was cropped."""
    if len(text) <= cells and width(text) <= cells:
        return text
    if cells < 1:
        return ""
    cells_used = 0
    for character_index, character_cells in enumerate(_cells(text)):
        cells_used += character_cells
        if cells_used > cells - 1:
            return text[:character_index] + ELLIPSIS
    return text


def wrap(line: str, cells: int) -> list[Span]:
    """Return the spans of a line that become separate lines on the screen.

    The line is broken at spaces, or inside a word that is wider than `cells`. Spaces at a break
    belong to neither span. An empty line has one empty span.
    """
    if cells < 1:
        return [(0, len(line))]
    if line.isascii() and len(line) <= cells:
        return [(0, len(line))]
    character_cells = None if line.isascii() else _cells(line)
    line_spans: list[Span] = []
    line_start, line_length = 0, len(line)
    while line_start < line_length:
        fitting_end = (
            min(line_start + cells, line_length)
            if character_cells is None
            else _fitting(character_cells, line_start, cells)
        )
        line_end, next_start = _break(line, line_start, fitting_end)
        line_spans.append((line_start, line_end))
        line_start = next_start
    return line_spans or [(0, 0)]


def _fitting(character_cells: list[int], start: int, cells: int) -> int:
    """Return the end of the characters that fit into `cells` cells; at least one always fits."""
    cells_used = 0
    for character_index in range(start, len(character_cells)):
        cells_used += character_cells[character_index]
        if cells_used > cells and character_index > start:
            return character_index
    return len(character_cells)


def _break(line: str, start: int, fitting_end: int) -> Span:
    """Return the end of the screen line that begins at `start`, and the start of the next line."""
    if fitting_end == len(line):
        return fitting_end, fitting_end
    line_end = fitting_end if line[fitting_end] == " " else line.rfind(" ", start, fitting_end)
    if line_end <= start or line[start:line_end].isspace():
        return fitting_end, fitting_end
    next_start = line_end
    while next_start < len(line) and line[next_start] == " ":
        next_start += 1
    while line[line_end - 1] == " ":
        line_end -= 1
    return line_end, next_start


def _cells(text: str) -> list[int]:
    if _ODD.search(text) is None:
        return [1] * len(text)
    from rich.cells import get_character_cell_size

    return [1 if character == "\t" else get_character_cell_size(character) for character in text]


_LEAST = 4
"""The minimum number of cells for the context before the keyword, in a narrow terminal."""


def keyword_column(cells: int) -> int:
    """Return the cell at which the keyword begins in a line of `cells` cells.

    It is slightly left of the centre, because the keyword itself takes space in the right half.
    """
    return max(cells * 9 // 20, _LEAST)


def keyword_line(left: str, word: str, right: str, cells: int) -> tuple[str, str, str]:
    """Return the text before the keyword, the keyword, and the text after it, exactly `cells` wide.

    The text before is cut at its beginning, and the text after at its end. A keyword too long for
    the space after its column is cut at its end. Texts must be clean single lines.
    """
    keyword_cell = keyword_column(cells)
    text_before = crop_start(left, keyword_cell)
    aligned_start = " " * (keyword_cell - width(text_before)) + text_before
    cells_left = max(cells - keyword_cell, 1)
    shown_word = crop(word, cells_left)
    text_after = crop(right, cells_left - width(shown_word))
    return (
        aligned_start,
        shown_word,
        text_after + " " * (cells_left - width(shown_word) - width(text_after)),
    )


def crop_start(text: str, cells: int) -> str:
    """Return the end of a text in at most `cells` cells.

    If the text was cut, it begins with an ellipsis.
    """
    if width(text) <= cells:
        return text
    if cells < 1:
        return ""
    kept_start, cells_left = len(text), cells - width(ELLIPSIS)
    while kept_start and (character_cells := width(text[kept_start - 1])) <= cells_left:
        cells_left -= character_cells
        kept_start -= 1
    while kept_start < len(text) and not width(text[kept_start]):
        kept_start += 1  # a sign without a cell of its own belongs to the letter that is cut off
    return ELLIPSIS + text[kept_start:]

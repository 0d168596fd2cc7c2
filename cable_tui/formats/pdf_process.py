"""The process that extracts text from PDFs: `python -m cable_tui.formats.pdf_process`.

Each request is a PDF, or a Word or LibreOffice document; each answer is its text or an error
message. The process may be killed at any time. The text of a PDF is returned line by line as on its
pages. It is based on pdfium, whose text has no blank lines and joins words divided at the ends of
lines: blank lines are restored from the heights of lines on the page, and hyphens are restored.
"""

from __future__ import annotations

import codecs
from ctypes import byref, c_double
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cable_tui.base.pattern import pattern
from cable_tui.formats.child_answers import answer_requests

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT, PROBLEM = b"T", b"P"
"""The first byte of an answer."""
ZIP = b"PK"
"""The first bytes of a Word or LibreOffice document."""

SCANNED = "a scanned PDF without text: run ocrmypdf first"
ENCRYPTED = "an encrypted PDF: save it without its password first"
_PASSWORD = 4
"""pdfium's error code for a file that needs a password."""


def _answer(data: bytes) -> bytes:
    if data.startswith(ZIP):
        return _answer_for_document(data)
    try:
        pdf_text = text_of(data)
    except TooMuchText:
        return PROBLEM + b"a PDF with too much text: split it into smaller files"
    except MemoryError:
        return PROBLEM + b"a PDF that needs too much memory"
    except Exception as error:  # noqa: BLE001 - a library of a third party, on hostile input
        return PROBLEM + _reason(error).encode()
    return (
        TEXT + pdf_text.encode("utf-8", "replace")
        if pdf_text.strip()
        else PROBLEM + SCANNED.encode()
    )


def _answer_for_document(data: bytes) -> bytes:
    from cable_tui.formats.office.blocks import DocumentError
    from cable_tui.formats.office.document_text import text_of_document

    try:
        return TEXT + text_of_document(data).encode("utf-8", "replace")
    except DocumentError as error:
        return PROBLEM + f"a document of Word or LibreOffice: {error}".encode()
    except MemoryError:
        return PROBLEM + b"a document that needs too much memory"


def _reason(error: Exception) -> str:
    if getattr(error, "err_code", 0) == _PASSWORD or "password" in str(error).lower():
        return ENCRYPTED
    return "a broken PDF: it cannot be opened; try printing it to a new PDF"


_LINE = pattern(r"([^\r\n\ufffe\x02]*)(\r\n|\r|\n|\ufffe|\x02|$)")
_HYPHENS = ("\ufffe", "\x02")
"""Characters that pdfium returns for a hyphen at the end of a line that it joins to the next."""
_MOST_BLANK = 4
_GAP = 1.6
"""The distance between lines that counts as a blank line, as a multiple of the usual distance."""
_ONE_LINE = 4.0
"""The maximum difference in height, in points, between letters on the same line."""
MOST_TEXT = 32 << 20
"""The maximum number of characters in one PDF; the longest telegram has 200,000, and people join
hundreds.
"""


class TooMuchText(Exception):  # noqa: N818 - what is wrong
    """Raised if a PDF contains more text than the limit."""


def text_of(data: bytes, most: int = MOST_TEXT) -> str:
    """Return the text of all pages, with a form feed between pages.

    Raises `TooMuchText`, or pdfium's `PdfiumError` for a file that it cannot open.
    """
    import pypdfium2  # type: ignore[import-untyped]  # wanted for PDFs only

    document = pypdfium2.PdfDocument(data)
    try:
        page_texts: list[str] = []
        text_size = 0
        for page in document:
            page_texts.append("\n".join(_lines(pypdfium2.raw, page.get_textpage())))
            text_size += len(page_texts[-1])
            if text_size > most:
                raise TooMuchText
        return "\n\f".join(page_texts)
    finally:
        document.close()


def _lines(raw: Any, page: Any) -> Iterator[str]:
    """Yield the lines of a page, including blank lines."""
    lines_and_heights = list(_placed(raw, page))
    usual_distance = _usual_distance([height for _, height in lines_and_heights])
    height_before: float | None = None
    for line, height in lines_and_heights:
        if height is None:
            continue
        line_gap = height_before - height if height_before is not None else 0.0
        if usual_distance and line_gap > _GAP * usual_distance:
            yield from [""] * min(round(line_gap / usual_distance) - 1, _MOST_BLANK)
        yield line
        height_before = height


def _placed(raw: Any, page: Any) -> Iterator[tuple[str, float | None]]:
    """Yield each line of a page with its height."""
    if page.count_chars() <= 0:
        return
    page_text = page.get_text_range()
    for match in _LINE.finditer(page_text):
        line, line_end = match.groups()
        if not line.strip():
            continue
        level_pieces = list(_level(raw, page, line, match.start()))
        for piece_text, height in level_pieces[:-1]:
            yield piece_text.rstrip(), height
        last_line, height = level_pieces[-1]
        yield last_line.rstrip() + ("-" if line_end in _HYPHENS else ""), height


def _level(raw: Any, page: Any, line: str, start: int) -> Iterator[tuple[str, float | None]]:
    """Yield the parts of a line at one height each, because pdfium joins lower letters to it."""
    letter_indexes = [
        letter_position for letter_position, letter in enumerate(line) if not letter.isspace()
    ]
    first_height, last_height = (
        _height(raw, page, start + letter_position)
        for letter_position in (letter_indexes[0], letter_indexes[-1])
    )
    if first_height is None or last_height is None or first_height - last_height < _ONE_LINE:
        yield line, first_height
        return
    piece_start, piece_height = 0, first_height
    for letter_index in letter_indexes[1:]:
        height_below = _height(raw, page, start + letter_index)
        if height_below is not None and piece_height - height_below >= _ONE_LINE:
            yield line[piece_start:letter_index], piece_height
            piece_start, piece_height = letter_index, height_below
    yield line[piece_start:], piece_height


def _height(raw: Any, page: Any, offset: int) -> float | None:
    """Return the height of a letter above the foot of the page in points, or None."""
    character_index = raw.FPDFText_GetCharIndexFromTextIndex(page, offset)
    x_position, height = c_double(), c_double()
    if character_index < 0 or not raw.FPDFText_GetCharOrigin(
        page, character_index, byref(x_position), byref(height)
    ):
        return None
    return height.value


def _usual_distance(heights: list[float | None]) -> float:
    """Return the usual distance between adjacent lines, or 0 if unknown."""
    known_heights = [height for height in heights if height is not None]
    line_distances = sorted(
        height - next_height
        for height, next_height in pairwise(known_heights)
        if height > next_height + 1
    )
    return line_distances[len(line_distances) // 4] if line_distances else 0.0


def load() -> None:
    """Load everything needed to read a PDF, because the process loses access to files later."""
    import pypdfium2  # noqa: F401

    codecs.lookup("utf-16-le")  # of pdfium's texts
    codecs.lookup("cp437")  # of names in a zip
    from cable_tui.formats.office import document_text

    document_text.load()


if __name__ == "__main__":
    load()
    answer_requests(_answer)

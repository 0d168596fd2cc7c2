"""The process that takes the text out of PDFs: `python -m cable_tui.formats.pdf.extract`.

It reads PDFs from its standard input and writes texts to its standard output until the input ends,
so that it ends with the process that started it. It may be killed at any time.
"""

from __future__ import annotations

import struct
import sys

from cable_tui.formats.pdf.page_lines import TooMuchText, text_of
from cable_tui.operating_system import memory

SIZE = struct.Struct(">Q")
"""Before each PDF and each answer: its bytes."""
TEXT, PROBLEM = b"T", b"P"
"""The first byte of an answer."""
MOST_MEMORY = 1 << 30
"""Bytes that the process may have; a PDF of 1,000 pages needs a tenth of them."""
_TOO_LARGE = 75
"""The exit status of a process that had more memory."""

SCANNED = "scanned: no text in it; run ocrmypdf first"
ENCRYPTED = "an encrypted PDF: save it without its password first"
_PASSWORD = 4
"""pdfium's error for a file that wants a password."""


def main() -> None:
    """Answer each PDF."""
    memory.limit(MOST_MEMORY, _TOO_LARGE)
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    while size := given.read(SIZE.size):
        answer = _answer(given.read(SIZE.unpack(size)[0]))
        answers.write(SIZE.pack(len(answer)))
        answers.write(answer)
        answers.flush()


def _answer(data: bytes) -> bytes:
    try:
        text = text_of(data)
    except TooMuchText:
        return PROBLEM + b"a PDF with too much text: take its pages apart"
    except MemoryError:
        return PROBLEM + b"a PDF that needs too much memory"
    except Exception as error:  # noqa: BLE001 - a library of a third party, on hostile input
        return PROBLEM + _reason(error).encode()
    return TEXT + text.encode("utf-8", "replace") if text.strip() else PROBLEM + SCANNED.encode()


def _reason(error: Exception) -> str:
    if getattr(error, "err_code", 0) == _PASSWORD or "password" in str(error).lower():
        return ENCRYPTED
    return "a broken PDF: it cannot be opened; try to print it to a new PDF"


if __name__ == "__main__":
    main()

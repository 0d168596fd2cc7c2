"""The process that takes the text out of PDFs: `python -m cable_tui.formats.pdf.extract`.

Each request is a PDF, each answer its text or what is wrong with it. It may be killed at any time.
"""

from __future__ import annotations

from cable_tui.formats.child_answers import answer_requests
from cable_tui.formats.pdf.page_lines import TooMuchText, text_of

TEXT, PROBLEM = b"T", b"P"
"""The first byte of an answer."""

SCANNED = "scanned: no text in it; run ocrmypdf first"
ENCRYPTED = "an encrypted PDF: save it without its password first"
_PASSWORD = 4
"""pdfium's error for a file that wants a password."""


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
    import pypdfium2  # type: ignore[import-untyped]  # noqa: F401 - before any PDF waits for it

    answer_requests(_answer)

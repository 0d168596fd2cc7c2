"""The process that takes the text out of PDFs: `python -m cable_tui.formats.pdf.extract`.

It reads PDFs from its standard input and writes texts to its standard output until the input ends,
so that it ends with the process that started it. It may be killed at any time.
"""

from __future__ import annotations

import os
import struct
import sys
import threading
import time
from contextlib import suppress

from cable_tui.formats.pdf.page_lines import TooMuchText, text_of

SIZE = struct.Struct(">Q")
"""Before each PDF and each answer: its bytes."""
TEXT, PROBLEM = b"T", b"P"
"""The first byte of an answer."""
MOST_MEMORY = 1 << 30
"""Bytes that the process may have; a PDF of 1,000 pages needs a tenth of them."""
_LOOK_EVERY = 0.1
"""Seconds."""
_TOO_LARGE = 75
"""The exit status of a process that had more memory."""

SCANNED = "scanned: no text in it; run ocrmypdf first"
ENCRYPTED = "an encrypted PDF: save it without its password first"
_PASSWORD = 4
"""pdfium's error for a file that wants a password."""


def main() -> None:
    """Answer each PDF."""
    _limit_memory()
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
        return PROBLEM + b"a PDF with more text than any telegram: no telegram of its own"
    except MemoryError:
        return PROBLEM + b"a PDF that needs too much memory"
    except Exception as error:  # noqa: BLE001 - a library of a third party, on hostile input
        return PROBLEM + _reason(error).encode()
    return TEXT + text.encode("utf-8", "replace") if text.strip() else PROBLEM + SCANNED.encode()


def _reason(error: Exception) -> str:
    if getattr(error, "err_code", 0) == _PASSWORD or "password" in str(error).lower():
        return ENCRYPTED
    return "a broken PDF: it cannot be opened; try to print it to a new PDF"


def _limit_memory() -> None:
    """End rather than take the machine's memory; on Windows only time is limited, by the parent."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        else:
            threading.Thread(target=_watch_memory, args=(resource,), daemon=True).start()


def _watch_memory(resource: object) -> None:
    """MacOS does not keep to limits of memory: look at what was used."""
    usage = resource.getrusage  # type: ignore[attr-defined]
    while usage(resource.RUSAGE_SELF).ru_maxrss < MOST_MEMORY:  # type: ignore[attr-defined]
        time.sleep(_LOOK_EVERY)
    os._exit(_TOO_LARGE)


if __name__ == "__main__":
    main()

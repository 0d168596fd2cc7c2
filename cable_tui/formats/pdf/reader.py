"""Asks the process that takes text out of PDFs, and ends it where it takes too long.

A PDF is a program for somebody else's interpreter: a hostile one can hang it or take all memory.
That happens in the other process, which is killed and started again for the next PDF.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import cache

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.pdf.extract import MOST_MEMORY, SIZE, TEXT
from cable_tui.operating_system.processes import apart

LONGEST = 30.0
"""Seconds that one PDF may take; a telegram takes a hundredth."""
COMMAND = (sys.executable, "-P", "-m", "cable_tui.formats.pdf.extract")
"""`-P` keeps Python from importing modules out of a folder of cables."""


class Reader:
    """One process, started when the first PDF is asked for."""

    def __init__(self, command: Sequence[str] = COMMAND, longest: float = LONGEST) -> None:
        self._command = command
        self._longest = longest
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def text(self, pdf: bytes) -> str:
        """The text of a PDF, pages parted by form feeds. Raises `BrokenRecord`."""
        with self._lock:
            answer = self._asked(pdf)
        if answer[:1] != TEXT:
            raise BrokenRecord(answer[1:].decode("utf-8", "replace"))
        return answer[1:].decode("utf-8", "replace")

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _asked(self, pdf: bytes) -> bytes:
        process = self._started()
        late = threading.Event()
        timer = threading.Timer(self._longest, _kill, (process, late))
        timer.daemon = True
        timer.start()
        try:
            answer = _exchange(process, pdf)
        finally:
            timer.cancel()
        if answer is None:
            self._end()
            why = (
                f"a PDF that takes more than {self._longest:g} seconds"
                if late.is_set()
                else f"a PDF that ends its reader or needs more than {MOST_MEMORY >> 20} MiB"
            )
            raise BrokenRecord(f"{why}: print it to a new PDF, or save its text")
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,  # ^C in the terminal is for the program
                    creationflags=apart(),
                )
            except OSError as error:
                raise BrokenRecord(
                    f"the reader of PDFs does not start: {error.strerror}"
                ) from error
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):  # bytes that it does not take any more
                    pipe.close()
        process.wait()


@cache
def reader() -> Reader:
    """The reader of this process."""
    made = Reader()
    atexit.register(made.close)
    return made


def _kill(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _exchange(process: subprocess.Popen[bytes], pdf: bytes) -> bytes | None:
    """The answer to a PDF; None where the process ended before."""
    given, answers = process.stdin, process.stdout
    if given is None or answers is None:
        return None
    try:
        given.write(SIZE.pack(len(pdf)))
        given.write(pdf)
        given.flush()
        size = answers.read(SIZE.size)
        if len(size) < SIZE.size:
            return None
        length = SIZE.unpack(size)[0]
        answer = answers.read(length)
    except OSError:
        return None
    return answer if len(answer) == length else None

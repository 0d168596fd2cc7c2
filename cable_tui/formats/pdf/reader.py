"""Asks the process that takes text out of PDFs, and says what is wrong if it has no answer."""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from functools import cache

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.child_answers import MOST_MEMORY
from cable_tui.formats.child_process import Child, NoAnswer, command, current_patience
from cable_tui.formats.pdf.extract import TEXT

LONGEST = 30.0
"""Seconds that one PDF may take; a telegram takes a hundredth."""
COMMAND = command("cable_tui.formats.pdf.extract")


class Reader:
    """One process, started when the first PDF is asked for."""

    def __init__(self, command: Sequence[str] = COMMAND, longest: float = LONGEST) -> None:
        self.child = Child(command)
        self._longest = longest

    def text(self, pdf: bytes) -> str:
        """The text of a PDF, pages parted by form feeds. Raises `BrokenRecord`."""
        try:
            answer = self.child.ask(pdf, self._longest)
        except NoAnswer as none:
            raise BrokenRecord(self._reason(none)) from None
        if answer[:1] != TEXT:
            raise BrokenRecord(answer[1:].decode("utf-8", "replace"))
        return answer[1:].decode("utf-8", "replace")

    def _reason(self, none: NoAnswer) -> str:
        if words := str(none):
            return f"the reader of PDFs {words}"
        waiting = current_patience()
        waiting.lost += none.seconds
        if none.late:
            why = f"takes more than {min(self._longest, waiting.longest):g} seconds"
        else:
            why = f"ends its reader or needs more than {MOST_MEMORY >> 20} MiB"
        return f"a PDF that {why}: print it to a new PDF, or save its text"

    def close(self) -> None:
        """End the process."""
        self.child.close()


@cache
def reader() -> Reader:
    """The reader of this process."""
    made = Reader()
    atexit.register(made.close)
    return made

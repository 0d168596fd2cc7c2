"""The driver of a room in a browser: Textual's own, and what it leaves to chance.

- `_write_all` writes all of a packet and survives a server that is gone; the server would take the
  rest of a cut packet for the length of the next one.
- The end of the input ends the room. Textual's driver only stops reading: a server that was killed
  would leave its rooms behind.

Buys: no room outlives its server, measured by `tests/tui/textual_patches/test_browser_driver.py`.
Replaced by: the same in Textual's `WebDriver`.
"""

from __future__ import annotations

import os
from typing import Any

from textual import messages
from textual.drivers.web_driver import WebDriver


class BrowserDriver(WebDriver):
    """A driver whose room ends with its server."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._write: Any = self._write_all

    def _write_all(self, data: bytes) -> None:
        try:
            while data:
                data = data[os.write(self.fileno, data) :]
        except OSError:  # the server is gone, and the end of the input ends the room
            return

    def run_input_thread(self) -> None:
        """Read keys until the server closes the input."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self.send_message(messages.ExitApp())

"""The driver of a room in a browser: Textual's own driver with two corrections.

- `_write_all` writes a whole packet, and tolerates that the server has ended. If a packet were
  truncated, the server would read part of the next packet as a length.
- The room ends when its input ends. Textual's driver only stops reading, so a server that was
  killed would leave its rooms running.

Gain: no room outlives its server, measured by `tests/tui/textual_patches/test_browser_driver.py`.
Replaced by: the same corrections in Textual's `WebDriver`.
"""

from __future__ import annotations

import os
from typing import Any

from textual import messages
from textual.drivers.web_driver import WebDriver


class BrowserDriver(WebDriver):
    """A driver that ends its room when the server ends."""

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
        """Read keys until the server closes the input, then end the app."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self.send_message(messages.ExitApp())

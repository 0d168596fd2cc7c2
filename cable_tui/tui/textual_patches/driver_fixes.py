"""Fixes for Textual's terminal driver: invalid UTF-8, a closed terminal, `^z`.

Gains, each measured by `tests/tui/textual_patches/test_driver_fixes.py` in a pseudo-terminal:

- `tolerate_bad_utf8`: a pasted byte that is not UTF-8 damages one character. Without the fix the
  thread that reads keys dies, and the room receives no more keys.
- `outlive_terminal`: the room ends when its terminal is closed. Without the fix the thread that
  writes dies, its queue fills up, and the process remains.
- `repaint_after_suspend`: stopping the process from outside (`kill -STOP`) does not damage the
  screen.

Replaced by: the same in Textual's `linux_driver`, whose decoder, writer and signals have no public
hooks.
"""

from __future__ import annotations

import asyncio
import codecs
from codecs import IncrementalDecoder
from typing import Any

from textual.app import App

from cable_tui.operating_system import processes, terminals
from cable_tui.tui.textual_patches import fit


def tolerate_bad_utf8() -> None:
    """Replace invalid bytes of the input instead of failing. Calling this twice is harmless."""
    if not fit.DECODER.fits:
        return
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows reads characters, not bytes
        return
    linux_driver.getincrementaldecoder = _tolerant_decoder  # type: ignore[assignment,attr-defined]


def _tolerant_decoder(encoding: str) -> type[IncrementalDecoder]:
    plain_decoder = codecs.getincrementaldecoder(encoding)

    class Tolerant(plain_decoder):  # type: ignore[misc,valid-type]  # the class is known at run time only
        def __init__(self) -> None:
            super().__init__("replace")

    return Tolerant


def outlive_terminal() -> None:
    """Let the thread that writes survive its terminal. Calling this twice is harmless."""
    if not fit.WRITER.fits:
        return
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows has no terminals that disappear under a program
        return
    linux_driver.WriterThread = TerminalWriter  # type: ignore[attr-defined]


if fit.WRITER.fits:
    from textual.drivers._writer_thread import WriterThread

    class TerminalWriter(WriterThread):
        """The thread that writes to the terminal.

        If the terminal is closed, it only empties its queue.
        """

        def run(self) -> None:
            """Write until the driver closes the queue."""
            try:
                super().run()
            except OSError:
                while self._queue.get() is not None:
                    continue


def repaint_after_suspend(app: App[Any]) -> None:
    """Repaint on SIGCONT.

    Call this in the app's event loop; it does nothing on systems without signals.
    """
    driver = app._driver
    if driver is None or driver.is_headless or not fit.RESUME.fits:
        return

    def resume() -> None:
        if terminals.is_there():
            # Set by ^z: Textual has given the terminal back already.
            if not getattr(driver, "_must_signal_resume", False):
                driver.suspend_application_mode()
            driver.resume_application_mode()
            app.refresh(layout=True)

    processes.on_continue(asyncio.get_running_loop(), resume)

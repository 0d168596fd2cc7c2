"""Fixes of Textual's terminal driver: bad UTF-8, a terminal that is gone, ^z."""

from __future__ import annotations

import asyncio
import codecs
import signal
import sys
from codecs import IncrementalDecoder
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.drivers._writer_thread import WriterThread


def tolerate_bad_utf8() -> None:
    """Make the input of this process forgiving. A second time changes nothing."""
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows reads characters, not bytes
        return
    linux_driver.getincrementaldecoder = _forgiving  # type: ignore[assignment,attr-defined]


def _forgiving(encoding: str) -> type[IncrementalDecoder]:
    plain = codecs.getincrementaldecoder(encoding)

    class Forgiving(plain):  # type: ignore[misc,valid-type]  # the class is known at run time only
        def __init__(self) -> None:
            super().__init__("replace")

    return Forgiving


def outlive_terminal() -> None:
    """Make the output of this process outlive its terminal. A second time changes nothing."""
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows has no terminals that go away under a program
        return
    linux_driver.WriterThread = TerminalWriter  # type: ignore[attr-defined]


class TerminalWriter(WriterThread):
    """The thread that writes, and goes on taking what nobody reads."""

    def run(self) -> None:
        """Write until it is told to stop."""
        try:
            super().run()
        except OSError:
            while self._queue.get() is not None:
                continue


def repaint_after_suspend(app: App[Any]) -> None:
    """Let the app's loop answer SIGCONT; to be called in it. Nothing where there are no signals."""
    driver = app._driver
    if driver is None or driver.is_headless or sys.platform == "win32":
        return

    def woken() -> None:
        if _there():
            # Set by ^z: the terminal has been given back already.
            if not getattr(driver, "_must_signal_resume", False):
                driver.suspend_application_mode()
            driver.resume_application_mode()
            app.refresh(layout=True)

    _on(signal.SIGCONT, woken)


def _there() -> bool:
    """Whether the terminal still is."""
    import termios

    try:
        termios.tcgetattr(sys.__stdin__ or 0)
    except (termios.error, OSError, ValueError):
        return False
    return True


def _on(number: signal.Signals, then: Callable[[], None]) -> None:
    # A test's loop may not be the main one.
    with suppress(NotImplementedError, RuntimeError, ValueError):
        asyncio.get_running_loop().add_signal_handler(number, then)

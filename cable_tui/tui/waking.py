"""Going on after the program stood still, by ^z or by a signal from outside.

Textual begins its terminal anew on every SIGCONT. One that comes without a stop then leaves two
threads that read the keys; and the one that the kernel sends together with the SIGHUP of a closed
terminal leaves a thread that reads the end of a file for ever, and a program that never ends.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cable_tui.tui.app import CableTui


def install(app: CableTui) -> None:
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

"""Signals: those that end a program, ^C, and going on after a stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:  # most commands have no loop
    from asyncio import AbstractEventLoop
_ENDINGS = (("SIGTERM", 143), ("SIGHUP", 129), ("SIGBREAK", 129))
"""The exit status is 128 and the signal's number. Windows has `SIGBREAK` for a console that is
closed, and no `SIGHUP`."""


def endings() -> dict[int, int]:
    """The signals that ask a program to end, each with the exit status that says so."""
    there = [(getattr(signal, name, None), status) for name, status in _ENDINGS]
    return {number: status for number, status in there if number is not None}


@contextmanager
def endings_as_exit() -> Iterator[None]:
    """While the block runs, such a signal unwinds it: locks and temporary files are cleared."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Under nohup SIGHUP is ignored, and stays so.
    before = {
        number: signal.signal(number, _exit)
        for number in endings()
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _exit(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(endings()[number])


def on_ending(loop: AbstractEventLoop, end: Callable[[int], object]) -> None:
    """Call `end` in the loop with the exit status when the program is asked to end."""

    def caught(status: int) -> None:
        loop.call_soon_threadsafe(end, status)

    for number, status in endings().items():
        # A test's loop may not be the main one.
        with suppress(RuntimeError, ValueError):
            try:
                loop.add_signal_handler(number, end, status)
            except NotImplementedError:  # the loop of Windows
                signal.signal(number, lambda *_, status=status: caught(status))


def on_interrupt(loop: AbstractEventLoop, end: Callable[[], object]) -> None:
    """Call `end` in the loop at ^C. On Windows ^C cancels what runs in the loop."""
    with suppress(NotImplementedError, RuntimeError, ValueError):
        loop.add_signal_handler(signal.SIGINT, end)


def on_continue(loop: AbstractEventLoop, go_on: Callable[[], object]) -> None:
    """Call `go_on` in the loop when a stopped program goes on. Windows has no such stop."""
    number = getattr(signal, "SIGCONT", None)
    if number is not None:
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, go_on)


def ignore_interrupt() -> None:
    """Let ^C not end this process, which another one ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def interrupt_for_others() -> Iterator[None]:
    """While the block runs, ^C is for the program that was started in this terminal."""
    # A handler: the program would inherit an ignored signal.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

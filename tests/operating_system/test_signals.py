"""Signals, where there are some and where there are few."""

from __future__ import annotations

import signal
from typing import Any

import pytest

from cable_tui.operating_system import signals


class _Loop:
    """A loop as asyncio has it on Windows, where it takes no handlers of signals."""

    def __init__(self) -> None:
        self.called: list[object] = []

    def add_signal_handler(self, *_: object) -> None:
        raise NotImplementedError

    def call_soon_threadsafe(self, end: Any, status: int) -> None:
        end(status)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> dict[int, Any]:
    """The signals of Windows, and the handlers that are set."""
    handlers: dict[int, Any] = {}
    for name in ("SIGHUP", "SIGCONT"):
        monkeypatch.delattr(signal, name, raising=False)
    monkeypatch.setattr(signal, "SIGBREAK", 21, raising=False)
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    return handlers


def test_a_console_that_is_closed_ends_the_program_as_a_terminal_that_hangs_up(
    windows: dict[int, Any],
) -> None:
    assert signals.endings() == {signal.SIGTERM: 143, 21: 129}


def test_without_handlers_of_the_loop_the_system_calls_it(windows: dict[int, Any]) -> None:
    ended: list[int] = []
    loop: Any = _Loop()
    signals.on_ending(loop, ended.append)
    windows[21](21, None)
    assert ended == [129]


def test_a_system_without_stops_does_not_go_on(windows: dict[int, Any]) -> None:
    loop: Any = _Loop()
    signals.on_continue(loop, lambda: None)


def test_interrupt_is_for_the_other_program_and_then_as_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    with signals.interrupt_for_others():
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(("name", "status"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_an_ending_unwinds_the_program(name: str, status: int) -> None:
    number = getattr(signal, name, None)
    if number is None:
        pytest.skip(f"no {name} here")
    before = signal.getsignal(number)
    with pytest.raises(SystemExit) as raised, signals.endings_as_exit():
        signal.raise_signal(number)
    assert raised.value.code == status
    assert signal.getsignal(number) is before

"""The terminal, where it may go away and where it may not."""

from __future__ import annotations

import sys

import pytest

from cable_tui.operating_system import terminals
from tests.operating_system.systems import become, module


def test_a_terminal_that_cannot_be_asked_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: object) -> None:
        raise OSError(5, "Input/output error")

    become(monkeypatch, "linux", termios=module(tcgetattr=gone, error=ValueError))
    assert not terminals.is_there()


def test_where_nothing_asks_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    become(monkeypatch, "win32", termios=None)
    assert terminals.is_there()


@pytest.mark.parametrize(("platform", "same"), [("win32", True), ("linux", False)])
def test_the_room_is_drawn_on_stderr_where_it_would_be_drawn_on_stdout(
    monkeypatch: pytest.MonkeyPatch, platform: str, same: bool
) -> None:
    become(monkeypatch, platform)
    monkeypatch.setattr(sys, "__stdout__", object())
    terminals.draw_on_stderr()
    assert (sys.__stdout__ is sys.__stderr__) is same

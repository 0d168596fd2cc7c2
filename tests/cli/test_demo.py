"""`cable-tui demo` without the tour, which is a tool."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from cable_tui.cli import demo as demo_command


def test_the_room_is_opened_on_the_pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    entered: list[Path] = []

    def enter(context: object, path: Path, **named: Any) -> int:
        assert named == {}
        entered.append(path)
        return 0

    monkeypatch.setattr(demo_command, "enter", enter)
    monkeypatch.setattr(demo_command, "need_terminal", lambda context: None)
    paths = Namespace(cache=tmp_path / "cache", state=tmp_path / "state")
    context: Any = Namespace(paths=paths, options=Namespace(private=True))
    assert demo_command.run(context) == 0
    assert entered == [tmp_path / "cache" / "demo"]
    assert any(entered[0].iterdir())

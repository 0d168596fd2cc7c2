"""Other systems, as far as they can be put in place of this one."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cable_tui import operating_system
from cable_tui.operating_system import files


def become(monkeypatch: pytest.MonkeyPatch, platform: str, **modules: Any) -> None:
    """Be another system for a test, with modules that only that one has."""
    monkeypatch.setattr(operating_system, "PLATFORM", platform)
    for name, content in modules.items():
        monkeypatch.setitem(sys.modules, name, content)


def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again without a pause, where Windows has a file open."""
    monkeypatch.setattr(files, "_PAUSES", (0.0,))


def module(**names: Any) -> SimpleNamespace:
    """A replacement for a module of the library."""
    return SimpleNamespace(**names)


class OpenElsewhere:
    """A call on a file that another program has open, as Windows answers it, and then not."""

    def __init__(self, times: int, then: Any = None) -> None:
        self.left = times
        self.then = then
        self.calls = 0

    def __call__(self, *args: Any, **options: Any) -> Any:
        self.calls += 1
        if self.left:
            self.left -= 1
            raise PermissionError(13, "being used by another process")
        return self.then(*args, **options) if self.then else None


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _real(path: Path) -> Path:
    """What a path is on a disk that takes names for the same as macOS does."""
    real = Path(path.anchor)
    for name in path.parts[1:]:
        there = [each.name for each in os.scandir(real)] if real.is_dir() else []
        real /= next((each for each in there if _fold(each) == _fold(name)), name)
    return real


def fold_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take names for the same that differ in case or in the form of their accents."""

    def is_same(folder: str, name: str, other: str) -> bool:
        found = _real(Path(folder, name))
        return found.exists() and found == _real(Path(folder, other))

    monkeypatch.setattr(files, "_is_same", is_same)

"""A reader's first minutes with the demo, on a small terminal and a large one, key by key."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from cable_tui import demo
from cable_tui.archive.build.indexer import index
from cable_tui.program.settings import remember

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)

from benchmarks.terminal import Terminal
from tests.tui.tmux import TMUX, Tmux

pytestmark = pytest.mark.slow

PATIENCE = 15.0
"""Seconds until a screen that does not come is given up."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's folders: the demo is indexed as by `cable-tui demo`, its tour was offered."""
    place = tmp_path_factory.mktemp("home")
    remember(place / "state" / "choices.json", "tour", True)
    demo.write(place / "cache" / "demo")
    for _ in index(place / "cache" / "demo", place / "cache", workers=0):
        pass
    return place


class Screen(Protocol):
    """A terminal that can be typed into and looked at."""

    @property
    def text(self) -> str: ...

    def send(self, keys: str) -> object: ...

    def until(self, holds: Callable[[str], bool], patience: float) -> float | None: ...


class Reader:
    """Types, and looks until the screen shows what it should."""

    def __init__(self, terminal: Screen) -> None:
        self._terminal = terminal

    def types(self, keys: str, *shown: str) -> str:
        """Send keys at once; the screen that then holds every one of the patterns."""
        self._terminal.send(keys)
        return self.sees(*shown)

    def leaves(self, keys: str, title: str) -> None:
        """Send keys, and look until a menu or screen is gone."""
        self._terminal.send(keys)
        if self._terminal.until(lambda screen: title not in screen, PATIENCE) is None:
            raise AssertionError(f"{title} stays on this screen:\n{self._terminal.text}")

    def sees(self, *shown: str) -> str:
        """Wait for a screen; fails with the one that was there instead."""

        def holds(screen: str) -> bool:
            return all(re.search(each, screen, re.MULTILINE) for each in shown)

        if self._terminal.until(holds, PATIENCE) is None:
            raise AssertionError(f"no {shown} on this screen:\n{self._terminal.text}")
        return self._terminal.text


@pytest.fixture
def environment(home: Path, tmp_path: Path) -> dict[str, str]:
    """Of a reader whose only way to copy is the file."""
    shutil.copytree(home, tmp_path / "home", dirs_exist_ok=True)
    return {
        "CABLE_TUI_HOME": str(tmp_path / "home"),
        "TMUX": str(tmp_path / "no-server"),  # so that nothing is left but the file
        "PATH": os.defpath,
        "DISPLAY": "",
        "WAYLAND_DISPLAY": "",
        "NO_COLOR": "",
    }


COMMAND = [sys.executable, "-m", "cable_tui", "demo"]


def test_a_reader_s_first_minutes(environment: dict[str, str], tmp_path: Path) -> None:
    with Terminal(COMMAND, columns=80, rows=24, environment=environment) as terminal:
        _first_minutes(Reader(terminal), tmp_path / "home" / "state" / "clipboard.txt")
        terminal.send("\x11")
        assert terminal.wait(PATIENCE) == 0, terminal.text
        written = bytes(terminal.raw)
    for mode in (b"1049", b"1000", b"2004"):
        assert written.rfind(b"\x1b[?" + mode + b"l") > written.rfind(b"\x1b[?" + mode + b"h")


@pytest.mark.skipif(TMUX is None, reason="there is no tmux")
def test_the_same_minutes_inside_of_a_large_tmux(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with Tmux(COMMAND, 200, 60, environment) as terminal:
        _first_minutes(Reader(terminal), tmp_path / "home" / "state" / "clipboard.txt")
        terminal.send("\x11")
        assert terminal.ended(PATIENCE), terminal.text


def _first_minutes(reader: Reader, copied: Path) -> None:
    """Open, browse, narrow, search, read, follow and come back, bookmark, copy, get help."""
    reader.sees(r"10SANTORIEL19 .* A KING, A SHIP", r"1/40 newest first", r"\? Keys")

    reader.types("/", r"Enter Accept")
    for typed in ("kettle", " spring"):
        reader.types(typed)
    reader.types("", r"^ kettle spring", r"1/6 best first")
    reader.types("\r", r"Enter Read")

    reader.types("s", r"Space Add", r"Embassy Port Amber .*3")
    reader.types("j ", r'origin:"Embassy Port Amber"', r"● Embassy Port Amber", r"1/3 best")
    reader.types("l", r"Enter Read")

    reader.types("jj", r"3/3 best")
    reader.types("\r", r"5 Body", r"ONE PAGE ON THE KETTLE", r"UNCLAS PORT AMBER 000091")
    reader.types("}", r"▌ +REF: A. STATE 88120")
    reader.types("\r", r"09STATE88120 +(WORLD|Created)", r"UNCLAS STATE 088120")
    reader.types("\x7f", r"UNCLAS PORT AMBER 000091", r"▌ +REF: A. STATE 88120")

    reader.types("}}}}", r"▌ +1\. \(U\) Post's page", r"09PORTAMBER91 ¶1")
    reader.types("b", r"Bookmarked 09PORTAMBER91 ¶1", r"▌★ +1\. \(U\)")
    reader.types("'", r"Bookmarks", r"09PORTAMBER91 ¶1  20")
    reader.leaves("\x1b", "─ Bookmarks ─")

    reader.types("yy", r"reference · ¶1")
    assert copied.read_text("utf-8") == "09PORTAMBER91 ¶1"

    reader.types("?", r"Keys and help", r"│ Find ")
    reader.leaves("\x1b", "Keys and help")

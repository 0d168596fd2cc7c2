"""What all tests share: hypothesis without a clock, and a home of their own for the program."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from cable_tui.cli import context

# A loaded machine is no finding: nothing here may fail for being slow.
settings.register_profile(
    "calm", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("calm")

if os.name == "nt":  # there is no pseudo-terminal: what needs one does not even import
    needs_one = re.compile(
        r"^(?:import (?:fcntl|pty|termios)|from benchmarks.terminal)", re.MULTILINE
    )
    collect_ignore = [
        str(file)
        for file in Path(__file__).parent.rglob("test_*.py")
        if needs_one.search(file.read_text(encoding="utf-8"))
    ]

pytest_plugins = ["tests.fixtures"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than processors: tests in a terminal mostly wait for it."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test may touch the folders of whoever runs it, or depend on its locale and terminal."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CABLE_TUI_HOME", str(home))
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in ("LC_ALL", "LC_CTYPE", "NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(context, "_signs", {})  # what one command line asked for is not the next's
    return home

"""Progress on stderr: one line, on a terminal only, wiped at the end."""

from __future__ import annotations

import sys

import pytest

from cable_tui.base.index_state import Progress
from cable_tui.cli.shared.progress import each_with_progress, line_of, run_with_progress
from tests.cli.conftest import Terminal

STEPS = (
    Progress("walk", 64_621, 0, 0),
    Progress("facts", 12_431, 64_621, 12_431, 2310.4, 22.6),
    Progress("done", 9, 9, 9),
)


@pytest.mark.parametrize(
    ("step", "line"),
    [
        (STEPS[0], "looking for files"),
        (STEPS[1], "reading files 12,431 / 64,621 · 2,310/s · 23 s left"),
        (Progress("text", 1, 2, 2), "indexing words 1 / 2"),
    ],
)
def test_a_step_is_one_line(step: Progress, line: str) -> None:
    assert line_of(step) == line


def test_lines_are_written_over_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "40")
    assert run_with_progress(STEPS) == STEPS[-1]
    parts = screen.getvalue().split("\r")
    assert parts[1:3] == ["looking for files", "reading files 12,431 / 64,621 · 2,310/…"]
    assert parts[3:] == [" " * 39, ""]
    assert "\x1b" not in screen.getvalue()


def test_without_a_terminal_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_with_progress(STEPS) == STEPS[-1]
    assert run_with_progress(()) is None
    assert capsys.readouterr() == ("", "")


OF_SIX = ["0 / 6 texts · ^C stops", "1 / 6 texts · ^C stops"]


@pytest.mark.parametrize(
    ("seconds", "total", "lines"),
    [
        pytest.param([0, 0, 1], 0, ["0 texts", "1 texts"], id="they are counted and wiped"),
        pytest.param(
            [0, 0, 0.05, 0.09, 0.1], 0, ["0 texts", "3 texts"], id="ten times a second at most"
        ),
        pytest.param(
            [0, 0, 0.5, 2],
            6,
            [*OF_SIX, "2 / 6 texts · 1/s · 4 s left · ^C stops"],
            id="of a known number: how long it takes, and what stops it",
        ),
    ],
)
def test_items_are_shown(
    seconds: list[float], total: int, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock says these seconds, the first when the work begins."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr("cable_tui.cli.shared.progress.monotonic", iter(seconds).__next__)
    items = list(range(len(seconds) - 1))
    assert list(each_with_progress(items, "texts", total)) == items
    shown = [line.rstrip() for line in screen.getvalue().split("\r")]
    assert shown == ["", *lines, "", ""]

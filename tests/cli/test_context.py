"""Progress on stderr: one line, on a terminal only, wiped at the end."""

from __future__ import annotations

import sys

import pytest

from cable_tui.archive.build.run import Progress
from cable_tui.cli.context import each_with_progress, line_of, run_with_progress
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


def _shown_at(
    times: list[float], monkeypatch: pytest.MonkeyPatch, *, what: str, total: int = 0
) -> list[str]:
    """What is written where the clock says these seconds, the first when the work begins."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr("cable_tui.cli.context.monotonic", iter(times).__next__)
    items = list(range(len(times) - 1))
    assert list(each_with_progress(items, what, total)) == items
    return [line.rstrip() for line in screen.getvalue().split("\r")]


def test_items_are_counted_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _shown_at([0, 0, 1], monkeypatch, what="queries")
    assert shown == ["", "0 queries", "1 queries", "", ""]


def test_items_that_come_fast_are_shown_ten_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _shown_at([0, 0, 0.05, 0.09, 0.1], monkeypatch, what="queries")
    assert shown == ["", "0 queries", "3 queries", "", ""]


def test_of_a_known_number_it_says_how_long_it_takes_and_what_stops_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = _shown_at([0, 0, 0.5, 2], monkeypatch, what="texts", total=6)
    assert shown[1:-2] == [
        "0 / 6 texts · ^C stops",
        "1 / 6 texts · ^C stops",
        "2 / 6 texts · 1/s · 4 s left · ^C stops",
    ]

"""The reports of the indexer."""

import pytest

from cable_tui.archive.build import run


def test_reports_are_due_four_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    pulse = run.Pulse()
    due = []
    for _ in range(101):
        due.append(pulse.due())
        now[0] += 0.01
    assert sum(due) == 5
    assert due[0]
    pulse.begin()
    assert pulse.due()


def test_the_rate_counts_from_the_start_of_the_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    pulse = run.Pulse()
    now[0] = 200.0
    pulse.begin()
    now[0] = 202.0
    assert pulse.rate(500) == 250.0
    assert pulse.elapsed() == 102.0

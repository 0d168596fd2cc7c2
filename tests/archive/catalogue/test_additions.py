"""Runs that added cables, and the cables of a period."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from cable_tui.archive.catalogue import additions, catalogue_file
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, archive_of


def moment(day: int) -> float:
    return datetime(2026, 11, day, 12).timestamp()


@pytest.fixture
def db() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("CREATE TABLE cable (id INTEGER PRIMARY KEY)")
    db.execute("CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
    db.executemany("INSERT INTO cable VALUES (?)", [(id_,) for id_ in range(1, 10)])
    for day, first_id in ((3, 5), (24, 7), (26, 9)):
        additions.note_run(db, first_id, moment(day))
    return db


@pytest.mark.parametrize(
    ("period", "ids"),
    [
        ("2026-11-03", [5, 6]),
        ("2026-11-24..", [7, 8, 9]),
        ("..2026-11-24", [5, 6, 7, 8]),
        ("2026-11", [5, 6, 7, 8, 9]),
        ("2026-10", []),
        ("soon", []),
    ],
)
def test_a_period_has_the_cables_of_its_runs(
    db: sqlite3.Connection, period: str, ids: list[int]
) -> None:
    assert additions.added_in(db, period) == ids


def test_a_run_has_come_since_if_the_last_one_is_later(db: sqlite3.Connection) -> None:
    assert additions.has_run_since(db, moment(25))
    assert not additions.has_run_since(db, moment(26))


def test_the_oldest_runs_are_forgotten(db: sqlite3.Connection) -> None:
    for number in range(additions.MOST_RUNS):
        additions.note_run(db, 9, moment(27) + number)
    assert additions.added_in(db, "..2026-11-26") == []
    assert len(catalogue_file.get_state(db, "added").split()) == additions.MOST_RUNS


def test_a_first_reading_adds_nothing_and_later_ones_do(tmp_path: Path) -> None:
    first = archive_of(tmp_path, LAMPS)
    assert first.added_since(0, "2000..") == 0
    archive_of(tmp_path, LAMPS, BRIDGE)
    second = archive_of(tmp_path, LAMPS, BRIDGE, GOATS)
    assert second.added_since(0, "2000..") == 2
    assert second.added_since(1e11, "2000..") == 0

"""When cables were added: each run that adds cables to an archive records its time and first id.

Ids only grow, so a run's cables have ids from its first id up to the first id of the next run. A
first reading records nothing, and neither does a rebuild.
"""

from __future__ import annotations

import sqlite3
from datetime import date

from cable_tui.archive.catalogue.catalogue_file import get_state, set_state
from cable_tui.query import days_of

_KEY = "added"
MOST_RUNS = 400
"""The maximum number of runs to keep; cables from an older run have no date of addition."""


def note_run(db: sqlite3.Connection, first_id: int, now: float) -> None:
    """Record that a run begins to add cables, in the caller's transaction; `now` is Unix time."""
    recorded_runs = [*_runs(db), (int(now), first_id)][-MOST_RUNS:]
    set_state(db, _KEY, " ".join(f"{time}:{id_}" for time, id_ in recorded_runs))


def added_in(db: sqlite3.Connection, value: str) -> list[int]:
    """Return the cables added in a period: `2026-11-24`, `2026-11`, `2026-11-24..`."""
    first_day, range_dots, last_day = value.partition("..")
    day_range = days_of(first_day, last_day if range_dots else first_day)
    if day_range is None:
        return []
    ids: list[int] = []
    recorded_runs = _runs(db)
    for (time, first_id), (_, next_id) in zip(
        recorded_runs, [*recorded_runs[1:], (0, 1 << 62)], strict=True
    ):
        if day_range[0] <= date.fromtimestamp(time).isoformat() <= day_range[1]:
            id_query = "SELECT id FROM cable WHERE id >= ? AND id < ?"
            ids += [id_ for (id_,) in db.execute(id_query, (first_id, next_id))]
    return ids


def has_run_since(db: sqlite3.Connection, time: float) -> bool:
    """Return whether a run has added cables after a time."""
    recorded_runs = _runs(db)
    return bool(recorded_runs) and recorded_runs[-1][0] > time


def _runs(db: sqlite3.Connection) -> list[tuple[int, int]]:
    """Return the time and the first id of each run, oldest first."""
    time_and_id_texts = (run.partition(":") for run in get_state(db, _KEY).split())
    return [(int(time), int(first_id)) for time, _, first_id in time_and_id_texts]

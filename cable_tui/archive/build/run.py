"""One run of the indexer: the state that its passes share, and its reports at intervals."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from cable_tui.archive.build.pace import Pace
from cable_tui.archive.build.worker_pool import Pool
from cable_tui.archive.build.write_files import Catalogue
from cable_tui.base.index_state import Progress, Stage


class Pulse:
    """The clock of a run: when a report is due, and how fast a pass is."""

    def __init__(self, every: float = Pace().report_every) -> None:
        self._every = every
        """The number of seconds between two reports."""
        self.started = self._stage_started = time.monotonic()
        self._last = 0.0

    def begin(self) -> None:
        """Start a new pass, whose first report is due immediately."""
        self._stage_started = time.monotonic()
        self._last = 0.0

    def due(self) -> bool:
        """Return whether a report is due; if so, the next interval begins."""
        time_now = time.monotonic()
        if time_now - self._last < self._every:
            return False
        self._last = time_now
        return True

    def rate(self, done: int) -> float:
        """Return the number of cables per second since the pass began."""
        return done / max(time.monotonic() - self._stage_started, 0.001)

    def elapsed(self) -> float:
        """Return the number of seconds since the start of the run."""
        return time.monotonic() - self.started


class Run:
    """One run of the indexer over one archive."""

    patient = False
    """Whether slow files are read, however long it takes."""
    damage = ""
    outdated = False

    def __init__(  # noqa: PLR0913, PLR0917 - what a run has
        self,
        root: Path,
        folder: Path,
        db: sqlite3.Connection,
        pool: Pool,
        stop: Callable[[], bool],
        pace: Pace,
    ) -> None:
        self.root = root
        self.folder = folder
        self.db = db
        self.catalogue = Catalogue(db, root)
        self.progress = self.catalogue.progress
        self.pool = pool
        self.here = Pool(0)
        """A pool without workers, which works in this process."""
        self.stop = stop
        self.pace = pace
        self.pulse = Pulse(pace.report_every)

    def readers(self, cables: int) -> Pool:
        """Return the pool for reading this number of cables.

        A few cables can be read before worker processes have started.
        """
        return self.here if cables < self.pace.few_cables else self.pool

    def report(self, stage: Stage, done: int, total: int, made: int | None = None) -> Progress:
        """Return a report of the current state; `made` is the part of `done` from this run."""
        rate = self.pulse.rate(done if made is None else made)
        changes = self.catalogue.changes
        return Progress(
            stage,
            done,
            total,
            self.progress.counts["cable"],
            rate,
            max(total - done, 0) / rate if rate else 0.0,
            int(self.db.execute("SELECT count(*) FROM problem").fetchone()[0]),
            changes.added,
            changes.changed,
            changes.removed,
            seconds=self.pulse.elapsed(),
            damage=self.damage,
            outdated=self.outdated,
        )

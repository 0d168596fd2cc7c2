"""One run of the indexer: what its passes share, and its reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from cable_tui.archive.build.progress import Progress, Pulse, Stage
from cable_tui.archive.build.write_files import Catalogue


class Run:
    """One run of the indexer over one archive."""

    def __init__(
        self,
        root: Path,
        folder: Path,
        db: sqlite3.Connection,
        stop: Callable[[], bool],
        *,
        patient: bool = False,
    ) -> None:
        self.root = root
        self.folder = folder
        self.db = db
        self.catalogue = Catalogue(db, root)
        self.progress = self.catalogue.progress
        self.stop = stop
        self.patient = patient
        """Whether slow files are read however long that takes."""
        self.pulse = Pulse()
        self.damage = ""
        self.outdated = False

    def report(self, stage: Stage, done: int, total: int, made: int | None = None) -> Progress:
        """A report of this moment; `made` is what this run did of `done`."""
        rate = self.pulse.rate(done if made is None else made)
        changes = self.catalogue.changes
        return Progress(
            stage,
            done,
            total,
            self.progress.counts["cable"],
            rate,
            max(total - done, 0) / rate if rate else 0.0,
            _problems(self.db),
            changes.added,
            changes.changed,
            changes.removed,
            seconds=self.pulse.elapsed(),
            damage=self.damage,
            outdated=self.outdated,
        )


def _problems(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM problem").fetchone()[0])

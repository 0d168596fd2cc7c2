"""The pass over sentences that recur: it reads the texts once more and makes the echo file.

It comes after the others and can be left out. Every so many cables what was read is kept in a run,
a sorted file of its own: a pass that is stopped goes on there. At the end the runs and the file
that is there become one file. A cable whose record has not changed is not read again.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from cable_tui.archive.build import echo_merge
from cable_tui.archive.build.echo_merge import Filing
from cable_tui.archive.build.write_grammar import LOCATION, PassProgress
from cable_tui.archive.catalogue import schema
from cable_tui.archive.columns import container
from cable_tui.archive.records.read import Parsed, RecordTask, parsed
from cable_tui.archive.source_criticism import echo_file
from cable_tui.archive.source_criticism.echo_file import ID_BITS, EchoFile
from cable_tui.telegram.sentences import numbers_of, prose

RUN = 20_000
"""Cables of a run."""
_RUNS = "echoes-*.run"


class _Stopped(Exception):  # noqa: N818 - what happened
    """The pass was stopped while it merged."""


def read_sentences(task: tuple[Path, list[RecordTask]]) -> Iterator[list[Parsed]]:
    """The fingerprints of records, read in their files; runs in a worker process."""
    root, tasks = task
    yield parsed(root, tasks, lambda raw, of: array("I", numbers_of(prose(raw.body, of.head_end))))


class EchoPass:
    """One run of the pass."""

    def __init__(self, folder: Path, progress: PassProgress) -> None:
        self._folder = folder
        self._progress = progress
        self._db: sqlite3.Connection = progress.db
        rows = self._db.execute("SELECT id, crc, origin, created FROM cable ORDER BY id")
        self._crcs: dict[int, int] = {}
        self._filed: dict[int, Filing] = {}
        for id_, crc, origin, created in rows:
            self._crcs[id_] = crc
            self._filed[id_] = Filing(origin, created)
        self._made = echo_file.load(folder, checked=True)
        self._runs = self._kept_runs()
        self._postings = array("Q")
        self._read: list[int] = []
        self._known = {
            id_
            for held in self._held()
            for id_, crc in zip(held.cables, held.crcs, strict=True)
            if self._crcs.get(id_) == crc
        }

    def _held(self) -> list[EchoFile]:
        return [*([self._made] if self._made else []), *self._runs]

    def _kept_runs(self) -> list[EchoFile]:
        """The runs of a pass that was stopped; one that is damaged or of another version goes."""
        runs = []
        for file in sorted(self._folder.glob(_RUNS)):
            if found := echo_file.opened(file, checked=True):
                runs.append(found)
            else:
                file.unlink()
        return runs

    @property
    def done(self) -> int:
        """Cables whose sentences are known."""
        return len(self._known)

    def is_needed(self) -> bool:
        """Whether there is a cable to read, or one that is gone."""
        if self._made is None or self._runs or len(self._known) < len(self._crcs):
            return True
        return len(self._made.cables) != len(self._crcs)

    def pending(self, size: int) -> Iterator[list[RecordTask]]:
        """The cables to be read, in groups of neighbours in the files."""
        ids = [id_ for id_ in self._crcs if id_ not in self._known]
        for start in range(0, len(ids), size):
            some = ids[start : start + size]
            holes = ",".join(map(str, some))
            yield list(
                self._progress.records(
                    f"SELECT id, {LOCATION} FROM cable WHERE id IN ({holes}) "  # noqa: S608 - ids
                    "ORDER BY file, offset",
                    (),
                )
            )

    def take(self, batch: list[Parsed]) -> None:
        """Keep what a worker has read. What could not be read has no sentences."""
        for each in batch:
            if each.gone:  # the next walk sees what became of it
                continue
            id_ = each.task.cable
            self._known.add(id_)
            self._read.append(id_)
            if isinstance(numbers := each.made, array):
                self._postings.extend((number << ID_BITS) | id_ for number in numbers)
        if len(self._read) >= RUN:
            self.keep()

    def keep(self) -> None:
        """Write what was read since the last run."""
        if not self._read:
            return
        file = self._folder / f"echoes-{len(self._runs):04}.run"
        self._write(file, array("Q", sorted(self._postings)), self._read, echo_file.Overview())
        self._postings, self._read = array("Q"), []
        if written := echo_file.opened(file):
            self._runs.append(written)

    def _write(
        self, file: Path, postings: array[int], ids: list[int], overview: echo_file.Overview
    ) -> None:
        head = {
            "stamp": echo_file.stamp(),
            "generation": schema.generation(self._db),
            "holds": echo_file.holds(self._db),
        }
        numbers = (postings, array("I", ids), array("I", (self._crcs[id_] for id_ in ids)))
        parts = [memoryview(each).cast("B") for each in numbers]
        container.write(file, head, [*parts, json.dumps(overview).encode()])

    def finish(self, stop: Callable[[], bool]) -> None:
        """Make one file of all that was read, unless it is stopped: the runs stay then."""

        def pause() -> None:
            if stop():
                raise _Stopped

        self.keep()
        runs = []
        for held in self._held():
            of = zip(held.cables, held.crcs, strict=True)
            stale = frozenset(id_ for id_, crc in of if self._crcs.get(id_) != crc)
            runs.append(echo_merge.Run(held.postings, stale))
        try:
            postings, overview = echo_merge.merged(runs, self._filed, pause)
        except _Stopped:
            return
        file = self._folder / f"{echo_file.KIND}-{schema.generation(self._db)}.parts"
        self._write(file, postings, sorted(self._known), overview)
        self._runs, self._made = [], None
        old = [*self._folder.glob(f"{echo_file.KIND}-*.parts"), *self._folder.glob(_RUNS)]
        for each in old:
            if each != file:
                with suppress(OSError):  # one that a reader has open on Windows goes another time
                    each.unlink()

"""The pass over the texts: it adds entries to the text index and records which cables it holds.

The engine is slow to add and to commit: a thread waits for it, while the indexer receives what the
workers have read and records in the catalogue what was committed.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from threading import Semaphore
from typing import NamedTuple

from cable_tui import glossary
from cable_tui.archive.build import text_documents
from cable_tui.archive.build.text_documents import TextTask
from cable_tui.archive.build.write_grammar import PassProgress
from cable_tui.archive.catalogue import facet_columns, schema
from cable_tui.archive.catalogue import rows as catalogue_rows
from cable_tui.archive.fulltext import schema as text_schema
from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.fulltext.writer import IndexEntry, IndexWriter
from cable_tui.archive.records.read import Parsed, RecordTask
from cable_tui.operating_system.processes import processors
from cable_tui.query import FACETS

FIRST_COMMIT = 2000
COMMIT = 25_000
"""Cables a commit. The first ones come early, so that a search soon finds something; fewer
commits make fewer segments to merge."""
_MOST_WAITING = 64
"""Batches that may wait for the engine: about ten megabytes for a thousand cables."""
_PATIENCE = 0.5
"""Seconds between two looks whether the thread is still running."""
_GONE = 500


class _Commit(NamedTuple):
    """The cables that a commit has made searchable."""

    generation: int
    cables: list[int]


class _Adding:
    """Adds batches to the index and commits them, in their order, in a thread of its own."""

    def __init__(self, writer: IndexWriter, top: int, generation: int, *, deleted: bool) -> None:
        self._writer = writer
        self._top = top
        """Up to this id the index may hold cables that the catalogue lost track of in a crash."""
        self._generation = generation
        self._waiting: SimpleQueue[list[Parsed] | None] = SimpleQueue()
        self._room = Semaphore(_MOST_WAITING)
        self._left = False
        self._added: list[int] = []
        self._deleted = deleted
        """Whether cables were deleted and that is not committed yet."""
        self.commits: deque[_Commit] = deque()
        """Commits that are not recorded in the catalogue yet."""
        self._thread = ThreadPoolExecutor(1, "texts")
        self._ended = self._thread.submit(self._run)

    def put(self, batch: list[Parsed]) -> None:
        """Queue a batch. Raises the error of an earlier one."""
        while not self._room.acquire(timeout=_PATIENCE):
            if self._ended.done():
                break
        if self._ended.done():
            self._ended.result()
        self._waiting.put(batch)

    def finish(self) -> None:
        """Wait until all is added and committed. Raises its error."""
        self._waiting.put(None)
        self._ended.result()

    def leave(self) -> None:
        """Stop without adding more; what was not committed is lost."""
        self._left = True
        self._waiting.put(None)
        self._thread.shutdown()

    def _run(self) -> None:
        commit_at = FIRST_COMMIT
        for batch in iter(self._waiting.get, None):
            if self._left:
                return
            self._add(batch)
            self._room.release()
            if len(self._added) >= commit_at:
                self._commit()
                commit_at = COMMIT
        if (self._added or self._deleted) and not self._left:
            self._commit()

    def _add(self, batch: list[Parsed]) -> None:
        ids = [each.task.cable for each in batch if not each.gone]
        if known := [id_ for id_ in ids if id_ <= self._top]:
            self._writer.delete(*known)
        for each in batch:
            if isinstance(entry := each.made, IndexEntry):
                self._writer.put(entry)
        self._added += ids

    def _commit(self) -> None:
        self._generation += 1
        self._writer.commit(self._generation)
        self.commits.append(_Commit(self._generation, self._added))
        self._added = []
        self._deleted = False


class TextPass:
    """One run of the pass, made when there is something to add or to delete."""

    def __init__(self, folder: Path, progress: PassProgress) -> None:
        self._db = progress.db
        self._progress = progress
        # With two processors a second thread of the engine costs more than it gains.
        threads = 1 if processors() <= 2 else 2
        try:
            self._writer = IndexWriter(folder / text_schema.FOLDER, threads=threads)
        except TextIndexError:
            # Deleted by design: everything in it comes from the user's files.
            text_documents.reset(folder, progress)
            self._writer = IndexWriter(folder / text_schema.FOLDER, threads=threads)
        # What the TAGS mean is searchable too.
        codes = facet_columns.terms_of(self._db, "fact:tag")
        found = {id_: glossary.tag(code) for id_, code in codes.items()}
        self._titles = {id_: tag.title for id_, tag in found.items() if tag}
        top = schema.get_number(self._db, "text:top")
        last = self._db.execute("SELECT coalesce(max(id), 0) FROM cable").fetchone()[0]
        with schema.transaction(self._db):
            schema.set_state(self._db, "text:top", max(top, last))
        self._gone = [id_ for (id_,) in self._db.execute("SELECT cable FROM gone")]
        for start in range(0, len(self._gone), _GONE):
            self._writer.delete(*self._gone[start : start + _GONE])
        # Nothing else changes what a reader sees until this pass is over.
        generation = schema.generation(self._db)
        self._adding = _Adding(self._writer, top, generation, deleted=bool(self._gone))

    def tasks(self, records: list[RecordTask]) -> list[TextTask]:
        """Records with what a worker needs to read their texts."""
        names = "".join(f", {facet_columns.column(facet)}" for facet in FACETS.values())
        rows = self._db.execute(
            f"SELECT id, created, subject, tags{names} "  # noqa: S608 - columns of our own
            "FROM cable JOIN grammar ON cable = id WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([record.cable for record in records]),),
        )
        known = {
            id_: (created, subject, self._meaning(tags), tuple(_filed(values)))
            for id_, created, subject, tags, *values in rows
        }
        records = catalogue_rows.with_further(self._db, records)
        return [TextTask(record, *known[record.cable]) for record in records]

    def _meaning(self, tags: bytes | None) -> tuple[str, ...]:
        return tuple(self._titles[tag] for tag in facet_columns.ids_of(tags) if tag in self._titles)

    def take(self, batch: list[Parsed]) -> None:
        """Queue what a worker has read, and record what was committed since."""
        self._adding.put(batch)
        self._mark()

    def _mark(self) -> None:
        while self._adding.commits:
            generation, cables = self._adding.commits.popleft()
            self._progress.record_texts(cables, self._gone, generation)
            self._gone = []

    def finish(self) -> None:
        """Commit the rest and wait for the engine to finish."""
        self._adding.finish()
        self._mark()
        self._writer.close()

    def leave(self) -> None:
        """Stop without adding more; what was not committed is lost."""
        self._adding.leave()
        self._mark()


def _filed(values: Sequence[int | bytes | None]) -> Iterator[tuple[str, int]]:
    """Facets with each code that their column of a row holds."""
    for facet, value in zip(FACETS, values, strict=True):
        if isinstance(value, int):
            yield facet, value
        else:
            yield from ((facet, code) for code in facet_columns.ids_of(value))

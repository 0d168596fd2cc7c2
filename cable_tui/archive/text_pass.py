"""The pass over the texts: entries go into the text index, their cables are marked.

A commit of the index goes on beside the reading, in a thread of its own.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from cable_tui import glossary
from cable_tui.archive import filing, fulltext, store, texts
from cable_tui.archive.marks import Marks
from cable_tui.archive.pool import processors
from cable_tui.archive.reading import Parsed, RecordTask
from cable_tui.archive.texts import TextTask
from cable_tui.query import FACETS

FIRST_COMMIT = 2000
COMMIT = 25_000
"""Cables a commit. The first ones come early, so that a search soon finds something; fewer
commits make fewer segments to merge."""
_GONE = 500
_MOST_WAITING = 64
"""Batches that wait for a commit: some ten megabytes a thousand cables."""


class _Commit(NamedTuple):
    """A commit that was begun."""

    ended: Future[None]
    generation: int
    added: list[int]
    """The cables that it makes findable ..."""
    gone: list[int]
    """... and those that are not found any more."""


class TextPass:
    """Adds cables to the text index and marks them; made when there is something to do."""

    def __init__(self, folder: Path, marks: Marks) -> None:
        self._db = marks.db
        self._marks = marks
        # Where two processors do everything, a second thread of the engine costs more than it does.
        threads = 1 if processors() <= 2 else 2
        try:
            self._writer = fulltext.Writer(folder / texts.FOLDER, threads=threads)
        except fulltext.TextIndexError:
            # Thrown away by design: it holds nothing that the user's files do not.
            texts.reset(folder, marks)
            self._writer = fulltext.Writer(folder / texts.FOLDER, threads=threads)
        # What the TAGS mean is searchable too.
        codes = filing.terms_of(self._db, "fact:tag")
        found = {id_: glossary.tag(code) for id_, code in codes.items()}
        self._titles = {id_: tag.title for id_, tag in found.items() if tag}
        self._waiting: deque[list[Parsed]] = deque()
        self._thread = ThreadPoolExecutor(1, "commits of the texts")
        self._commit: _Commit | None = None
        """The one that is on its way."""
        self._added: list[int] = []
        self._commit_at = FIRST_COMMIT
        # Up to here the index may hold cables that have no mark: a commit whose marks were lost.
        self._top = store.get_number(self._db, "text:top")
        last = self._db.execute("SELECT coalesce(max(id), 0) FROM cable").fetchone()[0]
        with store.transaction(self._db):
            store.set_state(self._db, "text:top", max(self._top, last))
        self._gone = [id_ for (id_,) in self._db.execute("SELECT cable FROM gone")]
        for start in range(0, len(self._gone), _GONE):
            self._writer.delete(*self._gone[start : start + _GONE])

    def tasks(self, records: list[RecordTask]) -> list[TextTask]:
        """Records with what a worker must know to read their texts."""
        names = "".join(f", {filing.column(facet)}" for facet in FACETS.values())
        rows = self._db.execute(
            f"SELECT id, created, subject, tags{names} "  # noqa: S608 - columns of our own
            "FROM cable JOIN grammar ON cable = id WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([record.cable for record in records]),),
        )
        known = {
            id_: (created, subject, self._meaning(tags), tuple(_filed(values)))
            for id_, created, subject, tags, *values in rows
        }
        return [TextTask(record, *known[record.cable]) for record in records]

    def _meaning(self, tags: bytes | None) -> tuple[str, ...]:
        return tuple(self._titles[tag] for tag in filing.ids_of(tags) if tag in self._titles)

    def take(self, batch: list[Parsed]) -> None:
        """Add what a worker has read, or let it wait while a commit is on its way."""
        self._waiting.append(batch)
        if self._commit and not self._commit.ended.done() and len(self._waiting) < _MOST_WAITING:
            return
        self._settle()
        self._add_waiting()

    def _add_waiting(self) -> None:
        while self._waiting and not self._commit:
            self._add(self._waiting.popleft())
            if len(self._added) >= self._commit_at:
                self._begin_commit()
                self._commit_at = COMMIT

    def _add(self, batch: list[Parsed]) -> None:
        ids = [each.task.cable for each in batch if not each.gone]
        if known := [id_ for id_ in ids if id_ <= self._top]:
            self._writer.delete(*known)
        for each in batch:
            if isinstance(entry := each.made, fulltext.Entry):
                self._writer.put(entry)
        self._added += ids

    def _begin_commit(self) -> None:
        """Make what was added findable: first in the index, then, in `_settle`, in the catalogue.

        The engine takes seconds for it, and nothing new meanwhile; the workers go on.
        """
        generation = store.generation(self._db) + 1
        ended = self._thread.submit(self._writer.commit, generation)
        self._commit = _Commit(ended, generation, self._added, self._gone)
        self._added, self._gone = [], []

    def _settle(self) -> None:
        """Wait for a commit that is on its way, and mark its cables."""
        if self._commit:
            ended, generation, added, gone = self._commit
            self._commit = None
            ended.result()
            self._marks.mark_text(added, gone, generation)

    def finish(self) -> None:
        """Commit the rest and wait for the index to come to rest."""
        self._settle()
        while self._waiting:
            self._add_waiting()
            self._settle()
        if self._added or self._gone:
            self._begin_commit()
            self._settle()
        self._writer.close()

    def leave(self) -> None:
        """Let nothing go on that was begun; what was not committed is lost."""
        self._thread.shutdown()
        if self._commit and not self._commit.ended.exception():
            self._settle()


def _filed(values: Sequence[int | bytes | None]) -> Iterator[tuple[str, int]]:
    """Facets with each code that their column of a row holds."""
    for facet, value in zip(FACETS, values, strict=True):
        if isinstance(value, int):
            yield facet, value
        else:
            yield from ((facet, code) for code in filing.ids_of(value))

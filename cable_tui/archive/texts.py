"""The pass over the texts: what goes into the text index, and what ties it to the catalogue.

Two stores have no common transaction. Each commit of the text index carries a number, and every
cable's mark in the catalogue says which commit holds it; what a crash left apart is done again.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cable_tui import glossary
from cable_tui.archive import filing, fulltext, store
from cable_tui.archive.marks import Marks
from cable_tui.archive.reading import Parsed, RecordTask, lost_record, parsed
from cable_tui.cable import RawCable
from cable_tui.query import FACETS
from cable_tui.telegram import header
from cable_tui.telegram.signature import signature
from cable_tui.telegram.summary import summary
from cable_tui.text import second_readings

FOLDER = "text"
FIRST_COMMIT = 2000
COMMIT = 25_000
"""Cables a commit. The first ones come early, so that a search soon finds something; fewer
commits make fewer segments to merge."""
_GONE = 500
_PLAIN = {
    "AMEMBASSY": "EMBASSY",
    "AMCONSUL": "CONSULATE",
    "AMCONSULATE": "CONSULATE",
    "USMISSION": "MISSION",
    "SECSTATE": "SECRETARY OF STATE",
    "SECDEF": "SECRETARY OF DEFENSE",
}
"""How the telegraph shortened the kinds of offices."""


class TextTask(NamedTuple):
    """A record whose text is to be read, with what the catalogue says of the cable."""

    record: RecordTask
    created: int
    subject: str
    titles: tuple[str, ...]
    """What its TAGS mean."""
    filed: tuple[tuple[str, int], ...]
    """As in `fulltext.Document`."""


def read_texts(task: tuple[Path, list[TextTask]]) -> Iterator[list[Parsed]]:
    """What the index is given of records, read at their places; runs in a worker process."""
    root, tasks = task
    known = {each.record.cable: each for each in tasks}
    records = [each.record for each in tasks]
    yield parsed(root, records, lambda raw, record: text_entry(raw, known[record.cable]))


def lost_text(task: TextTask) -> list[Parsed]:
    """A record that no worker survives."""
    return lost_record(task.record)


def text_entry(raw: RawCable, task: TextTask) -> fulltext.Entry:
    """What is searchable of a record whose head the grammar has read."""
    head = header.parse(raw.header)
    route = head.originator.route if head.originator else None
    document = fulltext.Document(
        task.record.cable,
        task.created,
        task.subject,
        raw.header,
        raw.body,
        summary(raw.body, task.record.head_end) or "",
        tuple(second_readings(raw.body)),
        task.titles,
        (*_names(route, head.sender or ""), raw.origin),
        tuple(name for each in head.to for name in _names(each.route, each.name)),
        tuple(name for each in head.info for name in _names(each.route, each.name)),
        signature(raw.body).names,
        task.filed,
    )
    return fulltext.entry(document)


@lru_cache(maxsize=1 << 14)  # an archive has a few thousand
def _names(route: str | None, name: str) -> tuple[str, ...]:
    """What an office may be called: its routing indicator, its name, and both in plain words.

    `RUEHRB`, `AMEMBASSY RABAT`, `EMBASSY RABAT`.
    """
    known = glossary.route(route) if route else None
    found: list[str] = []
    for each in dict.fromkeys(filter(None, (route, name, known))):
        found.append(each)
        begins, _, rest = each.partition(" ")
        if plain := _PLAIN.get(begins):
            found.append(f"{plain} {rest}")
    return tuple(found)


def _filed(values: Sequence[int | bytes | None]) -> Iterator[tuple[str, int]]:
    """Facets with each code that their column of a row holds."""
    for facet, value in zip(FACETS, values, strict=True):
        if isinstance(value, int):
            yield facet, value
        else:
            yield from ((facet, code) for code in filing.ids_of(value))


def reset(folder: Path, marks: Marks) -> None:
    """Throw the text index away, and every mark of it."""
    marks.drop("text")
    with store.transaction(marks.db):
        marks.db.execute("DELETE FROM gone")
        store.set_state(marks.db, "text:top", 0)
    shutil.rmtree(folder / FOLDER, ignore_errors=True)


class TextPass:
    """Adds cables to the text index and marks them; made when there is something to do."""

    def __init__(self, folder: Path, marks: Marks) -> None:
        self._db = marks.db
        self._marks = marks
        try:
            self._writer = fulltext.Writer(folder / FOLDER)
        except fulltext.TextIndexError:
            # Thrown away by design: it holds nothing that the user's files do not.
            reset(folder, marks)
            self._writer = fulltext.Writer(folder / FOLDER)
        # What the TAGS mean is searchable too.
        codes = filing.terms_of(self._db, "fact:tag")
        found = {id_: glossary.tag(code) for id_, code in codes.items()}
        self._titles = {id_: tag.title for id_, tag in found.items() if tag}
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
        """Add what a worker has read."""
        ids = [each.task.cable for each in batch if not each.gone]
        if not ids:
            return
        known = [id_ for id_ in ids if id_ <= self._top]
        if known:
            self._writer.delete(*known)
        for each in batch:
            if isinstance(entry := each.made, fulltext.Entry):
                self._writer.put(entry)
        self._added += ids
        if len(self._added) >= self._commit_at:
            self.commit()
            self._commit_at = COMMIT

    def commit(self) -> None:
        """Make what was added findable: first in the index, then in the catalogue."""
        generation = store.generation(self._db) + 1
        self._writer.commit(generation)
        self._marks.mark_text(self._added, self._gone, generation)
        self._added = []
        self._gone = []

    def finish(self) -> None:
        """Commit the rest and wait for the index to come to rest."""
        if self._added or self._gone:
            self.commit()
        self._writer.close()


def mend(folder: Path, marks: Marks) -> str:
    """Take the marks away that the text index does not know of: it was lost or set back.

    One that is damaged is thrown away; says what was wrong with it.
    """
    if not marks.counts["text"]:
        return ""
    held = 0
    if not (wrong := fulltext.damage(folder / FOLDER)):
        try:
            held = fulltext.TextIndex(folder / FOLDER).generation
        except fulltext.TextIndexError as error:
            wrong = str(error)
    if held:
        marks.forget_text_after(held)
    else:
        reset(folder, marks)
    return wrong


def outstanding(db: sqlite3.Connection, marks: Marks) -> bool:
    """Whether there is anything to add to the text index or to delete from it."""
    gone = db.execute("SELECT 1 FROM gone LIMIT 1").fetchone()
    return gone is not None or marks.counts["text"] < marks.counts["cable"]

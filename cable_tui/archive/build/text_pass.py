"""The pass over the texts: read the searchable words, add them to the text index, record them.

The engine is slow to add and to commit, so a thread waits for it while the indexer receives texts
from the workers and records the commits in the catalogue.

The two stores have no common transaction. Each commit of the text index has a number, and the
catalogue records for every cable the commit that contains it; any difference after a crash is
processed again.
"""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from queue import SimpleQueue
from threading import Semaphore

from cable_tui.archive.build.pace import Pace
from cable_tui.archive.build.write_grammar import PassProgress
from cable_tui.archive.catalogue import catalogue_file, facet_columns
from cable_tui.archive.catalogue import rows as catalogue_rows
from cable_tui.archive.fulltext import schema as text_schema
from cable_tui.archive.fulltext.index_files import damage
from cable_tui.archive.fulltext.schema import FOLDER, RefusedIndexError, TextIndexError
from cable_tui.archive.fulltext.writer import CableDocument, IndexEntry, IndexWriter, entry
from cable_tui.archive.records.read import FurtherRecord, Parsed, RecordTask, parsed
from cable_tui.base.cable import RawCable
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.value import replace
from cable_tui.glossary import tables, tag_lists
from cable_tui.operating_system import files
from cable_tui.operating_system.processes import processors
from cable_tui.query import FACETS
from cable_tui.telegram.comparison.alignment import only_there
from cable_tui.telegram.edition import header_of
from cable_tui.telegram.facts import facts_of
from cable_tui.telegram.people.signature import signature
from cable_tui.telegram.prose import own_text
from cable_tui.telegram.reading import Reading
from cable_tui.telegram.summary import summary
from cable_tui.telegram.top_fields import top_fields
from cable_tui.text import second_readings

_PATIENCE = 0.5
"""The number of seconds between two checks whether the thread is still running."""
_GONE = 500


class _Adding:
    """Adds batches to the index in order and commits them, in a separate thread."""

    def __init__(
        self, writer: IndexWriter, top: int, generation: int, pace: Pace, *, deleted: bool
    ) -> None:
        self._writer = writer
        self._top = top
        """The highest id for which the index may contain cables that the catalogue does not record
        because of a crash.
        """
        self._generation = generation
        self._pace = pace
        self._waiting: SimpleQueue[list[Parsed] | None] = SimpleQueue()
        self._room = Semaphore(pace.most_waiting)
        self._left = False
        self._added: list[int] = []
        self._deleted = deleted
        """Whether deletions of cables are not committed yet."""
        self.commits: deque[tuple[int, list[int]]] = deque()
        """Generations with the cables that they made searchable but that are not yet recorded in
        the catalogue.
        """
        self._thread = ThreadPoolExecutor(1, "texts")
        self._ended = self._thread.submit(self._run)

    def put(self, batch: list[Parsed]) -> None:
        """Queue a batch. Raises the error of an earlier batch."""
        while not self._room.acquire(timeout=_PATIENCE):
            if self._ended.done():
                break
        if self._ended.done():
            self._ended.result()
        self._waiting.put(batch)

    def finish(self) -> None:
        """Wait until everything is added and committed. Raises the thread's error."""
        self._waiting.put(None)
        self._ended.result()

    def leave(self) -> None:
        """Stop without adding more; uncommitted cables are lost."""
        self._left = True
        self._waiting.put(None)
        self._thread.shutdown()

    def _run(self) -> None:
        commit_size = self._pace.first_commit
        for batch in iter(self._waiting.get, None):
            if self._left:
                return
            self._add(batch)
            self._room.release()
            if len(self._added) >= commit_size:
                self._commit()
                commit_size = self._pace.commit
        if (self._added or self._deleted) and not self._left:
            self._commit()

    def _add(self, batch: list[Parsed]) -> None:
        ids = [result.task.cable for result in batch if not result.gone]
        if known_ids := [cable_id for cable_id in ids if cable_id <= self._top]:
            self._writer.delete(*known_ids)
        for result in batch:
            if isinstance(entry := result.made, IndexEntry):
                self._writer.put(entry)
        self._added += ids

    def _commit(self) -> None:
        self._generation += 1
        self._writer.commit(self._generation)
        self.commits.append((self._generation, self._added))
        self._added = []
        self._deleted = False


class TextPass:
    """One run of the pass, created when there is something to add or to delete."""

    def __init__(self, folder: Path, progress: PassProgress, pace: Pace) -> None:
        self._db = progress.db
        self._progress = progress
        # With two processors a second thread of the engine costs more than it gains.
        threads = 1 if processors() <= 2 else 2
        try:
            self._writer = IndexWriter(folder / text_schema.FOLDER, threads=threads)
        except RefusedIndexError:
            raise
        except TextIndexError:
            # Deleted by design: everything in it comes from the user's files.
            reset(folder, progress)
            self._writer = IndexWriter(folder / text_schema.FOLDER, threads=threads)
        # What the TAGS mean is searchable too.
        tag_codes = facet_columns.terms_of(self._db, "fact:tag")
        tags = {id_: tag_lists.tag(code) for id_, code in tag_codes.items()}
        self._titles = {id_: tag.title for id_, tag in tags.items() if tag}
        highest_id = catalogue_file.get_number(self._db, "text:top")
        last_id = self._db.execute("SELECT coalesce(max(id), 0) FROM cable").fetchone()[0]
        with catalogue_file.transaction(self._db):
            catalogue_file.set_state(self._db, "text:top", max(highest_id, last_id))
        self._gone = [id_ for (id_,) in self._db.execute("SELECT cable FROM gone")]
        for first_index in range(0, len(self._gone), _GONE):
            self._writer.delete(*self._gone[first_index : first_index + _GONE])
        # Nothing else changes what a reader sees until this pass is over.
        generation = catalogue_file.generation(self._db)
        self._adding = _Adding(self._writer, highest_id, generation, pace, deleted=bool(self._gone))

    def tasks(self, records: list[RecordTask]) -> list[TextTask]:
        """Return records with the data that a worker needs to read their texts."""
        facet_columns_sql = "".join(f", {facet_columns.column(facet)}" for facet in FACETS.values())
        cable_rows = self._db.execute(
            f"SELECT id, created, subject, tags{facet_columns_sql} "  # noqa: S608 - columns of our own
            "FROM cable JOIN grammar ON cable = id WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([record.cable for record in records]),),
        )
        fields_by_id = {}
        for id_, created_at, subject, tags, *facet_values in cable_rows:
            ids = facet_columns.ids_of(tags)
            titles = tuple(self._titles[tag] for tag in ids if tag in self._titles)
            fields_by_id[id_] = created_at, subject, titles, tuple(_filed(facet_values))
        records = catalogue_rows.with_further(self._db, records)
        return [TextTask(record, *fields_by_id[record.cable]) for record in records]

    def take(self, batch: list[Parsed]) -> None:
        """Queue the texts that a worker has read, and record the commits made since."""
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
        """Stop without adding more; uncommitted cables are lost."""
        self._adding.leave()
        self._mark()
        self._writer.leave()


def _filed(values: Sequence[int | bytes | None]) -> Iterator[tuple[str, int]]:
    """Yield pairs of a facet and each code in its column of a row."""
    for facet, value in zip(FACETS, values, strict=True):
        if isinstance(value, int):
            yield facet, value
        else:
            yield from ((facet, code) for code in facet_columns.ids_of(value))


# What is searched of one record, read by a worker

_PLAIN = {
    "AMEMBASSY": "EMBASSY",
    "AMCONSUL": "CONSULATE",
    "AMCONSULATE": "CONSULATE",
    "USMISSION": "MISSION",
    "SECSTATE": "SECRETARY OF STATE",
    "SECDEF": "SECRETARY OF DEFENSE",
}
"""Abbreviations for types of offices in telegrams, with their plain words."""


class TextTask(NamedTuple):
    """A record whose text is to be read, with the catalogue's facts about the cable."""

    record: RecordTask
    created: int
    subject: str
    titles: tuple[str, ...]
    """The meanings of the cable's TAGS."""
    filed: tuple[tuple[str, int], ...]
    """The facets of the cable, as in `CableDocument`."""


def read_texts(task: tuple[Path, list[TextTask]]) -> Iterator[list[Parsed]]:
    """Yield index entries for records, read from their files; runs in a worker process."""
    root, tasks = task
    text_tasks = {text_task.record.cable: text_task for text_task in tasks}
    records = [text_task.record for text_task in tasks]
    yield parsed(root, records, lambda raw, of, more: text_entry(raw, text_tasks[of.cable], more))


def text_entry(raw: RawCable, task: TextTask, further: Sequence[FurtherRecord] = ()) -> IndexEntry:
    """Return the searchable texts of a record whose head the grammar has read.

    From `further` records of the cable, only words that the other records lack are included.
    """
    reading = Reading(raw.body)
    document = replace(_document(raw, reading, task), own=own_text(reading, task.record.head_end))
    if further:
        known_raws = [raw]
        field_texts: list[tuple[str, str]] = []
        for record in further:
            field_texts += _only_there(record, task, document, known_raws)
            known_raws.append(record.raw)
        document = replace(document, further=tuple(dict.fromkeys(field_texts)))
    return entry(document)


def _only_there(
    new_further: FurtherRecord,
    task: TextTask,
    shown_document: CableDocument,
    known_raws: Sequence[RawCable],
) -> Iterator[tuple[str, str]]:
    """Yield the texts, by field, that no earlier record contains."""
    new_record, new_raw = new_further
    subject = top_fields(new_raw, facts_of(new_raw), frozenset()).subject
    reading = Reading(new_raw.body)
    document = _document(new_raw, reading, task._replace(record=new_record, subject=subject))
    shown_texts = dict(shown_document.fields)
    for field_name, texts in document.fields:
        known_texts = {" ".join(new_text.split()) for new_text in shown_texts[field_name]}
        yield from (
            (field_name, new_text)
            for new_text in texts
            if " ".join(new_text.split()) not in known_texts
        )
    known_records = [(raw_known.header, raw_known.body) for raw_known in known_raws]
    for new_text in only_there(document.header, document.body, known_records):
        yield new_text.part, new_text.text
        yield from (("body", reading) for reading in second_readings(new_text.text))


def _document(raw: RawCable, reading: Reading, task: TextTask) -> CableDocument:
    header = header_of(raw)
    # No word of a page line is found, and a phrase goes on after it.
    body = reading.without_page_lines
    signers = raw.edition.signed_by if raw.edition else signature(raw.body).names
    route = header.originator.route if header.originator else None
    return CableDocument(
        task.record.cable,
        task.created,
        task.subject,
        Reading(raw.header).without_page_lines,
        body,
        summary(body, task.record.head_end) or "",
        tuple(second_readings(body)),
        task.titles,
        (*_names(route, header.sender or ""), raw.origin),
        tuple(name for office in header.to for name in _names(office.route, office.name)),
        tuple(name for office in header.info for name in _names(office.route, office.name)),
        signers,
        task.filed,
    )


@lru_cache(maxsize=1 << 14)  # an archive has a few thousand
def _names(route: str | None, name: str) -> tuple[str, ...]:
    """Return the names of an office: its routing indicator, its name, and both in plain words.

    For example, `RUEHRB`, `AMEMBASSY RABAT`, `EMBASSY RABAT`.
    """
    known_name = tables.route(route) if route else None
    spelled_names: list[str] = []
    for name_form in dict.fromkeys(filter(None, (route, name, known_name))):
        spelled_names.append(name_form)
        first_word, _, rest_of_name = name_form.partition(" ")
        if plain_word := _PLAIN.get(first_word):
            spelled_names.append(f"{plain_word} {rest_of_name}")
    return tuple(spelled_names)


def reset(folder: Path, progress: PassProgress) -> None:
    """Delete the text index, and forget which cables it contained."""
    progress.forget_pass("text")
    with catalogue_file.transaction(progress.db):
        progress.db.execute("DELETE FROM gone")
        catalogue_file.set_state(progress.db, "text:top", 0)
    # What a reader has open on Windows stays, and the index is rebuilt next to it.
    files.remove_closed(folder / FOLDER)


def mend(folder: Path, progress: PassProgress) -> str:
    """Forget the cables that the text index no longer contains, if it was lost or restored.

    A damaged index is deleted. Return a description of the damage, or an empty string. Raises
    `RefusedIndexError` if the system does not allow the index to be read; in that case it is kept.
    """
    if not progress.counts["text"]:
        return ""
    index_generation = 0
    from cable_tui.archive.fulltext.text_index import TextIndex  # it loads the engine

    with text_schema.guarded(folder / FOLDER):
        index_damage = damage(folder / FOLDER)
    if not index_damage:
        try:
            index_generation = TextIndex(folder / FOLDER).generation
        except RefusedIndexError:
            raise
        except TextIndexError as error:
            index_damage = str(error)
    if index_generation:
        progress.forget_text_after(index_generation)
    else:
        reset(folder, progress)
    return index_damage


def outstanding(db: sqlite3.Connection, progress: PassProgress) -> bool:
    """Return whether there is anything to add to the text index or to delete from it."""
    gone_row = db.execute("SELECT 1 FROM gone LIMIT 1").fetchone()
    return gone_row is not None or progress.counts["text"] < progress.counts["cable"]

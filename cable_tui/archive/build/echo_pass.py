"""The pass over sentences: it reads the texts once more, for the echo file.

The echo file has the names of people too, and beside it is an index of sentences, those that tools
find in a text: all are found in the same reading.

It comes after the others and can be left out. At intervals the sentences read so far are written
into a run (a sorted file), and the index is committed: a stopped pass continues there. A cable
whose record has not changed is not read again. At the end the runs and the files that are there
become one whole file; but if few cables came or changed since that was made, they become a segment
beside it (`sentences.echo_file`), which costs only as much as those few.

Each file has the number of the commit that comes right after it, and replaces others only after
that: one whose commit did not come is removed, and those before it are still there. If the index
has another number, it was lost or damaged: all is read again.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cable_tui.archive.build import echo_merge
from cable_tui.archive.build.echo_merge import EchoCheck, Filing, SortedRun
from cable_tui.archive.build.pace import Pace
from cable_tui.archive.build.write_grammar import LOCATION, PassProgress
from cable_tui.archive.catalogue import catalogue_file
from cable_tui.archive.catalogue import rows as catalogue_rows
from cable_tui.archive.columns import container
from cable_tui.archive.fulltext.index_files import damage
from cable_tui.archive.fulltext.schema import FURTHER_ID, SENTENCES_FOLDER, generation_of, guarded
from cable_tui.archive.records.read import FurtherRecord, Parsed, RecordTask, parsed
from cable_tui.archive.sentences import echo_file
from cable_tui.archive.sentences.echo_file import ID_BITS, EchoFile, Overview
from cable_tui.archive.sentences.names import MentionedName, NameIndex, names_of
from cable_tui.base.tools import load, tools
from cable_tui.operating_system import files
from cable_tui.telegram.prose import prose
from cable_tui.telegram.reading import Reading
from cable_tui.telegram.sentence_fingerprints import numbers_of

if TYPE_CHECKING:
    from cable_tui.archive.fulltext.writer import IndexEntry, IndexWriter
    from cable_tui.base.cable import RawCable

_RUN = "run"
_NOT_COUNTED = Overview()


class _Stopped(Exception):  # noqa: N818 - what happened
    """The pass was stopped while it merged."""


Sentences = tuple[list[str], ...]
"""Sentences of a text, a list for each field of the index of sentences."""
FindSentences = Callable[[Reading], Sentences]
"""What a tool finds in a body: a list for each of its fields."""


def _sentences(reading: Reading) -> Sentences:
    finders: list[FindSentences] = [load(tool.sentences) for tool in tools() if tool.sentences]
    return tuple(texts for finder in finders for texts in finder(reading))


class ReadSentences(NamedTuple):
    """The fingerprints, sentences and names that a worker has read in a cable."""

    cable: int
    numbers: array[int]
    """The fingerprints of its sentences."""
    names: dict[MentionedName, int]
    sentences: Sentences
    further: Sequence[Sentences] = ()
    """What only its further records have."""

    @property
    def entries(self) -> list[IndexEntry]:
        """The entries for the index of sentences.

        Workers send the texts instead: entries take three times as long to send.
        """
        from cable_tui.archive.fulltext import sentence_index  # it loads the engine

        entries = sentence_index.entries(self.cable, self.sentences)
        for sentences in self.further:
            entries += sentence_index.entries(self.cable, sentences, further=True)
        return entries


def read_sentences(task: tuple[Path, list[RecordTask]]) -> Iterator[list[Parsed]]:
    """Yield the sentences of records, read in their files; runs in a worker process."""
    archive_root, text_tasks = task
    yield parsed(archive_root, text_tasks, _read)


def _read(raw: RawCable, of: RecordTask, further: Sequence[FurtherRecord]) -> ReadSentences:
    shown_sentences = _of_record(raw, of)
    return _with_further(shown_sentences, further) if further else shown_sentences


def _of_record(raw: RawCable, of: RecordTask) -> ReadSentences:
    reading = Reading(raw.body)
    numbers = array("I", numbers_of(prose(reading, of.head_end)))
    return ReadSentences(of.cable, numbers, names_of(raw, reading), _sentences(reading))


def _with_further(shown: ReadSentences, further: Sequence[FurtherRecord]) -> ReadSentences:
    """Return the sentences of a cable and those that only its other records have, each once."""
    known_numbers = dict.fromkeys(shown.numbers)
    names = dict(shown.names)
    known_keys = [{_key(text) for text in texts} for texts in shown.sentences]
    only_in_further: list[Sentences] = []
    for task, raw in further:
        record = _of_record(raw, task)
        known_numbers |= dict.fromkeys(record.numbers)
        for name, roles in record.names.items():
            names[name] = roles | names.get(name, 0)
        sentences_by_text: list[list[str]] = []
        for keys_known, texts in zip(known_keys, record.sentences, strict=True):
            sentences_by_text.append([text for text in texts if _key(text) not in keys_known])
            keys_known.update(map(_key, sentences_by_text[-1]))
        only_in_further.append(tuple(sentences_by_text))
    return ReadSentences(
        shown.cable, array("I", known_numbers), names, shown.sentences, only_in_further
    )


def _key(text: str) -> str:
    """Return a sentence without its line ends and spaces, which differ between formats."""
    return "".join(text.split())


class EchoPass:
    """One run of the pass."""

    def __init__(self, folder: Path, progress: PassProgress, pace: Pace) -> None:
        self._folder = folder
        self._pace = pace
        self._progress = progress
        self.outdated = echo_file.is_outdated(folder)
        """Whether the present file was made by another version of the program."""
        self._db: sqlite3.Connection = progress.db
        self._crcs = catalogue_rows.crcs(self._db)
        self._postings = array("Q")
        self._names = NameIndex()
        self._read: list[int] = []
        self._index = folder / SENTENCES_FOLDER
        self._writer: IndexWriter | None = None
        with guarded(self._index):
            self._commit = 0 if damage(self._index) else generation_of(self._index)
        self._remove(file for file in self._files() if not self._is_usable(file))
        self._made = echo_file.load(folder)
        runs = map(echo_file.opened, echo_file.numbered(folder, _RUN))
        self._runs = [sentence_run for sentence_run in runs if sentence_run]
        files_held = self._held()
        if not files_held or files_held[-1].commit != self._commit:
            # All is read again.
            files.remove_closed(self._index)
            self._made, self._runs, files_held, self._commit = None, [], [], 0
            self._remove(self._files())
        # The later one has what was read last.
        crcs_read = dict(chain.from_iterable(file.crcs for file in files_held))
        self._known = {id_ for id_, crc in crcs_read.items() if self._crcs.get(id_) == crc}
        self._deleted = False
        self._stale = [id_ for id_ in {*crcs_read, *self._crcs} if id_ not in self._known]

    def _held(self) -> list[EchoFile]:
        return [*(self._made.files if self._made else ()), *self._runs]

    def _files(self) -> list[Path]:
        return [*echo_file.numbered(self._folder), *echo_file.numbered(self._folder, _RUN)]

    def _is_usable(self, file: Path) -> bool:
        """Return whether a file is sound, of this version, and its cables are in the index."""
        echoes = echo_file.opened(file, checked=True)
        return echoes is not None and echoes.commit <= self._commit

    @staticmethod
    def _remove(unwanted: Iterable[Path]) -> None:
        for file in unwanted:
            with suppress(OSError):  # one that a reader has open on Windows goes another time
                file.unlink()

    @property
    def done(self) -> int:
        """Cables whose sentences are known."""
        return len(self._known)

    def is_needed(self) -> bool:
        """Return whether there is a cable to read, or one that was removed."""
        return self._made is None or bool(self._runs or self._stale)

    def pending(self, size: int) -> Iterator[list[RecordTask]]:
        """Yield the cables to be read, in groups of neighbours in the files."""
        ids = [id_ for id_ in self._crcs if id_ not in self._known]
        for batch_start in range(0, len(ids), size):
            some_ids = ids[batch_start : batch_start + size]
            holes = ",".join(map(str, some_ids))
            records = self._progress.records(
                f"SELECT id, {LOCATION} FROM cable WHERE id IN ({holes}) "  # noqa: S608 - ids
                "ORDER BY file, offset",
                (),
            )
            yield catalogue_rows.with_further(self._db, list(records))

    def take(self, batch: list[Parsed]) -> None:
        """Keep what a worker has read. An unreadable cable has no sentences."""
        index_entries: list[IndexEntry] = []
        for result in batch:
            if result.gone:  # the next walk sees what became of it
                continue
            id_ = result.task.cable
            self._known.add(id_)
            self._read.append(id_)
            if isinstance(sentences_read := result.made, ReadSentences):
                self._postings.extend(
                    [(number << ID_BITS) | id_ for number in sentences_read.numbers]
                )
                self._names.add(id_, sentences_read.names)
                index_entries += sentences_read.entries
            else:
                self._names.unread.append(id_)
        if index_entries:
            self._index_writer().put(*index_entries)
        if len(self._read) >= self._pace.sentence_run:
            self.keep()

    def _index_writer(self) -> IndexWriter:
        if self._writer is None:
            from cable_tui.archive.fulltext import sentence_index  # it loads the engine

            self._writer = sentence_index.writer(self._index)
            if self._commit:
                self._writer.delete(*self._stale, *(id_ | FURTHER_ID for id_ in self._stale))
        return self._writer

    def leave(self) -> None:
        """Keep the sentences read so far, and close the index."""
        try:
            self.keep()
            if self._writer:
                self._writer.close()
        finally:
            if self._writer:
                self._writer.leave()
            self._writer = None

    def _committed(self) -> None:
        self._index_writer().commit(self._commit + 1)
        self._commit += 1
        self._deleted = True

    def keep(self) -> None:
        """Write the sentences that were read since the last run."""
        if not self._read:
            return
        run_file = self._new_file(_RUN)
        postings = array("Q", sorted(self._postings))
        self._write(run_file, self._commit + 1, postings, self._read, self._names)
        self._committed()
        self._postings, self._names, self._read = array("Q"), NameIndex(), []
        if file_written := echo_file.opened(run_file):
            self._runs.append(file_written)

    def _new_file(self, suffix: str = "parts") -> Path:
        file_number = echo_file.next_number(self._folder)
        return self._folder / f"{echo_file.KIND}-{file_number}.{suffix}"

    def _write(  # noqa: PLR0913, PLR0917 - what a file has
        self,
        file: Path,
        commit: int,
        postings: array[int],
        ids: list[int],
        names: NameIndex,
        overview: Overview = _NOT_COUNTED,
        segment: tuple[str, Iterable[int]] = ("", ()),
    ) -> None:
        head = {
            "stamp": echo_file.stamp(),
            "voices": commit,
            "generation": catalogue_file.generation(self._db),
            "holds": echo_file.holds(self._db),
            "whole": segment[0],
        }
        numbers = (postings, array("I", ids), array("I", (self._crcs[id_] for id_ in ids)))
        parts = [memoryview(numbers_part).cast("B") for numbers_part in numbers]
        overview_json = json.dumps(overview).encode()
        hides = array("I", sorted(segment[1]))
        container.write(file, head, [*parts, overview_json, *names.parts(), hides.tobytes()])

    def finish(self, root: Path, stop: Callable[[], bool]) -> None:
        """Make one file of all sentences, or a segment; if it is stopped, the runs stay.

        `root` has the files, in which the most frequent passages are read.
        """

        def pause() -> None:
            if stop():
                raise _Stopped

        deletes = bool(self._stale and self._commit and not self._deleted)
        try:
            files_written = self._join(root, self._commit + deletes, pause)
        except _Stopped:
            return
        if deletes:
            self._committed()
            self.leave()
        self._runs, self._made = [], None
        self._remove(file for file in self._files() if file not in files_written)

    def _join(self, root: Path, commit: int, pause: Callable[[], None]) -> list[Path]:
        """Write the file; return those that hold all sentences now."""
        file = self._new_file()
        files_held = self._held()
        fresh_ids = [
            self._known.intersection(file_held.fresh(self._crcs)) for file_held in files_held
        ]
        later_ids = set[int]().union(*fresh_ids[1:])
        if self._made:
            whole_file = files_held[0]
            hides = whole_file.hidden.union(whole_file.cables) - (fresh_ids[0] - later_ids)
            if len(hides | later_ids) * self._pace.segment_share <= len(self._crcs):
                runs, names = _sources(files_held[1:], fresh_ids[1:], pause)
                postings = array("Q", chain.from_iterable(echo_merge.pieces(runs, pause)))
                name_and_hidden = whole_file.file.name, hides
                self._write(
                    file, commit, postings, sorted(later_ids), names, segment=name_and_hidden
                )
                return [whole_file.file, file]
        runs, names = _sources(
            files_held, [*(ids - later_ids for ids in fresh_ids[:1]), *fresh_ids[1:]], pause
        )
        rows = self._db.execute("SELECT id, origin, created FROM cable ORDER BY id")
        filing_by_id = {id_: Filing(*filing) for id_, *filing in rows}
        postings, sentences_counted = echo_merge.merged(runs, filing_by_id, pause)
        overview = EchoCheck(root, self._db, postings, filing_by_id, pause).overview(
            sentences_counted
        )
        self._write(file, commit, postings, sorted(self._known), names, overview)
        return [file]


def _sources(
    held: Iterable[EchoFile], fresh: Iterable[set[int]], pause: Callable[[], None]
) -> tuple[list[SortedRun], NameIndex]:
    """Return what some files have of their fresh cables: postings and names."""
    runs, names = [], NameIndex()
    for file, ids in zip(held, fresh, strict=True):
        pause()
        runs.append(SortedRun(file.postings, file.hidden.union(file.cables) - ids))
        names.add_kept(file.names, ids)
    return runs, names

"""The pass over sentences: it reads the texts once more, for the echo file.

The echo file also contains the names of people. Next to it is an index of sentences that tools find
in a text; all of them are collected in the same reading.

The pass is the last one and is optional. At intervals, the sentences read so far are written into a
run (a sorted file), and the index is committed: a stopped pass continues from there. A cable whose
record has not changed is not reread. At the end, the runs and the existing files are merged into
one whole file. But if few cables were added or changed since the whole file was made, they become a
segment next to it (`sentences.echo_file`), whose cost depends only on those few cables.

Each file contains the number of the commit that immediately follows it, and replaces other files
only after that commit. A file without its commit is removed, and the earlier files still exist. If
the index has another number, it was lost or damaged, and everything is reread.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

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
from cable_tui.base.named_tuple import NamedTuple
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
    """Raised if the pass was stopped while it merged."""


Sentences = tuple[list[str], ...]
"""The sentences of a text, one list for each field of the index of sentences."""
FindSentences = Callable[[Reading], Sentences]
"""A tool's function that finds sentences in a body: one list for each of the tool's fields."""


def _sentences(reading: Reading) -> Sentences:
    finders: list[FindSentences] = [load(tool.sentences) for tool in tools() if tool.sentences]
    return tuple(texts for finder in finders for texts in finder(reading))


class ReadSentences(NamedTuple):
    """The fingerprints, sentences and names that a worker has read in a cable."""

    cable: int
    numbers: array[int]
    """The fingerprints of the cable's sentences."""
    names: dict[MentionedName, int]
    sentences: Sentences
    further: Sequence[Sentences] = ()
    """The sentences that only further records of the cable contain."""

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
    """Yield the sentences of records, read from their files; runs in a worker process."""
    archive_root, text_tasks = task
    yield parsed(archive_root, text_tasks, _read)


def _read(
    raw: RawCable, record_task: RecordTask, further: Sequence[FurtherRecord]
) -> ReadSentences:
    shown_sentences = _of_record(raw, record_task)
    return _with_further(shown_sentences, further) if further else shown_sentences


def _of_record(raw: RawCable, record_task: RecordTask) -> ReadSentences:
    reading = Reading(raw.body)
    sentence_numbers = array("I", numbers_of(prose(reading, record_task.head_end)))
    return ReadSentences(
        record_task.cable, sentence_numbers, names_of(raw, reading), _sentences(reading)
    )


def _with_further(
    shown_sentences: ReadSentences, further: Sequence[FurtherRecord]
) -> ReadSentences:
    """Return the sentences of a cable, including those that only its other records contain."""
    known_numbers = dict.fromkeys(shown_sentences.numbers)
    roles_by_name = dict(shown_sentences.names)
    known_keys = [{_key(sentence) for sentence in texts} for texts in shown_sentences.sentences]
    only_in_further: list[Sentences] = []
    for task, raw in further:
        record = _of_record(raw, task)
        known_numbers |= dict.fromkeys(record.numbers)
        for name, roles in record.names.items():
            roles_by_name[name] = roles | roles_by_name.get(name, 0)
        new_sentences: list[list[str]] = []
        for field_keys, texts in zip(known_keys, record.sentences, strict=True):
            new_sentences.append(
                [sentence for sentence in texts if _key(sentence) not in field_keys]
            )
            field_keys.update(map(_key, new_sentences[-1]))
        only_in_further.append(tuple(new_sentences))
    return ReadSentences(
        shown_sentences.cable,
        array("I", known_numbers),
        roles_by_name,
        shown_sentences.sentences,
        only_in_further,
    )


def _key(text: str) -> str:
    """Return a sentence without its line breaks and spaces, which differ between formats."""
    return "".join(text.split())


class EchoPass:
    """One run of the pass."""

    def __init__(self, folder: Path, progress: PassProgress, pace: Pace) -> None:
        self._folder = folder
        self._pace = pace
        self._progress = progress
        self.outdated = echo_file.is_outdated(folder)
        """Whether the current file was made by another version of the program."""
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
        """Return whether a file is intact and current, and its commit is in the index."""
        echoes = echo_file.opened(file, checked=True)
        return echoes is not None and echoes.commit <= self._commit

    @staticmethod
    def _remove(unwanted_files: Iterable[Path]) -> None:
        for file in unwanted_files:
            with suppress(OSError):  # one that a reader has open on Windows goes another time
                file.unlink()

    @property
    def done(self) -> int:
        """The number of cables whose sentences are known."""
        return len(self._known)

    def is_needed(self) -> bool:
        """Return whether any cable has to be read, or was removed."""
        return self._made is None or bool(self._runs or self._stale)

    def pending(self, size: int) -> Iterator[list[RecordTask]]:
        """Yield the cables to be read, in groups of neighbours in the files."""
        ids = [id_ for id_ in self._crcs if id_ not in self._known]
        for start_index in range(0, len(ids), size):
            batch_ids = ids[start_index : start_index + size]
            id_list = ",".join(map(str, batch_ids))
            records = self._progress.records(
                f"SELECT id, {LOCATION} FROM cable WHERE id IN ({id_list}) "  # noqa: S608 - ids
                "ORDER BY file, offset",
                (),
            )
            yield catalogue_rows.with_further(self._db, list(records))

    def take(self, batch: list[Parsed]) -> None:
        """Keep the results of a worker. An unreadable cable has no sentences."""
        index_entries: list[IndexEntry] = []
        for result in batch:
            if result.gone:  # the next walk sees what became of it
                continue
            id_ = result.task.cable
            self._known.add(id_)
            self._read.append(id_)
            if isinstance(sentences_read := result.made, ReadSentences):
                self._postings.extend(
                    [
                        (sentence_number << ID_BITS) | id_
                        for sentence_number in sentences_read.numbers
                    ]
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
        file_header = {
            "stamp": echo_file.stamp(),
            "voices": commit,
            "generation": catalogue_file.generation(self._db),
            "holds": echo_file.holds(self._db),
            "whole": segment[0],
        }
        number_arrays = (postings, array("I", ids), array("I", (self._crcs[id_] for id_ in ids)))
        file_parts = [memoryview(number_array).cast("B") for number_array in number_arrays]
        overview_json = json.dumps(overview).encode()
        hidden_ids = array("I", sorted(segment[1]))
        container.write(
            file, file_header, [*file_parts, overview_json, *names.parts(), hidden_ids.tobytes()]
        )

    def finish(self, root: Path, stop: Callable[[], bool]) -> None:
        """Make one file of all sentences, or a segment; if the pass is stopped, the runs are kept.

        The most frequent passages are read from the files in `root`.
        """

        def pause() -> None:
            if stop():
                raise _Stopped

        has_deletions = bool(self._stale and self._commit and not self._deleted)
        try:
            files_written = self._join(root, self._commit + has_deletions, pause)
        except _Stopped:
            return
        if has_deletions:
            self._committed()
            self.leave()
        self._runs, self._made = [], None
        self._remove(file for file in self._files() if file not in files_written)

    def _join(self, root: Path, commit: int, pause: Callable[[], None]) -> list[Path]:
        """Write the file; return the files that now contain all sentences."""
        new_file = self._new_file()
        files_held = self._held()
        fresh_ids = [
            self._known.intersection(file_held.fresh(self._crcs)) for file_held in files_held
        ]
        later_ids = set[int]().union(*fresh_ids[1:])
        if self._made:
            whole_file = files_held[0]
            hidden_ids = whole_file.hidden.union(whole_file.cables) - (fresh_ids[0] - later_ids)
            if len(hidden_ids | later_ids) * self._pace.segment_share <= len(self._crcs):
                sorted_runs, name_index = _sources(files_held[1:], fresh_ids[1:], pause)
                postings = array("Q", chain.from_iterable(echo_merge.pieces(sorted_runs, pause)))
                segment = whole_file.file.name, hidden_ids
                self._write(
                    new_file, commit, postings, sorted(later_ids), name_index, segment=segment
                )
                return [whole_file.file, new_file]
        sorted_runs, name_index = _sources(
            files_held, [*(ids - later_ids for ids in fresh_ids[:1]), *fresh_ids[1:]], pause
        )
        cable_rows = self._db.execute("SELECT id, origin, created FROM cable ORDER BY id")
        filing_by_id = {id_: Filing(*filing_facts) for id_, *filing_facts in cable_rows}
        postings, sentences_counted = echo_merge.merged(sorted_runs, filing_by_id, pause)
        overview = EchoCheck(root, self._db, postings, filing_by_id, pause).overview(
            sentences_counted
        )
        self._write(new_file, commit, postings, sorted(self._known), name_index, overview)
        return [new_file]


def _sources(
    echo_files: Iterable[EchoFile], fresh_ids: Iterable[set[int]], pause: Callable[[], None]
) -> tuple[list[SortedRun], NameIndex]:
    """Return the postings and names of files, limited to their fresh cables."""
    sorted_runs, name_index = [], NameIndex()
    for source_file, ids in zip(echo_files, fresh_ids, strict=True):
        pause()
        sorted_runs.append(
            SortedRun(source_file.postings, source_file.hidden.union(source_file.cables) - ids)
        )
        name_index.add_kept(source_file.names, ids)
    return sorted_runs, name_index

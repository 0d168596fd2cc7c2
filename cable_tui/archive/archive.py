"""The reading side of an archive, which answers all questions from the room and the commands."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive import cache
from cable_tui.archive.cache import cache_folder
from cable_tui.archive.catalogue import account, additions, catalogue_file
from cable_tui.archive.catalogue import rows as catalogue_rows
from cable_tui.archive.catalogue.account import Account
from cable_tui.archive.catalogue.catalogue_file import Cache
from cable_tui.archive.records import walk
from cable_tui.archive.records.walk import Watch, never, no_reader_data, shown_path, unwatched
from cable_tui.base.cable import Cable, Problem, Source
from cable_tui.base.errors import CacheError, NotFoundError
from cable_tui.base.index_state import Summary
from cable_tui.base.value import replace
from cable_tui.query import Query
from cable_tui.query.answers import CableRow, Highlighting

if TYPE_CHECKING:
    from cable_tui.archive.records.read import RecordTask
    from cable_tui.archive.search.passages import FoundPassage
    from cable_tui.archive.search.query_completions import Completion
    from cable_tui.archive.search.snapshot import SearchCaches
    from cable_tui.query.answers import Absence, Count, Hits, Jump, Offer, Reason, Timeline
    from cable_tui.query.reader_terms import ReaderData


def open_archive(path: Path, cache_root: Path, *, readonly: bool = False) -> Archive:
    """Return the archive at `path` with the current content of its cache; nothing is indexed.

    Raises `ArchiveError` if there is nothing to read at `path`, and `CacheError` if there is no
    cache and `readonly` forbids creating an empty one.
    """
    root = walk.checked(path)
    cache_path = cache_folder(root, cache_root)
    if not cache.is_own(cache_path):
        _check_foreign(path, cache_path, cache_root)
        return Archive(root, cache_path)
    archive = Archive(root, cache_path)
    try:
        with archive.reading():  # the first question takes the same connection
            pass
    except CacheError:
        if readonly:
            raise CacheError(
                f"{path}: it has no readable cache; `cable-tui index` builds one"
            ) from None
        try:
            catalogue_file.open_writer(cache_path).close()
        except sqlite3.DatabaseError:
            with cache.building(cache_path):  # no other builder has made one meanwhile
                catalogue_file.open_or_renew(cache_path).close()
    return archive


def _check_foreign(path: Path, folder: Path, cache_root: Path) -> None:
    """Raise `CacheError` if another user's cache is not usable; only its owner can renew it."""
    from cable_tui.archive.catalogue import passes

    try:
        with closing(catalogue_file.open_reader(cache.readable(folder))) as db:
            is_ours = all(passes.is_current(db, name) for name in passes.PASSES)
    except (CacheError, sqlite3.Error):
        raise CacheError(
            f"{path}: {cache_root} contains no cache of it that you can read, and you cannot write "
            "there. Ask the owner of that folder to create one, or choose another --cache"
        ) from None
    if not is_ours:
        raise CacheError(
            f"{path}: its cache in {cache_root} was made by another version of cable-tui: its "
            "owner can index it again with this version; or choose another --cache"
        )


class Archive(Cache):
    """One folder of cables and its cache. May be used from several threads at once."""

    def __init__(self, root: Path, folder: Path) -> None:
        super().__init__(folder)
        self.root = root
        """The folder of cables, or the one file; a real path."""
        self.own: Callable[[], ReaderData] = no_reader_data
        """A function that returns the reader's own data; every question that needs the data calls
        it.
        """
        self.watch: Watch = unwatched
        """The watch that receives the texts read for a question."""

    @cached_property
    def caches(self) -> SearchCaches:
        """The answers to earlier questions."""
        from cable_tui.archive.search.snapshot import SearchCaches  # it needs tantivy

        return SearchCaches()

    def summary(self) -> Summary:
        """Return counts of the archive's contents; the cost does not depend on its size."""
        with self.reading() as db:
            return account.summary(db)

    def has_all_files(self) -> bool:
        """Return whether every file has been read since the last walk began."""
        from cable_tui.archive.catalogue import passes

        with self.reading() as db:
            return passes.was_walked(db)

    def added_since(self, time: float, period: str) -> int:
        """Return the number of cables added in a period, or 0 if none were added after a time."""
        with self.reading() as db:
            return len(additions.added_in(db, period)) if additions.has_run_since(db, time) else 0

    def account(self) -> Account:
        """Return the outcome for each file and record; see `catalogue.account`."""
        with self.reading() as db:
            return account.account(db)

    def without_text(self) -> dict[str, int]:
        """Return the number of cables whose archive states why they lack a text, by `is:` flag."""
        with self.reading() as db:
            return account.without_text(db)

    def read_in_order(self) -> tuple[int, str]:
        """Return how many files are slow to read backward, as in a solid archive, and one path."""
        with self.reading() as db:
            return account.read_in_order(db)

    def search(
        self,
        query: Query,
        sort: str = "",
        limit: int | None = None,
        cancelled: Callable[[], bool] = never,
        *,
        offering: bool = True,
    ) -> Hits:
        """Return the cables that a query matches, in order; see `search.engine`."""
        from cable_tui.archive.search import engine

        return engine.run(
            self, query, sort=sort, limit=limit, offering=offering, cancelled=cancelled
        )

    def bits_of(self, query: Query) -> int:
        """Return the cables that a query matches as a set, see `columns.bitset`."""
        from cable_tui.archive.search import engine

        return engine.bits_of(self, query)

    def offers(self, query: Query) -> tuple[Offer, ...]:
        """Return suggestions for words that have much more frequent neighbours.

        See `spelling.correct`.
        """
        from cable_tui.archive.search import engine

        return engine.offers(self, query)

    def absences(self, query: Query, count: int) -> tuple[Absence, ...]:
        """Return the parts of a query that match no cable; `count` is its number of hits."""
        from cable_tui.archive.search import engine

        return engine.absences(self, query, count)

    def counts(self, query: Query, cancelled: Callable[[], bool] = never) -> dict[str, list[Count]]:
        """Return how many cables each value of each facet would match: see `search.engine`."""
        from cable_tui.archive.search import engine

        return engine.counts(self, query, cancelled)

    def spellings(self, word: str) -> tuple[tuple[str, int], ...]:
        """Return a name's other spellings here and their cable counts: see `spelling.correct`."""
        from cable_tui.archive.search.snapshot import Snapshot
        from cable_tui.archive.spelling import correct

        return correct.spellings(word, Snapshot(self).word_index())

    def reasons(self, query: Query, cancelled: Callable[[], bool] = never) -> tuple[Reason, ...]:
        """Return the effect of leaving out each part of a query without hits.

        See `search.engine`.
        """
        from cable_tui.archive.search import engine

        return engine.reasons(self, query, cancelled)

    def completions(self, text: str, column: int) -> tuple[Completion, ...]:
        """Return completions of the word at a column of the query: see `search.completions`."""
        from cable_tui.archive.search import query_completions

        return query_completions.completions(self, text, column)

    def jump(self, text: str, limit: int = 8) -> list[Jump]:
        """Return the cables, posts and TAGS that a line of text may refer to: see `search.jump`."""
        from cable_tui.archive.search import jump

        return jump.find_jumps(self, text, limit=limit)

    def rows(self, ids: Sequence[int]) -> list[CableRow]:
        """Return rows of the list, in the order of the ids, without ids that no longer exist."""
        with self.reading() as db:
            return catalogue_rows.rows(db, ids)

    def timeline(
        self, query: Query, dates: Sequence[Count], cancelled: Callable[[], bool] = never
    ) -> Timeline:
        """Return the number of a query's cables by month or day.

        `dates` contains the query's counts; see `search.timeline`.
        """
        from cable_tui.archive.search import month_counts

        return month_counts.timeline(self, query, dates, cancelled)

    def scores(self, query: Query, ids: Sequence[int]) -> dict[int, float]:
        """Return the relevance scores of cables: see `search.engine`."""
        from cable_tui.archive.search import engine

        return engine.scores(self, query, ids)

    def records_of(
        self, query: Query, ids: Sequence[int], cancelled: Callable[[], bool] = never
    ) -> dict[int, int]:
        """Return, by cable, the number of a matching record if the displayed one does not match."""
        chosen_crcs = self.chosen(ids)
        with self.reading() as db:
            ids_of_several = sorted(catalogue_rows.further(db, ids) | chosen_crcs.keys())
        if not ids_of_several:
            return {}
        from cable_tui.archive.search import engine

        return engine.records_of(self, query, ids_of_several, chosen_crcs, cancelled)

    def chosen(self, ids: Sequence[int]) -> dict[int, int]:
        """Return the numbers of the records that the reader has chosen, by cable."""
        with self.reading() as db:
            ids_of_several = catalogue_rows.several(db, ids)
        if not ids_of_several or not (chosen_crcs := self.own().records):
            return {}
        with self.reading() as db:
            return catalogue_rows.chosen(db, chosen_crcs, ids_of_several)

    def passages(
        self,
        ids: Sequence[int],
        highlights: Highlighting,
        cancelled: Callable[[], bool] = never,
        *,
        records: Mapping[int, int] | None = None,
    ) -> list[FoundPassage]:
        """Return the best passage of each cable for the highlighted words: see `search.passages`.

        `records` is a result of `records_of`.
        """
        from cable_tui.archive.search import passages

        records = {**self.chosen(ids), **(records or {})}
        return passages.passages(self, ids, highlights, cancelled, records)

    def ids(self, canonical_ids: Sequence[str]) -> dict[str, int]:
        """Return the ids of the cables with these canonical ids, if they are in the archive."""
        with self.reading() as db:
            return catalogue_rows.ids(db, canonical_ids)

    def newest(self, limit: int) -> tuple[list[CableRow], int]:
        """Return cables for the first screen, newest first, and the number of all cables."""
        with self.reading() as db:
            newest_rows = catalogue_rows.rows(db, catalogue_rows.newest(db, limit))
            return newest_rows, catalogue_file.get_number(db, "count:cable")

    def cable(self, id_: int, number: int = 0) -> Cable:
        """Return a whole cable, read from the user's own file.

        The first of its sources is the record that was read. `number` is the number of the record;
        0 is the record that the reader has chosen, or else the richest. Raises `SourceGone` if the
        file has changed or is gone, and `NotFoundError`.
        """
        # Imported late here and below: the first list on the screen needs no grammar.
        from cable_tui import telegram
        from cable_tui.archive.catalogue.resolve_references import CitationGraph, kept_learned
        from cable_tui.archive.catalogue.whole_words import with_joined_subject
        from cable_tui.archive.records import differences
        from cable_tui.archive.records.read import read_record
        from cable_tui.telegram.edition import without_absent

        with self.reading() as db:
            learned_codes = kept_learned(db)
        tasks = self.records(id_, number)
        raw = read_record(self.root, tasks[0])
        cable = telegram.parse(raw, learned_codes)
        with self.reading() as db:
            graph, created = CitationGraph(db), cable.facts.created
            references = graph.resolved(cable.references, created)
            in_text = graph.resolved(cable.text_references, created)
            cable = with_joined_subject(db, cable)
        if cable.edition is not None:
            references = without_absent(references)
        sources = differences.record_sources(self.root, raw, tasks)
        return replace(cable, references=references, text_references=in_text, sources=sources)

    def records(self, id_: int, record_number: int = 0) -> list[RecordTask]:
        """Return the records of a cable, with the numbered record first, as in `cable`."""
        with self.reading() as db:
            tasks = catalogue_rows.every_record(db, id_)
        if len(tasks) > 1 and not record_number:
            record_number = self.chosen([id_]).get(id_, 1)
        record_number = record_number or 1
        if record_number > len(tasks):
            version_count = f"{len(tasks)} version{'' if len(tasks) == 1 else 's'}"
            raise NotFoundError(
                f"there is no version {record_number} of this cable; it has {version_count}"
            )
        return [tasks[record_number - 1], *(task for task in tasks if task.number != record_number)]

    def raw_bytes(self, id_: int, number: int = 0) -> bytes:
        """Return the bytes of a record, selected as in `cable`.

        Raises `SourceGone`, `NotFoundError`.
        """
        from cable_tui.archive.records.read import read_bytes

        return read_bytes(self.root, self.records(id_, number)[0])

    def crc(self, id_: int, number: int) -> int:
        """Return the CRC of a record of a cable, which identifies the reader's choice."""
        return self.records(id_, number)[0].crc

    def sources(self, id_: int) -> tuple[Source, ...]:
        """Return every record of the cable, richest first; `cable` returns how they differ."""
        with self.reading() as db:
            return catalogue_rows.sources(db, self.root, id_)

    def find(self, reference: str) -> int | None:
        """Return the cable that a reference names, typed or pasted in any known form, or None."""
        from cable_tui.archive.catalogue.resolve_references import CitationGraph, canonical_of

        with self.reading() as db:
            return CitationGraph(db).cable(canonical_of(reference))

    def cited_by(self, canonical_id: str) -> list[int]:
        """Return the cables that cite the given cable, oldest first."""
        from cable_tui.archive.catalogue.resolve_references import CitationGraph

        with self.reading() as db:
            return CitationGraph(db).cited_by(canonical_id)

    def problems(self) -> list[Problem]:
        """Return files and records that look like cables but cannot be read, by path and line."""
        with self.reading() as db:
            problem_rows = db.execute(
                "SELECT path, line, reason FROM problem JOIN file ON file.id = problem.file "
                "ORDER BY path, line"
            ).fetchall()
        return [
            Problem(shown_path(self.root, path), line, reason)
            for path, line, reason in problem_rows
        ]

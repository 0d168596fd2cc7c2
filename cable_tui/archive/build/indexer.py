"""The indexer: a generator that walks over the files, reads them, writes the cache, and reports.

However it ends (`stop`, a closed generator, Ctrl-C, a kill), the cache is valid and contains every
batch that was committed; the next run continues from there. Nothing is parsed within a transaction.

The pass over cables with several records (`_records`) decides which record is displayed, and how
the others differ. Records that are byte for byte the same are not read; a cable's records are
compared again only if a record was added or changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import cache as once
from functools import partial
from pathlib import Path
from typing import Any, Literal

from cable_tui.archive import cache
from cable_tui.archive.build import publish, text_pass
from cable_tui.archive.build.echo_pass import EchoPass, read_sentences
from cable_tui.archive.build.pace import Pace
from cable_tui.archive.build.read_in_turns import read_in_turns
from cable_tui.archive.build.run import Run
from cable_tui.archive.build.text_pass import TextPass, TextTask
from cable_tui.archive.build.worker_pool import (
    Lost,
    Pool,
    Task,
    Work,
    pool_size,
    rare_garbage_collection,
)
from cable_tui.archive.cache import cache_folder
from cable_tui.archive.catalogue import catalogue_file, facet_columns, passes, rows
from cable_tui.archive.catalogue.account import left_kinds, skipped_kinds
from cable_tui.archive.catalogue.passes import PASSES, Pass, keep_fingerprint
from cable_tui.archive.catalogue.resolve_references import CitationGraph, kept_learned
from cable_tui.archive.catalogue.whole_words import join_subjects
from cable_tui.archive.columns import saved
from cable_tui.archive.fingerprint import save_fingerprint
from cable_tui.archive.fulltext import schema as text_schema
from cable_tui.archive.fulltext.index_files import remove_left_files
from cable_tui.archive.fulltext.schema import LeftFileError
from cable_tui.archive.records import walk
from cable_tui.archive.records.best_record import HAS_WORDS, IS_WITHOUT_TEXT
from cable_tui.archive.records.catalogue_rows import GrammarRow, read_grammar
from cable_tui.archive.records.compared_records import (
    ComparedRecords,
    SeveralRecords,
    compare_records,
    lost_records,
)
from cable_tui.archive.records.further import VARIANT
from cable_tui.archive.records.read import Parsed, lost_record
from cable_tui.archive.records.walk import never
from cable_tui.archive.spelling import word_list
from cable_tui.archive.spelling.word_list import WordList
from cable_tui.base.index_state import Progress, Stage
from cable_tui.base.value import replace
from cable_tui.operating_system import files
from cable_tui.query.flags import flags_of

_MOST_WORKERS = 8

PassTable = Literal["grammar", "text"]


def index(  # noqa: PLR0913 - options by name
    path: Path,
    cache_root: Path,
    *,
    passes: Sequence[Pass] = PASSES,
    stop: Callable[[], bool] = never,
    rebuild: bool = False,
    frus_all: bool = False,
    tables: passes.NamedTables = (),
    echoes: bool = False,
    retry: bool = False,
    workers: int | None = None,
    pace: Pace = Pace(),  # noqa: B008 - a value
) -> Iterator[Progress]:
    """Update the cache of the archive at `path`; `workers` 0 keeps the work in one process.

    `frus_all` and `tables` as in `Settings`. With `echoes`, sentences are compared after everything
    else. With `retry`, files that yielded nothing are reread, however long it takes.

    Raises `ArchiveError` if there is nothing to read or, at the end, no cable in the archive, and
    `CacheError` if another process is building the cache or the cache cannot be written.
    """
    root = walk.checked(path)
    cache_path = cache_folder(root, cache_root)
    with cache.building(cache_path), rare_garbage_collection():
        for name in (text_schema.FOLDER, text_schema.SENTENCES_FOLDER):
            remove_left_files(cache_path / name)
        if rebuild:
            catalogue_file.remove(cache_path)
            files.remove_closed(cache_path / text_schema.SENTENCES_FOLDER)  # they are read again
        try:
            db = catalogue_file.open_or_renew(cache_path)
        except sqlite3.Error as error:
            raise catalogue_file.failure(cache_path, error) from error
        try:
            with Pool(pool_size(_MOST_WORKERS) if workers is None else workers, stop) as pool:
                run = Run(root, cache_path, db, pool, stop, pace)
                run.patient = retry
                run.catalogue.choose_documents(everything=frus_all)
                run.catalogue.choose_tables(tables)
                if retry:
                    run.catalogue.forget_failures()
                publish.publish(cache_path, cache_root, first=True)
                _reset_outdated(run)
                yield from _run(run, passes, echoes=echoes)
            if not run.progress.counts["cable"] and not stop():
                unread_files = sum(left_kinds(db).values())
                raise walk.no_cable(path, skipped_kinds(db), *_unread(db, root), unread_files)
            publish.publish(cache_path, cache_root)
        except sqlite3.Error as error:
            raise catalogue_file.failure(cache_path, error) from error
        finally:
            db.close()


def _unread(db: sqlite3.Connection, root: Path) -> tuple[int, str]:
    """Return the number of files that could not be read, and one of their paths with its reason.

    If there are none, return 0 and a file that was skipped for a reason, or an empty string.
    """
    problem_rows = db.execute(
        "SELECT state != 'skipped' AS lost, count(DISTINCT f.id), min(path), reason "
        "FROM problem JOIN file f ON f.id = file GROUP BY lost ORDER BY lost DESC LIMIT 1"
    ).fetchall()
    for is_lost, file_count, path, reason in problem_rows:
        return int(file_count) if is_lost else 0, f"{walk.shown_path(root, path)}: {reason}"
    return 0, ""


def _run(run: Run, passes: Sequence[Pass], *, echoes: bool) -> Iterator[Progress]:
    if "facts" in passes and not run.stop():
        run.pulse.begin()
        yield from _facts(run, passes)
    yield from _further_passes(run, passes)
    if not run.stop():
        _save_for_readers(run)
        if echoes:
            run.pulse.begin()
            yield from _echoes(run)
    cable_count = run.progress.counts["cable"]
    last_progress = run.report("done", cable_count, cable_count)
    skipped_files = skipped_kinds(run.db) | left_kinds(run.db)
    yield replace(last_progress, skipped=skipped_files, stopped=run.stop())


def _further_passes(run: Run, passes: Sequence[Pass]) -> Iterator[Progress]:
    """Run the passes over the cables whose facts are known, and yield their progress."""
    for pass_name, pass_function in (("records", _records), ("grammar", _grammar), ("text", _text)):
        if pass_name in ("records", *passes) and not run.stop():
            run.pulse.begin()
            yield from pass_function(run)


def _save_for_readers(run: Run) -> None:
    """Save next to the catalogue the data that a reader would otherwise build at startup."""

    @once
    def words() -> WordList:
        from cable_tui.archive.fulltext.text_index import TextIndex  # it loads the engine

        return word_list.build_words(TextIndex(run.folder / text_schema.FOLDER).plain_words())

    if run.progress.counts["text"]:
        join_subjects(run.db, lambda word: words().count(word))
    saved.save_columns(run.db, run.folder)
    saved.save_measures(run.db, run.folder)
    save_fingerprint(run.db)
    if run.progress.counts["text"]:
        word_list.save_words(run.folder, catalogue_file.generation(run.db), words)


def _reset_outdated(run: Run) -> None:
    """Mark the passes that another version of the program has run, so they are repeated."""
    for name in PASSES:
        if passes.is_current(run.db, name):
            continue
        run.outdated = run.progress.counts["cable"] > 0
        if name == "text":
            text_pass.reset(run.folder, run.progress)
        if name == "grammar":
            run.progress.forget_pass(name)
        with catalogue_file.transaction(run.db):
            if name == "facts":
                run.db.execute("UPDATE file SET mtime_ns = -1")
                catalogue_file.set_state(
                    run.db, "refresh", 1 if run.progress.counts["cable"] else 0
                )
            catalogue_file.set_state(run.db, f"stamp:{name}", passes.stamp(name))


def _facts(run: Run, passes: Sequence[Pass]) -> Iterator[Progress]:
    catalogue = run.catalogue
    catalogue.begin()
    known_files = catalogue.files()
    gone_paths = set(known_files)
    fingerprint = walk.FilesFingerprint()
    found_files = fingerprint.of(walk.walk(run.root))
    waiting_files: list[walk.FoundFile] = []
    files_listed = 0
    for files_listed, file_found in enumerate(found_files, 1):
        gone_paths.discard(file_found.path)
        if known_files.get(file_found.path, (0, -1, -1))[1:] != (
            file_found.size,
            file_found.mtime_ns,
        ):
            waiting_files.append(file_found)
        else:
            for file in catalogue.archives.inside(file_found):
                gone_paths.discard(file.path)
                if known_files[file.path][1:] != (file.size, file.mtime_ns):
                    waiting_files.append(file)
        if run.pulse.due():
            yield run.report("walk", files_listed, 0)
            if run.stop():
                return
    tasks = catalogue.expect(waiting_files, known_files)

    def others() -> Iterator[Progress]:
        _learn(run)
        yield from _further_passes(run, passes)

    yield from read_in_turns(run, tasks, known_files, gone_paths, others)
    if run.stop():
        return
    catalogue.forget_files(known_files[path][0] for path in gone_paths)
    catalogue.finish(files_listed + catalogue.archives.files)
    keep_fingerprint(run.db, fingerprint.text())
    _learn(run)
    if waiting_files:
        cable_count = run.progress.counts["cable"]
        yield run.report("facts", cable_count, cable_count)


_NEW = "SELECT DISTINCT cable FROM also WHERE differs IS NULL"
_IN_ORDER = """
SELECT also.cable FROM also JOIN cable ON cable.id = also.cable JOIN file ON file.id = cable.file
WHERE differs IS NULL GROUP BY also.cable
ORDER BY min(CASE in_order WHEN 0 THEN also.file ELSE cable.file END),
    min(CASE in_order WHEN 0 THEN also.offset ELSE cable.offset END)
"""
"""Cables with uncompared records, in file order, because some dumps are slow to read backward."""
# A whole record is shown in place of the same one in a damaged file.
_SAME = f"""
UPDATE also SET differs = 0 WHERE differs IS NULL AND EXISTS (
    SELECT 1 FROM cable
    JOIN file ours ON ours.id = cable.file
    JOIN file theirs ON theirs.id = also.file
    WHERE cable.id = also.cable AND cable.crc = also.crc AND cable.length = also.length
    AND ours.kind = theirs.kind AND NOT {rows.IS_DAMAGED})
"""  # noqa: S608 - ours

_WITHOUT_TEXT = f"""
UPDATE also SET differs = {VARIANT} WHERE differs IS NULL AND {IS_WITHOUT_TEXT.format("richness")}
AND EXISTS (
    SELECT 1 FROM cable WHERE cable.id = also.cable AND {HAS_WORDS.format("cable.richness")})
"""  # noqa: S608 - our own conditions
"""A condition for records that are list rows without words to compare, so neither they nor the
displayed record are read.
"""


def _records(run: Run) -> Iterator[Progress]:
    """Choose the displayed record for cables that have several."""
    if run.db.execute(f"{_NEW} LIMIT 1").fetchone():
        with catalogue_file.transaction(run.db):
            run.db.execute(_SAME)
            run.db.execute(_WITHOUT_TEXT)
    cables = [id_ for (id_,) in run.db.execute(_IN_ORDER)]

    def several() -> Iterator[Task]:
        group_size = run.pace.task_cables
        for first_index in range(0, len(cables), group_size):
            shown_records = rows.records(run.db, cables[first_index : first_index + group_size])
            records_of_cables = ((task, *rows.others(run.db, task.cable)) for task in shown_records)
            yield (
                run.root,
                [SeveralRecords(records[0].cable, records) for records in records_of_cables],
            )

    def take(compared: list[ComparedRecords]) -> None:
        with catalogue_file.transaction(run.db):
            run.catalogue.cables.take_compared(compared)
            run.progress.end_batch()

    results = run.readers(len(cables)).run(compare_records, several(), lost_records)
    yield from _taken(run, "records", results, take, (0, len(cables)))


def _grammar(run: Run) -> Iterator[Progress]:
    graph = CitationGraph(run.db)
    learned_codes = kept_learned(run.db)

    def take(parsed: list[Parsed]) -> None:
        run.progress.write_grammar(
            [(result.task.cable, _dated(graph, result)) for result in parsed if not result.gone]
        )
        problems = [
            (result.task, result.problem) for result in parsed if result.problem and not result.gone
        ]
        if problems:
            run.progress.add_problems(problems)

    read_raw = partial(read_grammar, learned=learned_codes)
    yield from _cables(run, "grammar", run.progress.pending, read_raw, take, lost_record)


def _learn(run: Run) -> None:
    """Store the archive's own stations. A change may alter the meaning of references."""
    learned_codes = CitationGraph(run.db).learned()
    if learned_codes != kept_learned(run.db):
        run.progress.forget_pass("grammar")
        with catalogue_file.transaction(run.db):
            catalogue_file.set_state(run.db, "learned", " ".join(sorted(learned_codes)))


def _dated(graph: CitationGraph, parsed: Parsed) -> GrammarRow:
    """Return a row with the references whose years only the archive's serials can show."""
    grammar_row = parsed.made
    if not isinstance(grammar_row, GrammarRow):  # counted as done, or every run would try it again
        flags = flags_of(("unparsed",))
        no_facets: tuple[tuple[str, ...], ...] = ((),) * len(facet_columns.facets("grammar"))
        return GrammarRow("", None, (), no_facets, (), (), ("unparsed",), flags=flags)
    if not grammar_row.inferred:
        return grammar_row
    dated_ids = (
        graph.dated(reference, grammar_row.created).reference_id
        for reference in grammar_row.inferred
    )
    cites = dict.fromkeys(
        (*grammar_row.cites, *(canonical_id for canonical_id in dated_ids if canonical_id))
    )
    return grammar_row._replace(cites=tuple(cites))


def _text(run: Run) -> Iterator[Progress]:
    run.damage = text_pass.mend(run.folder, run.progress)
    yield from _or_again(run, _add_texts, lambda: text_pass.reset(run.folder, run.progress))


def _or_again(
    run: Run, work: Callable[[Run], Iterator[Progress]], remove_index: Callable[[], None]
) -> Iterator[Progress]:
    """Run a pass that fills an index; if a leftover file blocks it, restart the index."""
    try:
        yield from work(run)
    except LeftFileError as error:
        run.damage = str(error)
    else:
        return
    remove_index()
    yield from work(run)


def _add_texts(run: Run) -> Iterator[Progress]:
    if not text_pass.outstanding(run.db, run.progress):
        return
    text_pass_run = TextPass(run.folder, run.progress, run.pace)

    def pending(name: PassTable, size: int) -> Iterator[list[TextTask]]:
        return map(text_pass_run.tasks, run.progress.pending(name, size))

    def lost(task: TextTask) -> list[Parsed]:
        return lost_record(task.record)

    try:
        yield from _cables(run, "text", pending, text_pass.read_texts, text_pass_run.take, lost)
        text_pass_run.finish()
    finally:
        text_pass_run.leave()


def _echoes(run: Run) -> Iterator[Progress]:
    """Compare the sentences of all texts; no other pass waits for this one."""
    folder = run.folder / text_schema.SENTENCES_FOLDER
    yield from _or_again(run, _compare_sentences, lambda: files.remove_closed(folder))


def _compare_sentences(run: Run) -> Iterator[Progress]:
    echo_pass = EchoPass(run.folder, run.progress, run.pace)
    if not echo_pass.is_needed():
        return
    run.outdated = run.outdated or echo_pass.outdated
    done_before, total = echo_pass.done, run.progress.counts["cable"]
    tasks = ((run.root, some_records) for some_records in echo_pass.pending(run.pace.task_cables))
    results = run.readers(total - done_before).run(read_sentences, tasks, lost_record)
    try:
        yield from _taken(run, "echoes", results, echo_pass.take, (done_before, total))
    finally:
        echo_pass.leave()
    if not run.stop():
        yield run.report("echoes", echo_pass.done, total, echo_pass.done - done_before)
        echo_pass.finish(run.root, run.stop)


def _cables(  # noqa: PLR0913, PLR0917 - what a pass does with each group of cables
    run: Run,
    name: PassTable,
    pending: Callable[[PassTable, int], Iterator[list[Any]]],
    read: Work,
    take: Callable[[list[Parsed]], None],
    lost: Lost,
) -> Iterator[Progress]:
    """Run one pass for the cables that lack it: a worker reads them, `take` stores the results."""
    cables_done, total = run.progress.counts[name], run.progress.counts["cable"]
    tasks = ((run.root, some_records) for some_records in pending(name, run.pace.task_cables))
    results = run.readers(total - cables_done).run(read, tasks, lost)
    yield from _taken(run, name, results, take, (cables_done, total))


def _taken(
    run: Run,
    stage: Stage,
    results: Generator[list[Any], None, None],
    take: Callable[[list[Any]], None],
    done_and_total: tuple[int, int],
) -> Iterator[Progress]:
    """Store the results of the workers until the run is stopped.

    `done_and_total` are numbers of cables: done before, and in all.
    """
    begun_at, file_total = done_and_total
    cables_done = begun_at
    try:
        for batch in results:
            take(batch)
            cables_done += len(batch)
            if run.pulse.due():
                yield run.report(stage, cables_done, file_total, cables_done - begun_at)
            if run.stop():
                return
    finally:
        results.close()

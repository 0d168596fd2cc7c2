"""Read the facts of files in turns, so that no file delays the others.

Slow files are read last: first all files that this program can read alone, and archives with their
files; then files that need a separate process, each for a short time; then files that took longer.
A file in that last turn may take as long as it needs, but files that yield nothing share a time
budget.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial

from cable_tui.archive.build.run import Run
from cable_tui.archive.build.scan_files import (
    TURNS,
    FileBatch,
    FileTask,
    Turn,
    left_out,
    lost_file,
    read_files,
)
from cable_tui.archive.build.worker_pool import Task
from cable_tui.archive.build.write_files import Known
from cable_tui.archive.records.packed_files import Inside
from cable_tui.base.index_state import Progress
from cable_tui.formats.packed.member import Trouble

FEW_FILES = 200
FEW_BYTES = 2 << 20
"""The amount of work below which starting worker processes takes longer than the work."""
TASK_BYTES = 8 << 20
SLOW_FILES = 16
"""The number of files in a task, if each of them may delay those that follow it."""
OVERTAKE = 2.0
"""The number of seconds without a batch after which later tasks are done first."""
_SLOW_NAMES = (b".pdf", b".db", b".db3", b".sqlite", b".sqlite3")
"""The suffixes of files that are probably slow, so they are not examined before their turn."""


def read_in_turns(
    run: Run,
    tasks: Iterable[FileTask],
    known: Known,
    gone: set[bytes],
    others: Callable[[], Iterator[Progress]],
) -> Iterator[Progress]:
    """Read files, including the files in archives among them.

    The `others` passes are run before a turn of slow files, so known cables do not wait for slow
    files. `known` are the files that were already in the catalogue, and `gone` the files not found
    again so far.
    """
    tasks_by_turn: dict[Turn, list[FileTask]] = defaultdict(list)
    archives, late_files = run.catalogue.archives, run.catalogue.late
    done_turn: Turn = "at once"
    _put(tasks_by_turn, tasks)
    while (tasks_by_turn or archives.waiting) and not run.stop():
        if archives.waiting and "at once" not in tasks_by_turn:
            _put(tasks_by_turn, (yield from _look_into_archives(run, known, gone)))
            continue
        turn = next(turn for turn in TURNS if turn in tasks_by_turn)
        if turn not in {"at once", done_turn}:
            yield from others()
        done_turn = turn
        turn_tasks = tasks_by_turn.pop(turn)
        run.pulse.begin()  # the first cables are reported at once
        yield from _read(run, turn_tasks, _batches(run, turn_tasks, turn))
        _put(tasks_by_turn, late_files)
        late_files.clear()


def _put(tasks_by_turn: dict[Turn, list[FileTask]], tasks: Iterable[FileTask]) -> None:
    for file_task in tasks:
        if file_task.turn == "at once" and file_task.path.lower().endswith(_SLOW_NAMES):
            file_task = file_task._replace(turn="briefly")  # noqa: PLW2901 - the same task
        tasks_by_turn[file_task.turn].append(file_task)


def _look_into_archives(
    run: Run, known: Known, gone: set[bytes]
) -> Generator[Progress, None, list[FileTask]]:
    """Yield the progress, and return the files found in archives, which are to be read next."""
    archives = run.catalogue.archives
    archive_tasks: list[FileTask] = []
    # A large one may take minutes.
    archives.waiting.sort(key=lambda task: task.size, reverse=True)
    while archives.waiting and not run.stop():
        if archive_tasks and archives.waiting[-1].size > TASK_BYTES:
            break
        archive = archives.waiting.pop()
        files_inside: list[Inside] = []
        troubles: list[Trouble] = []
        try:
            for listed_item in archives.listed(run.root, archive):
                if isinstance(listed_item, Trouble):
                    troubles.append(listed_item)
                    continue
                files_inside.append(listed_item)
                if run.pulse.due():
                    yield run.report("walk", len(files_inside), 0)
                    if run.stop():
                        return []
        except OSError as error:
            run.catalogue.refuse(archive, error.strerror or str(error))
            continue
        gone.difference_update(file.path for file in files_inside)
        archive_tasks += run.catalogue.look_into(archive, files_inside, troubles, known)
    return archive_tasks


def _read(
    run: Run, tasks: list[FileTask], results: Generator[list[FileBatch], None, None]
) -> Iterator[Progress]:
    task_by_file = {task.file: task for task in tasks}
    total_bytes = sum(task.size - task.offset for task in tasks) or 1
    finished_bytes = record_count = 0
    try:
        for file_batches in results:
            run.catalogue.take_facts(file_batches, task_by_file)
            record_count += sum(len(batch.rows) + len(batch.kept) for batch in file_batches)
            finished_bytes += sum(batch.at for batch in file_batches if batch.done)
            if run.pulse.due():
                read_so_far = finished_bytes + (0 if file_batches[-1].done else file_batches[-1].at)
                estimated_total = (
                    max(record_count, round(record_count * total_bytes / read_so_far))
                    if read_so_far
                    else 0
                )
                yield run.report("facts", record_count, estimated_total)
            if run.stop():
                return
    finally:
        results.close()


def _batches(run: Run, tasks: list[FileTask], turn: Turn) -> Generator[list[FileBatch], None, None]:
    """Read files, large ones last; many files are read by workers."""
    if turn == "at length":
        yield from _at_length(run, tasks)
        return
    are_many = len(tasks) >= FEW_FILES or sum(task.size for task in tasks) >= FEW_BYTES
    sorted_tasks = sorted(tasks, key=lambda task: task.size > TASK_BYTES)
    chunks = ((run.root, chunk) for chunk in _chunks(sorted_tasks, run.pace.task_files))
    read_with_pace = partial(read_files, pace=run.pace)
    yield from (run.pool if are_many else run.here).run(read_with_pace, chunks, lost_file, OVERTAKE)


def _at_length(run: Run, tasks: list[FileTask]) -> Generator[list[FileBatch], None, None]:
    """Read slow files one by one, until too much time was spent without a result."""
    seconds_lost = 0.0
    tasks_of_others: list[FileTask] = []

    def affordable() -> Iterator[Task]:
        for file_task in tasks:
            if seconds_lost < run.pace.most_lost or run.patient:
                yield run.root, [file_task]
            else:
                tasks_of_others.append(file_task)

    read_with_pace = partial(read_files, pace=run.pace)
    for batches in run.pool.run(read_with_pace, affordable(), lost_file, 0.0):
        seconds_lost += sum(batch.lost for batch in batches)
        yield batches
    yield from ([left_out(task, run.pace.most_lost)] for task in tasks_of_others)


def _chunks(tasks: list[FileTask], most_files: int) -> Iterator[list[FileTask]]:
    """Yield files in groups that take about the same work; a large file forms its own group."""
    task_chunk: list[FileTask] = []
    chunk_size = 0
    for file_task in tasks:
        most_in_chunk = most_files if file_task.turn == "at once" else SLOW_FILES
        if task_chunk and (
            len(task_chunk) >= most_in_chunk or chunk_size + file_task.size > TASK_BYTES
        ):
            yield task_chunk
            task_chunk, chunk_size = [], 0
        task_chunk.append(file_task)
        chunk_size += file_task.size
    if task_chunk:
        yield task_chunk

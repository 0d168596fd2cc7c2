"""Worker processes that take tasks and send back streams of batches, in task order.

When the indexer dies, however it dies, its workers exit. Small amounts of work are done in the
indexer's own process.

A worker imports the script that started it. A script that starts indexing when it is imported kills
each worker before it is ready, so workers report when they are ready; after a few failures to do
so, the pool gives up.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from math import inf
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic
from typing import Any

from cable_tui.archive.records.walk import never
from cable_tui.base.errors import CacheError
from cable_tui.operating_system import processes
from cable_tui.operating_system.processes import give_way_more

Task = tuple[Path, list[Any]]
"""The archive's folder and a group of items; can be pickled."""
Batch = Any
Work = Callable[[Task], Iterator[Batch]]
"""A module-level function that yields batches for a task; they can be pickled, and none is None."""
Lost = Callable[[Any], Batch]
"""A function that returns the batch for an item that kills every worker that receives it."""

_GC_THRESHOLD = 200_000
"""The number of new objects after which a worker collects garbage. The objects of a record have no
cycles, and looking for cycles costs a tenth of the time.
"""
_NICENESS = 5
"""The niceness of a worker relative to the indexer, so that the indexer never waits for a
processor.
"""
_END = None
"""The message of a worker after the last batch of a task, and once when the worker is ready."""
_BEGUN = object()
"""The value returned instead of a batch when a worker is ready."""
_MOST_KEPT = 4
"""The maximum number of batches of a task that are received before one is taken; most tasks have
one.
"""
_LOOK_EVERY = 0.25
"""The number of seconds between two checks whether to stop."""
_MOST_FALSE_STARTS = 3
"""The number of consecutive workers that may die before they are ready: the machine may be short of
memory.
"""
_GUARD = (
    'A script that indexes must make its calls under `if __name__ == "__main__":`, because each '
    "worker imports the script. Or pass workers=0 to start no workers"
)


@contextmanager
def rare_garbage_collection() -> Iterator[None]:
    """Collect garbage as rarely as a worker does while the block runs."""
    threshold_before = gc.get_threshold()
    gc.set_threshold(_GC_THRESHOLD)
    try:
        yield
    finally:
        gc.set_threshold(*threshold_before)


def pool_size(most: int) -> int:
    """Return the number of workers for this machine: at most `most`, and none for one processor.

    With one processor, a second process only costs time.
    """
    return 0 if processes.processors() == 1 else min(processes.processors(), most)


class _WorkerDied(Exception):  # noqa: N818 - what happened
    """Raised if a worker died during a task."""


class _DiedAtStart(_WorkerDied):
    """Raised if a worker died before it was ready. Its task was not the cause."""


class _Given:
    """A task that a worker has, and its batches that have not been taken yet."""

    def __init__(self, task: Task, pipe: Connection) -> None:
        self.task = task
        self.pipe = pipe
        self.batches: deque[Batch] = deque()
        self.ended = False
        """Whether no more batches will arrive; a worker that ended normally has another task by
        now.
        """
        self.death: _WorkerDied | None = None
        self.last = monotonic()
        """The time at which the worker last sent something or received the task."""

    @property
    def has_room(self) -> bool:
        """Whether another batch may be received before one is taken."""
        return not self.ended and len(self.batches) < _MOST_KEPT


def _next(tasks: Iterable[_Given], overtake: float) -> _Given | None:
    """Return the task whose batch or end is taken next, which is the first task if possible."""
    first_task, *other_tasks = tasks
    is_late = monotonic() - first_task.last >= overtake
    candidate_tasks = (first_task, *other_tasks) if is_late else (first_task,)
    return next((task for task in candidate_tasks if task.batches or task.ended), None)


def _serve(pipe: Connection) -> None:
    """Run the loop of a worker process."""
    # Ctrl-C reaches the whole group; the indexer decides, and the worker ends with it.
    processes.ignore_interrupt()
    gc.set_threshold(_GC_THRESHOLD)
    give_way_more(_NICENESS)
    # What ends a worker becomes a problem of the file; a traceback may hold a cable's text.
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for its life
    threading.Thread(target=_end_with_indexer, daemon=True).start()
    try:
        pipe.send(_END)
        while True:
            work, task = pipe.recv()
            for task_answer in work(task):
                pipe.send(task_answer)
            pipe.send(_END)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _end_with_indexer() -> None:
    """End this worker when the indexer has died, even while the worker waits for a slow file."""
    if indexer := parent_process():
        wait([indexer.sentinel])
        os._exit(1)


class Pool:
    """A pool of `size` worker processes; if 0, the tasks are done in this process."""

    def __init__(self, size: int, stop: Callable[[], bool] = never) -> None:
        """Create the pool; `stop` ends a run that waits."""
        self._size = size
        self._stop = stop
        self._idle: deque[Connection] = deque()
        self._processes: list[Any] = []
        self._starting: dict[Connection, Any] = {}
        """Processes that have not reported yet that they are ready."""
        self._false_starts = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.terminate()
        for pipe in self._idle:
            pipe.close()
        for process in self._processes:
            process.join()
            process.close()

    def run(
        self, work: Work, tasks: Iterable[Task], lost: Lost, overtake: float = inf
    ) -> Generator[Batch, None, None]:
        """Yield the batches of all tasks, in order. Close the generator to stop early.

        If the first task has yielded nothing for `overtake` seconds, later tasks overtake it. A
        task that kills its worker is repeated item by item, and an item that kills a worker is
        passed to `lost`. Raises `CacheError` if no worker can be started.
        """
        if not self._size:
            for task in tasks:
                yield from work(task)
            return
        tasks_to_come = iter(tasks)
        given_tasks: deque[_Given] = deque()
        try:
            while not self._stop() and self._hand_out(work, tasks_to_come, given_tasks):
                # A worker goes on with its next task while what it has sent is taken. It gets that
                # only after its last batch has come: both ends never wait for each other.
                wait_seconds = 0.0 if _next(given_tasks, overtake) else _LOOK_EVERY
                while self._receive(given_tasks, wait_seconds):
                    wait_seconds = 0.0
                self._hand_out(work, tasks_to_come, given_tasks)
                if (task_given := _next(given_tasks, overtake)) is None:
                    continue
                if task_given.batches:
                    yield task_given.batches.popleft()
                    continue
                given_tasks.remove(task_given)
                if task_given.death:
                    yield from self._one_by_one(work, task_given.task, lost)
        finally:
            for task_given in given_tasks:
                if not task_given.ended:
                    task_given.pipe.close()  # its worker ends

    def _one_by_one(self, work: Work, task: Task, lost: Lost) -> Iterator[Batch]:
        root, task_items = task
        waiting_items = deque(task_items)
        while waiting_items:
            single_task = _Given(
                (root, [waiting_items[0]]), self._given(work, (root, [waiting_items[0]]))
            )
            while not single_task.ended and not self._stop():
                self._receive([single_task], _LOOK_EVERY)
                yield from single_task.batches
                single_task.batches.clear()
            if isinstance(single_task.death, _DiedAtStart):
                continue
            if single_task.death:
                yield lost(waiting_items[0])
            waiting_items.popleft()

    def _hand_out(self, work: Work, tasks: Iterator[Task], given_tasks: deque[_Given]) -> bool:
        """Give tasks to idle workers; return whether there is a task to wait for."""
        while (
            sum(not task_given.ended for task_given in given_tasks) < self._size
            and len(given_tasks) < 2 * self._size
        ):
            if (next_task := next(tasks, None)) is None:
                break
            given_tasks.append(_Given(next_task, self._given(work, next_task)))
        return bool(given_tasks)

    def _given(self, work: Work, task: Task) -> Connection:
        """Return the pipe of a worker, after sending it a task."""
        pipe = self._idle.popleft() if self._idle else self._started()
        # One that is gone already is noticed where its batches are received.
        with suppress(BrokenPipeError, ConnectionResetError):
            pipe.send((work, task))
        return pipe

    def _started(self) -> Connection:
        # Spawned, not forked: the text index has threads, and Windows and macOS have no fork.
        spawn_context = get_context("spawn")
        our_pipe, worker_pipe = spawn_context.Pipe()
        process = spawn_context.Process(target=_serve, args=(worker_pipe,), daemon=True)
        # Python passes on the file of stderr, but a terminal interface puts an object without a
        # file in its place.
        with redirect_stderr(sys.__stderr__):
            process.start()
        worker_pipe.close()
        self._processes.append(process)
        self._starting[our_pipe] = process
        return our_pipe

    def _receive(self, given_tasks: Iterable[_Given], wait_seconds: float) -> bool:
        """Receive one message from each worker that has sent something or has died.

        Wait up to `wait_seconds` seconds for the first message; return whether there was one.
        """
        pipes = {task_given.pipe: task_given for task_given in given_tasks if task_given.has_room}
        # On Windows the end of a worker that never began is open still, in this process.
        sentinels = {
            pipe: self._starting[pipe].sentinel for pipe in pipes if pipe in self._starting
        }
        ready_pipes = set(wait([*pipes, *sentinels.values()], wait_seconds) if pipes else ())
        for pipe, task_given in pipes.items():
            if ready_pipes.isdisjoint((pipe, sentinels.get(pipe))):
                continue
            try:
                batch = self._received(pipe)
            except _WorkerDied as death:
                pipe.close()
                task_given.ended, task_given.death = True, death
                continue
            task_given.last = monotonic()
            if batch is _END:
                task_given.ended = True
                self._idle.append(pipe)
            elif batch is not _BEGUN:
                task_given.batches.append(batch)
        return bool(ready_pipes)

    def _received(self, pipe: Connection) -> Batch:
        """Return the message of a worker whose pipe is ready."""
        process = self._starting.pop(pipe, None)
        if process is not None:
            if not pipe.poll():
                raise self._false_start(process)
            try:
                pipe.recv()
            except (EOFError, ConnectionResetError):
                raise self._false_start(process) from None
            self._false_starts = 0
            return _BEGUN
        try:
            return pipe.recv()
        except (EOFError, ConnectionResetError):
            raise _WorkerDied from None

    def _false_start(self, process: Any) -> Exception:
        """Count a worker that died before it was ready; return the error to raise."""
        self._false_starts += 1
        if self._false_starts < _MOST_FALSE_STARTS:
            return _DiedAtStart()
        process.join()
        return CacheError(
            f"worker processes exit as soon as they start (status {process.exitcode}). {_GUARD}"
        )

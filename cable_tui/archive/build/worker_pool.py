"""Worker processes that take tasks and send back streams of batches, in the order of the tasks.

A worker has only its end of one pipe: when the indexer dies, however it dies, its workers read the
end of the pipe and exit. Small work is done in the indexer's own process.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

Task = tuple[Path, list[Any]]
"""The archive's folder and a group of items; can be pickled."""
Batch = Any
Work = Callable[[Task], Iterator[Batch]]
"""A module-level function: batches that can be pickled, of a task. None is no batch."""
Lost = Callable[[Any], Batch]
"""The batch of an item that ends every worker that gets it."""

_GC_THRESHOLD = 200_000
"""New objects until a worker collects garbage. The objects of a record have no cycles, and looking
for cycles costs a tenth of the time."""
_NICENESS = 5
"""Niceness of a worker above the indexer's, which then never waits for a processor."""
_END = None
"""Sent after the last batch of a task."""


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def rare_garbage_collection() -> Iterator[None]:
    """Collect garbage as rarely as a worker does, while the block runs."""
    before = gc.get_threshold()
    gc.set_threshold(_GC_THRESHOLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _WorkerDied(Exception):  # noqa: N818 - what happened
    """A worker went away in the middle of a task."""


def _serve(pipe: Connection) -> None:
    """The life of a worker."""
    # Ctrl-C reaches the whole group; the indexer decides, and the worker ends with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_GC_THRESHOLD)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    # What ends a worker becomes a problem of the file; a traceback may hold a cable's text.
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for its life
    try:
        while True:
            work, task = pipe.recv()
            for batch in work(task):
                pipe.send(batch)
            pipe.send(_END)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


class Pool:
    """`size` worker processes; with none the tasks are done in this process."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._idle: deque[Connection] = deque()
        self._processes: list[Any] = []

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

    def run(self, work: Work, tasks: Iterable[Task], lost: Lost) -> Generator[Batch, None, None]:
        """The batches of all tasks, in order. Close the generator to stop early.

        A task that ends its worker is done again item by item, and an item that does so is `lost`.
        """
        if not self._size:
            for task in tasks:
                yield from work(task)
            return
        coming = iter(tasks)
        busy: deque[tuple[Connection, Task]] = deque()
        try:
            self._hand_out(work, coming, busy)
            while busy:
                pipe, task = busy[0]
                # A worker gets its next task only after its last batch was taken: both ends
                # never wait for each other.
                try:
                    yield from _received(pipe)
                    self._idle.append(pipe)
                except _WorkerDied:
                    pipe.close()
                    yield from self._one_by_one(work, task, lost)
                busy.popleft()
                self._hand_out(work, coming, busy)
        finally:
            for pipe, _ in busy:  # these workers end when their pipe closes
                pipe.close()

    def _one_by_one(self, work: Work, task: Task, lost: Lost) -> Iterator[Batch]:
        root, items = task
        for item in items:
            pipe = self._ready()
            pipe.send((work, (root, [item])))
            try:
                yield from _received(pipe)
                self._idle.append(pipe)
            except _WorkerDied:
                pipe.close()
                yield lost(item)

    def _hand_out(
        self, work: Work, tasks: Iterator[Task], busy: deque[tuple[Connection, Task]]
    ) -> None:
        while len(busy) < self._size:
            if (task := next(tasks, None)) is None:
                return
            pipe = self._ready()
            pipe.send((work, task))
            busy.append((pipe, task))

    def _ready(self) -> Connection:
        return self._idle.popleft() if self._idle else self._started()

    def _started(self) -> Connection:
        # Spawned, not forked: the text index has threads, and Windows and macOS have no fork.
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        self._processes.append(process)
        return ours


def _received(pipe: Connection) -> Iterator[Batch]:
    while True:
        try:
            batch = pipe.recv()
        except (EOFError, ConnectionResetError):
            raise _WorkerDied from None
        if batch is _END:
            return
        yield batch

"""Worker processes that take tasks and send back streams of batches, in the order of the tasks.

A worker holds nothing but its end of one pipe: when the builder dies, however it dies, its workers
read the end of the pipe and go. Small work is done here, without processes.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

Task = Any
Batch = Any
Work = Callable[[Task], Iterator[Batch]]
"""A module-level function: batches that can be pickled, of a task that can be pickled."""

_END = None
"""Sent behind the last batch of a task; no batch is None."""


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class WorkerDied(Exception):  # noqa: N818 - what happened
    """A worker went away in the middle of a task; `args[0]` is the task."""


def _serve(pipe: Connection) -> None:
    """The life of a worker."""
    # Ctrl-C reaches the whole group; the builder decides, and its end is ours.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while True:
            work, task = pipe.recv()
            for batch in work(task):
                pipe.send(batch)
            pipe.send(_END)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


class Pool:
    """`size` worker processes, or none: then the tasks are done in this one."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._idle: deque[Connection] = deque()
        self._processes: list[Any] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._processes:
            process.terminate()
        for pipe in self._idle:
            pipe.close()
        for process in self._processes:
            process.join()
            process.close()

    def run(self, work: Work, tasks: Iterable[Task]) -> Generator[Batch, None, None]:
        """The batches of all tasks, in order. Close the generator to stop early.

        Raises `WorkerDied`; the other tasks in hand are then lost too.
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
                yield from _received(pipe, task)
                busy.popleft()
                self._idle.append(pipe)
                self._hand_out(work, coming, busy)
        finally:
            for pipe, _ in busy:  # their streams are cut: these workers end by it
                pipe.close()

    def _hand_out(
        self, work: Work, tasks: Iterator[Task], busy: deque[tuple[Connection, Task]]
    ) -> None:
        while len(busy) < self._size:
            task = next(tasks, _END)
            if task is _END:
                return
            pipe = self._idle.popleft() if self._idle else self._started()
            pipe.send((work, task))
            busy.append((pipe, task))

    def _started(self) -> Connection:
        # Spawned, not forked: the text index has threads, and Windows and macOS have no fork.
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        self._processes.append(process)
        return ours


def _received(pipe: Connection, task: Task) -> Iterator[Batch]:
    while True:
        try:
            batch = pipe.recv()
        except (EOFError, ConnectionResetError):
            raise WorkerDied(task) from None
        if batch is _END:
            return
        yield batch

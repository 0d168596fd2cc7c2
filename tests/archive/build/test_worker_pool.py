"""Worker processes: the order of their answers, their end, and what ends them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cable_tui.archive.build.worker_pool import Pool, Task

HERE = Path()
DEADLY = 13


def doubled(task: Task) -> Iterator[list[int]]:
    """Two batches an item; one item is the end of the process."""
    for item in task[1]:
        if item == DEADLY:
            os._exit(1)
        yield [item]
        yield [item * 2]


def named(task: Task) -> Iterator[list[int]]:
    """The process that works."""
    yield [os.getpid()]


def lost(item: int) -> list[int]:
    return [-item]


@pytest.mark.parametrize("size", [0, 1, 2])
def test_batches_come_in_the_order_of_the_tasks(size: int) -> None:
    tasks = [(HERE, [1, 2]), (HERE, [3]), (HERE, [4])]
    with Pool(size) as pool:
        assert list(pool.run(doubled, tasks, lost)) == [[1], [2], [2], [4], [3], [6], [4], [8]]


def test_an_item_that_ends_its_worker_is_lost_alone() -> None:
    with Pool(2) as pool:
        batches = list(pool.run(doubled, [(HERE, [1, DEADLY, 2]), (HERE, [3])], lost))
    assert batches[:2] == [[1], [2]]  # before the worker went
    assert batches[2:] == [[1], [2], [-DEADLY], [2], [4], [3], [6]]


def test_a_closed_run_leaves_a_pool_that_works() -> None:
    with Pool(1) as pool:
        run = pool.run(doubled, [(HERE, list(range(10)))], lost)
        assert next(run) == [0]
        run.close()
        assert list(pool.run(doubled, [(HERE, [7])], lost)) == [[7], [14]]


def test_without_processes_the_work_is_done_here() -> None:
    with Pool(0) as pool:
        assert list(pool.run(named, [(HERE, [])], lost)) == [[os.getpid()]]

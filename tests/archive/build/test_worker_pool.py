"""Worker processes: the order of their answers, their end, and what ends them."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
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


_UNGUARDED = """
from pathlib import Path
from cable_tui.archive.build.worker_pool import Pool

def doubled(task):
    yield [item * 2 for item in task[1]]

with open("starts", "a") as starts:
    starts.write("one\\n")
with Pool(2) as pool:
    print(list(pool.run(doubled, [(Path(), [at]) for at in range(99)], lambda item: [-1])))
"""


_INSIDE_AN_INTERFACE = """
import sys
from pathlib import Path
from cable_tui.archive.build.worker_pool import Pool

class Captured:
    def fileno(self):
        return -1  # as Textual answers

    def write(self, text):
        return len(text)

    def flush(self):
        pass

def doubled(task):
    yield [item * 2 for item in task[1]]

if __name__ == "__main__":
    sys.stderr = Captured()
    with Pool(2) as pool:
        print(list(pool.run(doubled, [(Path(), [at]) for at in range(3)], lambda item: [-1])))
"""


def test_workers_start_where_stderr_has_no_file(tmp_path: Path) -> None:
    done = _ran(tmp_path, _INSIDE_AN_INTERFACE)
    assert (done.returncode, done.stdout.split("\n")[0]) == (0, "[[0], [2], [4]]"), done.stderr


def _ran(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    (folder / "script.py").write_text(script)
    return subprocess.run(
        [sys.executable, "script.py"],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )


def test_a_script_that_works_as_it_is_imported_is_told_what_to_write(tmp_path: Path) -> None:
    done = _ran(tmp_path, _UNGUARDED)
    assert done.returncode == 1
    assert done.stdout == ""
    last = done.stderr.splitlines()[-1]
    assert 'under `if __name__ == "__main__":`' in last
    assert "Or pass workers=0" in last
    # Itself, and few workers for 99 tasks.
    assert len((tmp_path / "starts").read_text().split()) <= 6


def test_a_script_with_a_guard_works(tmp_path: Path) -> None:
    guarded = _UNGUARDED.replace("with Pool", 'if __name__ == "__main__":\n  with Pool')
    done = _ran(tmp_path, guarded.replace("    print(list", "      print(list"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{[[at * 2] for at in range(99)]}\n"


@pytest.fixture
def false_starts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of workers, counted from 1, that end as they start."""
    chosen: list[int] = []
    before = Pool._started

    def started(self: Pool) -> Connection:
        pipe = before(self)
        if len(self._processes) in chosen:
            self._processes[-1].kill()
            self._processes[-1].join()
        return pipe

    monkeypatch.setattr(Pool, "_started", started)
    return chosen


def test_a_worker_that_fails_to_start_costs_no_item(false_starts: list[int]) -> None:
    false_starts += [1, 3]
    with Pool(1) as pool:
        found = list(pool.run(doubled, [(HERE, [1, 2, DEADLY]), (HERE, [4])], lost))
    assert found == [[1], [2], [2], [4], [-DEADLY], [4], [8]]


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


def test_a_worker_that_never_began_is_noticed_though_its_pipe_is_open(
    false_starts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows its end waits in this process until the worker takes it."""
    ends: list[Connection] = []

    def kept(pipe: Connection) -> None:
        ends.append(pipe)

    monkeypatch.setattr(Connection, "close", kept)
    false_starts += [1]
    with Pool(1) as pool:
        assert list(pool.run(doubled, [(HERE, [1])], lost)) == [[1], [2]]
    monkeypatch.undo()
    for end in ends:
        end.close()


def held(task: Task) -> Iterator[list[int]]:
    """An item that is a path waits until somebody writes there."""
    for item in task[1]:
        if isinstance(item, Path):
            item.read_bytes()
        yield [0 if isinstance(item, Path) else item]


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs a FIFO to wait for")
    made = tmp_path / "gate"
    os.mkfifo(made)
    return made


def test_a_task_that_gives_nothing_is_overtaken(gate: Path) -> None:
    tasks: list[Task] = [(HERE, [gate, 1]), (HERE, [2]), (HERE, [3, 4]), (HERE, [5])]
    with Pool(2) as pool:
        found = pool.run(held, tasks, lost, 0.0)
        assert [next(found) for _ in range(4)] == [[2], [3], [4], [5]]
        gate.write_bytes(b"open")
        assert list(found) == [[0], [1]]


def opened(task: Task) -> Iterator[list[int]]:
    """The first item of a task waits for the gate, or opens it."""
    gate, item = task[1]
    if item == 1:
        gate.read_bytes()
    if item == 4:
        gate.write_bytes(b"open")
    yield [item]


def test_a_worker_goes_on_while_its_batches_wait_for_those_of_another(gate: Path) -> None:
    tasks: list[Task] = [(HERE, [gate, item]) for item in range(1, 7)]
    with Pool(2) as pool:
        assert list(pool.run(opened, tasks, lost)) == [[1], [2], [3], [4], [5], [6]]


def test_a_run_that_waits_hears_that_it_is_to_stop(gate: Path) -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 3

    with Pool(1, stop) as pool:
        assert list(pool.run(held, [(HERE, [gate])], lost)) == []


_WAITS = """
import sys
from pathlib import Path
from tests.archive.build.test_worker_pool import Pool, held

if __name__ == "__main__":
    with Pool(1) as pool:
        run = pool.run(held, [(Path(), [1, Path(sys.argv[1])])], None)
        next(run)
        print(pool._processes[0].pid, flush=True)
        next(run)
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits for a process as Linux does")
def test_a_worker_that_waits_ends_when_the_indexer_is_killed(gate: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(_WAITS)
    with subprocess.Popen(
        [sys.executable, str(script), str(gate)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    ) as indexer:
        assert indexer.stdout
        worker = os.pidfd_open(int(indexer.stdout.readline()))
        try:
            indexer.kill()
            assert select.select([worker], [], [], 60)[0] == [worker]
        finally:
            os.close(worker)

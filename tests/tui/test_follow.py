"""The builder: what its lines mean, how often the room is refreshed, and that it ends."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from cable_tui.archive.lock import HELD
from cable_tui.errors import CacheError
from cable_tui.session import Action, Building, actions, upkeep
from cable_tui.tui import follow
from cable_tui.tui.follow import Builder, ending, news, report
from cable_tui.tui.spawning import spawn


def line(stage: str, done: int, total: int = 100, cables: int = 5) -> str:
    return json.dumps(
        {
            "stage": stage,
            "done": done,
            "total": total,
            "cables": cables,
            "rate": 10.5,
            "seconds_left": None,
            "problems": 0,
        }
    )


def test_a_line_is_a_report() -> None:
    assert report(line("facts", 3)) == Building("facts", 3, 100, 5, 10.5, None)


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", "no json", '{"stage": 1}', '{"done": "x"}']
)
def test_what_is_no_report_is_passed_over(text: str) -> None:
    assert report(text) is None


def test_refreshes_come_at_most_once_a_second() -> None:
    ticks = iter([0.0, 0.3, 0.6, 1.1, 1.2])
    told = list(news((line("facts", n) for n in range(5)), lambda: next(ticks)))
    assert sum(isinstance(each, actions.Progressed) for each in told) == 5
    assert sum(isinstance(each, actions.Grew) for each in told) == 2


def test_nothing_is_refreshed_before_there_is_a_cable() -> None:
    told = list(news([line("walk", 1, cables=0)], lambda: 0.0))
    assert told == [actions.Progressed(Building("walk", 1, 100, 0, 10.5, None))]


@pytest.mark.parametrize(
    ("status", "words", "told"),
    [
        (0, "", [actions.Progressed(None), actions.Grew()]),
        (
            3,
            "cable-tui: /x: no cable\n",
            [actions.Progressed(None), actions.Unreadable("/x: no cable")],
        ),
        (
            4,
            "cable-tui: the cache is full\n",
            [actions.Progressed(None), actions.Grew(), actions.Stalled("the cache is full")],
        ),
        (
            70,
            "",
            [
                actions.Progressed(None),
                actions.Grew(),
                actions.Stalled("Indexing stopped with exit status 70."),
            ],
        ),
    ],
    ids=["complete", "no cable", "full", "crash"],
)
def test_the_end_is_told_by_its_exit_status(status: int, words: str, told: list[Action]) -> None:
    assert list(ending(status, words)) == told


def python(code: str) -> Builder:
    return Builder([sys.executable, "-c", code])


def test_a_whole_run_is_told_from_the_first_line_to_the_end() -> None:
    told: list[Action] = []
    python(f"print({line('facts', 1)!r})").run(told.append)
    building = Building("facts", 1, 100, 5, 10.5, None)
    assert told[0] == actions.Progressed(building)
    assert told[-2:] == [actions.Progressed(None), actions.Grew()]


def test_a_builder_that_writes_much_to_its_error_stream_is_not_stopped_by_it() -> None:
    told: list[Action] = []
    python("import sys; sys.stderr.write('x' * 300000); sys.exit(3)").run(told.append)
    assert isinstance(told[-1], actions.Unreadable)


def test_closing_the_room_ends_the_builder() -> None:
    started = threading.Event()
    told: list[Action] = []

    def tell(action: Action) -> None:
        told.append(action)
        started.set()

    builder = python(f"import sys; print({line('facts', 1)!r}, flush=True); sys.stdin.read()")
    thread = threading.Thread(target=builder.run, args=(tell,))
    thread.start()
    assert started.wait(20)
    builder.stop()
    thread.join(20)
    assert not thread.is_alive()
    assert not any(isinstance(each, actions.Stalled) for each in told)


def test_a_program_that_is_not_there_is_a_sentence() -> None:
    told: list[Action] = []
    Builder(["/nonexistent/program"]).run(told.append)
    assert isinstance(told[-1], actions.Stalled)
    assert "Indexing did not start" in told[-1].sentence


def test_a_folder_that_another_process_indexes_is_read_until_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "AGAIN", 0.01)
    builder = python(
        "import pathlib, sys\n"
        f"tries = pathlib.Path({str(tmp_path / 'tries')!r})\n"
        "number = len(tries.read_text()) if tries.exists() else 0\n"
        "tries.write_text('x' * (number + 1))\n"
        "if number < 2:\n"
        f"    sys.exit({HELD!r})\n"
    )
    told: list[Action] = []
    builder.run(told.append)
    waiting = [actions.Progressed(Building("waiting", 0, 0)), actions.Grew()]
    assert told == [*waiting, *waiting, actions.Progressed(None), actions.Grew()]


def _foreign(*, readonly: bool) -> Any:
    archive = Foreign()
    archive.readonly = readonly
    return archive


@pytest.mark.parametrize(
    ("path", "readonly", "taken"),
    [("cables", False, True), ("others", False, False), ("cables", True, False)],
    ids=["it is the one", "another archive", "nothing is to be built"],
)
def test_a_builder_that_was_started_early_is_taken_over_or_ended(
    monkeypatch: pytest.MonkeyPatch, path: str, readonly: bool, taken: bool
) -> None:
    code = f"import sys; print({line('facts', 1)!r}, flush=True); sys.stdin.read()"
    monkeypatch.setattr(
        follow, "command", lambda path, cache: [sys.executable, "-c", f"{code} # {path}"]
    )
    early = spawn([sys.executable, "-c", f"{code} # cables"])
    archive = _foreign(readonly=readonly)
    beside = follow.beside(archive, Path(path), Path("cache"), early)
    if not taken:
        assert early.wait(20) == 0
        return
    told: list[Action] = []
    come = threading.Event()

    def tell(action: Action) -> None:
        told.append(action)
        come.set()

    thread = threading.Thread(target=beside.run, args=(tell,))
    thread.start()
    assert come.wait(20)
    assert told[0] == actions.Progressed(Building("facts", 1, 100, 5, 10.5, None))
    beside.stop()
    thread.join(20)
    assert early.returncode == 0


def done(**values: object) -> str:
    counts = {"added": 3, "changed": 2, "removed": 1, "stopped": False}
    return json.dumps({"stage": "done", "done": 5, "total": 5, **counts, **values})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (done(), upkeep.Built(3, 2, 1)),
        (done(stopped=True), None),
        (done(stage="text"), None),
        (done(added="many"), None),
        ("no json", None),
        ("[]", None),
    ],
)
def test_the_end_of_a_run_says_what_it_did(text: str, expected: upkeep.Built | None) -> None:
    assert follow.outcome(text) == expected


def test_what_a_run_did_is_told_behind_its_last_report() -> None:
    told = list(news([done()], lambda: 0.0))
    assert told == [actions.Progressed(Building("done", 5, 5)), upkeep.Built(3, 2, 1)]


class Foreign:
    """An archive of another user, whose generations come one after the other."""

    readonly = True

    def __init__(self, *generations: int | CacheError) -> None:
        self._generations = iter(generations)
        self.last: int | CacheError = 0

    def generation(self) -> int:
        self.last = next(self._generations, self.last)
        if isinstance(self.last, CacheError):
            raise self.last
        return self.last


@pytest.mark.parametrize(
    ("generations", "grown"),
    [((1, 1, 1), 0), ((1, 2, 2), 1), ((1, 2, 3), 2), ((1, CacheError("busy"), 2), 1)],
)
def test_a_cache_that_is_only_read_is_watched(
    monkeypatch: pytest.MonkeyPatch, generations: tuple[int | CacheError, ...], grown: int
) -> None:
    monkeypatch.setattr(follow, "AGAIN", 0.001)
    archive: Any = Foreign(*generations)
    follower = follow.beside(archive, Path("cables"), Path("cache"))
    told: list[Action] = []

    def enough(action: Action) -> None:
        told.append(action)
        if len(told) == grown:
            follower.stop()

    thread = threading.Thread(target=follower.run, args=(enough,))
    thread.start()
    thread.join(0.5)
    follower.stop()
    thread.join(10)
    assert told == [actions.Grew()] * grown

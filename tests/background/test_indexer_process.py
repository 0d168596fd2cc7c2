"""The builder: what its lines mean, how often the room is refreshed, and that it ends."""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from cable_tui import demo
from cable_tui.archive.build.indexer import index
from cable_tui.archive.cache import HELD
from cable_tui.background import indexer_process, start_indexer
from cable_tui.background.indexer_process import (
    IndexerProcess,
    IndexFollower,
    end_actions,
    parse_report,
    report_actions,
)
from cable_tui.background.start_indexer import indexer_command, spawn_quietly, start_indexer_early
from cable_tui.base.errors import CacheError
from cable_tui.base.index_state import Progress
from cable_tui.session.features import index_status, panes, results
from cable_tui.session.values import Action

ENDED, GROWN = index_status.IndexProgressed(None), results.ArchiveGrew()
FIRST = Progress("facts", 1, 100, 5, 10.5)
"""What `line("facts", 1)` says."""


def line(stage: str, done: int, cables: int = 5) -> str:
    more = {"rate": 10.5, "seconds_left": 0.0, "problems": 0}
    return json.dumps({"stage": stage, "done": done, "total": 100, "cables": cables, **more})


def kinds(posted: Iterable[Action]) -> Counter[str]:
    return Counter(type(each).__name__ for each in posted)


def test_a_line_is_a_report() -> None:
    assert parse_report(line("facts", 1)) == FIRST


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", "no json", '{"stage": 1}', '{"done": "x"}']
)
def test_what_is_no_report_is_passed_over(text: str) -> None:
    assert parse_report(text) is None


def test_refreshes_come_at_most_once_a_second() -> None:
    ticks = iter([0.0, 0.3, 0.6, 1.1, 1.2])
    posted = report_actions((line("facts", n) for n in range(5)), lambda: next(ticks))
    assert kinds(posted) == {"IndexProgressed": 5, "ArchiveGrew": 2}


def test_while_sentences_are_compared_one_last_refresh_is_enough() -> None:
    ticks = iter(range(0, 100, 2))  # two seconds a report: more than a refresh needs
    steps = [line("text", 100), *(line("echoes", n) for n in range(1, 6))]
    posted = report_actions(steps, lambda: next(ticks))
    assert kinds(posted) == {"IndexProgressed": 6, "ArchiveGrew": 2}


def test_nothing_is_refreshed_before_there_is_a_cable() -> None:
    posted = list(report_actions([line("walk", 1, cables=0)], lambda: 0.0))
    assert posted == [index_status.IndexProgressed(Progress("walk", 1, 100, 0, 10.5))]


CRASH = "Indexing stopped with exit status 70."


@pytest.mark.parametrize(
    ("status", "words", "posted"),
    [
        (0, "", [GROWN]),
        (3, "cable-tui: /x: no cable\n", [panes.ArchiveUnreadable("/x: no cable")]),
        (4, "cable-tui: it is full\n", [GROWN, index_status.IndexStalled("it is full")]),
        (70, "", [GROWN, index_status.IndexStalled(CRASH)]),
    ],
    ids=["complete", "no cable", "full", "crash"],
)
def test_the_end_is_told_by_its_exit_status(status: int, words: str, posted: list[Action]) -> None:
    assert list(end_actions(status, words)) == [ENDED, *posted]


def python(code: str) -> IndexerProcess:
    return IndexerProcess([sys.executable, "-c", code])


def test_a_whole_run_is_told_from_the_first_line_to_the_end() -> None:
    posted: list[Action] = []
    python(f"print({line('facts', 1)!r})").run(posted.append)
    assert posted[0] == index_status.IndexProgressed(FIRST)
    assert posted[-2:] == [ENDED, GROWN]


def test_a_builder_that_writes_much_to_its_error_stream_is_not_stopped_by_it() -> None:
    posted: list[Action] = []
    python("import sys; sys.stderr.write('x' * 300000); sys.exit(3)").run(posted.append)
    assert isinstance(posted[-1], panes.ArchiveUnreadable)


WAITS = f"import sys; print({line('facts', 1)!r}, flush=True); sys.stdin.read()"
"""What a builder does that has much to read."""


def stopped(builder: IndexerProcess | IndexFollower) -> list[Action]:
    """What a builder posts that is stopped once it has begun."""
    started, posted = threading.Event(), list[Action]()

    def post(action: Action) -> None:
        posted.append(action)
        started.set()

    thread = threading.Thread(target=builder.run, args=(post,))
    thread.start()
    assert started.wait(20)
    builder.stop()
    thread.join(20)
    assert not thread.is_alive()
    return posted


def test_closing_the_room_ends_the_builder() -> None:
    assert "IndexStalled" not in kinds(stopped(python(WAITS)))


def test_a_program_that_is_not_there_is_a_sentence() -> None:
    posted: list[Action] = []
    IndexerProcess(["/nonexistent/program"]).run(posted.append)
    assert isinstance(posted[-1], index_status.IndexStalled)
    assert "Indexing did not start" in posted[-1].sentence


def test_a_folder_that_another_process_indexes_is_read_until_it_is_free(
    tmp_path: Path,
) -> None:
    builder = python(
        "import pathlib, sys\n"
        f"tries = pathlib.Path({str(tmp_path / 'tries')!r})\n"
        "number = len(tries.read_text()) if tries.exists() else 0\n"
        "tries.write_text('x' * (number + 1))\n"
        "if number < 2:\n"
        f"    sys.exit({HELD!r})\n"
    )
    builder.retry_after = 0.01
    posted: list[Action] = []
    builder.run(posted.append)
    waiting = [index_status.IndexProgressed(Progress("waiting", 0, 0)), GROWN]
    assert posted == [*waiting, *waiting, ENDED, GROWN]


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
    def command(path: object, *_: object) -> list[str]:
        return [sys.executable, "-c", f"{WAITS} # {path}"]

    monkeypatch.setattr(indexer_process, "indexer_command", command)
    early = spawn_quietly(command("cables"))
    archive = _foreign(readonly=readonly)
    beside = indexer_process.start_indexer(archive, Path(path), Path("cache"), early)
    if not taken:
        assert early.wait(20) == 0
        return
    assert stopped(beside)[0] == index_status.IndexProgressed(FIRST)
    assert early.returncode == 0


def done(**values: object) -> str:
    counts = {"added": 3, "changed": 2, "removed": 1, "stopped": False}
    return json.dumps({"stage": "done", "done": 5, "total": 5, **counts, **values})


def test_what_a_run_did_is_told_behind_its_last_report() -> None:
    posted = list(report_actions([done()], lambda: 0.0))
    last = Progress("done", 5, 5, added=3, changed=2, removed=1)
    assert posted == [index_status.IndexProgressed(last), index_status.IndexBuilt(last)]


@pytest.mark.parametrize(
    "more",
    [
        {"added": "many"},
        {"skipped": ["image"]},
        {"skipped": {"image": "two"}},
        {"stage": 1},
        {"rate": "fast"},
        {"seconds_left": None},
        {"stopped": "no"},
        {"lost": 1},
    ],
    ids=str,
)
def test_a_report_with_values_of_other_kinds_is_passed_over(more: dict[str, object]) -> None:
    assert parse_report(done()) is not None
    assert parse_report(done(**more)) is None


@pytest.mark.parametrize("more", [{"stopped": True}, {"stage": "text"}])
def test_a_run_that_is_not_at_its_end_is_not_told_as_built(more: dict[str, object]) -> None:
    posted = report_actions([done(**more)], lambda: 0.0)
    assert [type(action) for action in posted] == [index_status.IndexProgressed]


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
    generations: tuple[int | CacheError, ...], grown: int
) -> None:
    archive: Any = Foreign(*generations)
    follower = indexer_process.start_indexer(archive, Path("cables"), Path("cache"))
    assert isinstance(follower, indexer_process.IndexFollower)
    follower.every = 0.001
    posted: list[Action] = []

    def enough(action: Action) -> None:
        posted.append(action)
        if len(posted) == grown:
            follower.stop()

    thread = threading.Thread(target=follower.run, args=(enough,))
    thread.start()
    thread.join(0.5)
    follower.stop()
    thread.join(10)
    assert posted == [GROWN] * grown


def test_the_builder_is_this_program_looks_for_no_module_in_the_folder_and_reads_the_settings(
    tmp_path: Path,
) -> None:
    config = tmp_path / "config.toml"
    plain = indexer_command(Path("/cables"), Path("/cache"))
    assert plain[:4] == [sys.executable, "-P", "-m", "cable_tui"]
    assert plain[4:] == ["index", "/cables", "--progress", "--cache", "/cache"]
    assert indexer_command(Path("/cables"), Path("/cache"), config) == plain
    config.write_text("frus_all = true\n")
    argv = indexer_command(Path("/cables"), Path("/cache"), config)
    assert argv == [*plain, "--config", str(config)]


def test_a_new_archive_is_read_at_once(tmp_path: Path) -> None:
    demo.write(tmp_path / "cables")
    process = start_indexer_early(tmp_path / "cables", tmp_path / "cache")
    assert process is not None
    with process:
        assert process.stdout is not None
        assert '"cables": 40' in process.stdout.read()
    assert process.returncode == 0


def test_where_there_are_cables_to_be_shown_the_room_comes_first(tmp_path: Path) -> None:
    demo.write(tmp_path / "cables")
    for _ in index(tmp_path / "cables", tmp_path / "cache", workers=0):
        pass
    assert start_indexer_early(tmp_path / "cables", tmp_path / "cache") is None


def test_that_it_does_not_start_is_found_out_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start_indexer, "indexer_command", lambda *_: ["/nonexistent/program"])
    assert start_indexer_early(tmp_path, tmp_path / "cache") is None


def test_it_ends_when_its_room_is_gone() -> None:
    process = spawn_quietly([sys.executable, "-c", "import sys; sys.stdin.read()"])
    with process:
        pass  # closes its standard input
    assert process.returncode == 0

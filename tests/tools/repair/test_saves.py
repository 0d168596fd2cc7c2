"""A file that is being saved is never read half."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from cable_tui.tools.repair.saves import saves


class Stop(Exception):  # noqa: N818 - it ends the loop
    """The steps are over."""


def read_all(path: Path, steps: Sequence[Callable[[], object]]) -> list[bytes]:
    """What is read while an editor does one step between two looks."""
    read: list[bytes] = []
    waiting = iter(steps)

    def wait(_seconds: float) -> None:
        step = next(waiting, None)
        if step is None:
            raise Stop
        step()

    with suppress(Stop):
        for data in saves(path, wait):
            read.append(data)  # noqa: PERF402 - what was read before the stop is kept
    return read


def nothing() -> None:
    """The editor waits."""


@pytest.mark.parametrize("way", ["in place", "by another name", "with a backup"])
def test_a_save_is_read_once_and_whole(tmp_path: Path, way: str) -> None:
    path, other = tmp_path / "a.md", tmp_path / "other"
    path.write_bytes(b"one")

    def begin() -> None:
        if way == "in place":
            path.write_bytes(b"")
        elif way == "by another name":
            other.write_bytes(b"tw")
        else:
            path.rename(tmp_path / "a.md~")

    def go_on() -> None:
        (other if way == "by another name" else path).write_bytes(b"two")

    def end() -> None:
        if way == "by another name":
            other.replace(path)

    steps = [nothing, nothing, begin, go_on, end, nothing, nothing, nothing]
    assert read_all(path, steps) == [b"one", b"two"]


def test_a_file_that_grows_is_read_when_it_stops(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    grow = [lambda n=n: path.write_bytes(b"x" * n) for n in range(1, 5)]
    assert read_all(path, [*grow, nothing, nothing]) == [b"xxxx"]


def test_a_missing_file_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    steps = [nothing, lambda: path.write_bytes(b"new"), nothing, nothing]
    assert read_all(path, steps) == [b"new"]

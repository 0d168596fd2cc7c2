"""A library that stays in step: it meets others, loses them, and meets them again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from cable_tui.library import Library, Mark
from cable_tui.sync import follow as module
from cable_tui.sync.folder import FolderTarget
from cable_tui.sync.follow import Report, follow


@contextmanager
def following(library: Library, folder: Path) -> Iterator[list[Report]]:
    reports: list[Report] = []
    stopped = threading.Event()
    target = FolderTarget(str(folder))
    thread = threading.Thread(target=follow, args=(library, target, reports.append, stopped.is_set))
    thread.start()
    try:
        yield reports
    finally:
        stopped.set()
        thread.join()


def soon(true: Callable[[], bool]) -> bool:
    end = monotonic() + 30
    while not true() and monotonic() < end:
        sleep(0.02)
    return true()


def test_what_one_does_the_other_has_soon_also_after_the_folder_was_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAUSES", (0.1,))
    folder = tmp_path / "shared"
    FolderTarget(str(folder)).init()
    files = {name: tmp_path / f"{name}.sqlite" for name in ("mara", "tom")}
    mara, tom = (Library(file, author=name) for name, file in files.items())
    with (
        following(Library(files["mara"], author="mara"), folder) as told,
        following(Library(files["tom"], author="tom"), folder),
    ):
        mara.add(Mark("09POST1", "09POST1", note="x"))
        assert soon(lambda: [mark.author for mark in tom.marks()] == ["mara"])
        folder.rename(tmp_path / "away")
        assert soon(lambda: bool(told[-1].trouble))
        assert told[-1].met
        assert "is its disk or network there" in told[-1].trouble
        tom.add(Mark("09POST2", "09POST2", note="y"))
        (tmp_path / "away").rename(folder)
        assert soon(lambda: len(mara.marks()) == 2)
        assert soon(lambda: not told[-1].trouble)

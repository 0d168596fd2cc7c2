"""What replaces another file, or is added to one, is on the disk before anything else happens.

Each writer is observed at the two calls that matter, with the size of the file at that time.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from cable_tui.archive.columns import container
from cable_tui.exports.files import write_whole
from cable_tui.operating_system import files
from cable_tui.program import shared_file
from cable_tui.tools.people import people_file
from cable_tui.tools.people.confirmed import Person
from cable_tui.tools.research_log import log_file as research_log
from cable_tui.tools.research_log.log_file import Search, SearchedArchive
from cable_tui.tools.sharing import event_file
from cable_tui.tools.sharing.event_file import NOTHING
from cable_tui.tools.sharing.folder import FolderTarget
from tests.tools.sharing.target_rules import ONE, event

LOG = SearchedArchive("/home/ada/cables", 40, 7, "ab" * 32)


def _shared(file: Path) -> None:
    shared_file.replace(file, "text")


def _people(file: Path) -> None:
    people_file.change(file, lambda _: (Person("Ada Pelham", ("Pelham",)),))


def _log(file: Path) -> None:
    research_log.add(file, LOG, [Search("lobster", 3)])
    research_log.add(file, LOG._replace(archive="/home/ada/others"), [Search("kraken", 0)])
    research_log.forget(file, Path("/home/ada/others"))


def _export(file: Path) -> None:
    write_whole(file, ["one\n", "two\n"])


def _cache(file: Path) -> None:
    container.write(file, {"stamp": 1}, [b"part"])


def _events(file: Path) -> None:
    file.write_bytes(event_file.line_of(event(ONE, 2)) + event_file.line_of(event(ONE, 1)))
    event_file.write_again(file, ONE)


def _sign(file: Path) -> None:
    FolderTarget(str(file.parent / "shared")).init()


WRITERS: dict[str, Callable[[Path], None]] = {
    "a small file": _shared,
    "people": _people,
    "the research log": _log,
    "an export": _export,
    "a file of the cache": _cache,
    "events in order again": _events,
    "the sign of a sharing folder": _sign,
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_a_file_is_on_the_disk_before_it_replaces_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], None]
) -> None:
    happened: list[tuple[str, int]] = []
    flush, replace = files.flush, files.replace

    def flushed(stream: IO[bytes]) -> None:
        flush(stream)
        happened.append(("flush", os.fstat(stream.fileno()).st_size))

    def replaced(new: Path, file: Path) -> None:
        happened.append(("replace", new.stat().st_size))
        replace(new, file)

    for module in (files, container):
        monkeypatch.setattr(module, "flush", flushed)
        monkeypatch.setattr(module, "replace", replaced)
    write(tmp_path / "file")
    assert [name for name, _ in happened[-2:]] == ["flush", "replace"]
    (_, at_flush), (_, at_replace) = happened[-2:]
    assert at_flush == at_replace > 0, "nothing is written between the two"


def test_events_that_are_added_are_on_the_disk_when_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[bytes] = []
    file = tmp_path / "file"
    flush = files.flush

    def flushed(stream: IO[bytes]) -> None:
        flush(stream)
        happened.append(file.read_bytes())

    monkeypatch.setattr(files, "flush", flushed)
    event_file.append(file, NOTHING, [event(ONE, 1)])
    assert happened == [event_file.line_of(event(ONE, 1))]

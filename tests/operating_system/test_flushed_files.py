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
from cable_tui.exports.written_file import write_whole
from cable_tui.operating_system import files
from cable_tui.program import shared_file
from tests.command_cases import found
from tests.tool_cases import KeptFiles


def _shared(file: Path) -> None:
    shared_file.replace(file, "text")


def _export(file: Path) -> None:
    write_whole(file, ["one\n", "two\n"])


def _cache(file: Path) -> None:
    container.write(file, {"stamp": 1}, [b"part"])


WRITERS: dict[str, Callable[[Path], None]] = {
    "a small file": _shared,
    "an export": _export,
    "a file of the cache": _cache,
    **{name: write for case in found(KeptFiles) for name, write in case.writers.items()},
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

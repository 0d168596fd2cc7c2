"""What the reader has seen of a search: kept, shared by two windows, and refused if damaged."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cable_tui.base.errors import LibraryError
from cable_tui.tools.news import seen_file
from tests.tool_cases import KeptFiles

HERE, THERE = Path("/cables"), Path("/more")
FEW = {"09RABAT1": "1a2b3c4d", "09RABAT2": "5e6f7a8b 9c0d1e2f"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "news.json"


def test_a_search_keeps_what_was_seen_first_until_the_reader_looks(file: Path) -> None:
    assert seen_file.read(file) == ()
    seen_file.begin(file, HERE, {"kettle": FEW})
    seen_file.begin(file, HERE, {"kettle": {}, "tea": {}})
    assert seen_file.of_archive(file, HERE)["kettle"].records == FEW
    seen_file.look(file, HERE, {"kettle": {"09RABAT1": "00000000", "09RABAT3": "7"}})
    seen = seen_file.of_archive(file, HERE)
    assert seen["kettle"].records == {**FEW, "09RABAT1": "00000000", "09RABAT3": "7"}
    assert seen["tea"].records == {}


def test_archives_are_kept_apart_and_one_can_be_forgotten(file: Path) -> None:
    for archive in (HERE, THERE):
        seen_file.look(file, archive, {"kettle": FEW, "tea": {}})
    assert seen_file.forget(file, HERE) == 2
    assert (seen_file.of_archive(file, HERE), len(seen_file.read(file))) == ({}, 2)
    assert seen_file.forget(file, HERE) == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "Expecting"),
        ("[]", 'its "format" is not'),
        ('{"format": "cable-tui people"}', 'its "format" is not'),
        ('{"format": "cable-tui news", "version": 2}', "another version"),
        ('{"format": "cable-tui news", "version": 1}', "searches is required"),
    ],
)
def test_a_damaged_file_is_refused_and_left(file: Path, content: str, reason: str) -> None:
    file.parent.mkdir()
    file.write_text(content)
    with pytest.raises(LibraryError, match=reason):
        seen_file.look(file, HERE, {"kettle": FEW})
    assert file.read_text() == content


def test_a_full_disk_leaves_the_file_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen_file.begin(file, HERE, {"kettle": FEW})

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cable_tui.program.shared_file.write_private", full)
    with pytest.raises(LibraryError, match="No space left"):
        seen_file.look(file, HERE, {"kettle": {}, "tea": FEW})
    assert list(seen_file.of_archive(file, HERE)) == ["kettle"]


_WRITER = """
import sys
from pathlib import Path
from cable_tui.base.errors import LibraryError
from cable_tui.tools.news import seen_file
from tests.tool_cases import KeptFiles
number = 0
while True:
    found = {sys.argv[2]: {f"09RABAT{number + 1}": "1"}}
    try:
        seen_file.look(Path(sys.argv[1]), Path("/cables"), found)
    except LibraryError:  # the other one was quicker for two seconds
        continue
    number += 1
    print(number, flush=True)
"""


def test_two_windows_of_which_one_is_killed_lose_nothing_that_was_stored(file: Path) -> None:
    command = [sys.executable, "-c", _WRITER, str(file)]
    windows = [
        subprocess.Popen([*command, name], stdout=subprocess.PIPE, text=True)
        for name in ("kettle", "tea")
    ]
    stored = []
    for window in windows:
        assert window.stdout is not None
        stored.append(max(int(window.stdout.readline()) for _ in range(5)))
    for window in windows:
        os.kill(window.pid, signal.SIGKILL)
        window.communicate()
    seen = seen_file.of_archive(file, HERE)
    for name, number in zip(("kettle", "tea"), stored, strict=True):
        assert {f"09RABAT{at}" for at in range(1, number + 1)} <= seen[name].records.keys()
    seen_file.look(file, HERE, {"salt": FEW})
    assert len(seen_file.of_archive(file, HERE)) == 3


def _seen(file: Path) -> None:
    seen_file.look(file, HERE, {"kettle": FEW})


CASE = KeptFiles({"seen searches": _seen}, read=(seen_file.read,), beside=seen_file.file_beside)

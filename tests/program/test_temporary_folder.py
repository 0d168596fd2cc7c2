"""Temporary folders go with who made them, killed or not; nobody else's are touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cable_tui.operating_system import files
from cable_tui.program import running, temporary_folder

_MADE = """
import sys
from pathlib import Path
from cable_tui.program.temporary_folder import temporary_folder
with temporary_folder("private", "private session") as folder:
    (folder / "data").mkdir()
    (folder / "data" / "notes").write_text("a secret")
    (folder / "out").symlink_to(sys.argv[1])
    print(folder, flush=True)
    sys.stdin.read()
"""


pytestmark = pytest.mark.usefixtures("temporary")


@contextmanager
def elsewhere(tmp_path: Path, *, killed: bool = False) -> Iterator[Path]:
    """The folder of another process, which is open or killed; a link in it leads out."""
    (tmp_path / "mine").mkdir(exist_ok=True)
    (tmp_path / "mine" / "kept").write_text("kept")
    with subprocess.Popen(
        [sys.executable, "-c", _MADE, str(tmp_path / "mine")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        if killed:
            process.send_signal(signal.SIGKILL)
            process.wait()
        yield folder


def test_a_folder_goes_with_its_block_and_is_for_this_user_only(temporary: Path) -> None:
    with temporary_folder.temporary_folder("text", "program") as folder:
        assert folder.parent == temporary
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "text").write_text("a cable")
        assert [each.kind for each in temporary_folder.in_use()] == ["program"]
        assert temporary_folder.sweep() == 0
    assert list(temporary.iterdir()) == []


def test_a_folder_whose_program_was_killed_is_swept_and_one_in_use_is_not(
    temporary: Path, tmp_path: Path
) -> None:
    with elsewhere(tmp_path) as used, elsewhere(tmp_path, killed=True) as left:
        assert (left / "data" / "notes").exists()
        assert temporary_folder.abandoned() == [left]
        assert temporary_folder.sweep() == 1
        assert list(temporary.iterdir()) == [used]
        assert (used / "data" / "notes").exists()
    assert list(temporary.iterdir()) == []
    assert (tmp_path / "mine" / "kept").read_text() == "kept"


def test_a_sweep_that_was_cut_short_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with elsewhere(tmp_path, killed=True) as left:
        remove = files.remove_closed
        monkeypatch.setattr(files, "remove_closed", lambda _: None)
        assert temporary_folder.sweep() == 0
        assert temporary_folder.abandoned() == [left]
        monkeypatch.setattr(files, "remove_closed", remove)
        assert temporary_folder.sweep() == 1


def _entry(folder: Path) -> None:
    """What a killed program leaves."""
    (folder / running.NAME).mkdir(parents=True, mode=0o700)
    (folder / running.NAME / "1-1.open").write_text(" {}")


def test_what_looks_like_ours_and_is_not_stays(
    temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _entry(tmp_path / "elsewhere")
    (temporary / "cable-tui-private-link").symlink_to(tmp_path / "elsewhere")
    (temporary / "cable-tui-private-file").write_text("x")
    for name in ("cable-tui-mine", "another-private-1"):
        _entry(temporary / name)
    _entry(temporary / "cable-tui-private-shared")
    (temporary / "cable-tui-private-shared").chmod(0o777)
    (temporary / "cable-tui-private-unlocked").mkdir(mode=0o700)
    before = sorted(temporary.rglob("*"))
    assert temporary_folder.sweep() == 0
    assert sorted(temporary.rglob("*")) == before
    _entry(temporary / "cable-tui-private-another-users")
    (temporary / "cable-tui-private-another-users").chmod(0o700)
    monkeypatch.setattr(files, "is_mine", lambda info: info.st_ino == 0)
    assert temporary_folder.sweep() == 0


def test_what_an_older_version_left_is_named_and_not_removed(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (temporary / "cable-tui-visit-ab12").mkdir(mode=0o700)
    assert temporary_folder.of_older_versions() == [temporary / "cable-tui-visit-ab12"]
    assert temporary_folder.sweep() == 0
    assert (temporary / "cable-tui-visit-ab12").exists()
    # Without a folder of temporary files there is nothing to sweep.
    monkeypatch.setattr(tempfile, "tempdir", os.devnull)
    assert temporary_folder.sweep() == 0
    assert list(temporary_folder.in_use()) == []

"""The builder is started before the room where there is nothing to be shown without it."""

import sys
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive import index
from cable_tui.tui import spawning
from cable_tui.tui.spawning import command, early, spawn


def test_the_builder_is_this_program_and_looks_for_no_module_in_the_folder() -> None:
    argv = command(Path("/cables"), Path("/cache"))
    assert argv[:4] == [sys.executable, "-P", "-m", "cable_tui"]
    assert argv[4:] == ["index", "/cables", "--progress", "--cache", "/cache"]


def test_a_new_archive_is_read_at_once(tmp_path: Path) -> None:
    demo.write(tmp_path / "cables")
    process = early(tmp_path / "cables", tmp_path / "cache")
    assert process is not None
    with process:
        assert process.stdout is not None
        assert '"cables": 40' in process.stdout.read()
    assert process.returncode == 0


def test_where_there_are_cables_to_be_shown_the_room_comes_first(tmp_path: Path) -> None:
    demo.write(tmp_path / "cables")
    for _ in index(tmp_path / "cables", tmp_path / "cache", workers=0):
        pass
    assert early(tmp_path / "cables", tmp_path / "cache") is None


def test_that_it_does_not_start_is_found_out_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spawning, "command", lambda path, cache: ["/nonexistent/program"])
    assert early(tmp_path, tmp_path / "cache") is None


def test_it_ends_when_its_room_is_gone() -> None:
    process = spawn([sys.executable, "-c", "import sys; sys.stdin.read()"])
    with process:
        pass  # closes its standard input
    assert process.returncode == 0

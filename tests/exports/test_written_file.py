"""Files for the user: whole or not at all, under names that any system takes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.errors import UsageError
from cable_tui.exports.written_file import download_name, file_name, write_whole

PIPES: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}


def _breaking() -> Iterator[str]:
    yield "half"
    raise UsageError("the archive went away")


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    file = tmp_path / "story.md"
    file.write_text("old", "utf-8")
    write_whole(file, ["new ", "text\n"])
    assert file.read_bytes() == b"new text\n"
    assert list(tmp_path.iterdir()) == [file]


def test_bytes_are_written_as_they_are_and_text_in_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "story.bin"
    write_whole(file, [b"\x00\xff\r", b"\n"])
    assert file.read_bytes() == b"\x00\xff\r\n"
    write_whole(file, ["¶\r\n", "\ud800"])
    assert file.read_bytes() == b"\xc2\xb6\r\n?"


def test_what_breaks_on_the_way_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / "story.md"
    file.write_text("old", "utf-8")
    with pytest.raises(UsageError, match="went away"):
        write_whole(file, _breaking())
    assert file.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("where", ["missing/story.md", "."])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, where: str) -> None:
    with pytest.raises(UsageError, match=str(tmp_path)):
        write_whole(tmp_path / where, ["text"])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device is always full here")
def test_a_disk_that_is_full_when_all_is_written_is_said_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing the file fails as well: what is left of it would be written then."""
    with pytest.raises(UsageError, match="cannot be replaced"):
        write_whole(Path("/dev/full"), ["text"])
    full = os.open("/dev/full", os.O_WRONLY)
    monkeypatch.setattr("tempfile.mkstemp", lambda **_: (full, str(tmp_path / ".part")))
    with pytest.raises(UsageError, match="No space left"):
        write_whole(tmp_path / "story.md", ["text"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("lobster origin:zenda", "lobster-origin-zenda.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("São Paulo / 2009", "São-Paulo-2009.md"),
        ("\x1b[31m", "31m.md"),
        ("", "cables.md"),
        ("***", "cables.md"),
        ("Con", "Con-cables.md"),
        ("lpt1", "lpt1-cables.md"),
        ("con man", "con-man.md"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert file_name(title, "md") == name


def test_a_long_title_becomes_a_short_name() -> None:
    assert file_name("lobster " * 50, "csv") == "lobster-" * 7 + "lobs.csv"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("story.csv", "story.csv"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("../..", "cables"),
        (".bashrc", "bashrc"),
        ("a\r\nSet-Cookie: b.csv", "aSet-Cookie: b.csv"),
        ("\u202ecsv.exe", "csv.exe"),
        ("   ", "cables"),
        ("für-Ann.csv", "für-Ann.csv"),
        ("x" * 200 + ".csv", "x" * 96 + ".csv"),
    ],
)
def test_a_download_has_a_name_and_no_folder(typed: str, name: str) -> None:
    assert download_name(typed) == name


_WRITING = """
import sys
from pathlib import Path
from cable_tui.exports.written_file import whole
with whole(Path(sys.argv[1])) as write:
    write("half")
    print("begun", flush=True)
    sys.stdin.read()
"""


def test_what_a_killed_export_left_is_removed_by_the_next_one_and_nothing_else(
    tmp_path: Path,
) -> None:
    (tmp_path / "kept").write_text("mine")
    odd = {
        ".other.csv.abcdefgh": "no name of ours",
        ".notes.cable-tui": "no name of ours either",
        ".a.csv.abcdefgh.cable-tui.txt": "nor this",
    }
    for name, text in odd.items():
        (tmp_path / name).write_text(text)
    if os.name != "nt":
        (tmp_path / ".x.csv.linkedto.cable-tui").symlink_to(tmp_path / "kept")
        (tmp_path / ".x.csv.afolder_.cable-tui").mkdir()
    before = set(tmp_path.iterdir())
    command = [sys.executable, "-c", _WRITING]
    with (
        subprocess.Popen([*command, str(tmp_path / "x.csv")], **PIPES) as dying,
        subprocess.Popen([*command, str(tmp_path / "y.csv")], **PIPES) as living,
    ):
        for each in (dying, living):
            assert each.stdout is not None
            assert each.stdout.readline() == "begun\n"
        parts = set(tmp_path.iterdir()) - before
        assert len(parts) == 2
        dying.kill()
        dying.wait()
        write_whole(tmp_path / "z.csv", ["whole"])
        (left,) = set(tmp_path.iterdir()) - before - {tmp_path / "z.csv"}
        assert left.name.startswith(".y.csv.")
        assert living.communicate(timeout=60)[0] == ""
    after = {tmp_path / "y.csv", tmp_path / "z.csv"}
    assert set(tmp_path.iterdir()) == before | after
    assert (tmp_path / "y.csv").read_text() == "half"
    assert (tmp_path / "kept").read_text() == "mine"


@pytest.mark.skipif(os.name == "nt", reason="files have no owner's number")
def test_what_another_users_killed_export_left_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder for everybody, such as /tmp, where root may remove what others write."""
    left = tmp_path / ".x.csv.abcdefgh.cable-tui"
    left.write_text("half")
    monkeypatch.setattr(os, "getuid", lambda: left.stat().st_uid + 1)
    write_whole(tmp_path / "y.csv", ["whole"])
    assert left.read_text() == "half"
    monkeypatch.undo()
    write_whole(tmp_path / "y.csv", ["whole"])
    assert not left.exists()


def test_an_export_whose_file_is_taken_for_a_dead_ones_begins_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = tempfile.mkstemp
    made: list[str] = []

    def swept(**how: Any) -> tuple[int, str]:
        descriptor, name = make(**how)
        made.append(name)
        if len(made) == 1:  # before it is locked another export removes it
            Path(name).unlink()
        return descriptor, name

    monkeypatch.setattr("tempfile.mkstemp", swept)
    write_whole(tmp_path / "story.md", ["text"])
    assert (tmp_path / "story.md").read_text() == "text"
    assert len(made) == 2
    assert list(tmp_path.iterdir()) == [tmp_path / "story.md"]

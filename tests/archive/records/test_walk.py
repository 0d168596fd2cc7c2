"""The walk over the user's files."""

import os
from pathlib import Path

import pytest

from cable_tui.archive.records import walk


def test_every_regular_file_is_found_in_order(tmp_path: Path) -> None:
    for name in ("b/2", "b/1", "a/x/y", "z", "c"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    found = list(walk.walk(tmp_path))
    assert [each.path for each in found] == [b"c", b"z", b"a/x/y", b"b/1", b"b/2"]
    assert [each.size for each in found] == [1, 1, 5, 3, 3]


def test_a_file_is_an_archive_with_one_file(tmp_path: Path) -> None:
    file = tmp_path / "one.csv"
    file.write_text("12345")
    (found,) = walk.walk(file)
    assert (found.path, found.size) == (b"", 5)
    assert walk.full_path(file, found.path) == os.fsencode(file)
    assert walk.shown_path(file, found.path) == "one.csv"


def test_a_folder_that_cannot_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text("")
    scandir = os.scandir

    def refusing(folder: bytes) -> object:
        if folder.endswith(b"closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    found = {each.path: each.unreadable for each in walk.walk(tmp_path)}
    assert found == {b"open.txt": "", b"closed": "Permission denied"}


@pytest.mark.skipif(os.name == "nt", reason="links and FIFOs of POSIX")
def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    os.mkfifo(tmp_path / "fifo")
    with walk.open_regular(os.fsencode(tmp_path / "file")) as stream:
        assert stream.read() == b"x"
    for name in ("link", "fifo"):
        with pytest.raises(OSError, match=name):
            walk.open_regular(os.fsencode(tmp_path / name))

"""The walk over the user's files."""

import os
import re
from pathlib import Path

import pytest

from cable_tui.archive.records import walk
from cable_tui.base.errors import ArchiveError


def test_every_regular_file_is_found_in_order(tmp_path: Path) -> None:
    for name in ("b/2", "b/1", "a/x/y", "z", "c"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    found = list(walk.walk(tmp_path))
    assert [each.path for each in found] == [b"c", b"z", b"a/x/y", b"b/1", b"b/2"]
    assert [each.size for each in found] == [1, 1, 5, 3, 3]


@pytest.mark.skipif(os.name == "nt", reason="links and FIFOs of POSIX")
def test_what_is_not_entered_is_found_as_what_it_is(tmp_path: Path) -> None:
    for name in (".git/objects/1", "pages/.hidden/2", "pages/.a"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    (tmp_path / "to folder").symlink_to(tmp_path / "pages")
    (tmp_path / "to file").symlink_to(tmp_path / "pages" / ".a")
    (tmp_path / "to nothing").symlink_to(tmp_path / "gone")
    (tmp_path / "to itself").symlink_to(tmp_path / "to itself")
    os.mkfifo(tmp_path / "fifo")
    assert {each.path: each.never_opened for each in walk.walk(tmp_path)} == {
        b".git": "hidden folder",
        b"pages/.hidden": "hidden folder",
        b"pages/.a": "",
        b"to folder": "linked folder",
        b"to file": "link",
        b"to nothing": "link",
        b"to itself": "link",
        b"fifo": "special file",
    }
    assert [each.path for each in walk.walk(tmp_path / ".git")] == [b"objects/1"]


def test_a_hidden_folder_changes_no_fingerprint(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    before = walk.fingerprint(tmp_path)
    (tmp_path / ".git" / "index").write_text("x")
    os.utime(tmp_path / ".git", (1, 1))
    assert walk.fingerprint(tmp_path) == before


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


def test_a_misspelt_folder_gets_its_likely_name(tmp_path: Path) -> None:
    (tmp_path / "cables" / "mirror").mkdir(parents=True)
    for given, meant in (("cabels", "cables"), ("Cabels/mirror", "cables/mirror")):
        with pytest.raises(ArchiveError, match="no such folder") as raised:
            walk.checked(tmp_path / given)
        assert str(raised.value).endswith(f"Did you mean {tmp_path / meant}?")


def test_a_name_like_no_other_gets_none(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=re.escape("xyzzy: no such folder") + "$"):
        walk.checked(tmp_path / "xyzzy")


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_an_empty_place_is_said(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "place"
    if kind == "folder":
        place.mkdir()
    else:
        place.touch()
    with pytest.raises(ArchiveError, match=f"this {kind} is empty; cable-tui looks for"):
        walk.checked(place)


@pytest.mark.skipif(os.name == "nt", reason="FIFOs of POSIX")
def test_a_fifo_is_no_archive_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(ArchiveError, match="fifo: it is neither a folder nor a regular file"):
        walk.checked(tmp_path / "fifo")


def test_a_link_to_a_folder_is_that_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert walk.checked(tmp_path / "link") == tmp_path / "real"


def test_a_hostile_name_is_made_harmless() -> None:
    with pytest.raises(ArchiveError) as raised:
        walk.checked(Path("/nowhere/\x1b]52;c;eA==\x07"))
    assert str(raised.value).isprintable()


def test_files_of_many_kinds_are_counted(tmp_path: Path) -> None:
    skipped = {"pdf": 3, "image": 12, "archive (.7z)": 1}
    error = walk.no_cable(tmp_path, skipped, 2)
    assert "it saw 16 files: 12 images, 3 pdfs, 1 archive (.7z)" in str(error)
    assert "2 more could not be read" in str(error)
    assert "Unpack it first" in str(error)

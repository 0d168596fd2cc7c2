"""What is said of a PATH that is no archive."""

import os
import re
from pathlib import Path

import pytest

from cable_tui.archive.records import path_errors
from cable_tui.errors import ArchiveError


def test_a_misspelt_folder_gets_its_likely_name(tmp_path: Path) -> None:
    (tmp_path / "cables" / "mirror").mkdir(parents=True)
    for given, meant in (("cabels", "cables"), ("Cabels/mirror", "cables/mirror")):
        with pytest.raises(ArchiveError, match="no such folder") as raised:
            path_errors.checked(tmp_path / given)
        assert str(raised.value).endswith(f"Did you mean {tmp_path / meant}?")


def test_a_name_like_no_other_gets_none(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=re.escape("xyzzy: no such folder") + "$"):
        path_errors.checked(tmp_path / "xyzzy")


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_an_empty_place_is_said(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "place"
    if kind == "folder":
        place.mkdir()
    else:
        place.touch()
    with pytest.raises(ArchiveError, match=f"this {kind} is empty; cable-tui looks for"):
        path_errors.checked(place)


@pytest.mark.skipif(os.name == "nt", reason="FIFOs of POSIX")
def test_a_fifo_is_no_archive_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(ArchiveError, match="fifo: is no folder and no regular file"):
        path_errors.checked(tmp_path / "fifo")


def test_a_link_to_a_folder_is_that_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert path_errors.checked(tmp_path / "link") == tmp_path / "real"


def test_a_hostile_name_is_made_harmless() -> None:
    with pytest.raises(ArchiveError) as raised:
        path_errors.checked(Path("/nowhere/\x1b]52;c;eA==\x07"))
    assert str(raised.value).isprintable()


def test_files_of_many_kinds_are_counted(tmp_path: Path) -> None:
    skipped = {"pdf": 3, "image": 12, "archive (.7z)": 1}
    error = path_errors.no_cable(tmp_path, skipped, 2)
    assert "it saw 16 files: 12 image, 3 pdf, 1 archive (.7z)" in str(error)
    assert "2 more could not be read" in str(error)
    assert "Unpack it first" in str(error)

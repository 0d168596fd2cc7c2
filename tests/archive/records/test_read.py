import gzip
import zipfile
from pathlib import Path

import pytest

from cable_tui.archive.records.read import MOST_BYTES, raw_text
from cable_tui.base.cable import Problem
from cable_tui.base.errors import ArchiveError


def _text(root: Path, path: str, line: int = 0) -> str:
    return raw_text(root, Problem(path, line, "no body"))


def test_the_text_begins_at_the_line_of_the_problem(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"one\ntwo \x1b[31m\nthree\n")
    assert _text(tmp_path, "a.csv", 2) == "two ␛[31m\nthree\n"
    assert _text(tmp_path, "a.csv") == "one\ntwo ␛[31m\nthree\n"
    assert _text(tmp_path / "a.csv", "a.csv", 3) == "three\n"
    assert _text(tmp_path, "a.csv", 99) == ""


def test_packed_files_are_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"one\ntwo\n"))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as packed:
        packed.writestr("c/d.html", "inside")
    assert _text(tmp_path, "a.csv.gz", 2) == "two\n"
    assert _text(tmp_path, "b.zip/c/d.html") == "inside"


def test_a_long_file_is_shown_in_part_and_bytes_that_are_no_text_too(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff" * (2 * MOST_BYTES))
    assert _text(tmp_path, "a") == "\N{REPLACEMENT CHARACTER}" * MOST_BYTES


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"gone\.html: cannot be read"):
        _text(tmp_path, "gone.html")

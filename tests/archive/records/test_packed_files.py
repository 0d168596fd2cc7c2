"""Files inside of zips and gzips are files of the archive like any other."""

import gzip
import io
import os
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.archive.records import packed_files
from tests.formats.samples import DATA

PAGE = (DATA / "page-2011.html").read_bytes()
DUMP = (DATA / "cables.csv").read_bytes()


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def read(path: bytes) -> bytes:
    with packed_files.opened(path) as file:
        return file.read()


def test_members_stand_where_the_zip_does(tmp_path: Path) -> None:
    made = zipped(tmp_path / "pages.ZIP", {"cable/b.html": PAGE, "a.txt": b"UNCLAS"})
    (tmp_path / "c.txt").write_text("C")
    found = list(packed_files.found(tmp_path))
    assert [(each.path, each.size) for each in found] == [
        (b"c.txt", 1),
        (b"pages.ZIP/a.txt", 6),
        (b"pages.ZIP/cable/b.html", len(PAGE)),
    ]
    assert {each.mtime_ns for each in found[1:]} == {made.stat().st_mtime_ns}
    assert read(os.fsencode(tmp_path / "pages.ZIP" / "cable" / "b.html")) == PAGE


def test_a_zip_can_be_the_whole_archive(tmp_path: Path) -> None:
    made = zipped(tmp_path / "pages.zip", {"a.txt": b"UNCLAS"})
    assert [each.path for each in packed_files.found(made)] == [b"a.txt"]
    assert read(os.fsencode(made) + b"/a.txt") == b"UNCLAS"


def test_a_folder_that_is_named_like_a_zip_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.zip").mkdir()
    (tmp_path / "a.zip" / "b.txt").write_text("B")
    assert [each.path for each in packed_files.found(tmp_path)] == [b"a.zip/b.txt"]
    assert read(os.fsencode(tmp_path / "a.zip" / "b.txt")) == b"B"


def test_a_damaged_zip_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and no more")
    (found,) = packed_files.found(tmp_path)
    assert found.path == b"a.zip"
    assert found.unreadable.startswith("the zip is damaged")


def test_names_that_lead_outside_are_said_and_not_followed(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", {"../b.txt": b"B", "/etc/c.txt": b"C", "d.txt": b"D"})
    found = list(packed_files.found(tmp_path))
    assert [(each.path, each.unreadable) for each in found] == [
        (b"a.zip", "names in it are empty or lead outside of the zip"),
        (b"a.zip/d.txt", ""),
    ]


def test_a_name_that_begins_with_nul_is_a_problem_and_ends_no_index(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    made = zipped(folder / "a.zip", {"Xbad.html": b"B", "page.html": PAGE})
    made.write_bytes(made.read_bytes().replace(b"Xbad.html", b"\0bad.html"))
    list(index(folder, tmp_path / "cache", workers=0))
    archive = open_archive(folder, tmp_path / "cache")
    assert [(each.path, each.reason) for each in archive.problems()] == [
        ("a.zip", "cannot be read: names in it are empty or lead outside of the zip")
    ]
    assert archive.summary().cables == 1


def _far_off(data: bytes) -> bytes:
    """The same zip, whose directory has its last member where no file reaches."""
    last, end = data.rfind(b"PK\1\2"), data.rfind(b"PK\5\6")
    (length,) = struct.unpack_from("<H", data, last + 28)
    extra = struct.pack("<HHQ", 1, 8, (1 << 63) + 5)
    entry = bytearray(data[last : last + 46 + length])
    entry[30:32], entry[42:46] = struct.pack("<H", len(extra)), b"\xff" * 4
    ending = bytearray(data[end:])
    struct.pack_into("<L", ending, 12, *(each + len(extra) for each in SIZE.unpack_from(ending)))
    return data[:last] + bytes(entry) + extra + bytes(ending)


SIZE = struct.Struct("<12xL")
"""The size of the directory, in what ends a zip."""
TEXTS = {"a/b.txt": b"UNCLAS " * 900, "é.txt": b"SECRET", "none.txt": b""}


def _zip_bytes() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in TEXTS.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


ZIP = _zip_bytes()
MADE = [
    ("a.zip", ZIP),
    ("a.zip", _far_off(ZIP)),
    ("a.txt.gz", gzip.compress(TEXTS["a/b.txt"], mtime=0)),
]
CUTS = st.tuples(
    st.integers(0, len(ZIP) + 20), st.integers(0, 9), st.sampled_from([b"", b"\0", b"\xff" * 4])
)
CHANGES = st.lists(CUTS | st.tuples(st.integers(0, 700), st.just(1), st.binary(max_size=3)))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(MADE), CHANGES)
@example(MADE[1], [])
@example(MADE[0], [(ZIP.rfind("é.txt".encode()), 1, b"\0")])
def test_whatever_is_wrong_with_a_packed_file_is_said_of_it(
    tmp_path: Path, made: tuple[str, bytes], changes: list[tuple[int, int, bytes]]
) -> None:
    name, data = made
    for at, length, instead in changes:
        data = data[:at] + instead + data[at + length :]
    folder = tmp_path / name.replace(".", "-")
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    packed_files._directory.cache_clear()
    for file in packed_files.found(folder):
        assert file.path.startswith(name.encode())
        if not file.unreadable:
            with suppress(OSError):
                read(os.fsencode(folder) + b"/" + file.path)


def test_a_gzip_is_read_as_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "cables.csv.gz"
    path.write_bytes(gzip.compress(DUMP))
    assert read(os.fsencode(path)) == DUMP
    assert packed_files.inner("x/cables.csv.GZ") == "x/cables.csv"


def test_nothing_is_opened_twice_over(tmp_path: Path) -> None:
    inside = gzip.compress(DUMP)
    zipped(tmp_path / "a.zip", {"cables.csv.gz": inside})
    packed = packed_files.opened(os.fsencode(tmp_path / "a.zip" / "cables.csv.gz"))
    with packed as file:
        assert file.read() == inside


@pytest.mark.parametrize("name", ["a.zip/none.txt", "none.zip/a.txt", "b.txt/c"])
def test_what_is_not_there_is_an_error(tmp_path: Path, name: str) -> None:
    zipped(tmp_path / "a.zip", {"a.txt": b"A"})
    (tmp_path / "b.txt").write_text("B")
    with pytest.raises(OSError, match=r"no such member|No such file|Not a directory"):
        packed_files.opened(os.fsencode(tmp_path / name))


def test_a_changed_zip_changes_its_members(tmp_path: Path) -> None:
    made = zipped(tmp_path / "a.zip", {"a.txt": b"A"})
    member, now = os.fsencode(made) + b"/a.txt", made.stat().st_mtime_ns
    assert packed_files.is_unchanged(member, 1, now)
    assert not packed_files.is_unchanged(member, 1, now - 1)
    assert not packed_files.is_unchanged(os.fsencode(made), 1, now)


def test_packed_cables_are_indexed_and_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    zipped(folder / "pages.zip", {"cable/2009/02/page.html": PAGE, "nara.txt": NARA, "b.7z": b"7z"})
    (folder / "foia.csv.gz").write_bytes(gzip.compress(FOIA))
    list(index(folder, tmp_path / "cache", workers=0))
    archive = open_archive(folder, tmp_path / "cache")
    assert archive.problems() == []
    found = archive.find("73STATE89296")
    assert found
    cable = archive.cable(found)
    assert cable.body.text == "LIMITED OFFICIAL USE STATE 089296"
    assert [source.path for source in cable.sources] == ["foia.csv.gz"]
    both = archive.find("1973LIMA02545")
    assert both
    paths = {source.path for source in archive.cable(both).sources}
    assert paths == {"foia.csv.gz", "pages.zip/nara.txt"}


def test_a_gzip_that_is_cut_off_gives_what_it_has_and_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "cables.csv.gz"
    lines = b"".join(b"%d" % n * 40 for n in range(2000))
    packed = gzip.compress(DUMP + lines)
    path.write_bytes(packed[: len(packed) - 40])
    list(index(path, tmp_path / "cache", workers=0))
    archive = open_archive(path, tmp_path / "cache")
    assert "the packed file is cut off" in [each.reason for each in archive.problems()]
    assert archive.summary().cables == DUMP.count(b'\n"') + 1


NARA = (DATA / "nara.txt").read_bytes()
FOIA = (DATA / "foia.csv").read_bytes()

"""Files in archives, and compressed ones, are files like any other."""

import gzip
import io
import os
import struct
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cable_tui.archive.records import packed_files
from cable_tui.archive.records.packed_files import Inside
from cable_tui.archive.records.walk import FoundFile
from cable_tui.formats.packed import members
from cable_tui.formats.packed.member import Member, Trouble
from tests.archive.fiction import id_of, opened
from tests.formats.samples import DATA
from tests.shapes import tar

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


def listed(path: Path) -> tuple[dict[bytes, Inside], list[str]]:
    """The files in an archive in a folder, and what is wrong with it."""
    info = path.stat()
    found = FoundFile(os.fsencode(path.name), info.st_size, info.st_mtime_ns)
    items = list(packed_files.listed(path.parent, found, 1))
    return (
        {each.path: each for each in items if isinstance(each, Inside)},
        [each.reason for each in items if isinstance(each, Trouble)],
    )


def test_the_files_of_an_archive_stand_below_it(tmp_path: Path) -> None:
    made = zipped(tmp_path / "pages.ZIP", {"cable/b.html": PAGE, "a.txt": b"UNCLAS"})
    found, troubles = listed(made)
    assert {path: each.size for path, each in found.items()} == {
        b"pages.ZIP/a.txt": 6,
        b"pages.ZIP/cable/b.html": len(PAGE),
    }
    assert {each.mtime_ns for each in found.values()} == {made.stat().st_mtime_ns}
    assert troubles == []
    assert read(os.fsencode(tmp_path / "pages.ZIP" / "cable" / "b.html")) == PAGE


def test_a_folder_that_is_named_like_a_zip_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.zip").mkdir()
    (tmp_path / "a.zip" / "b.txt").write_text("B")
    assert read(os.fsencode(tmp_path / "a.zip" / "b.txt")) == b"B"


def test_names_that_lead_outside_are_said_and_not_followed(tmp_path: Path) -> None:
    made = zipped(tmp_path / "a.zip", {"../b.txt": b"B", "/srv/c.txt": b"C", "d.txt": b"D"})
    found, troubles = listed(made)
    assert list(found) == [b"a.zip/srv/c.txt", b"a.zip/d.txt"]
    assert troubles == [
        "it has names that are empty or point outside the zip: the first is '../b.txt'"
    ]


def test_a_name_that_begins_with_nul_is_a_problem_and_ends_no_index(
    folder: Path, cache: Path
) -> None:
    made = zipped(folder / "a.zip", {"Xbad.html": b"B", "page.html": PAGE})
    made.write_bytes(made.read_bytes().replace(b"Xbad.html", b"\0bad.html"))
    archive = opened(folder, cache)
    assert [(each.path, each.reason) for each in archive.problems()] == [
        ("a.zip", "1 it has names that are empty or point outside the zip: the first is ''")
    ]
    assert archive.summary().cables == 1
    assert archive.account().files.problems == 1
    assert archive.account().adds_up


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
    try:
        paths = list(listed(folder / name)[0]) if name == "a.zip" else [os.fsencode(name)]
    except OSError:
        return
    for path in paths:
        assert path.startswith(name.encode())
        with suppress(OSError):
            read(os.fsencode(folder) + b"/" + path)


def test_a_gzip_is_read_as_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "cables.csv.gz"
    path.write_bytes(gzip.compress(DUMP))
    assert read(os.fsencode(path)) == DUMP
    assert packed_files.inner("x/cables.csv.GZ") == "x/cables.csv"


def test_a_compressed_file_in_an_archive_is_unpacked_too(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", {"cables.csv.gz": gzip.compress(DUMP)})
    assert read(os.fsencode(tmp_path / "a.zip" / "cables.csv.gz")) == DUMP


def test_an_archive_in_an_archive_is_opened_and_none_in_that(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "in.zip", {"b/c.txt": b"C"}).read_bytes()
    zipped(tmp_path / "a.zip", {"in.zip": inner})
    assert read(os.fsencode(tmp_path / "a.zip" / "in.zip" / "b" / "c.txt")) == b"C"
    outer = (tmp_path / "a.zip").read_bytes()
    zipped(tmp_path / "deep.zip", {"a.zip": outer})
    with pytest.raises(OSError, match="no such file"):
        packed_files.opened(os.fsencode(tmp_path / "deep.zip" / "a.zip" / "in.zip" / "b/c.txt"))


def test_an_archive_in_an_archive_is_unpacked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = zipped(tmp_path / "in.zip", {f"{n}.txt": b"%d" % n for n in range(9)}).read_bytes()
    path = zipped(tmp_path / "a.zip", {"in.zip": inner})
    opened: list[str] = []
    open_member = members.open_member

    def noting(file: BinaryIO, kind: str, member: Member) -> BinaryIO:
        opened.append(member.name)
        return open_member(file, kind, member)

    monkeypatch.setattr(members, "open_member", noting)
    for n in range(9):
        assert read(os.fsencode(path / "in.zip" / f"{n}.txt")) == b"%d" % n
    assert opened.count("in.zip") <= 2  # once for its directory


def test_a_file_in_a_tar_is_opened_where_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.tar.xz"
    path.write_bytes(tar({"a.txt": b"A" * 9, "b.txt": b"B" * 9}, "w:xz"))
    inside = listed(path)[0][b"a.tar.xz/b.txt"]
    monkeypatch.setattr(packed_files, "_directory", None)  # it is not looked for
    with packed_files.opened(os.fsencode(path) + b"/b.txt", inside.start, inside.size) as file:
        assert file.read() == b"B" * 9
    with packed_files.opened(os.fsencode(path) + b"/b.txt", inside.start) as file:
        assert file.read(9) == b"B" * 9


@pytest.mark.parametrize("name", ["a.zip/none.txt", "none.zip/a.txt", "b.txt/c"])
def test_what_is_not_there_is_an_error(tmp_path: Path, name: str) -> None:
    zipped(tmp_path / "a.zip", {"a.txt": b"A"})
    (tmp_path / "b.txt").write_text("B")
    with pytest.raises(OSError, match=r"no such file|No such file|Not a directory"):
        packed_files.opened(os.fsencode(tmp_path / name))


def test_a_changed_zip_changes_its_members(tmp_path: Path) -> None:
    made = zipped(tmp_path / "a.zip", {"a.txt": b"A"})
    member, now = os.fsencode(made) + b"/a.txt", made.stat().st_mtime_ns
    assert packed_files.is_unchanged(member, 1, now)
    assert not packed_files.is_unchanged(member, 1, now - 1)
    assert not packed_files.is_unchanged(os.fsencode(made), 1, now)


def test_packed_cables_are_indexed_and_read_again(folder: Path, cache: Path) -> None:
    zipped(folder / "pages.zip", {"cable/2009/02/page.html": PAGE, "nara.txt": NARA, "b.doc": b"7"})
    (folder / "foia.csv.gz").write_bytes(gzip.compress(FOIA))
    archive = opened(folder, cache)
    assert archive.problems() == []
    cable = archive.cable(id_of(archive, "73STATE89296"))
    assert cable.body.text == "LIMITED OFFICIAL USE STATE 089296"
    assert [source.path for source in cable.sources] == ["foia.csv.gz"]
    both = archive.cable(id_of(archive, "1973LIMA02545"))
    paths = {source.path for source in both.sources}
    assert paths == {"foia.csv.gz", "pages.zip/nara.txt"}


def test_a_gzip_that_is_cut_off_gives_what_it_has_and_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "cables.csv.gz"
    lines = b"".join(b"%d" % n * 40 for n in range(2000))
    packed = gzip.compress(DUMP + lines)
    path.write_bytes(packed[: len(packed) - 40])
    archive = opened(path, tmp_path / "cache")
    assert "the compressed file is cut off" in [each.reason for each in archive.problems()]
    assert archive.summary().cables == DUMP.count(b'\n"') + 1


NARA = (DATA / "nara.txt").read_bytes()
FOIA = (DATA / "foia.csv").read_bytes()


def test_a_name_in_an_archive_may_have_signs_that_no_file_of_windows_has(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    archive = zipped(tmp_path / "pages.zip", {'re: "tea"?.html': PAGE})
    lstat = os.lstat

    def of_windows(path: bytes) -> os.stat_result:
        if b"?" in path:
            raise OSError(22, "The filename, directory name, or volume label syntax is incorrect")
        return lstat(path)

    monkeypatch.setattr(os, "lstat", of_windows)
    assert read(os.fsencode(archive) + b'/re: "tea"?.html') == PAGE

"""Files inside of zips and gzips are files of the archive like any other."""

import gzip
import os
import zipfile
from pathlib import Path

import pytest

from cable_tui.archive import open_archive, sources
from cable_tui.archive.indexer import index
from tests.formats.samples import DATA

PAGE = (DATA / "page-2011.html").read_bytes()
DUMP = (DATA / "cables.csv").read_bytes()


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def read(path: bytes) -> bytes:
    with sources.opened(path) as file:
        return file.read()


def test_members_stand_where_the_zip_does(tmp_path: Path) -> None:
    made = zipped(tmp_path / "pages.ZIP", {"cable/b.html": PAGE, "a.txt": b"UNCLAS"})
    (tmp_path / "c.txt").write_text("C")
    found = list(sources.found(tmp_path))
    assert [(each.path, each.size) for each in found] == [
        (b"c.txt", 1),
        (b"pages.ZIP/a.txt", 6),
        (b"pages.ZIP/cable/b.html", len(PAGE)),
    ]
    assert {each.mtime_ns for each in found[1:]} == {made.stat().st_mtime_ns}
    assert read(os.fsencode(tmp_path / "pages.ZIP" / "cable" / "b.html")) == PAGE


def test_a_zip_can_be_the_whole_archive(tmp_path: Path) -> None:
    made = zipped(tmp_path / "pages.zip", {"a.txt": b"UNCLAS"})
    assert [each.path for each in sources.found(made)] == [b"a.txt"]
    assert read(os.fsencode(made) + b"/a.txt") == b"UNCLAS"


def test_a_folder_that_is_named_like_a_zip_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.zip").mkdir()
    (tmp_path / "a.zip" / "b.txt").write_text("B")
    assert [each.path for each in sources.found(tmp_path)] == [b"a.zip/b.txt"]
    assert read(os.fsencode(tmp_path / "a.zip" / "b.txt")) == b"B"


def test_a_damaged_zip_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and no more")
    (found,) = sources.found(tmp_path)
    assert found.path == b"a.zip"
    assert found.unreadable.startswith("the zip is damaged")


def test_names_that_lead_outside_are_said_and_not_followed(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", {"../b.txt": b"B", "/etc/c.txt": b"C", "d.txt": b"D"})
    found = list(sources.found(tmp_path))
    assert [(each.path, each.unreadable) for each in found] == [
        (b"a.zip", "names in it lead outside of the zip"),
        (b"a.zip/d.txt", ""),
    ]


def test_a_gzip_is_read_as_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "cables.csv.gz"
    path.write_bytes(gzip.compress(DUMP))
    assert read(os.fsencode(path)) == DUMP
    assert sources.inner("x/cables.csv.GZ") == "x/cables.csv"


def test_nothing_is_opened_twice_over(tmp_path: Path) -> None:
    inside = gzip.compress(DUMP)
    zipped(tmp_path / "a.zip", {"cables.csv.gz": inside})
    packed = sources.opened(os.fsencode(tmp_path / "a.zip" / "cables.csv.gz"))
    with packed as file:
        assert file.read() == inside


@pytest.mark.parametrize("name", ["a.zip/none.txt", "none.zip/a.txt", "b.txt/c"])
def test_what_is_not_there_is_an_error(tmp_path: Path, name: str) -> None:
    zipped(tmp_path / "a.zip", {"a.txt": b"A"})
    (tmp_path / "b.txt").write_text("B")
    with pytest.raises(OSError, match=r"no such member|No such file|Not a directory"):
        sources.opened(os.fsencode(tmp_path / name))


def test_a_changed_zip_changes_its_members(tmp_path: Path) -> None:
    made = zipped(tmp_path / "a.zip", {"a.txt": b"A"})
    member, now = os.fsencode(made) + b"/a.txt", made.stat().st_mtime_ns
    assert sources.is_unchanged(member, 1, now)
    assert not sources.is_unchanged(member, 1, now - 1)
    assert not sources.is_unchanged(os.fsencode(made), 1, now)


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

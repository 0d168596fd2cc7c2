"""The reading side of an archive."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.records.read import SourceGone
from cable_tui.base.errors import ArchiveError, CacheError, NotFoundError
from cable_tui.base.value import replace
from cable_tui.query import parse
from cable_tui.query.answers import CableRow
from tests.archive.fiction import (
    BRIDGE,
    GOATS,
    LAMPS,
    build_index,
    id_of,
    opened,
    write_dump,
    write_page,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "cables"
    write_dump(folder / "cables.csv", [LAMPS, BRIDGE])
    write_page(folder, replace(GOATS, article="http://www.example.org/goats"))
    return folder


@pytest.fixture
def archive(folder: Path, tmp_path: Path) -> Iterator[Archive]:
    with closing(opened(folder, tmp_path / "cache")) as archive:
        yield archive


def test_the_summary_says_what_there_is(archive: Archive) -> None:
    summary = archive.summary()
    assert (summary.cables, summary.first_year, summary.last_year) == (3, 2008, 2009)
    assert summary.stages == {"facts": (2, 2), "grammar": (3, 3), "text": (3, 3)}
    assert summary.complete


def test_a_row_is_a_line_of_the_list(archive: Archive) -> None:
    key = id_of(archive, "09RABAT27")
    assert archive.rows([key]) == [
        CableRow(
            key,
            "09RABAT27",
            "09RABAT27",
            "2009-02-13T14:57Z",
            "CONFIDENTIAL",
            "Embassy Rabat",
            "THE LIGHTHOUSE KEEPERS ASK FOR LAMPS",
            ("PGOV", "PREL", "MO"),
        )
    ]


def test_rows_keep_the_order_and_leave_out_what_is_gone(archive: Archive) -> None:
    ids = [id_of(archive, each) for each in ("09RABAT27", "08RABAT990", "09CASABLANCA31")]
    rows = archive.rows([*ids, 99_999, *ids])
    assert [row.id for row in rows] == ids * 2
    assert archive.rows([]) == []


def test_a_cable_is_read_at_its_place_with_its_references_resolved(archive: Archive) -> None:
    cable = archive.cable(id_of(archive, "09CASABLANCA31"))
    assert "forty mules" in cable.body.text
    assert [each.path for each in cable.sources] == ["cables.csv"]
    (reference,) = cable.references
    assert (reference.reference_id, reference.in_archive) == ("09RABAT27", True)
    assert archive.cited_by("09RABAT27") == [id_of(archive, "09CASABLANCA31")]


@pytest.mark.parametrize("typed", ["09RABAT27", "09 rabat 0027", "09RABAT27#par1"])
def test_a_reference_is_found_as_people_write_it(archive: Archive, typed: str) -> None:
    assert archive.find(typed) == id_of(archive, "09RABAT27")


@pytest.mark.parametrize("typed", ["", "09RABAT28", "no reference", "\ud800"])
def test_what_is_not_there_is_not_found(archive: Archive, typed: str) -> None:
    assert archive.find(typed) is None


def test_raw_bytes_are_the_files_own(archive: Archive, folder: Path) -> None:
    raw = archive.raw_bytes(id_of(archive, "09RABAT27"))
    assert raw in (folder / "cables.csv").read_bytes()
    assert raw.decode().rstrip() == LAMPS.row.rstrip()


def test_a_file_that_changed_or_went_is_said(archive: Archive, folder: Path) -> None:
    lamps, goats = id_of(archive, "09RABAT27"), id_of(archive, "08RABAT990")
    dump = folder / "cables.csv"
    dump.write_bytes(dump.read_bytes().replace(b"lamps", b"LAMPS"))
    with pytest.raises(SourceGone, match=r"cables\.csv: the file has changed"):
        archive.cable(lamps)
    (folder / "cable/2008/12/08RABAT990.html").unlink()
    with pytest.raises(SourceGone, match=r"08RABAT990\.html: the cable's file cannot be read"):
        archive.raw_bytes(goats)
    with pytest.raises(NotFoundError):
        archive.cable(99_999)


def test_an_archive_that_was_never_indexed_is_empty(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CacheError, match="cable-tui index"):
        open_archive(folder, tmp_path / "other", readonly=True)
    with closing(open_archive(folder, tmp_path / "other")) as archive:
        summary = archive.summary()
        assert (summary.cables, summary.first_year, summary.complete) == (0, 0, False)
        assert archive.search(parse("lamps")).count == 0
    open_archive(folder, tmp_path / "other", readonly=True).close()


def test_a_folder_that_is_missing_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no such folder"):
        open_archive(tmp_path / "nowhere", tmp_path / "cache")


def test_threads_read_at_the_same_time_and_while_a_builder_writes(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    failures: list[BaseException] = []
    key = id_of(archive, "09RABAT27")
    ready = threading.Barrier(5)

    def read() -> None:
        try:
            ready.wait()
            for _ in range(50):
                assert archive.rows([key])[0].origin == "Embassy Rabat"
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    ready.wait()
    write_page(folder, replace(GOATS, id="09RABAT990"))
    build_index(folder, tmp_path / "cache")
    for thread in threads:
        thread.join()
    assert not failures
    assert archive.summary().cables == 4

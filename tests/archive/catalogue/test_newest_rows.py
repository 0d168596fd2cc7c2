from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.archive.cache import FILE_NAME, cache_folder
from cable_tui.archive.catalogue.newest_rows import first_rows
from cable_tui.base.value import replace
from cable_tui.demo import write
from tests.archive.fiction import LAMPS, Fiction, opened, write_page


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, indexed."""
    place = tmp_path_factory.mktemp("first")
    write(place / "cables")
    for _ in index(place / "cables", place / "cache", workers=0):
        pass
    return place


def test_the_first_lines_are_those_that_the_archive_gives(place: Path) -> None:
    with closing(open_archive(place / "cables", place / "cache")) as archive:
        rows, count = archive.newest(5)
    lines, counted = first_rows(place / "cables", place / "cache", 5)
    assert counted == count > 5
    assert lines == [replace(row, tags=()) for row in rows]


def test_cables_that_are_named_come_in_their_order_and_gone_ones_are_left_out(place: Path) -> None:
    newest, _ = first_rows(place / "cables", place / "cache", 4)
    ids = [newest[3].id, 10**6, newest[0].id]
    lines, _ = first_rows(place / "cables", place / "cache", 60, ids)
    assert lines == [newest[3], newest[0]]


def test_of_too_many_named_cables_the_first_are_read(place: Path) -> None:
    newest, _ = first_rows(place / "cables", place / "cache", 4)
    lines, _ = first_rows(place / "cables", place / "cache", 2, [line.id for line in newest])
    assert lines == newest[:2]


def test_lines_say_what_has_versions_and_redactions(tmp_path: Path) -> None:
    hiding = Fiction("09LISBON3", "2009-02-27 10:00", text="XXXXXXXXXXXX wrote.")
    for folder in ("pages", "pages/copies"):
        write_page(tmp_path / folder, hiding)
    write_page(tmp_path / "pages", LAMPS)
    with closing(opened(tmp_path / "pages", tmp_path / "cache")) as archive:
        rows, _ = archive.newest(5)
    lines, _ = first_rows(tmp_path / "pages", tmp_path / "cache", 5)
    expected = [("09LISBON3", True, True), (LAMPS.id, False, False)]
    assert [(row.reference_id, row.versions, row.redacted) for row in rows] == expected
    assert [(line.reference_id, line.versions, line.redacted) for line in lines] == expected


def test_without_a_cache_there_is_nothing_and_nothing_is_made(tmp_path: Path) -> None:
    assert first_rows(tmp_path / "nothing", tmp_path / "cache", 60) == ([], 0)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_catalogue_is_left_to_the_room(tmp_path: Path) -> None:
    folder = cache_folder(tmp_path / "cables", tmp_path / "cache")
    folder.mkdir(parents=True)
    (folder / FILE_NAME).write_bytes(b"rubbish" * 1000)
    assert first_rows(tmp_path / "cables", tmp_path / "cache", 60) == ([], 0)

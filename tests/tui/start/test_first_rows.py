from pathlib import Path

import pytest

from cable_tui.archive.cache import cache_folder
from cable_tui.base.value import replace
from cable_tui.program import last_position
from cable_tui.program.settings import Paths
from cable_tui.query.answers import FIRST_ROWS
from cable_tui.session.state import Session
from cable_tui.tui.start.first_rows import (
    FirstRows,
    StartRequest,
    first_session,
    read_first_rows,
)


@pytest.fixture
def archive(indexed: Path) -> Path:
    return indexed / "cables"


@pytest.fixture
def paths(indexed: Path, tmp_path: Path) -> Paths:
    return Paths(tmp_path / "config.toml", tmp_path / "data", indexed / "cache", tmp_path / "state")


def test_the_newest_cables_are_there_before_anything_is_asked(archive: Path, paths: Paths) -> None:
    first = read_first_rows(archive, paths, StartRequest())
    session = first_session(archive, first)
    pages = len(list(archive.rglob("cable/*/*/*.html")))
    assert session.summary is not None
    assert session.hits.count == session.summary.cables == pages
    assert list(session.hits.ids) == [line.id for line in first.lines]
    assert len(first.lines) == min(session.hits.count, FIRST_ROWS)
    created = [line.created for line in first.lines]
    assert created == sorted(created, reverse=True)


def test_where_a_query_is_asked_no_other_cables_stand_first(archive: Path, paths: Paths) -> None:
    first = read_first_rows(archive, paths, StartRequest("tag:EFIS"))
    assert first == FirstRows("tag:EFIS")
    assert first_session(archive, first) == Session()


def test_without_a_cache_the_room_begins_with_an_empty_list(
    archive: Path, paths: Paths, tmp_path: Path
) -> None:
    first = read_first_rows(archive, replace(paths, cache=tmp_path / "none"), StartRequest())
    assert first_session(archive, first) == Session()


def test_a_folder_that_is_not_there_is_left_to_the_room(tmp_path: Path, paths: Paths) -> None:
    assert read_first_rows(tmp_path / "nothing", paths, StartRequest()) == FirstRows()


def test_without_a_folder_the_room_asks_for_one(paths: Paths) -> None:
    first = read_first_rows(None, paths, StartRequest())
    assert first_session(None, first).phase == "choosing"


def _left(archive: Path, paths: Paths, ids: list[int], at: int, start: int = 0) -> None:
    """Somebody was in the list of a query, and left."""
    window = last_position.Window(1, start, tuple(ids), 40)
    file = last_position.file_of(paths.state, cache_folder(archive, paths.cache).name)
    last_position.write(
        file,
        last_position.LastPosition(last_position.SavedHistoryEntry("fish", at=at), window=window),
    )


def test_who_comes_back_sees_the_lines_that_stood_there(archive: Path, paths: Paths) -> None:
    newest = read_first_rows(archive, paths, StartRequest())
    ids = [line.id for line in newest.lines[4:9]]
    _left(archive, paths, ids, at=23, start=20)
    first = read_first_rows(archive, paths, StartRequest(), resumes=True)
    assert first == FirstRows("fish", newest.lines[4:9], 3, 40, newest.cables)
    session = first_session(archive, first)
    assert (session.text, session.current, session.hits.count) == ("fish", ids[3], 40)


@pytest.mark.parametrize(
    "wanted",
    [StartRequest("tag:EFIS"), StartRequest(reference="04PORTAMBER305")],
    ids=["query", "cable"],
)
def test_who_asks_for_something_sees_nothing_of_the_last_time(
    archive: Path, paths: Paths, wanted: StartRequest
) -> None:
    _left(archive, paths, [5, 6], at=1)
    assert read_first_rows(archive, paths, wanted, resumes=True) == read_first_rows(
        archive, paths, wanted
    )


@pytest.mark.parametrize(
    ("ids", "at", "start"),
    [([5, 10**6], 0, 0), ([5, 6], 7, 0), ([5, 6], 0, 3), ([], 0, 0)],
    ids=["a cable is gone", "below", "above", "an empty list"],
)
def test_what_is_no_longer_so_is_not_shown(
    archive: Path, paths: Paths, ids: list[int], at: int, start: int
) -> None:
    _left(archive, paths, ids, at, start)
    newest = read_first_rows(archive, paths, StartRequest())
    assert read_first_rows(archive, paths, StartRequest(), resumes=True) == newest

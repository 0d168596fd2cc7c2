from pathlib import Path

import pytest

from cable_tui import last_position
from cable_tui.archive.build.indexer import index
from cable_tui.archive.cache import cache_folder
from cable_tui.demo import write
from cable_tui.session.state import Session
from cable_tui.settings import Paths
from cable_tui.tui.first_rows import (
    MOST_FIRST_ROWS,
    FirstRows,
    StartRequest,
    first_session,
    read_first_rows,
)


def _paths(home: Path) -> Paths:
    return Paths(home / "config.toml", home / "data", home / "cache", home / "state")


def _demo(tmp_path: Path) -> Path:
    archive = tmp_path / "demo"
    write(archive)
    for _ in index(archive, tmp_path / "cache", workers=0):
        pass
    return archive


def test_the_newest_cables_are_there_before_anything_is_asked(tmp_path: Path) -> None:
    archive = _demo(tmp_path)
    first = read_first_rows(archive, _paths(tmp_path), StartRequest())
    session = first_session(archive, first)
    assert (
        session.hits.count == session.summary.cables == len(list(archive.rglob("cable/*/*/*.html")))
    )
    assert list(session.hits.ids) == [line.id for line in first.lines]
    assert len(first.lines) == min(session.hits.count, MOST_FIRST_ROWS)
    created = [line.created for line in first.lines]
    assert created == sorted(created, reverse=True)


def test_where_a_query_is_asked_no_other_cables_stand_first(tmp_path: Path) -> None:
    archive = _demo(tmp_path)
    first = read_first_rows(archive, _paths(tmp_path), StartRequest("tag:EFIS"))
    assert first == FirstRows("tag:EFIS")
    assert first_session(archive, first) == Session()


def test_without_a_cache_the_room_begins_with_an_empty_list(tmp_path: Path) -> None:
    archive = tmp_path / "demo"
    write(archive)
    first = read_first_rows(archive, _paths(tmp_path), StartRequest())
    assert first_session(archive, first) == Session()


def test_a_folder_that_is_not_there_is_left_to_the_room(tmp_path: Path) -> None:
    assert read_first_rows(tmp_path / "nothing", _paths(tmp_path), StartRequest()) == FirstRows()


def test_without_a_folder_the_room_asks_for_one(tmp_path: Path) -> None:
    first = read_first_rows(None, _paths(tmp_path), StartRequest())
    assert first_session(None, first).phase == "choosing"


def _left(archive: Path, paths: Paths, ids: list[int], at: int, start: int = 0) -> None:
    """Somebody was in the list of a query, and left."""
    window = last_position.Window(1, start, tuple(ids), 40)
    file = last_position.file_of(paths.state, cache_folder(archive, paths.cache).name)
    last_position.write(
        file, last_position.LastPosition(last_position.SavedPosition("fish", at=at), window=window)
    )


def test_who_comes_back_sees_the_lines_that_stood_there(tmp_path: Path) -> None:
    archive, paths = _demo(tmp_path), _paths(tmp_path)
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
    tmp_path: Path, wanted: StartRequest
) -> None:
    archive, paths = _demo(tmp_path), _paths(tmp_path)
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
    tmp_path: Path, ids: list[int], at: int, start: int
) -> None:
    archive, paths = _demo(tmp_path), _paths(tmp_path)
    _left(archive, paths, ids, at, start)
    newest = read_first_rows(archive, paths, StartRequest())
    assert read_first_rows(archive, paths, StartRequest(), resumes=True) == newest

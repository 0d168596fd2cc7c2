from pathlib import Path

import pytest

from cable_tui import trail
from cable_tui.archive import cache_folder, index
from cable_tui.demo import write
from cable_tui.session import Session
from cable_tui.settings import Paths
from cable_tui.tui.opening import FIRST, First, Wanted, first_lines, first_session


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
    first = first_lines(archive, _paths(tmp_path), Wanted())
    session = first_session(archive, first)
    assert (
        session.hits.count == session.summary.cables == len(list(archive.rglob("cable/*/*/*.html")))
    )
    assert list(session.hits.ids) == [line.id for line in first.lines]
    assert len(first.lines) == min(session.hits.count, FIRST)
    created = [line.created for line in first.lines]
    assert created == sorted(created, reverse=True)


def test_where_a_query_is_asked_no_other_cables_stand_first(tmp_path: Path) -> None:
    archive = _demo(tmp_path)
    first = first_lines(archive, _paths(tmp_path), Wanted("tag:EFIS"))
    assert first == First("tag:EFIS")
    assert first_session(archive, first) == Session()


def test_without_a_cache_the_room_begins_with_an_empty_list(tmp_path: Path) -> None:
    archive = tmp_path / "demo"
    write(archive)
    first = first_lines(archive, _paths(tmp_path), Wanted())
    assert first_session(archive, first) == Session()


def test_a_folder_that_is_not_there_is_left_to_the_room(tmp_path: Path) -> None:
    assert first_lines(tmp_path / "nothing", _paths(tmp_path), Wanted()) == First()


def test_without_a_folder_the_room_asks_for_one(tmp_path: Path) -> None:
    first = first_lines(None, _paths(tmp_path), Wanted())
    assert first_session(None, first).phase == "choosing"


def _left(archive: Path, paths: Paths, ids: list[int], at: int, start: int = 0) -> None:
    """Somebody was in the list of a query, and left."""
    window = trail.Window(1, start, tuple(ids), 40)
    file = trail.file_of(paths.state, cache_folder(archive, paths.cache).name)
    trail.write(file, trail.Trail(trail.Spot("fish", at=at), window=window))


def test_who_comes_back_sees_the_lines_that_stood_there(tmp_path: Path) -> None:
    archive, paths = _demo(tmp_path), _paths(tmp_path)
    newest = first_lines(archive, paths, Wanted())
    ids = [line.id for line in newest.lines[4:9]]
    _left(archive, paths, ids, at=23, start=20)
    first = first_lines(archive, paths, Wanted(), resumes=True)
    assert first == First("fish", newest.lines[4:9], 3, 40, newest.cables)
    session = first_session(archive, first)
    assert (session.text, session.current, session.hits.count) == ("fish", ids[3], 40)


@pytest.mark.parametrize(
    "wanted", [Wanted("tag:EFIS"), Wanted(reference="04PORTAMBER305")], ids=["query", "cable"]
)
def test_who_asks_for_something_sees_nothing_of_the_last_time(
    tmp_path: Path, wanted: Wanted
) -> None:
    archive, paths = _demo(tmp_path), _paths(tmp_path)
    _left(archive, paths, [5, 6], at=1)
    assert first_lines(archive, paths, wanted, resumes=True) == first_lines(archive, paths, wanted)


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
    newest = first_lines(archive, paths, Wanted())
    assert first_lines(archive, paths, Wanted(), resumes=True) == newest

from pathlib import Path

from cable_tui.archive import index
from cable_tui.demo import write
from cable_tui.session import Session
from cable_tui.tui.opening import FIRST, first_session


def test_the_newest_cables_are_there_before_anything_is_asked(tmp_path: Path) -> None:
    archive = tmp_path / "demo"
    write(archive)
    for _ in index(archive, tmp_path / "cache", workers=0):
        pass
    session, rows = first_session(archive, tmp_path / "cache")
    assert (
        session.hits.count == session.summary.cables == len(list(archive.rglob("cable/*/*/*.html")))
    )
    assert list(session.hits.ids) == [row.id for row in rows]
    assert len(rows) == min(session.hits.count, FIRST)
    created = [row.created for row in rows]
    assert created == sorted(created, reverse=True)


def test_without_a_cache_the_room_begins_with_an_empty_list(tmp_path: Path) -> None:
    archive = tmp_path / "demo"
    write(archive)
    assert first_session(archive, tmp_path / "cache") == (Session(), [])


def test_a_folder_that_is_not_there_is_left_to_the_room(tmp_path: Path) -> None:
    assert first_session(tmp_path / "nothing", tmp_path / "cache") == (Session(), [])

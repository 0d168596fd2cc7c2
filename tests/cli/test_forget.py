"""`forget`: what the program keeps of an archive goes; the archive and the bookmarks stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui import last_position
from cable_tui.archive.cache import lock, read_only
from cable_tui.archive.cache.location import cache_folder
from cable_tui.last_position import LastPosition
from cable_tui.library import Library, Mark
from tests.cli.conftest import Run


@pytest.fixture
def mine(run: Run, archive: Path, tmp_path: Path, home: Path) -> tuple[str, str]:
    """Options of a cache of its own, with the archive in it and a reader who was there."""
    options = ("--cache", str(tmp_path / "own"))
    assert run("index", archive, *options).status == 0
    name = cache_folder(archive, tmp_path / "own").name
    last_position.write(last_position.file_of(home / "state", name), LastPosition())
    (home / "state" / "last-archive").write_text(str(archive))
    return options


def test_cache_history_and_the_last_archive_go(
    run: Run, archive: Path, mine: tuple[str, str], home: Path, tmp_path: Path
) -> None:
    before = sorted(archive.rglob("*"))
    done = run("forget", archive, *mine)
    assert (done.status, done.out) == (0, "")
    assert "its cache (" in done.err
    assert "where you were in it" in done.err
    assert list((tmp_path / "own").iterdir()) == []
    assert [each for each in (home / "state").rglob("*") if each.is_file()] == []
    assert sorted(archive.rglob("*")) == before


def test_bookmarks_stay_and_are_counted(
    run: Run, archive: Path, mine: tuple[str, str], home: Path
) -> None:
    file = home / "data" / "library.sqlite"
    Library(file).add(Mark("09TESTPOST1", "09TESTPOST1"))
    done = run("forget", archive, *mine)
    assert "your 1 bookmark is kept" in done.err
    assert len(Library(file).marks()) == 1


def test_the_summary_is_data_on_demand(run: Run, archive: Path, mine: tuple[str, str]) -> None:
    value = run("forget", archive, *mine, "--json").value
    assert value["cache"] > 100_000
    assert (value["history"], value["last_archive"], value["marks_kept"]) == (True, True, 0)


def test_what_is_not_kept_cannot_be_forgotten(run: Run, archive: Path, tmp_path: Path) -> None:
    done = run("forget", archive, "--cache", tmp_path / "none")
    assert done.status == 1
    assert "nothing is kept of it" in done.err


def test_an_archive_that_is_gone_is_forgotten_too(run: Run, tmp_path: Path, archive: Path) -> None:
    folder = tmp_path / "moved"
    folder.mkdir()
    (folder / "page.html").write_bytes(next(archive.glob("cable/*/*/*.html")).read_bytes())
    options = ("--cache", str(tmp_path / "own"))
    assert run("index", folder, *options).status == 0
    (folder / "page.html").unlink()
    folder.rmdir()
    assert run("forget", folder, *options).status == 0
    assert list((tmp_path / "own").iterdir()) == []


def test_a_cache_that_is_being_built_stays(
    run: Run, archive: Path, mine: tuple[str, str], tmp_path: Path
) -> None:
    with lock.building(cache_folder(archive, tmp_path / "own")):
        done = run("forget", archive, *mine)
    assert done.status == 4
    assert "another process is indexing" in done.err


def test_a_cache_of_another_user_stays(
    run: Run, archive: Path, mine: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_only, "is_own", lambda _: False)
    done = run("forget", archive, *mine)
    assert done.status == 4
    assert "another user's" in done.err

"""`forget`: what the program keeps of an archive goes; the archive stays, and what is said to."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cable_tui.archive import cache
from cable_tui.archive.build.indexer import index
from cable_tui.archive.cache import cache_folder
from cable_tui.background import library_watch
from cable_tui.base.value import json_names
from cable_tui.cli.erasing import kept_places
from cable_tui.cli.forget import ForgetAnswer, ForgetEverythingAnswer
from cable_tui.library import Library, Mark, bundles
from cable_tui.program import last_position
from cable_tui.program.last_position import LastPosition
from cable_tui.program.settings import Paths
from tests.cli.conftest import Run, holds
from tests.command_cases import Answer, CommandCase
from tests.operating_system.systems import OpenElsewhere, at_once, become, module


def _another_archive(run: Callable[..., Any], places: Mapping[str, Path]) -> None:
    """An archive of its own, with a cache, and a bookmark."""
    page = next((places["PATH"] / "cable").rglob("*.html"))
    places["OTHER"].mkdir(exist_ok=True)
    (places["OTHER"] / page.name).write_bytes(page.read_bytes())
    run("--cache", places["CACHE"], "index", places["OTHER"])
    run("bookmarks", "add", places["PATH"], "05STATE130422")


CASE = CommandCase(
    shapes={"forget": ForgetAnswer | ForgetEverythingAnswer},
    answers=(
        Answer("forget OTHER --json --all --yes --cache CACHE"),
        Answer("forget --everything --yes --json --cache CACHE"),
    ),
    prepare=_another_archive,
)


@pytest.fixture(scope="module")
def indexed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache with the archive in it."""
    cache = tmp_path_factory.mktemp("indexed") / "cache"
    for _ in index(archive, cache):
        pass
    return cache


@pytest.fixture
def mine(archive: Path, indexed: Path, tmp_path: Path, home: Path) -> tuple[str, str]:
    """Options of a cache of its own, with the archive in it and a reader who was there."""
    options = ("--cache", str(tmp_path / "own"))
    shutil.copytree(indexed, tmp_path / "own")
    name = cache_folder(archive, tmp_path / "own").name
    last_position.write(last_position.file_of(home / "state", name), LastPosition())
    (home / "state" / "last-archive").write_text(str(archive))
    return options


@pytest.fixture
def forget(run: Run, archive: Path, mine: tuple[str, str]) -> Run:
    """Forgets the archive, with these options."""
    return lambda *options: run("forget", archive, *mine, *options)


def test_cache_history_and_the_last_archive_go(
    forget: Run, archive: Path, home: Path, tmp_path: Path
) -> None:
    before = sorted(archive.rglob("*"))
    assert forget().refuses(0, "its cache (", "your position and searches in it")
    assert list((tmp_path / "own").iterdir()) == []
    assert [each for each in (home / "state").rglob("*") if each.is_file()] == []
    assert sorted(archive.rglob("*")) == before


def test_the_summary_is_data_on_demand_and_then_nothing_is_left_to_forget(forget: Run) -> None:
    value = forget("--json").value
    assert value["cache"] > 100_000
    assert (value["history"], value["last_archive"], value["marks_kept"]) == (True, True, 0)
    done = forget()
    assert (done.status, "no data about it is kept" in done.err) == (1, True)


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


def test_a_folder_that_is_not_there_is_said_and_what_was_kept_of_it_goes(
    run: Run, tmp_path: Path, archive: Path
) -> None:
    folder = tmp_path / "moved"
    folder.mkdir()
    (folder / "page.html").write_bytes(next(archive.glob("cable/*/*/*.html")).read_bytes())
    run("index", folder)
    (folder / "page.html").unlink()
    folder.rmdir()
    done = run("forget", folder, "--json")
    assert (done.status, done.value["missing"], done.value["cache"] > 0) == (0, True, True)
    assert (
        f"{folder}: there is no such folder or file; the data kept about it was removed" in done.err
    )
    again = run("forget", folder)
    assert again.refuses(1, "there is no such folder or file, and no data about it is kept")
    assert run("forget", archive.with_name("demmo")).refuses(1, "there is no such folder or file")


def test_a_cache_that_is_being_built_stays(forget: Run, archive: Path, tmp_path: Path) -> None:
    with cache.building(cache_folder(archive, tmp_path / "own")):
        done = forget()
    assert done.status == 4
    assert "another process is indexing" in done.err


def test_a_cache_of_another_user_stays_and_what_was_read_goes(
    forget: Run, archive: Path, mine: tuple[str, str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    with closing(Library(home / "data" / "library.sqlite")) as library:
        library.read_cables.add(["04PORTAMBER211"])
    monkeypatch.setattr(cache, "is_own", lambda _: False)
    monkeypatch.setattr(cache, "readable", lambda folder: folder)
    assert forget().says(
        0,
        "the list of cables that you read in it (1)",
        "belongs to another user, so it was left in place",
    )
    assert cache_folder(archive, Path(mine[1])).exists()


@pytest.fixture
def reader(home: Path) -> Path:
    """A library with bookmarks of the archive and of another one, and a past. Its folder."""
    with closing(Library(home / "data" / "library.sqlite")) as library:
        library.read_cables.add(["04PORTAMBER211", "99STRELSAU7"])
        first = library.add(Mark("04PORTAMBER211", "04PORTAMBER211", note="a first thought"))
        library.note(first, "a second thought")
        library.put([Mark("04PORTAMBER211", "04PORTAMBER211", "2")], "harbours")
        library.add(Mark("99STRELSAU7", "99STRELSAU7", note="of the other archive"))
        library.searches.save("tolls", "toll")
    return home / "data"


def test_what_was_read_and_earlier_notes_go_and_all_that_stays_is_said(
    forget: Run, reader: Path
) -> None:
    copied = reader.parent / "state" / "clipboard.txt"
    copied.write_text("a quotation")
    assert forget().refuses(
        0,
        "the list of cables that you read in it (1), 1 earlier state of bookmarks and notes",
        "kept for this archive: 2 bookmarks (1 note) in 1 list; forget --all removes them",
        "kept: 1 bookmark not for this archive, 1 saved search, the last copied text (",
    )
    assert holds(reader, "a first thought") == []
    assert holds(reader, "a second thought")
    assert Library(reader / "library.sqlite").read_cables.ids() == {"99STRELSAU7"}


def test_all_takes_its_bookmarks_too_and_leaves_those_of_others(forget: Run, reader: Path) -> None:
    assert forget("--all", "--yes").says(0, "2 bookmarks, the list harbours, ")
    for words in ("04PORTAMBER211", "a second thought", "harbours"):
        assert holds(reader, words) == []
    (kept,) = Library(reader / "library.sqlite").marks()
    assert kept.note == "of the other archive"


def test_bookmarks_that_wait_in_a_file_go_with_all(
    forget: Run, run: Run, archive: Path, mine: tuple[str, str], reader: Path
) -> None:
    with closing(Library(reader / "library.sqlite")) as library:
        text = bundles.dumps(library.bundle())
        name = f"{library_watch._prefix(library.path)}20260101-101010-1.json"
    (reader / name).write_text(text)
    (reader / f"{name}.taken").write_text(text)
    assert forget().status == 0
    assert holds(reader, "04PORTAMBER211").count(f"{name}.taken") == 0
    assert name in holds(reader, "04PORTAMBER211")
    assert run("index", archive, *mine).status == 0
    assert forget("--all", "--yes").status == 0
    assert holds(reader, "04PORTAMBER211") == []
    assert name in holds(reader, "of the other archive")


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("answer", ["y\n", "yes\n", "n\n", "\n", ""])
def test_all_asks_before_it_takes_bookmarks(
    forget: Run, archive: Path, mine: tuple[str, str], keyboard: Callable[[str], None], answer: str
) -> None:
    keyboard(answer)
    done = forget("--all")
    said = (
        "2 bookmarks (1 note) of its cables will be removed, and the lists that this empties: "
        "harbours"
    )
    assert said in done.err
    assert done.status == (0 if answer.startswith("y") else 1)
    assert cache_folder(archive, Path(mine[1])).exists() == bool(done.status)


def test_it_needs_to_know_what_and_where_nobody_can_be_asked_nothing_goes_without_yes(
    run: Run, archive: Path, mine: tuple[str, str], reader: Path
) -> None:
    assert "needs a PATH, or --everything" in run("forget").err
    for options in (("forget", archive, *mine, "--all"), ("forget", "--everything")):
        done = run(*options)
        assert (done.status, "add --yes" in done.err) == (2, True)
    assert holds(reader, "a second thought")


def test_without_cache_and_archive_nobody_knows_which_bookmarks_are_of_it(
    run: Run, tmp_path: Path, reader: Path
) -> None:
    assert run("forget", tmp_path / "moved", "--all", "--yes").says(4, "nothing was removed")
    assert run("forget", tmp_path / "moved").says(1, "your reading history may remain")
    assert holds(reader, "a first thought")


def test_an_archive_that_was_forgotten_before_is_read_again_for_its_bookmarks(
    forget: Run, archive: Path, mine: tuple[str, str], reader: Path
) -> None:
    assert forget().status == 0
    assert forget("--all", "--yes").status == 0
    assert holds(reader, "a second thought") == []
    assert not cache_folder(archive, Path(mine[1])).exists()


def test_what_another_program_has_open_is_said(
    run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(monkeypatch, "win32", msvcrt=module(locking=lambda *_: None, LK_NBLCK=2))
    at_once(monkeypatch)
    assert run("index", archive).status == 0
    monkeypatch.setattr("shutil.rmtree", OpenElsewhere(99))
    assert run("forget", archive).says(4, "it may be open in another program")


def test_each_kind_of_kept_file_has_its_field_in_the_answer(tmp_path: Path) -> None:
    """A tool that keeps a new kind of file is told here, not after the files are gone."""
    own = tmp_path
    paths = Paths(own / "config.toml", own / "data", own / "cache", own / "state")
    kinds = {kind for kind, _ in kept_places(paths, settings=True)}
    assert kinds <= set(json_names(ForgetEverythingAnswer).values())

"""Dated copies, and the rescue of a damaged library by them."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.library import Library, Mark, check, recovery
from cable_tui.operating_system import files


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


def mark(number: int) -> Mark:
    return Mark(f"09POST{number}", f"09POST{number}", lists=("story",))


def names(library: Library) -> list[str]:
    return [each.reference_id for each in library.marks()]


def test_a_copy_is_made_on_the_first_change_of_a_day(file: Path) -> None:
    library = Library(file)
    library.add(mark(1))
    assert recovery.copies(file) == []
    library.add(mark(2))
    (copy,) = recovery.copies(file)
    library.add(mark(3))
    assert recovery.copies(file) == [copy]
    assert names(Library(copy)) == ["09POST1"]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_five_daily_copies_are_kept_and_every_one_before_a_migration(file: Path) -> None:
    Library(file).add(mark(1))
    for day in range(1, 9):
        shutil.copy(file, file.with_name(f"{file.name}.2026-01-0{day}"))
    older = file.with_name(f"{file.name}.2025-01-01-schema-1")
    shutil.copy(file, older)
    Library(file).add(mark(2))
    found = recovery.copies(file)
    assert len(found) == recovery.MOST_COPIES + 1
    assert older in found
    assert [recovery.day_of(each)[-2:] for each in found[1:5]] == ["08", "07", "06", "05"]


def test_a_copy_that_cannot_be_made_does_not_stop_a_mark(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    library = Library(file)
    library.add(mark(1))
    monkeypatch.setattr("cable_tui.library.recovery.write_private", refuse)
    library.add(mark(2))
    assert names(library) == ["09POST1", "09POST2"]
    assert "today's copy" in library.notice


def test_a_copy_leaves_room_for_the_next_marks(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(file)
    library.add(mark(1))
    room = shutil.disk_usage(file.parent)._replace(free=4 * file.stat().st_size)
    monkeypatch.setattr("cable_tui.library.recovery.shutil.disk_usage", lambda folder: room)
    library.add(mark(2))
    assert names(library) == ["09POST1", "09POST2"]
    assert "nearly full" in library.notice
    assert recovery.copies(file) == []


def test_a_copy_that_is_there_needs_no_room(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(file)
    library.add(mark(1))
    library.add(mark(2))
    room = shutil.disk_usage(file.parent)._replace(free=0)
    monkeypatch.setattr("cable_tui.library.recovery.shutil.disk_usage", lambda folder: room)
    library.add(mark(3))
    assert names(library) == ["09POST1", "09POST2", "09POST3"]
    assert library.notice == ""


def test_half_a_copy_does_not_pass_for_one(file: Path) -> None:
    library = Library(file)
    library.add(mark(1))
    file.with_name(f"{file.name}.2026-01-01.77.part").write_bytes(b"SQLite format 3")
    library.add(mark(2))
    assert len(recovery.copies(file)) == 1


def test_a_damaged_file_is_filled_from_its_newest_sound_copy(file: Path) -> None:
    library = Library(file)
    for number in (1, 2, 3):
        library.add(mark(number))
    library.close()
    (copy,) = recovery.copies(file)
    shutil.copy(file, file.with_name(f"{file.name}.2020-01-01"))
    newest = file.with_name(f"{file.name}.2099-01-01")
    newest.write_bytes(b"x" * 5000)
    file.write_bytes(b"y" * 9000)
    before = {each: each.read_bytes() for each in recovery.copies(file)}
    again = Library(file)
    assert names(again) == ["09POST1"]
    assert again.lists.names() == ["story"]
    assert f"From its copy of {recovery.day_of(copy)} came 1 mark," in again.notice
    assert "0 marks more" in again.notice
    assert {each: each.read_bytes() for each in recovery.copies(file)} == before
    (aside,) = file.parent.glob("*.damaged-*")
    assert aside.read_bytes() == b"y" * 9000
    assert check(file) == ""


def test_lists_are_read_from_a_damaged_file(file: Path) -> None:
    library = Library(file)
    for number in range(1, 200):
        library.add(Mark(f"09P{number}", f"09P{number}", note="n" * 300, lists=("story",)))
    library.lists.move(library.marks()[-1], "story", 0)
    expected = [each.reference_id for each in library.lists.marks("story")]
    library.close()
    for copy in recovery.copies(file):
        copy.unlink()
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'change'"
        ).fetchone()
    content = bytearray(file.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    file.write_bytes(content)
    again = Library(file)
    assert "There is no copy; marks that could still be read: 199" in again.notice
    assert [each.reference_id for each in again.lists.marks("story")] == expected


def test_the_file_that_another_program_began_anew_is_used(file: Path) -> None:
    here = Library(file)
    here.add(mark(1))
    file.rename(file.with_name("aside"))
    there = Library(file)
    there.add(mark(2))
    here.add(mark(3))
    assert names(there) == ["09POST2", "09POST3"]
    assert here.changed()


def test_a_copy_is_surely_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is synced by a descriptor that may write: Windows refuses any other."""
    modes: list[bool] = []
    monkeypatch.setattr(files, "flush", lambda stream: modes.append(stream.writable()))
    library = Library(tmp_path / "library.sqlite")
    library.add(Mark("09FIRST1", "09FIRST1"))
    library.add(Mark("09SECOND2", "09SECOND2"))
    library.close()
    assert modes == [True]

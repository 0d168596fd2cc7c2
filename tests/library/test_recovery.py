"""Count copies, what is left of a damaged or lost library, and when the file stays as found."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.base.errors import LibraryError
from cable_tui.library import Library, Mark, check, recovery
from cable_tui.operating_system import files
from tests.operating_system.systems import OpenElsewhere, at_once, become


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


def filled(file: Path, count: int) -> list[str]:
    """A library of some marks in one list, and one cable read; the names of the marks."""
    names = [f"09POST{number}" for number in range(count)]
    library = Library(file)
    library.add(Mark("09FIRST1", "09FIRST1"))
    library.add_all([Mark(name, name, note="n" * 200, lists=("story",)) for name in names])
    library.read_cables.add(["09READ1"])
    library.close()
    return names


def without_copies(file: Path) -> None:
    for copy in recovery.copies(file):
        copy.unlink()


def names(marks: list[Mark]) -> list[str]:
    return [mark.reference_id for mark in marks]


def damage(file: Path, table: str, sign: bytes = b"\0") -> None:
    """Write something else over the first page of a table."""
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()
    content = bytearray(file.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = sign * 4096
    file.write_bytes(content)


def test_a_rescue_that_the_disk_refuses_leaves_the_file_as_it_was_found(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    filled(file, 5)
    content = b"y" * 7 + file.read_bytes()[7:]
    file.write_bytes(content)
    before = {each.name for each in file.parent.iterdir()}
    with monkeypatch.context() as patch:
        patch.setattr("cable_tui.library.recovery.refill", full)
        with pytest.raises(LibraryError, match="No space left"):
            Library(file)
    assert file.read_bytes() == content
    assert {each.name for each in file.parent.iterdir()} == before
    again = Library(file)
    assert len(again.marks()) == 6
    assert "was damaged" in again.notice


@pytest.mark.parametrize(
    ("lose", "how"),
    [(lambda file: file.write_bytes(b""), "empty"), (lambda file: file.unlink(), "gone")],
)
def test_a_lost_file_with_copies_beside_it_is_filled_from_them(
    file: Path, lose: Callable[[Path], object], how: str
) -> None:
    filled(file, 5)
    lose(file)
    assert f"it is {how}" in check(file)
    library = Library(file)
    assert names(library.marks()) == ["09FIRST1"]
    assert f"was {how}." in library.notice
    assert library.rescued
    assert check(file) == ""
    assert Library(file).notice == ""


@pytest.mark.parametrize("empty", ["", ".damaged-20990101-000000-2"])
def test_a_lost_file_is_filled_from_the_damaged_one_that_was_set_aside(
    file: Path, empty: str
) -> None:
    """An empty one that was set aside later does not hide it."""
    filled(file, 5)
    file.rename(file.with_name(f"{file.name}.damaged-20990101-000000-1"))
    file.with_name(f"{file.name}{empty}").touch()
    assert len(Library(file).marks()) == 6


def test_a_journal_of_the_damaged_file_is_not_played_into_the_new_one(file: Path) -> None:
    filled(file, 5)
    file.write_bytes(b"x" * 5000)
    journal = file.with_name(f"{file.name}-journal")
    journal.write_bytes(b"z" * 600)
    library = Library(file)
    library.close()
    assert not journal.exists()
    assert names(Library(file).marks()) == ["09FIRST1"]


def test_a_file_whose_last_page_is_cut_off_gives_back_what_is_on_the_others(file: Path) -> None:
    expected = filled(file, 300)
    without_copies(file)
    file.write_bytes(file.read_bytes()[:-4096])
    library = Library(file)
    assert set(expected) >= set(names(library.lists.marks("story")))
    assert len(library.marks()) > 280


def test_half_a_file_gives_back_the_marks_that_are_in_it(file: Path) -> None:
    filled(file, 300)
    without_copies(file)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert len(Library(file).marks()) > 50


def test_a_file_without_its_first_bytes_gives_back_everything(file: Path) -> None:
    expected = filled(file, 300)
    without_copies(file)
    file.write_bytes(b"\0" * 7 + file.read_bytes()[7:])
    library = Library(file)
    assert names(library.marks()) == ["09FIRST1", *expected]
    assert names(library.lists.marks("story")) == expected
    assert library.read_cables.ids() == {"09READ1"}


def test_a_page_of_one_index_costs_no_list(file: Path) -> None:
    expected = filled(file, 300)
    without_copies(file)
    damage(file, "sqlite_autoindex_entry_1")
    assert names(Library(file).lists.marks("story")) == expected


@pytest.mark.parametrize("table", ["mark", "list", "entry"])
def test_rows_of_a_table_whose_first_page_is_gone_are_read_from_their_changes(
    file: Path, table: str
) -> None:
    expected = filled(file, 300)
    library = Library(file)
    library.remove(library.lists.marks("story")[0])
    library.close()
    without_copies(file)
    damage(file, table)
    again = Library(file)
    assert names(again.marks()) == ["09FIRST1", *expected[1:]]
    assert names(again.lists.marks("story")) == expected[1:]


def test_what_was_read_comes_back_from_a_copy(file: Path) -> None:
    filled(file, 5)
    Library(file).read_cables.add(["09READ2"])
    without_copies(file)
    Library(file).add(Mark("09LAST1", "09LAST1"))
    file.write_bytes(b"x" * 5000)
    assert Library(file).read_cables.ids() == {"09READ1", "09READ2"}


def test_a_damaged_file_that_another_window_has_open_stays_as_it_was_found(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows it cannot be replaced, and each look of the room tries again."""
    filled(file, 5)
    file.write_bytes(b"x" * 5000)
    before = {each.name: each.read_bytes() for each in file.parent.iterdir()}
    with monkeypatch.context() as patch:
        become(patch, "win32")
        at_once(patch)
        patch.setattr(Path, "replace", OpenElsewhere(99))
        for _ in range(3):
            with pytest.raises(LibraryError, match="being used by another process"):
                Library(file)
    assert {each.name: each.read_bytes() for each in file.parent.iterdir()} == before
    assert names(Library(file).marks()) == ["09FIRST1"]


def test_where_a_disk_has_no_links_the_damaged_file_is_renamed_and_comes_back(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    filled(file, 5)
    file.write_bytes(b"x" * 5000)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "hardlink_to", none)
        patch.setattr(Path, "replace", OpenElsewhere(1))
        with pytest.raises(LibraryError):
            Library(file)
    assert file.read_bytes() == b"x" * 5000
    assert names(Library(file).marks()) == ["09FIRST1"]


def test_the_journal_of_a_file_that_could_not_be_replaced_stands_beside_it_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = file.with_name("new")
    content = {file: b"x", file.with_name(f"{file.name}-journal"): b"z", new: b"n"}
    for each, data in content.items():
        each.write_bytes(data)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", OpenElsewhere(1))
        with pytest.raises(PermissionError):
            recovery.put_in_place(new, file)
    assert {each: each.read_bytes() for each in file.parent.iterdir()} == content
    aside = recovery.put_in_place(new, file)
    assert aside is not None
    assert (file.read_bytes(), aside.read_bytes()) == (b"n", b"x")


def mark(number: int) -> Mark:
    return Mark(f"09POST{number}", f"09POST{number}", lists=("story",))


def test_a_copy_is_made_on_the_first_change_of_a_day(file: Path) -> None:
    library = Library(file)
    library.add(mark(1))
    assert recovery.copies(file) == []
    library.add(mark(2))
    (copy,) = recovery.copies(file)
    library.add(mark(3))
    assert recovery.copies(file) == [copy]
    assert names(Library(copy).marks()) == ["09POST1"]
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
    assert names(library.marks()) == ["09POST1", "09POST2"]
    assert "today's backup" in library.notice


@pytest.mark.parametrize(("before", "said"), [(1, "nearly full"), (2, "")])
def test_a_copy_leaves_room_for_the_next_marks_and_one_that_is_there_needs_none(
    file: Path, monkeypatch: pytest.MonkeyPatch, before: int, said: str
) -> None:
    library = Library(file)
    for number in range(before):
        library.add(mark(number))
    copies = recovery.copies(file)
    room = shutil.disk_usage(file.parent)._replace(free=4 * file.stat().st_size)
    monkeypatch.setattr("cable_tui.library.recovery.shutil.disk_usage", lambda folder: room)
    library.add(mark(9))
    assert len(library.marks()) == before + 1
    assert said in library.notice
    assert bool(said) == bool(library.notice)
    assert recovery.copies(file) == copies


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
    assert names(again.marks()) == ["09POST1"]
    assert again.lists.names() == ["story"]
    assert f"Restored from its backup of {recovery.day_of(copy)}: 1 bookmark;" in again.notice
    assert "0 more bookmarks" in again.notice
    assert {each: each.read_bytes() for each in recovery.copies(file)} == before
    (aside,) = file.parent.glob("*.damaged-*")
    assert aside.read_bytes() == b"y" * 9000
    assert check(file) == ""


def test_lists_are_read_from_a_damaged_file(file: Path) -> None:
    library = Library(file)
    numbers = range(1, 200)
    library.add_all([Mark(f"09P{n}", f"09P{n}", note="n" * 300, lists=("story",)) for n in numbers])
    library.lists.move(library.marks()[-1], "story", 0)
    expected = [each.reference_id for each in library.lists.marks("story")]
    library.close()
    without_copies(file)
    damage(file, "change", b"\xff")
    again = Library(file)
    assert "There is no backup. Bookmarks that could still be read: 199" in again.notice
    assert [each.reference_id for each in again.lists.marks("story")] == expected


def test_the_file_that_another_program_began_anew_is_used(file: Path) -> None:
    here = Library(file)
    here.add(mark(1))
    file.rename(file.with_name("aside"))
    there = Library(file)
    there.add(mark(2))
    here.add(mark(3))
    assert names(there.marks()) == ["09POST2", "09POST3"]
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

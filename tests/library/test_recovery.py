"""What is left of a damaged or lost library, and when the file that was found stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.errors import LibraryError
from cable_tui.library import Library, Mark, check, recovery
from cable_tui.operating_system import files
from tests.operating_system.systems import OpenElsewhere, become


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


def filled(file: Path, count: int) -> list[str]:
    """A library of so many marks in one list, and one cable read; the names of the marks."""
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


def page_of(file: Path, table: str) -> int:
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()
    return int(page)


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


def test_a_lost_file_is_filled_from_the_damaged_one_that_was_set_aside(file: Path) -> None:
    filled(file, 5)
    file.rename(file.with_name(f"{file.name}.damaged-20990101-000000-1"))
    file.touch()
    assert len(Library(file).marks()) == 6


def test_an_empty_file_that_was_set_aside_does_not_hide_the_damaged_one(file: Path) -> None:
    filled(file, 5)
    file.rename(file.with_name(f"{file.name}.damaged-20990101-000000-1"))
    file.with_name(f"{file.name}.damaged-20990101-000000-2").touch()
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
    page = page_of(file, "sqlite_autoindex_entry_1")
    content = bytearray(file.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    file.write_bytes(content)
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
    page = page_of(file, table)
    content = bytearray(file.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    file.write_bytes(content)
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
        patch.setattr(files, "_PAUSES", (0.0,))
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

"""Earlier names of the reader: what is one's own, what is asked, and what it would claim."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.library import Library, Mark
from cable_tui.library.own_names import Name
from tests.library.sharing.readers import bookmark


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A library with two marks by root."""
    made = tmp_path / "library.sqlite"
    with closing(Library(made, author="root")) as library:
        library.add(bookmark(1, note="ask"))
        library.put([bookmark(2)], "story")
    return made


def test_who_signs_otherwise_from_now_on_is_asked_once_about_the_earlier_name(file: Path) -> None:
    with closing(Library(file, author="root")) as library:
        assert library.names.to_ask() is None
    with closing(Library(file, author="Mara")) as library:
        assert library.names.to_ask() == Name("root", 2, 2, None)
        assert [library.is_own(mark) for mark in library.marks()] == [False, False]
        library.names.answer("root", mine=True)
        assert library.names.to_ask() is None
        assert [library.is_own(mark) for mark in library.marks()] == [True, True]
        assert [mark.author for mark in library.marks()] == ["root", "root"]
    with closing(Library(file, author="Mara Reader")) as library:
        assert library.names.all() == {"", "Mara Reader", "root"}


def test_no_is_kept_too_and_can_become_yes(file: Path) -> None:
    with closing(Library(file, author="Mara")) as library:
        library.names.answer("root", mine=False)
        assert library.names.to_ask() is None
        assert library.names.all() == {"", "Mara"}
        library.names.answer("root", mine=True)
        assert library.names.others() == [Name("root", 2, 2, is_mine=True)]


def test_undo_takes_an_answer_back(file: Path) -> None:
    with closing(Library(file, author="Mara")) as library:
        library.names.answer("root", mine=False)
        library.names.answer("root", mine=True)
        assert library.undo() == "root is a name of yours"
        assert library.names.all() == {"", "Mara"}
        assert library.undo_last() == "root is not a name of yours"
        assert library.names.to_ask() is not None


def test_own_marks_of_an_earlier_name_are_edited_and_toggled_and_stay_signed(file: Path) -> None:
    with closing(Library(file, author="Mara")) as library:
        library.names.answer("root", mine=True)
        first = library.marks()[0]
        library.note(first, "asked")
        assert next((mark.note, mark.author) for mark in library.marks()) == ("asked", "root")
        library.lists.drop("story")
        assert [mark.author for mark in library.toggle(bookmark(2))] == ["root"]
        library.add(bookmark(3))
        assert library.marks()[-1].author == "Mara"


def test_marks_of_colleagues_are_never_asked_about(file: Path, tmp_path: Path) -> None:
    """Though one of them is root as well, and whoever imported their file was."""
    with (
        closing(Library(tmp_path / "eve.sqlite", author="Eve")) as eve,
        closing(Library(tmp_path / "other.sqlite", author="root")) as other,
        closing(Library(file, author="root")) as library,
    ):
        eve.add(bookmark(7, note="of eve"))
        other.add(bookmark(8, note="of another root"))
        other.add(bookmark(9, note="told by another root"))
        library.import_bundle(eve.bundle())
        library.import_bundle(other.bundle())
        other.sharing.take()
        told = other.sharing.own_after(other.sharing.library(), 0)
        other.remove(other.marks()[1])
        library.sharing.take(told)
    with closing(Library(file, author="Mara")) as library:
        assert library.names.others() == [Name("root", 4, 2, None), Name("Eve", 1, 0, None)]
        assert library.names.to_ask() == Name("root", 4, 2, None)
        library.names.answer("root", mine=False)
        assert library.names.to_ask() is None


def test_answers_leave_with_no_sync_and_with_no_export(file: Path) -> None:
    with closing(Library(file, author="Mara")) as library:
        library.sharing.take()
        told = library.sharing.taken()
        library.names.answer("root", mine=True)
        library.sharing.take()
        assert library.sharing.taken() == told
        assert library.bundle().private == ()


def test_a_library_that_is_not_there_yet_has_the_name_of_today(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "none.sqlite", author="Mara")) as library:
        assert library.names.all() == {"", "Mara"}
        assert library.names.to_ask() is None
        assert library.is_own(Mark("09POST1", "09POST1"))

"""What marks bring to a query: sets of cables that follow every change."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.records.read import SourceGone
from cable_tui.base.errors import NotFoundError
from cable_tui.base.value import replace
from cable_tui.library import Library, Mark
from cable_tui.library.reader_data import Name
from cable_tui.query.reader_terms import ReaderData
from tests.archive.fiction import BRIDGE, LAMPS, opened, write_dump, write_page
from tests.library import bookmark

ONE = Mark("09ZENDA1", "09ZENDA1", "3", note="ask Mara", lists=("harbour",))
TWO = Mark("09ZENDA2", "09ZENDA2")


def test_a_reader_who_keeps_nothing_owns_nothing(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        assert replace(library.reader_data(), version=0, of_tools={}) == ReaderData()


def test_marks_notes_lists_and_searches_are_sets_of_cables(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        library.add(ONE)
        library.add(replace(ONE, paragraph="4", note="again"))
        library.add(TWO)
        library.read_cables.add(["09ZENDA2"])
        library.searches.save("catch", "lobster")
        own = library.reader_data()
    assert own.bookmarked == {"09ZENDA1", "09ZENDA2"}
    assert own.noted == {"09ZENDA1"}
    assert own.read == {"09ZENDA2"}
    assert own.lists == {"harbour": {"09ZENDA1"}}
    assert own.notes == {"09ZENDA1": "ask Mara\nagain"}
    assert own.saved == {"catch": "lobster"}


def test_the_version_changes_with_every_change_of_any_window_and_only_then(tmp_path: Path) -> None:
    mine, other = (Library(tmp_path / "library.sqlite") for _ in range(2))
    with closing(mine), closing(other):
        mine.add(ONE)
        first = mine.reader_data()
        assert mine.reader_data() is first
        other.add(TWO)
        second = mine.reader_data()
        assert second.bookmarked == {"09ZENDA1", "09ZENDA2"}
        mine.remove(mine.marks()[0])
        third = mine.reader_data()
        assert third.bookmarked == {"09ZENDA2"}
        assert len({first.version, second.version, third.version}) == 3


def test_what_was_read_is_there_for_the_next_window(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    library = Library(file)
    assert library.read_cables.ids() == frozenset()
    library.read_cables.add(f"09A{number}" for number in range(1000))
    library.read_cables.add(["09A1", "half \udc80"])
    there = Library(file)
    assert len(there.read_cables.ids()) == 1001
    there.read_cables.remove(["09A1", "never"])
    assert library.changed()
    assert "09A1" not in library.read_cables.ids()


def test_reading_is_nothing_to_undo(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite")
    library.add(Mark("09A1", "09A1"))
    library.read_cables.add(["09A1"])
    assert library.undo() == "bookmark 09A1"
    assert library.read_cables.ids() == {"09A1"}
    assert library.undo() == ""


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


def test_undo_takes_an_answer_back(file: Path) -> None:
    with closing(Library(file, author="Mara")) as library:
        library.names.answer("root", mine=False)
        library.names.answer("root", mine=True)
        assert library.undo() == "root is one of your names"
        assert library.names.all() == {"", "Mara"}
        assert library.undo_last() == "root is not one of your names"
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


def test_a_library_that_is_not_there_yet_has_the_name_of_today(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "none.sqlite", author="Mara")) as library:
        assert library.names.all() == {"", "Mara"}
        assert library.names.to_ask() is None
        assert library.is_own(Mark("09POST1", "09POST1"))


def test_a_choice_lasts_and_can_be_undone(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    with closing(Library(file)) as library:
        library.records.choose("09RABAT27", "09RABAT27", 0x1A2B3C)
        library.records.choose("09RABAT2", "09RABAT2", 7)
        library.records.choose("09RABAT27", "09RABAT27", 0xFFFFFFFF)
    with closing(Library(file)) as library:
        assert library.reader_data().records == {"09RABAT27": 0xFFFFFFFF, "09RABAT2": 7}
        library.records.choose("09RABAT27", "09RABAT27", None)
        assert library.reader_data().records == {"09RABAT2": 7}
        assert "09RABAT27" in library.undo()
        assert library.reader_data().records == {"09RABAT27": 0xFFFFFFFF, "09RABAT2": 7}


def test_the_chosen_record_is_read_wherever_it_is_moved(tmp_path: Path) -> None:
    cables = tmp_path / "cables"
    redacted = replace(LAMPS, text="The keepers met XXXXXXXXXXXX on the pier.")
    write_dump(cables / "cables.csv", [LAMPS, BRIDGE])
    page = write_page(cables / "a", redacted)
    with closing(Library(tmp_path / "library.sqlite")) as library:
        for turn in (1, 2):
            with closing(opened(cables, tmp_path / "cache")) as archive:
                archive.own = library.reader_data
                id_ = archive.find("09RABAT27") or 0
                if turn == 1:
                    assert "XXXX" not in archive.cable(id_).body.text
                    library.records.choose("09RABAT27", "09RABAT27", archive.crc(id_, 2))
                cable = archive.cable(id_)
                assert "XXXX" in cable.body.text
                assert b"XXXX" in archive.raw_bytes(id_)
                assert [each.number for each in cable.sources] == [2, 1]
                assert archive.cable(id_, 1).sources[0].format == "dump-csv"
                with pytest.raises(
                    NotFoundError, match="there is no version 3 of this cable; it has 2 versions"
                ):
                    archive.cable(id_, 3)
            (cables / "b").mkdir(exist_ok=True)
            if turn == 1:
                page.rename(cables / "b" / page.name)
        page = cables / "b" / page.name
        page.unlink()
        with closing(opened(cables, tmp_path / "cache")) as archive:
            archive.own = library.reader_data
            assert archive.cable(id_).sources[0].format == "dump-csv"
            (cables / "cables.csv").unlink()
            with pytest.raises(SourceGone):
                archive.cable(id_)

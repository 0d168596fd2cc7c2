"""What marks bring to a query: sets of cables that follow every change."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.library import Library, Mark, NotWrittenError
from cable_tui.query.reader_data import ReaderData
from cable_tui.value import replace
from tests.background.test_library_watch import Shelf

ONE = Mark("09ZENDA1", "09ZENDA1", "3", note="ask Mara", lists=("harbour",))
TWO = Mark("09ZENDA2", "09ZENDA2")


def test_a_reader_who_keeps_nothing_owns_nothing(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        assert replace(library.reader_data(), version=0) == ReaderData()


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


def test_what_waits_to_be_written_counts(tmp_path: Path) -> None:
    with closing(Shelf(tmp_path / "library.sqlite")) as library:
        library.reader_data()
        library.full = True
        with pytest.raises(NotWrittenError):
            library.add(TWO)
        assert library.reader_data().bookmarked == {"09ZENDA2"}


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

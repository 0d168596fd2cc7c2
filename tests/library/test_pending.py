"""What a full disk did not take: found at once, written in order, nobody's work written over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cable_tui.errors import LibraryError
from cable_tui.library import Bundle, Library, Mark, NotWrittenError, SameNoteError
from tests.background.test_library_watch import Shelf

ONE, TWO, THREE = (Mark(f"09ZENDA{number}", f"09ZENDA{number}") for number in (1, 2, 3))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with closing(Shelf(tmp_path / "library.sqlite")) as library:
        yield library


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """Another window."""
    with closing(Library(tmp_path / "library.sqlite")) as library:
        yield library


def _waits(shelf: Shelf, change: Callable[[], object]) -> None:
    """The disk does not take a change."""
    shelf.full = True
    with pytest.raises(NotWrittenError, match="in memory"):
        change()
    shelf.full = False


def _new(shelf: Shelf, mark: Mark) -> Mark:
    """A new mark that waits."""
    _waits(shelf, lambda: shelf.add(mark))
    return shelf.pending[-1]


def _names(marks: list[Mark]) -> str:
    return "".join(mark.canonical_id[-1] for mark in marks)


def test_a_number_from_before_a_write_means_the_same_mark_after_it(shelf: Shelf) -> None:
    first = _new(shelf, ONE)
    shelf.write_pending()
    second = _new(shelf, TWO)
    assert second.id != first.id
    shelf.note(first, "for the first")
    assert {mark.canonical_id: mark.note for mark in shelf.marks()} == {
        "09ZENDA1": "for the first",
        "09ZENDA2": "",
    }


def test_every_change_takes_a_number_from_before_a_write(shelf: Shelf) -> None:
    first = _new(shelf, ONE)
    shelf.write_pending()
    shelf.add(replace(TWO, lists=("harbour",)))
    shelf.put([first], "harbour")
    assert _names(shelf.lists.marks("harbour")) == "21"
    shelf.lists.move(first, "harbour", 0)
    assert _names(shelf.lists.marks("harbour")) == "12"
    assert shelf.lists.take([first], "harbour") == 1
    assert shelf.lists.take([first], "harbour") == 0
    assert _names(shelf.lists.marks("harbour")) == "2"
    assert shelf.remove(first) is not None
    assert shelf.remove(first) is None
    assert _names(shelf.marks()) == "2"


def test_another_note_to_a_stored_bookmark_waits_and_is_found(shelf: Shelf, other: Library) -> None:
    mark = shelf.add(ONE)
    _waits(shelf, lambda: shelf.note(mark, "why?"))
    assert [each.note for each in (*shelf.marks(), *shelf.marked("09ZENDA1"))] == ["why?"] * 2
    assert shelf.own().notes == {"09ZENDA1": "why?"}
    assert [each.note for each in shelf.bundle().marks] == ["why?"]
    assert [each.note for each in shelf.pending] == ["why?"]
    assert [each.note for each in other.marks()] == [""]
    assert shelf.write_pending() == 1
    assert [each.note for each in other.marks()] == ["why?"]


def test_what_another_window_did_meanwhile_stays(shelf: Shelf, other: Library) -> None:
    mark, second = shelf.add(ONE), shelf.add(replace(TWO, note="old"))
    _waits(shelf, lambda: shelf.note(mark, "mine"))
    _waits(shelf, lambda: shelf.put([second], "mine"))
    other.put([mark], "theirs")
    other.note(second, "theirs")
    expected = [("mine", ("theirs",)), ("theirs", ("mine",))]
    assert [(each.note, each.lists) for each in shelf.marks()] == expected
    shelf.write_pending()
    written = {each.canonical_id: (each.note, each.lists) for each in other.marks()}
    assert list(written.values()) == expected


def test_a_note_to_a_bookmark_that_another_window_takes_away_is_not_lost(
    shelf: Shelf, other: Library
) -> None:
    mark = shelf.add(ONE)
    _waits(shelf, lambda: shelf.note(mark, "mine"))
    other.remove(mark)
    shelf.write_pending()
    assert [each.note for each in other.marks()] == ["mine"]
    shelf.note(shelf.marks()[0], "mine, again")
    assert [each.note for each in other.marks()] == ["mine, again"]


def test_a_note_that_is_there_already_stops_nothing(shelf: Shelf, other: Library) -> None:
    mark = shelf.add(ONE)
    _waits(shelf, lambda: shelf.note(mark, "same"))
    _new(shelf, TWO)
    other.add(replace(ONE, note="same"))
    assert shelf.write_pending() == 2
    assert sorted(each.note for each in shelf.marked("09ZENDA1")) == ["", "same"]
    with pytest.raises(SameNoteError):
        shelf.note(mark, "same")
    assert shelf.pending == ()


def test_old_and_new_bookmarks_go_into_a_list_in_the_order_given(shelf: Shelf) -> None:
    shelf.add(replace(TWO, lists=("harbour",)))
    old = shelf.add(THREE)
    _waits(shelf, lambda: shelf.put([old, ONE], "harbour"))
    for _ in range(2):
        assert _names(shelf.lists.marks("harbour")) == "231"
        assert shelf.lists.sizes() == {"harbour": 3}
        bundle = shelf.bundle("harbour")
        assert _names(list(bundle.marks)) == "231"
        assert bundle.lists == {"harbour": [mark.uid for mark in bundle.marks]}
        shelf.write_pending()
    assert shelf.undo() == "put into harbour"
    assert _names(shelf.marks()) == "23"
    with pytest.raises(LibraryError, match="needs a name"):
        shelf.put([ONE], " ")


def test_what_waits_is_undone_before_what_is_written(shelf: Shelf) -> None:
    stored = shelf.add(ONE)
    second = _new(shelf, TWO)
    _waits(shelf, lambda: shelf.note(second, "two"))
    shelf.remove(shelf.pending[0])
    assert _names(shelf.marks()) == "1"
    for what, notes in (
        ("take away the bookmark of 09ZENDA2", ["", "two"]),
        ("note to 09ZENDA2", ["", ""]),
        ("bookmark 09ZENDA2", [""]),
        ("bookmark 09ZENDA1", []),
        ("", []),
    ):
        assert shelf.undo() == what
        assert [mark.note for mark in shelf.marks()] == notes
    assert stored.id > 0


def test_what_waited_is_a_change_of_its_own(shelf: Shelf) -> None:
    stored = shelf.add(ONE)
    _new(shelf, TWO)
    shelf.note(stored, "why?")
    assert shelf.pending == ()
    assert shelf.undo() == "note to 09ZENDA1"
    assert _names(shelf.marks()) == "12"
    assert shelf.undo() == "bookmark 09ZENDA2"


def test_what_is_taken_away_waits_too_and_comes_back(shelf: Shelf, other: Library) -> None:
    stored = shelf.add(replace(ONE, note="why?"))
    _waits(shelf, lambda: shelf.remove(stored))
    assert shelf.marks() == []
    assert [mark.canonical_id for mark in shelf.pending] == ["09ZENDA1"]
    assert shelf.undo() == "take away the bookmark of 09ZENDA1"
    assert [mark.note for mark in shelf.marks()] == ["why?"]
    _waits(shelf, lambda: shelf.remove_all(shelf.marks()))
    shelf.write_pending()
    assert other.marks() == []
    assert shelf.undo() == "take away the bookmark of 09ZENDA1"
    assert [mark.note for mark in other.marks()] == ["why?"]


def test_what_waited_is_undone_one_by_one_when_it_is_written(shelf: Shelf) -> None:
    stored = shelf.add(ONE)
    _waits(shelf, lambda: shelf.note(stored, "one"))
    second = _new(shelf, TWO)
    _waits(shelf, lambda: shelf.note(second, "two"))
    shelf.full = True
    assert shelf.remove(second) is None, "it has a note that this reader has not seen"
    assert shelf.remove(shelf.marks()[1]) is not None
    shelf.full = False
    shelf.seen.add(["09ZENDA3"])
    for what, notes in (
        ("take away the bookmark of 09ZENDA2", ["one", "two"]),
        ("note to 09ZENDA2", ["one", ""]),
        ("bookmark 09ZENDA2", ["one"]),
        ("note to 09ZENDA1", [""]),
        ("bookmark 09ZENDA1", []),
    ):
        assert shelf.undo() == what
        assert [mark.note for mark in shelf.marks()] == notes


def test_a_place_with_a_stored_and_a_waiting_bookmark_is_emptied_and_filled_as_one(
    shelf: Shelf, other: Library
) -> None:
    _waits(shelf, lambda: shelf.note(ONE, "mine"))
    other.add(ONE)
    _waits(shelf, lambda: shelf.remove_all(shelf.marks()))
    assert shelf.marks() == []
    assert shelf.undo() == "take away 2 bookmarks"
    assert sorted(mark.note for mark in shelf.marks()) == ["", "mine"]


@pytest.mark.parametrize("waits", [False, True])
def test_of_two_windows_on_one_note_both_notes_stay(
    shelf: Shelf, other: Library, waits: bool
) -> None:
    base = shelf.add(replace(ONE, note="base"))
    if waits:
        _waits(shelf, lambda: shelf.note(base, "mine"))
        other.note(base, "theirs")
        shelf.write_pending()
    else:
        other.note(base, "theirs")
        assert shelf.note(base, "mine").both
    assert sorted(mark.note for mark in other.marks()) == ["mine", "theirs"]


def test_a_bookmark_with_a_note_that_was_not_seen_is_not_taken_away(
    shelf: Shelf, other: Library
) -> None:
    base = shelf.add(replace(ONE, note="base"))
    other.note(base, "theirs")
    assert shelf.remove(base) is None
    _waits(shelf, lambda: shelf.note(shelf.marks()[0], "mine"))
    other.note(other.marks()[0], "theirs, again")
    shelf.remove(shelf.marks()[0])
    assert "theirs, again" in [mark.note for mark in other.marks()]


def test_what_changes_nothing_does_not_wait(shelf: Shelf) -> None:
    mark = shelf.add(replace(ONE, lists=("harbour",)))
    shelf.full = True
    with pytest.raises(NotWrittenError):
        shelf.put([mark], "harbour")
    assert shelf.pending == ()


def test_a_mark_that_another_window_puts_into_the_same_list_is_in_it_once(
    shelf: Shelf, other: Library
) -> None:
    mark = shelf.add(ONE)
    _waits(shelf, lambda: shelf.put([mark], "harbour"))
    other.put([mark], "harbour")
    assert shelf.lists.sizes() == {"harbour": 1}
    assert _names(shelf.lists.marks("harbour")) == "1"
    assert shelf.bundle().lists == {"harbour": [mark.uid]}


def test_marks_are_known_again_in_a_file_that_was_made_anew(shelf: Shelf, other: Library) -> None:
    """Another window found the file damaged, and what was left of it has other numbers."""
    first, second, third = (shelf.add(mark) for mark in (ONE, TWO, THREE))
    _waits(shelf, lambda: shelf.note(second, "waits"))
    bundle = other.bundle()
    other.close()
    for each in shelf.path.parent.rglob("library*"):
        each.unlink()
    with closing(Library(shelf.path)) as anew:
        anew.take_in(replace(bundle, marks=bundle.marks[1:]))
    shelf.write_pending()
    shelf.note(third, "late")
    assert [(each.canonical_id, each.note) for each in shelf.marks()] == [
        ("09ZENDA2", "waits"),
        ("09ZENDA3", "late"),
    ]
    assert shelf.remove(first) is None
    assert [shelf.undo() for _ in range(3)] == ["note to 09ZENDA3", "note to 09ZENDA2", ""]


def test_the_same_bookmark_made_twice_waits_once(shelf: Shelf) -> None:
    _new(shelf, replace(ONE, lists=("harbour",)))
    _new(shelf, replace(ONE, lists=("catch",)))
    assert [mark.lists for mark in shelf.pending] == [("harbour", "catch")]
    shelf.write_pending()
    assert [mark.lists for mark in shelf.marks()] == [("harbour", "catch")]


def test_a_file_of_a_newer_program_loses_no_note(shelf: Shelf) -> None:
    mark = shelf.add(ONE)
    shelf._file.writable = False
    shelf._file.notice = "written by a newer cable-tui"
    with pytest.raises(NotWrittenError, match=r"newer cable-tui\. 1 bookmark waits in memory"):
        shelf.note(mark, "kept")
    assert [each.note for each in shelf.marks()] == ["kept"]


PLACES = st.sampled_from((ONE, TWO, replace(ONE, paragraph="3")))
STEPS = st.lists(
    st.tuples(
        st.booleans(), st.sampled_from(("", "a", "b", "list", "other", "add", "remove")), PLACES
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(STEPS)
def test_a_disk_that_is_full_now_and_then_changes_nothing_in_the_end(
    steps: list[tuple[bool, str, Mark]],
) -> None:
    with TemporaryDirectory() as folder:
        tried, plain = Shelf(Path(folder, "tried.sqlite")), Library(Path(folder, "plain.sqlite"))
        with closing(tried), closing(plain):
            for full, what, place in steps:
                for library in (plain, tried):
                    tried.full = full and library is tried
                    with suppress(NotWrittenError):
                        _step(library, what, place)
                assert _content(tried.bundle()) == _content(plain.bundle())
            tried.full = False
            tried.write_pending()
            assert _content(tried.bundle()) == _content(plain.bundle())
            assert _sizes(tried) == _sizes(plain)


def _step(library: Library, what: str, place: Mark) -> None:
    here = [mark for mark in library.marked(place.canonical_id) if _same_place(mark, place)]
    mark = here[0] if here else place
    if what == "add":
        library.add(place)
    elif what == "remove":
        if here:
            library.remove(mark)
    elif what in ("list", "other"):
        library.put([mark], what)
    else:
        with suppress(SameNoteError):
            library.note(mark, what)


def _same_place(one: Mark, other: Mark) -> bool:
    return one.paragraph == other.paragraph


def _sizes(library: Library) -> dict[str, int]:
    return {name: size for name, size in library.lists.sizes().items() if size}


def _content(bundle: Bundle) -> object:
    """Without what tells two libraries apart: times, numbers made of them, and empty lists.

    A list that a mark was to make is made by nothing when the mark is taken away before.
    """
    marks = {
        mark.uid: (mark.canonical_id, mark.paragraph, mark.note, sorted(mark.lists))
        for mark in bundle.marks
    }
    held = {name: [marks[uid] for uid in uids] for name, uids in bundle.lists.items() if uids}
    return list(marks.values()), held


WINDOWS = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.sampled_from(("note", "remove", "undo")), PLACES),
    max_size=14,
)


@settings(deadline=None, max_examples=60)
@given(WINDOWS)
def test_a_note_of_two_windows_goes_only_where_somebody_saw_it_go(
    steps: list[tuple[bool, bool, str, Mark]],
) -> None:
    """Each note is there in the end unless a window that saw it replaced, removed or undid it."""
    with TemporaryDirectory() as folder:
        one, two = (Shelf(Path(folder, "library.sqlite")) for _ in range(2))
        with closing(one), closing(two):
            written: set[str] = set()
            let_go: set[str] = set()
            for number, (first, full, what, place) in enumerate(steps):
                shelf = one if first else two
                shelf.full = full
                before = {mark.note for mark in shelf.marks()}
                with suppress(NotWrittenError, LibraryError):
                    _in_window(shelf, what, place, f"note {number}")
                shelf.full = False
                after = {mark.note for mark in shelf.marks()}
                written |= after - before
                let_go |= before - after
            one.write_pending()
            two.write_pending()
            assert written - let_go - {""} <= {mark.note for mark in one.marks()}


def _in_window(shelf: Shelf, what: str, place: Mark, note: str) -> None:
    here = [mark for mark in shelf.marked(place.canonical_id) if _same_place(mark, place)]
    if what == "note":
        shelf.note(here[0] if here else place, note)
    elif what == "undo":
        shelf.undo()
    elif here:
        shelf.remove(here[0])

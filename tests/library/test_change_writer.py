"""What a full disk did not take: found at once, written in order, nobody's work written over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import replace
from cable_tui.library import Bundle, Library, Mark, NotWrittenError
from cable_tui.library.mark_rows import SameNoteError
from tests.background.test_library_watch import Shelf

ONE, TWO, THREE = (Mark(f"09ZENDA{number}", f"09ZENDA{number}") for number in (1, 2, 3))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Shelf]:
    with closing(Shelf(tmp_path / "library.sqlite")) as library:
        yield library


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """Another window."""
    with closing(Library(tmp_path / "library.sqlite")) as library:
        yield library


def _waits(library: Shelf, change: Callable[[], object]) -> None:
    """The disk does not take a change."""
    library.full = True
    with pytest.raises(NotWrittenError, match="in memory"):
        change()
    library.full = False


def _new(library: Shelf, mark: Mark) -> Mark:
    """A new mark that waits."""
    _waits(library, lambda: library.add(mark))
    return library.pending[-1]


def _names(marks: list[Mark]) -> str:
    return "".join(mark.canonical_id[-1] for mark in marks)


def test_every_change_takes_a_number_from_before_a_write(library: Shelf) -> None:
    first = _new(library, ONE)
    library.write_pending()
    assert _new(library, replace(TWO, lists=("harbour",))).id != first.id
    library.note(first, "for the first")
    assert [mark.note for mark in library.marks()] == ["for the first", ""]
    library.note(library.marks()[0], "")
    library.put([first], "harbour")
    assert _names(library.lists.marks("harbour")) == "21"
    library.lists.move(first, "harbour", 0)
    assert _names(library.lists.marks("harbour")) == "12"
    assert library.lists.take([first], "harbour") == 1
    assert library.lists.take([first], "harbour") == 0
    assert _names(library.lists.marks("harbour")) == "2"
    assert library.remove(first) is not None
    assert library.remove(first) is None
    assert _names(library.marks()) == "2"


def test_another_note_to_a_stored_bookmark_waits_and_is_found(
    library: Shelf, other: Library
) -> None:
    mark = library.add(ONE)
    assert library.reader_data().notes == {}
    _waits(library, lambda: library.note(mark, "why?"))
    assert [each.note for each in (*library.marks(), *library.marked("09ZENDA1"))] == ["why?"] * 2
    assert library.reader_data().notes == {"09ZENDA1": "why?"}
    assert [each.note for each in library.bundle().marks] == ["why?"]
    assert [each.note for each in library.pending] == ["why?"]
    assert [each.note for each in other.marks()] == [""]
    assert library.write_pending() == 1
    assert [each.note for each in other.marks()] == ["why?"]


def test_what_another_window_did_meanwhile_stays(library: Shelf, other: Library) -> None:
    mark, second = library.add(ONE), library.add(replace(TWO, note="old"))
    _waits(library, lambda: library.note(mark, "mine"))
    _waits(library, lambda: library.put([second], "mine"))
    other.put([mark], "theirs")
    other.note(second, "theirs")
    expected = [("mine", ("theirs",)), ("theirs", ("mine",))]
    assert [(each.note, each.lists) for each in library.marks()] == expected
    library.write_pending()
    written = {each.canonical_id: (each.note, each.lists) for each in other.marks()}
    assert list(written.values()) == expected


def test_a_note_to_a_bookmark_that_another_window_takes_away_is_not_lost(
    library: Shelf, other: Library
) -> None:
    mark = library.add(ONE)
    _waits(library, lambda: library.note(mark, "mine"))
    other.remove(mark)
    library.write_pending()
    assert [each.note for each in other.marks()] == ["mine"]
    library.note(library.marks()[0], "mine, again")
    assert [each.note for each in other.marks()] == ["mine, again"]


def test_a_note_that_is_there_already_stops_nothing(library: Shelf, other: Library) -> None:
    mark = library.add(ONE)
    _waits(library, lambda: library.note(mark, "same"))
    _new(library, TWO)
    other.add(replace(ONE, note="same"))
    assert library.write_pending() == 2
    assert sorted(each.note for each in library.marked("09ZENDA1")) == ["", "same"]
    with pytest.raises(SameNoteError, match="already"):
        library.note(mark, "same")
    assert library.pending == ()


def test_old_and_new_bookmarks_go_into_a_list_in_the_order_given(library: Shelf) -> None:
    library.add(replace(TWO, lists=("harbour",)))
    old = library.add(THREE)
    _waits(library, lambda: library.put([old, ONE], "harbour"))
    for _ in range(2):
        assert _names(library.lists.marks("harbour")) == "231"
        assert library.lists.sizes() == {"harbour": 3}
        bundle = library.bundle("harbour")
        assert _names(list(bundle.marks)) == "231"
        assert bundle.lists == {"harbour": [mark.uid for mark in bundle.marks]}
        library.write_pending()
    assert library.undo() == "put into harbour"
    assert _names(library.marks()) == "23"
    with pytest.raises(LibraryError, match="needs a name"):
        library.put([ONE], " ")


def test_what_waits_is_undone_before_what_is_written(library: Shelf) -> None:
    stored = library.add(ONE)
    second = _new(library, TWO)
    _waits(library, lambda: library.note(second, "two"))
    library.remove(library.pending[0])
    assert _names(library.marks()) == "1"
    for what, notes in (
        ("remove the bookmark of 09ZENDA2", ["", "two"]),
        ("note to 09ZENDA2", ["", ""]),
        ("bookmark 09ZENDA2", [""]),
        ("bookmark 09ZENDA1", []),
        ("", []),
    ):
        assert library.undo() == what
        assert [mark.note for mark in library.marks()] == notes
    assert stored.id > 0


def test_what_is_taken_away_waits_too_and_comes_back(library: Shelf, other: Library) -> None:
    stored = library.add(replace(ONE, note="why?"))
    _waits(library, lambda: library.remove(stored))
    assert library.marks() == []
    assert [mark.canonical_id for mark in library.pending] == ["09ZENDA1"]
    assert library.undo() == "remove the bookmark of 09ZENDA1"
    assert [mark.note for mark in library.marks()] == ["why?"]
    _waits(library, lambda: library.remove_all(library.marks()))
    library.write_pending()
    assert other.marks() == []
    assert library.undo() == "remove the bookmark of 09ZENDA1"
    assert [mark.note for mark in other.marks()] == ["why?"]


def test_what_waited_is_undone_one_by_one_when_it_is_written(library: Shelf) -> None:
    stored = library.add(ONE)
    _waits(library, lambda: library.note(stored, "one"))
    second = _new(library, TWO)
    _waits(library, lambda: library.note(second, "two"))
    library.full = True
    assert library.remove(second) is None, "it has a note that this reader has not seen"
    assert library.remove(library.marks()[1]) is not None
    library.full = False
    library.read_cables.add(["09ZENDA3"])
    for what, notes in (
        ("remove the bookmark of 09ZENDA2", ["one", "two"]),
        ("note to 09ZENDA2", ["one", ""]),
        ("bookmark 09ZENDA2", ["one"]),
        ("note to 09ZENDA1", [""]),
        ("bookmark 09ZENDA1", []),
    ):
        assert library.undo() == what
        assert [mark.note for mark in library.marks()] == notes


def test_a_place_with_a_stored_and_a_waiting_bookmark_is_emptied_and_filled_as_one(
    library: Shelf, other: Library
) -> None:
    _waits(library, lambda: library.note(ONE, "mine"))
    other.add(ONE)
    _waits(library, lambda: library.remove_all(library.marks()))
    assert library.marks() == []
    assert library.undo() == "remove 2 bookmarks"
    assert sorted(mark.note for mark in library.marks()) == ["", "mine"]


@pytest.mark.parametrize("waits", [False, True])
def test_of_two_windows_on_one_note_both_notes_stay(
    library: Shelf, other: Library, waits: bool
) -> None:
    base = library.add(replace(ONE, note="base"))
    if waits:
        _waits(library, lambda: library.note(base, "mine"))
        other.note(base, "theirs")
        library.write_pending()
    else:
        other.note(base, "theirs")
        assert library.note(base, "mine").both
    assert sorted(mark.note for mark in other.marks()) == ["mine", "theirs"]


def test_a_bookmark_with_a_note_that_was_not_seen_is_not_taken_away(
    library: Shelf, other: Library
) -> None:
    base = library.add(replace(ONE, note="base"))
    other.note(base, "theirs")
    assert library.remove(base) is None
    _waits(library, lambda: library.note(library.marks()[0], "mine"))
    other.note(other.marks()[0], "theirs, again")
    library.remove(library.marks()[0])
    assert "theirs, again" in [mark.note for mark in other.marks()]


def test_what_changes_nothing_does_not_wait(library: Shelf) -> None:
    mark = library.add(replace(ONE, lists=("harbour",)))
    library.full = True
    with pytest.raises(NotWrittenError):
        library.put([mark], "harbour")
    assert library.pending == ()


def test_a_mark_that_another_window_puts_into_the_same_list_is_in_it_once(
    library: Shelf, other: Library
) -> None:
    mark = library.add(ONE)
    _waits(library, lambda: library.put([mark], "harbour"))
    other.put([mark], "harbour")
    assert library.lists.sizes() == {"harbour": 1}
    assert _names(library.lists.marks("harbour")) == "1"
    assert library.bundle().lists == {"harbour": [mark.uid]}


def test_marks_are_known_again_in_a_file_that_was_made_anew(library: Shelf, other: Library) -> None:
    """Another window found the file damaged, and what was left of it has other numbers."""
    first, second, third = (library.add(mark) for mark in (ONE, TWO, THREE))
    _waits(library, lambda: library.note(second, "waits"))
    bundle = other.bundle()
    other.close()
    for each in library.path.parent.rglob("library*"):
        each.unlink()
    with closing(Library(library.path)) as anew:
        anew.import_bundle(replace(bundle, marks=bundle.marks[1:]))
    library.write_pending()
    library.note(third, "late")
    assert [(each.canonical_id, each.note) for each in library.marks()] == [
        ("09ZENDA2", "waits"),
        ("09ZENDA3", "late"),
    ]
    assert library.remove(first) is None
    assert [library.undo() for _ in range(3)] == ["note to 09ZENDA3", "note to 09ZENDA2", ""]


def test_the_same_bookmark_made_twice_waits_once(library: Shelf) -> None:
    _new(library, replace(ONE, lists=("harbour",)))
    _new(library, replace(ONE, lists=("catch",)))
    assert [mark.lists for mark in library.pending] == [("harbour", "catch")]
    library.write_pending()
    assert [mark.lists for mark in library.marks()] == [("harbour", "catch")]


def test_a_file_of_a_newer_program_loses_no_note(library: Shelf) -> None:
    mark = library.add(ONE)
    library._file.writable = False
    library._file.notice = "written by a newer cable-tui"
    with pytest.raises(NotWrittenError, match=r"newer cable-tui\. 1 bookmark is only in memory"):
        library.note(mark, "kept")
    assert [each.note for each in library.marks()] == ["kept"]


SOME = settings().max_examples // 2
"""Each makes two libraries; `make fuzz` takes more."""
PLACES = st.sampled_from((ONE, TWO, replace(ONE, paragraph="3")))
STEPS = st.lists(
    st.tuples(
        st.booleans(), st.sampled_from(("", "a", "b", "list", "other", "add", "remove")), PLACES
    ),
    max_size=12,
)


@settings(max_examples=SOME)
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


@settings(max_examples=SOME)
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
                library = one if first else two
                library.full = full
                before = {mark.note for mark in library.marks()}
                with suppress(NotWrittenError, LibraryError):
                    _in_window(library, what, place, f"note {number}")
                library.full = False
                after = {mark.note for mark in library.marks()}
                written |= after - before
                let_go |= before - after
            one.write_pending()
            two.write_pending()
            assert written - let_go - {""} <= {mark.note for mark in one.marks()}


def _in_window(library: Shelf, what: str, place: Mark, note: str) -> None:
    here = [mark for mark in library.marked(place.canonical_id) if _same_place(mark, place)]
    if what == "note":
        library.note(here[0] if here else place, note)
    elif what == "undo":
        library.undo()
    elif here:
        library.remove(here[0])

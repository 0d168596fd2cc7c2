"""Lists and saved searches in the reader's own order, and undo of every change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cable_tui.base.errors import LibraryError
from cable_tui.library import Bundle, Library, Mark

STORY = "TIP story"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library.sqlite", author="mara")


@pytest.fixture
def ids(library: Library) -> list[int]:
    marks = [Mark(f"09POST{number}", f"09POST{number}", lists=(STORY,)) for number in range(1, 5)]
    return [library.add(mark).id for mark in marks]


def order(library: Library, name: str = STORY) -> str:
    return "".join(mark.reference_id[-1] for mark in library.lists.marks(name))


def test_a_mark_goes_into_the_lists_it_names(library: Library, ids: list[int]) -> None:
    assert library.lists.names() == [STORY]
    assert order(library) == "1234"
    assert library.marks()[0].lists == (STORY,)
    library.put(library.marks()[:1], "another")
    assert library.marks()[0].lists == (STORY, "another")


@pytest.mark.parametrize(
    ("which", "to", "after"),
    [(0, 1, "2134"), (3, 0, "4123"), (1, 99, "1342"), (2, -5, "3124"), (1, 1, "1234")],
)
def test_a_mark_is_moved_in_its_list(
    library: Library, ids: list[int], which: int, to: int, after: str
) -> None:
    library.lists.move(library.marks()[which], STORY, to)
    assert order(library) == after


def test_what_is_not_in_a_list_cannot_be_moved_in_it(library: Library, ids: list[int]) -> None:
    library.lists.move(Mark("09POST99", "09POST99", uid="0" * 16), STORY, 0)
    library.lists.move(library.marks()[0], "nowhere", 0)
    library.lists.take(library.marks()[:1], "nowhere")
    assert order(library) == "1234"


def test_lists_themselves_have_an_order(library: Library, ids: list[int]) -> None:
    for name in ("b", "a"):
        library.put(library.marks(), name)
    assert library.lists.names() == [STORY, "b", "a"]
    library.lists.place("a", 0)
    assert library.lists.names() == ["a", STORY, "b"]
    library.lists.rename("a", "z")
    assert library.lists.names() == ["z", STORY, "b"]
    with pytest.raises(LibraryError, match="another list"):
        library.lists.rename("z", "b")


def test_searches_are_saved_under_names(library: Library) -> None:
    library.searches.save("spain", "migration tag:SP")
    library.searches.save("unread", "class:secret")
    library.searches.save("spain", "migration origin:madrid")
    library.searches.place("unread", 0)
    assert library.searches.queries() == {
        "unread": "class:secret",
        "spain": "migration origin:madrid",
    }
    assert list(library.searches.queries()) == ["unread", "spain"]
    library.searches.drop("unread")
    assert library.searches.names() == ["spain"]


CHANGES: list[tuple[str, Callable[[Library, list[int]], object]]] = [
    ("add", lambda library, ids: library.add(Mark("09NEW1", "09NEW1", lists=("new",)))),
    ("remove", lambda library, ids: library.remove(library.marks()[1])),
    ("toggle", lambda library, ids: library.toggle(Mark("09POST5", "09POST5"))),
    ("remove all", lambda library, ids: library.remove_all(library.marks()[1:])),
    ("note", lambda library, ids: library.note(library.marks()[0], "another \0 note")),
    ("put", lambda library, ids: library.put(library.marks(), "new")),
    ("take", lambda library, ids: library.lists.take(library.marks()[:2], STORY)),
    ("move", lambda library, ids: library.lists.move(library.marks()[3], STORY, 0)),
    ("rename", lambda library, ids: library.lists.rename(STORY, "new")),
    ("drop", lambda library, ids: library.lists.drop(STORY)),
    ("save", lambda library, ids: library.searches.save("spain", "madrid")),
    (
        "import",
        lambda library, ids: library.import_bundle(
            Bundle((Mark("09X1", "09X1", created="2026-01-01T00:00:00Z", uid="0" * 16),), {}, {})
        ),
    ),
]


@pytest.mark.parametrize("change", [each for _, each in CHANGES], ids=[name for name, _ in CHANGES])
def test_every_change_is_undone_whole(
    library: Library, ids: list[int], change: Callable[[Library, list[int]], object]
) -> None:
    before = library.bundle()
    change(library, ids)
    assert library.bundle() != before
    assert library.undo()
    assert library.bundle() == before


def test_changes_are_undone_one_after_the_other(library: Library, ids: list[int]) -> None:
    library.note(library.marks()[0], "note")
    library.remove(library.marks()[0])
    assert library.undo() == "remove the bookmark of 09POST1"
    assert library.marks()[0].note == "note"
    assert library.undo() == "note to 09POST1"
    assert [library.undo() for _ in ids] == [f"bookmark 09POST{number}" for number in (4, 3, 2, 1)]
    assert library.undo() == ""
    assert library.marks() == []


def test_what_changed_nothing_is_not_undone(library: Library, ids: list[int]) -> None:
    for _ in range(2):
        library.note(library.marks()[0], "note")
    library.put(library.marks(), STORY)
    assert library.undo() == "note to 09POST1"


def test_a_change_of_another_window_is_not_undone_and_next_comes_the_one_before(
    library: Library, tmp_path: Path
) -> None:
    first, second = library.add_all([Mark("09POST1", "09POST1"), Mark("09POST2", "09POST2")])
    library.put([first], STORY)
    library.note(second, "ask the bank")
    there = Library(tmp_path / "library.sqlite", author="juno")
    assert there.undo() == ""
    there.note(library.marks()[1], "asked")
    with pytest.raises(LibraryError, match="note to 09POST2 is not undone: another window"):
        library.undo()
    assert library.undo() == f"put into {STORY}"
    assert [mark.note for mark in library.marks()] == ["", "asked"]


def test_a_note_keeps_its_mark_and_says_when_it_changed(library: Library) -> None:
    first = library.add(Mark("09POST1", "09POST1", created="2026-01-01T00:00:00Z"))
    edited = library.note(first, "why?").mark
    assert (edited.id, edited.uid, edited.note) == (first.id, first.uid, "why?")
    assert edited.changed > first.changed == "2026-01-01T00:00:00Z"


def test_a_note_to_a_bookmark_that_was_taken_away_brings_it_back(library: Library) -> None:
    first = library.add(Mark("09POST1", "09POST1", "3", lists=(STORY,)))
    library.remove(first)
    library.note(first, "why?")
    (mark,) = library.marks()
    assert (mark.paragraph, mark.note, mark.uid, mark.lists) == ("3", "why?", first.uid, (STORY,))
    library.remove(mark)
    library.note(mark, "")
    assert library.marks() == []


def test_a_name_is_found_however_its_blanks_are_typed(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite")
    stored = library.add(Mark("09A1", "09A1", lists=("salt  trade",)))
    library.searches.save("salt  sea", "salt")
    library.searches.save(" salt  sea", "salt sea")
    assert library.lists.names() == ["salt trade"]
    assert library.lists.marks(" salt   trade ") == [stored]
    assert list(library.bundle("salt  trade").lists) == ["salt trade"]
    assert library.searches.queries() == {"salt sea": "salt sea"}
    library.lists.rename("salt  trade", "sea")
    assert library.lists.names() == ["sea"]


def test_what_is_imported_comes_behind_what_is_there_in_its_own_order(
    library: Library, ids: list[int]
) -> None:
    library.searches.save("mine", "a")
    names = [f"list {number}" for number in range(300)]
    given = Bundle(
        (Mark("09NEW1", "09NEW1", uid="0" * 16),),
        {name: ["0" * 16] for name in names},
        {name: f"query of {name}" for name in names},
    )
    statements: list[str] = []
    with library._file.reading() as connection:
        connection.set_trace_callback(statements.append)
        library.import_bundle(given)
        connection.set_trace_callback(None)
    assert library.lists.names() == [STORY, *names]
    assert list(library.searches.queries()) == ["mine", *names]
    assert library.bundle().lists[names[-1]] == ["0" * 16]
    # Their places are looked for once, and not once for each of them.
    assert sum("max(rank)" in each and "list_id" not in each for each in statements) == 2


def test_lists_of_a_mark_are_changed_as_one_change(library: Library, ids: list[int]) -> None:
    mark = library.marks()[0]
    library.change_lists([mark], ["ice", "catch"], [STORY])
    assert library.marks()[0].lists == ("ice", "catch")
    assert order(library) == "234"
    assert library.undo() == "put into ice, catch, take out of TIP story"
    assert library.marks()[0].lists == (STORY,)
    assert order(library) == "1234"

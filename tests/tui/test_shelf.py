"""What stands behind bookmarks, read from a small archive; what is done to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cable_tui.library import Mark, mark_of
from cable_tui.session import Action, Effect, actions
from cable_tui.session.notebook import Marked
from cable_tui.session.shelf import (
    DropMark,
    Entry,
    MoveMark,
    OpenShelf,
    PlaceList,
    ReadShelf,
    RenameList,
    Shelf,
    ShelfRead,
    TakeList,
)
from cable_tui.tui.outside import Outside
from cable_tui.tui.shelf import kept

ABSENT = Mark("09NOWHERE1", "09NOWHERE1")


@pytest.fixture
def outside(outside: Outside) -> Outside:
    """With a marked paragraph and its cable in a list, and a mark of a cable that is not there."""
    key = outside.archive.find("04PORTAMBER305")
    assert key is not None
    cable = outside.archive.cable(key)
    paragraph = next(each for each in cable.body.paragraphs if each.label == "2")
    library = outside.library
    library.add(replace(mark_of(cable, paragraph, note="why here?"), lists=("harbour",)))
    library.add(replace(mark_of(cable), lists=("harbour",)))
    library.add(ABSENT)
    return outside


def read(outside: Outside, name: str = "") -> Shelf:
    """What the screen shows at last."""
    *_, last = outside.perform(ReadShelf(name), lambda: False)
    assert isinstance(last, ShelfRead)
    return last.shelf


def after(outside: Outside, effect: Effect) -> Shelf:
    (marked,) = outside.perform(effect, lambda: False)
    assert isinstance(marked, Marked)
    return read(outside, "harbour")


def names(shelf: Shelf) -> list[str]:
    return [each.mark.name for each in shelf.entries]


def test_all_bookmarks_stand_the_newest_first(outside: Outside) -> None:
    shelf = read(outside)
    assert names(shelf) == ["09NOWHERE1", "04PORTAMBER305", "04PORTAMBER305 ¶2"]
    assert (shelf.total, shelf.lists) == (3, (("harbour", 2),))


def test_a_bookmark_comes_with_its_subject_and_the_beginning_of_its_text(outside: Outside) -> None:
    absent, cable, paragraph = read(outside).entries
    assert absent.here is False
    assert cable.subject
    assert paragraph.line.startswith(paragraph.line.split()[0])
    assert (paragraph.mark.note, paragraph.author, paragraph.changed) == ("why here?", "", "")


def test_a_text_that_is_not_what_was_marked_is_said(outside: Outside) -> None:
    outside.library.add(Mark("04PORTAMBER305", "04PORTAMBER305", "3", "0" * 16))
    assert read(outside).entries[0].changed.startswith("text changed since 20")


def test_a_list_has_the_readers_own_order(outside: Outside) -> None:
    first, second = read(outside, "harbour").entries
    moved = after(outside, MoveMark(second.mark, "harbour", 0))
    assert [each.mark.id for each in moved.entries] == [second.mark.id, first.mark.id]


def test_out_of_a_list_is_not_out_of_the_bookmarks(outside: Outside) -> None:
    first = read(outside, "harbour").entries[0]
    assert len(after(outside, DropMark(first.mark, "harbour")).entries) == 1
    assert first.mark.name in names(read(outside))
    after(outside, DropMark(first.mark, ""))
    assert first.mark.name not in names(read(outside))


def _done(outside: Outside, effect: Effect) -> list[Action]:
    return list(outside.perform(effect, lambda: False))


def test_a_list_gets_another_name_and_is_shown_by_it(outside: Outside) -> None:
    marked, shown = _done(outside, RenameList("harbour", "pier"))
    assert isinstance(marked, Marked)
    assert marked.sentence == "harbour is pier now"
    assert shown == OpenShelf("pier")
    assert read(outside, "pier").lists == (("pier", 2),)
    assert outside.library.undo() == "rename the list harbour"


def test_a_name_that_is_taken_is_refused_and_the_list_stays_shown(outside: Outside) -> None:
    outside.library.add(replace(ABSENT, lists=("pier",)))
    (failed,) = _done(outside, RenameList("harbour", "pier"))
    assert failed == actions.Failed("there is another list of the name pier")
    assert read(outside, "harbour").lists == (("harbour", 2), ("pier", 1))


def test_a_list_is_taken_away_without_its_bookmarks(outside: Outside) -> None:
    (marked,) = _done(outside, TakeList("harbour"))
    assert isinstance(marked, Marked)
    assert (marked.notebook.lists, len(marked.notebook.marks)) == ((), 3)
    outside.library.undo()
    assert read(outside, "harbour").lists == (("harbour", 2),)


@pytest.mark.parametrize(("to", "names"), [(-1, "bac"), (0, "bac"), (2, "acb"), (3, "acb")])
def test_lists_have_an_order_too(outside: Outside, to: int, names: str) -> None:
    outside.library.lists.drop("harbour")
    for name in "abc":
        outside.library.add(replace(ABSENT, lists=(name,)))
    _done(outside, PlaceList("b", to))
    assert "".join(outside.library.lists.names()) == names


def test_a_list_that_is_gone_shows_all_bookmarks(outside: Outside) -> None:
    assert read(outside, "no such list").list == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", [1, 2]), ("HARBOUR", [1]), ("cafe", [2]), ("zenda harbour", [1]), ("zenda x", [])],
)
def test_a_filter_keeps_what_holds_its_words(typed: str, found: list[int]) -> None:
    entries = [
        Entry(Mark("09ZENDA1", "09ZENDA1", id=1, lists=("harbour",))),
        Entry(Mark("09ZENDA2", "09ZENDA2", note="in the Café", id=2)),
    ]
    assert [each.mark.id for each in kept(entries, typed)] == found

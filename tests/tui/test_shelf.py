"""What stands behind bookmarks, read from a small archive; what is done to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cable_tui.library import Mark, mark_of
from cable_tui.session import Effect
from cable_tui.session.notebook import Marked
from cable_tui.session.shelf import DropMark, Entry, MoveMark, ReadShelf, Shelf, ShelfRead
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

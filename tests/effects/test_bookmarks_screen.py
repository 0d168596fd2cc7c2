"""What stands behind bookmarks, read from a small archive; what is done to them."""

from __future__ import annotations

import pytest

from cable_tui.effects.perform import perform
from cable_tui.effects.services import Services
from cable_tui.library import Mark, mark_of
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect
from cable_tui.session.feature_state import BookmarkEntry, BookmarksView
from cable_tui.session.features.bookmarks import AskNote, LibraryChanged
from cable_tui.session.features.bookmarks_screen import (
    BookmarksRead,
    DropBookmark,
    MoveBookmark,
    OpenBookmarks,
    PlaceList,
    ReadBookmarks,
    ReadNoteBeside,
    RemoveList,
    RenameList,
)
from cable_tui.session.features.sharing import SetPrivate
from cable_tui.tui.dialogs.bookmarks_screen import matching_entries
from cable_tui.value import replace

ABSENT = Mark("09NOWHERE1", "09NOWHERE1")


@pytest.fixture
def services(services: Services) -> Services:
    """With a marked paragraph and its cable in a list, and a mark of a cable that is not there."""
    key = services.archive.find("04PORTAMBER305")
    assert key is not None
    cable = services.archive.cable(key)
    paragraph = next(each for each in cable.body.paragraphs if each.label == "2")
    library = services.library
    library.add(replace(mark_of(cable, paragraph, note="why here?"), lists=("harbour",)))
    library.add(replace(mark_of(cable), lists=("harbour",)))
    library.add(ABSENT)
    return services


def read(services: Services, name: str = "") -> BookmarksView:
    """What the screen shows at last."""
    *_, last = perform(services, ReadBookmarks(name), lambda: False)
    assert isinstance(last, BookmarksRead)
    return last.bookmarks_view


def after(services: Services, effect: Effect) -> BookmarksView:
    (marked,) = perform(services, effect, lambda: False)
    assert isinstance(marked, LibraryChanged)
    return read(services, "harbour")


def names(shelf: BookmarksView) -> list[str]:
    return [each.mark.name for each in shelf.entries]


def test_all_bookmarks_stand_the_newest_first(services: Services) -> None:
    shelf = read(services)
    assert names(shelf) == ["09NOWHERE1", "04PORTAMBER305", "04PORTAMBER305 ¶2"]
    assert (shelf.total, shelf.lists) == (3, (("harbour", 2),))


def test_a_bookmark_comes_with_its_subject_and_the_beginning_of_its_text(
    services: Services,
) -> None:
    absent, cable, paragraph = read(services).entries
    assert absent.here is False
    assert cable.subject
    assert paragraph.line.startswith(paragraph.line.split()[0])
    assert (paragraph.mark.note, paragraph.author, paragraph.changed) == ("why here?", "", "")


def test_a_text_that_is_not_what_was_marked_is_said(services: Services) -> None:
    services.library.add(Mark("04PORTAMBER305", "04PORTAMBER305", "3", "0" * 16))
    assert read(services).entries[0].changed.startswith("text changed since 20")


def test_a_list_has_the_readers_own_order(services: Services) -> None:
    first, second = read(services, "harbour").entries
    moved = after(services, MoveBookmark(second.mark, "harbour", 0))
    assert [each.mark.id for each in moved.entries] == [second.mark.id, first.mark.id]


def test_out_of_a_list_is_not_out_of_the_bookmarks(services: Services) -> None:
    first = read(services, "harbour").entries[0]
    assert len(after(services, DropBookmark(first.mark, "harbour")).entries) == 1
    assert first.mark.name in names(read(services))
    after(services, DropBookmark(first.mark, ""))
    assert first.mark.name not in names(read(services))


def test_a_note_of_ones_own_is_written_beside_that_of_somebody_else(services: Services) -> None:
    library = services.library
    hers = library.add(replace(ABSENT, paragraph="2", author="Mara", note="ask the bank"))
    library.add(replace(ABSENT, author="Mara", note="on the whole cable"))
    (asked,) = _done(services, ReadNoteBeside(hers))
    assert isinstance(asked, AskNote)
    assert asked.draft.others == (("Mara", "ask the bank"),)
    mark = asked.draft.mark
    assert (mark.id, mark.name, mark.author, mark.note) == (0, "09NOWHERE1 ¶2", "", "")
    mine = library.add(replace(mark, note="asked"))
    (again,) = _done(services, ReadNoteBeside(hers))
    assert isinstance(again, AskNote)
    assert again.draft.mark == mine


@pytest.mark.parametrize(
    ("author", "sentence"),
    [
        ("", "Bookmark of 09NOWHERE1 taken away · u undoes"),
        ("Mara", "Mara's bookmark of 09NOWHERE1 taken away · u undoes"),
    ],
)
def test_it_is_said_whose_bookmark_was_taken_away(
    services: Services, author: str, sentence: str
) -> None:
    mark = services.library.add(replace(ABSENT, author=author, note="ask the bank"))
    (marked,) = _done(services, DropBookmark(mark, ""))
    assert isinstance(marked, LibraryChanged)
    assert marked.sentence == sentence


def _done(services: Services, effect: Effect) -> list[Action]:
    return list(perform(services, effect, lambda: False))


def test_a_list_gets_another_name_and_is_shown_by_it(services: Services) -> None:
    marked, shown = _done(services, RenameList("harbour", "pier"))
    assert isinstance(marked, LibraryChanged)
    assert marked.sentence == "harbour is pier now"
    assert shown == OpenBookmarks("pier")
    assert read(services, "pier").lists == (("pier", 2),)
    assert services.library.undo() == "rename the list harbour"


def test_a_name_that_is_taken_is_refused_and_the_list_stays_shown(services: Services) -> None:
    services.library.add(replace(ABSENT, lists=("pier",)))
    (failed,) = _done(services, RenameList("harbour", "pier"))
    assert failed == effects.Notify("there is another list of the name pier", "error")
    assert read(services, "harbour").lists == (("harbour", 2), ("pier", 1))


def test_a_list_is_taken_away_without_its_bookmarks(services: Services) -> None:
    (marked,) = _done(services, RemoveList("harbour"))
    assert isinstance(marked, LibraryChanged)
    assert (marked.notebook.lists, len(marked.notebook.marks)) == ((), 3)
    services.library.undo()
    assert read(services, "harbour").lists == (("harbour", 2),)


@pytest.mark.parametrize(("to", "names"), [(-1, "bac"), (0, "bac"), (2, "acb"), (3, "acb")])
def test_lists_have_an_order_too(services: Services, to: int, names: str) -> None:
    services.library.lists.drop("harbour")
    for name in "abc":
        services.library.add(replace(ABSENT, lists=(name,)))
    _done(services, PlaceList("b", to))
    assert "".join(services.library.lists.names()) == names


def test_a_list_that_is_gone_shows_all_bookmarks(services: Services) -> None:
    assert read(services, "no such list").list == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", [1, 2]), ("HARBOUR", [1]), ("cafe", [2]), ("zenda harbour", [1]), ("zenda x", [])],
)
def test_a_filter_keeps_what_holds_its_words(typed: str, found: list[int]) -> None:
    entries = [
        BookmarkEntry(Mark("09ZENDA1", "09ZENDA1", id=1, lists=("harbour",))),
        BookmarkEntry(Mark("09ZENDA2", "09ZENDA2", note="in the Café", id=2)),
    ]
    assert [each.mark.id for each in matching_entries(entries, typed)] == found


def test_a_list_is_made_private_and_others_keep_what_they_have(services: Services) -> None:
    services.library.sharing.take()
    *_, changed = perform(services, SetPrivate("harbour", on=True), lambda: False)
    assert isinstance(changed, LibraryChanged)
    assert "others keep what they have of it (2)" in changed.sentence
    assert read(services).private == {"harbour"}
    assert services.library.undo() == "make the list harbour private"
    assert read(services).private == set()
    after(services, SetPrivate("harbour", on=True))
    assert after(services, SetPrivate("harbour", on=False)).private == set()

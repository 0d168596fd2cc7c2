"""Bookmarks, notes, lists, saved searches, and what was read."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from textual.events import Key

from cable_tui.archive.archive import Archive
from cable_tui.base.cable import Cable, Place
from cable_tui.base.value import replace
from cable_tui.library import Library, Mark
from cable_tui.program.clipboard import Clipboard
from cable_tui.query import parse
from cable_tui.session import effects
from cable_tui.session.feature_state import Notebook, NoteDraft
from cable_tui.session.features import bookmarks, panes, results, selection
from cable_tui.session.features.bookmarks import (
    AskNote,
    CountAsRead,
    DeleteBookmarks,
    KeepNote,
    LibraryChanged,
    MarksRead,
    PutInList,
    ReadMarks,
    ReadNote,
    RemoveMarks,
    SaveSearch,
    SetMark,
    SetMarks,
    StoreNote,
    StoreRead,
    StoreSearch,
    ToggleBookmark,
    Undo,
    WriteNote,
)
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Action, Effect
from cable_tui.tui.dialogs.prompts import NoteBox
from tests.archive.fiction import GOATS, Fiction, build_index, opened, write_page
from tests.background.test_library_watch import Shelf
from tests.session import BodyAt, does, done, menu, reading_session, ready, said, the, walk
from tests.tui.rooms import open_room, press

SEEN = Mark("09ZENDA20", "09ZENDA20", "2", note="seen", id=7)


READ = walk(reading_session(20), BodyAt(1, 0))
"""Its cursor is on the second paragraph."""
TWO = walk(ready(), selection.SelectCable(), selection.SelectCable())
ABOVE = reading_session(20, None, "1")
HERE, BOTH = Place(20, 1), (Place(10), Place(20))


@pytest.mark.parametrize(
    ("session", "action", "wanted"),
    [
        pytest.param(ready(at=1), ToggleBookmark(), SetMark(Place(20)), id="in the list"),
        pytest.param(READ, ToggleBookmark(), SetMark(HERE), id="a paragraph"),
        pytest.param(walk(READ, panes.StepOut()), ToggleBookmark(),
                     SetMark(Place(20)), id="left"),
        pytest.param(TWO, ToggleBookmark(), SetMarks(BOTH), id="those that are selected"),
        pytest.param(walk(ready(), selection.SelectCable()), ToggleBookmark(),
                     SetMark(Place(10)), id="the one that is selected"),
        pytest.param(ABOVE, ToggleBookmark(), SetMark(Place(20)), id="above the paragraphs"),
        pytest.param(walk(ABOVE, BodyAt(0, 0)), ToggleBookmark(),
                     SetMark(Place(20)), id="no number"),
        pytest.param(READ, DeleteBookmarks(), ReadMarks((HERE,)), id="what is removed"),
        pytest.param(TWO, DeleteBookmarks(), ReadMarks(BOTH), id="all of them"),
        pytest.param(READ, WriteNote(), ReadNote(HERE), id="a note is read first"),
    ],
)  # fmt: skip
def test_a_key_is_for_the_paragraph_the_cable_or_all_that_are_marked(
    session: Session, action: Action, wanted: object
) -> None:
    assert step(session, action)[1] == (wanted,)


def test_a_note_or_a_list_is_asked_for_before_it_goes() -> None:
    bare, listed = Mark("09ZENDA10", "09ZENDA10", id=1), Mark("09A1", "09A1", lists=("story",))
    for marks in ((bare, SEEN), (listed,)):
        asked = menu(step(ready(), MarksRead(marks, targets=BOTH))[1])
        assert does(asked, "t") == RemoveMarks(marks, BOTH)
    assert step(ready(), MarksRead((bare,)))[1] == (RemoveMarks((bare,)),)
    assert said(step(ready(), MarksRead((), "None here."))[1]) == "None here."


def test_the_cables_that_a_change_has_filed_are_selected_no_longer_until_it_is_undone() -> None:
    filed = walk(TWO, LibraryChanged(Notebook(), "Put.", filed=BOTH[:1]))
    assert selection.selected_cables(filed) == (20,)
    undone = walk(filed, LibraryChanged(Notebook(), "Undone: put", undone=True))
    assert selection.selected_cables(undone) == (10, 20)
    other = walk(filed, LibraryChanged(Notebook(), "Note kept."))
    undone = walk(other, LibraryChanged(Notebook(), "Undone: note", undone=True))
    assert selection.selected_cables(undone) == (20,)


def test_a_paragraph_or_a_change_that_was_not_written_leaves_the_selection() -> None:
    for news in (
        LibraryChanged(Notebook(), "Put.", filed=(Place(10, 1),)),
        LibraryChanged(Notebook(), "", filed=BOTH),
    ):
        assert selection.selected_cables(walk(TWO, news)) == (10, 20)


def test_an_open_range_that_was_filed_is_closed() -> None:
    ranged = walk(ready(), selection.SelectRange(), results.MoveCursor(1))
    filed = walk(ranged, LibraryChanged(Notebook(), "Put.", filed=BOTH))
    assert selection.selected_cables(filed) == ()
    assert selection.selected_range(filed) is None


def test_bookmarks_show_what_the_library_says_is_on_the_disk() -> None:
    marks = frozenset({("09ZENDA10", "2")})
    session, wanted = step(ready(), LibraryChanged(Notebook(marks), "Bookmarked 09ZENDA10 ¶2"))
    assert session.notebook.marks == marks
    assert said(wanted) == "Bookmarked 09ZENDA10 ¶2"


@pytest.mark.parametrize(
    ("text", "kept"), [("seen, twice \n", ["seen, twice"]), ("", [""]), ("seen", [])]
)
def test_a_note_that_was_changed_is_kept(text: str, kept: list[str]) -> None:
    draft = NoteDraft(SEEN)
    stored = tuple(StoreNote(draft, each) for each in kept)
    assert step(ready(), KeepNote(draft, text))[1] == stored


def test_a_search_is_saved_under_a_name_that_is_asked_for() -> None:
    session = replace(ready(), query=parse("lobster origin:zenda"))
    assert step(session, SaveSearch())[1] == (
        effects.AskLine("Save this search as", "lobster origin:zenda", SaveSearch),
    )
    stored = StoreSearch("catch", "lobster origin:zenda")
    assert step(session, SaveSearch("catch"))[1] == (stored,)
    assert "no query" in said(step(ready(), SaveSearch())[1])


def test_another_search_of_the_same_name_is_replaced_only_after_a_question() -> None:
    kept = Notebook(searches=(("catch", "lobster"),))
    session = replace(ready(), query=parse("lobster origin:zenda"), notebook=kept)
    stored = StoreSearch("catch", "lobster origin:zenda")
    asked = the(effects.AskMenu, step(session, SaveSearch("catch"))[1])
    assert asked.note == "catch is saved already: lobster"
    assert [each.does for each in asked.items] == [SaveSearch(), stored]
    same = replace(session, query=parse("lobster"))
    assert step(same, SaveSearch("catch"))[1] == (StoreSearch("catch", "lobster"),)


LAST = Notebook(recent=("09ZENDA20",))


@pytest.mark.parametrize(
    ("session", "wanted"),
    [
        pytest.param(READ, (StoreRead("09ZENDA20"),), id="it stays on the screen"),
        pytest.param(reading_session(30), (), id="another cable is shown by now"),
        pytest.param(replace(READ, private=True), (), id="nothing is kept"),
        pytest.param(replace(READ, notebook=LAST), (), id="it was read last"),
        pytest.param(ready(), (), id="none is open"),
    ],
)
def test_which_cable_counts_as_read(session: Session, wanted: tuple[Effect, ...]) -> None:
    assert step(session, CountAsRead(20))[1] == wanted


def test_a_discarded_note_comes_back_with_u_until_something_else_wasdone() -> None:
    draft = NoteDraft(Mark("09ZENDA1", "09ZENDA1", note="seen"))
    assert step(ready(), bookmarks.DiscardNote(draft, "seen "))[0].discarded is None
    session, wanted = step(ready(), bookmarks.DiscardNote(draft, "seen it"))
    assert said(wanted) == "The note was discarded; u restores it."
    again, wanted = step(session, bookmarks.TakeBack())
    assert wanted == (bookmarks.AskNote(draft, "seen it"),)
    assert step(again, bookmarks.TakeBack())[1] == (Undo(),)
    marked = walk(session, LibraryChanged(Notebook(), "Bookmarked 09ZENDA2"))
    assert step(marked, bookmarks.TakeBack())[1] == (Undo(),)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with closing(Shelf(tmp_path / "library.sqlite")) as library:
        yield library


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    place = tmp_path_factory.mktemp("bookmarks")
    write_page(place / "cables", GOATS)
    write_page(place / "cables", Fiction(id="09RABAT28"))
    with closing(opened(place / "cables", place / "cache")) as found:
        yield found


@pytest.fixture
def services(archive: Archive, shelf: Shelf, tmp_path: Path) -> Services:
    return Services(archive, shelf, Clipboard(tmp_path / "clipboard.txt", environ={}))


def _target(services: Services, reference: str = GOATS.id) -> Place:
    found = services.archive.find(reference)
    assert found is not None
    return Place(found)


def _box(services: Services) -> NoteDraft:
    """The box of the place's note, as `B` opens it."""
    read = the(AskNote, done(services, ReadNote(_target(services))))
    return read.draft


def _kept(services: Services, draft: NoteDraft, text: str) -> list[Action]:
    """What is reported when a box is left with a text."""
    return done(services, the(StoreNote, step(ready(), KeepNote(draft, text))[1]))


def _notes(shelf: Shelf) -> list[str]:
    return [mark.note for mark in shelf.marks()]


def test_what_others_noted_on_the_place_comes_with_the_box(
    services: Services, shelf: Shelf
) -> None:
    shelf.add(Mark(GOATS.id, GOATS.id, author="Mara", note="ask the bank"))
    shelf.add(Mark(GOATS.id, GOATS.id, "1", author="Mara", note="of a paragraph"))
    shelf.add(Mark(GOATS.id, GOATS.id, author="Mara"))
    shelf.add(Mark(GOATS.id, GOATS.id, note="mine"))
    draft = _box(services)
    assert (draft.mark.note, draft.others) == ("mine", (("Mara", "ask the bank"),))


def test_a_list_is_private_before_anything_is_in_it(services: Services, shelf: Shelf) -> None:
    news = the(
        LibraryChanged,
        done(services, PutInList((_target(services),), (), "sources", private=True)),
    )
    assert news.sentence == f"{GOATS.id} added to the private list sources · u to undo"
    assert shelf.lists.private() == {"sources"}
    assert shelf.undo() == "put into sources"
    assert shelf.undo() == "make the list sources private"


@pytest.mark.parametrize("others", [False, True])
def test_a_note_that_the_disk_refused_waits_in_memory_and_its_box_stays_closed(
    services: Services, shelf: Shelf, others: bool
) -> None:
    shelf.note(Mark(GOATS.id, GOATS.id), "before")
    draft = _box(services)
    shelf.full = True
    if others:
        done(services, SetMark(_target(services, "09RABAT28")))
    news, failed = _kept(services, draft, "before and after")
    notebook = the(LibraryChanged, [news]).notebook
    assert (notebook.pending, (GOATS.id, None) in notebook.marks) == (1 + others, True)
    notice = the(effects.Notify, [failed])
    assert notice.severity == "error"
    assert "in memory" in notice.sentence
    assert _box(services).mark.note == "before and after"
    shelf.full = False
    shelf.write_pending()
    assert "before and after" in _notes(shelf)
    assert "before" not in _notes(shelf)


def test_a_note_to_a_bookmark_of_the_bookmarks_screen_follows_it(
    services: Services, shelf: Shelf
) -> None:
    """Written to the file, or taken away by another window, while its box is open."""
    shelf.full = True
    done(services, SetMark(_target(services)))
    late = NoteDraft(shelf.marks()[0])
    shelf.full = False
    shelf.write_pending()
    news = the(LibraryChanged, _kept(services, late, "late"))
    assert news.sentence == f"Note saved with {GOATS.id} · a adds it to a list"
    assert _notes(shelf) == ["late"]
    later = NoteDraft(shelf.marks()[0])
    shelf.remove(later.mark)
    _kept(services, later, "later")
    assert _notes(shelf) == ["later"]


def test_a_bookmark_taken_away_leaves_those_of_others(shelf: Shelf, tmp_path: Path) -> None:
    with closing(Library(tmp_path / "bea.sqlite", author="bea")) as bea:
        bea.add(Mark(GOATS.id, GOATS.id, note="hers"))
        shelf.import_bundle(bea.bundle())
    assert shelf.toggle(Mark(GOATS.id, GOATS.id)) == []
    assert sorted(_notes(shelf)) == ["", "hers"]
    assert [mark.note for mark in shelf.toggle(Mark(GOATS.id, GOATS.id))] == [""]
    assert _notes(shelf) == ["hers"]


@pytest.mark.parametrize(
    ("note", "lists", "held"),
    [
        ("ask Bea", (), "has a note"),
        ("", ("ice",), "is in the list ice"),
        ("ask Bea", ("ice", "story"), "has a note and is in the lists ice, story"),
    ],
)
def test_a_bookmark_with_a_note_or_in_a_list_stays_and_says_so(
    services: Services, shelf: Shelf, note: str, lists: tuple[str, ...], held: str
) -> None:
    shelf.add(Mark(GOATS.id, GOATS.id, note=note, lists=lists))
    before = shelf.bundle()
    for _ in range(2):
        news = the(LibraryChanged, done(services, SetMark(_target(services))))
        assert news.sentence == f"{GOATS.id} {held}: bookmark kept · X removes it completely"
        assert shelf.bundle() == before


def test_what_is_taken_away_comes_back_whole(services: Services, shelf: Shelf) -> None:
    shelf.add(Mark(GOATS.id, GOATS.id, note="ask Bea", lists=("ice",)))
    shelf.add(Mark("09RABAT28", "09RABAT28"))
    before = shelf.bundle()
    both = (_target(services), _target(services, "09RABAT28"))
    read = the(MarksRead, done(services, ReadMarks(both)))
    assert [mark.note for mark in read.marks] == ["ask Bea", ""]
    news = the(LibraryChanged, done(services, RemoveMarks(read.marks)))
    assert news.sentence == "2 bookmarks removed · u to undo"
    assert shelf.marks() == []
    done(services, Undo())
    assert shelf.bundle() == before


def test_a_note_that_another_window_changed_is_not_taken_away(
    services: Services, shelf: Shelf
) -> None:
    stored = shelf.add(Mark(GOATS.id, GOATS.id, note="seen"))
    shelf.note(stored, "not seen")
    news = the(LibraryChanged, done(services, RemoveMarks((stored,))))
    assert "nothing was removed" in news.sentence
    assert _notes(shelf) == ["not seen"]


def test_there_is_nothing_to_take_away_from_a_place_without_a_bookmark(services: Services) -> None:
    targets = (_target(services),)
    sentence = f"You have no bookmarks on {GOATS.id}."
    assert done(services, ReadMarks(targets)) == [MarksRead((), sentence, targets)]


@pytest.fixture
def goats(tmp_path: Path) -> Path:
    """The library of a room on one cable, which `open_room(tmp_path, tmp_path / "state")` opens."""
    write_page(tmp_path / "cables", GOATS)
    build_index(tmp_path / "cables", tmp_path / "cache")
    return tmp_path / "state" / "data" / "library.sqlite"


def _marks(file: Path) -> list[Mark]:
    with closing(Library(file)) as library:
        return library.marks()


async def test_a_note_being_written_is_kept_when_the_program_is_ended(
    tmp_path: Path, goats: Path
) -> None:
    async with open_room(tmp_path, tmp_path / "state") as (app, pilot):
        await press(pilot, app, "B")
        for _ in range(3000):
            if isinstance(app.screen, NoteBox):
                break
            await pilot.pause(0.02)
        await press(pilot, app, "n", "o", "w")
        app.exit(143)
    assert [mark.note for mark in _marks(goats)] == ["now"]


@pytest.mark.parametrize(("keys", "left"), [("buq", []), ("bubq", [GOATS.id])])
async def test_what_is_done_in_one_go_is_done_in_its_order_and_before_the_room_closes(
    tmp_path: Path, goats: Path, monkeypatch: pytest.MonkeyPatch, keys: str, left: list[str]
) -> None:
    read = Services.cable

    def cable(services: Services, id_: int) -> Cable:  # takes its time
        time.sleep(0.3)
        return read(services, id_)

    monkeypatch.setattr(Services, "cable", cable)

    async with open_room(tmp_path, tmp_path / "state") as (app, pilot):
        del pilot
        for key in keys:
            app.post_message(Key(key, key))
        while app.is_running:
            await asyncio.sleep(0.02)
    assert [mark.canonical_id for mark in _marks(goats)] == left

"""Bookmarks, notes, lists and saved searches: set, write, store and undo them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from cable_tui.base.cable import Place
from cable_tui.base.errors import LibraryError
from cable_tui.base.value import replace
from cable_tui.query.fields import asks_reader
from cable_tui.session import effects
from cable_tui.session.ask import ask
from cable_tui.session.feature_state import Notebook, NoteDraft
from cable_tui.session.features import sidebar
from cable_tui.session.features.selection import selected_cables, target
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, LibraryWrite, Request
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.library import Library, Mark

READ_AFTER = 2.0
"""Seconds that a cable is shown before it counts as read."""


class LibraryChange(LibraryWrite):
    """A change of the library; answered by `LibraryChanged`."""

    def change(self, services: Services) -> str:
        """Make it; return a sentence on it."""
        raise NotImplementedError


def _perform(services: Services, asked: LibraryChange, _: Cancelled) -> Actions:
    return change_library(services.library, lambda: asked.change(services))


class LibraryChanged(Action):
    """The library changed, or was read again: the notebook, and a sentence on the change."""

    notebook: Notebook
    sentence: str = ""

    def step(self, session: Session) -> Result:
        """Say what was done, and search again if the query depends on it.

        Newly read cables do not count: they would disappear from a list in use.
        """
        session_before, before = session, session.notebook
        session = replace(session, notebook=self.notebook, quit_warned=False)
        wanted_effects: tuple[Effect, ...] = ()
        if self.sentence:  # u undoes this now
            session = replace(session, discarded=None)
            wanted_effects = (effects.Notify(self.sentence),)
        wanted_effects += sidebar.refresh_sidebar(session_before, session)
        if session.bookmarks_view is not None:
            wanted_effects += (effects.ReadBookmarks(session.bookmarks_view.list),)
        notebook_now = replace(session.notebook, seen=before.seen, recent=before.recent)
        asks = any(asks_reader(term.facet, term.named) for term in session.query.filters)
        if asks and notebook_now != before and session.answered != "unasked":
            session, ask_effects = ask(session, keep=session.current, again=True)
            wanted_effects += ask_effects
        return session, wanted_effects


class ToggleBookmark(Action):
    """Set or remove the bookmark of the cable or paragraph under the cursor.

    One with a note or in a list stays.
    """

    def step(self, session: Session) -> Result:
        """Toggle the bookmark under the cursor, or bookmark all selected cables."""
        targets = targets_of(session)
        if len(targets) > 1:
            return session, (SetMarks(targets),)
        return _of_target(session, SetMark, "There is no cable to bookmark.")


class DeleteBookmarks(Action):
    """X: remove the bookmarks at the cursor or of the selection, with notes and list entries."""

    def step(self, session: Session) -> Result:
        """Read the bookmarks first: the reader may have to be asked."""
        targets = targets_of(session)
        if not targets:
            return session, (effects.Notify("There is no cable to remove a bookmark from."),)
        return session, (ReadMarks(targets),)


class MarksRead(Action):
    """The bookmarks that a reader wants to remove, as they are in the library."""

    marks: tuple[Mark, ...]
    sentence: str = ""
    """Sentence on why there is nothing to remove."""

    def step(self, session: Session) -> Result:
        """Remove bookmarks at once, or ask first if a note or a list entry would go too."""
        if not self.marks:
            return session, (effects.Notify(self.sentence),)
        are_bare = all(mark.is_bare for mark in self.marks)
        return session, (RemoveMarks(self.marks) if are_bare else removal_menu(self.marks),)


class WriteNote(Action):
    """Write a note to the cable or paragraph under the cursor."""

    def step(self, session: Session) -> Result:
        """Read the existing note of the location."""
        return _of_target(session, ReadNote, "There is no cable to write a note to.")


class KeepNote(Action):
    """The reader has written a note."""

    draft: NoteDraft
    text: str

    def step(self, session: Session) -> Result:
        """Store the note, if it was changed."""
        if self.text.strip() == self.draft.mark.note.strip():
            return session, ()
        return session, (StoreNote(self.draft, self.text.strip()),)


class DiscardNote(Action):
    """The reader discarded the text of a note; `TakeBack` shows it again."""

    draft: NoteDraft
    text: str

    def step(self, session: Session) -> Result:
        """Store nothing; the typed text stays until the next change, in case it is wanted."""
        if self.text.strip() == self.draft.mark.note.strip():
            return session, ()
        session = replace(session, discarded=(self.draft, self.text))
        return session, (effects.Notify("The note is discarded; u brings it back."),)


class TakeBack(Action):
    """u: bring back the last discarded note, else undo the last change."""

    def step(self, session: Session) -> Result:
        """Open the box with the discarded text, or undo."""
        if session.discarded is None:
            return session, (Undo(),)
        return replace(session, discarded=None), (AskNote(*session.discarded),)


class Undo(Request, LibraryChange):
    """Undo the last change of the library; answered by `LibraryChanged`."""

    def change(self, services: Services) -> str:
        """Say what was undone."""
        what_was_undone = services.library.undo()
        return f"Undone: {what_was_undone}" if what_was_undone else "There is nothing to undo."


class SaveSearch(Action):
    """Save the query under a name; without one, ask for it."""

    name: str = ""

    def step(self, session: Session) -> Result:
        """Store the query, or ask: for a name, or whether to replace another query of this name."""
        text = str(session.query)
        if not text:
            return session, (effects.Notify("There is no query to save: / writes one."),)
        if not self.name:
            return session, (effects.AskLine("Save this search as", text, SaveSearch),)
        query_before = dict(session.notebook.searches).get(self.name, text)
        store_search = StoreSearch(self.name, text)
        return session, (
            store_search if query_before == text else _replacement_menu(store_search, query_before),
        )


class CountAsRead(Action):
    """A cable was shown long enough to count as read."""

    id: int

    def step(self, session: Session) -> Result:
        """Mark the cable as read, if it is still shown and was not the last one read."""
        opened_now = session.opened
        if (
            opened_now is None
            or opened_now.id != self.id
            or session.private
            or session.preview.shown
        ):
            return session, ()
        canonical_id = opened_now.cable.canonical_id
        if session.notebook.recent[:1] == (canonical_id,):
            return session, ()
        return session, (StoreRead(canonical_id),)


class MarkUnread(Action):
    """Mark the open cable as unread."""

    def step(self, session: Session) -> Result:
        """Mark it, or say that a cable must be open."""
        if session.in_cable and session.cable is not None:
            return session, (StoreRead(session.cable.canonical_id, read=False),)
        return session, (effects.Notify("Open the cable that you want to mark as unread."),)


class SetMark(LibraryChange):
    """Set or remove a bookmark; answered by `LibraryChanged`."""

    target: Place

    def change(self, services: Services) -> str:
        """Keep a bookmark that has a note or is in a list, and say so."""
        mark = _new_mark(services, self.target)
        removed_marks = services.library.toggle(mark)
        kept = [own for own in _own_marks(services.library, mark) if not own.is_bare]
        if removed_marks:
            stays = ", those with a note or in a list stay" if kept else ""
            return f"Bookmark of {mark.name} removed{stays} · u undoes"
        if kept:
            return f"{mark.name} {_contents(kept)}: its bookmark stays · X removes it completely"
        return f"Bookmarked {mark.name}"


class SetMarks(LibraryChange):
    """Bookmark those of several locations that are not bookmarked; answered by `LibraryChanged`."""

    targets: tuple[Place, ...]

    def change(self, services: Services) -> str:
        """Count the existing ones."""
        new_marks = [mark for mark in _marks(services, self.targets) if not mark.id]
        if new_marks:
            services.library.add_all(new_marks)
        had_been = len(self.targets) - len(new_marks)
        return f"{len(new_marks):,} cables bookmarked" + (
            f", {had_been:,} had been" if had_been else ""
        )


class ReadMarks(LibraryWrite):
    """Read the reader's own bookmarks of some locations; answered by `MarksRead`."""

    opens_dialog = True

    targets: tuple[Place, ...]


class RemoveMarks(Request, LibraryChange):
    """Remove bookmarks, notes and lists included, as one change; answered by `LibraryChanged`."""

    marks: tuple[Mark, ...]

    def change(self, services: Services) -> str:
        """Leave those that another window has changed."""
        removed_marks = services.library.remove_all(self.marks)
        if not removed_marks:
            return "Another window has changed it meanwhile: nothing was removed"
        what = (
            f"Bookmark of {removed_marks[0].name}"
            if len(removed_marks) == 1
            else f"{len(removed_marks):,} bookmarks"
        )
        not_removed = len(self.marks) - len(removed_marks)
        stay = f", not {not_removed:,} that another window has changed" if not_removed else ""
        return f"{what} removed{stay} · u undoes"


class ReadNote(LibraryWrite):
    """Read the reader's note to a place; answered by `AskNote`."""

    opens_dialog = True

    target: Place


class AskNote(Request):
    """Let the reader write a note; answered by `KeepNote` or `DiscardNote`."""

    draft: NoteDraft
    text: str | None = None
    """The text of the box; None is the present note."""


class StoreNote(LibraryChange):
    """Write a note into the library; answered by `LibraryChanged`."""

    draft: NoteDraft
    text: str

    def change(self, services: Services) -> str:
        """Keep the text of another window next to it."""
        noted_mark = services.library.note(self.draft.mark, self.text)
        if not self.text:
            return "Note removed · u undoes"
        beside_other_note = (
            " next to the note of another window, which has changed it meanwhile"
            if noted_mark.both
            else ""
        )
        lists = "" if noted_mark.both or noted_mark.mark.lists else " · a puts it into a list"
        return f"Note kept with {noted_mark.mark.name}{beside_other_note}{lists}"


class AskList(Effect):
    """Let the reader choose or name a list; `put` makes an action of its name, private or not."""

    title: str
    lists: tuple[tuple[str, int], ...]
    put: Callable[[str, bool], Action]
    shared: bool = False
    """Whether lists are shared, so that a new one may have to be private."""
    put_by_number: Callable[[str, bool], Action] | None = None
    """Makes the action if the list is chosen by its number; None if numbers choose none."""


class PutInList(Request, LibraryChange):
    """Put locations into a list, bookmarked first if needed; answered by `LibraryChanged`."""

    targets: tuple[Place, ...]
    marks: tuple[Mark, ...]
    name: str
    private: bool = False
    """Whether to make the list private before anything is in it."""

    def change(self, services: Services) -> str:
        """Make it private first."""
        marks = [*self.marks, *_marks(services, self.targets)]
        if self.private:
            services.library.lists.set_private(self.name, on=True)
        services.library.put(marks, self.name)
        which_marks = f"{marks[0].name} is" if len(marks) == 1 else f"{len(marks):,} are"
        return f"{which_marks} in the {'private ' if self.private else ''}list {self.name} now"


class AnswerOwnName(Request, LibraryChange):
    """Remember whether a name is also the reader's; answered by `LibraryChanged`."""

    name: str
    mine: bool

    def change(self, services: Services) -> str:
        """Say to whom they belong now."""
        services.library.names.answer(self.name, mine=self.mine)
        yours_or_not = "yours" if self.mine else "not yours"
        return f"Bookmarks by {self.name}: {yours_or_not} · u undoes"


class StoreSearch(Request, LibraryChange):
    """Save a search in the library; answered by `LibraryChanged`."""

    name: str
    query: str

    def change(self, services: Services) -> str:
        """Say under which name."""
        services.library.searches.save(self.name, self.query)
        return f"Search saved as {self.name}"


class StoreRead(LibraryWrite):
    """Mark a cable as read, or as unread; answered by `LibraryChanged`."""

    canonical_id: str
    read: bool = True


NOTES, NOTE = 3, 60
"""The most notes shown before they are removed, and characters of each."""


def removal_menu(marks: Sequence[Mark], whose: str = "") -> effects.AskMenu:
    """Return the menu on removing bookmarks with notes or in lists, or of somebody else."""
    one = len(marks) == 1
    which_marks = marks[0].name if one else f"{len(marks):,} bookmarks"
    remove = f"remove {'it' if one else 'them'}; u brings {'it' if one else 'them'} back"
    items = (
        effects.MenuItem("k", "keep", effects.Notify("Kept.")),
        effects.MenuItem("t", remove, RemoveMarks(tuple(marks))),
    )
    return effects.AskMenu(
        f"Remove {which_marks}", items, " ".join(filter(None, (whose, _goes(marks))))
    )


def _replacement_menu(stored: StoreSearch, before: str) -> effects.AskMenu:
    """Return the menu on saving a search under the name of another one."""
    items = (
        effects.MenuItem("n", "another name", SaveSearch()),
        effects.MenuItem("r", "replace it; u brings it back", stored),
    )
    note = f"{stored.name} is saved already: {before}"
    return effects.AskMenu("Save this search", items, note)


def _goes(marks: Sequence[Mark]) -> str:
    """Return what is removed together with bookmarks."""
    notes = [" ".join(mark.note.split()) for mark in marks if mark.note]
    lists = Counter(name for mark in marks for name in mark.lists)
    cut_notes = (note if len(note) <= NOTE else f"{note[: NOTE - 1]}…" for note in notes[:NOTES])
    shown_notes = ", ".join(f"“{note}”" for note in cut_notes)
    and_more = f" and {len(notes) - NOTES:,} more" if len(notes) > NOTES else ""
    list_places = ", ".join(
        name if len(marks) == 1 else f"{name} ({count:,})" for name, count in lists.items()
    )
    what_goes = (
        f"the note{'' if len(notes) == 1 else 's'} {shown_notes}{and_more}" if notes else "",
        f"the place{'' if lists.total() == 1 else 's'} in {list_places}" if lists else "",
    )
    it = "it" if len(marks) == 1 else "them"
    return f"What goes with {it}: {'; '.join(filter(None, what_goes))}." if any(what_goes) else ""


def rescue_menu(sentence: str) -> effects.AskMenu:
    """Return the menu on a rescued library: keep it or not."""
    items = (
        effects.MenuItem("k", "keep what was rescued", effects.Notify("Kept.")),
        effects.MenuItem("n", "start with none; the damaged file and its backups stay", Undo()),
    )
    return effects.AskMenu("Bookmarks and notes", items, sentence)


def own_name_menu(name: str, count: int, from_elsewhere: int) -> effects.AskMenu:
    """Return the menu that asks whether bookmarks by another name are the reader's.

    Some may be from another library.
    """
    note = "If they are, B shows your notes there again. They stay signed as they are."
    if from_elsewhere:
        note += (
            f" {from_elsewhere:,} of them came from elsewhere, maybe from another {name}: "
            "they would count as yours, too."
        )
    items = (
        effects.MenuItem("y", "yes; u undoes", AnswerOwnName(name, mine=True)),
        effects.MenuItem("n", "no, somebody else's", AnswerOwnName(name, mine=False)),
    )
    return effects.AskMenu(f"{counted(count, 'bookmark')} by {name}: yours?", items, note)


def _of_target(session: Session, effect: Callable[[Place], Effect], nothing: str) -> Result:
    place = target(session)
    return session, (effects.Notify(nothing) if place is None else effect(place),)


def ask_list(session: Session, title: str, put: Callable[[str, bool], Action]) -> AskList:
    """Let the reader choose one of the lists, or name a new one."""
    return AskList(title, session.notebook.lists, put, bool(session.synced))


def targets_of(session: Session) -> tuple[Place, ...]:
    """Return the locations for a command: the selected cables, else the one under the cursor."""
    if session.pane == "list" and (selected_ids := selected_cables(session)):
        return tuple(map(Place, selected_ids))
    place = target(session)
    return () if place is None else (place,)


MOST_RECENT = 30
"""The most cables read last that the library pane lists."""


def read_notebook(library: Library, sentence: str = "") -> LibraryChanged:
    """Return the present notebook. May raise `LibraryError`."""
    marks = library.marks()
    return LibraryChanged(
        Notebook(
            marked_places(marks),
            marked_places([mark for mark in marks if mark.note]),
            len(library.pending),
            library.read_cables.ids(),
            library.read_cables.recent(MOST_RECENT),
            tuple(library.lists.sizes().items()),
            tuple(library.searches.queries().items()),
        ),
        sentence,
    )


def marked_places(marks: Sequence[Mark]) -> frozenset[tuple[str, str | None]]:
    """Return the locations of bookmarks, in the form of the session."""
    return frozenset((mark.canonical_id, mark.paragraph) for mark in marks)


def change_library(library: Library, change: Callable[[], str]) -> Actions:
    """Make a change; report the notebook after it, also if it could not be written."""
    from cable_tui.library import NotWrittenError

    try:
        change_text = change()
    except NotWrittenError as error:
        with suppress(LibraryError):  # the sentence below says what is wrong
            yield read_notebook(library)
        yield effects.Notify(str(error), "error")
        return
    yield read_notebook(library, change_text)


def _contents(marks: Sequence[Mark]) -> str:
    """Return `has a note and is in the list story`: what bookmarks of one location have."""
    lists = tuple(dict.fromkeys(name for mark in marks for name in mark.lists))
    note_words = "has a note" if any(mark.note for mark in marks) else ""
    list_words = (
        f"is in the list{'' if len(lists) == 1 else 's'} {', '.join(lists)}" if lists else ""
    )
    return " and ".join(filter(None, (note_words, list_words)))


def _read_marks(services: Services, effect: ReadMarks, _: Cancelled) -> Actions:
    """Report the reader's own bookmarks of the locations; of a cable without its paragraphs'."""
    places = [_new_mark(services, target) for target in effect.targets]
    marks = tuple(mark for place in places for mark in _own_marks(services.library, place))
    which_cables = places[0].name if len(places) == 1 else f"these {len(places):,} cables"
    yield MarksRead(marks, "" if marks else f"No bookmark of yours is on {which_cables}.")


def _read_note(services: Services, effect: ReadNote, _: Cancelled) -> Actions:
    """Report the reader's own note to the location, or a new bookmark without one."""
    yield AskNote(own_note(services.library, _new_mark(services, effect.target)))


def _store_read(services: Services, effect: StoreRead, _: Cancelled) -> Actions:
    """Store that a cable was read; a failure is not worth a message."""
    read_cables = services.library.read_cables
    with suppress(LibraryError):
        (read_cables.add if effect.read else read_cables.remove)([effect.canonical_id])
        yield read_notebook(services.library, "" if effect.read else "No longer marked as read")


def _new_mark(services: Services, target: Place) -> Mark:
    """Return a bookmark of a location as it would be set now; its id is 0."""
    from cable_tui.library import mark_of

    cable = services.cable(target.id)
    paragraphs, index = cable.body.paragraphs, target.paragraph
    return mark_of(
        cable, paragraphs[index] if index is not None and index < len(paragraphs) else None
    )


def own_note(library: Library, new: Mark) -> NoteDraft:
    """Return the reader's own bookmark at a new one's location, and the notes of others there."""
    own_names = library.names.all()
    other_notes = tuple(
        (mark.author, mark.note)
        for mark in library.marked(new.canonical_id)
        if mark.note and mark.paragraph == new.paragraph and mark.author not in own_names
    )
    return NoteDraft(_own_mark(library, new), other_notes)


def _own_marks(library: Library, place: Mark) -> list[Mark]:
    """Return the reader's own bookmarks at a mark's location, the oldest first."""
    from cable_tui.library import own_of

    return own_of(library.marked(place.canonical_id), place.paragraph, library.names.all())


def _marks(services: Services, targets: Sequence[Place]) -> list[Mark]:
    """Return the reader's own bookmark of each location, which may be a new one."""
    return [_own_mark(services.library, _new_mark(services, place)) for place in targets]


def _own_mark(library: Library, new: Mark) -> Mark:
    """Return the reader's own bookmark of a location: one with a note, else any, else a new one."""
    own_marks = _own_marks(library, new)
    return next((mark for mark in own_marks if mark.note), own_marks[0] if own_marks else new)


PERFORMERS: Performers = {
    LibraryChange: _perform,
    ReadMarks: _read_marks,
    ReadNote: _read_note,
    StoreRead: _store_read,
}

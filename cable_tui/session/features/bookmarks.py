"""Bookmarks, notes, lists and saved searches: create, edit, store and undo them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from cable_tui.base.cable import Place
from cable_tui.base.errors import LibraryError
from cable_tui.base.value import replace
from cable_tui.query.fields import asks_reader
from cable_tui.session import effects
from cable_tui.session.ask import ask
from cable_tui.session.feature_state import MOST_RECENT, Notebook, NoteDraft, lists_by_cable
from cable_tui.session.features import sidebar
from cable_tui.session.features.selection import selected_cables, target, with_filed
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, LibraryWrite, Request

if TYPE_CHECKING:
    from cable_tui.library import Library, Mark

READ_AFTER = 2.0
"""How long a cable must be shown before it counts as read, in seconds."""


class LibraryChange(LibraryWrite):
    """A change to the reader's library; answered by `LibraryChanged`."""

    @property
    def filed(self) -> tuple[Place, ...]:
        """The locations that the change bookmarks, puts into lists, or removes from them."""
        return ()

    def change(self, services: Services) -> str:
        """Make the change; return a sentence that describes it."""
        raise NotImplementedError


class ChangeOfTargets(LibraryChange):
    """A change that bookmarks locations or changes their lists; answered by `LibraryChanged`."""

    targets: tuple[Place, ...]

    @property
    def filed(self) -> tuple[Place, ...]:
        """The locations."""
        return self.targets


def _perform(services: Services, asked: LibraryChange, _: Cancelled) -> Actions:
    for action in change_library(services.library, lambda: asked.change(services)):
        yield (
            replace(action, filed=asked.filed, undone=isinstance(asked, Undo))
            if isinstance(action, LibraryChanged)
            else action
        )


class LibraryChanged(Action):
    """The library was changed or reread; carries its notebook and a sentence about the change."""

    notebook: Notebook
    sentence: str = ""
    filed: tuple[Place, ...] = ()
    """The locations to which the change applies."""
    undone: bool = False
    """Whether the last change was undone."""

    def step(self, session: Session) -> Result:
        """Show the sentence, and repeat the search if the query depends on the library.

        Do not repeat it for newly read cables, which would disappear from a list that the reader is
        using.
        """
        previous_session, old_notebook = session, session.notebook
        session = replace(session, notebook=self.notebook, quit_warned=False)
        change_effects: tuple[Effect, ...] = ()
        if self.sentence:  # u undoes this now
            session = with_filed(replace(session, discarded=None), self.filed, undone=self.undone)
            change_effects = (effects.Notify(self.sentence),)
        change_effects += sidebar.refresh_sidebar(previous_session, session)
        if session.bookmarks_view is not None:
            change_effects += (effects.ReadBookmarks(session.bookmarks_view.list),)
        new_notebook = replace(session.notebook, seen=old_notebook.seen, recent=old_notebook.recent)
        asks_library = any(asks_reader(term.facet, term.named) for term in session.query.filters)
        if asks_library and new_notebook != old_notebook and session.answered != "unasked":
            session, ask_effects = ask(session, keep=session.current, again=True)
            change_effects += ask_effects
        return session, change_effects


class ToggleBookmark(Action):
    """Set or remove the bookmark of the cable or paragraph under the cursor.

    A bookmark that has a note or is in a list is not removed.
    """

    def step(self, session: Session) -> Result:
        """Toggle the bookmark under the cursor, or bookmark all selected cables."""
        targets = targets_of(session)
        if not targets:
            return session, (effects.Notify("There is no cable to bookmark."),)
        return session, (SetMarks(targets) if len(targets) > 1 else SetMark(*targets),)


class DeleteBookmarks(Action):
    """`X`: remove the bookmarks under the cursor or of the selection, including their notes."""

    def step(self, session: Session) -> Result:
        """Read the bookmarks first, because the reader may have to confirm."""
        targets = targets_of(session)
        if not targets:
            return session, (effects.Notify("There is no cable to remove a bookmark from."),)
        return session, (ReadMarks(targets),)


class MarksRead(Action):
    """The bookmarks that the reader wants to remove were read from the library."""

    marks: tuple[Mark, ...]
    sentence: str = ""
    """The sentence that explains why there is nothing to remove, or an empty string if there is."""
    targets: tuple[Place, ...] = ()

    def step(self, session: Session) -> Result:
        """Remove the bookmarks, but ask first if notes or list entries would be removed."""
        if not self.marks:
            return session, (effects.Notify(self.sentence),)
        removal = RemoveMarks(self.marks, self.targets)
        are_bare = all(mark.is_bare for mark in self.marks)
        return session, (removal if are_bare else removal_menu(removal),)


class WriteNote(Action):
    """Write a note on the cable or paragraph under the cursor."""

    def step(self, session: Session) -> Result:
        """Read the existing note of the location."""
        place = target(session)
        nothing = effects.Notify("There is no cable to annotate.")
        return session, (nothing if place is None else ReadNote(place),)


class KeepNote(Action):
    """Store a note that the reader has finished."""

    draft: NoteDraft
    text: str

    def step(self, session: Session) -> Result:
        """Store the note if its text was changed."""
        if self.text.strip() == self.draft.mark.note.strip():
            return session, ()
        return session, (StoreNote(self.draft, self.text.strip()),)


class DiscardNote(Action):
    """Discard the text of a note; `TakeBack` restores it."""

    draft: NoteDraft
    text: str

    def step(self, session: Session) -> Result:
        """Store nothing, but keep the typed text until the next change, so that `u` restores it."""
        if self.text.strip() == self.draft.mark.note.strip():
            return session, ()
        session = replace(session, discarded=(self.draft, self.text))
        return session, (effects.Notify("The note was discarded; u restores it."),)


class TakeBack(Action):
    """`u`: restore the most recently discarded note, or else undo the last change."""

    def step(self, session: Session) -> Result:
        """Open the text box with the discarded text, or undo the last change."""
        if session.discarded is None:
            return session, (Undo(),)
        return replace(session, discarded=None), (AskNote(*session.discarded),)


class Undo(Request, LibraryChange):
    """Undo the last change to the library; answered by `LibraryChanged`."""

    def change(self, services: Services) -> str:
        """Undo the change, and return a sentence that describes it."""
        what_was_undone = services.library.undo()
        return f"Undone: {what_was_undone}" if what_was_undone else "There is nothing to undo."


class SaveSearch(Action):
    """Save the query under a name; if no name is given, ask for one."""

    name: str = ""

    def step(self, session: Session) -> Result:
        """Store the query; ask for a missing name, or before replacing another query."""
        query_text = str(session.query)
        if not query_text:
            return session, (effects.Notify("There is no query to save: / writes one."),)
        if not self.name:
            return session, (effects.AskLine("Save this search as", query_text, SaveSearch),)
        saved_query = dict(session.notebook.searches).get(self.name, query_text)
        store_search = StoreSearch(self.name, query_text)
        return session, (
            store_search
            if saved_query == query_text
            else _replacement_menu(store_search, saved_query),
        )


class CountAsRead(Action):
    """A cable was shown long enough to count as read."""

    id: int

    def step(self, session: Session) -> Result:
        """Mark the cable as read, if it is still shown and was not already the last cable read."""
        opened_cable = session.opened
        if (
            opened_cable is None
            or opened_cable.id != self.id
            or session.private
            or session.preview.shown
        ):
            return session, ()
        canonical_id = opened_cable.cable.canonical_id
        if session.notebook.recent[:1] == (canonical_id,):
            return session, ()
        return session, (StoreRead(canonical_id),)


class MarkUnread(Action):
    """Mark the open cable as unread."""

    def step(self, session: Session) -> Result:
        """Mark the cable, or report that no cable is open."""
        if session.in_cable and session.cable is not None:
            return session, (StoreRead(session.cable.canonical_id, read=False),)
        return session, (effects.Notify("Open the cable that you want to mark as unread."),)


class SetMark(LibraryChange):
    """Set or remove a bookmark; answered by `LibraryChanged`."""

    target: Place

    @property
    def filed(self) -> tuple[Place, ...]:
        """The location."""
        return (self.target,)

    def change(self, services: Services) -> str:
        """Toggle the bookmark, but keep one that has a note or is in a list."""
        mark = _new_mark(services, self.target)
        removed_marks = services.library.toggle(mark)
        kept_marks = [
            own_mark for own_mark in _own_marks(services.library, mark) if not own_mark.is_bare
        ]
        if removed_marks:
            kept_text = "; those with a note or in a list were kept" if kept_marks else ""
            return f"Bookmark of {mark.name} removed{kept_text} · u to undo"
        if kept_marks:
            return f"{mark.name} {_contents(kept_marks)}: bookmark kept · X removes it completely"
        return f"Bookmarked {mark.name}"


class SetMarks(ChangeOfTargets):
    """Bookmark the locations that are not bookmarked yet; answered by `LibraryChanged`."""

    def change(self, services: Services) -> str:
        """Bookmark the locations, and report how many were new."""
        new_marks = [mark for mark in own_marks_at(services, self.targets) if not mark.id]
        if new_marks:
            services.library.add_all(new_marks)
        existing_count = len(self.targets) - len(new_marks)
        return f"{len(new_marks):,} cables bookmarked" + (
            f", {existing_count:,} had been" if existing_count else ""
        )


class ReadMarks(LibraryWrite):
    """Read the reader's own bookmarks at some locations; answered by `MarksRead`."""

    opens_dialog = True

    targets: tuple[Place, ...]


class RemoveMarks(Request, LibraryChange):
    """Remove bookmarks, notes and list entries as one change; answered by `LibraryChanged`."""

    marks: tuple[Mark, ...]
    targets: tuple[Place, ...] = ()
    """The locations from which they are removed; empty if the bookmarks page removes them."""

    @property
    def filed(self) -> tuple[Place, ...]:
        """The locations."""
        return self.targets

    def change(self, services: Services) -> str:
        """Remove the bookmarks, except those changed by another window."""
        removed_marks = services.library.remove_all(self.marks)
        if not removed_marks:
            return "Another window has changed it in the meantime: nothing was removed"
        removed_text = (
            f"Bookmark of {removed_marks[0].name}"
            if len(removed_marks) == 1
            else f"{len(removed_marks):,} bookmarks"
        )
        changed_count = len(self.marks) - len(removed_marks)
        kept_text = f"; {changed_count:,} changed by another window kept" if changed_count else ""
        return f"{removed_text} removed{kept_text} · u to undo"


class ReadNote(LibraryWrite):
    """Read the reader's note at a location; answered by `AskNote`."""

    opens_dialog = True

    target: Place


class AskNote(Request):
    """Let the reader write a note; answered by `KeepNote` or `DiscardNote`."""

    draft: NoteDraft
    text: str | None = None
    """The text in the box, or None to start with the current note."""


class StoreNote(LibraryChange):
    """Store a note in the library; answered by `LibraryChanged`."""

    draft: NoteDraft
    text: str

    def change(self, services: Services) -> str:
        """Store the note, next to another window's text if there is one."""
        noted_mark = services.library.note(self.draft.mark, self.text)
        if not self.text:
            return "Note removed · u to undo"
        beside_other_note = (
            " next to the note that another window has written in the meantime"
            if noted_mark.both
            else ""
        )
        list_hint = "" if noted_mark.both or noted_mark.mark.lists else " · a adds it to a list"
        return f"Note saved with {noted_mark.mark.name}{beside_other_note}{list_hint}"


class AskList(Request):
    """Let the reader choose or name a list; `put` creates the action from its name and privacy."""

    title: str
    lists: tuple[tuple[str, int], ...]
    put: Callable[[str, bool], Action]
    shared: bool = False
    """Whether lists are shared; if so, the dialog offers to make a new list private."""
    put_by_number: Callable[[str, bool], Action] | None = None
    """Creates the action if a list is chosen by number, or None if it cannot be."""
    change: Callable[[tuple[str, ...], tuple[str, ...], frozenset[str]], Action] | None = None
    """Creates the action if several lists are ticked, from the lists to add to, to remove from, and
    new private ones.
    """
    inside: frozenset[str] = frozenset()
    """The lists that contain the cable or paragraph."""
    notes: Mapping[str, str] = {}


class PutInList(ChangeOfTargets, Request):
    """Put locations into a list, adding bookmarks where needed; answered by `LibraryChanged`."""

    marks: tuple[Mark, ...]
    name: str
    private: bool = False
    """Whether to make the list private before anything is put into it."""

    def change(self, services: Services) -> str:
        """Make the list private if requested, then put the bookmarks into it."""
        marks = [*self.marks, *own_marks_at(services, self.targets)]
        if self.private:
            services.library.lists.set_private(self.name, on=True)
        services.library.put(marks, self.name)
        which_marks = marks[0].name if len(marks) == 1 else f"{len(marks):,} cables"
        private = "private " if self.private else ""
        return f"{which_marks} added to the {private}list {self.name} · u to undo"


class StoreSearch(Request, LibraryChange):
    """Save a search in the library; answered by `LibraryChanged`."""

    name: str
    query: str

    def change(self, services: Services) -> str:
        """Save the search, and return a sentence with its name."""
        services.library.searches.save(self.name, self.query)
        return f"Search saved as {self.name}"


class StoreRead(LibraryWrite):
    """Mark a cable as read or as unread; answered by `LibraryChanged`."""

    canonical_id: str
    read: bool = True


NOTES, NOTE = 3, 60
"""The maximum number of notes shown before they are removed, and of characters shown of each."""


def removal_menu(removal: RemoveMarks, whose: str = "") -> effects.AskMenu:
    """Return the menu that confirms the removal of bookmarks; `whose` names another author."""
    marks = removal.marks
    is_single = len(marks) == 1
    which_marks = marks[0].name if is_single else f"{len(marks):,} bookmarks"
    removal_label = (
        f"remove {'it' if is_single else 'them'}; u restores {'it' if is_single else 'them'}"
    )
    menu_items = (
        effects.MenuItem("k", "keep", effects.Notify("Kept.")),
        effects.MenuItem("t", removal_label, removal),
    )
    return effects.AskMenu(
        f"Remove {which_marks}", menu_items, " ".join(filter(None, (whose, _goes(marks))))
    )


def _replacement_menu(stored: StoreSearch, saved_query: str) -> effects.AskMenu:
    """Return the menu that asks whether a saved search replaces another with the same name."""
    menu_items = (
        effects.MenuItem("n", "another name", SaveSearch()),
        effects.MenuItem("r", "replace it; u restores it", stored),
    )
    menu_note = f"{stored.name} is saved already: {saved_query}"
    return effects.AskMenu("Save this search", menu_items, menu_note)


def _goes(marks: Sequence[Mark]) -> str:
    """Return a sentence about the notes and list entries that are removed with bookmarks."""
    notes = [" ".join(mark.note.split()) for mark in marks if mark.note]
    list_counts = Counter(name for mark in marks for name in mark.lists)
    cut_notes = (note if len(note) <= NOTE else f"{note[: NOTE - 1]}…" for note in notes[:NOTES])
    shown_notes = ", ".join(f"“{note}”" for note in cut_notes)
    and_more = f" and {len(notes) - NOTES:,} more" if len(notes) > NOTES else ""
    list_places = ", ".join(
        name if len(marks) == 1 else f"{name} ({count:,})" for name, count in list_counts.items()
    )
    what_goes = (
        f"the note{'' if len(notes) == 1 else 's'} {shown_notes}{and_more}" if notes else "",
        f"the place{'' if list_counts.total() == 1 else 's'} in {list_places}"
        if list_counts
        else "",
    )
    return f"Also removed: {'; '.join(filter(None, what_goes))}." if any(what_goes) else ""


def ask_list(session: Session, title: str, put: Callable[[str, bool], Action]) -> AskList:
    """Return the effect that lets the reader choose one of the lists, or name a new one."""
    return AskList(title, session.notebook.lists, put, bool(session.synced))


def targets_of(session: Session) -> tuple[Place, ...]:
    """Return the locations for a command: the selected cables, or else the one under the cursor."""
    if session.pane == "list" and (selected_ids := selected_cables(session)):
        return tuple(map(Place, selected_ids))
    target_place = target(session)
    return () if target_place is None else (target_place,)


def read_notebook(library: Library, sentence: str = "") -> LibraryChanged:
    """Read the notebook from the library. May raise `LibraryError`."""
    all_marks = library.marks()
    return LibraryChanged(
        Notebook(
            marked_places(all_marks),
            marked_places([mark for mark in all_marks if mark.note]),
            len(library.pending),
            library.read_cables.ids(),
            library.read_cables.recent(MOST_RECENT),
            tuple(library.lists.sizes().items()),
            lists_by_cable(all_marks),
            tuple(library.searches.queries().items()),
            library.lists.notes(),
        ),
        sentence,
    )


def marked_places(marks: Sequence[Mark]) -> frozenset[tuple[str, str | None]]:
    """Return the locations of bookmarks, in the form that the session uses."""
    return frozenset((mark.canonical_id, mark.paragraph) for mark in marks)


def change_library(library: Library, change: Callable[[], str]) -> Actions:
    """Make a change and report the notebook after it, even if the change could not be written."""
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
    """Return a phrase for what belongs to bookmarks: `has a note and is in the list story`."""
    list_names = tuple(dict.fromkeys(name for mark in marks for name in mark.lists))
    note_words = "has a note" if any(mark.note for mark in marks) else ""
    list_words = (
        f"is in the list{'' if len(list_names) == 1 else 's'} {', '.join(list_names)}"
        if list_names
        else ""
    )
    return " and ".join(filter(None, (note_words, list_words)))


def _read_marks(services: Services, effect: ReadMarks, _: Cancelled) -> Actions:
    """Report the reader's own bookmarks at the locations, not those in the cables' paragraphs."""
    new_marks = [_new_mark(services, target) for target in effect.targets]
    marks = tuple(mark for new_mark in new_marks for mark in _own_marks(services.library, new_mark))
    which_cables = new_marks[0].name if len(new_marks) == 1 else f"these {len(new_marks):,} cables"
    nothing = "" if marks else f"You have no bookmarks on {which_cables}."
    yield MarksRead(marks, nothing, effect.targets)


def _read_note(services: Services, effect: ReadNote, _: Cancelled) -> Actions:
    """Report the reader's own note at the location, or a new bookmark without a note."""
    yield AskNote(own_note(services.library, _new_mark(services, effect.target)))


def _store_read(services: Services, effect: StoreRead, _: Cancelled) -> Actions:
    """Store that a cable was read, without reporting a failure."""
    read_cables = services.library.read_cables
    with suppress(LibraryError):
        (read_cables.add if effect.read else read_cables.remove)([effect.canonical_id])
        yield read_notebook(services.library, "" if effect.read else "No longer marked as read")


def _new_mark(services: Services, target: Place) -> Mark:
    """Return a new bookmark for a location, with the id 0."""
    from cable_tui.library import mark_of

    cable = services.cable(target.id)
    paragraphs, index = cable.body.paragraphs, target.paragraph
    return mark_of(
        cable, paragraphs[index] if index is not None and index < len(paragraphs) else None
    )


def own_note(library: Library, new: Mark) -> NoteDraft:
    """Return the draft for a new bookmark's note: the reader's own bookmark, and others' notes."""
    own_names = library.names.all()
    other_notes = tuple(
        (mark.author, mark.note)
        for mark in library.marked(new.canonical_id)
        if mark.note and mark.paragraph == new.paragraph and mark.author not in own_names
    )
    return NoteDraft(_own_mark(library, new), other_notes)


def _own_marks(library: Library, place: Mark) -> list[Mark]:
    """Return the reader's own bookmarks at the location of a bookmark, oldest first."""
    from cable_tui.library import own_of

    return own_of(library.marked(place.canonical_id), place.paragraph, library.names.all())


def own_marks_at(services: Services, targets: Sequence[Place]) -> list[Mark]:
    """Return the reader's own bookmark for each location, or a new one."""
    return [_own_mark(services.library, _new_mark(services, place)) for place in targets]


def _own_mark(library: Library, new: Mark) -> Mark:
    """Return the reader's own bookmark at a location: one with a note, else any, else `new`."""
    own_marks = _own_marks(library, new)
    return next((mark for mark in own_marks if mark.note), own_marks[0] if own_marks else new)


PERFORMERS: Performers = {
    LibraryChange: _perform,
    ReadMarks: _read_marks,
    ReadNote: _read_note,
    StoreRead: _store_read,
}

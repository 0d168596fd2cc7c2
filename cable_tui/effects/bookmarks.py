"""Handlers for bookmarks, notes, lists and saved searches. They run in threads; no Textual."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from cable_tui.cable import Cable
from cable_tui.effects.services import Services, paragraph_at
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import LibraryError
from cable_tui.library import Library, Mark, NotWrittenError, mark_of, own_of
from cable_tui.session import effects
from cable_tui.session.base import LibraryWrite
from cable_tui.session.feature_state import Notebook, NoteDraft, Target
from cable_tui.session.features import bookmarks, copy
from cable_tui.session.features.bookmarks import LibraryChanged

MOST_RECENT = 30
"""Cables read last that the library pane lists."""


def read_notebook(library: Library, sentence: str = "") -> LibraryChanged:
    """The notebook as it is now. May raise `LibraryError`."""
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
    """The places of bookmarks, as the session has them."""
    return frozenset((mark.canonical_id, mark.paragraph) for mark in marks)


Change = Callable[[Services, Any], str]
"""Changes the library as an effect asks; returns a sentence on what was done."""


def changes_library(effect: type[LibraryWrite]) -> Callable[[Change], Change]:
    """Decorator: the function makes the change that `effect` asks for."""

    def register(change: Change) -> Change:
        @performs(effect)
        def perform(services: Services, asked: LibraryWrite, _: Cancelled) -> Actions:
            return change_library(services.library, lambda: change(services, asked))

        return change

    return register


def change_library(library: Library, change: Callable[[], str]) -> Actions:
    """Make a change; report the notebook after it, also where it could not be written."""
    try:
        sentence = change()
    except NotWrittenError as error:
        with suppress(LibraryError):  # the sentence below says what is wrong
            yield read_notebook(library)
        yield effects.Notify(str(error), "error")
        return
    yield read_notebook(library, sentence)


@changes_library(bookmarks.SetMark)
def _set_mark(services: Services, effect: bookmarks.SetMark) -> str:
    mark = _new_mark(services, effect.target)
    removed = services.library.toggle(mark)
    kept = [each for each in _own_marks(services.library, mark) if not each.is_bare]
    if removed:
        stays = ", what has a note or a list stays" if kept else ""
        return f"Bookmark of {mark.name} taken away{stays} · u undoes"
    if kept:
        return f"{mark.name} {_contents(kept)}: its bookmark stays · X takes all of it away"
    return f"Bookmarked {mark.name}"


def _contents(marks: Sequence[Mark]) -> str:
    """`has a note and is in the list story`: what bookmarks of one place have."""
    lists = tuple(dict.fromkeys(name for mark in marks for name in mark.lists))
    noted = "has a note" if any(mark.note for mark in marks) else ""
    listed = f"is in the list{'' if len(lists) == 1 else 's'} {', '.join(lists)}" if lists else ""
    return " and ".join(filter(None, (noted, listed)))


@changes_library(copy.KeepRecord)
def _keep_record(services: Services, effect: copy.KeepRecord) -> str:
    (row,) = services.archive.rows([effect.id])
    crc = None if effect.number == 1 else services.archive.crc(effect.id, effect.number)
    services.library.records.choose(row.reference_id, row.canonical_id, crc)
    return f"{row.reference_id} is read from record {effect.number} from now on · u undoes"


@performs(bookmarks.ReadMarks)
def _read_marks(services: Services, effect: bookmarks.ReadMarks, _: Cancelled) -> Actions:
    """The reader's own bookmarks of the places; for a cable not those of its paragraphs."""
    places = [_new_mark(services, target) for target in effect.targets]
    found = tuple(each for place in places for each in _own_marks(services.library, place))
    what = places[0].name if len(places) == 1 else f"these {len(places):,} cables"
    yield bookmarks.MarksRead(found, "" if found else f"No bookmark of yours is on {what}.")


@changes_library(bookmarks.RemoveMarks)
def _remove_marks(services: Services, effect: bookmarks.RemoveMarks) -> str:
    gone = services.library.remove_all(effect.marks)
    if not gone:
        return "Another window has changed it meanwhile: nothing was taken away"
    what = f"Bookmark of {gone[0].name}" if len(gone) == 1 else f"{len(gone):,} bookmarks"
    others = len(effect.marks) - len(gone)
    stay = f", not {others:,} that another window has changed" if others else ""
    return f"{what} taken away{stay} · u undoes"


@changes_library(bookmarks.SetMarks)
def _set_marks(services: Services, effect: bookmarks.SetMarks) -> str:
    new = [each for each in _marks(services, effect.targets) if not each.id]
    if new:
        services.library.add_all(new)
    there = len(effect.targets) - len(new)
    return f"{len(new):,} cables bookmarked" + (f", {there:,} had been" if there else "")


@performs(bookmarks.ReadNote)
def _read_note(services: Services, effect: bookmarks.ReadNote, _: Cancelled) -> Actions:
    """The reader's own note to the place, or a new mark without one."""
    yield bookmarks.AskNote(own_note(services.library, _new_mark(services, effect.target)))


@changes_library(bookmarks.StoreNote)
def _store_note(services: Services, effect: bookmarks.StoreNote) -> str:
    stored, both = services.library.note(effect.draft.mark, effect.text)
    if not effect.text:
        return "Note taken away · u undoes"
    beside = " beside that of another window, who changed it meanwhile" if both else ""
    lists = "" if both or stored.lists else " · a puts it into a list"
    return f"Note kept with {stored.name}{beside}{lists}"


@changes_library(bookmarks.PutInList)
def _put_in_list(services: Services, effect: bookmarks.PutInList) -> str:
    marks = [*effect.marks, *_marks(services, effect.targets)]
    if effect.private:
        services.library.lists.set_private(effect.name, on=True)
    services.library.put(marks, effect.name)
    what = f"{marks[0].name} is" if len(marks) == 1 else f"{len(marks):,} are"
    return f"{what} in the {'private ' if effect.private else ''}list {effect.name} now"


@changes_library(bookmarks.Undo)
def _undo(services: Services, _: bookmarks.Undo) -> str:
    what = services.library.undo()
    return f"Undone: {what}" if what else "There is nothing to undo."


@changes_library(bookmarks.StoreSearch)
def _store_search(services: Services, effect: bookmarks.StoreSearch) -> str:
    services.library.searches.save(effect.name, effect.query)
    return f"Search saved as {effect.name}"


@changes_library(bookmarks.AnswerOwnName)
def _answer_own_name(services: Services, effect: bookmarks.AnswerOwnName) -> str:
    services.library.names.answer(effect.name, mine=effect.mine)
    whose = "yours" if effect.mine else "not yours"
    return f"Bookmarks by {effect.name}: {whose} · u undoes"


@performs(bookmarks.StoreRead)
def _store_read(services: Services, effect: bookmarks.StoreRead, _: Cancelled) -> Actions:
    """That it cannot be kept is no reason to disturb the reader."""
    seen = services.library.read_cables
    with suppress(LibraryError):
        (seen.add if effect.read else seen.remove)([effect.canonical_id])
        yield read_notebook(services.library, "" if effect.read else "No longer marked as read")


def _new_mark(services: Services, target: Target) -> Mark:
    """A bookmark of a place, as it would be set now; its id is 0."""
    cable: Cable = services.cable(target.id)
    return mark_of(cable, paragraph_at(cable, target.paragraph))


def own_note(library: Library, new: Mark) -> NoteDraft:
    """The reader's own bookmark of the place that a new one is of, and what others noted there."""
    own = library.names.all()
    others = tuple(
        (mark.author, mark.note)
        for mark in library.marked(new.canonical_id)
        if mark.note and mark.paragraph == new.paragraph and mark.author not in own
    )
    return NoteDraft(_own_mark(library, new), others)


def _own_marks(library: Library, place: Mark) -> list[Mark]:
    """The reader's own bookmarks of the place that a mark is of, the oldest first."""
    return own_of(library.marked(place.canonical_id), place.paragraph, library.names.all())


def _marks(services: Services, targets: Sequence[Target]) -> list[Mark]:
    """The reader's own bookmark of each place, which may be a new one."""
    return [_own_mark(services.library, _new_mark(services, each)) for each in targets]


def _own_mark(library: Library, new: Mark) -> Mark:
    """The reader's own bookmark of a place: one with a note, else any, else the new one."""
    own = _own_marks(library, new)
    return next((mark for mark in own if mark.note), own[0] if own else new)

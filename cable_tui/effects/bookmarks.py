"""The notebook's effects: what the library does, and how it is told. In threads; no Textual."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from cable_tui.cable import Cable
from cable_tui.effects.services import Services, paragraph_at
from cable_tui.effects.table import performs
from cable_tui.errors import LibraryError
from cable_tui.library import Library, Mark, NotWrittenError, mark_of, own_of
from cable_tui.session import effects
from cable_tui.session.base import Action
from cable_tui.session.feature_state import Notebook, NoteDraft, Target
from cable_tui.session.features import bookmarks
from cable_tui.session.features.bookmarks import AskNote, LibraryChanged

MOST_RECENT = 30
"""Cables that the library lists as read last."""


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
    """Bookmarks as the session knows them."""
    return frozenset((mark.canonical_id, mark.paragraph) for mark in marks)


def library_action(library: Library, change: Callable[[], str]) -> Iterator[Action]:
    """Make a change; the notebook after it, also where the disk took nothing of it."""
    try:
        sentence = change()
    except NotWrittenError as error:
        with suppress(LibraryError):  # what is amiss is said below
            yield read_notebook(library)
        yield effects.Notify(str(error), "error")
        return
    yield read_notebook(library, sentence)


@performs(bookmarks.SetMark)
def _set_mark(services: Services, effect: bookmarks.SetMark, _: object) -> Iterator[Action]:
    mark = _mark(services, effect.target)

    def toggle() -> str:
        removed = services.library.toggle(mark)
        kept = [each for each in _own(services.library, mark) if not each.is_bare]
        if removed:
            stays = ", what has a note or a list stays" if kept else ""
            return f"Bookmark of {mark.name} taken away{stays} · u undoes"
        if kept:
            return f"{mark.name} {_held(kept)}: its bookmark stays · X takes all of it away"
        return f"Bookmarked {mark.name}"

    yield from library_action(services.library, toggle)


def _held(marks: Sequence[Mark]) -> str:
    """`has a note and is in the list story`: what bookmarks of one place have."""
    lists = tuple(dict.fromkeys(name for mark in marks for name in mark.lists))
    noted = "has a note" if any(mark.note for mark in marks) else ""
    listed = f"is in the list{'' if len(lists) == 1 else 's'} {', '.join(lists)}" if lists else ""
    return " and ".join(filter(None, (noted, listed)))


@performs(bookmarks.ReadMarks)
def _read_marks(services: Services, effect: bookmarks.ReadMarks, _: object) -> Iterator[Action]:
    """The reader's own marks of the places; of a cable not those of its paragraphs."""
    places = [_mark(services, target) for target in effect.targets]
    found = tuple(each for place in places for each in _own(services.library, place))
    what = places[0].name if len(places) == 1 else f"these {len(places):,} cables"
    yield bookmarks.MarksRead(found, "" if found else f"No bookmark of yours is on {what}.")


@performs(bookmarks.RemoveMarks)
def _remove_marks(services: Services, effect: bookmarks.RemoveMarks, _: object) -> Iterator[Action]:
    def remove() -> str:
        gone = services.library.remove_all(effect.marks)
        if not gone:
            return "Another window has changed it meanwhile: nothing was taken away"
        what = f"Bookmark of {gone[0].name}" if len(gone) == 1 else f"{len(gone):,} bookmarks"
        others = len(effect.marks) - len(gone)
        stay = f", not {others:,} that another window has changed" if others else ""
        return f"{what} taken away{stay} · u undoes"

    yield from library_action(services.library, remove)


@performs(bookmarks.SetMarks)
def _set_marks(services: Services, effect: bookmarks.SetMarks, _: object) -> Iterator[Action]:
    def add() -> str:
        new = [each for each in _marks(services, effect.targets) if not each.id]
        if new:
            services.library.add_all(new)
        there = len(effect.targets) - len(new)
        return f"{len(new):,} cables bookmarked" + (f", {there:,} had been" if there else "")

    yield from library_action(services.library, add)


@performs(bookmarks.ReadNote)
def _read_note(services: Services, effect: bookmarks.ReadNote, _: object) -> Iterator[Action]:
    """The reader's own note to the place, or the mark that has none yet."""
    mark = _mark(services, effect.target)
    yield AskNote(NoteDraft(_there(services.library, mark) or mark))


def _there(library: Library, wanted: Mark) -> Mark | None:
    """The mark of a place that a note goes to: the reader's own with a note, else any of it."""
    here = _own(library, wanted)
    return next((mark for mark in here if mark.note), here[0] if here else None)


def _own(library: Library, place: Mark) -> list[Mark]:
    """The reader's own marks of the place that a mark is of, the oldest first."""
    return own_of(library.marked(place.canonical_id), place.paragraph, library.author)


@performs(bookmarks.StoreNote)
def _store_note(services: Services, effect: bookmarks.StoreNote, _: object) -> Iterator[Action]:
    def store() -> str:
        stored, both = services.library.note(effect.noting.mark, effect.text)
        if not effect.text:
            return "Note taken away · u undoes"
        beside = " beside that of another window, who changed it meanwhile" if both else ""
        return f"Note kept with {stored.name}{beside}"

    yield from library_action(services.library, store)


@performs(bookmarks.PutInList)
def _put_in_list(services: Services, effect: bookmarks.PutInList, _: object) -> Iterator[Action]:
    library = services.library

    def put() -> str:
        marks = [*effect.marks, *_marks(services, effect.targets)]
        library.put(marks, effect.name)
        what = f"{marks[0].name} is" if len(marks) == 1 else f"{len(marks):,} are"
        return f"{what} in the list {effect.name} now"

    yield from library_action(library, put)


@performs(bookmarks.Undo)
def _take_back(services: Services, effect: bookmarks.Undo, _: object) -> Iterator[Action]:
    del effect

    def undo() -> str:
        what = services.library.undo()
        return f"Undone: {what}" if what else "There is nothing to undo."

    yield from library_action(services.library, undo)


@performs(bookmarks.StoreSearch)
def _store_search(services: Services, effect: bookmarks.StoreSearch, _: object) -> Iterator[Action]:
    def store() -> str:
        services.library.searches.save(effect.name, effect.query)
        return f"Search saved as {effect.name}"

    yield from library_action(services.library, store)


@performs(bookmarks.StoreRead)
def _store_read(services: Services, effect: bookmarks.StoreRead, _: object) -> Iterator[Action]:
    """A sign that cannot be kept is no reason to disturb a reader."""
    seen = services.library.read_cables
    try:
        (seen.add if effect.read else seen.remove)([effect.canonical_id])
        yield read_notebook(services.library, "" if effect.read else "No longer marked as read")
    except LibraryError:
        return


def _mark(services: Services, target: Target) -> Mark:
    cable: Cable = services.cable(target.id)
    return mark_of(cable, paragraph_at(cable, target.paragraph))


def _marks(services: Services, targets: Sequence[Target]) -> list[Mark]:
    """The reader's marks of some places; a place without one has a new mark, whose id is 0."""
    found = [_mark(services, target) for target in targets]
    return [_there(services.library, mark) or mark for mark in found]

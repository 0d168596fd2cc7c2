"""Put cables into lists: by the list's name or number, or with one key into the last list."""

from __future__ import annotations

from collections import Counter
from functools import partial

from cable_tui.base.cable import Place
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.features import bookmarks
from cable_tui.session.features.selection import selected_cables
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, LibraryWrite, Request


class AddToList(Action):
    """Put the selected cables, or the cable under the cursor, into a list."""

    then: Action | None = None
    """The action to continue with if the reader chooses a list by its number and nothing is
    selected.
    """

    def step(self, session: Session) -> Result:
        """Let the reader choose the list."""
        targets = bookmarks.targets_of(session)
        if not targets:
            return session, (effects.Notify("There is no cable to put into a list."),)
        question = (
            "Put it into which list?" if len(targets) == 1 else f"Put {len(targets):,} cables into"
        )
        next_action = _then(session, self.then)
        ask_list = bookmarks.ask_list(session, question, partial(PutInLastList, targets, None))
        ask_list = replace(
            ask_list,
            put_by_number=partial(PutInLastList, targets, next_action),
            change=partial(ChangeLists, targets),
        )
        return session, (ReadLists(ask_list, targets),)


class ReadLists(LibraryWrite):
    """Read the lists of cables or a paragraph, and then ask for lists; answered by `AskList`."""

    opens_dialog = True

    asked: bookmarks.AskList
    targets: tuple[Place, ...]


class ChangeLists(bookmarks.ChangeOfTargets, Request):
    """Put locations into lists, and take them out of others; answered by `LibraryChanged`."""

    put: tuple[str, ...]
    taken_out: tuple[str, ...]
    private: frozenset[str] = frozenset()
    """The lists to put into that are new and private."""

    def change(self, services: Services) -> str:
        """Make new lists private if requested, then change all lists as one change."""
        for name in self.private:
            services.library.lists.set_private(name, on=True)
        marks = bookmarks.own_marks_at(services, self.targets)
        services.library.change_lists(marks, self.put, self.taken_out)
        which_marks = marks[0].name if len(marks) == 1 else f"{len(marks):,} cables"
        words = (
            f"put into {', '.join(self.put)}" if self.put else "",
            f"taken out of {', '.join(self.taken_out)}" if self.taken_out else "",
        )
        return f"{which_marks} {', '.join(filter(None, words))} · u to undo"


class PutInLastList(Action):
    """Put locations into a list, and remember it as the last one."""

    targets: tuple[Place, ...]
    then: Action | None
    """The action to continue with, or None."""
    name: str
    private: bool = False

    def step(self, session: Session) -> Result:
        """Store the change and the name of the list, then continue with the next action."""
        put_effect = bookmarks.PutInList(self.targets, (), self.name, private=self.private)
        session = replace(session, last_list=self.name)
        session, next_effects = self.then.step(session) if self.then is not None else (session, ())
        return session, (put_effect, *next_effects)


class SameListAgain(Action):
    """Put the target into the list chosen last, then continue with the next action."""

    then: Action

    def step(self, session: Session) -> Result:
        """Put the target into the last list, or report that no list has been chosen yet."""
        targets = bookmarks.targets_of(session)
        if not targets:
            return session, (effects.Notify("There is no cable to put into a list."),)
        if not session.last_list:
            return session, (effects.Notify("No list has been chosen yet: a shows your lists."),)
        return PutInLastList(targets, _then(session, self.then), session.last_list).step(session)


def _then(session: Session, then: Action | None) -> Action | None:
    """Return the action to continue with, or None for selected cables, where the cursor stays."""
    return None if session.pane == "list" and selected_cables(session) else then


def _read_lists(services: Services, effect: ReadLists, _: Cancelled) -> Actions:
    marks = bookmarks.own_marks_at(services, effect.targets)
    counts = Counter(name for mark in marks for name in mark.lists)
    notes = dict(services.library.lists.notes())
    for name, count in counts.items():
        if count < len(marks):
            note = f"; {notes[name]}" if name in notes else ""
            notes[name] = f"has {count:,} of these {len(marks):,}{note}"
    inside = frozenset(name for name, count in counts.items() if count == len(marks))
    yield replace(effect.asked, inside=inside, notes=notes)


PERFORMERS: Performers = {ReadLists: _read_lists}

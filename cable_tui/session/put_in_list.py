"""Putting cables into lists: by the name of a list, by its number, or by one key again."""

from __future__ import annotations

from functools import partial

from cable_tui.base.cable import Place
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.features import bookmarks
from cable_tui.session.features.selection import selected_cables
from cable_tui.session.registry import Result
from cable_tui.session.state import Session
from cable_tui.session.values import Action


class AddToList(Action):
    """Put the selected cables, or the one under the cursor, into a list."""

    then: Action | None = None
    """The action that follows if the list was chosen by its number, and nothing is selected."""

    def step(self, session: Session) -> Result:
        """Ask for the list."""
        targets = bookmarks.targets_of(session)
        if not targets:
            return session, (effects.Notify("There is no cable to put into a list."),)
        title = (
            "Put it into which list?" if len(targets) == 1 else f"Put {len(targets):,} cables into"
        )
        then = None if session.pane == "list" and selected_cables(session) else self.then
        asked = bookmarks.ask_list(session, title, partial(PutInLastList, targets, None))
        return session, (replace(asked, put_by_number=partial(PutInLastList, targets, then)),)


class PutInLastList(Action):
    """Put locations into a list, which the next ones can be put into by one key."""

    targets: tuple[Place, ...]
    then: Action | None
    """The action that follows."""
    name: str
    private: bool = False

    def step(self, session: Session) -> Result:
        """Keep the name of the list, store the change, and go on."""
        put = bookmarks.PutInList(self.targets, (), self.name, private=self.private)
        session = replace(session, last_list=self.name)
        session, more = self.then.step(session) if self.then is not None else (session, ())
        return session, (put, *more)


class SameListAgain(Action):
    """Put it into the list that was chosen last, and go on."""

    then: Action

    def step(self, session: Session) -> Result:
        """Put it there, or say that no list was chosen yet."""
        targets = bookmarks.targets_of(session)
        if not targets:
            return session, (effects.Notify("There is no cable to put into a list."),)
        if not session.last_list:
            return session, (effects.Notify("No list was chosen yet: a lists them."),)
        return PutInLastList(targets, self.then, session.last_list).step(session)

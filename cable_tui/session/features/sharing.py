"""Bookmarks shared with other readers: when they were last met, and what is private."""

from __future__ import annotations

from cable_tui.session import effects
from cable_tui.session.base import Action, LibraryWrite
from cable_tui.session.features.bookmarks_screen import of_list
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace


class OthersMet(Action):
    """The room has met other readers, or tried to."""

    words: str
    """For the status line: `synced`, `offline since 14:02`."""
    notice: str = ""
    """What the reader should know at once, such as a file that cannot be read."""


class MakePrivate(Action):
    """Let other readers never get the list that is shown, or give it to them after all."""


class SetPrivate(LibraryWrite):
    """Make a list private or not; answered by `LibraryChanged`."""

    list: str
    on: bool


@handles(OthersMet)
def others_met(session: Session, action: OthersMet) -> Result:
    """Say so in the status line; being offline disturbs nobody."""
    said = (effects.Notify(action.notice, "warning"),) if action.notice else ()
    return replace(session, synced=action.words), said


@handles(MakePrivate)
def make_private(session: Session, _: MakePrivate) -> Result:
    """Change it; undo takes it back."""
    view = session.bookmarks_view
    private = view.private if view else frozenset()
    return of_list(session, lambda shown: SetPrivate(shown, shown not in private))

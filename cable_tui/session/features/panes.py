"""The panes of the room: the focus, the layout, the display of texts; leaving."""

from __future__ import annotations

from typing import Literal

from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.ask import settled
from cable_tui.session.feature_state import WordsToFind
from cable_tui.session.features import preview, restore, sidebar, timeline
from cable_tui.session.features.selection import selected_range, target, without_selection
from cable_tui.session.registry import Result
from cable_tui.session.state import Session
from cable_tui.session.values import READING, Action, Effect, Pane
from cable_tui.text import repaired


class Focus(Action):
    """Give the keys to a pane."""

    pane: Pane

    def step(self, session: Session) -> Result:
        """Show the pane and give it the keys."""
        pane = self.pane
        if pane == "bar":
            return EditBar().step(session)
        if pane in READING and session.opened is None and session.opening is None:
            return session, (effects.NO_CABLE,)
        wanted_effects: tuple[Effect, ...] = ()
        if session.pane == "bar":
            session, wanted_effects = settled(session)
        if pane in READING and session.opening is None:
            session, read_effects = preview.begin_reading(session)
            wanted_effects += read_effects
        if pane == "filters":
            wanted_effects += sidebar.wanted(session)
        session = replace(
            session,
            pane=pane,
            reading=pane in READING,
            filters_open=pane == "filters",
            zoomed=session.zoomed and pane == session.pane,
            unfolded=session.unfolded or pane == "header",
            return_pane=_return_pane(session, pane),
        )
        return session, wanted_effects


class ShowContext(Action):
    """Go to the context: to the first cable that is cited, or to the first that cites."""

    citing: bool

    def step(self, session: Session) -> Result:
        """Put the cursor there, and give the keys to the context."""
        context = session.context
        row = len(context.cited) if self.citing and context.citing else 0
        return Focus("context").step(replace(session, context=replace(context, at=row)))


class Cycle(Action):
    """Give the keys to the next or previous pane."""

    by: int

    def step(self, session: Session) -> Result:
        """Move on Tab: library, list, body, bar, and round again."""
        panes: tuple[Pane, ...] = ("filters", "list", "body", "bar")
        if session.opened is None:
            panes = ("filters", "list", "bar")
        pane = session.pane if session.pane in panes else "body"
        pane_index = panes.index(pane) if pane in panes else 0
        return Focus(panes[(pane_index + self.by) % len(panes)]).step(session)


class ToggleLayout(Action):
    """Switch a part of the layout on or off."""

    part: Literal["filters_open", "zoomed", "unfolded", "repaired"]

    def step(self, session: Session) -> Result:
        """Switch a part of the layout on or off."""
        if self.part == "filters_open":
            opens_filters = session.pane != "filters"
            return Focus("filters" if opens_filters else session.return_pane).step(session)
        if self.part == "zoomed":
            if session.pane == "timeline":  # which is a line, and no pane to fill the screen
                session = timeline.leave(session)
            return replace(session, zoomed=not session.zoomed), ()
        if self.part == "repaired":
            return toggle_repaired(session)
        pane = "body" if session.unfolded and session.pane == "header" else session.pane
        return replace(session, unfolded=not session.unfolded, pane=pane), ()


class StepOut(Action):
    """Esc: one step back towards the list."""

    def step(self, session: Session) -> Result:
        """For Esc, leave one thing after the other, from the selection down to the list.

        From the library, return to the pane that it hid.
        """
        if restore.offers_all_cables(session):
            return restore.show_all_cables(session)
        if (session.selected_from, session.sentence, session.sentence_from) != (None, None, None):
            return without_selection(session), ()
        if session.find.active:
            return replace(session, find=WordsToFind()), ()
        if session.pane == "list" and selected_range(session) is not None:
            return replace(session, selection=replace(session.selection, start=None)), ()
        if session.pane == "timeline":
            return timeline.leave(session), ()
        if session.zoomed:
            return replace(session, zoomed=False), ()
        if session.pane == "header":
            return replace(session, pane="body", unfolded=False), ()
        if session.pane in ("context", "top"):
            return replace(session, pane="body"), ()
        if session.pane == "filters":
            return Focus(session.return_pane).step(session)
        return replace(session, pane="list", reading=False, filters_open=False), ()


class Close(Action):
    """q: close this view, or quit if no view is open."""

    def step(self, session: Session) -> Result:
        """Do for q the same as for Esc; in the list, close the open cable or else the program."""
        if session.pane == "list" and session.phase == "ready" and session.opened is not None:
            return preview.close_cable(session)
        if session.pane == "list" or session.phase != "ready":
            return LeaveProgram().step(session)
        return StepOut().step(session)


class LeaveProgram(Action):
    """Quit at once."""

    def step(self, session: Session) -> Result:
        """Quit; if the disk does not take the bookmarks, warn first and quit the second time."""
        pending_marks = session.notebook.pending
        if not pending_marks or session.quit_warned:
            return session, (effects.QuitProgram(),)
        lost = "1 bookmark is" if pending_marks == 1 else f"{pending_marks} bookmarks are"
        message = (
            f"{lost} not saved. Free some disk space, or quit again to save to another folder."
        )
        return replace(session, quit_warned=True), (effects.Notify(message, "error"),)


class OpenMenu(Action):
    """Show a menu or a dialog, by its name in `DIALOGS` of `tui/main/screen_effects.py`."""

    what: str

    def step(self, session: Session) -> Result:
        """Open it; a copy menu needs something to copy."""
        if self.what == "copy" and target(session) is None:
            return session, (effects.Notify("There is no cable to copy from."),)
        return session, (effects.ShowMenu(self.what),)


class ArchiveUnreadable(Action):
    """The folder holds nothing to read; the sentence says what was found."""

    sentence: str

    def step(self, session: Session) -> Result:
        """Show what the folder has, and ask for another one."""
        session = replace(session, phase="empty", failure=self.sentence, building=None)
        return replace(session, pane="list", reading=False, filters_open=False), ()


class EditBar(Action):
    """Give the keys to the search bar."""

    def step(self, session: Session) -> Result:
        """Give the keys to the bar; Esc brings its old text back.

        A space follows the text, so that a new word does not extend `tag:EFIS`.
        """
        if session.pane == "bar":
            return session, ()
        session = replace(
            session, pane="bar", committed_text=session.text, zoomed=False, choice=None
        )
        blank_between = " " if session.text and not session.text[-1].isspace() else ""
        return replace(session, text=session.text + blank_between), ()


def _return_pane(session: Session, pane: Pane) -> Pane:
    """Return the pane that gets the keys back from the library: the cable's if it was read."""
    if pane == session.pane:
        return session.return_pane
    return session.pane if pane == "filters" and session.in_cable else "list"


class JoinLines(Action):
    """w: show paragraphs as running text, or the lines as sent."""

    def step(self, session: Session) -> Result:
        """Switch, and say which."""
        if session.cable is None:
            return session, (effects.NO_CABLE,)
        is_joined = not session.text_options.joined
        message = (
            "Lines joined, page breaks left out; copies stay as filed." if is_joined else "As sent."
        )
        session = replace(session, text_options=replace(session.text_options, joined=is_joined))
        return session, (effects.Notify(message),)


class DecodeHeader(Action):
    """D: show the header in words, or as sent."""

    def step(self, session: Session) -> Result:
        """Switch, and unfold the header."""
        if session.cable is None:
            return session, (effects.NO_CABLE,)
        options = replace(session.text_options, decoded=not session.text_options.decoded)
        return replace(session, text_options=options, unfolded=True), ()


def toggle_repaired(session: Session) -> Result:
    """Switch between the text as filed and with its quotes repaired; say which."""
    cable = session.cable
    if cable is None:
        return session, (effects.NO_CABLE,)
    if session.repaired:
        return replace(session, repaired=False), (effects.Notify("Shown as filed."),)
    texts = (cable.subject, cable.body.text)
    message = "Shown repaired (Sarkozy’s for Sarkozy,s); copies stay as filed."
    if all(repaired(text) == text for text in texts):
        message = "This cable needs no repair; other cables are now shown repaired."
    return replace(session, repaired=True), (effects.Notify(message),)

"""The panes of the room: move the focus, change the layout and the text display, and leave."""

from __future__ import annotations

from typing import Literal

from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.ask import settled
from cable_tui.session.feature_state import WordsToFind
from cable_tui.session.features import external_programs, preview, restore, sidebar, timeline
from cable_tui.session.features.selection import selected_range, target, without_selection
from cable_tui.session.registry import Result
from cable_tui.session.state import Session
from cable_tui.session.values import READING, Action, Effect, Pane
from cable_tui.text import repaired


class Focus(Action):
    """Move the focus to a pane."""

    pane: Pane

    def step(self, session: Session) -> Result:
        """Show the pane, and move the focus to it."""
        pane = self.pane
        if pane == "bar":
            return EditBar().step(session)
        if pane in READING and session.opened is None and session.opening is None:
            return session, (effects.NO_CABLE,)
        focus_effects: tuple[Effect, ...] = ()
        if session.pane == "bar":
            session, focus_effects = settled(session)
        if pane in READING and session.opening is None:
            session, read_effects = preview.begin_reading(session)
            focus_effects += read_effects
        if pane == "filters":
            focus_effects += sidebar.wanted(session)
        session = replace(
            session,
            pane=pane,
            reading=pane in READING,
            filters_open=pane == "filters",
            zoomed=session.zoomed and pane == session.pane,
            unfolded=session.unfolded or pane == "header",
            return_pane=_return_pane(session, pane),
        )
        return session, focus_effects


class ShowContext(Action):
    """Go to the context pane, to the first cited or the first citing cable."""

    citing: bool

    def step(self, session: Session) -> Result:
        """Put the cursor on the entry, and move the focus to the context pane."""
        context = session.context
        context_row = len(context.cited) if self.citing and context.citing else 0
        return Focus("context").step(replace(session, context=replace(context, at=context_row)))


class Cycle(Action):
    """Move the focus to the next or previous pane."""

    by: int

    def step(self, session: Session) -> Result:
        """Move the focus through filters, list, body and search bar, in a circle."""
        tab_panes: tuple[Pane, ...] = ("filters", "list", "body", "bar")
        if session.opened is None:
            tab_panes = ("filters", "list", "bar")
        current_pane = session.pane if session.pane in tab_panes else "body"
        pane_index = tab_panes.index(current_pane) if current_pane in tab_panes else 0
        return Focus(tab_panes[(pane_index + self.by) % len(tab_panes)]).step(session)


class ToggleLayout(Action):
    """Switch a part of the layout on or off."""

    part: Literal["filters_open", "zoomed", "unfolded", "repaired"]

    def step(self, session: Session) -> Result:
        """Switch the part; a part that is a pane gets or returns the focus."""
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
    """Esc: go one step back towards the list."""

    def step(self, session: Session) -> Result:
        """Cancel or close one item at a time, from a selection in the text up to the cable.

        From the filters, return to the pane that previously had the focus.
        """
        if session.own_command:
            return external_programs.StopOwnCommand().step(session)
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
    """`q`: close the open view, or quit if only the list is open."""

    def step(self, session: Session) -> Result:
        """Do what Esc does; in the list, close the open cable, or else quit."""
        if session.pane == "list" and session.phase == "ready" and session.opened is not None:
            return preview.close_cable(session)
        if session.pane == "list" or session.phase != "ready":
            return LeaveProgram().step(session)
        return StepOut().step(session)


class LeaveProgram(Action):
    """Quit immediately."""

    def step(self, session: Session) -> Result:
        """Quit; if bookmarks could not be stored, warn the first time and quit the second time."""
        pending_marks = session.notebook.pending
        if not pending_marks or session.quit_warned:
            return session, (effects.QuitProgram(),)
        unsaved_text = "1 bookmark is" if pending_marks == 1 else f"{pending_marks} bookmarks are"
        what_to_do = "Free some disk space, or quit again to save to another folder."
        message = f"{unsaved_text} not saved. {what_to_do}"
        return replace(session, quit_warned=True), (effects.Notify(message, "error"),)


class OpenMenu(Action):
    """Open a menu or dialog, by its name in `DIALOGS` of `tui/main/screen_effects.py`."""

    what: str

    def step(self, session: Session) -> Result:
        """Open the menu; the copy menu needs a cable to copy from."""
        if self.what == "copy" and target(session) is None:
            return session, (effects.Notify("There is no cable to copy from."),)
        return session, (effects.ShowMenu(self.what),)


class ArchiveUnreadable(Action):
    """The folder contains nothing that can be read; the sentence describes its contents."""

    sentence: str

    def step(self, session: Session) -> Result:
        """Show the sentence, and ask for another folder."""
        session = replace(session, phase="empty", failure=self.sentence, building=None)
        return replace(session, pane="list", reading=False, filters_open=False), ()


class EditBar(Action):
    """Move the focus to the search bar."""

    def step(self, session: Session) -> Result:
        """Move the focus to the bar; Esc restores the current text.

        A space is added to the text, so that a new word does not extend a term such as `tag:EFIS`.
        """
        if session.pane == "bar":
            return session, ()
        session = replace(
            session, pane="bar", committed_text=session.text, zoomed=False, choice=None
        )
        trailing_space = " " if session.text and not session.text[-1].isspace() else ""
        return replace(session, text=session.text + trailing_space), ()


def _return_pane(session: Session, next_pane: Pane) -> Pane:
    """Return the pane to return to from the filters: the cable if one is read, or else the list."""
    if next_pane == session.pane:
        return session.return_pane
    return session.pane if next_pane == "filters" and session.in_cable else "list"


class JoinLines(Action):
    """`w`: show paragraphs as running text, or show the lines as sent."""

    def step(self, session: Session) -> Result:
        """Switch the setting, and report its new value."""
        if session.cable is None:
            return session, (effects.NO_CABLE,)
        is_joined = not session.text_options.joined
        status_message = (
            "Lines are joined and page breaks hidden; copies stay as filed."
            if is_joined
            else ("As sent.")
        )
        session = replace(session, text_options=replace(session.text_options, joined=is_joined))
        return session, (effects.Notify(status_message),)


class DecodeHeader(Action):
    """`D`: show the header in words, or as sent."""

    def step(self, session: Session) -> Result:
        """Switch the setting, and unfold the header."""
        if session.cable is None:
            return session, (effects.NO_CABLE,)
        text_options = replace(session.text_options, decoded=not session.text_options.decoded)
        return replace(session, text_options=text_options, unfolded=True), ()


def toggle_repaired(session: Session) -> Result:
    """Switch between the text as filed and with repaired quotation marks; report the setting."""
    cable = session.cable
    if cable is None:
        return session, (effects.NO_CABLE,)
    if session.repaired:
        return replace(session, repaired=False), (effects.Notify("Shown as filed."),)
    filed_texts = (cable.subject, cable.body.text)
    message = "Quotation marks are now repaired (Sarkozy’s for Sarkozy,s); copies stay as filed."
    if all(repaired(filed_text) == filed_text for filed_text in filed_texts):
        message = "This cable needs no repair; other cables are now shown repaired."
    return replace(session, repaired=True), (effects.Notify(message),)

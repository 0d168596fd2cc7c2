"""Steps of the panes, the menus, copying, and the archive's own news."""

from __future__ import annotations

from dataclasses import replace

from cable_tui.query.fields import asks_reader
from cable_tui.session import (
    actions,
    effects,
    marking,
    notebook,
    noting,
    resuming,
    shelf,
    shelving,
    timeline,
    upkeep,
)
from cable_tui.session.base import Effect
from cable_tui.session.finding import Finding
from cable_tui.session.model import Session
from cable_tui.session.noting import target
from cable_tui.session.picking import picked
from cable_tui.session.searching import asking, edit
from cable_tui.session.values import READING, Pane
from cable_tui.text import repaired

Result = tuple[Session, tuple[Effect, ...]]


def focus(session: Session, action: actions.Focus) -> Result:
    """To a pane, which is shown if it was not."""
    pane = action.pane
    if pane == "bar":
        return edit(session, actions.Edit())
    if pane in READING and session.opened is None and session.opening is None:
        return session, (effects.Notify("No cable is open yet: l opens one."),)
    return (
        replace(
            session,
            pane=pane,
            reading=pane in READING,
            drawer=pane == "library",
            zoomed=session.zoomed and pane == session.pane,
            unfolded=session.unfolded or pane == "header",
            behind=_behind(session, pane),
        ),
        (),
    )


def _behind(session: Session, pane: Pane) -> Pane:
    """Where the library leads back to: to the cable, where that was being read."""
    if pane == session.pane:
        return session.behind
    return session.pane if pane == "library" and session.in_cable else "list"


def cycle(session: Session, action: actions.Cycle) -> Result:
    """Tab: library, list, body, bar, and round again."""
    panes: tuple[Pane, ...] = ("library", "list", "body", "bar")
    if session.opened is None:
        panes = ("library", "list", "bar")
    here = session.pane if session.pane in panes else "body"
    index = panes.index(here) if here in panes else 0
    return focus(session, actions.Focus(panes[(index + action.by) % len(panes)]))


def flip(session: Session, action: actions.Flip) -> Result:
    """A part of the layout on or off."""
    if action.part == "drawer":
        opened = session.pane != "library"
        return focus(session, actions.Focus("library" if opened else session.behind))
    if action.part == "zoomed":
        if session.pane == "timeline":  # which is a line, and no pane to fill the screen
            session, _ = timeline.leave(session, timeline.Leave())
        return replace(session, zoomed=not session.zoomed), ()
    if action.part == "repaired":
        return _repair(session)
    pane = "body" if session.unfolded and session.pane == "header" else session.pane
    return replace(session, unfolded=not session.unfolded, pane=pane), ()


def _repair(session: Session) -> Result:
    """The text as it was filed, or as it was written before the telegraph; says which."""
    cable = session.cable
    if cable is None:
        return session, (effects.Notify("No cable is open yet: l opens one."),)
    if session.repaired:
        return replace(session, repaired=False), (effects.Notify("Shown as filed."),)
    texts = (cable.subject, cable.body.text)
    said = "Shown repaired (Sarkozy’s for Sarkozy,s); copies stay as filed."
    if all(repaired(text) == text for text in texts):
        said = "Nothing in this cable is to be repaired; others are shown repaired now."
    return replace(session, repaired=True), (effects.Notify(said),)


def step_out(session: Session, action: actions.StepOut) -> Result:
    """Esc: selection, search in the cable, whole pane, header, cable, down to the list.

    The library leads back to what it hid.
    """
    del action
    if resuming.offered(session):
        return resuming.afresh(session)
    if session.picked is not None:
        return replace(session, picked=None), ()
    if session.finding.active:
        return replace(session, finding=Finding()), ()
    if session.pane == "list" and marking.span(session) is not None:
        return replace(session, marking=replace(session.marking, start=None)), ()
    if session.pane == "timeline":
        return timeline.leave(session, timeline.Leave())
    if session.zoomed:
        return replace(session, zoomed=False), ()
    if session.pane == "header":
        return replace(session, pane="body", unfolded=False), ()
    if session.pane == "context":
        return replace(session, pane="body"), ()
    if session.pane == "library":
        return focus(session, actions.Focus(session.behind))
    return replace(session, pane="list", reading=False, drawer=False), ()


def close(session: Session, action: actions.Close) -> Result:
    """q: as Esc, and from the list out of the program."""
    del action
    if session.pane == "list" or session.phase != "ready":
        return _out(session)
    return step_out(session, actions.StepOut())


def leave(session: Session, action: actions.Leave) -> Result:
    """Out of the program."""
    del action
    return _out(session)


def _out(session: Session) -> Result:
    """Nothing is ever unsaved, unless the disk took no more: then it takes two to leave."""
    pending = session.notebook.pending
    if not pending or session.leaving:
        return session, (effects.Quit(),)
    lost = "1 bookmark is" if pending == 1 else f"{pending} bookmarks are"
    said = f"{lost} not on the disk. Make room, or leave once more: another place is tried then."
    return replace(session, leaving=True), (effects.Notify(said, "error"),)


def ask(session: Session, action: actions.Ask) -> Result:
    """A menu or a screen; copying needs something to copy."""
    if action.what == "copy" and target(session) is None:
        return session, (effects.Notify("There is no cable to copy from."),)
    return session, (effects.ShowMenu(action.what),)


def marked(session: Session, action: notebook.Marked) -> Result:
    """What the library has now is what the screens show, and what a query for it finds.

    What was read meanwhile leaves no list while it is gone through.
    """
    old, before = session, session.notebook
    session, wanted = noting.marked(session, action)
    wanted += shelving.follow(old, session)
    if session.shelf is not None:
        wanted += (shelf.ReadShelf(session.shelf.list),)
    now = replace(session.notebook, seen=before.seen, recent=before.recent)
    asks = any(asks_reader(term.facet, term.named) for term in session.query.filters)
    if asks and now != before and session.ticket:
        session, asked = asking(session, keep=session.current, again=True)
        wanted += asked
    return session, wanted


def copy(session: Session, action: actions.Copy) -> Result:
    """What is under the cursor, in the format asked for or the one used last."""
    place = target(session)
    if place is None:
        return session, (effects.Notify("There is no cable to copy from."),)
    session = replace(session, style=action.style or session.style)
    if session.pane == "list" and (marked := marking.cables(session)):
        return session, (effects.PutAllOnClipboard(session.style, marked),)
    stop = session.stop if session.in_cable else 0
    where = (place.id, place.paragraph, stop)
    what = effects.PutOnClipboard(session.style, *where, source=session.source)
    if action.span is not None and session.in_cable:
        return session, (replace(what, span=action.span),)
    if chosen := picked(session):
        what = replace(what, paragraph=chosen[0], upto=chosen[-1])
    return replace(session, picked=None), (what,)


def copy_link(session: Session, action: actions.CopyLink) -> Result:
    """The link of a cable that is not here."""
    return session, (effects.PutLinkOnClipboard(action.reference),)


def progressed(session: Session, action: actions.Progressed) -> Result:
    """For the status line only; `Grew` refreshes the rest."""
    building = action.building
    session = replace(session, building=building, checked=session.checked or building is None)
    return upkeep.ended(session) if building is None else (session, ())


def stalled(session: Session, action: actions.Stalled) -> Result:
    """The reader goes on with what is there, and sees why it is not all."""
    session = replace(session, building=None, checked=True, stalled=action.sentence)
    return session, (effects.Notify(action.sentence, "error"),)


def summarised(session: Session, action: actions.Summarised) -> Result:
    """For the library's head; none yet is no number while the folder is still being read."""
    summary = action.summary
    if not summary.cables and not session.checked:
        summary = replace(summary, cables=None)
    return replace(session, summary=summary), ()


def unreadable(session: Session, action: actions.Unreadable) -> Result:
    """Nothing to read here: the screen says what was seen and asks for another folder."""
    session = replace(session, phase="empty", trouble=action.sentence, building=None)
    return replace(session, pane="list", reading=False, drawer=False), ()


def widen(session: Session, action: actions.Widen) -> Result:
    """All values of a section, or its first ones again."""
    return replace(session, wide=session.wide ^ {action.facet}), ()


def said(session: Session, action: actions.Said) -> Result:
    """A sentence on what was done."""
    return session, (effects.Notify(action.sentence),)


def warned(session: Session, action: actions.Warned) -> Result:
    """A sentence on what must be known."""
    return session, (effects.Notify(action.sentence, "warning"),)


def failed(session: Session, action: actions.Failed) -> Result:
    """A sentence on what did not work."""
    return session, (effects.Notify(action.sentence, "error"),)

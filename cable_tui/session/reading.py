"""Steps of the list, the cable, references and history."""

from __future__ import annotations

from dataclasses import replace

from cable_tui.session import actions, effects
from cable_tui.session.base import Effect
from cable_tui.session.finding import Finding
from cable_tui.session.model import Session
from cable_tui.session.notebook import READ_AFTER, ReadLong
from cable_tui.session.searching import as_it_stands, asking
from cable_tui.session.values import HISTORY, READING, TOP, Landing, Opened, Place
from cable_tui.session.whereabouts import place_of

Result = tuple[Session, tuple[Effect, ...]]


def move(session: Session, action: actions.Move) -> Result:
    """The list's cursor by lines, stopping at the ends."""
    return _moved(session, session.at + action.by), ()


def move_to(session: Session, action: actions.MoveTo) -> Result:
    """The list's cursor to a line."""
    index = action.index
    return _moved(session, index if index >= 0 else len(session.hits.ids) + index), ()


def _moved(session: Session, index: int) -> Session:
    return replace(session, at=max(0, min(index, len(session.hits.ids) - 1)))


def read(session: Session, action: actions.Read) -> Result:
    """Open the cable under the cursor; Back comes back to the list."""
    del action
    cable = session.current
    if cable is None:
        return session, ()
    return opening(session.remembering(replace(session.place(), id=None)), cable)


def opening(session: Session, cable: int, landing: Landing = TOP, *, stay: bool = False) -> Result:
    """Fetch a cable; the keys go to its body unless they `stay` in the list."""
    if not stay:
        session = replace(session, pane="body", reading=True, drawer=False)
    session = replace(session, opening=cable, landing=landing, awaited=None)
    return session, (effects.Open(cable),)


def step_cable(session: Session, action: actions.Step) -> Result:
    """J and K: along the list, also while reading."""
    return _along(session, action.by, TOP, "cable")


def no_more_hits(session: Session, action: actions.NoMoreHits) -> Result:
    """Past the last hit of a cable: on to the first of the next, and the other way round."""
    return _along(session, action.by, Landing(hit="first" if action.by > 0 else "last"), "hit")


def _along(session: Session, by: int, landing: Landing, what: str) -> Result:
    ids = session.hits.ids
    index = session.at + by
    if session.opened is None and session.opening is None and session.current is not None:
        index = session.at
    if not 0 <= index < len(ids):
        end = "last" if by > 0 else "first"
        return session, (effects.Notify(f"This is the {end} {what} of the list."),)
    session = replace(session, at=index)
    return opening(session, ids[index], landing, stay=session.pane not in READING)


def shown(session: Session, action: actions.Shown) -> Result:
    """A cable arrived; one that nobody waits for any more is dropped."""
    if action.id != session.opening:
        return session, ()
    rolled = session.landing.hit is not None and session.opened is not None
    landing = session.landing
    opened = Opened(action.id, action.cable)
    paragraph = _paragraph(opened, landing)
    session = replace(
        session,
        opened=opened,
        opening=None,
        landing=TOP,
        finding=Finding(),
        picked=None,
        paragraph=paragraph,
        scroll=landing.scroll or 0,
        stop=landing.stop or 0,
    )
    notices: tuple[Effect, ...] = ()
    if rolled:
        notices = (effects.Notify(f"→ {action.cable.reference_id}"),)
    elif landing.paragraph is not None and paragraph is None:
        missing = f"{action.cable.reference_id} has no paragraph {landing.paragraph}."
        notices = (effects.Notify(missing, "warning"),)
    long = effects.Later(READ_AFTER, ReadLong(action.id))
    return session, (effects.Land(replace(landing, index=paragraph)), *notices, long)


def _paragraph(opened: Opened, landing: Landing) -> int | None:
    if landing.paragraph is None:
        return landing.index
    for index, paragraph in enumerate(opened.cable.body.paragraphs):
        if landing.paragraph in (paragraph.label, (paragraph.anchor or "").removeprefix("par")):
            return index
    return None


def not_shown(session: Session, action: actions.NotShown) -> Result:
    """A cable could not be read: the reason, and what is known of it, or back to the list.

    Never the cable before it, which would be taken for this one.
    """
    if action.id != session.opening:
        return session, ()
    if action.known is not None:
        opened = Opened(action.id, action.known)
        session = replace(session, opened=opened, opening=None, landing=TOP)
        session = replace(session, paragraph=None, scroll=0, stop=0)
        return session, (effects.Notify(action.reason, "error"),)
    pane = session.pane if session.opened else "list"
    session = replace(session, opening=None, landing=TOP, pane=pane)
    session = replace(session, reading=session.reading and session.opened is not None)
    return session, (effects.Notify(action.reason, "error"),)


def at(session: Session, action: actions.At) -> Result:
    """The body says where it is."""
    if session.opened is None or session.opening is not None:
        return session, ()
    here = replace(session, paragraph=action.paragraph, scroll=action.scroll, stop=action.stop)
    return here, ()


def follow(session: Session, action: actions.Follow) -> Result:
    """One reference opens, several are asked about, none says so."""
    cables = tuple(
        {ref.reference_id: ref for ref in action.references if ref.reference_id}.values()
    )
    if not cables:
        said = "No reference to another cable stands here."
        if action.references:
            said = f"{action.references[0].text}: not a cable."
        return session, (effects.Notify(said),)
    if len(cables) > 1:
        return session, (effects.AskWhich(cables),)
    return session, (effects.Resolve(cables[0].reference_id or ""),)


def go(session: Session, action: actions.Go) -> Result:
    """To a cable by its id."""
    return session, (effects.Resolve(action.reference, action.paragraph),)


def resolved(session: Session, action: actions.Resolved) -> Result:
    """Open it, or say that it is not here and offer its link."""
    if action.id is None:
        if session.awaited == (action.reference, action.paragraph):
            return session, ()
        return session, (effects.OfferLink(action.reference),)
    landing = Landing(paragraph=action.paragraph)
    here = session.in_cable and session.opened is not None and session.opened.id == action.id
    if here and action.paragraph is None:
        return session, (effects.Notify(f"{action.reference} is this cable."),)
    session = session.remembering(session.place())
    place = place_of(action.id, session.hits.ids)
    if place is not None:
        session = replace(session, at=place)
    return opening(session, action.id, landing)


def back(session: Session, action: actions.Back) -> Result:
    """To the place before this one."""
    del action
    if not session.past:
        return session, (effects.Notify("There is no earlier place."),)
    place, here = session.past[-1], session.place()
    future = (*session.future, here)[-HISTORY:]
    return _return(replace(session, past=session.past[:-1], future=future), place)


def forward(session: Session, action: actions.Forward) -> Result:
    """To the place that `back` left."""
    del action
    if not session.future:
        return session, (effects.Notify("There is no later place."),)
    place, here = session.future[-1], session.place()
    past = (*session.past, here)[-HISTORY:]
    return _return(replace(session, future=session.future[:-1], past=past), place)


def _return(session: Session, place: Place) -> Result:
    """Query, line of the list, cable, paragraph and scroll as they were."""
    wanted: tuple[Effect, ...] = ()
    if place.text != session.text:
        session = replace(
            session,
            text=place.text,
            earlier=place.text,
            query=as_it_stands(place.text),
            at=place.at,
        )
        session, wanted = asking(session)
    else:
        session = _moved(session, place.at)
    if place.id is None:
        return replace(session, pane="list", reading=False, opening=None), wanted
    landing = Landing(index=place.index, scroll=place.scroll, stop=place.stop)
    if session.opened and session.opened.id == place.id:
        session = replace(session, pane="body", reading=True, opening=None)
        session = replace(session, paragraph=place.index, scroll=place.scroll, stop=place.stop)
        return session, (*wanted, effects.Land(landing))
    session, opened = opening(session, place.id, landing)
    return session, (*wanted, *opened)

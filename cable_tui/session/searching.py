"""Steps of the search bar, the library and the answers to questions."""

from __future__ import annotations

from dataclasses import replace

from cable_tui import query as language
from cable_tui.query import Group, Query, Word
from cable_tui.query.sorting import opposite
from cable_tui.session import actions, completing, effects, marking, mending, timeline
from cable_tui.session.base import Effect
from cable_tui.session.model import Session
from cable_tui.session.values import Hits, Jump
from cable_tui.session.whereabouts import place_of

Result = tuple[Session, tuple[Effect, ...]]


def start(session: Session, action: actions.Start) -> Result:
    """Ask the first question, and open the cable that the command line named."""
    query = language.parse(action.text)
    text = bar_text(query)
    session = replace(session, marking=marking.Marking())
    session = replace(session, phase="ready", trouble="", checked=False, stalled="")
    session = replace(session, text=text, earlier=text, query=query)
    session, asked = asking(session)
    opening: tuple[Effect, ...] = ()
    if action.reference:
        reference, _, paragraph = action.reference.partition("#")
        label = paragraph.removeprefix("par") or None
        session = replace(session, awaited=(reference, label))
        opening = (effects.Resolve(reference, label),)
    return session, (*asked, effects.Summarise(), *opening)


def meant(text: str) -> Query:
    """The query of the bar's text: its last word is a beginning until a blank follows."""
    return language.parse(text, typing=True).finished()


def as_it_stands(text: str) -> Query:
    """The same where nobody types any more: what is wrong with the last word is wrong by now."""
    return replace(meant(text), complaints=language.parse(text).complaints)


def bar_text(query: Query) -> str:
    """The text that means `query` in the bar."""
    text = str(query)
    return text if same(meant(text), query) else f"{text} "


def same(one: Query, other: Query) -> bool:
    """Whether two queries have the same answer, whatever is wrong with their texts."""
    return (one.terms, one.sort) == (other.terms, other.sort)


def asking(session: Session, *, keep: int | None = None, again: bool = False) -> Result:
    """A new question: older answers no longer count."""
    ticket = session.ticket + 1
    session = replace(session, ticket=ticket, keep=keep)
    return session, (effects.Search(ticket, session.query, again),)


def written(session: Session, query: Query) -> Result:
    """A query that a command made stands in the bar as text, and is asked."""
    session = session.remembering(session.place())
    text = bar_text(query)
    return asking(
        replace(session, text=text, earlier=text, query=query, at=0, jumps=(), choice=None, eager=0)
    )


def edit(session: Session, action: actions.Edit) -> Result:
    """Into the bar; the text it had is kept for Esc."""
    del action
    if session.pane == "bar":
        return session, ()
    return replace(session, pane="bar", earlier=session.text, zoomed=False, choice=None), ()


def typed(session: Session, action: actions.Typed) -> Result:
    """Every letter narrows; a text that means the same is not asked again."""
    if action.text == session.text:
        return session, ()
    query = language.parse(action.text, typing=True)
    known = same(query, session.query)
    session = replace(session, text=action.text, query=query, eager=0, recalled=0)
    completions = completing.wanted(action.text)
    if not completions:
        others = tuple(each for each in session.jumps if not each.completes)
        session = replace(session, jumps=others)
    if known:
        return session, completions
    session, asked = asking(replace(session, at=0, choice=None))
    if not action.text.strip():
        return replace(session, jumps=(), looked=session.ticket), asked
    return session, (*asked, effects.LookUp(session.ticket, action.text), *completions)


def accept(session: Session, action: actions.Accept) -> Result:
    """Enter: to what the text names when it is chosen or sure, else to the list."""
    del action
    if session.choice is not None and session.choice < len(session.jumps):
        return taken(session, session.jumps[session.choice])
    waiting = session.text != session.earlier and session.looked != session.ticket
    looked_up = session.ticket
    session, asked = settled(session)
    return replace(session, eager=looked_up if waiting else 0), asked


def settled(session: Session) -> Result:
    """The text of the bar stays; the query before it is history, and the list has the keys.

    What was merely begun is asked again as it stands.
    """
    if session.text != session.earlier:
        place = replace(session.place(), text=session.earlier, id=None)
        session = session.remembering(place)
    session = replace(session, earlier=session.text, pane="list", reading=False, choice=None)
    query = as_it_stands(session.text)
    known = same(query, session.query)
    session = replace(session, query=query)
    return (session, ()) if known else asking(session)


def give_up(session: Session, action: actions.GiveUp) -> Result:
    """Esc: the query from before the edit comes back."""
    del action
    session = replace(session, pane="list", jumps=(), choice=None, eager=0)
    if session.text == session.earlier:
        return session, ()
    text = session.earlier
    return asking(replace(session, text=text, query=as_it_stands(text), at=0))


def choose(session: Session, action: actions.Choose) -> Result:
    """Down goes through what the text may name and then to the list; up comes back.

    Above the query stand the queries before it.
    """
    if session.choice is None and (action.by < 0 or session.recalled):
        return completing.recall(session, completing.Recall(-action.by))
    now = -1 if session.choice is None else session.choice
    new = now + action.by
    if new >= len(session.jumps):
        return settled(session)
    return replace(session, choice=new if new >= 0 else None), ()


def take_jump(session: Session, action: actions.TakeJump) -> Result:
    """A click on one of them."""
    if not 0 <= action.index < len(session.jumps):
        return session, ()
    return taken(session, session.jumps[action.index])


def taken(session: Session, jump: Jump) -> Result:
    """Go where the text points. A cable's id is no query: the bar gets its old text back."""
    if jump.completes:
        return typed(replace(session, jumps=(), choice=None), actions.Typed(jump.text))
    if not jump.reference:
        session = replace(session, pane="list", reading=False)
        return written(replace(session, text=session.earlier), language.parse(jump.text))
    session, asked = give_up(session, actions.GiveUp())
    return session, (*asked, effects.Resolve(jump.reference, jump.paragraph))


def look_for(session: Session, action: actions.LookFor) -> Result:
    """As where it had been typed."""
    return taken(session, Jump(action.text, text=action.text))


def toggle(session: Session, action: actions.Toggle) -> Result:
    """The library only edits the text of the bar."""
    query = getattr(session.query, action.how)(action.facet, action.value)
    return written(replace(session, behind="list"), query)


def add_offers(session: Session, action: actions.AddOffers) -> Result:
    """`gaddafi` becomes `(gaddafi or qadhafi or qaddafi)` in the bar."""
    del action
    query = session.query
    for offer in session.hits.offers:
        for term in query.terms:
            if isinstance(term, Word) and term.text.casefold() == offer.word.casefold():
                others = tuple((Word(word, field=term.field),) for word, _ in offer.also)
                plain = replace(term, negated=False)
                query = query.instead(term, Group(((plain,), *others), term.negated))
    if query == session.query:
        return session, (effects.Notify("No other spelling is offered for this query."),)
    return written(session, query)


def turn_order(session: Session, action: actions.TurnOrder) -> Result:
    """The list the other way round, from its top."""
    del action
    return written(session, session.query.sorted_by(opposite(session.query.order)))


def found(session: Session, action: actions.Found) -> Result:
    """The list of the newest question; an older one never shows."""
    if action.ticket != session.ticket:
        return session, ()
    if action.more:
        # Enough for a list at its top; a cursor further down waits for its place.
        if session.at == 0 and session.keep is None:
            session = replace(session, hits=action.hits, answered=action.ticket)
        return session, ()
    at = _kept(action.hits, session)
    session = replace(session, hits=action.hits, answered=action.ticket, at=at, keep=None)
    session = replace(session, reasons=())
    counting = effects.CountFacets(action.ticket, session.query)
    return session, (counting, *mending.found_nothing(session))


def _kept(hits: Hits, session: Session) -> int:
    """The line of the cable that the cursor stays on, or as near as the new list allows.

    It is the one under the cursor now: the reader has moved on since the question was asked.
    """
    here = session.current
    if session.keep is not None and session.at and here is not None:
        place = place_of(here, hits.ids)
        if place is not None:
            return place
    return max(0, min(session.at, len(hits.ids) - 1))


def counted(session: Session, action: actions.Counted) -> Result:
    """The counts of the newest question."""
    if action.ticket != session.ticket:
        return session, ()
    session = replace(session, counts=action.counts, counted=action.ticket)
    if not session.query:
        session = replace(session, totals=action.counts)
    return session, timeline.drawing(action.ticket, session.query, action.counts)


def jumped(session: Session, action: actions.Jumped) -> Result:
    """What the text may name; a sure one is what Enter takes, also where Enter was quicker."""
    if action.ticket not in (session.ticket, session.eager):
        return session, ()
    session = replace(session, looked=action.ticket)
    sure = bool(action.jumps) and action.jumps[0].sure
    if session.eager:
        session = replace(session, eager=0)
        return _late(session, action.jumps[0]) if sure else (session, ())
    if session.pane != "bar":
        return session, ()
    completions = tuple(jump for jump in session.jumps if jump.completes)
    if completions and not sure:
        return replace(session, jumps=(*completions, *action.jumps)), ()
    return replace(session, jumps=action.jumps, choice=0 if sure else None), ()


def _late(session: Session, jump: Jump) -> Result:
    """Enter was pressed before it was known that the text names a cable: undo the search."""
    if session.past and jump.reference:
        last = session.past[-1]
        session = replace(session, past=session.past[:-1], earlier=last.text)
    return taken(session, jump)


def grew(session: Session, action: actions.Grew) -> Result:
    """More cables are here: the same question again.

    The cursor stays on its cable, but at the top it stays at the top, where the newest arrive.
    """
    del action
    again = session.answered == session.ticket
    session, asked = asking(session, keep=session.current, again=again)
    wanted: tuple[Effect, ...] = (*asked, effects.Summarise())
    if session.pane == "bar" and session.text.strip():
        # what was looked up for the older question is no answer to this one
        wanted += (effects.LookUp(session.ticket, session.text),)
    if session.awaited:
        wanted += (effects.Resolve(*session.awaited),)
    if session.building is None:  # the last time: now it is here, or it is not
        session = replace(session, awaited=None)
    return session, wanted

"""The page of people: who is named in the cables of the query, and whom the reader confirms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from cable_tui.query import Query, parse
from cable_tui.query.people import query_text
from cable_tui.session import effects
from cable_tui.session.ask import ask_query
from cable_tui.session.base import Action, Effect, LibraryWrite
from cable_tui.session.feature_state import PeopleView, PersonEntry
from cable_tui.session.features.pages import OpenPage, open_page
from cable_tui.session.pages import NamedReport
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace

MOST_READ = 20_000
"""Cables that the page reads, the first of the list; the command line reads all."""
Kind = Literal["confirm", "rename", "merge", "split", "drop"]


class OpenPeople(Action):
    """Show who is named in the cables of the list."""


class ClosePeople(Action):
    """The page was left."""


class PeopleRead(Action):
    """Who was found so far."""

    people_view: PeopleView


class PeopleChanged(Action):
    """The choice was changed, or not."""

    said: str
    changed: bool


class CountPeople(Action):
    """Read the cables again: another window may have changed the choice."""


class ReopenPeople(Action):
    """Show the page as it was left: Back comes to it."""

    people_view: PeopleView
    ids: Sequence[int]
    """Cables of its query, where it was not read to its end."""


class SearchPerson(Action):
    """Narrow the query to the cables of somebody, and leave the page."""

    entry: PersonEntry


class ReadMentions(Action):
    """Show every place where somebody is named, as a concordance, and leave the page."""

    entry: PersonEntry
    of: NamedReport
    """The concordance."""


class TakeBackPeople(Action):
    """Take back the last change of the choice."""


class ChangePerson(Action):
    """Change the choice of people."""

    kind: Kind
    entry: PersonEntry
    text: str = ""
    """A new name, or the way to write somebody who is split off."""
    other: PersonEntry | None = None
    """Who has both after a merge."""


class ShowPeople(Effect):
    """Open the page."""


class ReadPeople(Effect):
    """Read the texts of some cables; answered by `PeopleRead`, again as more is known."""

    latest = "people"

    query: str
    ids: Sequence[int]
    """Fewer than are to be read where the list was not known to its end: all are looked up then."""
    cables: int


class WritePeople(LibraryWrite):
    """Change the file of people; answered by `PeopleChanged`."""

    change: ChangePerson


class UndoPeople(LibraryWrite):
    """Take back the last change of the file; answered by `PeopleChanged`."""


@handles(OpenPeople)
def open_people(session: Session, _: OpenPeople) -> Result:
    """Open the page at once; its people follow, or are there from before."""
    if session.people_view is not None:
        return session, ()
    read = _reading(session)
    kept = session.people_kept
    if kept is not None and (kept.query, kept.cables) == (read.query, read.cables):
        return replace(session, people_view=replace(kept, said="")), (ShowPeople(),)
    view = PeopleView(read.query, of=min(read.cables, MOST_READ), cables=read.cables)
    return replace(session, people_view=view), (ShowPeople(), read)


@handles(ReopenPeople)
def reopen_people(session: Session, action: ReopenPeople) -> Result:
    """Show it; one that was not read to its end is read again."""
    view = replace(action.people_view, said="")
    session = replace(session, people_view=view)
    if view.whole and not view.reading:
        return session, (ShowPeople(),)
    return session, (ShowPeople(), ReadPeople(view.query, action.ids, view.cables))


@handles(ClosePeople)
def close_people(session: Session, _: ClosePeople) -> Result:
    """Close it; what is being read is read no further."""
    return _left(session), (effects.Stop("people"),)


@handles(PeopleRead)
def people_read(session: Session, action: PeopleRead) -> Result:
    """Show who was found, unless the page was left or opened anew meanwhile."""
    now = session.people_view
    if now is None or now.query != action.people_view.query:
        return session, ()
    view = replace(action.people_view, said=now.said)
    if now.whole and not view.whole:  # counted anew: the list does not shrink meanwhile
        view = replace(now, read=view.read, reading=True)
    return replace(session, people_view=view), ()


@handles(ChangePerson)
def change_person(session: Session, action: ChangePerson) -> Result:
    """Write it; whoever is listed stays until the cables are read again."""
    return session, (WritePeople(action),)


@handles(PeopleChanged)
def people_changed(session: Session, action: PeopleChanged) -> Result:
    """Say what was done, and count anew: the forms decide whose a mention is."""
    if session.people_view is None:
        return session, ()
    view = replace(session.people_view, said=action.said)
    if not action.changed:
        return replace(session, people_view=view), ()
    return replace(session, people_view=replace(view, reading=True)), (_reading(session),)


@handles(CountPeople)
def count_people(session: Session, _: CountPeople) -> Result:
    """As after a change."""
    return people_changed(session, PeopleChanged("", changed=True))


@handles(SearchPerson)
def search_person(session: Session, action: SearchPerson) -> Result:
    """Search for a confirmed person by name, for a candidate by the spellings."""
    entry = action.entry
    name = entry.name.replace('"', " ")
    wanted = f'person:"{name}"' if entry.confirmed else f"({query_text(entry.spellings)})"
    page = _page(session, entry)
    session = replace(_left(session), pane="list", reading=False)
    session, asked = ask_query(session, parse(f"{session.query} {wanted}".strip()))
    return session.with_page(page), (effects.Stop("people"), *asked)


@handles(ReadMentions)
def read_mentions(session: Session, action: ReadMentions) -> Result:
    """Look for the spellings in the cables that the filters of the query leave.

    The words of the query are left out: their places would stand among those of the person.
    """
    page = _page(session, action.entry)
    session = _left(session).with_past(session.position()).with_page(page)
    filters = [each for each in session.query.terms if not Query((each,)).has_words]
    text = " ".join([f"({query_text(action.entry.spellings)})", *map(str, filters)])
    session, wanted = open_page(session, OpenPage(action.of, action.of.report.ask(text)))
    return session, (effects.Stop("people"), *wanted)


@handles(TakeBackPeople)
def take_back_people(session: Session, _: TakeBackPeople) -> Result:
    """Change the file; the page counts anew then."""
    return session, (UndoPeople(),)


def _page(session: Session, entry: PersonEntry) -> ReopenPeople:
    """What shows the page again, with its cursor on somebody."""
    view = session.people_view or PeopleView(str(session.query))
    return ReopenPeople(replace(view, here=entry.name), session.hits.every[:MOST_READ])


def _left(session: Session) -> Session:
    view = session.people_view
    is_done = view is not None and view.whole and not view.reading
    return replace(session, people_view=None, people_kept=view if is_done else None)


def _reading(session: Session) -> ReadPeople:
    ids = session.hits.every[:MOST_READ]
    return ReadPeople(str(session.query), ids, session.hits.count)

"""Where sentences were said before, over the room: of a cable, or of the whole archive."""

from __future__ import annotations

from cable_tui import query as language
from cable_tui.session import effects
from cable_tui.session.ask import ask_query
from cable_tui.session.base import Action, Effect
from cable_tui.session.feature_state import EchoesView, EchoLine
from cable_tui.session.features.reading.opened_cable import fetch_cable
from cable_tui.session.folding import at_cable
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.session.values import Landing
from cable_tui.value import replace


class OpenEchoes(Action):
    """g a: where sentences of the cable that is read, or under the cursor, were said before."""


class OpenArchiveEchoes(Action):
    """g A: what the archive repeats."""


class ReopenEchoes(Action):
    """Show a page as it was left: Back comes to it."""

    view: EchoesView


class CloseEchoes(Action):
    """The page was left."""


class EchoesRead(Action):
    """What the page shows was read."""

    ticket: int
    title: str
    lines: tuple[EchoLine, ...]


class EchoesFailed(Action):
    """It could not be read."""

    ticket: int
    reason: str


class FollowEcho(Action):
    """Open a cable where a passage stands."""

    line: EchoLine
    at: int
    """The line of the cursor, to come back to."""


class EchoFound(Action):
    """The paragraph of a passage in its cable was found."""

    ticket: int
    id: int
    paragraph: int | None
    """By its number from 0."""


class ListGroup(Action):
    """List the cables of a line: those that have a passage, or a group of copies."""

    line: EchoLine
    at: int


class ReadEchoes(Effect):
    """Read what the page shows; answered by `EchoesRead` or `EchoesFailed`."""

    latest = "echoes"

    ticket: int
    id: int | None


class FindEcho(Effect):
    """Find the paragraph of a place; answered by `EchoFound` or `EchoesFailed`."""

    latest = "echoes"

    ticket: int
    id: int
    offset: int


class ShowEchoesPage(Effect):
    """Open the page."""


@handles(OpenEchoes)
def open_echoes(session: Session, _: OpenEchoes) -> Result:
    """Open the page at once; what it shows follows."""
    if session.cable_here is None:
        return session, (effects.Notify("There is no cable here to compare."),)
    return _opened(session, session.cable_here)


@handles(OpenArchiveEchoes)
def open_archive_echoes(session: Session, _: OpenArchiveEchoes) -> Result:
    """The same of the archive; where the page is open, it shows that instead."""
    return _opened(session, None)


def _opened(session: Session, id_: int | None) -> Result:
    was_open = session.echoes.shown
    view = EchoesView(session.echoes.ticket + 1, id_, shown=True)
    session = replace(session, echoes=view)
    read = ReadEchoes(view.ticket, id_)
    return session, (read,) if was_open else (ShowEchoesPage(), read)


@handles(ReopenEchoes)
def reopen_echoes(session: Session, action: ReopenEchoes) -> Result:
    """Show what was read; an unfinished page is read again."""
    view = replace(action.view, ticket=session.echoes.ticket + 1, shown=True)
    session = replace(session, echoes=view)
    if view.reading:
        return session, (ShowEchoesPage(), ReadEchoes(view.ticket, view.id))
    return session, (ShowEchoesPage(),)


@handles(CloseEchoes)
def close_echoes(session: Session, _: CloseEchoes) -> Result:
    """Close it; what is still read is of no use."""
    return _closed(session), (effects.Stop("echoes"),)


def _closed(session: Session) -> Session:
    return replace(session, echoes=replace(session.echoes, shown=False))


@handles(EchoesRead)
def echoes_read(session: Session, action: EchoesRead) -> Result:
    """Show it, unless another page was asked for meanwhile."""
    view = session.echoes
    if action.ticket != view.ticket:
        return session, ()
    view = replace(view, title=action.title, lines=action.lines, reading=False)
    return replace(session, echoes=view), ()


@handles(EchoesFailed)
def echoes_failed(session: Session, action: EchoesFailed) -> Result:
    """Say why; a page that has nothing to show is closed."""
    if action.ticket != session.echoes.ticket:
        return session, ()
    if session.echoes.reading:
        session = _closed(session)
    return session, (effects.Notify(action.reason, "warning"),)


@handles(FollowEcho)
def follow_echo(session: Session, action: FollowEcho) -> Result:
    """Find the paragraph first: the cable opens there."""
    if action.line.id is None:
        return session, ()
    view = replace(session.echoes, at=action.at)
    found = FindEcho(view.ticket, action.line.id, action.line.offset)
    return replace(session, echoes=view), (found,)


@handles(EchoFound)
def echo_found(session: Session, action: EchoFound) -> Result:
    """Open the cable at the paragraph; Back comes back to the page."""
    if action.ticket != session.echoes.ticket or not session.echoes.shown:
        return session, ()
    session = _leaving(session.with_past(session.position()))
    session = at_cable(session, action.id)
    return fetch_cable(session, action.id, Landing(index=action.paragraph))


def _leaving(session: Session) -> Session:
    """The session without the page, whose last place in the history is the page as it is left."""
    return _closed(session.with_page(ReopenEchoes(session.echoes)))


@handles(ListGroup)
def list_group(session: Session, action: ListGroup) -> Result:
    """Ask for them as a query, so that it can be read, changed and left again."""
    if not action.line.group:
        return session, (effects.Notify("No cables belong to this line."),)
    text = " or ".join(f"ref:{each}" for each in action.line.group)
    session = replace(session, echoes=replace(session.echoes, at=action.at))
    session, wanted = ask_query(session, language.parse(f"({text}) sort:created"))
    session = replace(_leaving(session), pane="list", reading=False, zoomed=False)
    return session, (effects.Stop("echoes"), *wanted)

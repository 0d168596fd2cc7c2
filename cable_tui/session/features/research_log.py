"""The research log: which searches go into it, and its page, from which one is asked again."""

from __future__ import annotations

from typing import NamedTuple

from cable_tui.session import effects
from cable_tui.session.base import Action, LibraryWrite, Request
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace

LOOKED_AT = 1.0
"""Seconds for which an answer is in sight before its search is logged."""


class LoggedSearch(NamedTuple):
    """A line of the page."""

    at: str
    """ISO 8601, UTC."""
    query: str
    found: int
    """Cables."""
    times: int
    """How often it was asked in a row."""
    way: str


class SearchRested(Action):
    """A search has been in sight for a while, unless another one took its place."""

    text: str


class OpenResearchLog(Action):
    """List what was searched for in this archive."""


class ResearchLogRead(Action):
    """The searches of this archive, the last first."""

    found: tuple[LoggedSearch, ...]


class WriteResearchLog(Request):
    """Write the log of this archive to a file, as an appendix on methods.

    Answered by a notice, or by `AskOver`.
    """

    file: str
    over: bool = False
    """Replace a file of that name."""


class AskLogFile(Request):
    """Let the reader name the file; answered by `WriteResearchLog`."""


class LogSearch(LibraryWrite):
    """Add a search to the log."""

    query: str
    found: int
    partial: bool
    exported: bool = False


class ReadResearchLog(Request):
    """Read the log; answered by `ResearchLogRead`."""

    opens_dialog = True
    latest = "research log"


class ShowResearchLog(Request):
    """List searches, to ask one again or to write them to a file."""

    found: tuple[LoggedSearch, ...]


def await_look(session: Session) -> Result:
    """Begin to wait, where the answer in sight is not logged yet; one wait at a time runs."""
    text = str(session.query)
    log = session.search_log
    if session.private or not session.query or log.waiting or text == log.last:
        return session, ()
    session = replace(session, search_log=replace(log, waiting=True))
    return session, (effects.DispatchLater(LOOKED_AT, SearchRested(text)),)


@handles(SearchRested)
def search_rested(session: Session, action: SearchRested) -> Result:
    """Log it, unless there is another query by now, whose wait begins."""
    session = replace(session, search_log=replace(session.search_log, waiting=False))
    if session.answered != session.ticket:  # the answer begins the next wait
        return session, ()
    if str(session.query) != action.text:
        return await_look(session)
    return _logged(session)


def exported(session: Session) -> Result:
    """Log the query whose cables were written to a file."""
    if session.private or not session.query:
        return session, ()
    return _logged(session, exported=True)


def _logged(session: Session, *, exported: bool = False) -> Result:
    text, hits = str(session.query), session.hits
    session = replace(session, search_log=replace(session.search_log, last=text))
    return session, (LogSearch(text, hits.count, hits.partial, exported),)


@handles(OpenResearchLog)
def open_research_log(session: Session, _: OpenResearchLog) -> Result:
    """Read it, or say why there is none."""
    if session.private:
        said = "Nothing is logged in a private room; `cable-tui log` prints what was before."
        return session, (effects.Notify(said),)
    return session, (ReadResearchLog(),)


@handles(ResearchLogRead)
def research_log_read(session: Session, action: ResearchLogRead) -> Result:
    """List it, or say that nothing is there."""
    if not action.found:
        said = "No search of this archive is logged yet: one is once you have looked at it."
        return session, (effects.Notify(said),)
    return session, (ShowResearchLog(action.found),)

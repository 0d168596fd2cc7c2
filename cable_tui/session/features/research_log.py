"""The research log: which searches go into it, and the file that it is written to."""

from __future__ import annotations

from cable_tui.session import effects
from cable_tui.session.base import Action, LibraryWrite, Request
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace

LOOKED_AT = 1.0
"""Seconds for which an answer is in sight before its search is logged."""


class SearchRested(Action):
    """A search has been in sight for a while, unless another one took its place."""

    text: str


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
    if session.is_waiting:  # the answer begins the next wait
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

"""The research log in the room: which searches are logged, and writing the log to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.base.errors import CableTuiError
from cable_tui.base.value import Value, replace
from cable_tui.session import effects
from cable_tui.session.features.export_choices import ExportFileNamed
from cable_tui.session.features.file_to_write import Download, OwnFile, Write
from cable_tui.session.features.results import HitsFound
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, LibraryWrite

if TYPE_CHECKING:
    from cable_tui.tools.research_log.recorder import SearchLog

LOOKED_AT = 1.0
"""How many seconds an answer must be visible before its search is logged."""


class SearchInSight(Value):
    """The state of the research log while answers are viewed."""

    waiting: bool = False
    """Whether a search is visible, but has not been for long enough."""
    last: str = ""
    """The query that was logged last."""


class SearchRested(Action):
    """A search has been visible for a while, unless another has replaced it."""

    text: str

    def step(self, session: Session) -> Result:
        """Log the search; if the query has changed meanwhile, wait for the new one."""
        session = session.with_tool(replace(session.of_tool(SearchInSight), waiting=False))
        if session.is_waiting:  # the answer begins the next wait
            return session, ()
        if str(session.query) != self.text:
            return await_look(session)
        return _logged(session)


class LogSearch(LibraryWrite):
    """Add a search to the log."""

    query: str
    found: int
    partial: bool
    exported: bool = False


def watch(_: Session, action: Action, after: Session, wanted: tuple[Effect, ...]) -> Result:
    """Wait after a new answer, and log an exported query immediately."""
    if isinstance(action, HitsFound) and not action.more:
        after, log_effects = await_look(after)
    elif isinstance(action, ExportFileNamed) and action.chosen.list is None:
        after, log_effects = exported(after)
    else:
        return after, wanted
    return after, (*wanted, *log_effects)


def await_look(session: Session) -> Result:
    """Begin to wait if the current answer is not logged yet; only one wait runs at a time."""
    query_text = str(session.query)
    log_state = session.of_tool(SearchInSight)
    if session.private or not session.query or log_state.waiting or query_text == log_state.last:
        return session, ()
    session = session.with_tool(replace(log_state, waiting=True))
    return session, (effects.DispatchLater(LOOKED_AT, SearchRested(query_text)),)


def exported(session: Session) -> Result:
    """Log the query whose cables were written to a file."""
    if session.private or not session.query:
        return session, ()
    return _logged(session, exported=True)


def _logged(session: Session, *, exported: bool = False) -> Result:
    text, hits = str(session.query), session.hits
    session = session.with_tool(replace(session.of_tool(SearchInSight), last=text))
    return session, (LogSearch(text, hits.count, hits.partial, exported),)


_OFF = "The log is off (`log = false` in your settings)."


class RoomLog:
    """The log of the searches made in one room."""

    def __init__(self, services: Services) -> None:
        self.recorder: SearchLog | None = None
        """The recorder, or None if searches are not logged."""
        if services.settings.private or not services.settings.log:
            return
        from cable_tui.tools.research_log import log_file, recorder  # the first rows wait for none

        log_path = log_file.file_beside(services.library.path)
        self.recorder = recorder.SearchLog(services.archive, log_path)


def _log(services: Services, effect: LogSearch, _: Cancelled) -> Actions:
    """Log a search. If the log cannot be written, report it once; searching continues."""
    from cable_tui.tools.research_log import log_file as log

    room_log = services.of_tool(RoomLog)
    if room_log.recorder is None:
        return
    search_place = "room export" if effect.exported else "room"
    try:
        room_log.recorder.add(log.Search(effect.query, effect.found, effect.partial, search_place))
    except CableTuiError as error:
        room_log.recorder = None
        yield effects.Notify(f"{error}. Searches in this window are not logged", "warning")


def ask_log_file() -> effects.AskFile:
    """Ask the reader to name the file for this archive's log."""
    return effects.AskFile("the searches", "methods.md", _write_log)


def _write_log(file: str) -> Write:
    return Write(file, _written, ask_log_file())


def _written(services: Services, output: OwnFile | Download, _: Cancelled) -> Actions:
    """Write the log as a methods appendix."""
    from cable_tui.tools.research_log import log_file as log
    from cable_tui.tools.research_log import methods  # few rooms write one

    recorder = services.of_tool(RoomLog).recorder
    if recorder is None:
        yield effects.Notify(_OFF)
        return
    own_log = log.read(recorder.file).of(services.archive.root)
    with output.opened() as write_piece:
        for appendix_piece in methods.markdown(own_log):
            write_piece(appendix_piece)
    yield effects.Notify(f"{methods.searches(len(own_log.entries))} {output.words}")


PERFORMERS: Performers = {
    LogSearch: _log,
}

"""The first rows: the lines of the list that the room shows before the archive is open.

They are part of the first paint of the main screen, which neither builds nor waits for anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive.cache import cache_folder
from cable_tui.archive.catalogue.kept_cache import caches_of
from cable_tui.archive.catalogue.newest_rows import first_rows
from cable_tui.base.value import Value, replace
from cable_tui.program.settings import choices
from cable_tui.query.answers import FIRST_ROWS, CableRow

if TYPE_CHECKING:
    from cable_tui.program.settings import Paths
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action


def _nothing(_: Paths) -> Sequence[Action]:
    return ()


class StartRequest(Value):
    """The command line's request for what to show first."""

    text: str = ""
    """The query, or an empty string."""
    reference: str = ""
    """The reference ID of a cable to open immediately, optionally with a paragraph such as `#3`, or
    an empty string.
    """
    then: Callable[[Paths], Sequence[Action]] = _nothing
    """A function that returns the actions to dispatch after the archive is open."""


class FirstRows(Value):
    """The rows for the first paint of the list."""

    text: str = ""
    """The text in the search bar."""
    lines: Sequence[CableRow] = ()
    at: int = 0
    """The index of the row under the cursor, among these rows."""
    total: int = 0
    """The number of cables in the whole list."""
    cables: int = 0
    """The number of cables in the archive."""
    timeline: bool | None = None
    """Whether the timeline is shown; None lets the size of the terminal decide."""


def read_first_rows(
    path: Path | None, paths: Paths, start_request: StartRequest, *, resumes: bool = False
) -> FirstRows:
    """Return the rows that the reader saw last, if the room `resumes`, or else the newest cables.

    Return no rows if a query must be answered first, or if there is no cache.
    """
    shows_timeline = choices(paths.choices).get("timeline")
    if path is None or start_request.text:
        return FirstRows(start_request.text, timeline=shows_timeline)
    if (
        resumes
        and not start_request.reference
        and (last_seen_rows := _last_seen(path, paths)) is not None
    ):
        return replace(last_seen_rows, timeline=shows_timeline)
    cable_rows, cable_count = first_rows(path, caches_of(path, paths), FIRST_ROWS)
    return FirstRows("", tuple(cable_rows), 0, cable_count, cable_count, shows_timeline)


def _last_seen(path: Path, paths: Paths) -> FirstRows | None:
    """Return the rows of the list as the reader left it, or None if they are not available now."""
    from cable_tui.program import last_position  # where nothing is resumed it is not needed

    saved_position, _ = last_position.read(
        last_position.file_of(paths.state, cache_folder(path, paths.cache).name)
    )
    if saved_position is None or not saved_position.window.ids:
        return None
    list_window = saved_position.window
    cable_rows, cable_count = first_rows(path, paths.cache, FIRST_ROWS, list_window.ids)
    cursor_index = saved_position.here.at - list_window.start
    if len(cable_rows) < len(list_window.ids[:FIRST_ROWS]) or not 0 <= cursor_index < len(
        cable_rows
    ):
        return None
    return FirstRows(
        saved_position.here.text, tuple(cable_rows), cursor_index, list_window.count, cable_count
    )


def first_session(path: Path | None, first_rows: FirstRows, *, private: bool = False) -> Session:
    """Return the session of the room before its archive is open.

    Its list contains the rows of the first paint.
    """
    from cable_tui.base.index_state import Summary
    from cable_tui.query.answers import Hits
    from cable_tui.session.feature_state import TimelineView
    from cable_tui.session.state import Session

    session = Session(timeline=TimelineView(first_rows.timeline), private=private)
    if path is None:
        return replace(session, phase="choosing")
    if not first_rows.lines:
        return session
    row_by_id = {cable_row.id: cable_row for cable_row in first_rows.lines}
    first_hits = Hits(list(row_by_id), first_rows.total, rows=row_by_id)
    summary = Summary(first_rows.cables)
    return replace(
        session, text=first_rows.text, hits=first_hits, at=first_rows.at, summary=summary
    )

"""The first rows: the lines that the room can show before the archive is open.

They are in the first paint of the main screen, without building or waiting.
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
    """The request of the command line."""

    text: str = ""
    """A query."""
    reference: str = ""
    """A cable to open at once, perhaps with `#3`."""
    then: Callable[[Paths], Sequence[Action]] = _nothing
    """What it asks of the room once the archive is open."""


class FirstRows(Value):
    """The first lines of the list."""

    text: str = ""
    """The text of the bar."""
    lines: Sequence[CableRow] = ()
    at: int = 0
    """The line of the cursor, among these."""
    total: int = 0
    """Cables in the whole list."""
    cables: int = 0
    """Number of cables in the archive."""
    timeline: bool | None = None
    """Whether it is shown; None leaves it to the size of the terminal."""


def read_first_rows(
    path: Path | None, paths: Paths, wanted: StartRequest, *, resumes: bool = False
) -> FirstRows:
    """Return the lines that the reader saw last, if the room `resumes`; else the newest cables.

    They are empty if a query must be answered first, or there is no cache.
    """
    timeline = choices(paths.choices).get("timeline")
    if path is None or wanted.text:
        return FirstRows(wanted.text, timeline=timeline)
    if resumes and not wanted.reference and (first_seen := _last_seen(path, paths)) is not None:
        return replace(first_seen, timeline=timeline)
    lines, cables = first_rows(path, caches_of(path, paths), FIRST_ROWS)
    return FirstRows("", tuple(lines), 0, cables, cables, timeline)


def _last_seen(path: Path, paths: Paths) -> FirstRows | None:
    """Return the rows in the list when the reader left; None if they are unknown now."""
    from cable_tui.program import last_position  # where nothing is resumed it is not needed

    last_place, _ = last_position.read(
        last_position.file_of(paths.state, cache_folder(path, paths.cache).name)
    )
    if last_place is None or not last_place.window.ids:
        return None
    window = last_place.window
    lines, cables = first_rows(path, paths.cache, FIRST_ROWS, window.ids)
    row = last_place.here.at - window.start
    if len(lines) < len(window.ids[:FIRST_ROWS]) or not 0 <= row < len(lines):
        return None
    return FirstRows(last_place.here.text, tuple(lines), row, window.count, cables)


def first_session(path: Path | None, first: FirstRows, *, private: bool = False) -> Session:
    """Return the session of the room before its archive is open.

    It has the rows of the first paint.
    """
    from cable_tui.base.index_state import Summary
    from cable_tui.query.answers import Hits
    from cable_tui.session.feature_state import TimelineView
    from cable_tui.session.state import Session

    session = Session(timeline=TimelineView(first.timeline), private=private)
    if path is None:
        return replace(session, phase="choosing")
    if not first.lines:
        return session
    row_by_id = {line.id: line for line in first.lines}
    hits = Hits(list(row_by_id), first.total, rows=row_by_id)
    summary = Summary(first.cables)
    return replace(session, text=first.text, hits=hits, at=first.at, summary=summary)

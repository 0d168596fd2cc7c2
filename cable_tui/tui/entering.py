"""From a path to an open archive in the room, and what runs beside it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from cable_tui.archive import open_archive
from cable_tui.errors import CableTuiError, LibraryError
from cable_tui.exports import Ways
from cable_tui.library import Library
from cable_tui.session import Action, actions, notebook, passages, upkeep
from cable_tui.settings import choices
from cable_tui.tui import trails
from cable_tui.tui.notebook import marked
from cable_tui.tui.outside import Outside
from cable_tui.tui.watch import Watch

if TYPE_CHECKING:
    from cable_tui.archive import Archive
    from cable_tui.tui.app import CableTui

FIRST_ROWS = 1.5
"""Seconds that the first rows of a new archive have the processors to themselves."""


def enter(app: CableTui, path: Path) -> None:
    """Open the archive at a path and show it. Runs in a thread: reading may take its time."""
    settings = app.settings
    before = None if app.entered is None else app.entered.outside
    try:
        archive = open_archive(path, app.paths.cache)
        library = _library(app) if before is None else before.library
    except CableTuiError as error:
        app.tell(actions.Unreadable(str(error)))
        app.call_from_thread(app.ready)
        return
    archive.own = library.own
    ways = Ways(settings.link, settings.templates)
    outside = Outside(archive, library, app.ways_out, ways)
    marks, *notices = _notebook(library)
    rescued = [notebook.Rescued(notices.pop())] if library.rescued and before is None else []
    start = actions.Start(*app.wanted)
    coming: Sequence[Action] = (start,)
    if not (settings.private or settings.fresh):
        coming, said = trails.beginning(archive, app.paths.state, start)
        notices.append(said)
    chosen = choices(app.paths.choices)
    kept = passages.Recall(chosen.get(passages.CHOICE, True))
    failed = [actions.Failed(notice) for notice in notices if notice]
    readonly = [upkeep.OnlyRead()] if archive.readonly else []
    pause = FIRST_ROWS if app.early is not None else 0.0
    app.call_from_thread(
        _show, app, path, outside, (marks, kept, *failed, *coming, *readonly, *rescued)
    )
    # No worker: nothing may wait for it when the room closes.
    Thread(target=_warm, args=(archive, pause), daemon=True).start()


def _warm(archive: Archive, pause: float) -> None:
    """Read a cable that nobody asked for: the first one to be opened waits for no grammar."""
    time.sleep(pause)
    with suppress(CableTuiError):
        rows, _ = archive.newest(1)
        for row in rows:
            archive.cable(row.id)


def _library(app: CableTui) -> Library:
    """One for all archives of a window: bookmarks may wait in it to be written."""
    return Library(app.paths.library, author=app.settings.author, patient=True)


def _notebook(library: Library) -> tuple[notebook.Marked, str]:
    """The notebook, and what the reader must know of its file."""
    try:
        return marked(library), library.notice
    except LibraryError as error:
        return notebook.Marked(notebook.Notebook()), str(error)


def _show(app: CableTui, path: Path, outside: Outside, coming: Sequence[Action]) -> None:
    """The room asks its first question; what keeps the index and the notebook begins beside it."""
    app.path, app.room.outside, app.entered = path, outside, app.room
    for action in coming:
        app.room.dispatch(action)
    app.ready()
    app.build()
    app.watching = watch = Watch(outside.library, app.tell)
    # No worker: nothing may wait for it when the room closes.
    Thread(target=watch.run, daemon=True).start()

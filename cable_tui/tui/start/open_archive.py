"""Opening an archive: from a path to its services, and the session's first actions.

They restore the last position, which is saved when the room closes. Runs in a thread: reading may
take its time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.cache import refuse_inside
from cable_tui.archive.catalogue.kept_cache import caches_of, is_kept
from cable_tui.base.errors import CableTuiError, CacheError, LibraryError
from cable_tui.base.tools import load, tools
from cable_tui.base.value import Value
from cable_tui.exports.citation import Ways
from cable_tui.library import Library
from cable_tui.program import last_position
from cable_tui.program.clipboard import Clipboard
from cable_tui.program.last_position import LastPosition
from cable_tui.program.settings import Paths, Settings, choices
from cable_tui.session import effects, feature_state
from cable_tui.session.features import bookmarks, index_status, list_passages, restore, results
from cable_tui.session.features.bookmarks import read_notebook
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action
from cable_tui.telegram.people.protection_words import asks
from cable_tui.tui.panes.cable.body_text import BodySpans
from cable_tui.tui.start.first_rows import StartRequest

_READ_AHEAD = 5
"""Cables that are read ahead: one of them is likely to have a comment or a note."""


Introduce = Callable[[Path, Library], Iterator[Action]]
"""Yields first words on an archive, which is a file or a folder; none on most."""


class OpenedArchive(Value):
    """An archive that can be read."""

    services: Services
    actions: Sequence[Action]
    """The first actions of the session."""


def open_services(  # noqa: PLR0913, PLR0917 - each comes from another part of the program
    path: Path,
    paths: Paths,
    settings: Settings,
    request: StartRequest,
    clipboard: Clipboard,
    library: Library | None,
) -> OpenedArchive:
    """Open the archive at a path, with the `library` of the window or a new one.

    One library serves all archives of a window: bookmarks may wait in it to be written. Raises
    `CableTuiError` if there is nothing to read.
    """
    is_only_read = settings.no_index or is_kept(path, paths)
    if not is_only_read:
        refuse_inside(path, paths)
    archive = open_archive(path, caches_of(path, paths), readonly=is_only_read)
    is_first = library is None
    if library is None:
        library = Library(paths.library, author=settings.author, patient=True)
    archive.own = library.reader_data
    ways = Ways(settings.link, settings.templates, accessed=settings.accessed)
    services = Services(archive, library, clipboard, ways, in_browser=settings.in_browser)
    services.settings = settings
    notebook, *mistakes = _notebook(library)
    introduced = list(_introduced(archive.root, library))
    recovered = [bookmarks.rescue_menu(mistakes.pop())] if library.rescued and is_first else []
    may_ask = is_first and not (recovered or introduced or settings.private)
    asked_actions = _own_name(library) if may_ask else []
    start = results.StartArchive(request.text, request.reference)
    beginning: Sequence[Action] = (start,)
    if not settings.private:
        last_place, mistake = last_position.read(last_position.file_of(paths.state, archive.name))
        if not settings.fresh:
            mistakes.append(mistake)
            beginning = starting_action(archive, last_place, start)
        if last_place is not None:
            beginning = (index_status.LookedAt(last_place.looked_at), *beginning)
    chosen_options = choices(paths.choices)
    failure_notices = [effects.Notify(message, "error") for message in mistakes if message]
    readonly_notices = _only_read(settings, is_only_read=archive.readonly or is_only_read)
    restore_actions = (
        list_passages.RestorePassages(chosen_options.get(list_passages.CHOICE, True)),
        results.RestoreCopies(chosen_options.get(results.CHOICE, True)),
    )
    last_actions = (
        *readonly_notices,
        *recovered,
        *asked_actions,
        *introduced,
        *request.then(paths),
    )
    actions = (notebook, *restore_actions, *failure_notices, *beginning, *last_actions)
    return OpenedArchive(services, actions)


def _only_read(settings: Settings, *, is_only_read: bool) -> list[Action]:
    if settings.in_browser and settings.no_index:  # "read-only" would be said of bookmarks there
        return [index_status.IndexProgressed(None)]
    return [index_status.CacheReadOnly()] if is_only_read else []


def _introduced(file: Path, library: Library) -> Iterator[Action]:
    """Yield the first words of tools on an archive."""
    for tool in tools():
        for name in tool.opened:
            introduce: Introduce = load(name)
            yield from introduce(file, library)


def _own_name(library: Library) -> list[Action]:
    """Ask about an earlier name of the reader, until that is answered; not in a private room."""
    with suppress(LibraryError):
        if name := library.names.to_ask():
            return [bookmarks.own_name_menu(name.name, name.marks, name.from_elsewhere)]
    return []


def read_ahead(archive: Archive, pause: float) -> None:
    """Read the newest cables, so that the first one to be opened does not wait for the parsers.

    Nor does it wait for the modules that find what is painted in its lines. Waits `pause` seconds,
    in which the first rows of a new archive have the processors.
    """
    time.sleep(pause)
    asks("Please protect.")  # few cables ask for it
    with suppress(CableTuiError):
        rows, _ = archive.newest(_READ_AHEAD)
        for row in rows:
            BodySpans(archive.cable(row.id)).signs  # noqa: B018 - found when first asked for


def _notebook(library: Library) -> tuple[bookmarks.LibraryChanged, str]:
    """Return the bookmarks, and a warning about their file, if any."""
    try:
        return read_notebook(library), library.notice
    except LibraryError as error:
        return bookmarks.LibraryChanged(feature_state.Notebook()), str(error)


def starting_action(
    archive: Archive, last_place: LastPosition | None, start: results.StartArchive
) -> Sequence[Action]:
    """Return the first actions of a room on an archive.

    They show the query or the cable of the command line, or else the last position.
    """
    if last_place is None:
        return (start,)
    try:
        ids = archive.ids(_named(last_place))
    except CacheError:  # the room finds out by itself
        return (start,)
    if start.text or start.reference:
        return restore.RestoreHistory(last_place, ids), start
    return (restore.Resume(last_place, ids),)


def _named(last: LastPosition) -> list[str]:
    return [spot.cable for spot in (*last.past, last.here) if spot.cable]


def save_last_position(session: Session, archive: Archive, state: Path) -> None:
    """Save the reader's position; a failure does not keep the room open."""
    if session.phase != "ready" or not session.has_answer:
        return
    with suppress(OSError, CacheError):
        rows = archive.rows(list(dict.fromkeys(restore.history_cables(session))))
        names = {row.id: row.canonical_id for row in rows}
        generation, now = archive.generation(), time.time()
        kept_position = restore.last_position(session, names, generation, now)
        last_position.write(last_position.file_of(state, archive.name), kept_position)

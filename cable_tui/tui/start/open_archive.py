"""Open an archive: turn a path into services and the first actions of the session.

The actions restore the last position, which is saved when the room closes. Opening runs in a
thread, because reading may take some time.
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
from cable_tui.session import effects, feature_state, library_questions
from cable_tui.session.features import bookmarks, index_status, list_passages, restore, results
from cable_tui.session.features.bookmarks import read_notebook
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action
from cable_tui.telegram.people.protection_words import asks
from cable_tui.tui.panes.cable.body_text import BodySpans
from cable_tui.tui.start.first_rows import StartRequest

_READ_AHEAD = 5
"""The number of cables that are read in advance; one of them probably has a comment or a note."""


Introduce = Callable[[Path, Library], Iterator[Action]]
"""A function that yields actions to introduce a file or folder; for most archives it yields none.
"""


class OpenedArchive(Value):
    """An archive that was opened, with the services for it."""

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
    """Open the archive at a path, with the window's `library` or a new one.

    A window has only one library for all archives, because the library may contain bookmarks that
    are not stored yet. Raises `CableTuiError` if there is nothing to read.
    """
    is_read_only = settings.no_index or is_kept(path, paths)
    if not is_read_only:
        refuse_inside(path, paths)
    archive = open_archive(path, caches_of(path, paths), readonly=is_read_only)
    opens_first_archive = library is None
    if library is None:
        library = Library(paths.library, author=settings.author, patient=True)
    archive.own = library.reader_data
    citation_settings = Ways(settings.link, settings.templates, accessed=settings.accessed)
    services = Services(
        archive, library, clipboard, citation_settings, in_browser=settings.in_browser
    )
    services.settings, services.choices = settings, paths.choices
    notebook, *warnings_to_show = _notebook(library)
    introduction_actions = list(_introduced(archive.root, library))
    recovery_actions = (
        [library_questions.rescue_menu(warnings_to_show.pop())]
        if library.rescued and opens_first_archive
        else []
    )
    may_ask = opens_first_archive and not (
        recovery_actions or introduction_actions or settings.private
    )
    asked_actions = _own_name(library) if may_ask else []
    start_action = results.StartArchive(request.text, request.reference)
    starting_actions: Sequence[Action] = (start_action,)
    if not settings.private:
        last_place, position_warning = last_position.read(
            last_position.file_of(paths.state, archive.name)
        )
        if not settings.fresh:
            warnings_to_show.append(position_warning)
            starting_actions = starting_action(archive, last_place, start_action)
        if last_place is not None:
            starting_actions = (index_status.LookedAt(last_place.looked_at), *starting_actions)
    stored_choices = choices(paths.choices)
    failure_notices = [effects.Notify(warning, "error") for warning in warnings_to_show if warning]
    readonly_notices = _only_read(settings, is_only_read=archive.readonly or is_read_only)
    restore_actions = (
        list_passages.RestorePassages(stored_choices.get(list_passages.CHOICE, True)),
        results.RestoreCopies(stored_choices.get(results.CHOICE, True)),
    )
    closing_actions = (
        *readonly_notices,
        *recovery_actions,
        *asked_actions,
        *introduction_actions,
        *request.then(paths),
    )
    actions = (notebook, *restore_actions, *failure_notices, *starting_actions, *closing_actions)
    return OpenedArchive(services, actions)


def _only_read(settings: Settings, *, is_only_read: bool) -> list[Action]:
    if settings.in_browser and settings.no_index:  # "read-only" would be said of bookmarks there
        return [index_status.IndexProgressed(None)]
    return [index_status.CacheReadOnly()] if is_only_read else []


def _introduced(file: Path, library: Library) -> Iterator[Action]:
    """Yield the actions by which tools introduce an archive."""
    for tool in tools():
        for function_name in tool.opened:
            introduce: Introduce = load(function_name)
            yield from introduce(file, library)


def _own_name(library: Library) -> list[Action]:
    """Return an action that asks about an earlier name of the reader, until it is answered."""
    with suppress(LibraryError):
        if other_name := library.names.to_ask():
            return [
                library_questions.own_name_menu(
                    other_name.name, other_name.marks, other_name.from_elsewhere
                )
            ]
    return []


def read_ahead(archive: Archive, pause: float) -> None:
    """Read the newest cables, so that opening the first cable does not wait for imports.

    The imports are the parsers and the modules for painting a body. Wait `pause` seconds first;
    during that time the first rows of a new archive have the processors to themselves.
    """
    time.sleep(pause)
    asks("Please protect.")  # few cables ask for it
    with suppress(CableTuiError):
        newest_rows, _ = archive.newest(_READ_AHEAD)
        for cable_row in newest_rows:
            BodySpans(archive.cable(cable_row.id)).signs  # noqa: B018 - found when first asked for


def _notebook(library: Library) -> tuple[bookmarks.LibraryChanged, str]:
    """Return the notebook, and a warning about the library file or an empty string."""
    try:
        return read_notebook(library), library.notice
    except LibraryError as error:
        return bookmarks.LibraryChanged(feature_state.Notebook()), str(error)


def starting_action(
    archive: Archive, saved_position: LastPosition | None, start: results.StartArchive
) -> Sequence[Action]:
    """Return the first actions of a room for an archive.

    The actions show the query or the cable given on the command line, or else the last
    position.
    """
    if saved_position is None:
        return (start,)
    try:
        cable_ids = archive.ids(_named(saved_position))
    except CacheError:  # the room finds out by itself
        return (start,)
    if start.text or start.reference:
        return restore.RestoreHistory(saved_position, cable_ids), start
    return (restore.Resume(saved_position, cable_ids),)


def _named(saved_position: LastPosition) -> list[str]:
    return [
        saved_entry.cable
        for saved_entry in (*saved_position.past, saved_position.here)
        if saved_entry.cable
    ]


def save_last_position(session: Session, archive: Archive, state: Path) -> None:
    """Save the reader's position for the next start; ignore failures, so the room can close."""
    if session.phase != "ready" or not session.has_answer:
        return
    with suppress(OSError, CacheError):
        cable_rows = archive.rows(list(dict.fromkeys(restore.history_cables(session))))
        canonical_ids = {row.id: row.canonical_id for row in cable_rows}
        generation, present_time = archive.generation(), time.time()
        saved_position = restore.last_position(session, canonical_ids, generation, present_time)
        last_position.write(last_position.file_of(state, archive.name), saved_position)

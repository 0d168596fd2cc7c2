"""The last position: read when a room opens, and saved when it has closed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cable_tui import last_position
from cable_tui.archive.archive import Archive
from cable_tui.errors import CacheError
from cable_tui.last_position import LastPosition
from cable_tui.session.features import restore, results
from cable_tui.session.state import Session
from cable_tui.session.values import Action


def starting_action(
    archive: Archive, state: Path, start: results.StartArchive
) -> tuple[Sequence[Action], str]:
    """The actions that a room on an archive begins with, and a warning about the file, if any.

    They show the query or the cable of the command line, or else where the reader was.
    """
    found, said = last_position.read(last_position.file_of(state, archive.name))
    if found is None:
        return (start,), said
    try:
        ids = archive.ids(_named(found))
    except CacheError:  # the room finds out by itself
        return (start,), said
    if start.text or start.reference:
        return (restore.RestoreHistory(found, ids), start), said
    return (restore.Resume(found, ids),), said


def _named(found: LastPosition) -> list[str]:
    return [spot.cable for spot in (*found.past, found.here) if spot.cable]


def save_last_position(session: Session, archive: Archive, state: Path) -> None:
    """Save where the reader was; where that fails, the room closes all the same."""
    if session.phase != "ready" or not session.has_answer:
        return
    with suppress(OSError, CacheError):
        rows = archive.rows(list(dict.fromkeys(restore.history_cables(session))))
        names = {row.id: row.canonical_id for row in rows}
        kept = restore.last_position(session, names, archive.generation())
        last_position.write(last_position.file_of(state, archive.name), kept)

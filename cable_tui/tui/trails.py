"""Between two rooms: where the reader was, found when one opens and kept when it has closed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui import trail
from cable_tui.errors import CacheError
from cable_tui.session import Action, actions, resuming
from cable_tui.trail import Trail

if TYPE_CHECKING:
    from cable_tui.archive import Archive
    from cable_tui.tui.screen import Room


def beginning(archive: Archive, state: Path, start: actions.Start) -> tuple[Sequence[Action], str]:
    """What a room on an archive begins with, and what the reader must know of the trail's file.

    Where the command line named a query or a cable, that; else where the reader was.
    """
    found, said = trail.read(trail.file_of(state, archive.name))
    if found is None:
        return (start,), said
    try:
        ids = archive.ids(_named(found))
    except CacheError:  # the room finds out by itself
        return (start,), said
    if start.text or start.reference:
        return (resuming.KnowPast(found, ids), start), said
    return (resuming.Resume(found, ids),), said


def _named(found: Trail) -> list[str]:
    return [spot.cable for spot in (*found.past, found.here) if spot.cable]


def keep(room: Room, state: Path) -> None:
    """Keep where the reader was in a room; it closes all the same where that cannot be done."""
    session = room.session
    if room.outside is None or session.phase != "ready" or not session.answered:
        return
    archive = room.outside.archive
    with suppress(OSError, CacheError):
        rows = archive.rows(list(dict.fromkeys(resuming.cables(session))))
        names = {row.id: row.canonical_id for row in rows}
        kept = resuming.trail(session, names, archive.generation())
        trail.write(trail.file_of(state, archive.name), kept)

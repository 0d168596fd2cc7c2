"""The exchange alongside a room, if the settings name a target."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from cable_tui.background.beside import OpenedRoom
from cable_tui.base.errors import LibraryError

if TYPE_CHECKING:  # most rooms share nothing
    from cable_tui.tools.sharing.process import SyncProcess


def start(room: OpenedRoom) -> SyncProcess | None:
    """Begin to exchange bookmarks with other readers, if the settings name a target."""
    settings = room.settings
    if not settings.sync or settings.private or settings.in_browser:
        return None
    from cable_tui.session.effects import Notify
    from cable_tui.tools.sharing.process import SyncProcess, sync_command
    from cable_tui.tools.sharing.sharing import first_sync_words

    with suppress(LibraryError):  # opening an archive says so
        if words := first_sync_words(room.library):
            room.post(Notify(f"{words[0].upper()}{words[1:]}."))
    return SyncProcess(sync_command(room.paths.config), room.changed)

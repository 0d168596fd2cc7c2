"""What effects are performed by, and with: the archive, the library, the clipboard.

A module of a feature has `PERFORMERS`, who performs its effects in a thread, and one that knows the
screen has `ON_SCREEN`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cable_tui.base.cable import Cable
from cable_tui.base.errors import CableTuiError
from cable_tui.base.value import replace
from cable_tui.program.settings import Settings
from cable_tui.query import Query
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.archive.source_criticism.copies import CopyGroups
    from cable_tui.exports.citation import Ways
    from cable_tui.library import Library
    from cable_tui.program.clipboard import Clipboard
    from cable_tui.query.answers import CableRow

Result = tuple[Session, tuple[Effect, ...]]
"""The result of a step: the next session, and the effects to perform."""
Actions = Iterator[Action]
"""The actions that a function reports while it performs an effect."""
Cancelled = Callable[[], bool]
"""Whether the result of an effect is no longer needed."""
_ToolState = TypeVar("_ToolState")


Performers = Mapping[type[Effect], Callable[["Services", Any, Cancelled], Actions]]
"""What performs effects in a thread; those of a `LibraryWrite` in the one of the library."""
OnScreen = Mapping[type[Effect], Callable[[Any, Any], None]]
"""What performs effects on the screen, given the view and the effect."""


class Services:
    """One open archive, the reader's library, and the clipboard."""

    def __init__(
        self,
        archive: Archive,
        library: Library,
        clipboard: Clipboard,
        ways: Ways | None = None,
        in_browser: bool = False,
    ) -> None:
        self.archive = archive
        self.library = library
        self.clipboard = clipboard
        self.ways = ways
        """The settings for citing; None for the program's own."""
        self.shown: tuple[int, Cable] | None = None
        """The open cable, kept because its file may disappear."""
        self.in_browser = in_browser
        """Whether the room is shown in a browser: see `Settings.in_browser`."""
        self.asked = Query()
        """The query that the list answers."""
        self.settings = Settings()
        """The settings of the reader, or the defaults."""
        self._of_tools: dict[Callable[[Services], Any], Any] = {}

    def of_tool(self, kind: Callable[[Services], _ToolState]) -> _ToolState:
        """Return what a tool keeps while this archive is open, made when it is first asked for."""
        if kind not in self._of_tools:
            self._of_tools[kind] = kind(self)
        state: _ToolState = self._of_tools[kind]
        return state

    @cached_property
    def copy_groups(self) -> CopyGroups:
        """Which cables have nearly the same text."""
        from cable_tui.archive.source_criticism.copies import CopyGroups  # as the exports

        return CopyGroups(self.archive)

    @property
    def citing(self) -> Ways:
        """The settings for citing: the reader's, or the program's."""
        from cable_tui.exports.citation import Ways

        return self.ways or Ways()

    @property
    def folder(self) -> Path | None:
        """The folder of the archive, for paths that are copied; None for a reader elsewhere."""
        return None if self.in_browser else self.archive.root

    def cable(self, id_: int, record: int = 0) -> Cable:
        """Return a whole cable; the open one is not read again. Raises `ArchiveError`.

        `record` is the number of the record; 0 is the one that is open, or else `Archive.cable`'s.
        """
        if self.shown and self.shown[0] == id_:
            source_read = self.shown[1].sources[:1]
            if not record or all(source.number == record for source in source_read):
                return self.shown[1]
        return self.archive.cable(id_, record)

    def note_opened(self, address: str) -> None:
        """Remember that the reader opened a page, whose citations name the day from then on."""
        if address.startswith(("http://", "https://")):
            ways = self.citing
            today_here = datetime.now(UTC).astimezone().date()
            self.ways = replace(ways, opened={**ways.opened, address: today_here})

    def rows(self, ids: Sequence[int]) -> dict[int, CableRow]:
        """Return rows of cables by id; empty if the archive cannot be read now."""
        return rows_by_id(self.archive, ids)

    def hit_rows(self, ids: Sequence[int]) -> dict[int, CableRow]:
        """Return rows of the list, which show whether another record has the hit."""
        row_by_id = self.rows(ids)
        record_by_id = self.records_of(ids)
        return {
            id_: replace(row, record=record_by_id[id_]) if id_ in record_by_id else row
            for id_, row in row_by_id.items()
        }

    def records_of(self, ids: Sequence[int]) -> dict[int, int]:
        """Implement `Archive.records_of`, for the query that the list answers."""
        try:
            return self.archive.records_of(self.asked, ids)
        except CableTuiError:  # an index that is being built
            return {}


def rows_by_id(archive: Archive, ids: Sequence[int]) -> dict[int, CableRow]:
    """Return rows as `Services.rows` does."""
    try:
        return {row.id: row for row in archive.rows(ids)}
    except CableTuiError:
        return {}

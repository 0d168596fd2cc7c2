"""The functions that perform effects, and the services that they use.

In a feature's module, `PERFORMERS` lists the functions that perform its effects in a thread; in a
module that knows the screen, `ON_SCREEN` lists those that perform effects on the screen.
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
"""A function that returns whether the result of an effect is no longer needed."""
_ToolState = TypeVar("_ToolState")


Performers = Mapping[type[Effect], Callable[["Services", Any, Cancelled], Actions]]
"""The functions that perform effects in a thread; a `LibraryWrite` runs in the library's thread."""
OnScreen = Mapping[type[Effect], Callable[[Any, Any], None]]
"""The functions that perform effects on the screen; they receive the view and the effect."""


class Services:
    """The open archive, the reader's library, the clipboard and the settings."""

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
        """The reader's citation settings, or None to use the defaults."""
        self.shown: tuple[int, Cable] | None = None
        """The open cable, kept in memory because its file may disappear."""
        self.in_browser = in_browser
        """Whether the room is displayed in a browser; see `Settings.in_browser`."""
        self.asked = Query()
        """The query answered by the list."""
        self.settings = Settings()
        """The reader's settings, or the defaults."""
        self.choices: Path | None = None
        """The file that stores choices made on the screen, or None."""
        self._of_tools: dict[Callable[[Services], Any], Any] = {}

    def of_tool(self, create_state: Callable[[Services], _ToolState]) -> _ToolState:
        """Return the state of a tool for this archive, created when it is first requested."""
        if create_state not in self._of_tools:
            self._of_tools[create_state] = create_state(self)
        state: _ToolState = self._of_tools[create_state]
        return state

    @cached_property
    def copy_groups(self) -> CopyGroups:
        """The groups of cables with nearly the same text."""
        from cable_tui.archive.source_criticism.copies import CopyGroups  # as the exports

        return CopyGroups(self.archive)

    @property
    def citing(self) -> Ways:
        """The citation settings: the reader's, or the defaults."""
        from cable_tui.exports.citation import Ways

        return self.ways or Ways()

    @property
    def folder(self) -> Path | None:
        """The folder of the archive, for copied paths, or None if the reader is in a browser."""
        return None if self.in_browser else self.archive.root

    def cable(self, id_: int, record: int = 0) -> Cable:
        """Return a cable without rereading the open one. Raises `ArchiveError`.

        `record` is the number of the record; 0 selects the open record, or else the default of
        `Archive.cable`.
        """
        if self.shown and self.shown[0] == id_:
            shown_sources = self.shown[1].sources[:1]
            if not record or all(source.number == record for source in shown_sources):
                return self.shown[1]
        return self.archive.cable(id_, record)

    def note_opened(self, address: str) -> None:
        """Store that the reader opened a page; its citations then give today as the access date."""
        if address.startswith(("http://", "https://")):
            citation_settings = self.citing
            local_date = datetime.now(UTC).astimezone().date()
            self.ways = replace(
                citation_settings, opened={**citation_settings.opened, address: local_date}
            )

    def rows(self, ids: Sequence[int]) -> dict[int, CableRow]:
        """Return the rows of cables by id, or no rows if the archive cannot be read now."""
        return rows_by_id(self.archive, ids)

    def hit_rows(self, ids: Sequence[int]) -> dict[int, CableRow]:
        """Return rows of the list, with the number of another record if only that has the words."""
        rows_by_id = self.rows(ids)
        records_by_id = self.records_of(ids)
        return {
            id_: replace(cable_row, record=records_by_id[id_])
            if id_ in records_by_id
            else cable_row
            for id_, cable_row in rows_by_id.items()
        }

    def records_of(self, ids: Sequence[int]) -> dict[int, int]:
        """Return `Archive.records_of` for the query of the list, or nothing during indexing."""
        try:
            return self.archive.records_of(self.asked, ids)
        except CableTuiError:  # an index that is being built
            return {}


def rows_by_id(archive: Archive, ids: Sequence[int]) -> dict[int, CableRow]:
    """Return the rows of cables by id, or no rows if the archive cannot be read now."""
    try:
        return {cable_row.id: cable_row for cable_row in archive.rows(ids)}
    except CableTuiError:
        return {}

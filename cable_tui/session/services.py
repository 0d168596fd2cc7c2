"""What the handlers work with: the archive, the library, the clipboard. No Textual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.cable import Cable, Paragraph
from cable_tui.errors import CableTuiError
from cable_tui.query import Query
from cable_tui.value import replace

if TYPE_CHECKING:
    # The first list on the screen does not wait for the exports and the echo file.
    from cable_tui.archive.archive import Archive
    from cable_tui.archive.catalogue.rows import Row
    from cable_tui.archive.search_log import SearchLog
    from cable_tui.archive.source_criticism.copies import CopyGroups
    from cable_tui.clipboard import Clipboard
    from cable_tui.exports.citation import Ways
    from cable_tui.library import Library
    from cable_tui.query.people import People


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
        """How to cite; None is the program's own way."""
        self.shown: tuple[int, Cable] | None = None
        """The open cable: its file may disappear while it is read."""
        self.people_changes: list[tuple[str, People, People]] = []
        """Changes of the choice of people in this room: what was done, before and after."""
        self.in_browser = in_browser
        """Whether the room is shown in a browser: see `Settings.in_browser`."""
        self.asked = Query()
        """The query that the list answers."""
        self.search_log: SearchLog | None = None
        """Where searches are logged; None where none is."""

    @cached_property
    def copy_groups(self) -> CopyGroups:
        """Which cables have nearly the same text."""
        from cable_tui.archive.source_criticism.copies import CopyGroups  # as the exports

        return CopyGroups(self.archive)

    @property
    def folder(self) -> Path | None:
        """The folder of the archive, for paths that are copied; none for a reader elsewhere."""
        return None if self.in_browser else self.archive.root

    def cable(self, id_: int, record: int = 0) -> Cable:
        """A whole cable; the open one is not read again. Raises `ArchiveError`.

        `record` is the number of the record; 0 is the one that is open, or else `Archive.cable`'s.
        """
        if self.shown and self.shown[0] == id_:
            read = self.shown[1].sources[:1]
            if not record or all(each.number == record for each in read):
                return self.shown[1]
        return self.archive.cable(id_, record)

    def note_opened(self, address: str) -> None:
        """Remember that the reader opened a page, whose citations name the day from then on."""
        from cable_tui.exports.citation import Ways  # as the echo file

        if address.startswith(("http://", "https://")):
            ways = self.ways or Ways()
            today = datetime.now(UTC).astimezone().date()
            self.ways = replace(ways, opened={**ways.opened, address: today})

    def rows(self, ids: Sequence[int]) -> dict[int, Row]:
        """Rows of cables by id; empty if the archive cannot be read now."""
        return rows_by_id(self.archive, ids)

    def hit_rows(self, ids: Sequence[int]) -> dict[int, Row]:
        """Rows of the list, which say where another record has what was searched for."""
        rows = self.rows(ids)
        records = self.records_of(ids)
        return {
            id_: replace(row, record=records[id_]) if id_ in records else row
            for id_, row in rows.items()
        }

    def records_of(self, ids: Sequence[int]) -> dict[int, int]:
        """As in `Archive`, for the query that the list answers."""
        try:
            return self.archive.records_of(self.asked, ids)
        except CableTuiError:  # an index that is being built
            return {}


def rows_by_id(archive: Archive, ids: Sequence[int]) -> dict[int, Row]:
    """As `Services.rows`."""
    try:
        return {row.id: row for row in archive.rows(ids)}
    except CableTuiError:
        return {}


def paragraph_at(cable: Cable, index: int | None) -> Paragraph | None:
    """A paragraph of a cable by its index; None for the whole cable."""
    paragraphs = cable.body.paragraphs
    return paragraphs[index] if index is not None and index < len(paragraphs) else None

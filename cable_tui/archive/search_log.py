"""The searches of one archive, written into the reader's research log."""

from __future__ import annotations

from pathlib import Path

from cable_tui import research_log
from cable_tui.archive.archive import Archive
from cable_tui.archive.catalogue import schema
from cable_tui.archive.catalogue.fingerprint import fingerprint
from cable_tui.research_log import Search, SearchedArchive


class SearchLog:
    """Writes searches into a log, with the archive as it was. For one thread at a time."""

    def __init__(self, archive: Archive, file: Path) -> None:
        self._archive = archive
        self.file = file
        self._searched: SearchedArchive | None = None

    def add(self, *searches: Search) -> None:
        """Log searches of the archive. Raises `LibraryError`, `CacheError`."""
        research_log.add(self.file, self._now(), searches)

    def _now(self) -> SearchedArchive:
        """The archive as it is; its fingerprint is computed once for each state of it."""
        with self._archive.reading() as db:
            generation = schema.generation(db)
            if self._searched is None or self._searched.generation != generation:
                known = research_log.known_archive(self.file, self._archive.root, generation)
                self._searched = known or SearchedArchive(
                    str(self._archive.root),
                    schema.get_number(db, "count:cable"),
                    generation,
                    fingerprint(db),
                )
        return self._searched

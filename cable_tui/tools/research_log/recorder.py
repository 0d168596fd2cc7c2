"""Record the searches made by commands and rooms in the log, with the state of the archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive.archive import Archive
from cable_tui.archive.catalogue import catalogue_file
from cable_tui.archive.fingerprint import fingerprint
from cable_tui.base.errors import CableTuiError
from cable_tui.cli.shared.command_context import CommandContext, say
from cable_tui.tools.research_log import log_file as research_log
from cable_tui.tools.research_log.log_file import Search, SearchedArchive

if TYPE_CHECKING:
    from cable_tui.query.answers import Hits


class SearchLog:
    """Writes searches to a log, with the state of the archive; one thread uses it at a time."""

    def __init__(self, archive: Archive, file: Path) -> None:
        self._archive = archive
        self.file = file
        self._searched: SearchedArchive | None = None

    def add(self, *searches: Search) -> None:
        """Log searches of the archive. Raises `LibraryError` and `CacheError`."""
        research_log.add(self.file, self._now(), searches)

    def _now(self) -> SearchedArchive:
        """Return the archive's current state. The fingerprint is computed once for each state."""
        with self._archive.reading() as db:
            generation = catalogue_file.generation(db)
            if self._searched is None or self._searched.generation != generation:
                known_archive = research_log.known_archive(
                    self.file, self._archive.root, generation
                )
                self._searched = known_archive or SearchedArchive(
                    str(self._archive.root),
                    catalogue_file.get_number(db, "count:cable"),
                    generation,
                    fingerprint(db),
                )
        return self._searched


def log_search(context: CommandContext, archive: Archive, way: str, hits: Hits) -> None:
    """Log a command's query and the number of cables found; `way` is the command.

    If the log cannot be written, this is reported, and the answer is not delayed.
    """
    if context.options.private or not context.settings.log or not hits.query:
        return
    log_file = research_log.file_beside(context.paths.library)
    logged_search = Search(str(hits.query), hits.count, bool(hits.partial), way)
    try:
        SearchLog(archive, log_file).add(logged_search)
    except CableTuiError as error:
        say(f"{error}. The search was not logged")

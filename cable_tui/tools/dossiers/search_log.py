"""The query log of a dossier: the searches of its archive from the reader's research log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import replace
from cable_tui.text.cleaning import json_text
from cable_tui.tools.dossiers.manifest import FORMAT
from cable_tui.tools.research_log import log_file as research_log
from cable_tui.tools.research_log import methods
from cable_tui.tools.research_log.log_file import Log


def of_archive(library: Path, archive: Path) -> Log:
    """Return the searches of an archive in the log beside a library; none if it cannot be read.

    The archive is named there without its path, which is private.
    """
    try:
        log = research_log.read(research_log.file_beside(library)).of(archive)
    except LibraryError:
        return Log(())
    entries = (
        replace(entry, searched=entry.searched._replace(archive=archive.name))
        for entry in log.entries
    )
    return Log(tuple(entries))


def masked(log: Log, mask: Callable[[str], str]) -> Log:
    """Return the log with names masked, also in the name of the archive."""
    entries = (
        replace(
            entry,
            search=entry.search._replace(query=mask(entry.search.query)),
            searched=entry.searched._replace(archive=mask(entry.searched.archive)),
        )
        for entry in log.entries
    )
    return Log(tuple(entries))


def as_json(log: Log | None) -> str:
    """Return `log.json`."""
    searches = [methods.logged(entry).__dict__ for entry in log.entries] if log else []
    value = {"format": f"{FORMAT}: log", "version": 1, "searches": searches}
    return json_text(value, indent=1) + "\n"


class LogSize(NamedTuple):
    """The number of searches in a log, and of those that found no cable of a dossier."""

    searches: int
    others: int

    @property
    def words(self) -> str:
        """Words: `66 searches, 61 not of this list`."""
        other_searches = f", {self.others:,} outside of this list" if self.others else ""
        return f"{methods.searches(self.searches)}{other_searches}"


def size(
    log: Log, finds: Callable[[str], bool], cancelled: Callable[[], bool] = lambda: False
) -> LogSize:
    """Count the searches; `finds` says whether a query finds a cable of the dossier today.

    A `cancelled` count must not be shown.
    """
    known_lists: dict[str, bool] = {}
    other_searches = 0
    for entry in log.entries:
        if cancelled():
            break
        query = entry.search.query
        if query not in known_lists:
            known_lists[query] = finds(query)
        other_searches += not known_lists[query]
    return LogSize(len(log.entries), other_searches)

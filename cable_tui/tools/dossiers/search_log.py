"""The query log in a dossier: the searches of its archive from the reader's research log."""

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
    """Return an archive's searches from the log next to a library.

    Return no searches if the log is unreadable. The archive is named without its path, which is
    private.
    """
    try:
        log = research_log.read(research_log.file_beside(library)).of(archive)
    except LibraryError:
        return Log(())
    renamed_entries = (
        replace(log_entry, searched=log_entry.searched._replace(archive=archive.name))
        for log_entry in log.entries
    )
    return Log(tuple(renamed_entries))


def masked(log: Log, mask: Callable[[str], str]) -> Log:
    """Return the log with masked names, including names in the archive's name."""
    masked_entries = (
        replace(
            log_entry,
            search=log_entry.search._replace(query=mask(log_entry.search.query)),
            searched=log_entry.searched._replace(archive=mask(log_entry.searched.archive)),
        )
        for log_entry in log.entries
    )
    return Log(tuple(masked_entries))


def as_json(log: Log | None) -> str:
    """Return the text of `log.json`."""
    logged_searches = (
        [methods.logged(log_entry).__dict__ for log_entry in log.entries] if log else []
    )
    json_value = {"format": f"{FORMAT}: log", "version": 1, "searches": logged_searches}
    return json_text(json_value, indent=1) + "\n"


class LogSize(NamedTuple):
    """The number of searches in a log, and of searches that match no cable in a dossier."""

    searches: int
    others: int

    @property
    def words(self) -> str:
        """A count such as `66 searches, 61 outside this list`."""
        other_searches = f", {self.others:,} outside this list" if self.others else ""
        return f"{methods.searches(self.searches)}{other_searches}"


def size(
    log: Log, finds: Callable[[str], bool], cancelled: Callable[[], bool] = lambda: False
) -> LogSize:
    """Count the searches; `finds` returns whether a query currently finds a cable in the dossier.

    The result of a `cancelled` count must not be displayed.
    """
    finds_by_query: dict[str, bool] = {}
    other_count = 0
    for log_entry in log.entries:
        if cancelled():
            break
        query = log_entry.search.query
        if query not in finds_by_query:
            finds_by_query[query] = finds(query)
        other_count += not finds_by_query[query]
    return LogSize(len(log.entries), other_count)

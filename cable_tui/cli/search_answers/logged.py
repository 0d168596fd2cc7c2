"""Searches of the command line in the research log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.cli.context import Context, say
from cable_tui.errors import CableTuiError

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.archive.search.engine import Hits


def log_searches(context: Context, archive: Archive, way: str, *answers: Hits) -> None:
    """Log what was searched for, and how many cables were found; `way` is the command.

    What cannot be written is said: no answer waits for its log.
    """
    searches = [hits for hits in answers if hits.query]
    if context.options.private or not context.settings.log or not searches:
        return
    from cable_tui import research_log
    from cable_tui.archive.search_log import SearchLog

    file = research_log.file_beside(context.paths.library)
    asked = (
        research_log.Search(str(hits.query), hits.count, bool(hits.partial), way)
        for hits in searches
    )
    try:
        SearchLog(archive, file).add(*asked)
    except CableTuiError as error:
        say(f"{error}. The search is not in the log")

"""The query log of a dossier: the searches of its archive that the reader's research log has."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from cable_tui import research_log
from cable_tui.errors import LibraryError
from cable_tui.exports import methods
from cable_tui.exports.sealed.manifest import FORMAT
from cable_tui.research_log import Log
from cable_tui.value import replace

NO_LOG = "No search of this archive was kept in a log."


def of_archive(library: Path, archive: Path) -> Log:
    """The searches of an archive in the log beside a library; none where it cannot be read.

    The archive goes by its name there: where it stands on a disk is nobody's business.
    """
    try:
        found = research_log.read(research_log.file_beside(library)).of(archive)
    except LibraryError:
        return Log(())
    entries = (
        replace(each, searched=each.searched._replace(archive=archive.name))
        for each in found.entries
    )
    return Log(tuple(entries))


def masked(log: Log, mask: Callable[[str], str]) -> Log:
    """The log with names masked."""
    entries = (
        replace(each, search=each.search._replace(query=mask(each.search.query)))
        for each in log.entries
    )
    return Log(tuple(entries))


def markdown(log: Log) -> Iterator[str]:
    """`log.txt`, the appendix of the research log."""
    yield f"<!-- {FORMAT} -->\n\n"
    yield from methods.markdown(log)


def as_json(log: Log) -> str:
    """`log.json`."""
    searches = list(map(methods.as_json, log.entries))
    value = {"format": f"{FORMAT}: log", "version": 1, "searches": searches}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

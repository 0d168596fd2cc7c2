"""The query log of a dossier: the searches of its archive from the reader's research log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from cable_tui import __version__, research_log
from cable_tui.errors import LibraryError
from cable_tui.exports import methods
from cable_tui.exports.sealed.manifest import FORMAT
from cable_tui.research_log import Entry, Log, runs
from cable_tui.text import clean_line
from cable_tui.text.cleaning import json_text
from cable_tui.text.numbers import counted
from cable_tui.value import replace

NO_LOG = "No search of this archive was kept in a log."
LEFT_OUT = "The searches that led here are not in this dossier."


def of_archive(library: Path, archive: Path) -> Log:
    """Return the searches of an archive in the log beside a library; none if it cannot be read.

    The archive is named there without its path, which is private.
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
    """Return the log with names masked, also in the name of the archive."""
    entries = (
        replace(
            each,
            search=each.search._replace(query=mask(each.search.query)),
            searched=each.searched._replace(archive=mask(each.searched.archive)),
        )
        for each in log.entries
    )
    return Log(tuple(entries))


def markdown(log: Log) -> Iterator[str]:
    """Yield `log.txt` of a dossier of version 0.1.0, which is compared with its `log.json`."""
    yield f"<!-- {FORMAT} -->\n\n"
    yield from methods.markdown(log)


def as_text(log: Log | None) -> Iterator[str]:
    """Yield `log.txt`: a line for each search, the same one several times in a row as one.

    None means that the log was left out. It is plain text: queries are not escaped.
    """
    yield f"{FORMAT}: searches\n\n"
    if log is None or not log.entries:
        yield f"{LEFT_OUT if log is None else NO_LOG}\n"
        return
    yield (
        f"{methods.searches(len(log.entries))}, made with cable-tui {__version__}; times are UTC. "
        "Those that found nothing are among them.\n"
    )
    for searched, some in groupby(log.entries, methods.state):
        yield f"\n{clean_line(searched.archive)}: {counted(searched.cables, 'cable')}\n"
        yield f"fingerprint of their records (SHA-256): {clean_line(searched.fingerprint)}\n\n"
        for each, times in runs(list(some)):
            when = clean_line(each.at[:16].replace("T", " "))
            yield f"{when}  {counted(each.search.found, 'cable'):>14}  {_query(each, times)}\n"


def _query(entry: Entry, times: int) -> str:
    text = clean_line(entry.search.query) or "all cables"
    notes = [*(["exported"] if "export" in entry.search.way else [])]
    notes += ["not all indexed yet"] if entry.search.partial else []
    notes += [f"{times} times"] if times > 1 else []
    return f"{text}  ({', '.join(notes)})" if notes else text


def as_json(log: Log | None) -> str:
    """Return `log.json`."""
    searches = [methods.as_json(each) for each in log.entries] if log else []
    value = {"format": f"{FORMAT}: log", "version": 1, "searches": searches}
    return json_text(value, indent=1) + "\n"


class LogSize(NamedTuple):
    """The number of searches in a log, and of those that found no cable of a dossier."""

    searches: int
    others: int

    @property
    def words(self) -> str:
        """Words: `66 searches, 61 not of this list`."""
        others = f", {self.others:,} not of this list" if self.others else ""
        return f"{methods.searches(self.searches)}{others}"


def size(
    log: Log, finds: Callable[[str], bool], cancelled: Callable[[], bool] = lambda: False
) -> LogSize:
    """Count the searches; `finds` says whether a query finds a cable of the dossier today.

    A `cancelled` count must not be shown.
    """
    known: dict[str, bool] = {}
    others = 0
    for each in log.entries:
        if cancelled():
            break
        query = each.search.query
        if query not in known:
            known[query] = finds(query)
        others += not known[query]
    return LogSize(len(log.entries), others)

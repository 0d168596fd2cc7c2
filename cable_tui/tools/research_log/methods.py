"""The research log as an appendix on methods, as a table, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING

from cable_tui import __version__
from cable_tui.base.value import Value, as_json, picked
from cable_tui.exports.copy_formats import escaped
from cable_tui.text import clean_line
from cable_tui.text.cleaning import WriteRow, csv_row, json_text, raw_csv_row
from cable_tui.text.numbers import counted
from cable_tui.tools.research_log.log_file import Entry, Log, SearchedArchive, runs

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, Fingerprint, Instant

COLUMNS = ("at", "query", "count", "partial", "way", "archive", "cables", "fingerprint")
"""The columns of the table: a row for each search."""


class LogAnswer(Value):
    """The answer of `log --json`: the searches of the research log, the oldest first."""

    at: Instant
    """UTC."""
    query: Filled
    count: Count
    """Cables found."""
    partial: bool
    """Not every text was indexed yet."""
    way: str
    """room, room export, or the name of a command."""
    archive: str
    """Its path."""
    cables: Count
    """Of the archive, when it was searched."""
    fingerprint: Fingerprint
    """`2:` and the SHA-256 of a line for each cable: its canonical id, and the CRC-32 of its
    records in hex; without `2:` it has the shown record alone."""


def markdown(log: Log) -> Iterator[str]:
    """Yield an appendix: a table for each searched state of an archive, in order.

    The same search several times in a row is one line.
    """
    yield "# Searches\n\n"
    if not log.entries:
        yield "No searches are logged.\n"
        return
    entry_count = len(log.entries)
    first_day, last_day = log.entries[0].at[:10], log.entries[-1].at[:10]
    days = f"on {first_day}" if first_day == last_day else f"from {first_day} to {last_day}"
    yield (
        f"{searches(entry_count)} {days}, made with cable-tui {__version__}, including "
        "searches without results. Times are UTC.\n"
    )
    for searched_archive, same_entries in groupby(log.entries, state):
        name = clean_line(PurePath(searched_archive.archive).name or searched_archive.archive)
        yield f"\n## {escaped(name)}\n\n"
        yield (
            f"{counted(searched_archive.cables, 'cable')}, fingerprint (SHA-256): "
            f"`{clean_line(searched_archive.fingerprint)}`\n\n"
        )
        yield "| time | query | cables found |\n|---|---|---:|\n"
        for entry, times in runs(list(same_entries)):
            time = escaped(clean_line(entry.at[:16].replace("T", " ")))
            partly = ", not all indexed yet" if entry.search.partial else ""
            yield f"| {time} | {_query(entry, times)} | {entry.search.found:,}{partly} |\n"


def searches(number: int) -> str:
    """Return `1 search`, `1,204 searches`."""
    return counted(number, "search", "searches")


def state(entry: Entry) -> SearchedArchive:
    """Return the state of the archive and its cables.

    An indexer run without changes keeps it the same.
    """
    return entry.searched._replace(generation=0)


def _query(entry: Entry, times: int) -> str:
    text = escaped(clean_line(entry.search.query)).replace("|", "\\|") or "all cables"
    notes = [*(["exported"] if "export" in entry.search.way else [])]
    notes += [f"{times} times"] if times > 1 else []
    return f"{text} ({', '.join(notes)})" if notes else text


def csv(log: Log, row: WriteRow = csv_row) -> Iterator[str]:
    """Yield a table with a row for each search, for a spreadsheet or in the form of `row`."""
    yield row(COLUMNS)
    for entry in log.entries:
        value = {**logged(entry).__dict__, "partial": "yes" if entry.search.partial else ""}
        yield row(tuple(str(value[name]) for name in COLUMNS))


def raw_csv(log: Log) -> Iterator[str]:
    """Yield the table of searches for programs."""
    return csv(log, raw_csv_row)


def json(log: Log) -> Iterator[str]:
    """Yield one array of all searches, an object on each line."""
    yield "["
    for number, entry in enumerate(log.entries):
        yield (",\n" if number else "\n") + json_text(as_json(logged(entry)))
    yield "\n]\n"


def logged(entry: Entry) -> LogAnswer:
    """Return a search as an object."""
    search, searched = entry.search, entry.searched
    found = {"query": search.query, "count": search.found, "partial": search.partial}
    return picked(LogAnswer, searched, at=entry.at, **found, way=search.way)

"""The research log as an appendix on methods, as a table, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePath
from typing import Any

from cable_tui import __version__
from cable_tui.exports.copy_formats import escaped
from cable_tui.text import clean_line
from cable_tui.text.cleaning import WriteRow, csv_row, json_text, raw_csv_row
from cable_tui.text.numbers import counted
from cable_tui.tools.research_log.log_file import Entry, Log, SearchedArchive, runs

COLUMNS = ("at", "query", "count", "partial", "way", "archive", "cables", "fingerprint")
"""The columns of the table: a row for each search."""


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
        csv_value = {**as_json(entry), "partial": "yes" if entry.search.partial else ""}
        yield row(tuple(str(csv_value[name]) for name in COLUMNS))


def raw_csv(log: Log) -> Iterator[str]:
    """Yield the table of searches for programs."""
    return csv(log, raw_csv_row)


def json(log: Log) -> Iterator[str]:
    """Yield one array of all searches, an object on each line."""
    yield "["
    for number, entry in enumerate(log.entries):
        yield (",\n" if number else "\n") + json_text(as_json(entry))
    yield "\n]\n"


def as_json(entry: Entry) -> dict[str, Any]:
    """Return a search as an object."""
    search, searched_archive = entry.search, entry.searched
    return {
        "at": entry.at,
        "query": search.query,
        "count": search.found,
        "partial": search.partial,
        "way": search.way,
        "archive": searched_archive.archive,
        "cables": searched_archive.cables,
        "fingerprint": searched_archive.fingerprint,
    }

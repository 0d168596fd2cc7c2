"""The research log as a methods appendix, as a table, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from cable_tui import __version__
from cable_tui.base.value import Value, as_json, picked
from cable_tui.exports.copy_formats import escaped
from cable_tui.text import clean_line
from cable_tui.text.cleaning import WriteRow, csv_row, json_text, raw_csv_row
from cable_tui.text.numbers import counted
from cable_tui.tools.research_log.log_file import Entry, Log, SearchedArchive, runs

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, Fingerprint, Instant
    from cable_tui.reports.page_of_rows import PageOfRows

COLUMNS = ("at", "query", "count", "partial", "way", "archive", "cables", "fingerprint")
"""The columns of the table, which has a row for each search."""


class LogAnswer(Value):
    """The output of `log --json`: the searches in the research log, oldest first."""

    at: Instant
    """When the search was made, in UTC."""
    query: Filled
    count: Count
    """The number of cables found."""
    partial: bool
    """Whether some texts were not indexed yet."""
    way: str
    """Where the search was made: room, room export, or the name of a command."""
    archive: str
    """The path of the archive."""
    cables: Count
    """The number of cables in the archive when it was searched."""
    fingerprint: Fingerprint
    """`2:` and the SHA-256 of a line for each cable: its canonical ID, and the CRC-32 of its
    records in hex. Without `2:`, a line covers only the displayed record.
    """


def markdown(log: Log) -> Iterator[str]:
    """Yield an appendix with a table for each searched state of an archive, in order.

    Equal searches in a row share one line.
    """
    yield "# Searches\n\n"
    if not log.entries:
        yield "No searches are logged.\n"
        return
    entry_count = len(log.entries)
    first_day, last_day = log.entries[0].at[:10], log.entries[-1].at[:10]
    day_range = f"on {first_day}" if first_day == last_day else f"from {first_day} to {last_day}"
    yield (
        f"{searches(entry_count)} {day_range} with cable-tui {__version__}, including "
        "searches without results. Times are UTC.\n"
    )
    for searched_archive, same_entries in groupby(log.entries, state):
        archive_name = clean_line(
            PurePath(searched_archive.archive).name or searched_archive.archive
        )
        yield f"\n## {escaped(archive_name)}\n\n"
        yield (
            f"{counted(searched_archive.cables, 'cable')}, fingerprint (SHA-256): "
            f"`{clean_line(searched_archive.fingerprint)}`\n\n"
        )
        yield "| time | query | cables found |\n|---|---|---:|\n"
        for entry, times in runs(list(same_entries)):
            search_time = escaped(clean_line(entry.at[:16].replace("T", " ")))
            partial_note = ", not all indexed yet" if entry.search.partial else ""
            cables_found = f"{entry.search.found:,}{partial_note}"
            yield f"| {search_time} | {_query(entry, times)} | {cables_found} |\n"


def searches(number: int) -> str:
    """Return the number of searches in words, such as `1 search` or `1,204 searches`."""
    return counted(number, "search", "searches")


def state(entry: Entry) -> SearchedArchive:
    """Return the state of the archive and its cables.

    The state is unchanged when an indexer runs without finding changes.
    """
    return entry.searched._replace(generation=0)


def _query(entry: Entry, times: int) -> str:
    query_text = escaped(clean_line(entry.search.query)).replace("|", "\\|") or "all cables"
    query_notes = [*(["exported"] if "export" in entry.search.way else [])]
    query_notes += [f"{times} times"] if times > 1 else []
    return f"{query_text} ({', '.join(query_notes)})" if query_notes else query_text


def csv(log: Log, row: WriteRow = csv_row) -> Iterator[str]:
    """Yield a table with a row for each search, in the form of `row`.

    The default is for spreadsheets.
    """
    yield row(COLUMNS)
    for entry in log.entries:
        value_by_column = {
            **logged(entry).__dict__,
            "partial": "yes" if entry.search.partial else "",
        }
        yield row(tuple(str(value_by_column[name]) for name in COLUMNS))


def raw_csv(log: Log) -> Iterator[str]:
    """Yield the table of searches in a form for programs."""
    return csv(log, raw_csv_row)


def json(rows: Iterable[Any], page: PageOfRows | None = None) -> Iterator[str]:
    """Yield one JSON array of searches, one per line; if there is a page, both are in an object."""
    yield "[" if page is None else '{"searches": ['
    for row_index, row in enumerate(rows):
        yield (",\n" if row_index else "\n") + json_text(as_json(row))
    yield "\n]\n" if page is None else f'\n], "page": {json_text(as_json(page))}}}\n'


def logged(entry: Entry) -> LogAnswer:
    """Return the JSON object for a search."""
    search, searched = entry.search, entry.searched
    search_fields = {"query": search.query, "count": search.found, "partial": search.partial}
    return picked(LogAnswer, searched, at=entry.at, **search_fields, way=search.way)

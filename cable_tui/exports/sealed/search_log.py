"""The query log of a dossier: which searches of the archive led to it.

`of_archive` is the one place where the reader's own log comes in.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from cable_tui.exports.sealed.manifest import FORMAT
from cable_tui.text import clean_line


class LoggedSearch(NamedTuple):
    """A search that was looked at."""

    at: str
    """ISO 8601, UTC."""
    query: str
    cables: int
    """Cables found."""
    fingerprint: str
    """Of the archive when it was asked: see `archive.catalogue.fingerprint`."""


class SearchLog(NamedTuple):
    """The searches of one archive, the oldest first."""

    searches: tuple[LoggedSearch, ...]


def of_archive(_library: Path, _archive: Path) -> SearchLog | None:
    """The searches of an archive that are kept beside a library; None: no log is kept."""
    return None


def masked(log: SearchLog, mask: Callable[[str], str]) -> SearchLog:
    """The log with names masked."""
    return SearchLog(tuple(each._replace(query=mask(each.query)) for each in log.searches))


NO_LOG = "No log: no searches were kept."


def markdown(log: SearchLog | None) -> str:
    """`log.txt`."""
    head = f"# Searches\n\n<!-- {FORMAT} -->\n\n"
    if log is None:
        return f"{head}{NO_LOG}\n"
    lines = ["| When | Query | Cables | Archive |", "|---|---|---|---|"]
    for each in log.searches:
        query = clean_line(each.query).replace("|", "\\|").replace("`", "'")
        lines.append(f"| {each.at} | `{query}` | {each.cables} | {each.fingerprint[:12]} |")
    return head + "\n".join(lines) + "\n"


def as_json(log: SearchLog | None) -> str:
    """`log.json`: `searches` is null where no log was kept."""
    searches = None if log is None else [each._asdict() for each in log.searches]
    value = {"format": f"{FORMAT}: log", "version": 1, "searches": searches}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

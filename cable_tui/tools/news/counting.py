"""Unseen results of saved searches: new cables and changed cables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from cable_tui.archive.archive import Archive
from cable_tui.archive.records.walk import never
from cable_tui.base.value import Value
from cable_tui.query import parse
from cable_tui.tools.news import seen_file
from cable_tui.tools.news.seen_file import Records, Seen

if TYPE_CHECKING:
    from pathlib import Path

_CRCS = """
SELECT cable.id, canonical, cable.crc, also.crc FROM cable LEFT JOIN also ON also.cable = cable.id
WHERE cable.id IN (SELECT value FROM json_each(?))
"""


class SearchNews(Value):
    """The results of one saved search that the reader has not seen."""

    name: str
    query: str
    """The text of the query."""
    since: str
    """The time when the reader last opened the search, in ISO 8601, UTC."""
    new: tuple[str, ...]
    """The canonical IDs of the cables that the search did not find before, in result order."""
    changed: tuple[str, ...]
    """The canonical IDs of the cables whose records have changed, in result order."""
    records: Records
    """The records of all cables that the search finds now."""

    @property
    def cables(self) -> tuple[str, ...]:
        """The new cables, then the changed ones."""
        return *self.new, *self.changed


def key_of(query: str) -> str:
    """Return the key under which a query is stored; queries with the same meaning share a key."""
    return str(parse(query))


def news(
    archive: Archive,
    file: Path,
    searches: Mapping[str, str],
    cancelled: Callable[[], bool] = never,
) -> Iterator[SearchNews]:
    """Yield the unseen results of saved searches, given by name, in their order.

    The first count of a search is the starting point for later ones. Searches whose answer is
    incomplete, because the archive is being indexed, are left out. Raises `LibraryError` and
    `CacheError`.
    """
    seen_by_query = seen_file.of_archive(file, archive.root)
    first_found: dict[str, Records] = {}
    for name, query in searches.items():
        records = None if cancelled() else found(archive, query, cancelled)
        if records is None or cancelled():
            continue
        key = key_of(query)
        entry = seen_by_query.get(key)
        if entry is None:
            first_found[key] = records
        else:
            yield _compared(name, query, entry, records)
    if first_found:
        seen_file.begin(file, archive.root, first_found)


def found(archive: Archive, query: str, cancelled: Callable[[], bool] = never) -> Records | None:
    """Return the records of all cables that a query finds, or None if the answer is incomplete."""
    hits = archive.search(parse(query), cancelled=cancelled, offering=False)
    if hits.partial:
        return None
    crcs_by_id: defaultdict[int, set[int]] = defaultdict(set)
    canonical_by_id: dict[int, str] = {}
    with archive.reading() as db:
        id_list = f"[{','.join(map(str, hits.every))}]"
        for id_, canonical_id, *crcs in db.execute(_CRCS, (id_list,)):
            canonical_by_id[id_] = canonical_id
            crcs_by_id[id_].update(crc for crc in crcs if crc is not None)
    return {
        canonical_by_id[id_]: " ".join(f"{crc:08x}" for crc in sorted(crcs_by_id[id_]))
        for id_ in hits.every
        if id_ in canonical_by_id
    }


def _compared(name: str, query: str, entry: Seen, records: Records) -> SearchNews:
    known_records = entry.records
    new = tuple(cable for cable in records if cable not in known_records)
    changed = tuple(
        cable for cable, crcs in records.items() if known_records.get(cable, crcs) != crcs
    )
    return SearchNews(name, query, entry.since, new, changed, records)

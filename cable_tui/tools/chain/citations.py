"""The chain of a cable: what citing joins to it, step by step, with the sentences that cite.

Which cables and holes there are comes from the catalogue at once; the sentences are read from the
user's files after that, a cable at a time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence

from cable_tui.archive.archive import Archive
from cable_tui.archive.catalogue import account
from cable_tui.archive.catalogue import rows as catalogue_rows
from cable_tui.archive.catalogue.resolve_references import (
    LONGEST_CHAIN,
    CitationGraph,
    canonical_of,
)
from cable_tui.archive.records import sortable_times
from cable_tui.archive.records.walk import never
from cable_tui.base.cable import Cable
from cable_tui.base.errors import CableTuiError, NotFoundError
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation, Ways, cautions, link
from cable_tui.exports.footnotes import written
from cable_tui.telegram import ids
from cable_tui.telegram.people.name_forms import keys
from cable_tui.telegram.references.mentions import citing_sentences, unnamed_sentences
from cable_tui.tools.chain.story import Chain, ChainEntry, Cites, Estimate, Unnamed, ordered
from cable_tui.tools.protection.answers import NO_ANSWERS, Answers
from cable_tui.tools.protection.review import protected_names

READABLE = 60
"""Entries of a chain that are shown at first: some pages."""
_EDGES = """
SELECT cable.canonical, target FROM json_each(?) AS each
JOIN cable ON cable.canonical = each.value JOIN reference ON reference.cable = cable.id
WHERE target <> cable.canonical
"""
_CITING = """
SELECT target, count(*), min(nullif(created, 0)) FROM json_each(?) AS each
JOIN reference ON target = each.value JOIN cable ON cable.id = reference.cable
WHERE target <> canonical GROUP BY target
"""
_EDITION = "frus"
"""What an edition cites besides its own documents is the same telegram elsewhere: no hole."""


def chain(
    archive: Archive,
    reference: str,
    depth: int | None = None,
    *,
    readable: int = READABLE,
    longest: int = LONGEST_CHAIN,
) -> Chain:
    """Return the chain of a cable, or of one that is cited and not here.

    Sentences are not yet read.

    `depth` are steps of citing; None takes as many as can be read, at least one. In any number of
    steps the chain has the cables that the query `chain:` finds. Raises `NotFoundError` for a cable
    that is neither here nor cited, `CacheError`.
    """
    start = canonical_of(reference)
    with archive.reading() as db:
        ids_by_step: list[list[str]] = []
        cables_beyond = 0
        for step in CitationGraph(db).steps(start, longest):
            cables_known = sum(map(len, ids_by_step))
            step_fits = (
                cables_known + len(step) <= readable if depth is None else len(ids_by_step) <= depth
            )
            if len(ids_by_step) > 1 and not step_fits:
                cables_beyond = len(step)
                break
            ids_by_step.append(step)
        distances = {name: distance for distance, step in enumerate(ids_by_step) for name in step}
        entries = _entries(db, distances)
        read_cables, total = account.summary(db).stages["grammar"]
        is_cut = not cables_beyond and len(distances) >= longest
    if not any(entry.here for entry in entries):
        raise NotFoundError(
            f"{reference}: neither this cable nor a cable citing it is in this archive"
        )
    return Chain(
        start, len(ids_by_step) - 1, entries, cables_beyond, partial=read_cables < total, cut=is_cut
    )


def _entries(db: sqlite3.Connection, distances: dict[str, int]) -> tuple[ChainEntry, ...]:
    ids_as_json = json.dumps(list(distances))
    ids = catalogue_rows.ids(db, list(distances))
    rows = {row.canonical_id: row for row in catalogue_rows.rows(db, list(ids.values()))}
    cites: dict[str, list[str]] = {}
    cited_by: dict[str, list[str]] = {}
    for citing_id, cited_id in db.execute(_EDGES, (ids_as_json,)).fetchall():
        if cited_id in distances:
            cites.setdefault(citing_id, []).append(cited_id)
            cited_by.setdefault(cited_id, []).append(citing_id)
    citing_counts = {
        target: (count, sortable_times.unpacked(first_time or 0)[:10])
        for target, count, first_time in db.execute(_CITING, (ids_as_json,)).fetchall()
    }
    citation_entries = []
    for name, distance in distances.items():
        citing_id = sorted(cited_by.get(name, ()), key=lambda other: (rows[other].created, other))
        count, first_day = citing_counts.get(name, (0, ""))
        entry = ChainEntry(
            name,
            distance,
            cites=tuple(Cites(cited_id) for cited_id in sorted(cites.get(name, ()))),
            cited_by=tuple(citing_id),
            citing_elsewhere=count - len(citing_id),
        )
        if row := rows.get(name):
            entry = replace(
                entry,
                id=row.id,
                reference_id=row.reference_id,
                created=row.created,
                origin=row.origin,
                classification=row.classification,
                subject=row.subject,
            )
        else:
            entry = _hole(db, entry, first_day)
        citation_entries.append(entry)
    return ordered(without_doubles(citation_entries))


def without_doubles(entries: Sequence[ChainEntry]) -> list[ChainEntry]:
    """Leave out missing cables that only an edition cites: it numbers documents of its own."""
    doubled_ids = {
        entry.canonical_id
        for entry in entries
        if not entry.here
        and entry.distance
        and not entry.canonical_id.startswith(_EDITION)
        and entry.cited_by
        and not entry.citing_elsewhere
        and all(name.startswith(_EDITION) for name in entry.cited_by)
    }
    return [
        replace(
            entry,
            cites=tuple(citation for citation in entry.cites if citation.cited not in doubled_ids),
        )
        for entry in entries
        if entry.canonical_id not in doubled_ids
    ]


_NUMBERED = """
SELECT CAST(substr(canonical, :behind) AS INTEGER) AS serial, created FROM cable
WHERE canonical >= :first AND canonical < :last AND created > 0
"""


def _hole(db: sqlite3.Connection, entry: ChainEntry, cited_on: str) -> ChainEntry:
    """Return the entry of a missing cable, with the days inferred from number and citations.

    Its number lies between those of two cables of its post and year; there is no estimate if
    none is here, or if the days of the numbers do not go up.
    """
    parts = ids.split(entry.canonical_id)
    if parts is None:
        return replace(entry, cited_on=cited_on, sent_by=cited_on)
    last_day = f"{parts.year}-12-31"
    sent_by = min(cited_on or last_day, last_day)
    entry = replace(entry, cited_on=cited_on, sent_by=sent_by)
    prefix = entry.canonical_id.removesuffix(str(parts.serial))
    values = {"behind": len(prefix) + 1, "first": f"{prefix}0", "last": f"{prefix}:"}
    days_by_serial = sorted(
        (int(serial), int(day)) for serial, day in db.execute(_NUMBERED, values)
    )
    days_below = [day for serial, day in days_by_serial if serial < parts.serial][-_LOOKED_AT:]
    days_above = [day for serial, day in days_by_serial if serial > parts.serial][:_LOOKED_AT]
    if not days_by_serial:
        return entry
    earliest = sortable_times.day_of(min(days_below)) if days_below else f"{parts.year}-01-01"
    latest = min(sent_by, sortable_times.day_of(max(days_above))) if days_above else sent_by
    if latest < earliest:
        return entry
    return replace(entry, estimate=Estimate(earliest, latest), sent_by=latest)


_LOOKED_AT = 2
"""Cables on either side that are looked at: two are often sent in the other order."""


def read_sentences(
    archive: Archive,
    chain: Chain,
    ways: Ways | None = None,
    cancelled: Callable[[], bool] = never,
    answers: Answers = NO_ANSWERS,
) -> Iterator[Chain]:
    """Read one more cable of the chain each time, the nearest to its start first.

    `answers` are the reader's answers to protection requests.

    Cables that were read already stay as they are. A cable whose file cannot be read says why, and
    the others are read.
    """
    entries = {entry.canonical_id: entry for entry in chain.entries}
    for entry in sorted(chain.cables, key=lambda entry: entry.distance):
        if cancelled():
            return
        if entry.read or entry.unreadable:
            continue
        entries[entry.canonical_id] = _read(archive, entry, ways or Ways(), answers)
        chain = replace(chain, entries=tuple(entries.values()))
        yield chain


def _read(archive: Archive, entry: ChainEntry, ways: Ways, answers: Answers) -> ChainEntry:
    if entry.id is None:
        return entry
    try:
        cable = archive.cable(entry.id)
    except CableTuiError as error:
        return replace(entry, unreadable=str(error))
    sentences = citing_sentences(cable)
    printed = {ref.reference_id: ref for ref in reversed(cable.references) if ref.reference_id}
    order = {name: number for number, name in enumerate(dict.fromkeys(reversed(printed)))}
    cites = [
        replace(
            citation,
            label=printed[citation.cited].label if citation.cited in printed else None,
            inferred=citation.cited in printed and printed[citation.cited].year_inferred,
            source=printed[citation.cited].source if citation.cited in printed else citation.source,
            sentences=sentences.get(citation.cited, ()),
        )
        for citation in entry.cites
    ]
    protection = protected_names(cable, answers)
    cited = Citation(cable, (), ways.link, ways.accessed, templates=ways.templates)
    return replace(
        entry,
        subject=entry.subject or cable.subject,
        cites=tuple(sorted(cites, key=lambda citation: order.get(citation.cited, len(order)))),
        unnamed=_unnamed(cable),
        address=link(cited),
        source=written("note", cited),
        cautions=cautions(cited),
        protected=_words(protection.sure),
        perhaps=_words(protection.perhaps),
        requests=protection.requests,
        read=True,
    )


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(keys, names))


def _unnamed(cable: Cable) -> tuple[Unnamed, ...]:
    """Return REF items that are not cables, as printed, and sentences on a septel or a call."""
    items = [
        Unnamed(ref.kind, None, f"{ref.label}. {ref.text}" if ref.label else ref.text)
        for ref in cable.references
        if ref.reference_id is None and ref.text
    ]
    sentences = [
        Unnamed("text", sentence.paragraph, sentence.text) for sentence in unnamed_sentences(cable)
    ]
    return tuple(dict.fromkeys([*items, *sentences]))

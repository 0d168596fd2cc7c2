"""The citation chain of a cable, step by step, with the citing sentences.

The cables in the archive and the missing cables are read from the catalogue at once. The sentences
are then read from the user's files, one cable at a time.
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
"""The number of entries in a chain that are shown at first, enough for some pages."""
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
"""The prefix of IDs in an edition. If an edition cites a cable in addition to its own documents,
this is the same telegram elsewhere, so it is not a missing cable.
"""


def chain(
    archive: Archive,
    reference: str,
    depth: int | None = None,
    *,
    readable: int = READABLE,
    longest: int = LONGEST_CHAIN,
) -> Chain:
    """Return the chain of a cable, which may be a cable that is cited but missing.

    The sentences are not read yet.

    `depth` is the number of citation steps. None means as many steps as remain readable, but at
    least one. With enough steps, the chain has the cables that the query `chain:` finds. Raises
    `NotFoundError` for a cable that is neither in the archive nor cited there, and `CacheError`.
    """
    start_id = canonical_of(reference)
    with archive.reading() as db:
        ids_by_step: list[list[str]] = []
        count_beyond = 0
        for step_ids in CitationGraph(db).steps(start_id, longest):
            known_count = sum(map(len, ids_by_step))
            fits_in_chain = (
                known_count + len(step_ids) <= readable
                if depth is None
                else len(ids_by_step) <= depth
            )
            if len(ids_by_step) > 1 and not fits_in_chain:
                count_beyond = len(step_ids)
                break
            ids_by_step.append(step_ids)
        distance_by_id = {
            cable_id: distance
            for distance, step_ids in enumerate(ids_by_step)
            for cable_id in step_ids
        }
        chain_entries = _entries(db, distance_by_id)
        read_cables, total_cables = account.summary(db).stages["grammar"]
        is_cut = not count_beyond and len(distance_by_id) >= longest
    if not any(chain_entry.here for chain_entry in chain_entries):
        raise NotFoundError(
            f"{reference}: neither this cable nor a cable citing it is in this archive"
        )
    return Chain(
        start_id,
        len(ids_by_step) - 1,
        chain_entries,
        count_beyond,
        partial=read_cables < total_cables,
        cut=is_cut,
    )


def _entries(db: sqlite3.Connection, distances: dict[str, int]) -> tuple[ChainEntry, ...]:
    ids_as_json = json.dumps(list(distances))
    row_ids = catalogue_rows.ids(db, list(distances))
    row_by_id = {row.canonical_id: row for row in catalogue_rows.rows(db, list(row_ids.values()))}
    cited_by_citing: dict[str, list[str]] = {}
    citing_by_cited: dict[str, list[str]] = {}
    for citing_id, cited_id in db.execute(_EDGES, (ids_as_json,)).fetchall():
        if cited_id in distances:
            cited_by_citing.setdefault(citing_id, []).append(cited_id)
            citing_by_cited.setdefault(cited_id, []).append(citing_id)
    citing_counts = {
        cited_cable: (citing_count, sortable_times.unpacked(first_time or 0)[:10])
        for cited_cable, citing_count, first_time in db.execute(_CITING, (ids_as_json,)).fetchall()
    }
    citation_entries = []
    for cable_id, distance in distances.items():
        citing_ids = sorted(
            citing_by_cited.get(cable_id, ()), key=lambda other: (row_by_id[other].created, other)
        )
        citing_count, first_day = citing_counts.get(cable_id, (0, ""))
        chain_entry = ChainEntry(
            cable_id,
            distance,
            cites=tuple(Cites(cited_id) for cited_id in sorted(cited_by_citing.get(cable_id, ()))),
            cited_by=tuple(citing_ids),
            citing_elsewhere=citing_count - len(citing_ids),
        )
        if row := row_by_id.get(cable_id):
            chain_entry = replace(
                chain_entry,
                id=row.id,
                reference_id=row.reference_id,
                created=row.created,
                origin=row.origin,
                classification=row.classification,
                subject=row.subject,
            )
        else:
            chain_entry = _hole(db, chain_entry, first_day)
        citation_entries.append(chain_entry)
    return ordered(without_doubles(citation_entries))


def without_doubles(entries: Sequence[ChainEntry]) -> list[ChainEntry]:
    """Leave out missing cables that only an edition cites, because it has its own numbers."""
    doubled_ids = {
        chain_entry.canonical_id
        for chain_entry in entries
        if not chain_entry.here
        and chain_entry.distance
        and not chain_entry.canonical_id.startswith(_EDITION)
        and chain_entry.cited_by
        and not chain_entry.citing_elsewhere
        and all(name.startswith(_EDITION) for name in chain_entry.cited_by)
    }
    return [
        replace(
            chain_entry,
            cites=tuple(
                citation for citation in chain_entry.cites if citation.cited not in doubled_ids
            ),
        )
        for chain_entry in entries
        if chain_entry.canonical_id not in doubled_ids
    ]


_NUMBERED = """
SELECT CAST(substr(canonical, :behind) AS INTEGER) AS serial, created FROM cable
WHERE canonical >= :first AND canonical < :last AND created > 0
"""


def _hole(db: sqlite3.Connection, missing_entry: ChainEntry, cited_on: str) -> ChainEntry:
    """Return the entry of a missing cable, with dates inferred from its number and its citations.

    The estimate is based on the cables of the same post and year with the nearest numbers. There is
    no estimate if no such cable is in the archive, or if the dates do not rise with the numbers.
    """
    id_parts = ids.split(missing_entry.canonical_id)
    if id_parts is None:
        return replace(missing_entry, cited_on=cited_on, sent_by=cited_on)
    last_day = f"{id_parts.year}-12-31"
    sent_by = min(cited_on or last_day, last_day)
    missing_entry = replace(missing_entry, cited_on=cited_on, sent_by=sent_by)
    prefix = missing_entry.canonical_id.removesuffix(str(id_parts.serial))
    sql_values = {"behind": len(prefix) + 1, "first": f"{prefix}0", "last": f"{prefix}:"}
    days_by_serial = sorted(
        (int(serial), int(sortable_day))
        for serial, sortable_day in db.execute(_NUMBERED, sql_values)
    )
    days_below = [
        sortable_day for serial, sortable_day in days_by_serial if serial < id_parts.serial
    ][-_LOOKED_AT:]
    days_above = [
        sortable_day for serial, sortable_day in days_by_serial if serial > id_parts.serial
    ][:_LOOKED_AT]
    if not days_by_serial:
        return missing_entry
    earliest_day = (
        sortable_times.day_of(min(days_below)) if days_below else f"{id_parts.year}-01-01"
    )
    latest_day = min(sent_by, sortable_times.day_of(max(days_above))) if days_above else sent_by
    if latest_day < earliest_day:
        return missing_entry
    return replace(missing_entry, estimate=Estimate(earliest_day, latest_day), sent_by=latest_day)


_LOOKED_AT = 2
"""The number of cables to consider on either side, because two cables are often sent in reverse
order.
"""


def read_sentences(
    archive: Archive,
    chain: Chain,
    ways: Ways | None = None,
    cancelled: Callable[[], bool] = never,
    answers: Answers = NO_ANSWERS,
) -> Iterator[Chain]:
    """Yield the chain after reading each cable, starting with the cables nearest to its start.

    `answers` are the reader's answers to protection requests.

    Cables that were read before are unchanged. If the file of a cable cannot be read, its entry
    contains the reason, and the other cables are read.
    """
    entry_by_id = {entry.canonical_id: entry for entry in chain.entries}
    for entry in sorted(chain.cables, key=lambda entry: entry.distance):
        if cancelled():
            return
        if entry.read or entry.unreadable:
            continue
        entry_by_id[entry.canonical_id] = _read(archive, entry, ways or Ways(), answers)
        chain = replace(chain, entries=tuple(entry_by_id.values()))
        yield chain


def _read(
    archive: Archive, chain_entry: ChainEntry, citation_style: Ways, answers: Answers
) -> ChainEntry:
    if chain_entry.id is None:
        return chain_entry
    try:
        cable = archive.cable(chain_entry.id)
    except CableTuiError as error:
        return replace(chain_entry, unreadable=str(error))
    sentences_by_id = citing_sentences(cable)
    printed_references = {
        ref.reference_id: ref for ref in reversed(cable.references) if ref.reference_id
    }
    reference_order = {
        cited_id: order_number
        for order_number, cited_id in enumerate(dict.fromkeys(reversed(printed_references)))
    }
    citations = [
        replace(
            citation,
            label=printed_references[citation.cited].label
            if citation.cited in printed_references
            else None,
            inferred=citation.cited in printed_references
            and printed_references[citation.cited].year_inferred,
            source=printed_references[citation.cited].source
            if citation.cited in printed_references
            else citation.source,
            sentences=sentences_by_id.get(citation.cited, ()),
        )
        for citation in chain_entry.cites
    ]
    protection = protected_names(cable, answers)
    cited_cable = Citation(
        cable, (), citation_style.link, citation_style.accessed, templates=citation_style.templates
    )
    return replace(
        chain_entry,
        subject=chain_entry.subject or cable.subject,
        cites=tuple(
            sorted(
                citations,
                key=lambda citation: reference_order.get(citation.cited, len(reference_order)),
            )
        ),
        unnamed=_unnamed(cable),
        address=link(cited_cable),
        source=written("note", cited_cable),
        cautions=cautions(cited_cable),
        protected=_words(protection.sure),
        perhaps=_words(protection.perhaps),
        requests=protection.requests,
        read=True,
    )


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(keys, names))


def _unnamed(cable: Cable) -> tuple[Unnamed, ...]:
    """Return REF items that are not cables, as printed, and sentences about a septel or a call."""
    ref_items = [
        Unnamed(ref.kind, None, f"{ref.label}. {ref.text}" if ref.label else ref.text)
        for ref in cable.references
        if ref.reference_id is None and ref.text
    ]
    sentence_items = [
        Unnamed("text", sentence.paragraph, sentence.text) for sentence in unnamed_sentences(cable)
    ]
    return tuple(dict.fromkeys([*ref_items, *sentence_items]))

"""Find the set of cables that match a plan: words by the text index, the rest by columns.

For each of `query.FIELDS`, a function finds the set (`_FINDERS`), or a tool does.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Collection, Iterable

from cable_tui.archive.catalogue.additions import added_in
from cable_tui.archive.catalogue.resolve_references import CitationGraph, canonical_of
from cable_tui.archive.columns import bitset
from cable_tui.archive.columns.columns import DateColumn, FacetColumns, TermColumn
from cable_tui.archive.columns.ordered_ids import CableOrder
from cable_tui.archive.columns.sizes_and_flags import Sized
from cable_tui.archive.records.further import UNREDACTED, VARIANT
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.archive.search.text_answers import answers_of
from cable_tui.base.digests import blake2b
from cable_tui.glossary import posts
from cable_tui.query import plan as plans
from cable_tui.query.fields import asks_text, region_of, regions_named, sizes
from cable_tui.query.flags import MASKS

_FEW = 30_000
"""The number of hits up to which the text index returns ids faster than bits."""


def rows_of(snapshot: Snapshot, columns: FacetColumns, plan: plans.Plan) -> int:
    """Return the set of cables that match a plan; the result is cached for later requests."""
    plan = plans.bare(plan)
    return snapshot.cached(("rows", plan), lambda: _set_of(snapshot, columns, plan))


def _set_of(snapshot: Snapshot, columns: FacetColumns, plan: plans.Plan) -> int:
    ids = snapshot.peek(("ids", plan))
    if isinstance(ids, array):
        return columns.of_ids(ids)
    if plans.is_text(plan):
        return _text_set(snapshot, columns, plan)
    match plan:
        case plans.Property(field) if asks_text(field):
            return _having(snapshot, columns, plan, columns.everything)
        case plans.FacetValue() | plans.DaysOf() | plans.Property():
            return _filtered(snapshot, columns, plan)
        case plans.Not(part_plan):
            return columns.everything ^ rows_of(snapshot, columns, part_plan)
        case plans.Or(parts):
            row_mask = 0
            for part_plan in parts:
                row_mask |= rows_of(snapshot, columns, part_plan)
            return row_mask
        case plans.SampleOf():
            return _drawn(snapshot, columns, plan)
        case plans.And():
            return _all_of(snapshot, columns, plan)
        case _:
            return 0


def _all_of(snapshot: Snapshot, columns: FacetColumns, plan: plans.And) -> int:
    """Return the cables that match all parts; only the texts of the remaining cables are read."""
    word_plan, other_parts = plans.split(plan)
    remaining_bits = columns.everything
    for part_plan in other_parts:
        if not _is_read(part_plan):
            remaining_bits &= rows_of(snapshot, columns, part_plan)
    if word_plan and remaining_bits:
        remaining_bits &= rows_of(snapshot, columns, word_plan)
    for part_plan in other_parts:
        if isinstance(part_plan, plans.Property) and _is_read(part_plan):
            remaining_bits = _having(snapshot, columns, part_plan, remaining_bits)
    return remaining_bits


def _drawn(snapshot: Snapshot, columns: FacetColumns, plan: plans.SampleOf) -> int:
    """Return the cables of a sample: the first ones drawn, of the whole plan or of each year.

    The order of drawing is that of the checksums of reference IDs. The sample is therefore the same
    in every copy of an archive, a smaller sample is part of a larger one, and new cables change few
    others.
    """
    population = rows_of(snapshot, columns, plan.part)
    if population.bit_count() <= plan.size:
        return population
    draw = snapshot.per_generation("draw", lambda: _draw(snapshot, columns))
    created = columns.facets.get("date") if plan.by_year else None
    if not isinstance(created, DateColumn):
        return columns.of_ids(draw.pick(population, limit=plan.size))
    sample = 0
    for year in {month // 100 for month in created.months}:
        of_year = created.between(f"{year:04}-01-01", f"{year:04}-12-31", columns.size)
        sample |= columns.of_ids(draw.pick(population & of_year, limit=plan.size))
    return sample


def _draw(snapshot: Snapshot, columns: FacetColumns) -> CableOrder:
    """Return all cables in the order of their checksums, which is as good as random here."""
    with snapshot.reading() as db:
        checksums = [
            (blake2b(canonical.encode(), digest_size=8).digest(), id_)
            for id_, canonical in db.execute("SELECT id, canonical FROM cable")
            if id_ < columns.size
        ]
    return CableOrder(array("I", (id_ for _, id_ in sorted(checksums))), columns.size)


def _filtered(
    snapshot: Snapshot,
    columns: FacetColumns,
    plan: plans.FacetValue | plans.DaysOf | plans.Property,
) -> int:
    """Return the cables that match one filter."""
    if isinstance(plan, plans.Property):
        return field_set(snapshot, columns, plan.field, plan.wanted)
    column = columns.facets.get(plan.facet)
    if isinstance(plan, plans.FacetValue):
        return column.select(plan.wanted, columns.size) if isinstance(column, TermColumn) else 0
    if isinstance(column, DateColumn):
        return column.between(plan.first, plan.last, columns.size)
    return 0


def _is_read(plan: plans.Plan) -> bool:
    return isinstance(plan, plans.Property) and asks_text(plan.field)


def _having(
    snapshot: Snapshot, columns: FacetColumns, plan: plans.Property, candidate_bits: int
) -> int:
    """Return the cables in which a sentence of the requested type contains the words.

    Texts that the sentence index lacks are read.
    """
    cached_bits = snapshot.peek(("rows", plan))
    if isinstance(cached_bits, int):
        return cached_bits & candidate_bits
    if not candidate_bits:
        return 0
    answers = answers_of(plan.field)
    filed_answers = answers.filed(snapshot, columns, plan)
    filed_rows, unfiled_rows = (
        candidate_bits & filed_answers.found,
        candidate_bits & ~filed_answers.known,
    )
    if not unfiled_rows:
        return filed_rows
    candidate_rows = unfiled_rows & rows_of(snapshot, columns, answers.candidates(plan))
    ids = columns.ids_of(candidate_rows, newest=False)
    return filed_rows | columns.of_ids(answers.having(snapshot, plan, ids))


def _text_set(snapshot: Snapshot, columns: FacetColumns, words: plans.Plan) -> int:
    """Return the cables that words match, in texts that cables still have."""
    text_index = snapshot.text
    if text_index is None:
        return 0
    hit_count = snapshot.counted(words, lambda: text_index.count(words))
    if hit_count > _FEW:
        row_mask = text_index.bits(words, columns.size) & columns.everything
    else:
        row_mask = columns.of_ids(text_index.ids(words, count=hit_count))
    return row_mask & ~columns.of_ids(snapshot.gone) if snapshot.gone else row_mask


_DIFFERING = {"variants": VARIANT, "unredacted": UNREDACTED}
Finder = Callable[[Snapshot, FacetColumns, str], int]
"""A function from the text after the colon to a set of cables, as bits."""


def field_set(snapshot: Snapshot, columns: FacetColumns, field: str, value: str) -> int:
    """Return the set of cables that match `field:value`; empty if the field or value is unknown."""
    if (field, value) in MASKS:
        return snapshot.measures().having(MASKS[field, value], columns.size) & columns.everything
    find_field = _FINDERS.get(field)
    return find_field(snapshot, columns, value) if find_field else 0


def _is(snapshot: Snapshot, columns: FacetColumns, value: str) -> int:
    if value == "new":
        return columns.of_ids(_column(snapshot, "SELECT cable FROM arrived"))
    own_sets = snapshot.own
    if value == "unread":
        return columns.everything ^ _canonical(snapshot, columns, own_sets.read)
    ids_by_mark = {
        "bookmarked": own_sets.bookmarked,
        "noted": own_sets.noted,
        "read": own_sets.read,
    }
    return _canonical(snapshot, columns, ids_by_mark.get(value, ()))


def _added(snapshot: Snapshot, columns: FacetColumns, period: str) -> int:
    with snapshot.reading() as db:
        return columns.of_ids(added_in(db, period))


def _has(snapshot: Snapshot, columns: FacetColumns, value: str) -> int:
    if value == "missing-ref":
        return columns.of_ids(snapshot.measures().missing)
    if value in ("records", "versions"):
        return columns.of_ids(_column(snapshot, "SELECT DISTINCT cable FROM also"))
    if value in _DIFFERING:
        records_query = "SELECT cable FROM also WHERE differs > 0 AND differs & ?"
        return columns.of_ids(_column(snapshot, records_query, _DIFFERING[value]))
    column = columns.facets.get("article") if value == "article" else None
    if not isinstance(column, TermColumn):
        return 0
    return bitset.union(column.postings.values(), columns.size)


def _list(snapshot: Snapshot, columns: FacetColumns, typed_name: str) -> int:
    own_sets = snapshot.own
    list_name = own_sets.list_named(typed_name)
    return _canonical(snapshot, columns, own_sets.lists[list_name]) if list_name is not None else 0


def list_sets(snapshot: Snapshot) -> dict[str, int]:
    """Return the cables in each of the reader's lists, keyed by list name."""
    columns = snapshot.columns
    return {
        name: _canonical(snapshot, columns, canonicals)
        for name, canonicals in snapshot.own.lists.items()
    }


def _note(snapshot: Snapshot, columns: FacetColumns, text: str) -> int:
    return _canonical(snapshot, columns, snapshot.own.noting(text))


def _by_size(measure: str) -> Finder:
    def find(snapshot: Snapshot, columns: FacetColumns, text: str) -> int:
        size_limits = sizes(text)
        sized_column: Sized = getattr(snapshot.measures(), measure)
        return columns.of_ids(sized_column.between(*size_limits)) if size_limits else 0

    return find


def _region(_: Snapshot, columns: FacetColumns, text: str) -> int:
    column = columns.facets.get("origin")
    if not isinstance(column, TermColumn):
        return 0
    regions = frozenset(regions_named(text))
    return bitset.union(
        (posting for origin, posting in column.postings.items() if in_regions(origin, regions)),
        columns.size,
    )


def in_regions(origin: str, regions: Collection[str]) -> bool:
    """Return whether an origin is in one of the given regions."""
    return region_of(posts.bureau(origin)) in regions


def _by_graph(ask: Callable[[CitationGraph, str], Iterable[int]]) -> Finder:
    def find(snapshot: Snapshot, columns: FacetColumns, reference: str) -> int:
        with snapshot.reading() as db:
            return columns.of_ids(ask(CitationGraph(db), canonical_of(reference)))

    return find


def _canonical(snapshot: Snapshot, columns: FacetColumns, canonicals: Collection[str]) -> int:
    """Return the set of cables with these canonical ids; unknown ids are left out."""
    if not canonicals:
        return 0
    ids_query = "SELECT id FROM cable WHERE canonical IN (SELECT value FROM json_each(?))"
    return columns.of_ids(_column(snapshot, ids_query, json.dumps(list(canonicals))))


def _column(snapshot: Snapshot, sql: str, *values: str | int) -> list[int]:
    with snapshot.reading() as db:
        return [id_ for (id_,) in db.execute(sql, values)]


_FINDERS: dict[str, Finder] = {
    "region": _region,
    "is": _is,
    "has": _has,
    "ref": _by_graph(lambda graph, canonical: filter(None, [graph.cable(canonical)])),
    "cites": _by_graph(CitationGraph.cited_by),
    "citedby": _by_graph(CitationGraph.cites),
    "chain": _by_graph(CitationGraph.chain),
    "added": _added,
    "list": _list,
    "note": _note,
    "len": _by_size("lengths"),
    "paras": _by_size("paragraphs"),
}
"""The finders by prefix, except `query`, because saved searches are replaced before a plan is made.
"""

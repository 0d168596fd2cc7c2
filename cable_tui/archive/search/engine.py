"""Find the hits of a query, and the counts of the filters.

`query.plan` makes the plan without any engine, and this module runs it: the text index handles
words, the columns handle filters, and both produce sets of cables. For a query without hits,
`reasons` counts the cables without each part.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from cable_tui.archive.columns.columns import DateColumn, FacetColumns
from cable_tui.archive.columns.ordered_ids import CableOrder, GrowingIds
from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.fulltext.text_index import BestCables
from cable_tui.archive.records.walk import never
from cable_tui.archive.search.highlights import highlights
from cable_tui.archive.search.index_filters import IndexQuery, indexed
from cable_tui.archive.search.reference_query import named_cable
from cable_tui.archive.search.row_sets import rows_of
from cable_tui.archive.search.snapshot import Snapshot, SnapshotSource, Stopped
from cable_tui.archive.spelling import correct
from cable_tui.archive.spelling.correct import SpellingResult
from cable_tui.base.errors import CacheError, UsageError
from cable_tui.base.value import replace
from cable_tui.query import FACETS, SORTS, Filter, Phrase, Query, Term
from cable_tui.query.answers import (
    EVERYTHING,
    Absence,
    Count,
    Hits,
    NamedCable,
    Offer,
    Reason,
)
from cable_tui.query.fields import asks_grammar, asks_reader
from cable_tui.query.model import BEST, NEWEST, may_be_absent, prefix_of
from cable_tui.query.plan import (
    ALL,
    Or,
    Plan,
    compile_plan,
    dated,
    has_phrase,
    is_text,
    sample_in,
    split,
)
from cable_tui.query.reader_terms import NOTHING, ReaderData, expanded

_DIRECT = (NEWEST, "created", BEST)
"""The sort orders that the columns and the text index provide directly."""
_FIRST = 1000
"""The maximum number of cables at the top of a result that are found at once and sorted by
relevance.
"""
_PAGE = 100
"""The number of cables at the top of a result that are found at once if the limit is not larger."""
_FIRST_IN_ROW = 2000
"""The value of `_FIRST` for phrases, whose queries are slow however few cables they match."""
_LOOKED_AT = 20_000
"""The maximum number of the best hits of words that are checked against the filters."""


def run(  # noqa: PLR0913 - options by name
    source: SnapshotSource,
    query: Query,
    *,
    sort: str = "",
    limit: int | None = None,
    offering: bool = True,
    cancelled: Callable[[], bool] = never,
) -> Hits:
    """Return the cables that a query matches; if cancelled, return no cables.

    `sort` applies if the query has no `sort:` of its own; if it is empty, `Query.order` applies.
    With a limit, which is for the first lines on a screen, or without `offering`, no words are
    suggested, because finding them takes longer than the rest. Raises `UsageError` for an unknown
    sort order, and `CacheError` if the cache fails.
    """
    sort = query.sort or sort or query.order
    if sort not in SORTS:
        raise UsageError(f"there is no sort order {sort}, only {', '.join(SORTS)}")
    snapshot = Snapshot(source, cancelled)
    whole_query, named_cable = _asked(snapshot, query)
    plan, spelling = _planned(snapshot, whole_query)
    if cancelled():
        return Hits(query=query, partial=True)
    try:
        ids, hit_count = _found(snapshot, plan, sort, limit)
        population = _population(snapshot, plan)
    except Stopped:
        return Hits(query=query, partial=True)
    if sort == BEST and named_cable is not None and (named_id := named_cable.id) is not None:
        named_cable = replace(named_cable, first=True)
        ids = array("I", [named_id, *(id_ for id_ in ids if id_ != named_id)])[:limit]
    corrections, other_spellings = (
        tuple(spelling.corrections.values()),
        tuple(spelling.also.values()),
    )
    offers_made: tuple[Offer, ...] = ()
    absences: tuple[Absence, ...] = ()
    if offering and limit is None and named_cable is None and not cancelled():
        offers_made = _offered(snapshot, query, spelling, hit_count)
        absences = _absent(snapshot, query, spelling, hit_count)
    lost_complaints = whole_query.complaints[len(query.complaints) :]
    return Hits(
        ids,
        hit_count,
        _partial(snapshot, whole_query),
        corrections,
        offers_made,
        highlights(plan),
        other_spellings,
        lost_complaints,
        query,
        named_cable,
        absences,
        population=population,
    )


def _population(snapshot: Snapshot, plan: Plan) -> int | None:
    """Return the number of cables from which a sample was drawn, or None if there is no sample."""
    sample = sample_in(plan)
    return None if sample is None else rows_of(snapshot, snapshot.columns, sample.part).bit_count()


def offers(source: SnapshotSource, query: Query) -> tuple[Offer, ...]:
    """Return suggestions for a query.

    They are much more frequent neighbours of its words, other forms of a phrase that matches few
    cables, and the values nearest to a value that the archive lacks.
    """
    snapshot = Snapshot(source)
    asked_query, named_cable = _asked(snapshot, query)
    plan, spelling = _planned(snapshot, asked_query)
    if named_cable is not None:
        return ()
    has_phrase = any(isinstance(term, Phrase) for term in query.leaves)
    hit_count = _found(snapshot, plan, query.order, 1)[1] if has_phrase else 0
    return _offered(snapshot, query, spelling, hit_count)


def _offered(
    snapshot: Snapshot, query: Query, words: SpellingResult, count: int
) -> tuple[Offer, ...]:
    """Return the suggestions for a query that matches `count` cables."""
    term_offers: tuple[Offer, ...] = ()
    if any(isinstance(term, Filter | Phrase) for term in query.leaves):
        from cable_tui.archive.search.near_misses import near_misses  # most queries have only words

        term_offers = near_misses(snapshot, query, count)
    return (*term_offers, *correct.offers(query, snapshot.word_index(), words.used))


def absences(source: SnapshotSource, query: Query, count: int) -> tuple[Absence, ...]:
    """Return the parts of a query that match no cable; `count` is its hits. See `absences`."""
    snapshot = Snapshot(source)
    return _absent(snapshot, query, _planned(snapshot, _asked(snapshot, query)[0])[1], count)


def _absent(
    snapshot: Snapshot, query: Query, words: SpellingResult, count: int
) -> tuple[Absence, ...]:
    if query.refused or snapshot.building or not may_be_absent(query):
        return ()
    from cable_tui.archive.search.absences import absences_of  # most queries have only words

    return tuple(absences_of(snapshot, query, words.used, count))


def _own(snapshot: Snapshot, query: Query) -> ReaderData:
    """Return the reader's own data if the query uses it."""
    uses_reader_data = any(asks_reader(term.facet, term.named) for term in query.filters)
    return snapshot.own if uses_reader_data else NOTHING


def _asked(snapshot: Snapshot, query: Query) -> tuple[Query, NamedCable | None]:
    """Return the query to run, with saved searches and people replaced, or a reference query."""
    return named_cable(snapshot, expanded(query, _own(snapshot, query)))


def _planned(snapshot: Snapshot, query: Query) -> tuple[Plan, SpellingResult]:
    """Return the plan of an expanded query, with spelling corrected to the archive's words."""
    spelling = SpellingResult()
    if query.has_words:
        spelling = snapshot.cached(
            ("spelling", query), lambda: correct.correct(query, snapshot.word_index())
        )
    return _plan(snapshot, query, spelling), spelling


def _plan(snapshot: Snapshot, query: Query, words: SpellingResult) -> Plan:
    return dated(compile_plan(query, words.used), _own(snapshot, query).version)


def _partial(snapshot: Snapshot, query: Query) -> bool:
    facts, grammar, text = snapshot.stages
    has_late_filter = any(_is_late(term.facet, term.named) for term in query.filters)
    return (query.has_words and text < facts) or (has_late_filter and grammar < facts)


def _is_late(prefix: str, value: str) -> bool:
    if prefix in FACETS:
        return FACETS[prefix].stage == "grammar"
    return asks_grammar(prefix, value)


def _found(
    snapshot: Snapshot, plan: Plan, sort: str, limit: int | None
) -> tuple[Sequence[int], int]:
    """Return ids in order, and their number."""
    if sort not in _DIRECT:
        return _in_order(snapshot, plan, sort, limit)
    if plan == ALL:
        return _all(snapshot, limit, newest=sort != "created")
    if index_query := indexed(snapshot, plan):
        try:
            return _from_index(snapshot, index_query, sort, limit)
        except TextIndexError:
            if index_query.words is not None:
                raise
    return _from_columns(snapshot, plan, sort, limit)


def _from_index(
    snapshot: Snapshot, index_query: IndexQuery, sort: str, limit: int | None
) -> tuple[Sequence[int], int]:
    """Return the answer from the text index alone: the first ids now, the others when read."""
    is_newest_first = sort != "created"
    is_best_first = sort == BEST and index_query.words is not None
    most_ids = _PAGE if limit is not None and limit <= _PAGE else _most_at_once(index_query)
    ids, hit_count = _first(
        snapshot, index_query, most_ids, best=is_best_first, newest=is_newest_first
    )
    if hit_count <= len(ids) or (limit is not None and limit <= len(ids)):
        return ids[:limit], hit_count
    if snapshot.building:  # the columns hold other cables than the index
        known_ids = frozenset(ids)
        all_ids = index_query.index.ids(index_query.plan, newest=is_newest_first)
        return array("I", [*ids, *(id_ for id_ in all_ids if id_ not in known_ids)])[
            :limit
        ], hit_count
    growing_ids = GrowingIds(
        ids, hit_count, partial(_rest, snapshot, index_query.whole, ids, newest=is_newest_first)
    )
    return (growing_ids if limit is None else growing_ids[:limit]), hit_count


def _first(
    snapshot: Snapshot, index_query: IndexQuery, most: int, *, best: bool, newest: bool
) -> tuple[array[int], int]:
    """Return the first ids and the total number.

    Both are cached for later requests.
    """
    if best:
        ids, hit_count, _ = _best(snapshot, index_query, most)
    else:
        ids, hit_count = snapshot.cached(
            ("first", index_query.plan, most, newest),
            lambda: index_query.index.first(index_query.plan, most, newest=newest),
        )
    snapshot.counted(index_query.plan, lambda: hit_count)
    if hit_count == len(ids):
        snapshot.cached(("ids", index_query.whole), lambda: ids)
    return ids, hit_count


def _most_at_once(index_query: IndexQuery) -> int:
    """Return the maximum number of cables that are found at once without a small limit."""
    return _FIRST_IN_ROW if has_phrase(index_query.plan) else _FIRST


def _best(snapshot: Snapshot, index_query: IndexQuery, most: int) -> BestCables:
    """Return the best cables of a query, which are cached for their scores."""
    return snapshot.cached(
        ("best", index_query.plan, most), lambda: index_query.index.best(index_query.plan, most)
    )


def _rest(
    snapshot: Snapshot, plan: Plan, first_ids: Sequence[int], *, newest: bool
) -> Sequence[int]:
    """Return the cables of a plan by time, except the first ones, from the current archive."""
    snapshot = snapshot.again()
    try:
        columns = snapshot.columns
        row_mask = rows_of(snapshot, columns, plan)
    except CacheError:
        return array("I")
    return columns.ids_of(row_mask & ~columns.of_ids(first_ids), newest=newest)


def _from_columns(
    snapshot: Snapshot, plan: Plan, sort: str, limit: int | None
) -> tuple[Sequence[int], int]:
    """Find the cables of a plan if the text index cannot answer it alone."""
    columns = snapshot.columns
    row_mask = rows_of(snapshot, columns, plan)
    scored_words = _scored(plan)
    if sort == BEST and scored_words is not None and snapshot.text is not None:
        best = snapshot.text.best(scored_words, _LOOKED_AT)
        best_ids = columns.among(best.ids, row_mask)[:_FIRST]
        other_ids = columns.ids_of(row_mask & ~columns.of_ids(best_ids))
        return array("I", [*best_ids, *other_ids])[:limit], row_mask.bit_count()
    return columns.ids_of(row_mask, newest=sort != "created", limit=limit), row_mask.bit_count()


def _scored(plan: Plan) -> Plan | None:
    """Return the words by which the cables of a plan are ranked, or None if it has no words."""
    if not isinstance(plan, Or):
        return split(plan)[0]
    text_parts = tuple(filter(is_text, plan.parts))
    return Or(text_parts) if text_parts else None


def _in_order(
    snapshot: Snapshot, plan: Plan, sort: str, limit: int | None
) -> tuple[Sequence[int], int]:
    """Return the ids in one of the orders that are computed on demand."""
    columns = snapshot.columns
    row_mask = rows_of(snapshot, columns, plan)
    cable_order = order_of(snapshot, columns, sort.removeprefix("-"))
    return cable_order.pick(
        row_mask, backwards=sort.startswith("-"), limit=limit
    ), row_mask.bit_count()


def _all(snapshot: Snapshot, limit: int | None, *, newest: bool) -> tuple[Sequence[int], int]:
    """Return all cables; the first ones are from the catalogue's own index, without columns."""
    cable_count, _, _ = snapshot.stages
    has_begun = limit is None and not snapshot.building
    most_rows = _FIRST if has_begun else -1 if limit is None else limit
    sql_direction = "DESC" if newest else "ASC"
    with snapshot.reading() as db:
        id_rows = db.execute(
            f"SELECT id FROM cable ORDER BY created {sql_direction}, id {sql_direction} LIMIT ?",  # noqa: S608
            (most_rows,),
        )
        ids = array("I", (id_ for (id_,) in id_rows))
    if not has_begun or cable_count <= len(ids):
        return ids, len(ids) if limit is None else cable_count
    return GrowingIds(
        ids, cable_count, partial(_rest, snapshot, ALL, ids, newest=newest)
    ), cable_count


def asked_of_index(source: SnapshotSource, query: Query) -> IndexQuery | None:
    """Return the query for the text index, or None if the index cannot answer it alone."""
    snapshot = Snapshot(source)
    plan, _ = _planned(snapshot, _asked(snapshot, query)[0])
    return None if plan == ALL else indexed(snapshot, plan)


def plan_of(source: SnapshotSource, query: Query) -> Plan:
    """Return the plan of a query, with the words to search for."""
    snapshot = Snapshot(source)
    return _planned(snapshot, _asked(snapshot, query)[0])[0]


def bits_of(source: SnapshotSource, query: Query) -> int:
    """Return the cables that a query matches as a set, without putting their ids in order."""
    snapshot = Snapshot(source)
    plan, _ = _planned(snapshot, _asked(snapshot, query)[0])
    return rows_of(snapshot, snapshot.columns, plan)


def records_of(
    source: SnapshotSource,
    query: Query,
    ids: Sequence[int],
    chosen: Mapping[int, int],
    cancelled: Callable[[], bool] = never,
) -> dict[int, int]:
    """Return the number of the record that contains a hit, by cable: see `search.unshown`."""
    from cable_tui.archive.search import unshown  # it imports formats

    snapshot = Snapshot(source, cancelled)
    plan, _ = _planned(snapshot, _asked(snapshot, query)[0])
    return unshown.records_of(snapshot, plan, ids, chosen)


def scores(source: SnapshotSource, query: Query, ids: Sequence[int]) -> dict[int, float]:
    """Return the scores of the cables among `ids` that the words in a query match.

    Scores of other cables may be returned, too. Those of the first hits are known from the search.
    """
    snapshot = Snapshot(source)
    plan, _ = _planned(snapshot, _asked(snapshot, query)[0])
    index_query = None if plan == ALL else indexed(snapshot, plan)
    if index_query is not None and index_query.words is not None:
        best = _best(snapshot, index_query, _most_at_once(index_query))
        score_by_id = dict(zip(best.ids, best.scores, strict=True))
        if len(ids) <= len(score_by_id) and score_by_id.keys() >= set(ids):
            return score_by_id
    scored_words = _scored(plan)
    return snapshot.text.scores(scored_words) if scored_words is not None and snapshot.text else {}


def by_day(
    source: SnapshotSource, query: Query, facet: str, months: tuple[int, int]
) -> Mapping[int, int]:
    """Return the number of a query's cables on each day of a date facet: see `facet_counts`."""
    snapshot = Snapshot(source)
    plan, _ = _planned(snapshot, _asked(snapshot, query)[0])
    from cable_tui.archive.search import facet_counts  # most commands count nothing

    return facet_counts.by_day(snapshot, plan, facet, months)


def counts_of(source: SnapshotSource, query: Query, facet: str) -> list[Count]:
    """Return the number of a query's cables for each value of one facet.

    For a date facet, the values are its years and months.
    """
    from cable_tui.archive.search import facet_counts

    snapshot = Snapshot(source)
    plan, _ = _planned(snapshot, _asked(snapshot, query)[0])
    return facet_counts.counts(snapshot, plan, (facet,), EVERYTHING)[facet]


def counts(
    source: SnapshotSource,
    query: Query,
    cancelled: Callable[[], bool] = never,
) -> dict[str, list[Count]]:
    """Return the number of cables that each value of each facet would match.

    A facet is counted for the query without the filters on that facet, so that the reader can add a
    second value. A cancelled call returns the facets counted until then.
    """
    from cable_tui.archive.search import facet_counts

    snapshot = Snapshot(source, cancelled)
    query, _ = _asked(snapshot, query)
    whole_plan, spelling = _planned(snapshot, query)
    facets_by_plan: dict[Plan, list[str]] = {}
    for facet_name in FACETS:
        # A sample without a filter is another sample, so its facets are counted as they are.
        is_narrowed = (
            bool(query.of_facet(facet_name)) and not query.refused and query.sample is None
        )
        plan = (
            _plan(snapshot, query.without_facet(facet_name), spelling)
            if is_narrowed
            else whole_plan
        )
        facets_by_plan.setdefault(plan, []).append(facet_name)
    by_facet: dict[str, list[Count]] = {}
    for plan, facet_names in facets_by_plan.items():
        if cancelled():
            break
        try:
            by_facet |= facet_counts.counts(snapshot, plan, facet_names, query)
        except Stopped:
            break
    return {facet_name: by_facet[facet_name] for facet_name in FACETS if facet_name in by_facet}


def order_of(snapshot: Snapshot, columns: FacetColumns, sort_key: str) -> CableOrder:
    """Return all cables, ordered by `reference`, `length` or `released`."""
    return snapshot.per_generation(f"order:{sort_key}", lambda: _made(snapshot, columns, sort_key))


def _made(snapshot: Snapshot, columns: FacetColumns, sort_key: str) -> CableOrder:
    """Compute the order of all cables in the columns.

    Cables without a value are first, by time.
    """
    column = columns.facets.get("released")
    if sort_key == "reference":
        ids = snapshot.measures().by_reference
    elif sort_key == "length":
        ids = snapshot.measures().lengths.ids
    elif isinstance(column, DateColumn):
        return CableOrder(
            array("I", sorted(columns.ids, key=column.days.__getitem__)), columns.size
        )
    else:
        return columns.by_time
    is_there = bytearray(columns.size)
    for cable_id in ids:
        if cable_id < columns.size:
            is_there[cable_id] = 1
    missing_ids = [id_ for id_ in columns.ids if not is_there[id_]]
    return CableOrder(
        array("I", [*missing_ids, *(id_ for id_ in ids if id_ < columns.size)]), columns.size
    )


def reasons(
    source: SnapshotSource, query: Query, cancelled: Callable[[], bool] = never
) -> tuple[Reason, ...]:
    """Return each part of a query with the number of cables without it, in counting order.

    The result is empty if there is only one part, and incomplete if the call is cancelled.
    """
    terms_together: dict[object, list[Term]] = {}
    for term in query.terms:
        prefix = prefix_of(term)
        part_key = prefix if prefix and not term.negated else term
        terms_together.setdefault(part_key, []).append(term)
    query_parts = list(terms_together.values())
    if len(query_parts) < 2:
        return ()
    shorter_queries = []
    for query_part in query_parts:
        terms = tuple(term for term in query.terms if term not in query_part)
        query_without = replace(query, terms=terms, complaints=(), sort="", sample=None)
        shorter_queries.append((" ".join(map(str, query_part)), query_without))
    # Queries with filters only are answered without the text index.
    shorter_queries.sort(key=lambda part_and_rest: part_and_rest[1].has_words)
    all_reasons: list[Reason] = []
    for part_text, query_without in shorter_queries:
        if cancelled():
            break
        cable_count = run(source, query_without, limit=1, cancelled=cancelled).count
        if cancelled():
            break
        all_reasons.append(Reason(part_text, query_without, cable_count))
    return tuple(all_reasons)

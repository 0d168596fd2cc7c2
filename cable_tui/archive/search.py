"""From a query to its hits and to the counts of the library.

The plan is made without any engine (`archive.plan`); here it is run: words by the text index,
filters by the columns, both together as sets of rows.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from cable_tui.archive import spelling
from cable_tui.archive.bits import Selection
from cable_tui.archive.columns import Columns, Count, DateColumn
from cable_tui.archive.days import with_days
from cable_tui.archive.desk import Desk, Source, desk_of
from cable_tui.archive.fulltext import TextIndex
from cable_tui.archive.inside import inside
from cable_tui.archive.lit import Lit, lit
from cable_tui.archive.orders import order_of
from cable_tui.archive.plan import (
    ALL,
    Every,
    Plan,
    compiled,
    dated,
    has_row,
    split,
)
from cable_tui.archive.sets import bare, rows_of
from cable_tui.archive.spelling import Also, Correction, Offer, Worded
from cable_tui.errors import UsageError
from cable_tui.query import FACETS, SORTS, Complaint, Query
from cable_tui.query.fields import asks_grammar, asks_reader
from cable_tui.query.own import NOTHING, Own, unfolded
from cable_tui.query.sorting import BEST, NEWEST

__all__ = [
    "SORTS",
    "Also",
    "Correction",
    "Count",
    "Hits",
    "Offer",
    "counts",
    "offers",
    "run",
    "scores",
]

_DIRECT = (NEWEST, "created", BEST)
"""Orders that columns and text index keep themselves."""
_RANKED = 1000
"""Hits that are sorted by merit; the others follow by time."""
_LOOKED_AT = 20_000
"""Of the best that words find, those that are looked through for what filters leave."""
_FIRST = 2000
"""Hits that are taken along with the first ones: where these are all, nothing is asked twice."""
_FIRST_IN_ROW = 20_000
"""The same of words in a row: there it is the asking that takes time."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer to a query."""

    query: Query
    ids: Sequence[int] = ()
    """In order; the first ones only where a limit was given."""
    count: int = 0
    """All that there are."""
    partial: bool = False
    """A pass that the query needs has not been through the whole archive."""
    corrections: tuple[Correction, ...] = ()
    offers: tuple[Offer, ...] = ()
    lit: Lit = field(default_factory=Lit)
    complaints: tuple[Complaint, ...] = ()
    """Lists and saved searches that the reader has not; columns are those of the query's text."""
    also: tuple[Also, ...] = ()
    """Words that were looked for beside those of the query: forms, and spellings of a name."""


def _never() -> bool:
    return False


def run(  # noqa: PLR0913 - options by name
    source: Source,
    query: Query,
    *,
    sort: str = "",
    limit: int | None = None,
    offering: bool = True,
    cancelled: Callable[[], bool] = _never,
) -> Hits:
    """The cables that a query means. A cancelled one comes back without any.

    `sort` holds where the query has no `sort:` of its own; empty is `Query.order`. With a limit,
    which is for the first lines on a screen, or without `offering`, nothing is offered: that takes
    longer than the rest. Raises `UsageError` for an unknown sort, `CacheError` where the cache
    fails.
    """
    sort = query.sort or sort or query.order
    if sort not in SORTS:
        raise UsageError(f"no sort {sort}; there are {', '.join(SORTS)}")
    desk = desk_of(source)
    whole = unfolded(query, _own(desk, query))
    plan, words = _planned(desk, whole)
    if cancelled():
        return Hits(query, partial=True)
    ids, count = _found(desk, plan, sort, limit)
    corrected, also = tuple(words.corrections.values()), tuple(words.also.values())
    offered: tuple[Offer, ...] = ()
    if offering and limit is None and not cancelled():
        offered = spelling.offers(query, desk.known, words.used)
    lost = whole.complaints[len(query.complaints) :]
    partly = _partial(desk, whole)
    return Hits(query, ids, count, partly, corrected, offered, lit(plan), lost, also)


def offers(source: Source, query: Query) -> tuple[Offer, ...]:
    """Words of a query that have much more frequent neighbours which it does not look for."""
    desk = desk_of(source)
    words = spelling.worded(unfolded(query, _own(desk, query)), desk.known)
    return spelling.offers(query, desk.known, words.used)


def _own(desk: Desk, query: Query) -> Own:
    """What the reader keeps, where a query asks for that."""
    asked = any(asks_reader(term.facet, term.named) for term in query.filters)
    return desk.own() if asked else NOTHING


def _planned(desk: Desk, query: Query) -> tuple[Plan, Worded]:
    """The plan of an unfolded query over the words that the archive has."""
    words = spelling.worded(query, desk.known) if query.has_words else Worded()
    return _plan(desk, query, words), words


def _plan(desk: Desk, query: Query, words: Worded) -> Plan:
    return dated(compiled(query, words.used), _own(desk, query).version)


def _partial(desk: Desk, query: Query) -> bool:
    facts, grammar, text = desk.stages()
    late = any(_is_late(term.facet, term.named) for term in query.filters)
    return (query.has_words and text < facts) or (late and grammar < facts)


def _is_late(prefix: str, value: str) -> bool:
    if prefix in FACETS:
        return FACETS[prefix].stage == "grammar"
    return asks_grammar(prefix, value)


def _found(desk: Desk, plan: Plan, sort: str, limit: int | None) -> tuple[Sequence[int], int]:
    """Ids in order and how many there are."""
    if sort not in _DIRECT:
        return _in_order(desk, plan, sort, limit)
    newest = sort != "created"
    columns = desk.columns_now
    if plan == ALL and columns is None:
        return _by_time(desk, newest=newest, limit=limit)
    words, asked = _asked(desk, plan)
    index = desk.text() if words is not None else None
    if index is None and asked is not None:
        return array("I"), 0
    if index is not None and asked is not None:
        if sort == BEST:
            return _best(desk, index, (plan, asked), limit)
        if limit is not None:
            return _first(desk, index, (bare(plan), asked), limit, newest=newest)
        if columns is None or not desk.complete(columns):
            ids = index.ids(asked, newest=newest)
            return ids, len(ids)
    columns = desk.columns()
    rows = rows_of(desk, columns, plan)
    if sort == BEST and words is not None and index is not None:
        best = columns.among(index.ranked(words, limit=_LOOKED_AT), rows)[:_RANKED]
        return _then_by_time(columns, best, rows)[:limit], rows.bit_count()
    return columns.ids_of(rows, newest=newest, limit=limit), rows.bit_count()


def _asked(desk: Desk, plan: Plan) -> tuple[Plan | None, Plan | None]:
    """What of a plan are words, and what of it the text index answers alone: all or nothing.

    Its filters are those of the day when a cable's text was indexed: they hold where every text is.
    """
    words, others = split(plan) if isinstance(plan, Every) else split(Every((plan,)))
    if words is None or not others:
        return words, None if words is None else bare(words)
    columns = desk.columns()
    return words, inside(desk, columns, plan) if desk.complete(columns) else None


def _best(
    desk: Desk, index: TextIndex, plans: tuple[Plan, Plan], limit: int | None
) -> tuple[Sequence[int], int]:
    """The best first; behind those the others by time, for nobody reads so far by merit.

    `plans` are the plan and what it is in the words of the text index.
    """
    plan, asked = plans
    best = desk.remembered(("best", asked), lambda: index.ranked(asked, limit=_RANKED))
    if len(best) < _RANKED:
        return best[:limit], len(best)
    if limit is not None and limit <= _RANKED:
        return best[:limit], desk.counted(asked, partial(index.count, asked))
    columns = desk.columns()
    if desk.complete(columns):
        rows = rows_of(desk, columns, plan)
        return _then_by_time(columns, best, rows)[:limit], rows.bit_count()
    known = set(best)
    ids = array("I", [*best, *(id_ for id_ in index.ids(asked) if id_ not in known)])
    return ids[:limit], len(ids)


def _then_by_time(columns: Columns, best: Sequence[int], rows: int) -> array[int]:
    rest = columns.ids_of(rows & ~columns.of_ids(best))
    return array("I", [*best, *rest])


def _in_order(desk: Desk, plan: Plan, sort: str, limit: int | None) -> tuple[Sequence[int], int]:
    """The same in an order that is made for it."""
    columns = desk.columns()
    rows = rows_of(desk, columns, plan)
    order = order_of(desk, columns, sort.removeprefix("-"))
    return order.pick(rows, backwards=sort.startswith("-"), limit=limit), rows.bit_count()


def _first(
    desk: Desk, index: TextIndex, plans: tuple[Plan, Plan], limit: int, *, newest: bool
) -> tuple[Sequence[int], int]:
    """The first hits that the text index finds. Few are kept whole, of many their number.

    `plans` are the plan and what it is in the words of the text index.
    """
    plan, asked = plans
    columns = desk.columns_now
    rows = desk.recalled(("rows", plan)) if columns else None
    if columns and isinstance(rows, int):
        return columns.ids_of(rows, newest=newest, limit=limit), rows.bit_count()
    most = _FIRST_IN_ROW if has_row(asked) else _FIRST
    ids, count = index.first(asked, max(limit, most), newest=newest)
    if count == len(ids) and columns:
        desk.remembered(("rows", plan), lambda: columns.of_ids(ids))
    elif count == len(ids):
        desk.remembered(("hits", plan), lambda: ids)
    elif plan == asked:
        desk.counted(plan, lambda: count)
    return ids[:limit], count


def scores(source: Source, query: Query) -> dict[int, float]:
    """What the order of relevance goes by, for each cable that the words of a query find."""
    desk = desk_of(source)
    plan, _ = _planned(desk, unfolded(query, _own(desk, query)))
    words, _ = split(plan) if isinstance(plan, Every) else split(Every((plan,)))
    index = desk.text()
    return dict(index.scored(words)) if words is not None and index else {}


def _by_time(desk: Desk, *, newest: bool, limit: int | None) -> tuple[Sequence[int], int]:
    """All cables, out of the catalogue's own index: the first list needs no columns."""
    order = "DESC" if newest else "ASC"
    with desk.reading() as db:
        rows = db.execute(
            f"SELECT id FROM cable ORDER BY created {order}, id {order} LIMIT ?",  # noqa: S608
            (-1 if limit is None else limit,),
        )
        ids = array("I", (id_ for (id_,) in rows))
    return ids, len(ids) if limit is None else desk.stages()[0]


def counts(
    source: Source,
    query: Query,
    hits: Hits | None = None,
    cancelled: Callable[[], bool] = _never,
) -> dict[str, list[Count]]:
    """How many cables each value of each facet would give.

    A facet is counted for the query without its own filters, so that a second value can be added.
    A cancelled count holds the facets that were counted before. `hits` is not needed.
    """
    del hits
    desk = desk_of(source)
    columns = desk.columns()
    query = unfolded(query, _own(desk, query))
    found: dict[str, list[Count]] = {}
    sets: dict[Plan, Selection] = {}
    whole, words = _planned(desk, query)
    for name, column in columns.facets.items():
        if cancelled():
            break
        narrowed = bool(query.of_facet(name))
        plan = _plan(desk, query.without_facet(name), words) if narrowed else whole
        if plan not in sets:
            sets[plan] = Selection(rows_of(desk, columns, plan), columns.size)
        within = sets[plan]
        found[name] = desk.remembered(("counts", name, plan), partial(column.counts, within))
        if isinstance(column, DateColumn):
            found[name] = with_days(found[name], column, within, query, name)
    return found

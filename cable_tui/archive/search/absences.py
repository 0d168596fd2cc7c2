"""Find parts of a query that match no cable, and suggest existing values and other fields.

A count of zero does not show whether the archive lacks the subject or the query uses the wrong
words for it. Parts with a similar value or word get a suggestion instead: see `near_misses` and
`spelling.correct`.
"""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.archive.columns.bitset import IdSet
from cable_tui.archive.columns.columns import DateColumn, TermColumn
from cable_tui.archive.search.index_filters import vocabulary
from cable_tui.archive.search.near_misses import of_filter
from cable_tui.archive.search.row_sets import rows_of
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.archive.search.text_answers import answers_of
from cable_tui.archive.spelling.correct import WordIndex
from cable_tui.query import FACETS, Filter, Phrase, Query, Range, Word, class_short
from cable_tui.query import plan as plans
from cable_tui.query.answers import Absence, Count, Counted
from cable_tui.query.fields import FIELDS, asks_reader, asks_text, other_filter
from cable_tui.text import folded_words

_MOST = 8
"""The maximum number of values to list."""
_FACET_OF = {"from": "origin", "to": "action", "info": "informed"}
"""Text fields whose values are also indexed as a facet."""
_LISTED = ("signed",)
"""Other text fields that consist of few words, for which a list of their most frequent words is
useful.
"""
_PLACES = (("body", "body"), ("header", "header"), ("titles", "title of a TAG"))
"""Text fields that do not overlap and together cover the whole cable."""


def absences_of(
    snapshot: Snapshot, query: Query, used: plans.Used, count: int
) -> Iterator[Absence]:
    """Yield the parts of a query that match no cable, without duplicates; `count` is its hits.

    If the query has hits, only words and values that can be looked up immediately are checked.
    Raises `CacheError`.
    """
    for term in dict.fromkeys(query.leaves):
        if isinstance(term, Word | Phrase):
            if term.field and not term.negated:
                yield from _of_words(snapshot, term, used)
        elif term.facet in FACETS and FACETS[term.facet].kind == "term":
            yield from _of_facet(snapshot, term)
        elif not count and not term.negated:
            yield from _of_others(snapshot, term, alone=len(query.leaves) == 1)


def _of_facet(snapshot: Snapshot, term: Filter | Range) -> Iterator[Absence]:
    if not isinstance(term, Filter) or vocabulary(snapshot, term.facet).chosen(term.value):
        return
    if any(of_filter(snapshot, term)):
        return
    values, has_more = _values(snapshot, term.facet)
    yield Absence(str(term), values, has_more, instead=other_filter(term.facet, term.value))


def _values(snapshot: Snapshot, facet: str) -> tuple[Counted, bool]:
    """Return the most frequent values of a facet, and whether there are more."""
    columns = snapshot.columns
    column = columns.facets.get(facet)
    if not isinstance(column, TermColumn):
        return (), False
    value_counts = column.counts(IdSet(columns.everything, columns.size))
    listed_values = tuple(
        (_shown(facet, value_count), value_count.count) for value_count in value_counts[:_MOST]
    )
    return listed_values, len(value_counts) > _MOST


def _shown(facet: str, value: Count) -> str:
    return class_short(value.value) if facet == "class" else value.value


def _of_others(snapshot: Snapshot, term: Filter | Range, *, alone: bool) -> Iterator[Absence]:
    """Yield a date, or a field without text, that matches no cable."""
    if isinstance(term, Range):
        date_plan = plans.compile_plan(Query((term,)), {})
        if not rows_of(snapshot, snapshot.columns, date_plan):
            yield Absence(str(term), _months(snapshot, term.facet))
    elif asks_text(term.facet):
        if alone:
            yield from _of_sentences(snapshot, term)
    elif term.facet in FIELDS and not asks_reader(term.facet, term.value):
        filter_plan = plans.compile_plan(Query((term,)), {})
        if not rows_of(snapshot, snapshot.columns, filter_plan):
            yield Absence(str(term))


def _months(snapshot: Snapshot, facet: str) -> Counted:
    """Return the first and the last month of a date facet as `2004-03..2010-02`."""
    column = snapshot.columns.facets.get(facet)
    column_months = sorted(column.months) if isinstance(column, DateColumn) else []
    known_months = [f"{month // 100:04}-{month % 100:02}" for month in column_months if month]
    if not known_months:
        return ()
    cable_count = snapshot.columns.everything.bit_count()
    return (
        (
            known_months[0]
            if known_months[0] == known_months[-1]
            else f"{known_months[0]}..{known_months[-1]}",
            cable_count,
        ),
    )


def _of_sentences(snapshot: Snapshot, term: Filter) -> Iterator[Absence]:
    property_plan = plans.Property(term.facet, term.value)
    if cable_count := snapshot.word_index().found(
        answers_of(term.facet).words_anywhere(property_plan)
    ):
        yield Absence(str(term), elsewhere=(("body", cable_count),), field=term.facet)


def _of_words(snapshot: Snapshot, term: Word | Phrase, used: plans.Used) -> Iterator[Absence]:
    """Yield a word or a phrase that no cable contains in the text field given with it."""
    tokens = folded_words(term.text)
    word_index = snapshot.word_index()
    if isinstance(term, Word) and len(tokens) == 1:
        variants = used.get(plans.name_of(tokens[0], term.field))
        if variants and (variants.instead or variants.beside):
            return
    if not tokens or _found(word_index, term, tokens, term.field):
        return
    other_fields = ((text_name, field) for field, text_name in _PLACES if field != term.field)
    cable_counts = (
        (text_name, _found(word_index, term, tokens, field)) for text_name, field in other_fields
    )
    found_elsewhere = tuple(
        (text_name, cable_count) for text_name, cable_count in cable_counts if cable_count
    )
    values: Counted = ()
    has_more = False
    if term.field in _FACET_OF:
        values, has_more = _values(snapshot, _FACET_OF[term.field])
    elif term.field in _LISTED and snapshot.text is not None:
        frequent_words = snapshot.text.words(field=term.field, limit=_MOST + 1)
        values, has_more = tuple(frequent_words[:_MOST]), len(frequent_words) > _MOST
    if values or found_elsewhere:
        yield Absence(str(term), values, has_more, found_elsewhere, term.field)


def _found(word_index: WordIndex, term: Word | Phrase, tokens: tuple[str, ...], field: str) -> int:
    """Return the number of cables with the words in a field."""
    if len(tokens) == 1:
        return word_index.count(tokens[0], term.prefix, field)
    word_slop = term.slop if isinstance(term, Phrase) else 0
    return word_index.found(
        plans.WordPhrase(tokens, term.prefix and not word_slop, word_slop, field)
    )

"""Make a plan of a query: the parts for the text index and the columns, and their combination.

Pure: no engine, no database. Words are folded, terms of one prefix are alternatives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from cable_tui.base.value import Value
from cable_tui.query import (
    FIELDS,
    Filter,
    Group,
    Phrase,
    Query,
    Range,
    Term,
    Word,
    days_of,
    prefix_of,
)
from cable_tui.query.fields import asks_reader
from cable_tui.text import folded_words


class AnyWord(Value):
    """One of these words, anywhere in a cable or in one of its texts."""

    words: tuple[str, ...]
    field: str = ""
    """The text that has it: `subject`, `body` and so on; empty means anywhere."""
    lesser: tuple[str, ...] = ()
    """Words that are found as well, but rank lower."""


class WordPrefix(Value):
    """A word with this prefix."""

    prefix: str
    field: str = ""


class WordPhrase(Value):
    """Two or more words in a row."""

    words: tuple[str, ...]
    prefix: bool = False
    """Whether the last word is a prefix."""
    slop: int = 0
    """The number of words that may come between."""
    field: str = ""
    begun: bool = False
    """Whether the prefix is being typed and may be anywhere."""


Leaf = AnyWord | WordPrefix | WordPhrase
"""The parts of a plan that are words."""


class FacetValue(Value):
    """Values of a facet, chosen by `FACETS[facet].select` from the wanted text."""

    facet: str
    wanted: str


class Property(Value):
    """The value of one of `query.FIELDS`."""

    field: str
    wanted: str
    version: int = 0
    """The version of the reader's data, if the field needs it."""


class DaysOf(Value):
    """ISO days of a date facet, both included."""

    facet: str
    first: str
    last: str


class TermCodes(Value):
    """Values of a facet as codes of the catalogue and the text index."""

    facet: str
    codes: tuple[int, ...]


class DayRange(Value):
    """Days of a date facet as numbers, YYYYMMDD, both included."""

    facet: str
    first: int
    last: int


class And(Value):
    """All parts hold; without parts, every cable."""

    parts: tuple[Plan, ...] = ()


class Or(Value):
    """One of the parts holds; without parts, no cable."""

    parts: tuple[Plan, ...] = ()


class Not(Value):
    """The part does not hold."""

    part: Plan


Plan = (
    AnyWord
    | WordPrefix
    | WordPhrase
    | FacetValue
    | Property
    | DaysOf
    | TermCodes
    | DayRange
    | And
    | Or
    | Not
)

ALL = And()


class WordVariants(Value):
    """The words that replace one word of a query in the search."""

    instead: tuple[str, ...] = ()
    """The words of the archive that replace it; empty means the word itself."""
    beside: tuple[str, ...] = ()
    """Words that are found as well and rank lower."""


Used = Mapping[str, WordVariants]
"""Variants of words, by their names from `name_of`."""


def name_of(token: str, field: str) -> str:
    """Return a folded word with the field that it is searched for in: `lamps`, `to:secretary`."""
    return f"{field}:{token}" if field else token


def compile_plan(query: Query, used: Used) -> Plan:
    """Return the plan of a query, its words replaced by `used`; no cable for a refused query."""
    return Or() if query.refused else _every(query.terms, used)


def dated(plan: Plan, version: int) -> Plan:
    """Return the plan with the version of the reader's own data in each part that needs them."""
    match plan:
        case Property(field, value) if asks_reader(field, value):
            return Property(field, value, version)
        case And(parts) | Or(parts):
            return type(plan)(tuple(dated(part, version) for part in parts))
        case Not(part):
            return Not(dated(part, version))
        case _:
            return plan


def is_text(plan: Plan) -> bool:
    """Return whether the text index alone can answer."""
    if isinstance(plan, And | Or):
        return bool(plan.parts) and all(map(is_text, plan.parts))
    if isinstance(plan, Not):
        return is_text(plan.part)
    return isinstance(plan, AnyWord | WordPrefix | WordPhrase | TermCodes | DayRange)


def has_phrase(plan: Plan) -> bool:
    """Return whether it has a phrase."""
    if isinstance(plan, And | Or):
        return any(map(has_phrase, plan.parts))
    return isinstance(plan, WordPhrase) or (isinstance(plan, Not) and has_phrase(plan.part))


def bare(plan: Plan) -> Plan:
    """Return the plan without an `And` around a single part, so that equal plans compare equal."""
    while isinstance(plan, And) and len(plan.parts) == 1:
        (plan,) = plan.parts
    return plan


def split(plan: Plan) -> tuple[Plan | None, tuple[Plan, ...]]:
    """Divide a plan into the part for one query of the text index, and the other parts."""
    parts = plan.parts if isinstance(plan, And) else (plan,)
    text_parts = tuple(part for part in parts if is_text(part))
    other_parts = tuple(part for part in parts if not is_text(part))
    return (bare(And(text_parts)) if text_parts else None), other_parts


def _every(terms: tuple[Term, ...], used: Used) -> Plan:
    """Return terms that must all hold, those of one prefix as alternatives."""
    parts: list[Plan] = []
    filter_terms = [term for term in terms if isinstance(term, Filter | Range)]
    included_filters = sorted((term for term in filter_terms if not term.negated), key=prefix_of)
    for prefix, prefix_filters in groupby(included_filters, key=prefix_of):
        found_by = tuple(map(_filter, prefix_filters))
        parts += [_one(Or, found_by)] if prefix else found_by
    parts += [Not(_filter(term)) for term in filter_terms if term.negated]
    fields: dict[str, list[Plan]] = {}
    for term in terms:
        if isinstance(term, Filter | Range):
            continue
        named = "" if term.negated else prefix_of(term)
        plans = list(_positive_or_not(term, used))
        if named and plans:
            fields.setdefault(named, []).extend(plans)
        else:
            parts += plans
    parts += [_one(Or, tuple(alternatives)) for alternatives in fields.values()]
    return _one(And, tuple(parts))


def _one(kind: type[And | Or], parts: tuple[Plan, ...]) -> Plan:
    return parts[0] if len(parts) == 1 else kind(parts)


def _filter(term: Filter | Range) -> Plan:
    if isinstance(term, Filter):
        kind = Property if term.facet in FIELDS else FacetValue
        return kind(term.facet, term.value)
    days = days_of(term.start, term.end)
    return DaysOf(term.facet, *days) if days else Or()


def _positive_or_not(term: Word | Phrase | Group, used: Used) -> Iterator[Plan]:
    if isinstance(term, Group):
        plans = [_every(alternative, used) for alternative in term.alternatives]
        plan: Plan | None = _one(Or, tuple(plans)) if plans else None
    else:
        plan = _word(term, used) if isinstance(term, Word) else _phrase(term)
    if plan is not None:
        yield Not(plan) if term.negated else plan


def _word(term: Word, used: Used) -> Plan | None:
    tokens = folded_words(term.text)
    if len(tokens) != 1:
        return _row(tokens, term)
    (token,) = tokens
    wording = WordVariants() if term.exact else used.get(name_of(token, term.field), WordVariants())
    if wording.instead or not term.prefix:
        return AnyWord(wording.instead or tokens, term.field, wording.beside)
    begun_word = WordPrefix(token, term.field)
    other_words = tuple(word for word in wording.beside if not word.startswith(token))
    return Or((begun_word, AnyWord((), term.field, other_words))) if other_words else begun_word


def _phrase(term: Phrase) -> Plan | None:
    tokens = folded_words(term.text)
    if term.begun and len(tokens) > 1:
        return WordPhrase(tokens, True, 0, term.field, True)
    return _row(tokens, term, term.slop)


def _row(tokens: tuple[str, ...], term: Word | Phrase, slop: int = 0) -> Plan | None:
    if len(tokens) > 1:
        return WordPhrase(tokens, term.prefix and not slop, slop, term.field)
    if not tokens:
        return None
    return WordPrefix(tokens[0], term.field) if term.prefix else AnyWord(tokens, term.field)


def words_of(terms: tuple[Term, ...]) -> Iterator[Word]:
    """Yield every single word of a query, in its groups too."""
    for query_term in terms:
        if isinstance(query_term, Group):
            for alternative in query_term.alternatives:
                yield from words_of(alternative)
        elif isinstance(query_term, Word):
            yield query_term

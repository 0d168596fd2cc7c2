"""Compile a query into a plan: parts for the text index and the columns, and their combination.

The module is pure and uses neither the engine nor the database. Words are folded, and terms with
the same prefix become alternatives.
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
    """Match a cable that contains any of these words, anywhere or in one of its texts."""

    words: tuple[str, ...]
    field: str = ""
    """The text that must contain the word, such as `subject` or `body`, or an empty string for any
    text.
    """
    lesser: tuple[str, ...] = ()
    """Additional words that match as well but rank lower."""


class WordPrefix(Value):
    """Match a word with this prefix."""

    prefix: str
    field: str = ""


class WordPhrase(Value):
    """Match two or more consecutive words."""

    words: tuple[str, ...]
    prefix: bool = False
    """Whether the last word is a prefix."""
    slop: int = 0
    """The maximum number of other words between the words."""
    field: str = ""
    begun: bool = False
    """Whether the reader is still typing the prefix, which is too short to look up."""


Leaf = AnyWord | WordPrefix | WordPhrase
"""The parts of a plan that match words."""


class FacetValue(Value):
    """The values of a facet that `FACETS[facet].select` returns for the given text."""

    facet: str
    wanted: str


class Property(Value):
    """A value of one of `query.FIELDS`."""

    field: str
    wanted: str
    version: int = 0
    """The version of the reader's own data, if the field depends on that data, or else 0."""


class DaysOf(Value):
    """A range of ISO days in a date facet, including both ends."""

    facet: str
    first: str
    last: str


class TermCodes(Value):
    """Values of a facet, given as the codes in the catalogue and the text index."""

    facet: str
    codes: tuple[int, ...]


class DayRange(Value):
    """A range of days in a date facet as YYYYMMDD numbers, including both ends."""

    facet: str
    first: int
    last: int


class And(Value):
    """All parts must match; if there are no parts, every cable matches."""

    parts: tuple[Plan, ...] = ()


class Or(Value):
    """At least one part must match; if there are no parts, no cable matches."""

    parts: tuple[Plan, ...] = ()


class Not(Value):
    """The part must not match."""

    part: Plan


class SampleOf(Value):
    """At most `size` cables that match a plan, in all or in each year, drawn by their checksums."""

    part: Plan
    size: int
    by_year: bool = False


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
    | SampleOf
)

ALL = And()


class WordVariants(Value):
    """The words that the search uses for one word of a query."""

    instead: tuple[str, ...] = ()
    """The archive's words that replace the word; empty if the word itself is searched for."""
    beside: tuple[str, ...] = ()
    """Additional words that match as well but rank lower."""


Used = Mapping[str, WordVariants]
"""The variants of words, keyed by the names that `name_of` returns."""


def name_of(token: str, field: str) -> str:
    """Return the name for a folded word and the field it must be in: `lamps`, `to:secretary`."""
    return f"{field}:{token}" if field else token


def compile_plan(query: Query, used: Used) -> Plan:
    """Compile a query, with `used` in place of its words. A refused query matches no cable."""
    if query.refused:
        return Or()
    plan = _every(query.terms, used)
    if query.sample is None:
        return plan
    # The plan itself remains next to its sample, for all who look for its words.
    sample = SampleOf(bare(plan), query.sample.size, query.sample.by_year)
    return And((*(plan.parts if isinstance(plan, And) else (plan,)), sample))


def sample_in(plan: Plan) -> SampleOf | None:
    """Return the sample to which a plan limits its cables, or None for all cables."""
    parts = plan.parts if isinstance(plan, And) else ()
    return next((part for part in parts if isinstance(part, SampleOf)), None)


def dated(plan: Plan, version: int) -> Plan:
    """Return the plan with the version of the reader's own data in each part that depends on it."""
    match plan:
        case Property(field, value) if asks_reader(field, value):
            return Property(field, value, version)
        case And(parts) | Or(parts):
            return type(plan)(tuple(dated(part, version) for part in parts))
        case Not(part):
            return Not(dated(part, version))
        case SampleOf(part, size, by_year):
            return SampleOf(dated(part, version), size, by_year)
        case _:
            return plan


def is_text(plan: Plan) -> bool:
    """Return whether the text index alone can answer a plan."""
    if isinstance(plan, And | Or):
        return bool(plan.parts) and all(map(is_text, plan.parts))
    if isinstance(plan, Not):
        return is_text(plan.part)
    return isinstance(plan, AnyWord | WordPrefix | WordPhrase | TermCodes | DayRange)


def has_phrase(plan: Plan) -> bool:
    """Return whether a plan contains a phrase."""
    if isinstance(plan, And | Or):
        return any(map(has_phrase, plan.parts))
    return isinstance(plan, WordPhrase) or (isinstance(plan, Not) and has_phrase(plan.part))


def bare(plan: Plan) -> Plan:
    """Return the plan without an `And` around a single part, so that equal plans compare equal."""
    while isinstance(plan, And) and len(plan.parts) == 1:
        (plan,) = plan.parts
    return plan


def split(plan: Plan) -> tuple[Plan | None, tuple[Plan, ...]]:
    """Split a plan into one part for a single query of the text index, and the other parts."""
    plan_parts = plan.parts if isinstance(plan, And) else (plan,)
    text_parts = tuple(part for part in plan_parts if is_text(part))
    other_parts = tuple(part for part in plan_parts if not is_text(part))
    return (bare(And(text_parts)) if text_parts else None), other_parts


def _every(terms: tuple[Term, ...], used: Used) -> Plan:
    """Return a plan that requires all terms; filters with the same prefix are alternatives."""
    plan_parts: list[Plan] = []
    filter_terms = [term for term in terms if isinstance(term, Filter | Range)]
    included_filters = sorted((term for term in filter_terms if not term.negated), key=prefix_of)
    for filter_prefix, prefix_filters in groupby(included_filters, key=prefix_of):
        alternative_plans = tuple(map(_filter, prefix_filters))
        plan_parts += [_one(Or, alternative_plans)] if filter_prefix else alternative_plans
    plan_parts += [Not(_filter(term)) for term in filter_terms if term.negated]
    plans_by_field: dict[str, list[Plan]] = {}
    for term in terms:
        if isinstance(term, Filter | Range):
            continue
        field_prefix = "" if term.negated else prefix_of(term)
        term_plans = list(_positive_or_not(term, used))
        if field_prefix and term_plans:
            plans_by_field.setdefault(field_prefix, []).extend(term_plans)
        else:
            plan_parts += term_plans
    plan_parts += [_one(Or, tuple(alternatives)) for alternatives in plans_by_field.values()]
    return _one(And, tuple(plan_parts))


def _one(plan_class: type[And | Or], parts: tuple[Plan, ...]) -> Plan:
    return parts[0] if len(parts) == 1 else plan_class(parts)


def _filter(term: Filter | Range) -> Plan:
    if isinstance(term, Filter):
        plan_class = Property if term.facet in FIELDS else FacetValue
        return plan_class(term.facet, term.value)
    first_and_last_day = days_of(term.start, term.end)
    return DaysOf(term.facet, *first_and_last_day) if first_and_last_day else Or()


def _positive_or_not(term: Word | Phrase | Group, used: Used) -> Iterator[Plan]:
    if isinstance(term, Group):
        alternative_plans = [_every(alternative, used) for alternative in term.alternatives]
        term_plan: Plan | None = _one(Or, tuple(alternative_plans)) if alternative_plans else None
    else:
        term_plan = _word(term, used) if isinstance(term, Word) else _phrase(term)
    if term_plan is not None:
        yield Not(term_plan) if term.negated else term_plan


def _word(term: Word, used: Used) -> Plan | None:
    folded_tokens = folded_words(term.text)
    if len(folded_tokens) != 1:
        return _row(folded_tokens, term)
    (only_token,) = folded_tokens
    word_variants = (
        WordVariants() if term.exact else used.get(name_of(only_token, term.field), WordVariants())
    )
    if word_variants.instead or not term.prefix:
        return AnyWord(word_variants.instead or folded_tokens, term.field, word_variants.beside)
    prefix_plan = WordPrefix(only_token, term.field)
    other_words = tuple(word for word in word_variants.beside if not word.startswith(only_token))
    return Or((prefix_plan, AnyWord((), term.field, other_words))) if other_words else prefix_plan


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
    """Yield every `Word` in a query, including those inside groups."""
    for query_term in terms:
        if isinstance(query_term, Group):
            for alternative in query_term.alternatives:
                yield from words_of(alternative)
        elif isinstance(query_term, Word):
            yield query_term

"""The model of a query: a frozen tree of terms, the orders of an answer, the edits of the room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, Literal

from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value, replace
from cable_tui.query.facets import FACETS
from cable_tui.query.fields import FIELDS, NARROWING, asks_text

State = Literal["", "included", "excluded"]

_PLAIN = pattern(r"[^\s\"():]+")
OPERATORS = frozenset({"or", "and", "not"})
SHORT = 2
"""A prefix of this many letters matches very many words."""


def quoted(text: str) -> str:
    """Return `text` as one token of the language, in quotes if it needs them."""
    is_plain = _PLAIN.fullmatch(text) and text.casefold() not in OPERATORS
    return text if is_plain else '"' + text.replace('"', " ") + '"'


class Word(Value):
    """One word, anywhere in a cable."""

    text: str
    """Text as typed; letters are folded when it is looked up."""
    prefix: bool = False
    """Whether it is `word*`, or the last word while it is being typed."""
    exact: bool = False
    """Whether it is `=word`: neither corrected nor widened."""
    fuzzy: bool = False
    """Whether it is `word~`, also for the nearest known words, even if the archive has the word."""
    negated: bool = False
    field: str = ""
    """The one of `TEXTS` that has the word (`subject:word`); empty means anywhere."""

    def __str__(self) -> str:
        tail = "*" if self.prefix else "~" if self.fuzzy else ""
        return f"{_minus(self)}{_within(self)}{'=' if self.exact else ''}{self.text}{tail}"


class Phrase(Value):
    """Words in a row, line breaks ignored; also a word with inner marks (`F-16`)."""

    text: str
    prefix: bool = False
    """Whether the last word is a prefix, as in `"prime mini"*`."""
    slop: int = 0
    """At most this many words between its words: `"spain migrants"~5`."""
    negated: bool = False
    field: str = ""
    """The text that has it, as in `Word.field`."""
    begun: bool = False
    """Whether the last word is being typed and is so short that it may become any word."""
    marked: str = ""
    """Numbers with marks between them as they were written, `9/11`; empty for other phrases."""

    def __str__(self) -> str:
        tail = f"~{self.slop}" if self.slop else "*" if self.prefix else ""
        text = self.marked if self.marked and not self.slop else f'"{self.text}"'
        return f"{_minus(self)}{_within(self)}{text}{tail}"

    @property
    def alike(self) -> tuple[str, ...]:
        """Other spellings of its numbers that it finds: `9-11` and `9.11` for `9/11`."""
        template = self.text.replace(" ", "{}")
        written = (template.replace("{}", mark) for mark in "-/." if self.marked)
        return tuple(spelling for spelling in written if spelling != self.marked)


class Filter(Value):
    """`origin:rabat`: one value of a facet, as `Facet.select` reads it, or of a field."""

    facet: str
    """A name in `FACETS` or in `FIELDS`."""
    value: str
    negated: bool = False

    @property
    def named(self) -> str:
        """The text after the colon, without quotes."""
        return self.value

    def __str__(self) -> str:
        return f"{_minus(self)}{self.facet}:{quoted(self.value)}"


class Range(Value):
    """`date:2008-03..2009`: days of a date facet, both ends included, an empty end open."""

    facet: str
    start: str
    end: str
    negated: bool = False

    @property
    def named(self) -> str:
        """The text after the colon: `2009`, `2008-03..2009`."""
        return self.start if self.start == self.end else f"{self.start}..{self.end}"

    def __str__(self) -> str:
        return f"{_minus(self)}{self.facet}:{self.named}"


class Group(Value):
    """`(a b or c)`: alternatives, each of terms that must all hold."""

    alternatives: tuple[tuple[Term, ...], ...]
    negated: bool = False

    def __str__(self) -> str:
        alternatives_text = " or ".join(map(_written, self.alternatives))
        return f"{_minus(self)}({alternatives_text})"


Leaf = Word | Phrase | Filter | Range
"""A term that does not contain others."""
Term = Leaf | Group


def _minus(term: Term) -> str:
    return "-" if term.negated else ""


def _within(term: Word | Phrase) -> str:
    return f"{term.field}:" if term.field else ""


def _written(terms: tuple[Term, ...]) -> str:
    """Return terms that must all hold, as a text that older programs read in the same way.

    They treat two of a narrowing prefix as alternatives unless `and` is between them.
    """
    words_seen: set[str] = set()
    written_terms: list[str] = []
    for term in terms:
        if isinstance(term, Filter) and term.facet in NARROWING and not term.negated:
            written_terms += ["and"] if term.facet in words_seen else []
            words_seen.add(term.facet)
        written_terms.append(str(term))
    return " ".join(written_terms)


def prefix_of(term: Term, *, older: bool = False) -> str:
    """Return the prefix that a term shares with its alternatives; empty if it cannot have any.

    `region:` counts as `origin:`: it names posts too. In an `older` program every prefix could have
    alternatives.
    """
    if isinstance(term, Filter | Range):
        return "" if term.facet in NARROWING and not older else _together(term.facet)
    return term.field if isinstance(term, Word | Phrase) else ""


def _together(prefix: str) -> str:
    """Return the facet whose values a prefix names, or the prefix."""
    return (prefix in FIELDS and FIELDS[prefix].facet) or prefix


class Complaint(Value):
    """A fault of a query, and its position."""

    column: int
    """The column in the text, from 0."""
    reason: str
    refuses: bool = False
    """Whether the whole query is refused, and finds nothing."""
    unknown: bool = False
    """Whether it is an unknown prefix, whose value is searched for as text."""


class Query(Value):
    """All terms must hold, except that terms with the same `prefix_of` are alternatives."""

    terms: tuple[Term, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    sort: str = ""
    """A key of `SORTS`; empty if the query leaves the order open."""
    advice: tuple[str, ...] = ()
    """What to write in place of operators of other languages, a line each."""
    typed: bool = False
    """Whether its last word is being typed: nothing is said of its parts yet."""

    def __str__(self) -> str:
        order = f"sort:{self.sort}" if self.sort else ""
        return f"{_written(self.terms)} {order}".strip()

    def __bool__(self) -> bool:
        """Return whether it has more than an order."""
        return bool(self.terms)

    @property
    def refused(self) -> bool:
        """Whether it was refused as a whole."""
        return any(complaint.refuses for complaint in self.complaints)

    @property
    def either(self) -> tuple[str, ...]:
        """The prefixes that it has twice, as alternatives, as they are written: `tag`.

        Two for the same facet are one: `origin or region`.
        """
        return tuple(dict.fromkeys(_alternatives(self.terms)))

    @property
    def alike(self) -> dict[str, tuple[str, ...]]:
        """Its numbers with punctuation, and the other spellings that are found with each."""
        phrases = (term for term in self.leaves if isinstance(term, Phrase) and term.alike)
        return {term.marked: term.alike for term in phrases}

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks on how it was read: `either: tag`, `9/11 with 9-11, 9.11`."""
        numbers = (f"{word} with {', '.join(others)}" for word, others in self.alike.items())
        return (*(f"either: {prefix}" for prefix in self.either), *numbers)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """All terms, those in groups too, without the groups themselves."""
        return tuple(_walk(self.terms))

    @property
    def has_words(self) -> bool:
        """Whether it needs the text index."""
        return self._has_score or any(asks_text(term.facet) for term in self.filters)

    @property
    def _has_score(self) -> bool:
        return any(isinstance(term, Word | Phrase) for term in self.leaves)

    def finished(self) -> Query:
        """Return the query when no more letters follow: its phrases are complete."""
        return replace(self, terms=_finished(self.terms), typed=False)

    def sorted_by(self, key: str) -> Query:
        """Return the query in another order; an empty key leaves the order open."""
        return replace(self, sort=key)

    @property
    def order(self) -> str:
        """The order of its cables: its own; else words by relevance, the rest by time."""
        return self.sort or (BEST if self._has_score else NEWEST)

    @property
    def filters(self) -> tuple[Filter | Range, ...]:
        """All filters and ranges, those in groups too."""
        return tuple(term for term in self.leaves if isinstance(term, Filter | Range))

    def of_facet(self, facet: str) -> tuple[Filter | Range, ...]:
        """Return the top-level filters and ranges of one facet, of its regions too."""
        return tuple(
            term
            for term in self.terms
            if isinstance(term, Filter | Range) and _together(term.facet) == _together(facet)
        )

    def without_facet(self, facet: str) -> Query:
        """Remove the top-level filters of one facet, to count that facet for the rest."""
        return self._keeping(lambda term: term not in self.of_facet(facet))

    def without(self, term: Term) -> Query:
        """Return the query without one of its top-level terms."""
        return self._keeping(lambda other: other != term)

    def plus(self, term: Term) -> Query:
        """Return the query narrowed by one more term."""
        return self._edited((*self.without(term).terms, term))

    def instead(self, term: Term, *others: Term) -> Query:
        """Return the query with one of its terms replaced by others, in its groups too."""
        return self._edited(_replaced(self.terms, term, others))

    def state(self, facet: str, value: str) -> State:
        """Return how the library shows a value: included or excluded by this query, or neither."""
        naming = self._naming(facet, value)
        if any(term.negated for term in naming):
            return "excluded"
        return "included" if naming else ""

    def toggled(self, facet: str, value: str) -> Query:
        """Return the query with a value of a facet added, or taken out if it names it already."""
        state = self.state(facet, value)
        other_terms = self._without_value(facet, value)
        return other_terms if state == "included" else other_terms.plus(_term(facet, value))

    def excluding(self, facet: str, value: str) -> Query:
        """Return the query with a value excluded, or no longer excluded."""
        state = self.state(facet, value)
        other_terms = self._without_value(facet, value)
        return (
            other_terms
            if state == "excluded"
            else other_terms.plus(replace(_term(facet, value), negated=True))
        )

    def only(self, facet: str, value: str) -> Query:
        """Return the query with this one value of a facet and no other of it."""
        return self.without_facet(facet).plus(_term(facet, value))

    def _without_value(self, facet: str, value: str) -> Query:
        naming = self._naming(facet, value)
        return self._keeping(lambda term: term not in naming)

    def _naming(self, facet: str, value: str) -> list[Filter | Range]:
        """Return the top-level terms that name a value."""
        return [
            term for term in self.of_facet(facet) if term.facet == facet and _names(term, value)
        ]

    def _keeping(self, keep: Callable[[Term], bool]) -> Query:
        return self._edited(tuple(term for term in self.terms if keep(term)))

    def _edited(self, terms: tuple[Term, ...]) -> Query:
        """Return the query with other terms; what was said of its text holds no longer."""
        return replace(self, terms=terms, complaints=(), advice=(), typed=False)


def _finished(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return the terms with their phrases completed; equal ones become one term."""
    return tuple(dict.fromkeys(ended for term in terms for ended in _ended(term)))


def _ended(term: Term) -> tuple[Term, ...]:
    if isinstance(term, Group):
        alternatives = tuple(dict.fromkeys(map(_finished, term.alternatives)))
        if len(alternatives) == 1 and not term.negated:
            return alternatives[0]
        return (replace(term, alternatives=alternatives),)
    return (replace(term, begun=False) if isinstance(term, Phrase) else term,)


def _replaced(terms: tuple[Term, ...], term: Term, others: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return some terms, one of them replaced by others; repeated ones are kept once."""
    replaced_terms: dict[Term, None] = {}
    for present in terms:
        if present == term:
            replaced_terms |= dict.fromkeys(others)
        elif isinstance(present, Group):
            inner_terms = tuple(_replaced(inside, term, others) for inside in present.alternatives)
            replaced_terms[replace(present, alternatives=inner_terms)] = None
        else:
            replaced_terms[present] = None
    return tuple(replaced_terms)


def _alternatives(terms: tuple[Term, ...]) -> Iterator[str]:
    """Yield the alternatives of `Query.either`, at one level and in its groups."""
    together: dict[str, list[str]] = {}
    for term in terms:
        if isinstance(term, Group):
            for alternative in term.alternatives:
                yield from _alternatives(alternative)
        elif (prefix := prefix_of(term)) and not term.negated:
            name = term.facet if isinstance(term, Filter | Range) else prefix
            together.setdefault(prefix, []).append(name)
    yield from (" or ".join(dict.fromkeys(names)) for names in together.values() if names[1:])


def _walk(terms: tuple[Term, ...]) -> Iterator[Leaf]:
    for term in terms:
        if isinstance(term, Group):
            for alternative in term.alternatives:
                yield from _walk(alternative)
        else:
            yield term


def may_be_absent(query: Query) -> bool:
    """Return whether a query has a filter, or a word of a named text, that no cable may have."""
    return any(not isinstance(term, Word | Phrase) or term.field for term in query.leaves)


def _term(facet: str, value: str) -> Filter | Range:
    if facet not in FACETS or FACETS[facet].kind != "date":
        return Filter(facet, value)
    start, dots, end = value.partition("..")
    return Range(facet, start, end if dots else start)


def _names(term: Filter | Range, value: str) -> bool:
    if isinstance(term, Range):
        return term.named == value
    if term.facet not in FACETS:
        if term.facet in FIELDS and (values_named := FIELDS[term.facet].named(term.value)):
            return value in values_named
        return term.value.casefold() == value.casefold()
    return value in FACETS[term.facet].select(term.value, [(value, "")])


NEWEST: Final = "-created"
BEST: Final = "relevance"


class SortOrder(Value):
    """An order of the list."""

    key: str
    """Its key in the menu of orders; `j` and `k` move there."""
    meaning: str


SORTS: dict[str, SortOrder] = {
    "-created": SortOrder("n", "newest first"),
    "created": SortOrder("o", "oldest first"),
    "relevance": SortOrder("b", "best first; without words newest first"),
    "-released": SortOrder("p", "last published first"),
    "released": SortOrder("P", "first published first"),
    "reference": SortOrder("r", "by reference ID"),
    "-reference": SortOrder("R", "by reference ID, backwards"),
    "-length": SortOrder("l", "longest first"),
    "length": SortOrder("L", "shortest first"),
}
"""Every order by its name; `-` is descending."""

_ALIASES = {
    "date": "created",
    "-date": "-created",
    "ref": "reference",
    "-ref": "-reference",
    "len": "length",
    "-len": "-length",
    "best": "relevance",
    "newest": "-created",
    "oldest": "created",
}


def opposite(key: str) -> str:
    """Return the same order reversed; for relevance it is the newest first."""
    if key == BEST:
        return NEWEST
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


def sort_key(text: str) -> str | None:
    """Return the key that a text names, also by an alias; None for no key."""
    key = text.strip().casefold()
    key = _ALIASES.get(key, key)
    return key if key in SORTS else None

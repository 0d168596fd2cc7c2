"""The model of a query: an immutable tree of terms, the sort orders, and the room's edits."""

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
"""The maximum length of a short prefix, in letters; such prefixes match very many words."""


def quoted(text: str) -> str:
    """Return `text` as one token of the query language, in quotation marks if it needs them."""
    is_plain = _PLAIN.fullmatch(text) and text.casefold() not in OPERATORS
    return text if is_plain else '"' + text.replace('"', " ") + '"'


class Word(Value):
    """One word that a cable must contain."""

    text: str
    """The word as typed; its letters are folded for lookup."""
    prefix: bool = False
    """Whether the word is a prefix: `word*`, or the last word while the reader types it."""
    exact: bool = False
    """Whether the word was written `=word`, so that the search neither corrects nor widens it."""
    fuzzy: bool = False
    """Whether the word was written `word~`, so that the search adds the nearest known words even if
    the archive contains the word.
    """
    negated: bool = False
    field: str = ""
    """The name in `TEXTS` of the text that must contain the word, as in `subject:word`, or an empty
    string for any text.
    """

    def __str__(self) -> str:
        suffix = "*" if self.prefix else "~" if self.fuzzy else ""
        return f"{_minus(self)}{_within(self)}{'=' if self.exact else ''}{self.text}{suffix}"


class Phrase(Value):
    """Consecutive words, across line breaks; also a word with inner punctuation (`F-16`)."""

    text: str
    prefix: bool = False
    """Whether the last word is a prefix, as in `"prime mini"*`."""
    slop: int = 0
    """The maximum number of other words allowed between the words, as in `"spain migrants"~5`."""
    negated: bool = False
    field: str = ""
    """The text that must contain the phrase, as in `Word.field`."""
    begun: bool = False
    """Whether the reader is typing the last word and it is too short to use as a prefix."""
    marked: str = ""
    """Numbers with punctuation between them, as typed (`9/11`), or an empty string for other
    phrases.
    """

    def __str__(self) -> str:
        suffix = f"~{self.slop}" if self.slop else "*" if self.prefix else ""
        phrase_text = self.marked if self.marked and not self.slop else f'"{self.text}"'
        return f"{_minus(self)}{_within(self)}{phrase_text}{suffix}"

    @property
    def alike(self) -> tuple[str, ...]:
        """The other spellings of its numbers that match, such as `9-11` and `9.11` for `9/11`."""
        spelling_template = self.text.replace(" ", "{}")
        spellings = (
            spelling_template.replace("{}", punctuation) for punctuation in "-/." if self.marked
        )
        return tuple(spelling for spelling in spellings if spelling != self.marked)


class Filter(Value):
    """A filter such as `origin:rabat`: one value of a facet (see `Facet.select`) or of a field."""

    facet: str
    """The filter's prefix: a name in `FACETS` or in `FIELDS`."""
    value: str
    negated: bool = False

    @property
    def named(self) -> str:
        """The text after the colon, without quotation marks."""
        return self.value

    def __str__(self) -> str:
        return f"{_minus(self)}{self.facet}:{quoted(self.value)}"


class Range(Value):
    """A filter such as `date:2008-03..2009`: a range of days that includes both ends.

    An empty end is open.
    """

    facet: str
    start: str
    end: str
    negated: bool = False

    @property
    def named(self) -> str:
        """The text after the colon, such as `2009` or `2008-03..2009`."""
        return self.start if self.start == self.end else f"{self.start}..{self.end}"

    def __str__(self) -> str:
        return f"{_minus(self)}{self.facet}:{self.named}"


class Group(Value):
    """Terms in brackets, such as `(a b or c)`: alternatives of terms that must all match."""

    alternatives: tuple[tuple[Term, ...], ...]
    negated: bool = False

    def __str__(self) -> str:
        alternatives_text = " or ".join(map(_written, self.alternatives))
        return f"{_minus(self)}({alternatives_text})"


Leaf = Word | Phrase | Filter | Range
"""A term that does not contain other terms."""
Term = Leaf | Group


def _minus(term: Term) -> str:
    return "-" if term.negated else ""


def _within(term: Word | Phrase) -> str:
    return f"{term.field}:" if term.field else ""


def _written(terms: tuple[Term, ...]) -> str:
    """Return terms that must all match as text, in a form that older programs can read.

    Older programs treat two filters with a narrowing prefix as alternatives unless `and` is between
    them.
    """
    prefixes_seen: set[str] = set()
    written_terms: list[str] = []
    for term in terms:
        if isinstance(term, Filter) and term.facet in NARROWING and not term.negated:
            written_terms += ["and"] if term.facet in prefixes_seen else []
            prefixes_seen.add(term.facet)
        written_terms.append(str(term))
    return " ".join(written_terms)


def prefix_of(term: Term, *, older: bool = False) -> str:
    """Return the prefix that a term shares with its alternatives, or an empty string.

    `region:` counts as `origin:` because its values are posts. With `older`, every prefix can have
    alternatives, as in older programs.
    """
    if isinstance(term, Filter | Range):
        return "" if term.facet in NARROWING and not older else _together(term.facet)
    return term.field if isinstance(term, Word | Phrase) else ""


def _together(prefix: str) -> str:
    """Return the facet whose values a prefix names, or else the prefix itself."""
    return (prefix in FIELDS and FIELDS[prefix].facet) or prefix


class Sample(Value):
    """A random sample of the matching cables: `sample:200`, or `sample:200/year`."""

    size: int
    """The maximum number of cables in the sample, or in the sample for each year."""
    by_year: bool = False

    def __str__(self) -> str:
        return f"sample:{self.size}{'/year' if self.by_year else ''}"


_SAMPLE = pattern(r"([0-9]{1,6})(/year)?")


def sample_named(text: str) -> Sample | None:
    """Return the sample in a text such as `200` or `200/year`, or None if it is not a sample."""
    sample_match = _SAMPLE.fullmatch(text.strip().casefold())
    if sample_match is None or not int(sample_match[1]):
        return None
    return Sample(int(sample_match[1]), by_year=sample_match[2] is not None)


class Complaint(Value):
    """An error in the text of a query, and its position."""

    column: int
    """The position of the error in the text, counted from 0."""
    reason: str
    refuses: bool = False
    """Whether the whole query is refused, so that it finds nothing."""
    unknown: bool = False
    """Whether the error is an unknown prefix, whose value is searched for as text."""


class Query(Value):
    """A query. All terms must match, but terms with the same `prefix_of` are alternatives."""

    terms: tuple[Term, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    sort: str = ""
    """A key of `SORTS`, or an empty string if the query does not set the order."""
    advice: tuple[str, ...] = ()
    """Suggestions about operators from other query languages, one line each."""
    typed: bool = False
    """Whether the reader is typing the last word, so that it is too early for complaints."""
    sample: Sample | None = None
    """The sample to which the query limits its hits, or None for all hits."""

    def __str__(self) -> str:
        sample_text = str(self.sample) if self.sample else ""
        sort_text = f"sort:{self.sort}" if self.sort else ""
        return " ".join(filter(None, (_written(self.terms), sample_text, sort_text)))

    def __bool__(self) -> bool:
        """Return whether the query has terms or a sample, as opposed to only a sort order."""
        return bool(self.terms or self.sample)

    @property
    def refused(self) -> bool:
        """Whether the whole query was refused."""
        return any(complaint.refuses for complaint in self.complaints)

    @property
    def either(self) -> tuple[str, ...]:
        """The prefixes that the query uses more than once, so that their terms are alternatives.

        Two prefixes for the same facet are combined: `origin or region`.
        """
        return tuple(dict.fromkeys(_alternatives(self.terms)))

    @property
    def alike(self) -> dict[str, tuple[str, ...]]:
        """The numbers with punctuation in the query, with the other spellings that each matches."""
        phrases = (term for term in self.leaves if isinstance(term, Phrase) and term.alike)
        return {term.marked: term.alike for term in phrases}

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks on how the query was understood: `either: tag`, `9/11 with 9-11, 9.11`."""
        number_remarks = (
            f"{word} with {', '.join(spellings)}" for word, spellings in self.alike.items()
        )
        return (*(f"either: {prefix}" for prefix in self.either), *number_remarks)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """All terms, including those inside groups, without the groups themselves."""
        return tuple(_walk(self.terms))

    @property
    def has_words(self) -> bool:
        """Whether the query needs the text index."""
        return self._has_score or self.has_sentences

    @property
    def has_sentences(self) -> bool:
        """Whether the query asks for words in certain sentences, such as `said:ice`."""
        return any(asks_text(term.facet) for term in self.filters)

    @property
    def _has_score(self) -> bool:
        return any(isinstance(term, Word | Phrase) for term in self.leaves)

    def finished(self) -> Query:
        """Return the query as it is when the reader stops typing, with its phrases complete."""
        return replace(self, terms=_finished(self.terms), typed=False)

    def sorted_by(self, key: str) -> Query:
        """Return the query with another sort order, or without an order if the key is empty."""
        return replace(self, sort=key)

    @property
    def order(self) -> str:
        """The order of the answer: the query's own, else relevance for words, else newest first."""
        return self.sort or (BEST if self._has_score else NEWEST)

    @property
    def filters(self) -> tuple[Filter | Range, ...]:
        """All filters and ranges, including those inside groups."""
        return tuple(term for term in self.leaves if isinstance(term, Filter | Range))

    def of_facet(self, facet: str) -> tuple[Filter | Range, ...]:
        """Return the top-level filters and ranges for one facet, including its regions."""
        return tuple(
            term
            for term in self.terms
            if isinstance(term, Filter | Range) and _together(term.facet) == _together(facet)
        )

    def without_facet(self, facet: str) -> Query:
        """Remove the top-level filters for one facet, so that the facet's values can be counted."""
        return self._keeping(lambda term: term not in self.of_facet(facet))

    def without(self, term: Term) -> Query:
        """Return the query without one of its top-level terms."""
        return self._keeping(lambda other: other != term)

    def plus(self, term: Term) -> Query:
        """Return the query with one more term, which narrows it."""
        return self._edited((*self.without(term).terms, term))

    def instead(self, term: Term, *others: Term) -> Query:
        """Return the query with one of its terms replaced by others, including inside groups."""
        return self._edited(_replaced(self.terms, term, others))

    def state(self, facet: str, value: str) -> State:
        """Return whether the filters include or exclude a value, or an empty string for neither."""
        naming_terms = self._naming(facet, value)
        if any(term.negated for term in naming_terms):
            return "excluded"
        return "included" if naming_terms else ""

    def toggled(self, facet: str, value: str) -> Query:
        """Return the query with a value of a facet added, or removed if already included."""
        current_state = self.state(facet, value)
        query_without_value = self._without_value(facet, value)
        return (
            query_without_value
            if current_state == "included"
            else query_without_value.plus(_term(facet, value))
        )

    def excluding(self, facet: str, value: str) -> Query:
        """Return the query with a value excluded, or no longer excluded."""
        current_state = self.state(facet, value)
        query_without_value = self._without_value(facet, value)
        return (
            query_without_value
            if current_state == "excluded"
            else query_without_value.plus(replace(_term(facet, value), negated=True))
        )

    def only(self, facet: str, only_value: str) -> Query:
        """Return the query with this value of a facet and no other value of the facet."""
        return self.without_facet(facet).plus(_term(facet, only_value))

    def _without_value(self, facet: str, value: str) -> Query:
        naming_terms = self._naming(facet, value)
        return self._keeping(lambda term: term not in naming_terms)

    def _naming(self, facet: str, value: str) -> list[Filter | Range]:
        """Return the top-level terms that contain a value of a facet."""
        return [
            term for term in self.of_facet(facet) if term.facet == facet and _names(term, value)
        ]

    def _keeping(self, should_keep: Callable[[Term], bool]) -> Query:
        return self._edited(tuple(term for term in self.terms if should_keep(term)))

    def _edited(self, terms: tuple[Term, ...]) -> Query:
        """Return the query with different terms, without the remarks on its old text."""
        return replace(self, terms=terms, complaints=(), advice=(), typed=False)


def _finished(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return the terms with their phrases completed, without duplicates."""
    return tuple(dict.fromkeys(completed_term for term in terms for completed_term in _ended(term)))


def _ended(term: Term) -> tuple[Term, ...]:
    if isinstance(term, Group):
        completed_alternatives = tuple(dict.fromkeys(map(_finished, term.alternatives)))
        if len(completed_alternatives) == 1 and not term.negated:
            return completed_alternatives[0]
        return (replace(term, alternatives=completed_alternatives),)
    return (replace(term, begun=False) if isinstance(term, Phrase) else term,)


def _replaced(
    terms: tuple[Term, ...], term: Term, replacements: tuple[Term, ...]
) -> tuple[Term, ...]:
    """Return the terms with one of them replaced by others, without duplicates."""
    replaced_terms: dict[Term, None] = {}
    for current_term in terms:
        if current_term == term:
            replaced_terms |= dict.fromkeys(replacements)
        elif isinstance(current_term, Group):
            inner_terms = tuple(
                _replaced(alternative_terms, term, replacements)
                for alternative_terms in current_term.alternatives
            )
            replaced_terms[replace(current_term, alternatives=inner_terms)] = None
        else:
            replaced_terms[current_term] = None
    return tuple(replaced_terms)


def _alternatives(terms: tuple[Term, ...]) -> Iterator[str]:
    """Yield the texts of `Query.either` for one level and for the groups in it."""
    names_by_prefix: dict[str, list[str]] = {}
    for term in terms:
        if isinstance(term, Group):
            for alternative in term.alternatives:
                yield from _alternatives(alternative)
        elif (prefix := prefix_of(term)) and not term.negated:
            written_prefix = term.facet if isinstance(term, Filter | Range) else prefix
            names_by_prefix.setdefault(prefix, []).append(written_prefix)
    yield from (
        " or ".join(dict.fromkeys(written_names))
        for written_names in names_by_prefix.values()
        if written_names[1:]
    )


def _walk(terms: tuple[Term, ...]) -> Iterator[Leaf]:
    for term in terms:
        if isinstance(term, Group):
            for alternative in term.alternatives:
                yield from _walk(alternative)
        else:
            yield term


def may_be_absent(query: Query) -> bool:
    """Return whether a filter, or a word restricted to one field, may match no cable."""
    return any(not isinstance(term, Word | Phrase) or term.field for term in query.leaves)


def _term(facet: str, value: str) -> Filter | Range:
    if facet not in FACETS or FACETS[facet].kind != "date":
        return Filter(facet, value)
    range_start, range_separator, range_end = value.partition("..")
    return Range(facet, range_start, range_end if range_separator else range_start)


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
    """A sort order of the list of cables."""

    key: str
    """The key for this order in the menu of orders, where `j` and `k` move the cursor."""
    meaning: str


SORTS: dict[str, SortOrder] = {
    "-created": SortOrder("n", "newest first"),
    "created": SortOrder("o", "oldest first"),
    "relevance": SortOrder("b", "best first; without words, newest first"),
    "-released": SortOrder("p", "last published first"),
    "released": SortOrder("P", "first published first"),
    "reference": SortOrder("r", "by reference ID"),
    "-reference": SortOrder("R", "by reference ID, backwards"),
    "-length": SortOrder("l", "longest first"),
    "length": SortOrder("L", "shortest first"),
}
"""Every sort order by its name; `-` marks a descending order."""

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
    """Return the same order reversed; for relevance, return newest first."""
    if key == BEST:
        return NEWEST
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


def sort_key(text: str) -> str | None:
    """Return the order with this name or alias, or None if it is unknown."""
    sort_name = text.strip().casefold()
    sort_name = _ALIASES.get(sort_name, sort_name)
    return sort_name if sort_name in SORTS else None

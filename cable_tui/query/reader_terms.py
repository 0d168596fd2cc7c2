"""The reader's own data in queries: `is:bookmarked`, `list:`, `note:`, `query:`, tools' names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from cable_tui.base.tools import load
from cable_tui.base.value import Value, field, replace
from cable_tui.query.fields import FIELDS, is_word_name
from cable_tui.query.model import Complaint, Filter, Group, Query, Term
from cable_tui.query.parser import parse
from cable_tui.text import begins, folded_words

MOST_SAVED = 100
"""The maximum number of saved searches that a query may expand to."""


class WordName(Protocol):
    """A name that represents words in queries, such as a person's name for all its spellings."""

    @property
    def name(self) -> str:
        """The name, which is unique within one field, ignoring case."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms of the name to search for."""

    @property
    def last_words(self) -> tuple[str, ...]:
        """The last words of the forms, folded, which are spellings of the same word."""

    @property
    def query(self) -> str:
        """The query that replaces the name."""


_Name = TypeVar("_Name", bound=WordName)


class WordNames(Value):
    """The names that one field of a tool accepts."""

    names: tuple[WordName, ...] = ()
    fault: str = ""
    """The reason why the names cannot be read, or an empty string."""


class WordNameSource(Protocol):
    """The interface of the module, listed in `FIELDS`, that answers a tool's field of names."""

    def state(self, library: Path) -> object:
        """Return a value that changes whenever the names change."""

    def names(self, library: Path) -> WordNames:
        """Return the names that are stored next to a library."""


def word_name_sources() -> dict[str, WordNameSource]:
    """Import the modules that provide names, and return them by field."""
    return {name: load(FIELDS[name].answers) for name in FIELDS if is_word_name(name)}


def name_meant(names: Iterable[_Name], text: str) -> _Name | None:
    """Return the name that equals a text or has it among its forms, ignoring case."""
    query_words = folded_words(text)
    all_names = tuple(names) if query_words else ()
    for candidate_name in all_names:
        if folded_words(candidate_name.name) == query_words:
            return candidate_name
    return next((name for name in all_names if query_words in map(folded_words, name.forms)), None)


class ReaderData(Value):
    """The reader's bookmarks, notes and lists by canonical ids.

    Two values with the same `version` are equal.
    """

    bookmarked: frozenset[str] = frozenset()
    noted: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The cables in each list, keyed by list name."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """For each cable, all notes on the cable and its paragraphs as one text."""
    saved: Mapping[str, str] = field(default_factory=dict)
    """The text of each saved search, keyed by its name."""
    records: Mapping[str, int] = field(default_factory=dict)
    """The CRC of the record that the reader chose, by cable."""
    of_tools: Mapping[str, WordNames] = field(default_factory=dict)
    """Names that represent words, keyed by the field of the tool that provides them."""
    version: int = 0

    def list_named(self, text: str) -> str | None:
        """Return the name of the list that a text refers to, or None if there is none."""
        return _named(text, self.lists)

    def saved_named(self, text: str) -> str | None:
        """Return the name of the saved search that a text refers to, or None if there is none."""
        return _named(text, self.saved)

    def word_names(self, prefix: str) -> WordNames:
        """Return the names that a tool's field accepts."""
        return self.of_tools.get(prefix, WordNames())

    def word_name(self, prefix: str, text: str) -> WordName | None:
        """Return the name that a text selects in a tool's field.

        The text is the name itself, one of its forms, or the beginnings of the words in a form.
        """
        own_names = self.word_names(prefix).names
        meant_name = name_meant(own_names, text)
        if meant_name is None and (
            full_name := _named(text, {word_name.name: word_name for word_name in own_names})
        ):
            meant_name = name_meant(own_names, full_name)
        return meant_name

    def also_written(self, word: str) -> tuple[str, ...]:
        """Return the other spellings of a folded word, from the first name that contains it."""
        all_names = (
            word_name for tool_names in self.of_tools.values() for word_name in tool_names.names
        )
        matching_name = next(
            (word_name for word_name in all_names if word in word_name.last_words), None
        )
        return (
            tuple(spelling for spelling in matching_name.last_words if spelling != word)
            if matching_name
            else ()
        )

    def noting(self, text: str) -> frozenset[str]:
        """Return the cables whose notes contain words that begin with the words of a text."""
        query_words = folded_words(text)
        noted_cables = (
            cable
            for cable, note in self.notes.items()
            if query_words and begins(query_words, folded_words(note))
        )
        return frozenset(noted_cables)


NOTHING = ReaderData()
"""The data of a reader who has not bookmarked or noted anything."""


def _named(text: str, known_names: Mapping[str, object]) -> str | None:
    """Return the exact name, ignoring case, or else the only name that a text abbreviates."""
    folded_text = text.strip().casefold()
    if exact_names := [name for name in known_names if name.casefold() == folded_text]:
        return text.strip() if text.strip() in known_names else exact_names[0]
    query_words = folded_words(text)
    names_with_prefix = [
        name for name in known_names if query_words and begins(query_words, folded_words(name))
    ]
    return names_with_prefix[0] if len(names_with_prefix) == 1 else None


def expanded(query: Query, own: ReaderData) -> Query:
    """Return the query with saved searches and tools' names replaced by what they represent.

    Unknown names are dropped, with a complaint.
    """
    return _Expansion(own).query(query)


class _Expansion:
    def __init__(self, own: ReaderData) -> None:
        self._reader_data = own
        self._searches_left = MOST_SAVED
        self._complaints: list[Complaint] = []
        self._text = ""
        self._outer_searches: tuple[str, ...] = ()

    def query(self, query: Query) -> Query:
        self._text = str(query)
        query_terms = self._terms(query.terms)
        if query_terms == query.terms and not self._complaints:
            return query
        return replace(query, terms=query_terms, complaints=(*query.complaints, *self._complaints))

    def _terms(self, terms: tuple[Term, ...]) -> tuple[Term, ...]:
        """Return the expansion of terms that must all match.

        Saved searches are alternatives, like filters of one facet.
        """
        expanded_terms: list[Term] = []
        saved_alternatives: list[tuple[Term, ...]] = []
        alternatives_by_field: dict[str, list[tuple[Term, ...]]] = {}
        for term in terms:
            if isinstance(term, Group):
                # Without the alternatives that are empty now.
                alternatives = [
                    expanded_alternative
                    for alternative in term.alternatives
                    if (expanded_alternative := self._terms(alternative)) or not alternative
                ]
                if alternatives:
                    expanded_terms.append(replace(term, alternatives=tuple(alternatives)))
            elif isinstance(term, Filter) and is_word_name(term.facet):
                if (name_words := self._words_of(term)) is not None and term.negated:
                    expanded_terms.append(replace(name_words, negated=True))
                elif name_words is not None:
                    alternatives_by_field.setdefault(term.facet, []).extend(name_words.alternatives)
            elif not isinstance(term, Filter) or term.facet not in ("query", "list"):
                expanded_terms.append(term)
            elif term.facet == "list":
                if self._reader_data.list_named(term.value) is not None:
                    expanded_terms.append(term)
                else:
                    self._complain(term, "list", self._reader_data.lists)
            elif (saved_terms := self._saved(term)) is not None:
                if term.negated:
                    expanded_terms.append(Group((saved_terms,), negated=True))
                else:
                    saved_alternatives.append(saved_terms)
        return (
            *expanded_terms,
            *(
                Group(tuple(group_alternatives))
                for group_alternatives in (saved_alternatives, *alternatives_by_field.values())
                if group_alternatives
            ),
        )

    def _words_of(self, term: Filter) -> Group | None:
        """Return the words that a name represents, or None if the name is unknown."""
        word_name = self._reader_data.word_name(term.facet, term.value)
        if word_name is None:
            own_names = self._reader_data.word_names(term.facet)
            if own_names.fault:
                self._say(term, own_names.fault)
            else:
                known_names = {known_name.name: known_name for known_name in own_names.names}
                self._complain(term, FIELDS[term.facet].noun, known_names)
            return None
        form_terms = parse(word_name.query).terms
        only_form = form_terms[0] if len(form_terms) == 1 else None
        return only_form if isinstance(only_form, Group) else Group((form_terms,))

    def _saved(self, term: Filter) -> tuple[Term, ...] | None:
        saved_name = self._reader_data.saved_named(term.value)
        if saved_name is None:
            self._complain(term, "saved search", self._reader_data.saved)
            return None
        if saved_name in self._outer_searches:
            self._say(term, f"the saved search {saved_name} refers to itself")
            return None
        if not self._searches_left:
            self._say(term, f"a query can use at most {MOST_SAVED} saved searches")
            return None
        self._searches_left -= 1
        outer_names, self._outer_searches = (
            self._outer_searches,
            (*self._outer_searches, saved_name),
        )
        saved_query = parse(self._reader_data.saved[saved_name])
        expanded_terms = self._terms(saved_query.terms)
        faults = [
            complaint
            for complaint in saved_query.complaints
            if complaint.refuses or complaint.unknown
        ]
        for saved_fault in faults[:1]:
            reason = f"the saved search {saved_name}: {saved_fault.reason}"
            self._say(term, reason, refuses=saved_fault.refuses)
        self._outer_searches = outer_names
        return expanded_terms

    def _complain(self, term: Filter, name_kind: str, known_names: Mapping[str, object]) -> None:
        which_there_are = (
            f"there are {', '.join(list(known_names)[:10])}" if known_names else "you have none"
        )
        self._say(term, f"there is no {name_kind} called {term.value}; {which_there_are}")

    def _say(self, term: Filter, reason: str, *, refuses: bool = False) -> None:
        # A mistake in a saved search is reported if the query names that search.
        term_column = self._text.find(str(term))
        outermost_column = next(
            (self._text.find(f"query:{name}") for name in self._outer_searches), -1
        )
        self._complaints.append(Complaint(max(term_column, outermost_column, 0), reason, refuses))

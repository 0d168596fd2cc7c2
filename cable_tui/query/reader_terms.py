"""The reader's own data for queries: `is:bookmarked`, `list:`, `note:`, `query:`, tools' names."""

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
"""The most saved searches that one query may expand to."""


class WordName(Protocol):
    """A name that stands for words in queries, such as that of a person for all its spellings."""

    @property
    def name(self) -> str:
        """The name; no two of one field are the same, whatever the case."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The words that mean it."""

    @property
    def last_words(self) -> tuple[str, ...]:
        """The last words of the forms, folded: they are spellings of one word."""

    @property
    def query(self) -> str:
        """The query that it stands for."""


_Name = TypeVar("_Name", bound=WordName)


class WordNames(Value):
    """The names of one field."""

    names: tuple[WordName, ...] = ()
    fault: str = ""
    """Reason why they cannot be read; empty if they can."""


class WordNameSource(Protocol):
    """What a tool answers about a field of such names: the module that `FIELDS` has for it."""

    def state(self, library: Path) -> object:
        """Return a value that changes whenever the names do."""

    def names(self, library: Path) -> WordNames:
        """Return the names that are kept beside a library."""


def word_name_sources() -> dict[str, WordNameSource]:
    """Return the sources of names by their fields, imported now."""
    return {name: load(FIELDS[name].answers) for name in FIELDS if is_word_name(name)}


def name_meant(names: Iterable[_Name], text: str) -> _Name | None:
    """Return the name that a text is, or that has it among its forms, in whatever case."""
    words_given = folded_words(text)
    all_names = tuple(names) if words_given else ()
    for word_name in all_names:
        if folded_words(word_name.name) == words_given:
            return word_name
    return next((name for name in all_names if words_given in map(folded_words, name.forms)), None)


class ReaderData(Value):
    """A reader's marks, by canonical ids. Two with the same `version` are equal."""

    bookmarked: frozenset[str] = frozenset()
    noted: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The cables of each list."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """All notes on a cable and its paragraphs as one text."""
    saved: Mapping[str, str] = field(default_factory=dict)
    """The text of each saved search."""
    records: Mapping[str, int] = field(default_factory=dict)
    """The CRC of the chosen record, by cable."""
    of_tools: Mapping[str, WordNames] = field(default_factory=dict)
    """Names that stand for words, by the fields of tools."""
    version: int = 0

    def list_named(self, text: str) -> str | None:
        """Return the list that a text names; None if there is none."""
        return _named(text, self.lists)

    def saved_named(self, text: str) -> str | None:
        """Return the saved search that a text names; None if there is none."""
        return _named(text, self.saved)

    def word_names(self, prefix: str) -> WordNames:
        """Return the names of a tool's field."""
        return self.of_tools.get(prefix, WordNames())

    def word_name(self, prefix: str, text: str) -> WordName | None:
        """Return what a text means in a tool's field: by name, form, or beginnings of words."""
        own_names = self.word_names(prefix).names
        meant_name = name_meant(own_names, text)
        if meant_name is None and (
            name := _named(text, {word_name.name: word_name for word_name in own_names})
        ):
            meant_name = name_meant(own_names, name)
        return meant_name

    def also_written(self, word: str) -> tuple[str, ...]:
        """Return the other spellings of a folded word, by the first name that is written so."""
        all_names = (name for names in self.of_tools.values() for name in names.names)
        name = next((word_name for word_name in all_names if word in word_name.last_words), None)
        return tuple(spelling for spelling in name.last_words if spelling != word) if name else ()

    def noting(self, text: str) -> frozenset[str]:
        """Return the cables with a note in which each word of a text begins a word."""
        words_given = folded_words(text)
        cables = (
            cable
            for cable, note in self.notes.items()
            if words_given and begins(words_given, folded_words(note))
        )
        return frozenset(cables)


NOTHING = ReaderData()
"""The data of a reader without any marks."""


def _named(text: str, known: Mapping[str, object]) -> str | None:
    """Return the exact name, in any case, else the one whose words begin with those of a text."""
    folded_text = text.strip().casefold()
    if exact_names := [name for name in known if name.casefold() == folded_text]:
        return text.strip() if text.strip() in known else exact_names[0]
    parts = folded_words(text)
    begun_names = [name for name in known if parts and begins(parts, folded_words(name))]
    return begun_names[0] if len(begun_names) == 1 else None


def expanded(query: Query, own: ReaderData) -> Query:
    """Return the query with saved searches, and what names of tools stand for, instead of names.

    Unknown names are left out, with a complaint.
    """
    return _Expansion(own).query(query)


class _Expansion:
    def __init__(self, own: ReaderData) -> None:
        self._own = own
        self._left = MOST_SAVED
        self._complaints: list[Complaint] = []
        self._text = ""
        self._within: tuple[str, ...] = ()

    def query(self, query: Query) -> Query:
        self._text = str(query)
        query_terms = self._terms(query.terms)
        if query_terms == query.terms and not self._complaints:
            return query
        return replace(query, terms=query_terms, complaints=(*query.complaints, *self._complaints))

    def _terms(self, terms: tuple[Term, ...]) -> tuple[Term, ...]:
        """Return terms that must all hold.

        Saved searches are alternatives, like filters of a facet.
        """
        terms_read: list[Term] = []
        either: list[tuple[Term, ...]] = []
        meant: dict[str, list[tuple[Term, ...]]] = {}
        for term in terms:
            if isinstance(term, Group):
                # Without the alternatives that are empty now.
                alternatives = [
                    new
                    for alternative in term.alternatives
                    if (new := self._terms(alternative)) or not alternative
                ]
                if alternatives:
                    terms_read.append(replace(term, alternatives=tuple(alternatives)))
            elif isinstance(term, Filter) and is_word_name(term.facet):
                if (name_words := self._words_of(term)) is not None and term.negated:
                    terms_read.append(replace(name_words, negated=True))
                elif name_words is not None:
                    meant.setdefault(term.facet, []).extend(name_words.alternatives)
            elif not isinstance(term, Filter) or term.facet not in ("query", "list"):
                terms_read.append(term)
            elif term.facet == "list":
                if self._own.list_named(term.value) is not None:
                    terms_read.append(term)
                else:
                    self._complain(term, "list", self._own.lists)
            elif (saved_terms := self._saved(term)) is not None:
                if term.negated:
                    terms_read.append(Group((saved_terms,), negated=True))
                else:
                    either.append(saved_terms)
        return (
            *terms_read,
            *(
                Group(tuple(alternatives_of))
                for alternatives_of in (either, *meant.values())
                if alternatives_of
            ),
        )

    def _words_of(self, term: Filter) -> Group | None:
        """Return what a name stands for; None if it is not known."""
        name = self._own.word_name(term.facet, term.value)
        if name is None:
            own_names = self._own.word_names(term.facet)
            if own_names.fault:
                self._say(term, own_names.fault)
            else:
                known_names = {word_name.name: word_name for word_name in own_names.names}
                self._complain(term, FIELDS[term.facet].noun, known_names)
            return None
        forms = parse(name.query).terms
        only_form = forms[0] if len(forms) == 1 else None
        return only_form if isinstance(only_form, Group) else Group((forms,))

    def _saved(self, term: Filter) -> tuple[Term, ...] | None:
        name = self._own.saved_named(term.value)
        if name is None:
            self._complain(term, "saved search", self._own.saved)
            return None
        if name in self._within:
            self._say(term, f"the saved search {name} refers to itself")
            return None
        if not self._left:
            self._say(term, f"no more than {MOST_SAVED} saved searches are read")
            return None
        self._left -= 1
        outer_names, self._within = self._within, (*self._within, name)
        saved_query = parse(self._own.saved[name])
        terms = self._terms(saved_query.terms)
        faults = [
            complaint
            for complaint in saved_query.complaints
            if complaint.refuses or complaint.unknown
        ]
        for fault in faults[:1]:
            reason = f"the saved search {name}: {fault.reason}"
            self._say(term, reason, refuses=fault.refuses)
        self._within = outer_names
        return terms

    def _complain(self, term: Filter, what: str, known: Mapping[str, object]) -> None:
        which_there_are = f"there are {', '.join(list(known)[:10])}" if known else "you have none"
        self._say(term, f"there is no {what} called {term.value}; {which_there_are}")

    def _say(self, term: Filter, reason: str, *, refuses: bool = False) -> None:
        # A mistake in a saved search is reported if the query names that search.
        term_column = self._text.find(str(term))
        outermost = next((self._text.find(f"query:{name}") for name in self._within), -1)
        self._complaints.append(Complaint(max(term_column, outermost, 0), reason, refuses))

"""The reader's own data for queries: `is:bookmarked`, `list:`, `note:`, `query:`, `person:`."""

from __future__ import annotations

from collections.abc import Mapping

from cable_tui.base.value import Value, field, replace
from cable_tui.query.model import Complaint, Filter, Group, Query, Term
from cable_tui.query.parser import parse
from cable_tui.text import begins, folded_words
from cable_tui.tools.people.confirmed import People, Person, named, query_text

MOST_SAVED = 100
"""The most saved searches that one query may expand to."""


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
    people: People = ()
    """The people that the reader has confirmed."""
    people_fault: str = ""
    """Reason why the people cannot be read; empty if they can."""
    version: int = 0

    def list_named(self, given: str) -> str | None:
        """Return the list that a text names; None if there is none."""
        return _named(given, self.lists)

    def saved_named(self, given: str) -> str | None:
        """Return the saved search that a text names; None if there is none."""
        return _named(given, self.saved)

    def person_named(self, given: str) -> Person | None:
        """Return the confirmed person that a text names by name, form, or beginnings of words."""
        found = named(self.people, given)
        if found is None and (name := _named(given, {each.name: each for each in self.people})):
            found = named(self.people, name)
        return found

    def also_written(self, word: str) -> tuple[str, ...]:
        """Return the other spellings of the surname of the first person with a folded word."""
        person = next((each for each in self.people if word in each.last_words), None)
        return tuple(each for each in person.last_words if each != word) if person else ()

    def noting(self, given: str) -> frozenset[str]:
        """Return the cables with a note in which each word of a text begins a word."""
        wanted = folded_words(given)
        found = (
            cable
            for cable, note in self.notes.items()
            if wanted and begins(wanted, folded_words(note))
        )
        return frozenset(found)


NOTHING = ReaderData()
"""The data of a reader without any marks."""


def _named(given: str, known: Mapping[str, object]) -> str | None:
    """Return the exact name, in any case, else the one whose words begin with those of a text."""
    wanted = given.strip().casefold()
    if exact := [name for name in known if name.casefold() == wanted]:
        return given.strip() if given.strip() in known else exact[0]
    parts = folded_words(given)
    begun = [name for name in known if parts and begins(parts, folded_words(name))]
    return begun[0] if len(begun) == 1 else None


def expanded(query: Query, own: ReaderData) -> Query:
    """Return the query with saved searches, and the forms of people, instead of their names.

    Unknown names of lists, searches and people are left out, with a complaint.
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
        terms = self._terms(query.terms)
        if terms == query.terms and not self._complaints:
            return query
        return replace(query, terms=terms, complaints=(*query.complaints, *self._complaints))

    def _terms(self, terms: tuple[Term, ...]) -> tuple[Term, ...]:
        """Return terms that must all hold.

        Saved searches are alternatives, like filters of a facet.
        """
        found: list[Term] = []
        either: list[tuple[Term, ...]] = []
        people: list[tuple[Term, ...]] = []
        for term in terms:
            if isinstance(term, Group):
                # Without the alternatives that are empty now.
                kept = [new for each in term.alternatives if (new := self._terms(each)) or not each]
                if kept:
                    found.append(replace(term, alternatives=tuple(kept)))
            elif not isinstance(term, Filter) or term.facet not in ("query", "list", "person"):
                found.append(term)
            elif term.facet == "person":
                if (group := self._person(term)) is not None and term.negated:
                    found.append(replace(group, negated=True))
                elif group is not None:
                    people += group.alternatives
            elif term.facet == "list":
                if self._own.list_named(term.value) is not None:
                    found.append(term)
                else:
                    self._complain(term, "list", self._own.lists)
            elif (saved := self._saved(term)) is not None:
                if term.negated:
                    found.append(Group((saved,), negated=True))
                else:
                    either.append(saved)
        return (*found, *(Group(tuple(each)) for each in (either, people) if each))

    def _person(self, term: Filter) -> Group | None:
        """Return any form of a person; None if the person is not confirmed."""
        person = self._own.person_named(term.value)
        if person is None:
            if fault := self._own.people_fault:
                self._say(term, fault)
            else:
                known = {each.name: each for each in self._own.people}
                self._complain(term, "confirmed person", known)
            return None
        forms = parse(query_text(person.forms, person.cables)).terms
        one = forms[0] if len(forms) == 1 else None
        return one if isinstance(one, Group) else Group((forms,))

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
        outer, self._within = self._within, (*self._within, name)
        saved = parse(self._own.saved[name])
        terms = self._terms(saved.terms)
        faults = [each for each in saved.complaints if each.refuses or each.unknown]
        for fault in faults[:1]:
            reason = f"the saved search {name}: {fault.reason}"
            self._say(term, reason, refuses=fault.refuses)
        self._within = outer
        return terms

    def _complain(self, term: Filter, what: str, known: Mapping[str, object]) -> None:
        there = f"there are {', '.join(list(known)[:10])}" if known else "you have none"
        self._say(term, f"no {what} {term.value}; {there}")

    def _say(self, term: Filter, reason: str, *, refuses: bool = False) -> None:
        # A mistake in a saved search is reported if the query names that search.
        at = self._text.find(str(term))
        outermost = next((self._text.find(f"query:{name}") for name in self._within), -1)
        self._complaints.append(Complaint(max(at, outermost, 0), reason, refuses))

"""The people that a reader has confirmed: their names and the words that each is found by.

A form is words that mean this person wherever they occur. New ones are names of several words, or a
title with a name; a surname alone means the person only in a cable that has a form too, or that the
reader has confirmed by itself. Older programs kept surnames as forms: these keep their meaning.

All changes are functions from the people of one moment to the next, so that they can be made on
whatever another window has written meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

from cable_tui.base.value import Value, replace
from cable_tui.query.reader_terms import name_meant
from cable_tui.text import fold, folded_words

if TYPE_CHECKING:
    from cable_tui.base.kinds import Only

MOST_PEOPLE = 20_000
"""The most people that a reader may have confirmed."""
MOST_FORMS = 200
"""The most spellings of one person, and cables confirmed one by one."""
LONGEST = 200
"""The most characters of a name or a form."""
_Words = Annotated[str, "words", ("minLength", 1), ("maxLength", LONGEST)]


class Person(Value):
    """A person that a reader has confirmed."""

    name: _Words
    """The reader's name for them; no two are the same, whatever the case."""
    forms: Annotated[tuple[_Words, ...], ("maxItems", MOST_FORMS)] = ()
    """The words that find them: `Bernard Kouchner`, `Foreign Minister Kouchner`."""
    protected: bool = False
    """Whether a cable asks to protect this name: exports have it only on request."""
    cables: Only[Annotated[tuple[_Words, ...], ("maxItems", MOST_FORMS)]] = ()
    """Reference ids of cables in which a part of the name alone is this person."""
    is_nobody: Only[Annotated[bool, "named nobody"]] = False
    """Whether the reader said that it is not a person: it is not listed; `person:` skips it."""

    @property
    def forms_of_one_word(self) -> tuple[str, ...]:
        """The single-word forms, folded: they mean the person wherever they occur."""
        return tuple(parts[0] for form in self.forms if len(parts := folded_words(form)) == 1)

    @property
    def last_words(self) -> tuple[str, ...]:
        """The spellings of the surname: the last words of the forms, folded."""
        return tuple(
            dict.fromkeys(parts[-1] for form in self.forms if (parts := folded_words(form)))
        )

    @property
    def query(self) -> str:
        """The query for any of the forms or cables."""
        return query_text(self.forms, self.cables)


People = tuple[Person, ...]
"""All people that a reader has confirmed, by name."""


class PeopleError(ValueError):
    """A change that cannot be made; its text says why."""


def key_of(form: str) -> str:
    """Return a common key of all forms that are found by the same words."""
    return " ".join(folded_words(form))


def one_line(text: str) -> str:
    """Return a name or form for storing."""
    return " ".join(text.split())[:LONGEST].strip()


def named(people: Iterable[Person], name: str) -> Person | None:
    """Return the person with a name or a form, in whatever case; None if there is none."""
    return name_meant(sorted(people, key=lambda person: person.is_nobody), name)


def confirmed(
    people: People, name: str, forms: Sequence[str], *, protected: bool, cables: Sequence[str] = ()
) -> People:
    """Confirm a person, or add more forms and cables to one who is confirmed.

    Raises `PeopleError` if a form is another person's, or if there is no form.
    """
    name = one_line(name)
    kept_forms = _forms(forms) or (() if cables else (name,))
    if not key_of(name) or not all(map(key_of, kept_forms)):
        raise PeopleError("a name needs letters")
    if len(people) >= MOST_PEOPLE:
        raise PeopleError(f"at most {MOST_PEOPLE:,} people can be confirmed")
    old_person = _called(people, name)
    other_people = tuple(person for person in people if person is not old_person)
    for form in kept_forms:
        if other_person := _with_form(other_people, form):
            raise PeopleError(
                f"{form} already belongs to {other_person.name}; merge the two, or split it "
                "off first"
            )
    person_before = old_person or Person(name)
    person = replace(
        person_before,
        forms=_forms((*person_before.forms, *kept_forms)),
        protected=person_before.protected or protected,
        cables=_cables((*person_before.cables, *cables)),
    )
    return _sorted((*other_people, person))


def nobody(people: People, name: str, forms: Sequence[str]) -> People:
    """Declare that a name is not a person's: a person of this name is no longer confirmed."""
    name = one_line(name)
    if not key_of(name):
        raise PeopleError("a name needs letters")
    same_people = [person for person in people if key_of(person.name) == key_of(name)]
    kept_forms = _forms(
        (*(form for person in same_people if person.is_nobody for form in person.forms), *forms)
    )
    other_people = (person for person in people if person not in same_people)
    return _sorted((*other_people, Person(name, kept_forms or (name,), is_nobody=True)))


def merged(people: People, into: str, other: str) -> People:
    """Merge two people into one, under the first one's name. Raises `PeopleError`."""
    first_person, second_person = _needed(people, into), _needed(people, other)
    if first_person is second_person:
        raise PeopleError(f"{first_person.name} is already one person")
    merged_person = Person(
        first_person.name,
        _forms((*first_person.forms, *second_person.forms)),
        first_person.protected or second_person.protected,
        _cables((*first_person.cables, *second_person.cables)),
    )
    return _sorted(
        (
            *(person for person in people if person not in (first_person, second_person)),
            merged_person,
        )
    )


def split(people: People, name: str, form: str, new_name: str = "") -> People:
    """Split a form off as somebody else: it is taken from a person who has it.

    If it has more words than the person's forms, the new person gets it: the longest form in a text
    decides who is meant. Raises `PeopleError`.
    """
    person, form = _needed(people, name), one_line(form)
    new_name = one_line(new_name) or form
    forms_left = tuple(
        other_form for other_form in person.forms if key_of(other_form) != key_of(form)
    )
    if not forms_left:
        raise PeopleError(f"{form} is the only form of {person.name}; rename the person instead")
    if _called(people, new_name) is not None:
        raise PeopleError(f"{new_name} already exists; merge them, or choose another name")
    other_people = tuple(other_person for other_person in people if other_person is not person)
    return confirmed(
        (*other_people, replace(person, forms=forms_left)),
        new_name,
        [form],
        protected=person.protected,
    )


def renamed(people: People, name: str, new: str) -> People:
    """Rename a person, who keeps the forms. Raises `PeopleError`."""
    person, new = _needed(people, name), one_line(new)
    if not key_of(new):
        raise PeopleError("a name needs letters")
    if (person_so_called := _called(people, new)) is not None and person_so_called is not person:
        raise PeopleError(f"{person_so_called.name} already exists; merge them instead")
    other_people = tuple(other_person for other_person in people if other_person is not person)
    return _sorted((*other_people, replace(person, name=new)))


def dropped(people: People, name: str) -> People:
    """Make a person a candidate again. Raises `PeopleError`."""
    person = _needed(people, name)
    return tuple(other_person for other_person in people if other_person is not person)


def joined(
    people: People, others: Iterable[Person], most: int = MOST_PEOPLE
) -> tuple[People, tuple[str, ...]]:
    """Join the people of another file to these, with a sentence for each that is skipped.

    A person in both gets the forms of both; a form that belongs to another person here is skipped.
    """
    notes: list[str] = []
    by_name = {(person.is_nobody, key_of(person.name)): person for person in people}
    by_form = {
        (person.is_nobody, key_of(form)): person.name for person in people for form in person.forms
    }
    for person in others:
        is_nobody = person.is_nobody
        name = is_nobody, key_of(person.name)
        old_person = by_name.get(name)
        free_forms = []
        for form in person.forms:
            holder = by_form.get((is_nobody, key_of(form)), person.name)
            if key_of(holder) == name[1]:
                free_forms.append(form)
            else:
                notes.append(f"{person.name}: {form} already belongs to {holder}")
        if not free_forms and not person.cables:
            continue
        if old_person is None and len(by_name) >= most:
            notes.append(f"{person.name}: at most {most:,} people can be confirmed")
            continue
        forms = _forms((*(old_person.forms if old_person else ()), *free_forms))
        kept_person = Person(
            old_person.name if old_person else person.name,
            forms,
            person.protected or (old_person is not None and old_person.protected),
            _cables((*(old_person.cables if old_person else ()), *person.cables)),
            is_nobody,
        )
        by_name[name] = kept_person
        by_form.update(((is_nobody, key_of(form)), kept_person.name) for form in forms)
    return _sorted(by_name.values()), tuple(notes)


def query_text(forms: Iterable[str], cables: Iterable[str] = ()) -> str:
    """Return a query for any of some forms or cables.

    Examples: `=kouchner or "pm kouchner" or ref:"09rabat1"`.
    """
    terms = []
    for form in forms:
        parts = folded_words(form)
        if parts:
            terms.append(f"={parts[0]}" if len(parts) == 1 else f'"{" ".join(parts)}"')
    terms += (f'ref:"{" ".join(folded_words(cable))}"' for cable in cables)
    return " or ".join(dict.fromkeys(terms))


def _needed(people: People, name: str) -> Person:
    person = named(people, name)
    if person is None:
        known_names = ", ".join(person.name for person in people[:10])
        which_people = f"there are {known_names}" if known_names else "no person is confirmed yet"
        raise PeopleError(f"there is no confirmed person {name}; {which_people}")
    return person


def _called(people: People, name: str) -> Person | None:
    persons = (person for person in people if not person.is_nobody)
    return next((person for person in persons if key_of(person.name) == key_of(name)), None)


def _with_form(people: Iterable[Person], form: str) -> Person | None:
    key = key_of(form)
    persons = (person for person in people if not person.is_nobody)
    return next((person for person in persons if key in map(key_of, person.forms)), None)


def _cables(cables: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cables))[:MOST_FORMS]


def _forms(forms: Iterable[str]) -> tuple[str, ...]:
    by_key: dict[str, str] = {}
    for form in map(one_line, forms):
        if key_of(form):
            by_key.setdefault(key_of(form), form)
    return tuple(by_key.values())[:MOST_FORMS]


def _sorted(people: Iterable[Person]) -> People:
    return tuple(sorted(people, key=lambda person: (fold(person.name), person.name)))

"""The people that a reader has confirmed: their names, and the words that identify each of them.

A form is a group of words that refers to this person wherever it occurs. New forms are names of
several words, or a title with a name. A surname alone refers to the person only in a cable that
also contains a form, or that the reader has confirmed individually. Older versions stored surnames
as forms; these keep their meaning.

Every change is a function from the people before the change to the people after it, so it can be
applied to whatever another window has written in the meantime.
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
"""The maximum number of people that a reader may have confirmed."""
MOST_FORMS = 200
"""The maximum number of forms of one person, and of individually confirmed cables."""
LONGEST = 200
"""The maximum number of characters of a name or a form."""
_Words = Annotated[str, "words", ("minLength", 1), ("maxLength", LONGEST)]


class Person(Value):
    """A person confirmed by a reader."""

    name: _Words
    """The reader's name for the person, which is unique even if case is ignored."""
    forms: Annotated[tuple[_Words, ...], ("maxItems", MOST_FORMS)] = ()
    """The words that identify the person: `Bernard Kouchner`, `Foreign Minister Kouchner`."""
    protected: bool = False
    """Whether a cable asks to protect this name; if so, exports include it only on request."""
    cables: Only[Annotated[tuple[_Words, ...], ("maxItems", MOST_FORMS)]] = ()
    """The reference IDs of cables in which a part of the name alone refers to this person."""
    is_nobody: Only[Annotated[bool, "named nobody"]] = False
    """Whether the reader declared that the name is not a person, so that the name is not listed and
    `person:` skips it.
    """

    @property
    def forms_of_one_word(self) -> tuple[str, ...]:
        """The single-word forms, folded, which refer to the person wherever they occur."""
        return tuple(
            form_words[0] for form in self.forms if len(form_words := folded_words(form)) == 1
        )

    @property
    def last_words(self) -> tuple[str, ...]:
        """The spellings of the surname: the last words of the forms, folded."""
        return tuple(
            dict.fromkeys(
                form_words[-1] for form in self.forms if (form_words := folded_words(form))
            )
        )

    @property
    def query(self) -> str:
        """The query for any of the forms or cables."""
        return query_text(self.forms, self.cables)


People = tuple[Person, ...]
"""All people that a reader has confirmed, by name."""


class PeopleError(ValueError):
    """A change that cannot be made; the text of the error is the reason."""


def key_of(form: str) -> str:
    """Return a key that is the same for all forms matched by the same words."""
    return " ".join(folded_words(form))


def one_line(text: str) -> str:
    """Return a name or form on one line, shortened for storing."""
    return " ".join(text.split())[:LONGEST].strip()


def named(people: Iterable[Person], name: str) -> Person | None:
    """Return the person with a name or a form, ignoring case, or None."""
    return name_meant(sorted(people, key=lambda person: person.is_nobody), name)


def confirmed(
    people: People, name: str, forms: Sequence[str], *, protected: bool, cables: Sequence[str] = ()
) -> People:
    """Confirm a person, or add forms and cables to a confirmed person.

    Raises `PeopleError` if a form belongs to a different person, or if there is no form.
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
    """Declare that a name is not a person; a person with this name is no longer confirmed."""
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
    """Merge two people into one, under the name of the first.

    Raises `PeopleError`.
    """
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
    """Split a form off as a different person; the person who had the form loses it.

    The form may be longer than the person's forms, because the longest form in a text determines
    the person. Raises `PeopleError`.
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


def renamed(people: People, name: str, new_name: str) -> People:
    """Rename a person, who keeps the forms.

    Raises `PeopleError`.
    """
    person, new_name = _needed(people, name), one_line(new_name)
    if not key_of(new_name):
        raise PeopleError("a name needs letters")
    if (
        same_name_person := _called(people, new_name)
    ) is not None and same_name_person is not person:
        raise PeopleError(f"{same_name_person.name} already exists; merge them instead")
    other_people = tuple(other_person for other_person in people if other_person is not person)
    return _sorted((*other_people, replace(person, name=new_name)))


def dropped(people: People, name: str) -> People:
    """Turn a person into a candidate again.

    Raises `PeopleError`.
    """
    person = _needed(people, name)
    return tuple(other_person for other_person in people if other_person is not person)


def joined(
    people: People, others: Iterable[Person], most: int = MOST_PEOPLE
) -> tuple[People, tuple[str, ...]]:
    """Add the people in another file to these; return a sentence for each person that is skipped.

    A person in both files gets the forms from both. A form that belongs to a different person here
    is skipped.
    """
    skipped_notes: list[str] = []
    by_name = {(person.is_nobody, key_of(person.name)): person for person in people}
    by_form = {
        (person.is_nobody, key_of(form)): person.name for person in people for form in person.forms
    }
    for person in others:
        is_nobody = person.is_nobody
        name_key = is_nobody, key_of(person.name)
        old_person = by_name.get(name_key)
        free_forms = []
        for form in person.forms:
            holder = by_form.get((is_nobody, key_of(form)), person.name)
            if key_of(holder) == name_key[1]:
                free_forms.append(form)
            else:
                skipped_notes.append(f"{person.name}: {form} already belongs to {holder}")
        if not free_forms and not person.cables:
            continue
        if old_person is None and len(by_name) >= most:
            skipped_notes.append(f"{person.name}: at most {most:,} people can be confirmed")
            continue
        joined_forms = _forms((*(old_person.forms if old_person else ()), *free_forms))
        kept_person = Person(
            old_person.name if old_person else person.name,
            joined_forms,
            person.protected or (old_person is not None and old_person.protected),
            _cables((*(old_person.cables if old_person else ()), *person.cables)),
            is_nobody,
        )
        by_name[name_key] = kept_person
        by_form.update(((is_nobody, key_of(form)), kept_person.name) for form in joined_forms)
    return _sorted(by_name.values()), tuple(skipped_notes)


def query_text(forms: Iterable[str], cables: Iterable[str] = ()) -> str:
    """Return a query for any of the given forms or cables.

    For example, `=kouchner or "pm kouchner" or ref:"09rabat1"`.
    """
    query_terms = []
    for form in forms:
        form_words = folded_words(form)
        if form_words:
            query_terms.append(
                f"={form_words[0]}" if len(form_words) == 1 else f'"{" ".join(form_words)}"'
            )
    query_terms += (f'ref:"{" ".join(folded_words(cable))}"' for cable in cables)
    return " or ".join(dict.fromkeys(query_terms))


def _needed(people: People, name: str) -> Person:
    person = named(people, name)
    if person is None:
        known_names = ", ".join(person.name for person in people[:10])
        which_people = f"there are {known_names}" if known_names else "no person is confirmed yet"
        raise PeopleError(f"there is no confirmed person {name}; {which_people}")
    return person


def _called(people: People, name: str) -> Person | None:
    real_people = (person for person in people if not person.is_nobody)
    return next((person for person in real_people if key_of(person.name) == key_of(name)), None)


def _with_form(people: Iterable[Person], form: str) -> Person | None:
    form_key = key_of(form)
    real_people = (person for person in people if not person.is_nobody)
    return next((person for person in real_people if form_key in map(key_of, person.forms)), None)


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

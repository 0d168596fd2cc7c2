"""Which spellings of a candidate are its forms, and which a reader is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.value import replace
from cable_tui.query import parse
from cable_tui.tools.people.counting import PeopleReader, cables_to_read
from cable_tui.tools.people.forms import (
    all_forms,
    forms_of,
    full_names,
    is_one_given,
    may_be_one,
    may_be_several,
    several,
)
from cable_tui.tools.people.person import FoundPerson, Written
from tests.archive.fiction import Fiction, archive_of
from tests.cases import case


def person(*spellings: str, given: tuple[str, ...] = ()) -> FoundPerson:
    """A candidate Kelp; a name after `|` is the part of a spelling without its title."""
    written = []
    for number, text in enumerate(spellings):
        title, _, name = text.rpartition("|")
        written.append(Written(f"{title} {name}".strip(), 30 - number, name))
    return FoundPerson("Kelp", False, False, 40, tuple(written), ("Kelp",), given)


# The kinds of titles are those of the 80 most named people of 756 pages of the website: one person
# is President and Prime Minister in turn, but a Secretary and a President are two.
TITLES = [
    case("one title", ("President|Kelp",), ("President Kelp",), ()),
    case(
        "offices of one career",
        ("Prime Minister|Kelp", "President|Kelp", "PM|Kelp", "then-President|Kelp", "Kelp"),
        ("Prime Minister Kelp", "President Kelp", "PM Kelp", "then-President Kelp"),
        (),
    ),
    case("a form of address", ("Secretary|Kelp", "Ms.|Kelp"), ("Secretary Kelp", "Ms. Kelp"), ()),
    case(
        "a president and a secretary",
        ("Secretary|Kelp", "President|Kelp"),
        ("Secretary Kelp",),
        ("President Kelp",),
    ),
    case(
        "a king and a minister",
        ("King|Kelp", "Foreign Minister|Kelp"),
        ("King Kelp",),
        ("Foreign Minister Kelp",),
    ),
    case(
        "a secretary of the United Kingdom is a minister",
        ("FM|Kelp", "Foreign Secretary|Kelp"),
        ("FM Kelp", "Foreign Secretary Kelp"),
        (),
    ),
    case(
        "the title of a full name says which career",
        ("Secretary|Kelp", "A/S|Ada Kelp", "Ambassador|Kelp", "King|Kelp", "Dr.|Kelp"),
        ("Ada Kelp", "Ambassador Kelp", "Dr. Kelp"),
        ("Secretary Kelp", "King Kelp"),
    ),
    case(
        "a full name without a title is an officer's",
        ("Ada Kelp", "Secretary of State|Kelp", "Special Representative|Kelp"),
        ("Ada Kelp", "Special Representative Kelp"),
        ("Secretary of State Kelp",),
    ),
    case("a wife", ("President|Kelp", "Mrs.|Kelp"), ("President Kelp",), ("Mrs. Kelp",)),
    case(
        "generals of offices",
        ("Secretary General|Kelp", "SecGen|Kelp", "General|Kelp", "Consul General|Kelp"),
        ("Secretary General Kelp", "SecGen Kelp"),
        ("General Kelp", "Consul General Kelp"),
    ),
]


@pytest.mark.parametrize(("spellings", "taken", "asked"), TITLES)
def test_titles_of_another_career_are_asked_about(
    spellings: tuple[str, ...], taken: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    forms = forms_of(person(*spellings), "Kelp")
    assert forms.taken == taken
    assert tuple(each.text for each in forms.asked) == asked


ARLAS = (
    "President|Oscar Arlas", "President|Arlas", "Minister|Bo Arlas", "Minister|Arlas",
    "Senator|Arlas", "Arlas",
)  # fmt: skip


@pytest.mark.parametrize(
    ("called", "taken", "asked"),
    [
        (
            "Oscar Arlas",
            ("Oscar Arlas", "President Arlas"),
            ("Minister Bo Arlas", "Minister Arlas", "Senator Arlas"),
        ),
        (
            "Bo Arlas",
            ("Bo Arlas", "Minister Arlas"),
            ("President Oscar Arlas", "President Arlas", "Senator Arlas"),
        ),
    ],
)
def test_of_a_family_the_forms_are_those_of_the_given_name(
    called: str, taken: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    found = person(*ARLAS, given=("Oscar", "Bo"))
    assert not may_be_several(found, called)
    forms = forms_of(found, called)
    assert forms.taken == taken
    assert tuple(each.text for each in forms.asked) == asked


def test_a_surname_does_not_say_who_of_a_family_is_meant() -> None:
    found = person(*ARLAS, given=("Oscar", "Bo"))
    assert may_be_several(found, "Arlas")
    assert forms_of(found, "Arlas").taken == ()
    assert full_names(found) == {"Oscar Arlas": 30, "Bo Arlas": 28}
    assert several(found) == "Kelp may be several people: Oscar Arlas 30, Bo Arlas 28"
    assert all_forms(found) == (
        "Oscar Arlas", "Bo Arlas", "President Arlas", "Minister Arlas", "Senator Arlas",
    )  # fmt: skip


def test_a_title_that_two_of_a_family_have_is_asked_about() -> None:
    found = person("President|Ada Kelp", "President|Bo Kelp", "President|Kelp", given=("Ada", "Bo"))
    forms = forms_of(found, "Ada Kelp")
    assert forms.taken == ("Ada Kelp",)
    assert [each.text for each in forms.asked] == ["President Bo Kelp", "President Kelp"]


def test_a_father_in_a_name_is_somebody_else() -> None:
    found = person(
        "Prince|Abdullah Kelp", "Prince|Mohammad bin Abdullah Kelp", "Sheikh|Kelp",
        given=("Abdullah", "Mohammad"),
    )  # fmt: skip
    forms = forms_of(found, "Abdullah Kelp")
    assert forms.taken == ("Abdullah Kelp",)
    # The words of the form are in the longer name: a search finds it, and the question shows it.
    assert [each.text for each in forms.asked] == ["Sheikh Kelp"]


def test_a_spelling_without_the_surname_is_no_form() -> None:
    found = replace(
        person("President|Ada Kelp", "President|Ada"), parts=frozenset({"President Ada"})
    )
    assert forms_of(found, "Ada Kelp").taken == ("Ada Kelp",)
    assert forms_of(found, "Ada Kelp").asked == ()


@pytest.mark.parametrize("surname", ["Al Kelp", "da Kelp", "Van Kelp", "Abu Kelp"])
def test_a_part_that_belongs_to_a_surname_is_no_given_name(surname: str) -> None:
    names = (f"Ada {surname}", f"Bo {surname}")
    found = person(*names, surname, given=("Ada", "Bo"))
    assert may_be_several(found, surname)
    assert forms_of(found, names[0]).taken == names[:1]


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("Mahmud Kelp", "Mahmoud Kelp", True),
        ("Chris Kelp", "Christopher Kelp", True),
        ("Catherine Kelp", "Katherine Kelp", True),
        ("Hamid Kelp", "Ahmed Wali Kelp", False),  # of one sound
        ("Bo Kelp", "Bo A. Kelp", True),
        ("Bo G. Kelp", "Bo Alberto Kelp", False),
        ("Bo W. Kelp", "Bo H. W. Kelp", False),
        ("Marco Vincio Kelp", "Marco Vinicio Kelp", True),
    ],
)
def test_two_full_names_may_be_one_person_or_not(name: str, other: str, expected: bool) -> None:
    assert may_be_one(name, other) == may_be_one(other, name) == expected


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_two_given_names_are_compared_the_same_both_ways(first: str, other: str) -> None:
    assert is_one_given(first, other) == is_one_given(other, first)


def test_a_joint_title_is_two_people_and_a_given_name_alone_is_no_form(tmp_path: Path) -> None:
    texts = (
        "President Casimir Marlo met Mr. Bo.",
        "He saw President Rask-President Marlo talks end. President Casimir left.",
        "President Casimir Marlo and President Casimir sang.",
    )
    archive = archive_of(
        tmp_path, *(Fiction(f"09RABAT{at}", text=f"1. {text}") for at, text in enumerate(texts, 1))
    )
    reader = PeopleReader()
    for id_, records in cables_to_read(archive, archive.search(parse("")).ids, reader):
        reader.add(id_, *records)
    found = {each.name: each for each in reader.counted(archive).found}
    assert found["Marlo"].cables == 3
    assert forms_of(found["Marlo"], "Casimir Marlo").taken == ("Casimir Marlo", "President Marlo")
    assert forms_of(found["Marlo"], "Casimir Marlo").asked == ()
    assert forms_of(found["Rask"], "Rask").taken == ("President Rask",)
    archive.close()

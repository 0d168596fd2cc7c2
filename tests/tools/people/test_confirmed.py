"""The choice of people: confirmed, merged, split, renamed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.query import parse
from cable_tui.query.reader_terms import ReaderData, WordNames, expanded
from cable_tui.tools.people.confirmed import (
    People,
    PeopleError,
    Person,
    confirmed,
    dropped,
    joined,
    key_of,
    merged,
    named,
    query_text,
    renamed,
    split,
)
from tests.tool_cases import TextFunctions

ADA = Person("Ada Pelham", ("Pelham", "Pellam"))
BO = Person("Bo Rask", ("Rask", "Minister Rask"))
BOTH: People = (ADA, BO)


def test_who_is_confirmed_twice_has_the_forms_of_both() -> None:
    people = confirmed(BOTH, "ada pelham", ["Pelhem", "PELHAM"], protected=True)
    assert people == (Person("Ada Pelham", ("Pelham", "Pellam", "Pelhem"), True), BO)


def test_two_who_are_merged_have_the_first_name() -> None:
    assert merged(BOTH, "Bo Rask", "pellam") == (
        Person("Bo Rask", ("Rask", "Minister Rask", "Pelham", "Pellam")),
    )


@pytest.mark.parametrize(
    ("form", "left", "new"),
    [
        ("Pellam", ("Pelham",), Person("Pellam", ("Pellam",))),
        ("Ambassador Pelham", ADA.forms, Person("Ambassador Pelham", ("Ambassador Pelham",))),
    ],
)
def test_a_form_that_is_split_off_is_somebody_else(
    form: str, left: tuple[str, ...], new: Person
) -> None:
    people = split(BOTH, "Ada Pelham", form)
    assert named(people, form) == new
    assert named(people, "Ada Pelham") == Person("Ada Pelham", left)


def test_a_name_can_be_another_and_a_person_a_candidate_again() -> None:
    assert renamed(BOTH, "rask", "Bo R. Rask")[1] == Person("Bo R. Rask", BO.forms)
    assert renamed(BOTH, "Bo Rask", "BO RASK")[1].name == "BO RASK"
    assert dropped(BOTH, "Pelham") == (BO,)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda: confirmed(BOTH, "Ada", ["rask"], protected=False),
            "rask already belongs to Bo Rask",
        ),
        (lambda: confirmed(BOTH, "...", [], protected=False), "needs letters"),
        (lambda: merged(BOTH, "Ada Pelham", "Pellam"), "already one person"),
        (
            lambda: merged(BOTH, "Ada Pelham", "Marlo"),
            "there is no confirmed person Marlo.",
        ),
        (lambda: split((Person("A", ("Kelp",)),), "A", "Kelp"), "; rename the person instead"),
        (lambda: split(BOTH, "Ada Pelham", "Pellam", "Bo Rask"), "Bo Rask already exists"),
        (lambda: renamed(BOTH, "Ada Pelham", "bo rask"), "Bo Rask already exists"),
        (lambda: renamed(BOTH, "Ada Pelham", " . "), "needs letters"),
        (lambda: dropped((), "Marlo"), "no person is confirmed yet"),
    ],
)
def test_what_cannot_be_changed_is_said(change, said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(PeopleError, match=said):
        change()


def test_the_choice_of_others_is_taken_in_and_what_is_here_stays() -> None:
    others = (Person("Ada Pelham", ("Pelhem",)), Person("Clem", ("Rask", "Clem")))
    people, said = joined(BOTH, others)
    assert named(people, "Ada Pelham") == Person("Ada Pelham", (*ADA.forms, "Pelhem"))
    assert named(people, "Clem") == Person("Clem", ("Clem",))
    assert said == ("Clem: Rask already belongs to Bo Rask",)


def test_a_large_choice_is_taken_in_at_once() -> None:
    others = [Person(f"name{number}", (f"form{number}",)) for number in range(2_001)]
    people, said = joined((), others, most=2_000)
    assert (len(people), len(said)) == (2_000, 1)
    assert joined(people, others[:2_000]) == (people, ())


@given(st.lists(st.tuples(st.text(max_size=9), st.lists(st.text(max_size=9))), max_size=6))
def test_no_form_is_ever_two_people_s(given_: list[tuple[str, list[str]]]) -> None:
    people: People = ()
    for name, forms in given_:
        try:
            people = confirmed(people, name, forms, protected=False)
        except PeopleError:
            continue
    keys = [key_of(form) for each in people for form in each.forms]
    assert len(set(keys)) == len(keys)
    assert all(named(people, each.name) == each for each in people)


OWN = ReaderData(of_tools={"person": WordNames((ADA, BO, Person("Clem", ("Kelp",))))})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("person:pelham", "(=pelham or =pellam)"),
        ("person:ada salt", "salt (=pelham or =pellam)"),
        ('person:"Bo Rask"', '(=rask or "minister rask")'),
        ("person:clem", "(=kelp)"),
        ("-person:clem", "-(=kelp)"),
        ("person:clem person:ada", "(=kelp or =pelham or =pellam)"),
        ("(salt or person:clem)", "(salt or (=kelp))"),
    ],
)
def test_a_confirmed_person_is_searched_for_by_every_form(text: str, expected: str) -> None:
    query = expanded(parse(text), OWN)
    assert query.complaints == ()
    assert parse(str(query)).terms == parse(expected).terms


def test_who_is_not_confirmed_is_found_by_no_person_and_said() -> None:
    query = expanded(parse("salt person:marlo"), OWN)
    assert str(query) == "salt"
    assert ("no confirmed person called marlo; there are Ada Pelham, Bo Rask, Clem") in (
        query.complaints[0].reason
    )
    fault = WordNames(fault="people.json: is no JSON")
    own = ReaderData(of_tools={"person": fault})
    assert expanded(parse("person:marlo"), own).complaints[0].reason == fault.fault


def test_forms_with_marks_are_phrases() -> None:
    assert (
        query_text(["Kelp", "al-Kelp", 'M. "Kelp"', "kelp", "!"])
        == '=kelp or "al kelp" or "m kelp"'
    )


def test_another_spelling_is_known_by_one_word() -> None:
    assert OWN.also_written("pelham") == ("pellam",)
    assert OWN.also_written("rask") == ()
    assert OWN.also_written("marlo") == ()


CASE = TextFunctions(
    ("tools.people.confirmed",),
    dict.fromkeys(
        (
            f"tools.people.confirmed.{each}"
            for each in "named confirmed nobody merged split renamed dropped joined".split()
        ),
        "a choice that was read, and names of at most 200 characters",
    ),
)

"""Changing the reader's choice of people, and undoing it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.base.value import replace
from cable_tui.session.effects import AskMenu, Notify
from cable_tui.session.features.pages import ChooseRow, ReadAgain, Say
from cable_tui.session.registry import Services
from cable_tui.session.values import Action
from cable_tui.tools.people import people_file
from cable_tui.tools.people.confirmed import Person
from cable_tui.tools.people.page_changes import ChangePerson, UndoPeople
from cable_tui.tools.people.person import FoundPerson, Written
from tests.session import done, the


def found(name: str, *, confirmed: bool, spelling: str, protected: bool = False) -> FoundPerson:
    written = (Written(f"Minister {name}", 1, name), Written(name, 1, name))
    return FoundPerson(name, confirmed, protected, 1, written, (spelling,), full_name=name)


DRAY = found("Dray", confirmed=False, spelling="Dray")
BLANCHARD = found("Blanchard", confirmed=False, spelling="Blanchard", protected=True)
KEPT = found("Anselm Dray", confirmed=True, spelling="Dray")
ANSELM = Person("Anselm Dray", ("Minister Dray",))
CONFIRM = ChangePerson("confirm", DRAY, "Anselm Dray", is_sure=True)


def file_of(services: Services) -> Path:
    return people_file.file_beside(services.library.path)


def said(actions: list[Action]) -> str:
    return the(Say, [each for each in actions if isinstance(each, Say)]).note


def write(services: Services, *changes: ChangePerson) -> list[str]:
    sentences = []
    for change in changes:
        first, *more = done(services, change)
        assert first == ChooseRow(None)
        sentences.append(said(more))
    return sentences


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ([CONFIRM], (ANSELM,)),
        ([replace(CONFIRM, cables=("08X1",))], (replace(ANSELM, cables=("08X1",)),)),
        (
            [ChangePerson("merge", DRAY, other=BLANCHARD, is_sure=True)],
            (Person("Blanchard", ("Minister Blanchard", "Minister Dray"), True),),
        ),
        (
            [ChangePerson("split", DRAY, "Bo Dray", form="Minister Dray")],
            (Person("Bo Dray", ("Minister Dray",)),),
        ),
        (
            [
                CONFIRM,
                ChangePerson("split", KEPT, "Bo", form="Deputy Minister Dray"),
                ChangePerson("rename", KEPT, "A. Dray"),
            ],
            (Person("A. Dray", ANSELM.forms), Person("Bo", ("Deputy Minister Dray",))),
        ),
        ([CONFIRM, ChangePerson("drop", KEPT)], ()),
        ([ChangePerson("nobody", DRAY)], (Person("Dray", ("Dray",), is_nobody=True),)),
    ],
)
def test_a_change_is_in_the_file(
    services: Services, changes: list[ChangePerson], kept: tuple[Person, ...]
) -> None:
    write(services, *changes)
    assert people_file.read(file_of(services)) == kept


def test_after_a_change_the_cables_are_read_again_or_it_is_said_why_not(
    services: Services,
) -> None:
    (said,) = write(services, ChangePerson("drop", KEPT))
    assert said == "there is no confirmed person Anselm Dray; no person is confirmed yet"
    told = Say("Anselm Dray is confirmed")
    assert done(services, CONFIRM) == [ChooseRow(None), ReadAgain(), told]


def asked(services: Services, change: ChangePerson) -> AskMenu:
    return the(AskMenu, done(services, change)[1:])


@pytest.mark.parametrize(
    "change",
    [ChangePerson("confirm", DRAY, "Anselm Dray"), ChangePerson("merge", BLANCHARD, other=DRAY)],
)
def test_what_a_change_claims_is_asked_first(services: Services, change: ChangePerson) -> None:
    question = asked(services, change)
    assert " cables, by Minister Dray" in question.note
    assert question.items[0].does == replace(change, is_sure=True)
    assert all(isinstance(each.does, Notify) for each in question.items[1:])
    assert people_file.read(file_of(services)) == ()


def test_the_question_of_a_merge_says_who_becomes_whom(services: Services) -> None:
    written = (Written("Anselm Dray", 1, "Anselm Dray"), *DRAY.written)
    full = replace(DRAY, written=written, full_name="Anselm Dray")
    change = ChangePerson("merge", BLANCHARD, other=full)
    question = asked(services, change)
    assert question.note.startswith("Anselm Dray: ")
    assert question.items[0].label == "Merge Blanchard into Anselm Dray"
    done = replace(change, is_sure=True)
    assert write(services, done) == ["Blanchard is now Anselm Dray"]


def test_a_surname_alone_is_confirmed_in_one_cable(services: Services) -> None:
    alone = replace(DRAY, written=(Written("Dray", 1, "Dray"),), full_name="", alone=(1, 2))
    change = ChangePerson("confirm", alone, "Anselm Dray")
    question = asked(services, change)
    assert "has no fuller name in these cables. Who is it" in question.title
    cables = [each.label for each in question.items]
    each_one = [replace(change, cables=(cable,)) for cable in cables]
    assert [each.does for each in question.items] == each_one
    second = asked(services, replace(change, cables=(cables[0],)))
    assert second.note.startswith(f"Anselm Dray: 1 cable, by {cables[0]}")
    assert second.items[0].does == replace(change, cables=(cables[0],), is_sure=True)
    assert second.items[-1].does == replace(change, cables=tuple(cables))


def test_a_name_that_nothing_here_fits_is_refused_and_no_empty_menu_is_shown(
    services: Services,
) -> None:
    written = (
        Written("Minister Ada Dray", 1, "Ada Dray"),
        Written("Senator Bo Dray", 1, "Bo Dray"),
    )
    several = FoundPerson("Dray", False, False, 2, written, ("Dray",), given=("Ada", "Bo"))
    assert write(services, ChangePerson("confirm", several, "Cyril Dray")) == [
        (
            "no name or title in these cables matches Cyril Dray; Dray is spelled Minister Ada "
            "Dray, Senator Bo Dray"
        )
    ]
    assert people_file.read(file_of(services)) == ()


def test_who_of_a_family_is_confirmed_is_asked_first_and_then_about_other_forms(
    services: Services,
) -> None:
    written = (
        Written("Minister Ada Dray", 3, "Ada Dray"),
        Written("Minister Dray", 2, "Dray"),
        Written("Senator Bo Dray", 1, "Bo Dray"),
    )
    family = FoundPerson("Dray", False, False, 5, written, ("Dray",), given=("Ada", "Bo"))
    change = ChangePerson("confirm", family, "Dray")
    who = asked(services, change)
    assert who.title == "Dray may be several people. Who is it?"
    assert [each.does for each in who.items] == [
        replace(change, text="Ada Dray"),
        replace(change, text="Bo Dray"),
    ]
    ada = replace(change, text="Ada Dray")
    question = asked(services, ada)
    assert question.note.startswith("Ada Dray: ")
    assert "Not included, perhaps other people: Senator Bo Dray 1" in question.note
    assert question.items[-1].does == replace(ada, forms=("Bo Dray",))
    assert asked(services, replace(ada, forms=("Bo Dray",))).items[0].does == replace(
        ada, forms=("Bo Dray",), is_sure=True
    )


def test_changes_are_undone_one_by_one(services: Services) -> None:
    write(services, CONFIRM, ChangePerson("rename", KEPT, "A. Dray"))
    assert done(services, UndoPeople()) == [ReadAgain(), Say("Undone: Anselm Dray is now A. Dray")]
    assert people_file.read(file_of(services)) == (ANSELM,)
    assert said(done(services, UndoPeople())) == "Undone: Anselm Dray is confirmed"
    assert people_file.read(file_of(services)) == ()
    assert done(services, UndoPeople()) == [Say("There is nothing to undo in this session")]


def test_what_another_window_did_since_is_not_undone(services: Services) -> None:
    write(services, CONFIRM)
    people_file.change(file_of(services), lambda kept: (*kept, Person("Bo", ("Bo",))))
    told = done(services, UndoPeople())
    assert ". Another window has changed your people since" in said(told)
    assert ReadAgain() not in told
    assert len(people_file.read(file_of(services))) == 2

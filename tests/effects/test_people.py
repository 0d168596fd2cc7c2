"""Changing the reader's choice of people, and undoing it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.archive.source_criticism.people import Found
from cable_tui.effects.perform import perform
from cable_tui.effects.services import Services
from cable_tui.library import people_file
from cable_tui.query.people import Person
from cable_tui.reports.people import ChangePerson, UndoPeople
from cable_tui.session.base import Action
from cable_tui.session.features.pages import ChooseRow, ReadAgain, Say


def found(name: str, *, confirmed: bool, spelling: str, protected: bool = False) -> Found:
    return Found(name, confirmed, protected, 1, (), (spelling,))


DRAY = found("Dray", confirmed=False, spelling="Dray")
BLANCHARD = found("Blanchard", confirmed=False, spelling="Blanchard", protected=True)
KEPT = found("Anselm Dray", confirmed=True, spelling="Dray")


def file_of(services: Services) -> Path:
    return people_file.file_beside(services.library.path)


def said(actions: list[Action]) -> str:
    (sentence,) = (each.note for each in actions if isinstance(each, Say))
    return sentence


def write(services: Services, *changes: ChangePerson) -> list[str]:
    sentences = []
    for change in changes:
        first, *more = perform(services, change, lambda: False)
        assert first == ChooseRow(None)
        sentences.append(said(more))
    return sentences


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ([ChangePerson("confirm", DRAY, "Anselm Dray")], (Person("Anselm Dray", ("Dray",)),)),
        (
            [ChangePerson("merge", DRAY, other=BLANCHARD)],
            (Person("Blanchard", ("Blanchard", "Dray"), True),),
        ),
        (
            [ChangePerson("split", DRAY, "Minister Dray")],
            (Person("Minister Dray", ("Minister Dray",)),),
        ),
        (
            [
                ChangePerson("confirm", DRAY, "Anselm Dray"),
                ChangePerson("split", KEPT, "Minister Dray"),
                ChangePerson("rename", KEPT, "A. Dray"),
            ],
            (Person("A. Dray", ("Dray",)), Person("Minister Dray", ("Minister Dray",))),
        ),
        ([ChangePerson("confirm", DRAY, "Anselm Dray"), ChangePerson("drop", KEPT)], ()),
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
    assert said == "no confirmed person Anselm Dray; nobody is confirmed yet"
    done = list(perform(services, ChangePerson("confirm", DRAY, "Anselm Dray"), lambda: False))
    assert done == [ChooseRow(None), ReadAgain(), Say("Anselm Dray is confirmed")]


def undone(services: Services) -> list[Action]:
    return list(perform(services, UndoPeople(), lambda: False))


def test_changes_are_undone_one_by_one(services: Services) -> None:
    write(
        services,
        ChangePerson("confirm", DRAY, "Anselm Dray"),
        ChangePerson("rename", KEPT, "A. Dray"),
    )
    assert undone(services) == [ReadAgain(), Say("Undone: Anselm Dray is A. Dray now")]
    assert people_file.read(file_of(services)) == (Person("Anselm Dray", ("Dray",)),)
    assert said(undone(services)) == "Undone: Anselm Dray is confirmed"
    assert people_file.read(file_of(services)) == ()
    assert undone(services) == [Say("There is no change of this session to undo")]


def test_what_another_window_did_since_is_not_undone(services: Services) -> None:
    write(services, ChangePerson("confirm", DRAY, "Anselm Dray"))
    people_file.change(file_of(services), lambda kept: (*kept, Person("Bo", ("Bo",))))
    done = undone(services)
    assert "changed elsewhere since" in said(done)
    assert ReadAgain() not in done
    assert len(people_file.read(file_of(services))) == 2

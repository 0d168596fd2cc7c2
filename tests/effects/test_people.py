"""Reading people for the page, and changing the choice, on a small archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.effects.perform import perform
from cable_tui.effects.services import Services
from cable_tui.library import people_file
from cable_tui.query import parse
from cable_tui.query.people import Person
from cable_tui.session.base import Action
from cable_tui.session.feature_state import PeopleView, PersonEntry
from cable_tui.session.features.source_criticism.people import (
    ChangePerson,
    PeopleChanged,
    PeopleRead,
    ReadPeople,
    UndoPeople,
    WritePeople,
)

DRAY = PersonEntry("Dray", confirmed=False, spellings=("Dray",))
BLANCHARD = PersonEntry("Blanchard", confirmed=False, spellings=("Blanchard",), protected=True)
KEPT = PersonEntry("Anselm Dray", confirmed=True, spellings=("Dray",))


def file_of(services: Services) -> Path:
    return people_file.file_beside(services.library.path)


def read(services: Services, cancelled: bool = False) -> list[Action]:
    ids = services.archive.search(parse("")).ids
    return list(perform(services, ReadPeople("", ids, len(ids)), lambda: cancelled))


def shown(services: Services) -> PeopleView:
    last = read(services)[-1]
    assert isinstance(last, PeopleRead)
    return last.people_view


def write(services: Services, *changes: ChangePerson) -> list[str]:
    said = []
    for change in changes:
        (done,) = perform(services, WritePeople(change), lambda: False)
        assert isinstance(done, PeopleChanged)
        said.append(done.said)
    return said


def test_the_page_gets_candidates_and_the_confirmed(services: Services) -> None:
    people_file.change(file_of(services), lambda _: (Person("Anselm Dray", ("Dray",)),))
    view = shown(services)
    assert (view.reading, view.whole, view.read == view.of == view.cables) == (False, True, True)
    by_name = {each.name: each for each in view.entries}
    assert by_name["Anselm Dray"].confirmed
    assert not by_name["Marchetti"].confirmed
    assert by_name["Marchetti"].full_name == "Ilse Marchetti"


def test_a_reading_that_is_cancelled_answers_nothing(services: Services) -> None:
    assert read(services, cancelled=True) == []


def test_a_damaged_file_is_said_and_the_candidates_are_shown(services: Services) -> None:
    file_of(services).write_text("{", encoding="utf-8")
    first, *_, last = read(services)
    assert isinstance(first, PeopleChanged)
    assert "is no JSON" in first.said
    assert isinstance(last, PeopleRead)
    assert last.people_view.entries


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


def test_why_a_change_was_not_made_is_said(services: Services) -> None:
    (said,) = write(services, ChangePerson("drop", KEPT))
    assert said == "no confirmed person Anselm Dray; nobody is confirmed yet"
    done = write(services, ChangePerson("confirm", DRAY, "Anselm Dray"))
    assert done == ["Anselm Dray is confirmed"]


def undone(services: Services) -> PeopleChanged:
    (done,) = perform(services, UndoPeople(), lambda: False)
    assert isinstance(done, PeopleChanged)
    return done


def test_changes_are_taken_back_one_by_one(services: Services) -> None:
    write(
        services,
        ChangePerson("confirm", DRAY, "Anselm Dray"),
        ChangePerson("rename", KEPT, "A. Dray"),
    )
    assert undone(services) == PeopleChanged("Taken back: Anselm Dray is A. Dray now", changed=True)
    assert people_file.read(file_of(services)) == (Person("Anselm Dray", ("Dray",)),)
    assert undone(services).said == "Taken back: Anselm Dray is confirmed"
    assert people_file.read(file_of(services)) == ()
    nothing = "There is no change of this session to take back"
    assert undone(services) == PeopleChanged(nothing, changed=False)


def test_what_another_window_did_since_is_not_undone(services: Services) -> None:
    write(services, ChangePerson("confirm", DRAY, "Anselm Dray"))
    people_file.change(file_of(services), lambda kept: (*kept, Person("Bo", ("Bo",))))
    done = undone(services)
    assert not done.changed
    assert "changed elsewhere since" in done.said
    assert len(people_file.read(file_of(services))) == 2


def test_of_a_list_that_is_not_known_to_its_end_all_cables_are_read(services: Services) -> None:
    ids = services.archive.search(parse("")).ids
    asked = ReadPeople("", ids[:3], len(ids))
    *_, last = perform(services, asked, lambda: False)
    assert isinstance(last, PeopleRead)
    assert (last.people_view.of, last.people_view.read) == (len(ids), len(ids))

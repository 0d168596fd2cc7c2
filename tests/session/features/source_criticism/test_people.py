"""The page of people as a value: opened, filled, changed, left."""

from __future__ import annotations

from cable_tui.reports.table import REPORTS
from cable_tui.session import effects
from cable_tui.session.feature_state import PeopleView, PersonEntry
from cable_tui.session.features.pages import ClosePage, ReadPage
from cable_tui.session.features.reading import opened_cable
from cable_tui.session.features.results import HitsFound
from cable_tui.session.features.source_criticism.people import (
    ChangePerson,
    ClosePeople,
    CountPeople,
    OpenPeople,
    PeopleChanged,
    PeopleRead,
    ReadMentions,
    ReadPeople,
    SearchPerson,
    ShowPeople,
    TakeBackPeople,
    UndoPeople,
    WritePeople,
)
from cable_tui.session.step import step
from cable_tui.session.values import Hits
from cable_tui.value import replace
from tests.session import kinds, ready, walk

KELP = PersonEntry("Kelp", confirmed=False, cables=2, spellings=("Kelp", "Kulp"))
ADA = PersonEntry("Ada Pelham", confirmed=True, cables=1, spellings=("Pelham",))
WHOLE = PeopleView("salt", (KELP,), 1, 4, 4, 4, reading=False, whole=True)


def test_the_page_comes_at_once_and_the_cables_of_the_list_are_read() -> None:
    session, wanted = step(ready("salt"), OpenPeople())
    show, read = wanted
    assert show == ShowPeople()
    assert isinstance(read, ReadPeople)
    assert (read.query, list(read.ids), read.cables) == ("salt", [10, 20, 30, 40], 4)
    assert step(session, OpenPeople())[1] == ()


def test_a_page_that_is_left_reads_no_more_and_takes_no_answer() -> None:
    session, wanted = step(walk(ready("salt"), OpenPeople()), ClosePeople())
    assert wanted == (effects.Stop("people"),)
    assert walk(session, PeopleRead(WHOLE)).people_view is None


def test_an_answer_to_another_query_is_dropped() -> None:
    session = walk(ready("kelp"), OpenPeople(), PeopleRead(WHOLE))
    assert session.people_view is not None
    assert session.people_view.entries == ()


def test_after_a_change_the_cables_are_read_again_and_the_list_stays_meanwhile() -> None:
    session = walk(ready("salt"), OpenPeople(), PeopleRead(WHOLE))
    change = ChangePerson("confirm", KELP, "Bo Kelp")
    assert step(session, change)[1] == (WritePeople(change),)
    session, wanted = step(session, PeopleChanged("Bo Kelp is confirmed", changed=True))
    assert [type(each) for each in wanted] == [ReadPeople]
    session = walk(session, PeopleRead(PeopleView("salt", (), 0, 1, 4, 4)))
    view = session.people_view
    assert view is not None
    assert (view.entries, view.read, view.reading) == ((KELP,), 1, True)
    assert view.said == "Bo Kelp is confirmed"


def test_what_could_not_be_changed_is_said_and_nothing_is_read() -> None:
    session = walk(ready("salt"), OpenPeople(), PeopleRead(WHOLE))
    session, wanted = step(session, PeopleChanged("Kelp is Rask", changed=False))
    assert wanted == ()
    assert session.people_view is not None
    assert (session.people_view.said, session.people_view.reading) == ("Kelp is Rask", False)
    assert step(ready(), PeopleChanged("late", changed=True))[1] == ()


def test_enter_narrows_the_query_to_somebody() -> None:
    session = walk(ready("salt"), OpenPeople(), SearchPerson(KELP))
    assert str(session.query) == "salt (=Kelp or =Kulp)".lower()
    assert session.people_view is None
    assert str(walk(ready(), OpenPeople(), SearchPerson(ADA)).query) == 'person:"Ada Pelham"'


def test_a_page_that_was_read_to_its_end_is_there_again_at_once() -> None:
    left = walk(ready("salt"), OpenPeople(), PeopleRead(WHOLE), ClosePeople())
    session, wanted = step(left, OpenPeople())
    assert wanted == (ShowPeople(),)
    assert session.people_view == WHOLE
    assert [type(each) for each in step(session, CountPeople())[1]] == [ReadPeople]


def test_a_page_of_another_query_or_that_was_not_read_to_its_end_is_read() -> None:
    left = walk(ready("salt"), OpenPeople(), PeopleRead(WHOLE), SearchPerson(KELP))
    assert [type(each) for each in step(left, OpenPeople())[1]] == [ShowPeople, ReadPeople]
    begun = walk(ready("salt"), OpenPeople(), PeopleRead(WHOLE), CountPeople(), ClosePeople())
    assert [type(each) for each in step(begun, OpenPeople())[1]] == [ShowPeople, ReadPeople]


def test_back_from_the_cables_of_somebody_comes_to_the_page() -> None:
    session = walk(ready("salt"), OpenPeople(), PeopleRead(WHOLE), SearchPerson(KELP))
    session, wanted = step(session, opened_cable.GoBack())
    assert session.text == "salt"
    assert wanted[-1] == ShowPeople()
    assert session.people_view == replace(WHOLE, here="Kelp")


def test_back_to_a_page_that_was_not_read_to_its_end_reads_the_cables_of_its_query() -> None:
    session = walk(ready("salt"), OpenPeople(), SearchPerson(KELP), HitsFound(6, Hits((7,), 1)))
    _, wanted = step(session, opened_cable.GoBack())
    assert wanted[-1] == ReadPeople("salt", (10, 20, 30, 40), 4)


def test_where_somebody_is_named_is_a_concordance_and_back_comes_to_the_page() -> None:
    session = walk(ready("salt origin:zenda"), OpenPeople(), PeopleRead(WHOLE))
    session, wanted = step(session, ReadMentions(KELP, REPORTS["concordance"]))
    assert session.people_view is None
    assert session.page is not None
    assert session.page.ask.query == "(=kelp or =kulp) origin:zenda"
    assert kinds(wanted) == [effects.Stop, ReadPage]
    session = walk(session, ClosePage(at_once=True))
    session, wanted = step(session, opened_cable.GoBack())
    assert ShowPeople() in wanted


def test_a_change_can_be_taken_back() -> None:
    session = walk(ready("salt"), OpenPeople(), PeopleRead(WHOLE))
    assert step(session, TakeBackPeople())[1] == (UndoPeople(),)

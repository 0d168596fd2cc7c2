"""Putting cables into lists: what is asked, what is stored, and where the cursor goes."""

from __future__ import annotations

from functools import partial

from cable_tui.base.cable import Place
from cable_tui.base.value import replace
from cable_tui.session.feature_state import Notebook, Selection
from cable_tui.session.features import opened_cable
from cable_tui.session.features.bookmarks import AskList, PutInList
from cable_tui.session.put_in_list import (
    AddToList,
    ChangeLists,
    PutInLastList,
    ReadLists,
    SameListAgain,
)
from cable_tui.session.registry import Services
from cable_tui.session.step import step
from tests.session import done, reading_session, ready, said, the

_DEMO = ("04PORTAMBER305", "08PORTAMBER3")


def test_the_list_is_asked_for_with_those_there_are() -> None:
    session = replace(ready(at=1), notebook=Notebook(lists=(("harbour", 2),)))
    asked = the(ReadLists, step(session, AddToList())[1]).asked
    assert asked.lists == (("harbour", 2),)
    _, stored = step(session, asked.put("ice", True))
    assert stored == (PutInList((Place(20),), (), "ice", private=True),)
    assert not asked.shared
    session = replace(session, synced="offline since 14:02")
    asked = the(ReadLists, step(session, AddToList())[1]).asked
    assert asked.shared


def test_a_list_chosen_by_its_number_goes_on_and_one_key_puts_the_next_cable_there() -> None:
    session = replace(ready(at=0), notebook=Notebook(lists=(("harbour", 2), ("ice", 1))))
    asked = the(ReadLists, step(session, AddToList(opened_cable.NextCable()))[1]).asked
    assert asked.put_by_number is not None
    session, stored = step(session, asked.put_by_number("harbour", False))
    assert stored == (PutInList((Place(10),), (), "harbour", private=False),)
    assert session.at == 1
    session, stored = step(session, SameListAgain(opened_cable.NextCable()))
    assert stored == (PutInList((Place(20),), (), "harbour", private=False),)
    assert session.at == 2


def test_the_next_cable_opens_while_one_is_read() -> None:
    session = replace(reading_session(10), last_list="harbour")
    _, wanted = step(session, SameListAgain(opened_cable.NextCable()))
    assert [type(each).__name__ for each in wanted] == ["PutInList", "FetchCable"]


def test_selected_cables_are_put_by_number_and_the_cursor_stays() -> None:
    session = replace(ready(at=0), selection=Selection(frozenset({10, 20})))
    asked = the(ReadLists, step(session, AddToList(opened_cable.NextCable()))[1]).asked
    assert asked.put_by_number is not None
    session, (stored,) = step(session, asked.put_by_number("ice", False))
    assert session.at == 0
    assert isinstance(stored, PutInList)
    assert stored.filed == (Place(10), Place(20))
    session, again = step(session, SameListAgain(opened_cable.NextCable()))
    assert (session.at, again) == (0, (stored,))


def test_without_a_list_chosen_before_the_key_says_which_lists_them() -> None:
    session, wanted = step(ready(at=1), SameListAgain(opened_cable.NextCable()))
    assert (session.at, said(wanted)) == (1, "No list has been chosen yet: a shows your lists.")
    assert "no cable" in said(step(ready(ids=()), SameListAgain(opened_cable.NextCable()))[1])


def test_several_lists_are_changed_at_once_for_one_cable_or_for_those_selected() -> None:
    asked = the(ReadLists, step(ready(at=1), AddToList())[1]).asked
    assert asked.change is not None
    _, stored = step(ready(at=1), asked.change(("harbour", "ice"), ("catch",), frozenset()))
    assert stored == (ChangeLists((Place(20),), ("harbour", "ice"), ("catch",)),)
    session = replace(ready(at=0), selection=Selection(frozenset({10, 20})))
    several = the(ReadLists, step(session, AddToList())[1]).asked
    assert several.change is not None
    _, stored = step(session, several.change(("ice",), (), frozenset()))
    assert stored == (ChangeLists((Place(10), Place(20)), ("ice",), ()),)


def test_the_dialog_ticks_the_lists_of_all_cables_and_says_which_have_some(
    services: Services,
) -> None:
    first, second = (Place(services.archive.find(id_) or 0) for id_ in _DEMO)
    for targets, name in (((first, second), "harbour"), ((first,), "ice"), ((second,), "catch")):
        done(services, PutInList(targets, (), name))
    services.library.lists.note("ice", "", "frozen quays")
    asked = AskList("Into", (), partial(PutInLastList, (), None))
    both = the(AskList, done(services, ReadLists(asked, (first, second))))
    assert both.inside == {"harbour"}
    assert both.notes == {"ice": "has 1 of these 2; frozen quays", "catch": "has 1 of these 2"}
    one = the(AskList, done(services, ReadLists(asked, (first,))))
    assert one.inside == {"harbour", "ice"}
    assert one.notes == {"ice": "frozen quays"}

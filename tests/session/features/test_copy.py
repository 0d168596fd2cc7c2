"""Which record of a cable is read, and copied."""

from __future__ import annotations

from cable_tui.cable import Source
from cable_tui.session import effects
from cable_tui.session.features import copy
from cable_tui.session.features.copy import AskRecord, ChooseRecord, KeepRecord, ReadRecord
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import OpenedCable
from cable_tui.value import replace
from tests.session import reading_session, said

PAGE = Source("cable/2009/02/09ZENDA20.html", "html-page")
ROW = Source("plusd.json", "plusd-json", number=2)


def _found_in(*sources: Source) -> Session:
    session = reading_session(20)
    assert session.opened is not None
    cable = replace(session.opened.cable, sources=sources)
    return replace(session, opened=OpenedCable(20, cable))


def test_a_cable_of_one_record_has_no_choice() -> None:
    assert "one record here" in said(step(_found_in(PAGE), ChooseRecord())[1])


def test_the_record_that_is_chosen_is_read_now_and_from_now_on() -> None:
    session, wanted = step(_found_in(PAGE, ROW), ChooseRecord())
    assert wanted == (AskRecord((PAGE, ROW)),)
    session, wanted = step(session, ReadRecord(2))
    assert wanted == (KeepRecord(20, 2), effects.ReadCable(20, 2))
    assert session.opening == 20


def test_what_is_read_is_copied() -> None:
    (copied,) = step(_found_in(ROW, PAGE), copy.Copy("citation"))[1]
    assert isinstance(copied, effects.CopyCable)

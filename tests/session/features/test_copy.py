"""Which record of a cable citations name."""

from __future__ import annotations

from cable_tui.cable import Source
from cable_tui.session import effects
from cable_tui.session.features import copy
from cable_tui.session.features.copy import (
    AskCitedRecord,
    ChooseCitedRecord,
    CiteFrom,
    cited_format,
)
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import OpenedCable
from cable_tui.value import replace
from tests.session import reading_session, said, walk

PAGE = Source("cable/2009/02/09ZENDA20.html", "html-page")
ROW = Source("plusd.json", "plusd-json")


def _found_in(*sources: Source) -> Session:
    session = reading_session(20)
    assert session.opened is not None
    cable = replace(session.opened.cable, sources=sources)
    return replace(session, opened=OpenedCable(20, cable))


def test_a_cable_of_one_form_has_no_choice() -> None:
    assert "one form only" in said(step(_found_in(PAGE, PAGE), ChooseCitedRecord())[1])
    assert cited_format(_found_in(PAGE)) == "html-page"


def test_the_record_that_is_chosen_is_cited() -> None:
    session, wanted = step(_found_in(PAGE, ROW), ChooseCitedRecord())
    assert wanted == (AskCitedRecord((PAGE, ROW), "html-page"),)
    session, wanted = step(session, CiteFrom("plusd-json"))
    assert wanted == (effects.ShowMenu("copy"),)
    assert cited_format(session) == "plusd-json"
    (copied,) = step(session, copy.Copy("citation"))[1]
    assert isinstance(copied, effects.CopyCable)
    assert copied.source == "plusd-json"


def test_a_choice_holds_where_a_cable_has_such_a_record() -> None:
    session = walk(_found_in(PAGE), CiteFrom("plusd-json"))
    assert cited_format(session) == "html-page"

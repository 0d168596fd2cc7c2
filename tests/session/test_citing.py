"""Which record of a cable citations name."""

from __future__ import annotations

from dataclasses import replace

from cable_tui.cable import Source
from cable_tui.session import Opened, Session, actions, effects, step
from cable_tui.session.citing import AskSource, ChooseSource, CiteFrom, cited
from tests.session import reading, said, walk

PAGE = Source("cable/2009/02/09ZENDA20.html", "html-page")
ROW = Source("plusd.json", "plusd-json")


def _found_in(*sources: Source) -> Session:
    session = reading(20)
    assert session.opened is not None
    cable = replace(session.opened.cable, sources=sources)
    return replace(session, opened=Opened(20, cable))


def test_a_cable_of_one_form_has_no_choice() -> None:
    assert "one form only" in said(step(_found_in(PAGE, PAGE), ChooseSource())[1])
    assert cited(_found_in(PAGE)) == "html-page"


def test_the_record_that_is_chosen_is_cited() -> None:
    session, wanted = step(_found_in(PAGE, ROW), ChooseSource())
    assert wanted == (AskSource((PAGE, ROW), "html-page"),)
    session, wanted = step(session, CiteFrom("plusd-json"))
    assert wanted == (effects.ShowMenu("copy"),)
    assert cited(session) == "plusd-json"
    (copied,) = step(session, actions.Copy("citation"))[1]
    assert isinstance(copied, effects.PutOnClipboard)
    assert copied.source == "plusd-json"


def test_a_choice_holds_where_a_cable_has_such_a_record() -> None:
    session = walk(_found_in(PAGE), CiteFrom("plusd-json"))
    assert cited(session) == "html-page"

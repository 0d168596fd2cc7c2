from dataclasses import replace

from cable_tui.session import Session, actions, effects, step
from cable_tui.session.picking import Pick, picked
from tests.session import cable, reading, ready, said, walk


def _at(session: Session, paragraph: int | None) -> Session:
    return replace(session, paragraph=paragraph)


def test_paragraphs_from_the_first_to_the_cursor_are_picked_either_way() -> None:
    session = walk(_at(reading(), 1), Pick())
    assert picked(session) == (1,)
    assert picked(_at(session, 2)) == (1, 2)
    assert picked(_at(session, 0)) == (0, 1)
    assert picked(_at(session, None)) == (0, 1)


def test_what_is_picked_is_copied_and_then_picked_no_more() -> None:
    session = _at(walk(_at(reading(), 0), Pick()), 2)
    session, wanted = step(session, actions.Copy("quotation"))
    assert wanted == (effects.PutOnClipboard("quotation", 10, 0, 0, upto=2),)
    assert session.picked is None


def test_esc_another_v_and_another_cable_end_it() -> None:
    session = walk(_at(reading(), 1), Pick())
    assert walk(session, actions.StepOut()).picked is None
    assert walk(session, actions.StepOut()).pane == "body"
    assert walk(session, Pick()).picked is None
    shown = walk(session, actions.Step(1), actions.Shown(20, cable(20, "1")))
    assert shown.picked is None


def test_the_top_of_a_cable_is_no_paragraph() -> None:
    session, wanted = step(_at(reading(), None), Pick())
    assert session.picked is None
    assert "}" in said(wanted)
    assert picked(ready()) == ()

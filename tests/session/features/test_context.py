from cable_tui.base.value import replace
from cable_tui.session.effects import DispatchLater
from cable_tui.session.feature_state import CitedCable, Context
from cable_tui.session.features import opened_cable, panes
from cable_tui.session.features.context import (
    PAUSE,
    ContextPauseOver,
    ContextRead,
    ReadContext,
    WantContext,
)
from cable_tui.session.step import step
from tests.session import cable, kinds, reading_session, ready, walk


def test_a_context_in_sight_is_read_after_a_moment_and_once() -> None:
    session, wanted = step(reading_session(), WantContext())
    assert wanted == (DispatchLater(PAUSE, ContextPauseOver(10)),)
    assert kinds(step(session, ContextPauseOver(10))[1]) == [ReadContext]
    again, wanted = step(session, WantContext())
    assert (again, wanted) == (session, ())
    assert step(ready(), WantContext()) == (ready(), ()), "without a cable"


def test_a_cable_that_is_left_at_once_is_not_looked_around() -> None:
    session = walk(
        reading_session(),
        WantContext(),
        opened_cable.StepCable(1),
        opened_cable.CableShown(20, cable(20, "1")),
    )
    assert step(session, ContextPauseOver(10)) == (session, ())


def test_an_answer_for_another_cable_changes_nothing() -> None:
    session = walk(reading_session(), WantContext())
    context = Context(10, (CitedCable("09ZENDA1", "A", True, False),), complete=True)
    assert walk(session, ContextRead(context)).context == context
    assert walk(session, ContextRead(replace(context, id=20))) == session


def test_esc_leads_from_the_context_to_the_body() -> None:
    session = walk(reading_session(), panes.Focus("context"))
    assert (session.pane, session.reading) == ("context", True)
    assert walk(session, panes.StepOut()).pane == "body"

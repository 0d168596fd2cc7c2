import pytest

from cable_tui.base.value import replace
from cable_tui.session.effects import DispatchLater, GoToCable
from cable_tui.session.feature_state import CitedCable, Citing, Context
from cable_tui.session.features import opened_cable, panes
from cable_tui.session.features.context import (
    PAUSE,
    ContextPauseOver,
    ContextRead,
    MoveInContext,
    OpenFromContext,
    ReadContext,
    WantContext,
)
from cable_tui.session.step import step
from tests.session import cable, kinds, reading_session, ready, walk


def test_a_context_in_sight_is_read_after_a_moment_and_once() -> None:
    session, wanted = step(reading_session(), WantContext())
    assert wanted == (DispatchLater(PAUSE, ContextPauseOver(10)),)
    assert ReadContext in kinds(step(session, ContextPauseOver(10))[1])
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


READ = Context(
    10,
    (CitedCable("09ZENDA1", "A", True, False), CitedCable("09ZENDA2", "B", True, False)),
    (Citing("09ZENDA3", "2009", "", "2"),),
    listed=True,
)


@pytest.mark.parametrize(
    ("moves", "opened"),
    [
        ((), GoToCable("09ZENDA1")),
        ((1,), GoToCable("09ZENDA2")),
        ((99,), GoToCable("09ZENDA3", "2")),
        ((99, -1), GoToCable("09ZENDA2")),
        ((1, -99), GoToCable("09ZENDA1")),
    ],
)
def test_the_cursor_goes_over_cables_and_stops_at_the_ends(
    moves: tuple[int, ...], opened: GoToCable
) -> None:
    session = replace(reading_session(), context=READ)
    session = walk(session, *map(MoveInContext, moves))
    assert step(session, OpenFromContext())[1] == (opened,)
    assert walk(session, ContextRead(replace(READ, complete=True))).context.at == session.context.at


def test_the_menu_leads_to_the_first_cited_or_the_first_citing_cable() -> None:
    session = replace(reading_session(), context=READ)
    for citing, at in ((True, 2), (False, 0)):
        there = walk(session, MoveInContext(1), panes.ShowContext(citing))
        assert (there.context.at, there.pane) == (at, "context")


def test_a_click_takes_the_cursor_along_and_an_empty_context_opens_nothing() -> None:
    session = replace(reading_session(), context=READ)
    session, wanted = step(session, OpenFromContext(1))
    assert (session.context.at, wanted) == (1, (GoToCable("09ZENDA2"),))
    empty = walk(replace(session, context=Context(10)), MoveInContext(1))
    assert (empty.context.at, step(empty, OpenFromContext())[1]) == (0, ())

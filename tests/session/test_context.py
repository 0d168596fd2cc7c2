from dataclasses import replace

from cable_tui.session import actions, step
from cable_tui.session.context import (
    PAUSE,
    Around,
    ChainOf,
    Cited,
    Context,
    ContextRead,
    ReadAround,
    ReadContext,
)
from cable_tui.session.effects import Later
from tests.session import cable, kinds, reading, ready, said, walk


def test_a_context_in_sight_is_read_after_a_moment_and_once() -> None:
    session, wanted = step(reading(), Around())
    assert wanted == (Later(PAUSE, ReadAround(10)),)
    _, wanted = step(session, ReadAround(10))
    assert kinds(wanted) == [ReadContext]
    again, wanted = step(session, Around())
    assert (again, wanted) == (session, ())


def test_a_cable_that_is_left_at_once_is_not_looked_around() -> None:
    session = walk(reading(), Around(), actions.Step(1), actions.Shown(20, cable(20, "1")))
    assert step(session, ReadAround(10)) == (session, ())


def test_an_answer_for_another_cable_changes_nothing() -> None:
    session = walk(reading(), Around())
    context = Context(10, (Cited("09ZENDA1", "A", True, False),), complete=True)
    assert walk(session, ContextRead(context)).context == context
    assert walk(session, ContextRead(replace(context, id=20))) == session


def test_without_a_cable_there_is_no_context() -> None:
    assert step(ready(), Around()) == (ready(), ())
    _, wanted = step(ready(), ChainOf())
    assert "No cable" in said(wanted)


def test_the_chain_is_a_query_that_one_comes_back_from() -> None:
    session = walk(reading(), ChainOf())
    assert session.text.strip() == "chain:09ZENDA10 sort:created"
    assert session.pane == "list"
    assert walk(session, actions.Back()).pane == "body"


def test_esc_leads_from_the_context_to_the_body() -> None:
    session = walk(reading(), actions.Focus("context"))
    assert (session.pane, session.reading) == ("context", True)
    assert walk(session, actions.StepOut()).pane == "body"

"""What runs effects: a newer run of a group, or a stop, makes what older ones report late.

No step drops an answer because it is late, so that this is where it is tested that none shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.query import parse
from cable_tui.query.answers import Hits, Jump, Timeline
from cable_tui.session import ask, effects
from cable_tui.session.features import goto, opened_cable, panes, results, search_bar, timeline
from cable_tui.session.features.results import MoveCursor
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Action, Effect
from cable_tui.tui.main.controller import Controller
from cable_tui.tui.main.effect_runner import ON_SCREEN, is_late, run_effect
from cable_tui.tui.widgets.host import ActionPosted, RunStamp
from tests.session import ready


class Read(Effect):
    """An effect of a group."""

    latest = "pages"


class Alone(Effect):
    """An effect of no group."""


class Workers:
    """Keeps which groups were stopped."""

    def __init__(self) -> None:
        self.stopped: list[str] = []

    def cancel_group(self, _view: object, group: str) -> None:
        self.stopped.append(group)


Answers = dict[type[Effect], Callable[[Any], Action]]
ANSWERS: Answers = {
    effects.FindHits: lambda asked: results.HitsFound(Hits(query=asked.query)),
    effects.CountFacets: lambda _: results.FacetsCounted({"date": ()}),
    effects.FindJumps: lambda asked: search_bar.JumpsFound((Jump(asked.text),)),
    ask.FindReasons: lambda _: ask.ReasonsFound(()),
    timeline.DrawTimeline: lambda _: timeline.TimelineDrawn(Timeline()),
}
"""What workers answer; all that is asked about the query of the bar."""
KEYS: tuple[Action, ...] = (
    search_bar.AcceptBar(),
    search_bar.RevertBar(),
    search_bar.MoveChoice(-1),
    panes.EditBar(),
    panes.Cycle(1),
    results.ArchiveGrew(),
    ask.ReverseOrder(),
    ask.ToggleValue("tag", "MO"),
    opened_cable.GoBack(),
    opened_cable.GoForward(),
    goto.GoBackSteps(2),
    *(search_bar.QueryTyped(text) for text in ("", "k", "kelp", "kelp ", "kelp tag:", "9/1")),
)


class StandIn:
    """What running effects needs of the main screen; work is kept instead of done."""

    def __init__(self) -> None:
        self.runs: Counter[str] = Counter()
        self.workers = Workers()
        self.services = object()
        self.work: list[Any] = []
        self.exclusive: list[bool] = []

    def run_worker(self, work: Any, *, exclusive: bool, **_: object) -> None:
        self.work.append(work)
        self.exclusive.append(exclusive)


@pytest.fixture
def view() -> Any:
    return StandIn()


def run_of(view: Any, at: int) -> Any:
    """The stamp that a run was given."""
    return view.work[at].args[-1]


def test_only_the_newest_run_of_a_group_is_in_time(view: Any) -> None:
    run_effect(view, Read())
    run_effect(view, Read())
    assert [is_late(view, run_of(view, at)) for at in (0, 1)] == [True, False]
    assert view.exclusive == [True, True]


def test_a_stop_makes_what_runs_late_and_cancels_it(view: Any) -> None:
    run_effect(view, Read())
    run_effect(view, effects.Stop("pages"))
    assert is_late(view, run_of(view, 0))
    assert view.workers.stopped == ["pages"]


def test_a_stop_of_another_group_changes_nothing(view: Any) -> None:
    run_effect(view, Read())
    run_effect(view, effects.Stop("curves"))
    assert not is_late(view, run_of(view, 0))


def test_what_belongs_to_no_group_is_never_late(view: Any) -> None:
    run_effect(view, Alone())
    run_effect(view, Alone())
    assert [is_late(view, run_of(view, at)) for at in (0, 1)] == [False, False]
    assert view.exclusive == [False, False]


def test_another_query_ends_what_was_asked_about_the_older_one(view: Any) -> None:
    asked = (effects.CountFacets(parse("kelp")), effects.FindJumps("kelp"), Read())
    for effect in asked:
        run_effect(view, effect)
    run_effect(view, effects.FindHits(parse("tuna")))
    assert [is_late(view, run_of(view, at)) for at in range(4)] == [True, True, False, False]
    assert view.workers.stopped == list(effects.FindHits.ends)


def test_a_late_action_reaches_no_step(view: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[Action] = []
    taker = Controller(view)
    monkeypatch.setattr(taker, "dispatch", taken.append)
    run_effect(view, Read())
    posted = ActionPosted(MoveCursor(1), run_of(view, 0))
    taker.take(posted)
    run_effect(view, Read())
    taker.take(posted)
    taker.take(ActionPosted(MoveCursor(2)))
    assert taken == [MoveCursor(1), MoveCursor(2)]


def test_stopping_is_done_on_the_screen() -> None:
    assert effects.Stop in ON_SCREEN


@given(st.lists(st.sampled_from(KEYS) | st.integers(0, 30), max_size=30))
def test_no_answer_to_an_older_query_shows(events: list[Action | int]) -> None:
    """Numbers are answers: of what was ever asked, late or not, one comes."""
    view: Any = StandIn()
    session = ready("tuna")
    asked: list[tuple[Any, RunStamp]] = []
    for event in events:
        if isinstance(event, Action):
            session = stepped(view, session, event, asked)
        elif asked:
            effect, run = asked[event % len(asked)]
            if is_late(view, run):
                continue
            if isinstance(effect, effects.FindJumps):
                assert ask.same_question(parse(effect.text), parse(session.text))
            else:
                assert ask.same_question(effect.query, session.query)
            session = stepped(view, session, ANSWERS[type(effect)](effect), asked)
        if session.answered == "now" and session.hits.query:
            assert session.hits.query == session.query


@given(st.lists(st.sampled_from(KEYS), max_size=20))
def test_whatever_is_done_the_answer_to_the_query_comes(keys: list[Action]) -> None:
    view: Any = StandIn()
    session = ready("tuna")
    asked: list[tuple[Any, RunStamp]] = []
    for key in keys:
        session = stepped(view, session, key, asked)
    for effect, run in asked:
        if isinstance(effect, effects.FindHits) and not is_late(view, run):
            session, _ = step(session, ANSWERS[effects.FindHits](effect))
    assert session.answered == "now"


def stepped(
    view: Any, session: Session, action: Action, asked: list[tuple[Any, RunStamp]]
) -> Session:
    """The session after an action; what it asks of workers runs, and is added to `asked`."""
    session, wanted = step(session, action)
    for effect in wanted:
        if type(effect) in ANSWERS:
            run_effect(view, effect)
            asked.append((effect, run_of(view, -1)))
    return session

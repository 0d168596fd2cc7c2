"""What runs effects: a newer run of a group, or a stop, makes what older ones report late."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from cable_tui.effects.table import EFFECTS
from cable_tui.session import effects
from cable_tui.session.base import Effect
from cable_tui.session.features.results import MoveCursor
from cable_tui.tui.base.messages import ActionPosted
from cable_tui.tui.main import controller
from cable_tui.tui.main.effect_runner import is_late, run_effect


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


def test_a_late_action_reaches_no_step(view: Any) -> None:
    run_effect(view, Read())
    posted = ActionPosted(MoveCursor(1), run_of(view, 0))
    take = controller._ACTIONS[ActionPosted]
    assert take(view, posted) == (MoveCursor(1),)
    run_effect(view, Read())
    assert take(view, posted) == ()
    assert take(view, ActionPosted(MoveCursor(1))) == (MoveCursor(1),)


def test_stopping_is_done_on_the_screen() -> None:
    assert EFFECTS[effects.Stop].where == "screen"

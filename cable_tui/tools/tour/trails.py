"""The trails that can follow the tour: two steps with each powerful tool that is installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cable_tui.base.tools import load, tools
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect


class Watched(NamedTuple):
    """The evidence for a step of the tour: an action, the sessions around it, and its effects."""

    before: Session
    action: Action
    after: Session
    wanted: tuple[Effect, ...]


class TourStep(NamedTuple):
    """One step of the tour."""

    name: str
    hint: Callable[[Session], str]
    """A function that returns the next thing to do in one line, in the form of `OFFER`."""
    is_done: Callable[[Watched], bool]


class Trail(NamedTuple):
    """Two steps with one tool: to its page, and on the page."""

    tool: str
    key: str
    says: str
    """The purpose of the trail, which is its line in the menu."""
    steps: tuple[TourStep, TourStep]


def hint_of(hint: str) -> Callable[[Session], str]:
    """Return a function that returns the same hint in every session."""
    return lambda _: hint


def _page(key: str, says: str, name: str, opens: str, there: str) -> Trail:
    """Return a trail to the page of a report."""

    def opened(seen: Watched) -> bool:
        return seen.after.page is not None and seen.after.page.of.name == name

    def left(seen: Watched) -> bool:
        return seen.before.page is not None and seen.after.page is None

    step_hints = (f"{opens} opens it", f"{there}; `Esc` closes the page")
    first_step, second_step = (
        TourStep(says.capitalize(), hint_of(step_hint), is_done)
        for step_hint, is_done in zip(step_hints, (opened, left), strict=True)
    )
    return Trail(name, key, says, (first_step, second_step))


def _wants(effect: str) -> Callable[[Watched], bool]:
    """Return a function that returns whether an action has a given effect of another tool."""
    return lambda seen: any(
        isinstance(wanted_effect, load(effect)) for wanted_effect in seen.wanted
    )


def _does(action: str) -> Callable[[Watched], bool]:
    """Return a function that returns whether an action is a given one of another tool."""
    return lambda seen: isinstance(seen.action, load(action))


_ALL_TRAILS: tuple[Trail, ...] = (
    _page("c", "a citation chain", "chain", "{go.menu} `t`", "`Enter` opens the cable there"),
    _page("m", "missing cables", "missing", "{go.menu} `x`", "`x` counts posts and years"),
    Trail(
        "drafts",
        "d",
        "a check of your draft",
        (
            TourStep(
                "Check a draft",
                hint_of("{draft.check} and the path of a text quoting cables"),
                _wants("drafts.room:ShowDraftPage"),
            ),
            TourStep(
                "Check a draft",
                hint_of("`n` goes to the next problem; `Esc` closes the page"),
                _does("drafts.room:CloseDraft"),
            ),
        ),
    ),
    Trail(
        "comparison",
        "v",
        "two versions, compared",
        (
            TourStep(
                "Compare",
                hint_of("{list.select} on two cables of the list, then {cable.compare}"),
                _wants("comparison.room:ShowComparison"),
            ),
            TourStep(
                "Compare",
                hint_of("`n` goes to the next difference; `Esc` closes the page"),
                _does("comparison.room:CloseComparison"),
            ),
        ),
    ),
    _page("p", "people named", "people", "{people.show}", "`O` shows where"),
)
TRAILS = tuple(trail for trail in _ALL_TRAILS if trail.tool in {tool.name for tool in tools()})
"""The trails that can follow the tour, for the installed tools."""

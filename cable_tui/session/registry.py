"""STEPS and EFFECTS: what each action does to the session, and who performs each effect.

A function is registered where it stands: `@handles(OpenCable)` is the step of an action,
`@performs(effects.Search)` does an effect in a thread, `@performs(effects.Notify, "screen")` on the
screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple, TypeVar

from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect

Result = tuple[Session, tuple[Effect, ...]]
"""The result of a step: the next session, and the effects to perform."""
Actions = Iterator[Action]
"""What a function that performs an effect reports, one after the other."""
Cancelled = Callable[[], bool]
"""Whether nobody waits for an effect any more."""
_Step = TypeVar("_Step", bound=Callable[[Session, Any], Result])
_Performer = TypeVar("_Performer", bound=Callable[..., Any])


class Handler(NamedTuple):
    """The function that performs an effect, and where it runs.

    In a thread: `(services, effect, cancelled) -> Actions`; a `LibraryWrite` goes into the one
    thread of the library. On the screen: `(view, effect) -> None`.
    """

    perform: Callable[..., Any]
    where: Literal["thread", "screen"]


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {}
"""The step of each action."""
EFFECTS: dict[type[Effect], Handler] = {}
"""The handler of each effect."""


def handles(action: type[Action]) -> Callable[[_Step], _Step]:
    """Decorator: the function is the step of `action`. An action has one step only."""

    def register(function: _Step) -> _Step:
        if STEPS.setdefault(action, function) is not function:
            raise TypeError(f"{action.__name__} has a step already")
        return function

    return register


def performs(
    effect: type[Effect], where: Literal["thread", "screen"] = "thread"
) -> Callable[[_Performer], _Performer]:
    """Decorator: the function performs `effect`. An effect has one handler only."""

    def register(function: _Performer) -> _Performer:
        if EFFECTS.setdefault(effect, Handler(function, where)).perform is not function:
            raise TypeError(f"{effect.__name__} has a handler already")
        return function

    return register

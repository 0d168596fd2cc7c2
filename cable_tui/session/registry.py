"""The table of steps: each is registered beside the action that it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from cable_tui.session.base import Action, Effect
from cable_tui.session.state import Session

Result = tuple[Session, tuple[Effect, ...]]
"""The result of a step: the next session, and the effects to perform."""
StepFunction = Callable[[Session, Any], Result]
_F = TypeVar("_F", bound=StepFunction)

STEPS: dict[type[Action], StepFunction] = {}
"""The step of each action."""


def handles(action: type[Action]) -> Callable[[_F], _F]:
    """Decorator: the function is the step of `action`. An action has one step only."""

    def register(function: _F) -> _F:
        if STEPS.setdefault(action, function) is not function:
            raise TypeError(f"{action.__name__} has a step already")
        return function

    return register

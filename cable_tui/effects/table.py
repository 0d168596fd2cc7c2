"""EFFECTS: the handler of each effect, and whether it runs in a thread or on the screen.

A handler is registered beside the function that does it: `@performs(effects.Search)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple, TypeVar

from cable_tui.session.base import Action, Effect

Where = Literal["thread", "screen"]
Actions = Iterator[Action]
"""What a handler reports, one after the other."""
Cancelled = Callable[[], bool]
"""Whether a newer effect of the group has made this one needless."""
_Function = TypeVar("_Function", bound=Callable[..., Any])


class Handler(NamedTuple):
    """The function that performs an effect, and where it runs.

    In a thread: `(services, effect, cancelled) -> Actions`; a `LibraryWrite` goes into the one
    thread of the library. On the screen: `(view, effect) -> None`.
    """

    perform: Callable[..., Any]
    where: Where


EFFECTS: dict[type[Effect], Handler] = {}
"""The handler of each effect."""


def performs(effect: type[Effect], where: Where = "thread") -> Callable[[_Function], _Function]:
    """Decorator: the function performs `effect`. An effect has one handler only."""

    def register(function: _Function) -> _Function:
        if EFFECTS.setdefault(effect, Handler(function, where)).perform is not function:
            raise TypeError(f"{effect.__name__} has a handler already")
        return function

    return register

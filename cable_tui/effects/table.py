"""EFFECTS: who does what `step` asks for, and whether it runs in a thread or on the screen.

A handler is registered beside the function that does it: `@performs(effects.Search)`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeVar

from cable_tui.session.base import Effect

Where = Literal["thread", "screen"]
_Function = TypeVar("_Function", bound=Callable[..., Any])


class Handler(NamedTuple):
    """Who performs an effect.

    In a thread: `(services, effect, cancelled) -> Iterator[Action]`; a `LibraryWrite` goes into the
    one thread of the library. On the screen: `(view, effect) -> None`.
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

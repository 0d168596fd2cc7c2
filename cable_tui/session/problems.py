"""Files and records that claim to be cables and could not be read, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.cable import Problem
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class AskProblems(Action):
    """g e: list them."""


@dataclass(frozen=True, slots=True)
class ProblemsRead(Action):
    """They were read, by path and line."""

    found: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class OpenProblem(Action):
    """One was chosen: read what stands there."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class RawRead(Action):
    """The file's text from the place of the problem on."""

    problem: Problem
    text: str


@dataclass(frozen=True, slots=True)
class ReadProblems(Effect):
    """Answered by `ProblemsRead`."""

    brings = True
    latest: ClassVar[str] = "problems"


@dataclass(frozen=True, slots=True)
class ReadRaw(Effect):
    """Answered by `RawRead`."""

    brings = True

    problem: Problem
    latest: ClassVar[str] = "problems"


@dataclass(frozen=True, slots=True)
class ShowProblems(Effect):
    """A list to choose from."""

    found: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ShowRaw(Effect):
    """The raw text, under a rule that says why it is shown so."""

    problem: Problem
    text: str


def ask_problems(session: Session, action: AskProblems) -> Result:
    """Read them anew: the index may have found more."""
    del action
    return session, (ReadProblems(),)


def problems_read(session: Session, action: ProblemsRead) -> Result:
    """Show them, or say that there is none."""
    if not action.found:
        return session, (effects.Notify("Every file that claims to be a cable could be read."),)
    return session, (ShowProblems(action.found),)


def open_problem(session: Session, action: OpenProblem) -> Result:
    """Read what stands there."""
    return session, (ReadRaw(action.problem),)


def raw_read(session: Session, action: RawRead) -> Result:
    """Show it."""
    return session, (ShowRaw(action.problem, action.text),)


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    AskProblems: ask_problems,
    ProblemsRead: problems_read,
    OpenProblem: open_problem,
    RawRead: raw_read,
}

"""Reports on the archive: references to cables that are not here, and files that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect
from cable_tui.session.registry import Result, handles

if TYPE_CHECKING:
    from cable_tui.cable import Problem
    from cable_tui.session.state import Session


class AskMissing(Action):
    """g x: list them."""


class MissingRead(Action):
    """They were counted: ids with the number of cables that cite each, the most cited first."""

    found: tuple[tuple[str, int], ...]
    more: int
    """How many there are beyond these."""


class ReadMissing(Effect):
    """Count them; answered by `MissingRead`."""

    opens_dialog = True
    latest = "missing"


class ShowMissing(Effect):
    """A list to choose from."""

    found: tuple[tuple[str, int], ...]
    more: int


@handles(AskMissing)
def ask_missing(session: Session, action: AskMissing) -> Result:
    """Counting takes a moment on a large archive."""
    del action
    return session, (ReadMissing(),)


@handles(MissingRead)
def missing_read(session: Session, action: MissingRead) -> Result:
    """Show them."""
    return session, (ShowMissing(action.found, action.more),)


class AskProblems(Action):
    """g e: list them."""


class ProblemsRead(Action):
    """They were read, by path and line."""

    found: tuple[Problem, ...]


class OpenProblem(Action):
    """One was chosen: read what stands there."""

    problem: Problem


class RawRead(Action):
    """The file's text from the place of the problem on."""

    problem: Problem
    text: str


class ReadProblems(Effect):
    """Answered by `ProblemsRead`."""

    opens_dialog = True
    latest = "problems"


class ReadRaw(Effect):
    """Answered by `RawRead`."""

    opens_dialog = True

    problem: Problem
    latest = "problems"


class ShowProblems(Effect):
    """A list to choose from."""

    found: tuple[Problem, ...]


class ShowRaw(Effect):
    """The raw text, under a rule that says why it is shown so."""

    problem: Problem
    text: str


@handles(AskProblems)
def ask_problems(session: Session, action: AskProblems) -> Result:
    """Read them anew: the index may have found more."""
    del action
    return session, (ReadProblems(),)


@handles(ProblemsRead)
def problems_read(session: Session, action: ProblemsRead) -> Result:
    """Show them, or say that there is none."""
    if not action.found:
        return session, (effects.Notify("Every file that claims to be a cable could be read."),)
    return session, (ShowProblems(action.found),)


@handles(OpenProblem)
def open_problem(session: Session, action: OpenProblem) -> Result:
    """Read what stands there."""
    return session, (ReadRaw(action.problem),)


@handles(RawRead)
def raw_read(session: Session, action: RawRead) -> Result:
    """Show it."""
    return session, (ShowRaw(action.problem, action.text),)

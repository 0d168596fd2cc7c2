"""Reports on the archive: references to cables that are not here, and files that cannot be read."""

from __future__ import annotations

from cable_tui.cable import Problem
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session


class ReadMissing(Request):
    """Count them; answered by `ShowMissing`."""

    opens_dialog = True
    latest = "missing"


class ShowMissing(Request):
    """A list to choose from."""

    found: tuple[tuple[str, int], ...]
    more: int


class ProblemsRead(Action):
    """They were read, by path and line."""

    found: tuple[Problem, ...]


class ReadProblems(Request):
    """Answered by `ProblemsRead`."""

    opens_dialog = True
    latest = "problems"


class ReadRaw(Request):
    """Answered by `ShowRaw`."""

    opens_dialog = True

    problem: Problem
    latest = "problems"


class ShowProblems(Effect):
    """A list to choose from."""

    found: tuple[Problem, ...]


class ShowRaw(Request):
    """The raw text, under a rule that says why it is shown so."""

    problem: Problem
    text: str


@handles(ProblemsRead)
def problems_read(session: Session, action: ProblemsRead) -> Result:
    """Show them, or say that there is none."""
    if not action.found:
        return session, (effects.Notify("Every file that claims to be a cable could be read."),)
    return session, (ShowProblems(action.found),)

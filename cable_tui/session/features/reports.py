"""Reports on the archive: files that cannot be read."""

from __future__ import annotations

from cable_tui.cable import Problem
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session


class ProblemsRead(Action):
    """The files that cannot be read, by path and line."""

    found: tuple[Problem, ...]


class ReadProblems(Request):
    """Read the list of files that cannot be read; answered by `ProblemsRead`."""

    opens_dialog = True
    latest = "problems"


class ReadRaw(Request):
    """Read the file's text from the problem on; answered by `ShowRaw`."""

    opens_dialog = True

    problem: Problem
    latest = "problems"


class ShowProblems(Effect):
    """List the files that cannot be read."""

    found: tuple[Problem, ...]


class ShowRaw(Request):
    """Show the raw text, with the reason why it could not be read."""

    problem: Problem
    text: str


@handles(ProblemsRead)
def problems_read(session: Session, action: ProblemsRead) -> Result:
    """List them, or say that there is none."""
    if not action.found:
        return session, (effects.Notify("Every file that claims to be a cable could be read."),)
    return session, (ShowProblems(action.found),)

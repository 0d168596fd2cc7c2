from __future__ import annotations

from cable_tui.cable import Problem
from cable_tui.session.features.reports import (
    AskMissing,
    AskProblems,
    MissingRead,
    OpenProblem,
    ProblemsRead,
    RawRead,
    ReadMissing,
    ReadProblems,
    ReadRaw,
    ShowMissing,
    ShowProblems,
    ShowRaw,
)
from cable_tui.session.step import step
from tests.session import ready, said


def test_missing_references_are_counted_and_shown() -> None:
    assert step(ready(), AskMissing()) == (ready(), (ReadMissing(),))
    found = (("08STATE1", 3), ("09ZENDA9", 1))
    assert step(ready(), MissingRead(found, 7)) == (ready(), (ShowMissing(found, 7),))


_PROBLEM = Problem("a.html", 3, "no body")


def test_problems_are_read_listed_opened_and_shown() -> None:
    assert step(ready(), AskProblems()) == (ready(), (ReadProblems(),))
    assert step(ready(), ProblemsRead((_PROBLEM,))) == (ready(), (ShowProblems((_PROBLEM,)),))
    assert step(ready(), OpenProblem(_PROBLEM)) == (ready(), (ReadRaw(_PROBLEM),))
    assert step(ready(), RawRead(_PROBLEM, "text")) == (ready(), (ShowRaw(_PROBLEM, "text"),))


def test_without_problems_it_is_said() -> None:
    _, wanted = step(ready(), ProblemsRead(()))
    assert "could be read" in said(wanted)

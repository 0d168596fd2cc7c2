from cable_tui.cable import Problem
from cable_tui.session import step
from cable_tui.session.problems import (
    AskProblems,
    OpenProblem,
    ProblemsRead,
    RawRead,
    ReadProblems,
    ReadRaw,
    ShowProblems,
    ShowRaw,
)
from tests.session import ready, said

_PROBLEM = Problem("a.html", 3, "no body")


def test_problems_are_read_listed_opened_and_shown() -> None:
    assert step(ready(), AskProblems()) == (ready(), (ReadProblems(),))
    assert step(ready(), ProblemsRead((_PROBLEM,))) == (ready(), (ShowProblems((_PROBLEM,)),))
    assert step(ready(), OpenProblem(_PROBLEM)) == (ready(), (ReadRaw(_PROBLEM),))
    assert step(ready(), RawRead(_PROBLEM, "text")) == (ready(), (ShowRaw(_PROBLEM, "text"),))


def test_without_problems_it_is_said() -> None:
    _, wanted = step(ready(), ProblemsRead(()))
    assert "could be read" in said(wanted)

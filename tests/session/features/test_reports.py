from __future__ import annotations

from cable_tui.cable import Problem
from cable_tui.session.features.reports import (
    ProblemsRead,
    ShowProblems,
)
from cable_tui.session.step import step
from tests.session import ready, said

_PROBLEM = Problem("a.html", 3, "no body")


def test_problems_are_listed() -> None:
    assert step(ready(), ProblemsRead((_PROBLEM,))) == (ready(), (ShowProblems((_PROBLEM,)),))


def test_without_problems_it_is_said() -> None:
    _, wanted = step(ready(), ProblemsRead(()))
    assert "could be read" in said(wanted)

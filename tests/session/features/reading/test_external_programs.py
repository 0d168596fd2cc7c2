"""Handing a cable over to other programs, and saying where it is from."""

from __future__ import annotations

import pytest

from cable_tui.session.features.reading import external_programs
from cable_tui.session.step import step
from cable_tui.session.values import Hits
from cable_tui.value import replace
from tests.session import reading_session, ready, said


@pytest.mark.parametrize("program", ["pager", "editor"])
def test_the_cable_under_the_cursor_goes_to_the_program(program: external_programs.Program) -> None:
    _, wanted = step(ready(at=1), external_programs.OpenInProgram(program))
    assert wanted == (external_programs.ReadText(20, program),)


def test_while_reading_it_is_the_cable_that_is_read() -> None:
    assert step(reading_session(30), external_programs.FindOrigin())[1] == (
        external_programs.ReadOrigin(30),
    )


@pytest.mark.parametrize(
    "action", [external_programs.OpenInProgram("pager"), external_programs.FindOrigin()], ids=type
)
def test_an_empty_list_has_nothing_to_hand_over(action: external_programs.OpenInProgram) -> None:
    session = replace(ready(), hits=Hits())
    assert said(step(session, action)[1]) == "There is no cable here."

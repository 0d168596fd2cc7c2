"""Handing a cable over to other programs, and saying where it is from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cable_tui.session import Hits, handing, step
from tests.session import kinds, reading, ready, said


@pytest.mark.parametrize("program", ["pager", "editor"])
def test_the_cable_under_the_cursor_goes_to_the_program(program: handing.Program) -> None:
    _, wanted = step(ready(at=1), handing.HandTo(program))
    assert wanted == (handing.ReadText(20, program),)
    _, wanted = step(ready(), handing.TextRead(program, "09ZENDA20", "Text."))
    assert wanted == (handing.RunProgram(program, "09ZENDA20", "Text."),)


def test_while_reading_it_is_the_cable_that_is_read() -> None:
    assert step(reading(30), handing.AskSource())[1] == (handing.FindSource(30),)


@pytest.mark.parametrize("action", [handing.HandTo("pager"), handing.AskSource()], ids=type)
def test_an_empty_list_has_nothing_to_hand_over(action: handing.HandTo) -> None:
    session = replace(ready(), hits=Hits())
    assert said(step(session, action)[1]) == "There is no cable here."


def test_a_browser_starts_only_after_the_menu() -> None:
    found = handing.SourceFound("09ZENDA20", ("/a/b.html",), "https://example.org/09ZENDA20")
    session, wanted = step(ready(), found)
    assert kinds(wanted) == [handing.ShowSource]
    _, wanted = step(session, handing.OpenAddress(found.address))
    assert wanted == (handing.Browse(found.address),)


def test_what_is_copied_from_the_menu_is_copied_as_it_stands() -> None:
    _, wanted = step(ready(), handing.CopyText("/a/b.html", "path"))
    assert wanted == (handing.PutText("/a/b.html", "path"),)

from __future__ import annotations

from cable_tui.base.value import Value
from tests.session import ready


class Lamps(Value):
    """The state of a fictional tool."""

    lit: int = 0


class Bells(Value):
    """The state of another one."""

    rung: int = 0


def test_a_tool_that_has_kept_nothing_finds_its_defaults() -> None:
    assert ready().of_tool(Lamps) == Lamps()


def test_each_tool_finds_what_it_has_kept() -> None:
    session = ready().with_tool(Lamps(3)).with_tool(Bells(1)).with_tool(Lamps(4))
    assert (session.of_tool(Lamps), session.of_tool(Bells)) == (Lamps(4), Bells(1))
    assert ready().of_tool(Lamps) == Lamps()

"""A room that was opened to choose cables: what leaves it."""

from __future__ import annotations

from dataclasses import replace

from cable_tui.session import Hits, actions, choosing, marking, step
from tests.session import kinds, reading, ready, said, walk


def test_the_cable_under_the_cursor_is_chosen() -> None:
    assert step(ready(at=2), choosing.Choose())[1] == (choosing.Chosen((30,)),)


def test_while_reading_it_is_the_cable_that_is_read() -> None:
    session = walk(reading(20), actions.MoveTo(3))
    assert step(session, choosing.Choose())[1] == (choosing.Chosen((20,)),)


def test_the_marked_cables_are_chosen_in_the_order_of_the_list() -> None:
    session = walk(ready(), marking.MarkAt(2), marking.MarkAt(0))
    assert step(session, choosing.Choose())[1] == (choosing.Chosen((10, 30)),)


def test_of_an_empty_list_nothing_can_be_chosen() -> None:
    _, wanted = step(replace(ready(), hits=Hits()), choosing.Choose())
    assert choosing.Chosen not in kinds(wanted)
    assert "no cable" in said(wanted)

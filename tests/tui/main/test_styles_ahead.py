"""Opening the first cable finds its styles worked out; a key comes first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.scrollbar import ScrollBar

from cable_tui.tui.main import styles_ahead
from cable_tui.tui.main.styles_ahead import StylesAhead
from cable_tui.tui.main.view import View
from tests.tui.rooms import LARGE, MIDDLE, SMALL, open_room, opened, until
from tests.tui.textual_patches.test_style_cache import looks_of, plainly


@pytest.fixture(autouse=True)
def no_styles_ahead() -> None:
    """Here they are worked out."""


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_the_first_cable_is_opened_without_matching_a_rule(
    indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    started: list[StylesAhead] = []
    matched: list[DOMNode] = []
    apply = Stylesheet.apply

    class Noted(StylesAhead):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            started.append(self)

    def noted(self: Stylesheet, node: DOMNode, *, animate: bool = False, cache: Any = None) -> None:
        matched.append(node)
        apply(self, node, animate=animate, cache=cache)

    monkeypatch.setattr(styles_ahead, "StylesAhead", Noted)
    monkeypatch.setattr(Stylesheet, "apply", noted)
    async with open_room(indexed, tmp_path, size=size) as (app, pilot):
        (ahead,) = started
        await until(pilot, lambda: ahead.is_done, app)
        assert looks_of(app.room) == plainly(app)  # it looks as before
        matched.clear()
        await pilot.press("enter")
        await until(pilot, opened(app), app)
        assert app.room.focused is app.room.cable.body
        # A scrollbar may have been shown only after its pane was asked about.
        assert [each for each in matched if not isinstance(each, ScrollBar)] == []
        assert looks_of(app.room) == plainly(app)


async def test_no_style_is_worked_out_while_a_key_waits(indexed: Path, tmp_path: Path) -> None:
    worked: set[DOMNode] = set()
    is_idle = False
    async with open_room(indexed, tmp_path, size=MIDDLE) as (app, pilot):
        view: View = app.room
        before = view.classes
        ahead = StylesAhead(view, worked.add, lambda: is_idle)
        ahead.go_on()
        assert not worked
        is_idle = True
        ahead.go_on()
        assert worked == {view}  # one, and then it is a key's turn
        assert view.classes == before
        view.set_focus(view.filters)
        ahead.go_on()  # the library has not been told that it has the focus
        told = [view.filters.has_focus]
        await pilot.pause()
        assert [*told, view.filters.has_focus] == [False, True]
        assert looks_of(view) == plainly(app)

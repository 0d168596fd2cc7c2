"""Styles that are remembered are those that a style sheet without memory works out."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

from cable_tui.tui.panes.results import Results
from cable_tui.tui.start.app import CableTui
from cable_tui.tui.start.first_rows import StartRequest
from cable_tui.tui.textual_patches.style_cache import CachedStylesheet
from cable_tui.tui.widgets.looks import DARK, LIGHT
from tests.tui.rooms import open_room, opened, until
from tests.tui.stage import Stage

BREADTHS = ("-s", "-m", "-l")
STATES = ("-open", "-reading", "-zoomed", "-in-body", "-timeline")
Looks = Mapping[str, object]


def looks_of(root: DOMNode) -> Looks:
    """Rules, rules of the parts, and the style that they come to, of every widget."""
    found: dict[str, object] = {}
    for at, node in enumerate(root.walk_children(with_self=True)):
        parts = {name: part.get_rules() for name, part in node._component_styles.items()}
        style = node.rich_style if isinstance(node, Widget) else None
        # Its classes are a set, which is not told twice in one order.
        found[f"{at} {type(node).__name__} {node.id}"] = node._css_styles.get_rules(), parts, style
    return found


def plainly(app: CableTui) -> Looks:
    """The same worked out again, by Textual's own sheet."""
    plain = Stylesheet(variables=app.get_css_variables())
    plain.source = app.stylesheet.source.copy()
    plain.parse()
    plain.update(app.room)
    return looks_of(app.room)


async def test_every_state_of_the_room_looks_as_if_it_was_worked_out_anew(
    indexed: Path, tmp_path: Path
) -> None:
    async with open_room(indexed, tmp_path, wanted=StartRequest(reference="04PORTAMBER305")) as (
        app,
        pilot,
    ):
        await until(pilot, opened(app, "04PORTAMBER305"), app)
        assert isinstance(app.stylesheet, CachedStylesheet)
        for breadth, on in [*product(BREADTHS, range(1 << len(STATES)))] * 2:
            wanted = {name: bool(on >> at & 1) for at, name in enumerate(STATES)}
            for name, has in ({name: name == breadth for name in BREADTHS} | wanted).items():
                app.room.set_class(has, name)
            remembered = looks_of(app.room)
            if on % 5 == 0:
                assert remembered == plainly(app), (breadth, wanted)


@pytest.mark.parametrize("pane", ["list", "body", "filters", "header", "bar"])
async def test_so_does_every_pane_with_and_without_the_focus(
    indexed: Path, tmp_path: Path, pane: str
) -> None:
    async with open_room(indexed, tmp_path, wanted=StartRequest(reference="04PORTAMBER305")) as (
        app,
        pilot,
    ):
        await until(pilot, opened(app, "04PORTAMBER305"), app)
        widget = app.room.query_one(f"#{pane}")
        for _ in range(2):
            for focused in (widget, None):
                app.room.set_focus(focused)
                await pilot.pause()
                remembered = looks_of(app.room)
                assert remembered == plainly(app)


async def test_another_theme_is_another_sheet(indexed: Path, tmp_path: Path) -> None:
    async with open_room(indexed, tmp_path) as (app, pilot):
        seen = []
        for theme in (DARK, LIGHT, DARK):
            app.theme = theme.name
            await pilot.pause()
            seen.append(looks_of(app.room))
            assert seen[-1] == plainly(app)
        assert seen[0] == seen[2] != seen[1]


class Counted(Results):
    """Counts how often it hears that it looks otherwise."""

    label = 0

    def notify_style_update(self) -> None:
        self.label += 1
        super().notify_style_update()


@pytest.mark.parametrize(("rule", "again"), [("width: 90%", 0), ("background: red", 1)])
async def test_only_who_looks_otherwise_is_told(rule: str, again: int) -> None:
    results = Counted()
    stage = Stage(results)
    stage.stylesheet.add_source(f"Screen.-open {{ {rule}; }}", ("test", ""), tie_breaker=1)
    async with stage.run_test() as pilot:
        await pilot.pause()
        before = results.label
        stage.screen.add_class("-open")
        await pilot.pause()
        assert results.label - before == again

"""The page of curves: keys, and a chart that fits."""

from __future__ import annotations

import pytest

from cable_tui.archive.source_criticism.curve_table import Curve, Curves
from cable_tui.session.base import Action
from cable_tui.session.features.source_criticism.curves import (
    AskMore,
    ChooseSaved,
    CloseCurves,
    NextAxis,
    RemoveCurve,
    ToggleScale,
)
from cable_tui.session.word_views import CurvesView
from cable_tui.text import width
from cable_tui.tui.source_criticism.curves_page import CurvesPage
from tests.tui.source_criticism.stage import page_shown

FOUND = Curves(
    "year",
    ("2006", "2007"),
    (10, 4),
    (Curve("lobster [red]pots[/red]", (5, 1), 6), Curve("crab", (0, 4), 4)),
    14,
)
VIEW = CurvesView(1, ("lobster", "crab"), "year", found=FOUND, note="2 cables with no date")


def shown(
    *keys: str, view: CurvesView = VIEW, size: tuple[int, int] = (80, 24)
) -> tuple[list[Action], list[str]]:
    """What the page asks for, and the screen."""
    return page_shown(CurvesPage, view, *keys, size=size)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("a", AskMore()),
        ("A", ChooseSaved()),
        ("d", RemoveCurve()),
        ("m", NextAxis(1)),
        ("M", NextAxis(-1)),
        ("o", ToggleScale()),
        ("escape", CloseCurves()),
        ("q", CloseCurves()),
        ("backspace", CloseCurves()),
    ],
)
def test_keys_do_what_the_last_line_says(key: str, wanted: Action) -> None:
    assert shown(key)[0] == [wanted]


def test_keys_that_scroll_ask_for_nothing() -> None:
    assert shown("j", "k", "pagedown", "pageup", "end", "home")[0] == []


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
def test_the_chart_fits_the_page(size: tuple[int, int]) -> None:
    painted = shown(size=size)[1]
    assert max(map(width, painted)) <= size[0]
    text = "\n".join(painted)
    assert "1 lobster [red]pots[/red] · 6 of 14 cables" in text
    assert "2006" in text
    assert "2 cables with no date" in text


def test_what_is_not_yet_counted_says_so() -> None:
    assert "Counting" in "\n".join(shown(view=CurvesView(1, ("lobster",)))[1])

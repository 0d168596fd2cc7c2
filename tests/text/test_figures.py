"""Signs that say as much as digits."""

from __future__ import annotations

import pytest

from cable_tui.text.figures import figure_signs


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        pytest.param("a loss of -1,200 men", "-", id="minus"),
        pytest.param("by −5 or –3 or (-.5)", "---", id="every-minus"),
        pytest.param("<1,200 and > 5 and ≤$3", "<>≤$", id="less-and-more"),
        pytest.param("$5, 5%, €5, -$5", "$%€-$", id="currencies"),
        pytest.param("1990-95, F-16, 5%-10%, 3)-4, --5, 1,200-1,300", "%%", id="no-minus"),
        pytest.param("- 5 men; <b> a > b -- and -x", "", id="no-figure"),
    ],
)
def test_signs_of_figures(text: str, signs: str) -> None:
    assert [key for _, _, key in figure_signs(text)] == list(signs)

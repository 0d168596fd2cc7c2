"""The picture of a trend: the shares of the chart, each query by itself."""

from __future__ import annotations

import pytest

from cable_tui.base.value import replace
from cable_tui.exports.charts import Bars, Steps
from cable_tui.tools.trend.picture import picture
from cable_tui.tools.trend.shares import Curve, Curves

MONTHS = Curves(
    "month",
    ("2008-11", "2008-12", "2009-01", "2009-02"),
    (40, 50, 0, 4),
    (Curve("lamps", (0, 5, 0, 4), 9), Curve("[/x] oil", (0, 20, 0, 0), 21)),
    94,
    "tag:PREL",
    2,
)


def test_each_query_has_a_block_with_its_shares_to_one_scale() -> None:
    drawn = picture(MONTHS, cut=False, own_scale=False)
    assert drawn.title == "lamps; [/x] oil"
    assert drawn.subtitle == "Share of the cables that tag:PREL finds of each month"
    lamps, oil = drawn.blocks
    assert isinstance(lamps, Steps)
    assert isinstance(oil, Steps)
    assert (lamps.names, lamps.shares) == (MONTHS.steps, (0.0, 0.1, None, 1.0))
    assert lamps.heading.startswith("lamps · 9 of 94 cables")
    assert lamps.most == oil.most == pytest.approx(0.5), "a month of four cables sets no scale"
    assert lamps.uncertain == {3}
    assert drawn.notes == (
        "Pale: a month with fewer than 10 cables; it does not affect the scale.",
        "Triangle: the column is higher than the scale.",
        "Largest share: only months with 10 cables or more.",
        "Hatched: a month without cables, whose share is unknown.",
        "2 cables without a date or month are not counted.",
    )


def test_the_remark_on_few_cables_is_true_of_each_pale_step() -> None:
    few = replace(MONTHS, totals=(9, 2, 2, 0), curves=(Curve("lamps", (1, 1, 1, 0), 3),))
    drawn = picture(few, cut=False, own_scale=False)
    (lamps,) = drawn.blocks
    assert isinstance(lamps, Steps)
    assert lamps.uncertain == {1, 2}
    assert drawn.notes[0].startswith("Pale: a month with fewer than 3 cables")


def test_the_options_of_the_page_hold() -> None:
    drawn = picture(MONTHS, cut=True, own_scale=True)
    lamps, oil = drawn.blocks
    assert isinstance(lamps, Steps)
    assert isinstance(oil, Steps)
    assert lamps.names == ("2008-12",)
    assert (lamps.most, oil.most) == pytest.approx((0.1, 0.5))
    assert "Each query has its own scale." in drawn.notes
    assert "2008-12 only: 4 more before or after." in drawn.notes


def test_posts_are_bars_with_the_most_cables_found_first() -> None:
    posts = replace(MONTHS, by="post", steps=("Rabat", "Tunis", "Kyiv", "Riga"))
    lamps, oil = picture(posts, cut=False, own_scale=False).blocks
    assert isinstance(lamps, Bars)
    assert isinstance(oil, Bars)
    assert [(label, share) for label, share, _ in lamps.rows] == [("Tunis", 0.1), ("Riga", 1.0)]
    assert oil.rows[0][2].endswith("20 of 50")

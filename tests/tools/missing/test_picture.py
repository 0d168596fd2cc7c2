"""The picture of what is missing: the posts with most cables here, by year."""

from __future__ import annotations

from cable_tui.base.value import replace
from cable_tui.exports.charts import Grid
from cable_tui.tools.missing.gaps import Gaps
from cable_tui.tools.missing.picture import picture
from tests.tools.missing.test_wording import RABAT


def test_a_square_has_the_share_or_the_cables_without_an_estimate() -> None:
    tunis = replace(RABAT, station="TUNIS", post="Embassy Tunis", here=90)
    unknown = replace(tunis, year=2010, sent=None, reason="out of order")
    drawn = picture(Gaps((RABAT, tunis, unknown), 0, 0))
    (grid,) = drawn.blocks
    assert isinstance(grid, Grid)
    assert grid.columns == ("2009", "2010")
    assert grid.rows == (
        ("Embassy Tunis", (90 / 312, "90")),
        ("Embassy Rabat", (20 / 312, "")),
    )
    assert drawn.notes == ()


def test_what_has_no_room_is_said() -> None:
    years = [replace(RABAT, year=1900 + at, post=f"Post {at}", here=at) for at in range(50)]
    drawn = picture(Gaps(tuple(years), 3, 2))
    (grid,) = drawn.blocks
    assert isinstance(grid, Grid)
    assert grid.rows[0][0] == "Post 49"
    assert drawn.notes == (
        "40 of 50 posts are shown: those with the most cables.",
        "20 of 50 years are shown: the last.",
        "3 cables have no serial number",
        "2 cited IDs contain an unknown post",
    )

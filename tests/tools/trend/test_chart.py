"""Charts of shares, drawn as characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cable_tui.base.value import replace
from cable_tui.text import width
from cable_tui.tools.trend.chart import chart as pieces_of_chart
from cable_tui.tools.trend.chart import percent
from cable_tui.tools.trend.shares import Curve, Curves

YEARS = Curves(
    "year",
    ("2006", "2007", "2008"),
    (10, 0, 4),
    (Curve("lamps", (5, 0, 1), 6), Curve("oil", (0, 0, 4), 4)),
    14,
)
MONTHS = Curves(
    "month",
    tuple(f"{year}-{month:02}" for year in range(2000, 2010) for month in range(1, 13)),
    (10,) * 120,
    (Curve("lamps", (1,) * 120, 120),),
    1200,
)
POSTS = Curves(
    "post",
    ("Embassy Zenda", "港の大使館", "Embassy Strelsau"),
    (40, 10, 8),
    (Curve("lamps", (1, 5, 0), 6), Curve("oil", (0, 0, 0), 0)),
    58,
)


def chart(found: Curves, cells: int, **options: Any) -> Iterator[str]:
    for line in pieces_of_chart(found, cells, **options):
        yield "".join(text for text, _ in line)


def test_each_query_has_a_band_and_all_have_one_scale_and_one_line_of_time() -> None:
    assert list(chart(YEARS, 70, rows=2)) == [
        "Share of the cables of each year",
        "1 lamps · 6 of 14 cables (43%) · largest share in 2006: 5 of 10",
        "100% ┤",
        "     │████████        ▄▄▄▄▄▄▄▄",
        "2 oil · 4 of 14 cables (29%) · largest share in 2008: 4 of 4",
        "100% ┤                ████████",
        "     │                ████████",
        "      ────────        ────────",
        "      2006    2007    2008",
    ]


@pytest.mark.parametrize(
    ("totals", "counts", "said"),
    [
        # The largest number is in 2006, the largest share in 2007.
        ((100, 20), (10, 8), "largest share in 2007: 8 of 20"),
        # One cable of one is the share of a year with too few cables.
        ((100, 1), (10, 1), "largest share in 2006: 10 of 100"),
        ((100, 1), (0, 1), "largest share in 2007: 1 of 1"),
    ],
)
def test_the_largest_share_is_named_and_not_the_largest_number(
    totals: tuple[int, int], counts: tuple[int, int], said: str
) -> None:
    lamps = Curve("lamps", counts, sum(counts))
    found = Curves("year", ("2006", "2007"), totals, (lamps,), sum(totals))
    assert list(chart(found, 90, rows=1))[1].endswith(said)


def test_no_line_of_time_stands_where_no_cable_is_here() -> None:
    lines = list(chart(YEARS, 60, rows=1))
    assert lines[-2:] == ["      ────────        ────────", "      2006    2007    2008"]


def test_a_year_in_which_nothing_begins_has_its_tick_and_the_last_one_its_name() -> None:
    months = tuple(f"{year}-{month:02}" for year in (2008, 2009, 2010) for month in range(1, 13))[
        :26
    ]
    totals = (1,) * 12 + (0,) * 3 + (1,) * 11
    found = Curves("month", months, totals, (Curve("oil", totals, 23),), 23)
    *_, line, years = chart(found, 34, rows=1)
    assert line == "      ┬───────────╷  ─────────┬─"
    assert years == "      2008        2009       2010"
    assert max(map(width, chart(found, 34, rows=1))) <= 34


def test_a_year_of_one_month_does_not_hide_the_name_of_the_next() -> None:
    months = ("2006-12", *(f"2007-{month:02}" for month in range(1, 13)), "2008-01")
    found = Curves("month", months, (9,) * 14, (Curve("oil", (1,) * 14, 14),), 126)
    *_, line, years = chart(found, 34, rows=1)
    assert line.split()[-1] == "─┬───────────┬"
    assert (years.index("2007"), years.index("2008")) == (line.index("┬"), line.rindex("┬"))
    assert years.split() == ["2007", "2008"]


def test_to_its_own_scale_each_query_fills_its_band() -> None:
    lines = list(chart(YEARS, 70, rows=1, own_scale=True))
    assert lines[0].endswith("each to its own scale")
    assert lines[2].startswith(" 50% ┤████████")
    assert lines[4].startswith("100% ┤                ████████")


@pytest.mark.parametrize("cells", [40, 80, 140])
def test_many_months_share_columns_in_a_narrow_terminal(cells: int) -> None:
    lines = list(chart(MONTHS, cells, rows=3))
    assert max(map(width, lines)) <= cells
    assert any("2000" in line and "2009" in line for line in lines) or cells == 40
    assert ("months per column" in lines[-1]) is (cells < 130)


def test_posts_are_bars_and_wide_letters_keep_the_columns() -> None:
    lines = list(chart(POSTS, 60, rows=4))
    assert max(map(width, lines)) <= 60
    assert lines[3].startswith("港の大使館    1 ████")
    assert lines[3].endswith("50% · 5 of 10")
    assert lines[4] == "              2 0% · 0 of 10"
    assert not any("Strelsau" in line for line in lines)


def test_more_posts_than_are_asked_for_are_counted() -> None:
    assert list(chart(POSTS, 60, rows=4, limit=1))[-1] == "… 1 more"


def test_signs_of_ascii_where_nothing_else_can_be_drawn() -> None:
    for found in (YEARS, MONTHS):
        drawn = "".join(chart(found, 80, rows=3, ascii_only=True))
        assert drawn.replace("·", "").isascii()


def test_nothing_is_no_chart_and_a_query_that_finds_nothing_is_an_empty_band() -> None:
    assert list(chart(Curves("year", (), (), (), 0), 80, rows=3)) == []
    none = Curves("year", ("2006",), (4,), (Curve("zzz", (0,), 0),), 4)
    assert list(chart(none, 60, rows=1))[1:3] == ["1 zzz · 0 of 4 cables", "0% ┤"]


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0%"), (0.5, "50%"), (0.071, "7.1%"), (0.0012, "0.1%"), (0.00004, "0.004%")],
)
def test_a_small_share_has_as_many_digits_as_it_needs(share: float, said: str) -> None:
    assert percent(share) == said


SPARSE = Curves(
    "year",
    ("1986", "1987", "2004", "2005"),
    (1, 0, 40, 50),
    (Curve("lamps", (1, 0, 10, 10), 21),),
    91,
)


def test_a_year_of_few_cables_is_dimmed_and_does_not_set_the_scale() -> None:
    drawn = list(pieces_of_chart(SPARSE, 70, rows=2))
    assert drawn[2] == [
        ("40% ┤", ""),
        ("↑↑↑↑↑↑↑↑", "dim"),
        (f"{'':8}▂▂▂▂▂▂▂▂", "word"),
    ]
    assert list(chart(SPARSE, 80, rows=2))[-4:] == [
        "     ┄┄┄┄┄┄┄┄        ────────────────",
        "     1986    1987    2004    2005",
        "┄ year with 9 cables or fewer, ignored in the scale · ↑ above the scale",
        "largest share: only years with 10 cables or more",
    ]


def test_if_all_years_have_few_cables_all_count() -> None:
    assert not any("scale" in line for line in chart(YEARS, 60, rows=2))
    lone = Curves("year", ("2004", "2005"), (1, 40), (Curve("lamps", (1, 0), 1),), 41)
    assert list(chart(lone, 70, rows=1))[2].startswith("100% ┤████████")


def test_the_time_without_hits_can_be_cut_and_what_is_outside_is_said() -> None:
    lines = list(chart(SPARSE, 90, rows=1, cut=True))
    assert lines[0] == "Share of the cables of each year · 2004 to 2005 only"
    assert lines[1].endswith("largest share in 2004: 10 of 40 · 1 before or after")
    assert "".join(lines[2:]).count("1986") == 0
    nothing = Curves("year", ("2004", "2005"), (4, 4), (Curve("lamps", (0, 0), 0),), 8)
    assert list(chart(nothing, 60, rows=1, cut=True)) == list(chart(nothing, 60, rows=1))


def test_hits_in_years_of_few_cables_are_shown_if_they_leave_room_for_the_others() -> None:
    years = ("2004", "2005", "2006", "2007", "2008", "2009", "2010")
    found = Curves(
        "year", years, (8, 9, 8, 9, 8, 2, 2), (Curve("lamps", (0, 1, 1, 1, 1, 1, 1), 6),), 46
    )
    lines = list(chart(found, 60, rows=1, cut=True))
    assert lines[0] == "Share of the cables of each year · 2005 to 2010 only"
    assert "before or after" not in lines[1]


def test_titles_legends_and_numbers_are_wrapped_in_a_narrow_terminal() -> None:
    lines = list(chart(SPARSE, 40, rows=1, cut=True, here=3))
    assert lines[:5] == [
        "Share of the cables of each year",
        "  2004 to 2005 only",
        "1 lamps · 21 of 91 cables (23%)",
        "  largest share in 2004: 10 of 40",
        "  1 before or after",
    ]


def test_a_part_wider_than_the_terminal_is_cut() -> None:
    found = replace(YEARS, within="origin:" + "x" * 90)
    assert max(map(width, chart(found, 40, rows=1))) == 40


@pytest.mark.parametrize(("rows", "named"), [(3, 1), (4, 2), (7, 1), (8, 4), (10, 2), (12, 4)])
def test_a_high_band_has_shares_beside_its_parts(rows: int, named: int) -> None:
    assert sum("┤" in line for line in chart(YEARS, 60, rows=rows)) == 2 * named


def test_years_have_names_in_equal_steps() -> None:
    steps = tuple(f"{year}-{month:02}" for year in range(1973, 1999) for month in range(1, 13))
    found = Curves("month", steps, (10,) * 312, (Curve("lamps", (1,) * 312, 312),), 3120)
    years = next(line for line in chart(found, 60, rows=1) if "1975" in line)
    assert [int(each) for each in years.split()] == [1975, 1980, 1985, 1990, 1995]


@pytest.mark.parametrize(
    ("hits", "ticks"),
    [(130, ["20%", "15%", "10%", "5%"]), (7, ["0.8%", "0.6%", "0.4%", "0.2%"])],
)
def test_ticks_are_round(hits: int, ticks: list[str]) -> None:
    found = Curves("year", ("2006",), (1000,), (Curve("lamps", (hits,), hits),), 1000)
    drawn = [line.split("┤")[0].strip() for line in chart(found, 60, rows=8) if "┤" in line]
    assert drawn == ticks


@pytest.mark.parametrize("total", [10, 900, 6_000, 70_000, 2_000_000])
@pytest.mark.parametrize("cells", [40, 61, 80])
def test_a_small_share_beside_the_rows_does_not_widen_the_chart(total: int, cells: int) -> None:
    found = replace(MONTHS, totals=(total,) * 120)
    assert max(map(width, chart(found, cells, rows=8))) <= cells


def test_the_numbers_of_the_chosen_step_are_below_its_mark() -> None:
    *_, names, mark, numbers = chart(YEARS, 90, rows=1, here=2)
    assert mark.index("▲") == names.index("2008")
    assert numbers == "2008 · 1 lamps: 1 of 4 (25%) · 2 oil: 4 of 4 (100%)"
    assert list(chart(YEARS, 90, rows=1, here=1))[-1] == "2007 · 1 lamps: 0 of 0 · 2 oil: 0 of 0"

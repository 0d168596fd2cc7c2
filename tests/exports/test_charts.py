"""Pictures: what is drawn is what was counted, whole, and safe in a page of a newspaper."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.value import replace
from cable_tui.exports.charts import Bars, Chart, Grid, Steps, svg

SPACE = "{http://www.w3.org/2000/svg}"
BARS = Bars((("Embassy Rabat → Secretary of State", 30, "30"), ("Rabat", 15, "15"), ("x", 0, "0")))
STEPS = Steps("lobster", ("2008-12", "2009-01", "2009-02"), (0.1, None, 0.05), 0.2, frozenset({2}))
GRID = Grid(
    ("2008", "2009", "2010"),
    (("Embassy Rabat", (0.0, 0.004, 0.95)), ("Embassy Tunis", ("7", "", 0.5))),
    "Share of what was sent.",
    "no estimate",
)


def drawn(*blocks: Bars | Steps | Grid, title: str = "T", notes: tuple[str, ...] = ()) -> str:
    return svg(Chart(title, blocks, "S", notes), "Source: demo")


def texts(picture: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(picture).iter(f"{SPACE}text")]


def boxes(picture: str) -> list[tuple[str, float, float]]:
    """Fill, width and height of each rectangle but the background."""
    found = list(ElementTree.fromstring(picture).iter(f"{SPACE}rect"))[1:]
    return [
        (each.get("fill", ""), float(each.get("width", "")), float(each.get("height", "")))
        for each in found
    ]


def test_a_bar_is_as_long_as_its_number() -> None:
    picture = drawn(BARS)
    assert texts(picture)[2:-1] == [
        *("Embassy Rabat → Secretary of State", "30", "Rabat", "15", "x", "0")
    ]
    long, half, none = (wide for _, wide, _ in boxes(picture))
    assert long == pytest.approx(2 * half, abs=0.2)
    assert none == 0


def test_a_step_is_as_high_as_its_share_and_a_few_cables_are_pale() -> None:
    picture = drawn(STEPS)
    assert texts(picture)[3:-1] == ["0%", "10%", "20%", "2008", "2009"]
    (sure, _, first), (unknown, _, _), (pale, _, last) = boxes(picture)
    assert unknown == "url(#hatch)", "no cable of a month is no share of nothing"
    assert first == pytest.approx(2 * last)
    assert sure != pale


def test_a_year_of_one_month_does_not_touch_the_name_of_the_next() -> None:
    months = tuple(f"{year}-{month:02}" for year in (2007, 2008, 2009) for month in range(1, 13))
    picture = drawn(Steps("lobster", ("2006-12", *months), (0.1,) * 37, 0.2))
    assert texts(picture)[3:-1] == ["0%", "10%", "20%", "2007", "2008", "2009"]


def test_a_column_that_the_scale_cuts_has_a_triangle() -> None:
    cut = replace(STEPS, most=0.07)
    assert drawn(STEPS).count("h8l-4 -6z") == 0
    assert drawn(cut).count("h8l-4 -6z") == 1, "0.05 is below the top"


def test_a_square_prints_its_share_and_says_if_there_is_none() -> None:
    picture = drawn(GRID)
    assert texts(picture)[2:-1] == [
        *("2008", "2009", "2010"),
        *("Embassy Rabat", "0%", "<1%", "95%"),
        *("Embassy Tunis", "7", "50%"),
        *("0 to 20%", "to 40%", "to 60%", "to 80%", "to 100%", "no estimate"),
        "Share of what was sent.",
    ]
    fills = [fill for fill, _, _ in boxes(picture)][: 3 + 2]
    assert len(set(fills)) == 4, fills
    assert fills[3] == "url(#hatch)"


def test_a_square_prints_its_count_and_the_largest_is_darkest() -> None:
    counts = Grid(("2008", "2009"), (("Rabat", (1, 1204)), ("Tunis", ("", 602))), "M", most=1204)
    picture = drawn(counts)
    assert texts(picture)[2:-1] == ["2008", "2009", "Rabat", "1", "1,204", "Tunis", "602", "M"]
    assert [fill for fill, _, _ in boxes(picture)] == ["#ffffff", "#2f4f86", "#a9bcd8"]


def test_shades_differ_in_grey() -> None:
    fills = [fill for fill, _, _ in boxes(drawn(GRID))][-6:-1]
    grey = [
        sum(int(fill[at : at + 2], 16) * part for at, part in ((1, 0.3), (3, 0.6), (5, 0.1)))
        for fill in fills
    ]
    assert all(lighter - darker > 25 for lighter, darker in itertools.pairwise(grey))


def test_the_title_and_source_are_printed_and_long_texts_are_wrapped() -> None:
    words = " ".join(["lobster"] * 40)
    picture = drawn(BARS, title="Quarrel", notes=(words,))
    assert texts(picture)[:2] == ["Quarrel", "S"]
    assert texts(picture)[-1] == "Source: demo"
    assert " ".join(texts(picture)[-5:-1]).endswith(words[-100:])
    assert all(len(line) < 200 for line in texts(picture))


def test_what_a_file_holds_is_text_only() -> None:
    hostile = '<script>alert(1)</script>"&\x1b[2J\u202e'
    picture = drawn(Bars(((hostile, 1, hostile),), hostile), title=hostile, notes=(hostile,))
    assert "<script" not in picture
    assert "\x1b" not in picture
    assert "\u202e" not in picture
    assert "<script>alert(1)</script>" in texts(picture)[0]
    assert not re.search(r"href|url\((?!#hatch)|@import|\bon\w+=", picture.replace(hostile, ""))


@given(
    st.lists(st.tuples(st.text(max_size=60), st.floats(0, 1e9), st.text(max_size=9)), max_size=9),
    st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=30),
    st.text(max_size=80),
)
def test_every_picture_is_well_formed(
    rows: list[tuple[str, float, str]], shares: list[float | None], title: str
) -> None:
    names = tuple(str(1900 + index) for index in range(len(shares)))
    picture = drawn(Bars(tuple(rows)), Steps("q", names, tuple(shares), 0.5), title=title)
    assert ElementTree.fromstring(picture).tag == f"{SPACE}svg"


def test_an_empty_answer_has_a_picture() -> None:
    assert texts(drawn(Bars(()), Steps("q", (), (), 1.0), Grid((), (), "m", "h")))[-1]

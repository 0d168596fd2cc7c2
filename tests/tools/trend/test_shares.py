"""Curves: the share of the cables of each step, as values and JSON."""

from __future__ import annotations

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.base.value import as_json
from cable_tui.query import parse
from cable_tui.tools.trend.shares import (
    Curve,
    Curves,
    Step,
    answer_of,
    curves,
    steps_of,
)
from tests.archive.fiction import Fiction

FOUND = Curves(
    "year",
    ("2006", "2007"),
    (4, 0),
    (Curve("lamps", (1, 0), 2), Curve('"=new oil"', (4, 0), 4)),
    5,
    "",
    1,
)


def test_a_step_has_its_numbers_and_no_share_of_nothing() -> None:
    assert steps_of(FOUND) == [
        Step("2006", 4, (1, 4), (0.25, 1.0)),
        Step("2007", 0, (0, 0), (None, None)),
    ]


def test_scripts_get_the_same_as_one_object() -> None:
    value = as_json(answer_of(FOUND))
    assert value["steps"] == [{"value": "2006", "cables": 4}, {"value": "2007", "cables": 0}]
    assert value["curves"][0] == {
        "query": "lamps",
        "count": 2,
        "counts": [1, 0],
        "shares": [0.25, None],
    }
    assert (value["by"], value["count"], value["without"]) == ("year", 5, 1)


CABLES = [
    Fiction(id_, created, post, level, subject="x", text=text)
    for id_, created, post, level, text in (
        ("06RABAT1", "2006-01-10 10:00", "Embassy Rabat", "SECRET", "Lamps."),
        ("06RABAT2", "2006-01-20 10:00", "Embassy Rabat", "CONFIDENTIAL", "Oil."),
        ("06ACCRA3", "2006-03-01 10:00", "Embassy Accra", "CONFIDENTIAL", "Lamps and oil."),
        ("08ACCRA4", "2008-02-01 10:00", "Embassy Accra", "SECRET", "Nothing at all."),
    )
]


def _curves(archive: Archive, by: str, *queries: str, within: str = "") -> Curves:
    answers = [(query, archive.bits_of(parse(query))) for query in queries]
    return curves(archive, answers, archive.bits_of(parse(within)), by, within)


def test_a_share_is_of_the_cables_that_are_here_of_that_time(archive: Archive) -> None:
    found = _curves(archive, "year", "lamps", "oil")
    assert (found.steps, found.totals) == (("2006", "2007", "2008"), (3, 0, 1))
    assert [each.counts for each in found.curves] == [(2, 0, 0), (2, 0, 0)]
    assert found.shares(found.curves[0]) == (2 / 3, None, 0)


def test_months_have_no_gap(archive: Archive) -> None:
    found = _curves(archive, "month", "lamps")
    assert found.steps[:3] == ("2006-01", "2006-02", "2006-03")
    assert len(found.steps) == 26
    assert found.curves[0].counts[:3] == (1, 0, 1)


@pytest.mark.parametrize(
    ("by", "steps", "counts"),
    [
        ("post", {"Embassy Rabat", "Embassy Accra"}, {"Embassy Rabat": 1, "Embassy Accra": 1}),
        ("class", {"CONFIDENTIAL", "SECRET"}, {"CONFIDENTIAL": 1, "SECRET": 1}),
    ],
)
def test_shares_by_what_is_no_time(
    archive: Archive, by: str, steps: set[str], counts: dict[str, int]
) -> None:
    found = _curves(archive, by, "lamps")
    assert set(found.steps) == steps
    assert dict(zip(found.steps, found.curves[0].counts, strict=True)) == counts


def test_the_whole_may_be_a_part_of_the_archive(archive: Archive) -> None:
    found = _curves(archive, "year", "lamps", within="origin:accra")
    assert (found.count, found.totals) == (2, (1, 0, 1))
    assert found.curves[0].counts == (1, 0, 0)
    assert found.curves[0].count == 1

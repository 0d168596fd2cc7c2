"""Curves: the share of the cables of each step that a query finds."""

from __future__ import annotations

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.source_criticism.curve_table import Curves
from cable_tui.archive.source_criticism.curves import curves
from cable_tui.query import parse
from tests.archive.fiction import Fiction, opened, write_dump

CABLES = [
    ("06RABAT1", "2006-01-10 10:00", "Embassy Rabat", "SECRET", "Lamps."),
    ("06RABAT2", "2006-01-20 10:00", "Embassy Rabat", "CONFIDENTIAL", "Oil."),
    ("06ACCRA3", "2006-03-01 10:00", "Embassy Accra", "CONFIDENTIAL", "Lamps and oil."),
    ("08ACCRA4", "2008-02-01 10:00", "Embassy Accra", "SECRET", "Nothing at all."),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("curves")
    cables = [
        Fiction(id=id_, created=created, origin=post, classification=level, subject="x", text=text)
        for id_, created, post, level, text in CABLES
    ]
    write_dump(folder / "cables.csv", cables)
    return opened(folder / "cables.csv", folder / "cache")


def _curves(archive: Archive, by: str, *queries: str, within: str = "") -> Curves:
    answers = [(query, archive.search(parse(query)).ids) for query in queries]
    return curves(archive, answers, archive.search(parse(within)).ids, by, within)


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

"""Origins by region: as the bureaus stood in 2010."""

from __future__ import annotations

import pytest

from cable_tui.query.fields import REGIONS
from cable_tui.session.regions import by_city, of_published, published, region
from cable_tui.session.values import Counts
from tests.tui.test_sidebar_sections import Number


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("Embassy Rabat", "Near East and North Africa"),
        ("Embassy Nairobi", "Africa"),
        ("Consulate Hong Kong", "East Asia and Pacific"),
        ("Embassy Kabul", "South and Central Asia"),
        ("Embassy Mexico", "Western Hemisphere"),
        ("Secretary of State", "Washington and others"),
        ("Embassy Zenda", "Washington and others"),
        ("", "Washington and others"),
    ],
)
def test_an_origin_stands_in_its_region(origin: str, expected: str) -> None:
    assert region(origin) == expected
    assert expected in REGIONS


def test_posts_are_ordered_by_city_whatever_kind_they_are() -> None:
    posts = ["Embassy Rabat", "Consulate Casablanca", "Embassy Zenda", "Embassy Algiers"]
    assert sorted(posts, key=by_city) == [
        "Embassy Algiers",
        "Consulate Casablanca",
        "Embassy Zenda",
        "Embassy Rabat",
    ]


def test_what_was_published_of_a_post_is_known() -> None:
    assert published("Embassy Abu Dhabi") == 2547
    assert published("Embassy Zenda") == 0


@pytest.mark.parametrize(
    ("totals", "known"),
    [
        ({"origin": [Number("Embassy Rabat", 9), Number("Embassy Zenda", 3)]}, 9),
        ({"origin": [Number("Embassy Zenda", 3)]}, None),
        ({"origin": [Number("Embassy Rabat", 3), Number("Embassy Zenda", 9)]}, None),
        ({}, None),
        ({"origin": [Number("Embassy Rabat", 251_288)]}, None),
        ({"origin": [Number("Embassy Rabat", 9)], "date": [Number("1975", 9)]}, None),
        ({"origin": [Number("Embassy Rabat", 9)], "date": [Number("2009", 9)]}, 9),
    ],
    ids=[
        "a part",
        "another world",
        "mostly another",
        "nothing",
        "more than were",
        "another collection",
        "its years",
    ],
)
def test_how_many_of_the_published_cables_are_here(totals: Counts, known: int | None) -> None:
    assert of_published(totals) == known

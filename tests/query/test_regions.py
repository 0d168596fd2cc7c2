"""The regions of posts, by the names that readers write."""

import pytest

from cable_tui.query import Filter, parse
from cable_tui.query.regions import OTHERS, REGIONS, region_of, regions_named

NEA = "Near East and North Africa"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Near East", (NEA,)),
        ("near east and north africa", (NEA,)),
        ("NEA", (NEA,)),
        ("middle east", (NEA,)),
        ("mideast", (NEA,)),
        ("MENA", (NEA,)),
        ("north africa", (NEA,)),
        ("Africa", ("Africa",)),
        ("africa", ("Africa",)),
        ("asia", ("East Asia and Pacific", "South and Central Asia")),
        ("latin america", ("Western Hemisphere",)),
        ("eur", ("Europe and Eurasia",)),
        ("washington", (OTHERS,)),
        ("mars", ()),
        ("", ()),
        ("!", ()),
    ],
)
def test_a_region_is_named_by_its_bureau_or_beginnings_of_its_words(
    given: str, expected: tuple[str, ...]
) -> None:
    assert regions_named(given) == expected


def test_every_region_names_itself() -> None:
    for name in REGIONS:
        assert regions_named(name) == (name,)
    assert region_of("NEA") == NEA
    assert region_of("") == region_of("XX") == OTHERS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('region:"Near East"', f'region:"{NEA}"'),
        ("region:nea", f'region:"{NEA}"'),
        ("-region:africa", "-region:Africa"),
        ("region:asia", "region:asia"),
    ],
)
def test_the_full_name_of_one_region_is_kept(text: str, expected: str) -> None:
    query = parse(text)
    assert (str(query), query.complaints) == (expected, ())


def test_an_unknown_region_is_a_mistake() -> None:
    query = parse("region:mars")
    assert query.terms == ()
    assert [each.reason for each in query.complaints] == [
        'mars is no region, such as Africa or "Near East"'
    ]


def test_a_post_and_a_region_are_values_of_one_facet() -> None:
    query = parse("origin:rabat region:africa kelp")
    assert query.state("region", "Africa") == "included"
    assert query.state("region", NEA) == query.state("origin", "Africa") == ""
    assert str(query.without_facet("origin")) == "kelp"
    assert str(query.toggled("region", "Africa")) == "origin:rabat kelp"
    assert str(query.excluding("region", NEA)) == f'origin:rabat region:Africa kelp -region:"{NEA}"'
    assert str(query.only("region", NEA)) == f'kelp region:"{NEA}"'
    assert str(query.only("origin", "Embassy Paris")) == 'kelp origin:"Embassy Paris"'
    assert parse("region:asia").state("region", "South and Central Asia") == "included"
    assert parse("region:asia").toggled("region", "South and Central Asia").terms == ()
    assert Filter("region", "Africa") in parse("origin:rabat and region:africa").filters

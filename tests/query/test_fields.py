"""Values of the prefixes that are no facets."""

import re

import pytest

from cable_tui.query import FACETS, FIELDS, Filter, parse, prefix_of
from cable_tui.query.fields import (
    CHOICES,
    MOST,
    OTHERS,
    REGIONS,
    TEXTS,
    TextField,
    asks_text,
    choice,
    region_of,
    regions_named,
    sizes,
)

SIZES = [
    (">20k", (20_001, MOST)),
    (">=20k", (20_000, MOST)),
    ("<500", (0, 499)),
    ("<=500", (0, 500)),
    ("> 500", (501, MOST)),
    ("5k..20k", (5_000, 20_000)),
    ("5,000..20,000", (5_000, 20_000)),
    ("..300", (0, 300)),
    ("300..", (300, MOST)),
    ("20K", (20_000, 20_999)),
    ("1.5k", (1_500, 2_499)),
    ("1m", (1_000_000, 1_999_999)),
    ("12", (12, 12)),
    ("0", (0, 0)),
    ("", None),
    ("..", None),
    ("long", None),
    (">", None),
    ("5..3", None),
    ("-5", None),
    ("9" * 40, None),
    ("٣", (3, 3)),
]


@pytest.mark.parametrize(("given", "expected"), SIZES, ids=[given or "empty" for given, _ in SIZES])
def test_a_size_is_a_range(given: str, expected: tuple[int, int] | None) -> None:
    assert sizes(given) == expected


@pytest.mark.parametrize(
    ("prefix", "given", "expected"),
    [
        ("is", "bookmarked", "bookmarked"),
        ("is", "Book", "bookmarked"),
        ("is", "no", None),
        ("is", "noforn", "noforn"),
        ("is", "read", "read"),
        ("is", "eyes_only", "eyes-only"),
        ("is", "", None),
        ("has", "ref", "reference"),
        ("has", "missing", "missing-ref"),
        ("has", "bookmarked", None),
    ],
)
def test_a_choice_is_its_name_or_the_only_one_that_begins_so(
    prefix: str, given: str, expected: str | None
) -> None:
    assert choice(prefix, given) == expected


def test_every_field_shows_an_example_that_it_accepts() -> None:
    for field in FIELDS.values():
        example = field.help.split(": ", 1)[1].split(", ", 1)[0]
        prefix, _, value = example.partition(":")
        if prefix == field.name:
            assert field.complaint(value.strip('"')) == ""


def test_a_choice_is_in_one_list_only() -> None:
    assert not set(CHOICES["is"]) & set(CHOICES["has"])


def test_words_and_facets_are_not_asked_of_the_texts() -> None:
    assert not asks_text("body")
    assert not asks_text("origin")


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
        'mars is not a region, such as Africa or "Near East"'
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


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_the_examples_in_the_help_ask_for_the_text(text: TextField) -> None:
    examples = re.split(r", (?=[a-z]+:)", text.help.split(": ", 1)[1])
    for example in examples:
        (term,) = parse(example).terms
        assert prefix_of(term) == text.name
        assert str(term) == example


def test_no_prefix_means_two_things() -> None:
    assert not TEXTS.keys() & (FACETS.keys() | FIELDS.keys())


@pytest.mark.parametrize(
    ("given", "is_right"),
    [("2026-11-24..", True), ("..2026", True), ("2026-11", True), ("..", False), ("", False),
     ("tuesday", False), ("2026-12..2026-11", False)],
)  # fmt: skip
def test_cables_were_added_on_a_day_or_in_a_range(given: str, is_right: bool) -> None:
    assert (FIELDS["added"].complaint(given) == "") == is_right

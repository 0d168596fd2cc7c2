"""The edits that the library makes to a query."""

import pytest

from cable_tui.query import Phrase, parse
from cable_tui.query.model import SORTS, opposite, sort_key

TOGGLES = [
    ("", "origin", "Embassy Rabat", 'origin:"Embassy Rabat"'),
    ('kelp origin:"Embassy Rabat"', "origin", "Embassy Rabat", "kelp"),
    ("origin:rabat", "origin", "Embassy Rabat", ""),
    ("-tag:KTIP", "tag", "KTIP", "tag:KTIP"),
    ("date:2009", "date", "2009", ""),
    ("date:2009", "date", "2009-02", "date:2009 date:2009-02"),
]


@pytest.mark.parametrize(("before", "facet", "value", "after"), TOGGLES)
def test_a_click_adds_a_value_or_takes_it_out(
    before: str, facet: str, value: str, after: str
) -> None:
    assert str(parse(before).toggled(facet, value)) == after


def test_excluding_replaces_including_and_undoes_itself() -> None:
    once = parse("kelp tag:KTIP").excluding("tag", "KTIP")
    assert str(once) == "kelp -tag:KTIP"
    assert str(once.excluding("tag", "KTIP")) == "kelp"


def test_only_leaves_no_other_value_of_the_facet() -> None:
    query = parse("kelp origin:rabat -origin:madrid tag:KTIP")
    assert str(query.only("origin", "Embassy Lisbon")) == 'kelp tag:KTIP origin:"Embassy Lisbon"'


def test_counts_are_taken_without_the_facets_own_filters() -> None:
    assert str(parse("kelp origin:rabat tag:KTIP").without_facet("origin")) == "kelp tag:KTIP"


@pytest.mark.parametrize(
    ("text", "facet", "value", "state"),
    [
        ("origin:rabat", "origin", "Embassy Rabat", "included"),
        ("-origin:rabat", "origin", "Embassy Rabat", "excluded"),
        ("origin:rabat", "origin", "Embassy Madrid", ""),
        ("date:2009", "date", "2009", "included"),
        ("date:2008..2009", "date", "2009", ""),
    ],
)
def test_the_library_shows_what_a_query_names(
    text: str, facet: str, value: str, state: str
) -> None:
    assert parse(text).state(facet, value) == state


def test_words_inside_brackets_ask_the_full_text() -> None:
    assert parse("tag:KTIP (kelp or tuna)").has_words
    assert not parse("tag:KTIP or date:2009").has_words


@pytest.mark.parametrize(
    ("text", "either"),
    [
        ("tag:mo tag:ktip", ("tag",)),
        ("origin:rabat region:africa", ("origin or region",)),
        ("subject:kelp subject:tuna date:2008 date:2009", ("date", "subject")),
        ("(tag:mo tag:ktip kelp or tuna)", ("tag",)),
        ("tag:mo and tag:ktip", ()),
        ("tag:mo -tag:ktip", ()),
        ("has:tag has:subject kelp tuna", ()),
    ],
)
def test_a_query_says_which_of_its_prefixes_mean_either(text: str, either: tuple[str, ...]) -> None:
    assert sorted(parse(text).either) == sorted(either)


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("9/11", ("9-11", "9.11")),
        ("9-11", ("9/11", "9.11")),
        ("24:7", ("24-7", "24/7", "24.7")),
        ("F-16", ()),
        ('"9 11"', ()),
        ("1.4(b)", ()),
    ],
)
def test_numbers_say_how_else_they_are_written(text: str, alike: tuple[str, ...]) -> None:
    (term,) = parse(text).terms
    assert isinstance(term, Phrase)
    assert term.alike == alike


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ("created", "created"),
        (" -Date ", "-created"),
        ("ref", "reference"),
        ("-len", "-length"),
        ("best", "relevance"),
        ("oldest", "created"),
        ("-relevance", None),
        ("color", None),
        ("", None),
    ],
)
def test_a_key_has_a_name_and_some_others(given: str, key: str | None) -> None:
    assert sort_key(given) == key


@pytest.mark.parametrize(
    ("key", "other"),
    [("created", "-created"), ("-length", "length"), ("relevance", "-created")],
)
def test_an_order_is_turned_round(key: str, other: str) -> None:
    assert opposite(key) == other


def test_the_opposite_of_every_order_is_one() -> None:
    assert {opposite(key) for key in SORTS} <= set(SORTS)

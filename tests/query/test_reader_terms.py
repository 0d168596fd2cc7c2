"""Lists, notes and saved searches in a query."""

import pytest

from cable_tui.query import parse
from cable_tui.query.reader_terms import MOST_SAVED, NOTHING, ReaderData, expanded

OWN = ReaderData(
    lists={"TIP story": frozenset({"09RABAT27"}), "press": frozenset(), "Press 2": frozenset()},
    notes={"09RABAT27": "ask the press office", "08RABAT9": "Übersetzung fehlt"},
    saved={
        "lamps": "lamps or lanterns",
        "north": "origin:rabat query:lamps",
        "ring": "kelp query:other",
        "other": "query:ring",
        "broken": 'tuna "',
        "sorted": "tuna sort:length",
        "old": "tuna orgin:rabat",
    },
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kelp", "kelp"),
        ("kelp query:lamps", "kelp (lamps or lanterns)"),
        ("query:lamps query:sorted", "((lamps or lanterns) or tuna)"),
        ("-query:lamps", "-((lamps or lanterns))"),
        ("query:north", "(origin:rabat ((lamps or lanterns)))"),
        ("(kelp or query:sorted)", "(kelp or (tuna))"),
        ('list:"tip"', "list:tip"),
        ("query:broken", "(tuna)"),
        ("kelp query:sorted sort:created", "kelp (tuna) sort:created"),
    ],
)
def test_saved_searches_stand_in_the_place_of_their_names(text: str, expected: str) -> None:
    query = expanded(parse(text), OWN)
    assert parse(str(query)).terms == parse(expected).terms
    assert query.complaints == ()


@pytest.mark.parametrize(
    ("text", "rest", "column", "reason"),
    [
        (
            "kelp list:nowhere",
            "kelp",
            5,
            "there is no list called nowhere; there are TIP story, press",
        ),
        (
            "kelp query:nowhere",
            "kelp",
            5,
            "there is no saved search called nowhere; there are lamps",
        ),
        ("tuna query:ring", "tuna (kelp)", 5, "saved search ring refers to itself"),
        (
            "kelp query:old",
            "kelp (tuna rabat)",
            5,
            "saved search old: the prefix orgin: is unknown",
        ),
        ("(kelp or list:nowhere)", "(kelp)", 9, "there is no list called nowhere"),
        ("kelp (list:nowhere or query:nowhere)", "kelp", 6, "there is no list called nowhere"),
        ("list:st", "list:st", 0, ""),
    ],
)
def test_what_is_not_there_is_said_and_left_out(
    text: str, rest: str, column: int, reason: str
) -> None:
    query = expanded(parse(text), OWN)
    assert parse(str(query)).terms == parse(rest).terms
    if reason:
        assert query.complaints[0].column == column
        assert reason in query.complaints[0].reason


def test_who_keeps_nothing_is_told_so() -> None:
    query = expanded(parse("list:press query:lamps"), NOTHING)
    assert query.terms == ()
    assert [each.reason for each in query.complaints] == [
        "there is no list called press; you have none",
        "there is no saved search called lamps; you have none",
    ]


def test_searches_that_double_each_other_come_to_an_end() -> None:
    saved = {f"q{n}": f"w{n} (query:q{n + 1} or kelp query:q{n + 1})" for n in range(40)}
    query = expanded(parse("query:q0"), ReaderData(saved=saved))
    assert any(str(MOST_SAVED) in each.reason for each in query.complaints)


@pytest.mark.parametrize(
    ("given", "cables"),
    [
        ("press", {"09RABAT27"}),
        ("off pre", {"09RABAT27"}),
        ("ubersetzung", {"08RABAT9"}),
        ("office nowhere", set()),
        ("...", set()),
    ],
)
def test_a_note_is_found_by_the_beginnings_of_its_words(given: str, cables: set[str]) -> None:
    assert OWN.noting(given) == cables


@pytest.mark.parametrize(
    ("given", "name"),
    [("press", "press"), ("PRESS 2", "Press 2"), ("story", "TIP story"), ("pre", None), ("", None)],
)
def test_a_list_is_named_as_values_of_facets_are(given: str, name: str | None) -> None:
    assert OWN.list_named(given) == name


def test_a_saved_search_that_is_too_long_refuses_the_query_that_names_it() -> None:
    query = expanded(parse("lamps query:long"), ReaderData(saved={"long": "k" * 2001}))
    assert query.refused
    (complaint,) = query.complaints
    assert complaint.reason.startswith("the saved search long: a query can have at most 2,000")

"""The orders of an answer."""

import pytest

from cable_tui.query.sorting import SORTS, opposite, sort_key


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
        ("colour", None),
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

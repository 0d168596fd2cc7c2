"""Which tables may be joined, and by what."""

import pytest

from cable_tui.formats.tables.sqlite_joins import Side, joins

TEXTS = Side("texts", "rowid", ("key", "cable_id", "body"))
FACTS = Side("cables", "rowid", ("id", "refid", "date"))


def keys(*sides: Side) -> list[tuple[str, str]]:
    return [(join.texts_key, join.facts_key) for join in joins(sides)]


@pytest.mark.parametrize(
    ("texts", "facts", "found"),
    [
        (TEXTS.columns, FACTS.columns, [("cable_id", "id")]),
        (("Cables ID", "text"), ("ID", "refid", "date"), [("Cables ID", "ID")]),
        (("id", "refid", "body"), FACTS.columns, [("refid", "refid"), ("id", "id")]),
        (("n", "body"), ("n", "refid", "date"), [("n", "n")]),
        (("n", "body"), ("m", "refid", "date"), []),
        (("n", "body", "subject"), ("n", "refid", "date"), []),
        (("n", "words"), ("n", "refid", "date"), []),
        (("n", "body"), ("n", "refid"), []),
        (("n", "body"), ("n", "refid", "date", "text"), []),
    ],
)
def test_columns_of_one_meaning_join_texts_and_facts(
    texts: tuple[str, ...], facts: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    sides = TEXTS._replace(columns=texts), FACTS._replace(columns=facts)
    assert keys(*sides) == found
    assert keys(*reversed(sides)) == found


def test_columns_of_both_are_named_once() -> None:
    texts = TEXTS._replace(columns=("id", "Ref ID", "body"))
    (join, *_) = joins([texts, FACTS])
    assert join.columns == ("id", "refid", "date", "body")


def test_numbers_that_any_table_has_want_more_proof() -> None:
    by_number, by_name = (
        next(joins([TEXTS._replace(columns=columns), FACTS]))
        for columns in (("id", "body"), ("refid", "body"))
    )
    assert (by_number.numbered, by_name.numbered) == (True, False)
    assert len(by_number.proofs) > len(by_name.proofs)

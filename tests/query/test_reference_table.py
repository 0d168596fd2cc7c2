"""The table of the whole language."""

import pytest

from cable_tui.query import PREFIXES, parse, reference_table
from cable_tui.query.parser import _ALIASES as ALIASES


def test_every_prefix_is_explained() -> None:
    assert set(reference_table.PREFIX_HELP) == PREFIXES - set(ALIASES)


@pytest.mark.parametrize(
    "example", [example for line in reference_table.lines() for example in line.examples]
)
def test_every_example_is_a_whole_query(example: str) -> None:
    query = parse(example)
    assert query.complaints == ()
    assert query or query.sort


@pytest.mark.parametrize(("prefix", "known"), reference_table.values().items())
def test_every_value_of_a_list_is_one(prefix: str, known: str) -> None:
    for value in known.split(", "):
        query = parse(f"{prefix}:{value}")
        assert query.complaints == ()
        assert str(query) == f"{prefix}:{value}"


def test_the_plain_table_fits_a_terminal() -> None:
    assert max(map(len, reference_table.plain_table().splitlines())) <= 80


def test_in_the_plain_table_blanks_stand_between_an_example_and_its_meaning() -> None:
    table = reference_table.plain_table().splitlines()
    for line in reference_table.lines():
        last = line.examples[-1]
        (row,) = (row for row in table if f"  {'  '.join(line.examples)}" in row)
        assert not row.partition(last)[2] or row.partition(f"{last}  ")[1]

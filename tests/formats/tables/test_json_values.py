"""The values of one JSON object or list, found without parsing them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.tables.json_values import JsonValues, closing_end, value_at

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
INDENT = st.sampled_from([None, 2])


@given(st.lists(ANY, max_size=5), INDENT)
def test_the_values_of_a_list_are_those_that_a_parser_finds(
    written: list[object], indent: int | None
) -> None:
    data = json.dumps(written, indent=indent).encode() + b" junk"
    values = JsonValues(data, 1)
    assert [json.loads(data[each.start : each.end]) for each in values] == written
    assert values.closed
    assert data[values.at :] == b" junk"


@given(st.dictionaries(st.text(max_size=4), ANY, max_size=4), INDENT)
def test_the_values_of_an_object_come_with_their_keys(
    written: dict[str, object], indent: int | None
) -> None:
    data = json.dumps(written, indent=indent).encode()
    values = JsonValues(data, 1, keyed=True)
    found = {
        json.loads(value_at(data, each.key)): json.loads(value_at(data, each.start))
        for each in values
    }
    assert found == written
    assert values.closed


@given(st.lists(ANY, min_size=1, max_size=4), st.data())
def test_of_a_list_that_is_cut_off_only_values_with_their_ends_are_found(
    written: list[object], draw: st.DataObject
) -> None:
    data = json.dumps(written).encode()
    cut = data[: draw.draw(st.integers(1, len(data) - 1))]
    values = JsonValues(cut, 1)
    found = [json.loads(cut[each.start : each.end]) for each in values]
    assert found == written[: len(found)]
    assert not values.closed


@pytest.mark.parametrize(
    ("data", "count", "rest"),
    [
        (b"[1, 2 x, 3]", 1, b" 2 x, 3]"),
        (b'["a" "b"]', 0, b'"a" "b"]'),
        (b'["a", "k": 1]', 1, b' "k": 1]'),
        (b"[[1] x, 2]", 1, b" x, 2]"),
        (b"[[1]}, 2]", 1, b"}, 2]"),
        (b"[1, , 2]", 1, b" , 2]"),
        (b'["a, "b"]', 0, b'"a, "b"]'),
    ],
)
def test_nothing_is_guessed_after_damage(data: bytes, count: int, rest: bytes) -> None:
    values = JsonValues(data, 1)
    assert len(list(values)) == count
    assert data[values.at :] == rest
    assert not values.closed


def test_a_list_is_skipped_to_its_end_whatever_is_in_it() -> None:
    data = b'[[1] x "]", {"a": []}] after'
    values = JsonValues(data, 1)
    values.skip()
    assert (values.closed, data[values.at :]) == (True, b" after")
    assert closing_end(b"[[1]", 0) == -1

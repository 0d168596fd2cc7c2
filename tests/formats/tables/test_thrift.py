"""Thrift's compact protocol; the bytes follow its specification by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.tables.thrift import Field, Items, Struct, bytes_of, struct_at

EXAMPLES: list[tuple[bytes, Struct]] = [
    (b"\x00", {}),
    (b"\x15\x02\x00", {1: Field(5, 1)}),  # a step of 1, the type of 32 bits, 1 as zigzag
    (b"\x15\x01\x00", {1: Field(5, -1)}),
    (b"\x26\xac\x02\x00", {2: Field(6, 150)}),
    (b"\x11\x12\x00", {1: Field(1, True), 2: Field(2, False)}),
    (b"\x18\x03abc\x00", {1: Field(8, b"abc")}),
    (b"\x05\x28\x02\x00", {20: Field(5, 1)}),  # a number more than 15 after the last one
    (b"\x17\x00\x00\x00\x00\x00\x00\xf0\x3f\x00", {1: Field(7, b"\0\0\0\0\0\0\xf0\x3f")}),
    (b"\x19\x25\x02\x04\x00", {1: Field(9, Items(5, [1, 2]))}),
    (b"\x19\xf3\x0f" + bytes(range(15)) + b"\x00", {1: Field(9, Items(3, list(range(15))))}),
    (b"\x19\x21\x01\x02\x00", {1: Field(9, Items(1, [True, False]))}),
    (b"\x1c\x15\x02\x00\x00", {1: Field(12, {1: Field(5, 1)})}),
]
HOSTILE = [
    b"",
    b"\x15",
    b"\x18\x7fabc",
    b"\x19\xf5\xff\xff\xff\xff\x0f",
    b"\x1c" * 1_000,
    b"\x19" * 1_000,
    b"\x15" + b"\xff" * 20,
    b"\x1b\x00\x00",  # a map
    b"\x1f\x00",
]
NUMBERS = st.integers(-(1 << 63), (1 << 63) - 1)


def _lists(fields: st.SearchStrategy[Field]) -> st.SearchStrategy[Field]:
    structs = st.dictionaries(st.integers(1, 300), fields, max_size=5)
    return st.one_of(
        structs.map(lambda struct: Field(12, struct)),
        st.lists(structs, max_size=20).map(lambda values: Field(9, Items(12, values))),
    )


LEAVES = st.one_of(
    NUMBERS.map(lambda number: Field(6, number)),
    st.binary(max_size=9).map(lambda text: Field(8, text)),
    st.booleans().map(lambda value: Field(1 if value else 2, value)),
    st.lists(NUMBERS, max_size=20).map(lambda values: Field(9, Items(5, values))),
)


@pytest.mark.parametrize(("data", "struct"), EXAMPLES)
def test_a_struct_has_the_bytes_of_the_specification(data: bytes, struct: Struct) -> None:
    assert struct_at(data) == (struct, len(data))
    assert bytes_of(struct) == data


@pytest.mark.parametrize("data", HOSTILE)
def test_what_is_no_struct_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"cut off|not a known type|inside each other|64 bits"):
        struct_at(data)


@given(st.dictionaries(st.integers(1, 300), st.recursive(LEAVES, _lists, max_leaves=20)))
def test_a_struct_is_read_as_it_was_written(struct: Struct) -> None:
    data = b"before" + bytes_of(struct)
    assert struct_at(data + b"after", 6) == (struct, len(data))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_struct_or_refused(data: bytes) -> None:
    try:
        struct, end = struct_at(data)
    except ValueError:
        return
    assert 0 < end <= len(data)
    assert struct_at(bytes_of(struct))[0] == struct

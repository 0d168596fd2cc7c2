"""Objects cut out of JSON files, whole or damaged."""

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.json_objects import objects

VALUES = st.dictionaries(
    st.text(max_size=5), st.text(max_size=8) | st.dictionaries(st.text(), st.none())
)


def cut(data: bytes, longest: int = 1 << 20) -> list[tuple[int, bytes | None, bool]]:
    found = list(objects(BytesIO(data), longest))
    for row in found:
        if row.data is not None:
            assert data[row.offset : row.offset + len(row.data)] == row.data
            assert row.line == data.count(b"\n", 0, row.offset) + 1
    return [(row.line, row.data, row.opened) for row in found]


@pytest.mark.parametrize("indent", [None, 1, 4])
@given(st.lists(VALUES, min_size=1, max_size=4))
def test_the_objects_of_a_list_are_found(
    indent: int | None, values: list[dict[str, object]]
) -> None:
    found = cut(json.dumps(values, indent=indent).encode())
    assert [json.loads(data or b"") for _, data, _ in found] == values


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_the_objects_of_lines_are_found(values: list[dict[str, object]]) -> None:
    lines = "".join(json.dumps(value) + "\n" for value in values)
    assert [json.loads(data or b"") for _, data, _ in cut(lines.encode())] == values


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(
            b'{"a": "x\n{"b": "y"}\n',
            [(1, b'{"a": "x\n', True), (2, b'{"b": "y"}', True)],
            id="quote",
        ),
        pytest.param(
            b'{"a": "x"\n{"b": "y"}\n',
            [(1, b'{"a": "x"\n', True), (2, b'{"b": "y"}', True)],
            id="brace",
        ),
        pytest.param(b'[\n  {"a": "x"', [(2, b'{"a": "x"', True)], id="cut off"),
        pytest.param(b'{"a": "x\\', [(1, b'{"a": "x\\', True)], id="cut off in an escape"),
        pytest.param(
            b'word {"a": 1}', [(1, b"word ", False), (1, b'{"a": 1}', True)], id="outside"
        ),
        pytest.param(b'{"a": 1} word', [(1, b'{"a": 1}', True), (1, b" word", False)], id="after"),
        pytest.param(b"", [], id="empty"),
        pytest.param(b"[]\n", [], id="empty list"),
    ],
)
def test_damage_does_not_hide_what_follows(
    data: bytes, expected: list[tuple[int, bytes | None, bool]]
) -> None:
    assert cut(data) == expected


def test_an_object_that_is_too_long_is_told_and_left_out() -> None:
    long = b'{"a": "' + b"x" * 3_000_000 + b'"}\n'
    assert cut(long + b'{"b": 1}\n') == [(1, None, True), (2, b'{"b": 1}', True)]


def test_objects_over_the_edges_of_what_is_read_at_once_are_whole() -> None:
    one = json.dumps({"a": "x" * 70_001}).encode() + b"\n"
    assert cut(one * 40) == [(line, one[:-1], True) for line in range(1, 41)]


@given(st.text(alphabet='{}[]"\\\n ,a:', max_size=60))
def test_any_text_is_cut(text: str) -> None:
    cut(text.encode(), 20)

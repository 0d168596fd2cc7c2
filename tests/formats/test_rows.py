"""Rows are cut where the next one begins, wherever the edges of what was read lie."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.rows import Row, rows
from cable_tui.pattern import pattern

FIRST = pattern(rb"#[0-9]:")
NEXT = pattern(rb"\n#[0-9]:")


class Dribble(BytesIO):
    """A file that gives a few bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(7 if size and size > 7 else size)


def cut(data: bytes, longest: int = 1000) -> list[Row]:
    return list(rows(BytesIO(data), FIRST, NEXT, longest))


CASES = [
    pytest.param(b"", [], id="nothing"),
    pytest.param(b"#1:a\n#2:b", [(0, 1, b"#1:a\n", True), (5, 2, b"#2:b", True)], id="two"),
    pytest.param(
        b"#1:a\nb\n#2:\n", [(0, 1, b"#1:a\nb\n", True), (7, 3, b"#2:\n", True)], id="lines"
    ),
    pytest.param(b"x\n#1:a", [(0, 1, b"x\n", False), (2, 2, b"#1:a", True)], id="something before"),
    pytest.param(b"a #1: b", [(0, 1, b"a #1: b", False)], id="not at a line's start"),
    pytest.param(b"\xef\xbb\xbf#1:a", [(3, 1, b"#1:a", True)], id="a mark"),
]


@pytest.mark.parametrize(("data", "expected"), CASES)
def test_a_file_is_cut_into_rows(
    data: bytes, expected: list[tuple[int, int, bytes | None, bool]]
) -> None:
    assert cut(data) == [Row(*each) for each in expected]


def test_of_a_row_too_long_only_the_place_is_told() -> None:
    data = b"#1:a\n#2:" + b"b\n" * 900 + b"#3:c"
    assert cut(data) == [
        Row(0, 1, b"#1:a\n", True),
        Row(5, 2, None, True),
        Row(1808, 902, b"#3:c", True),
    ]


@given(st.lists(st.sampled_from([b"#1:", b"\n", b"#", b"1:", b"text ", b"\n#2:" + b"z" * 90])))
def test_edges_of_what_was_read_make_no_difference(parts: list[bytes]) -> None:
    data = b"".join(parts)
    assert list(rows(Dribble(data), FIRST, NEXT, 80)) == cut(data, 80)


@given(st.binary(max_size=200) | st.text("#1:\n").map(str.encode))
def test_no_byte_is_lost(data: bytes) -> None:
    found = cut(data)
    start = found[0].offset if found else len(data)
    assert b"".join(row.data or b"" for row in found) == data[start:]
    assert start in {0, 3, len(data)}

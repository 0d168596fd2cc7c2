"""How much of a telegram a record holds."""

import pytest

from cable_tui.formats.extent import Extent, extent, extent_of_bytes

NOTE = "This record is a partial extract of the original cable. The full text is not available."


@pytest.mark.parametrize(
    ("header", "body", "expected"),
    [
        pytest.param("", "", Extent(0, 0, False), id="facts only"),
        pytest.param("FM X\n", " A text.\n", Extent(4, 7, False), id="blanks do not count"),
        pytest.param(NOTE, "A text.", Extent(len(NOTE), 7, True), id="the note in the header"),
        pytest.param("", NOTE, Extent(0, len(NOTE), True), id="the note in the body"),
        pytest.param("", "It breaks off...\n", Extent(0, 16, True), id="a beginning"),
        pytest.param("", "x" * 700 + "...", Extent(0, 703, False), id="a long text may end so"),
    ],
)
def test_sizes_and_cuts(header: str, body: str, expected: Extent) -> None:
    assert extent(header, body) == expected
    assert extent_of_bytes(header.encode(), body.encode()) == expected

"""How much of a telegram a record holds."""

import pytest

from cable_tui.formats.extent import ContentSize, content_size, content_size_of_bytes

NOTE = "This record is a partial extract of the original cable. The full text is not available."


@pytest.mark.parametrize(
    ("header", "body", "expected"),
    [
        pytest.param("", "", ContentSize(0, 0, False), id="facts only"),
        pytest.param("FM X\n", " A text.\n", ContentSize(4, 7, False), id="blanks do not count"),
        pytest.param(NOTE, "A text.", ContentSize(len(NOTE), 7, True), id="the note in the header"),
        pytest.param("", NOTE, ContentSize(0, len(NOTE), True), id="the note in the body"),
        pytest.param("", "It breaks off...\n", ContentSize(0, 16, True), id="a beginning"),
        pytest.param(
            "", "x" * 700 + "...", ContentSize(0, 703, False), id="a long text may end so"
        ),
    ],
)
def test_sizes_and_cuts(header: str, body: str, expected: ContentSize) -> None:
    assert content_size(header, body) == expected
    assert content_size_of_bytes(header.encode(), body.encode()) == expected

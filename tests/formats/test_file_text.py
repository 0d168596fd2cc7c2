"""UTF-16 as UTF-8, and places in the file."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats import file_text
from cable_tui.formats.file_text import FileWindow

CODECS = ("utf-16-le", "utf-16-be")


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@given(st.text(max_size=60), st.lists(st.integers(0, 200), max_size=5))
def test_places_in_the_text_are_places_in_the_file(
    codec: str, mark: str, text: str, offsets: list[int]
) -> None:
    text = text.removeprefix("\ufeff")
    data = (mark + text).encode(codec, "surrogatepass")
    source = file_text.Utf8File(BytesIO(data), codec)
    made = source.read()
    assert made == file_text.as_utf8(text.encode(codec, "surrogatepass"), codec)
    for at in sorted({min(offset, len(text)) for offset in offsets}):
        before = text[:at].encode("utf-8", "replace")
        expected = len((mark + text[:at]).encode(codec, "surrogatepass"))
        if "\ud800" <= max(text, default="") <= "\udfff":
            continue
        assert source.original(len(before)) == expected


def test_a_file_longer_than_what_is_read_at_once_is_the_same() -> None:
    text = "aé¶𝄞" * 200_000
    source = file_text.Utf8File(BytesIO(text.encode("utf-16-le")), "utf-16-le")
    parts = list(iter(lambda: source.read(77_777), b""))
    assert b"".join(parts).decode() == text
    assert source.original(len("aé¶".encode())) == 6


def test_a_byte_too_much_is_said() -> None:
    source = file_text.Utf8File(BytesIO("ab".encode("utf-16-le") + b"x"), "utf-16-le")
    source.read()
    (found,) = source.problems("a.csv")
    assert "a byte of the UTF-16 text is missing" in found.reason


def test_positions_count_in_the_file_and_lines_from_its_start() -> None:
    data = b"a\nb\n" * FileWindow.grows
    window = FileWindow(BytesIO(data))
    window.take(FileWindow.grows - 2)
    while window.end < 2 * FileWindow.grows and window.more():
        pass
    window.take(2 * FileWindow.grows - 4)
    assert window.bytes(window.at, window.at + 4) == b"a\nb\n"
    assert window.line == data.count(b"\n", 0, window.at) + 1
    window.more()
    assert len(window.data) < 2 * FileWindow.grows


def test_a_mark_is_passed() -> None:
    window = FileWindow(BytesIO(b"\xef\xbb\xbfabc"))
    assert (window.at, window.bytes(3, 6)) == (3, b"abc")
    assert not window.more()

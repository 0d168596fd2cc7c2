"""A window over a file, in bounded memory."""

from io import BytesIO

from cable_tui.formats.tables.window import CHUNK, Window


def test_positions_count_in_the_file_and_lines_from_its_start() -> None:
    data = b"a\nb\n" * CHUNK
    window = Window(BytesIO(data))
    window.take(CHUNK - 2)
    while window.end < 2 * CHUNK and window.more():
        pass
    window.take(2 * CHUNK - 4)
    assert window.bytes(window.at, window.at + 4) == b"a\nb\n"
    assert window.line == data.count(b"\n", 0, window.at) + 1
    window.more()
    assert len(window.data) < 2 * CHUNK


def test_a_mark_is_passed() -> None:
    window = Window(BytesIO(b"\xef\xbb\xbfabc"))
    assert (window.at, window.bytes(3, 6)) == (3, b"abc")
    assert not window.more()

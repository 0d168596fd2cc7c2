"""Files of pages: each is cut where a further one begins, in memory bounded by one page."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.pages.cutter import CutPage, Start, line_of, pages

LONGEST = 4 << 20
MARK = re.compile(rb"(?m)^@(\?)?")


class Marked:
    """Pages that begin with an `@` at the start of a line; with `@?` that is not sure."""

    def opening(self, data: bytes, start: int) -> int:
        found = MARK.search(data, start)
        return found.end() if found else -1

    def further(self, data: bytes, start: int, at: int) -> Iterator[Start]:
        for found in MARK.finditer(data, at):
            yield Start(found.start(), found.start(), "not sure" if found[1] else "")


def cut(data: bytes, longest: int = LONGEST) -> list[CutPage]:
    return list(pages(BytesIO(data), Marked(), longest))


@pytest.mark.parametrize("data", [b"", b"@one\n", b"no mark at all", b"before\n@one\n"])
def test_a_file_without_a_further_mark_is_one_page(data: bytes) -> None:
    assert cut(data) == [CutPage(0, 1, data)]


def test_a_page_ends_where_the_next_begins() -> None:
    data = b"menu\n@one\ntext\n@two\n@three\n"
    assert cut(data) == [
        CutPage(0, 1, b"menu\n@one\ntext\n"),
        CutPage(15, 4, b"@two\n"),
        CutPage(20, 5, b"@three\n"),
    ]


@pytest.mark.parametrize("between", [b"\n", b"\r\n\r\n", b"\f\n", b"\n\f"])
def test_what_somebody_put_between_two_pages_belongs_to_neither(between: bytes) -> None:
    first, second = cut(b"@one\n" + between + b"\n@two\n\n\n")
    assert first.data == b"@one\n"
    assert second.data == b"@two\n\n\n"


def test_an_unsure_place_is_named_and_stays_in_its_page() -> None:
    data = b"@one\nquotes\n@?another\nends\n@two\n"
    assert cut(data) == [
        CutPage(0, 1, b"@one\nquotes\n@?another\nends\n", ((3, "not sure"),)),
        CutPage(27, 5, b"@two\n"),
    ]


def test_only_some_of_many_unsure_places_are_named() -> None:
    (page,) = cut(b"@one\n" + b"@?\n" * 1000)
    assert len(page.doubts) == 20


def test_a_page_that_is_too_long_does_not_hide_those_after_it() -> None:
    junk = b"x" * 99 + b"\n"
    data = b"@one\n" + junk * (3 * LONGEST // 100) + b"@two\n"
    long, after = cut(data)
    assert long == CutPage(0, 1, None)
    assert after == CutPage(len(data) - 5, data.count(b"\n"), b"@two\n")


def test_many_pages_are_read_without_holding_them() -> None:
    class Watched(BytesIO):
        most = 0

        def read(self, size: int | None = -1) -> bytes:
            self.most = max(self.most, size or 0)
            return super().read(size)

    page = b"@page\n" + b"text of it\n" * 500
    file = Watched(page * 2000)
    found = list(pages(file, Marked(), LONGEST))
    assert len(found) == 2000
    assert {zlib.crc32(each.data or b"") for each in found} == {zlib.crc32(page)}
    assert [each.line for each in found] == [1 + 501 * number for number in range(2000)]
    assert 0 < file.most <= 2 << 20


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_pages_of_a_file_in_utf_16_have_their_own_bytes(codec: str) -> None:
    texts = ["@one: ¶ and a sign beyond the plane: \U0001f6a2\n" + "text\n" * 9, "@two’s\n" * 1]
    data = "".join(texts).encode(codec)
    one, two = cut(data)
    assert (one.offset, one.line, two.line) == (0, 1, 11)
    assert (one.data or b"") + (two.data or b"") == data
    assert (two.data or b"") == texts[1].encode(
        "utf-16-be" if codec == "utf-16-be" else "utf-16-le"
    )


def test_a_file_in_utf_16_may_be_longer_than_a_page() -> None:
    found = cut(b"\xff\xfe" + b"@\0\n\0" * 100, longest=100)
    assert [page.offset for page in found] == [0, *range(6, 402, 4)]


def test_a_mark_of_bytes_goes_with_its_page() -> None:
    class Anywhere(Marked):
        def further(self, data: bytes, start: int, at: int) -> Iterator[Start]:
            found = data.find(b"@", at)
            if found >= 0:
                yield Start(found, found)

    data = b"@one\n\xef\xbb\xbf@two\n"
    assert [page.offset for page in pages(BytesIO(data), Anywhere(), LONGEST)] == [0, 5]


@pytest.mark.parametrize(
    ("data", "lines"),
    [(b"a\nb\nc", [0, 0, 0, 1, 2]), (b"a\rb\rc", [0, 0, 0, 1, 2])],
)
def test_lines_are_counted_from_nought(data: bytes, lines: list[int]) -> None:
    assert [line_of(data, at) for at in (-1, 0, 1, 2, 4)] == lines


@given(st.lists(st.sampled_from([b"@a\n", b"@?\n", b"x\n", b"\n", b"\f", b"y"]), max_size=40))
def test_every_byte_is_in_a_page_or_between_two(parts: list[bytes]) -> None:
    data = b"".join(parts)
    at = 0
    for page in cut(data):
        assert page.data is not None
        assert not data[at : page.offset].strip(b"\r\n\f")
        assert data.startswith(page.data, page.offset)
        assert page.line == 1 + data.count(b"\n", 0, page.offset)
        at = page.offset + len(page.data)
    assert at == len(data)

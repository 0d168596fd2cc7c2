"""The parts of a web archive, whole and damaged, and what each holds."""

import base64
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.mhtml.parts import OUTSIDE, Part, content, is_web_archive, parts
from tests.formats.samples import DATA

FILE = (DATA / "page.mhtml").read_bytes()
LONGEST = 1 << 20


def found(data: bytes, longest: int = LONGEST) -> list[Part]:
    return list(parts(BytesIO(data), longest))


def related(*leaves: bytes, boundary: str = "b") -> bytes:
    """A part that holds others."""
    head = f'Content-Type: multipart/related; boundary="{boundary}"\n\n'.encode()
    line = f"--{boundary}".encode()
    return head + b"".join(b"%s\n%s\n" % (line, leaf) for leaf in leaves) + line + b"--\n"


def page(text: str) -> bytes:
    return f"Content-Type: text/html\n\n{text}\n".encode()


def test_the_parts_are_those_between_the_boundaries() -> None:
    first, second = found(FILE)
    assert (first.kind, second.kind) == ("text/html", "text/css")
    assert FILE[first.offset : first.offset + first.length] == first.data
    assert first.line == 1 + FILE[: first.offset].count(b"\n")
    assert first.data.startswith(b"Content-Type: text/html\r\n")
    assert second.data == b""
    page = (DATA / "page-2010.html").read_bytes()
    assert content(first.data).replace(b"\r\n", b"\n").rstrip() == page.rstrip()


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        pytest.param(related(page("a"), page("b")), ["a", "b"], id="two pages"),
        pytest.param(related(page("a")) + related(page("b"), boundary="c"), ["a", "b"], id="files"),
        pytest.param(related(related(page("a"), boundary="c"), page("b")), ["a", "b"], id="nested"),
        pytest.param(
            related(page("a"), page("b")).removesuffix(b"\n--b--\n"), ["a", "b"], id="cut off"
        ),
        pytest.param(page("a"), ["a"], id="one page and no parts"),
        pytest.param(related(page("a\n--c\n- --b")), ["a\n--c\n- --b"], id="other lines"),
        pytest.param(
            related(page("a")).removesuffix(b"--b--\n")
            + b"From: <Saved by Blink>\n"
            + related(page("b")),
            ["a", "b"],
            id="one cut off before another",
        ),
        pytest.param(related(page("a")).replace(b"\n", b"\r\n"), ["a"], id="windows"),
        pytest.param(related(page("a")) + b"\n \n", ["a"], id="empty lines behind"),
    ],
)
def test_every_page_is_found(data: bytes, texts: list[str]) -> None:
    pages = [content(part.data).decode().strip() for part in found(data)]
    assert [each.replace("\r\n", "\n") for each in pages] == texts


def test_text_outside_of_the_parts_is_named() -> None:
    outside, part, behind = found(
        related(page("a")).replace(b"\n--b\n", b"\nHello\n--b\n", 1) + b"1 a\n"
    )
    assert (outside.kind, outside.line, outside.data) == (OUTSIDE, 3, b"Hello\n")
    assert part.kind == "text/html"
    assert (behind.kind, behind.data) == (OUTSIDE, b"1 a\n")


def test_parts_inside_of_parts_are_looked_into_to_a_depth() -> None:
    nested = page("a")
    for depth in range(2000):
        nested = related(nested, boundary=f"b{depth}")
    (only,) = found(nested)
    assert only.too_deep
    assert (only.data, only.length > 0) == (b"", True)


def test_of_a_part_that_is_too_long_the_place_is_known() -> None:
    long, short = found(related(page("x" * 300_000), page("a")), longest=200_000)
    assert (long.data, long.length) == (b"", 300_000 + len(page("")) + 1)
    assert content(short.data).strip() == b"a"


def test_headers_without_an_end_end() -> None:
    assert len(found(b"Content-Type: text/html\n" * 100_000)) == 1


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        ("Content-Transfer-Encoding: base64", base64.b64encode("a’s".encode()), "a’s"),
        ("Content-Transfer-Encoding: Quoted-Printable", b"a=E2=80=99=\ns", "a’s"),
        ("Content-Transfer-Encoding: quoted-printable", b"a=ZZ =E", "a=ZZ =E"),
        ("Content-Transfer-Encoding: base64", b"YWJj!ZGVm", "abcdef"),
        ("Content-Type: text/html; charset=windows-1252", b"a\x92s", "a’s"),
        ("Content-Type: text/html; charset=utf-16", "a’s".encode("utf-16"), "a’s"),
        ("Content-Type: text/html; charset=base64", b"YQ==", "YQ=="),
        ("Content-Type: text/html; charset=iso-8859-99", b"a", "a"),
        ("Content-Type: text/html; charset*=utf-8'en'x%", b"a", "a"),
        ("Content-Type: text/html", b"\xef\xbb\xbfa", "a"),
    ],
)
def test_a_part_is_decoded_as_its_headers_ask(headers: str, body: bytes, text: str) -> None:
    assert content(headers.encode() + b"\n\n" + body).decode() == text


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (FILE, True),
        (page("a"), True),
        (b"<html>\nContent-Type: multipart/related", False),
        (b"Subject: a\n\nContent-Type of text", False),
        (b"09PORTAMITY12\n", False),
    ],
)
def test_a_web_archive_is_known_by_its_headers(head: bytes, is_one: bool) -> None:
    assert is_web_archive(head) == is_one


@given(st.binary(max_size=200), st.integers(0, len(FILE)), st.integers(0, 300))
def test_any_damage_leaves_parts_inside_of_the_file(junk: bytes, at: int, lost: int) -> None:
    data = FILE[:at] + junk + FILE[at + lost :]
    end = 0
    for part in found(data):
        assert part.offset >= end
        end = part.offset + part.length
        assert part.data in (b"", data[part.offset : end])
        assert isinstance(content(part.data), bytes)
    assert end <= len(data)

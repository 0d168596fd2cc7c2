"""Web archives give the cables of their pages."""

import base64
from io import BytesIO

import pytest

from cable_tui import formats
from cable_tui.base.cable import RawCable
from cable_tui.formats.web_archive import OUTSIDE, WebPart, content, is_web_archive, parts
from tests.formats.samples import DATA, cable_and_problem, cables, problem, read

SITE = (DATA / "page.mhtml").read_bytes()
PLUSD = (DATA / "plusd.mhtml").read_bytes()
BOUNDARY = b"------MultipartBoundary--fictional0----"
PAGE = SITE[
    SITE.index(b"Content-Type: text/html") : SITE.index(BOUNDARY + b"\r\nContent-Type: text/css")
]


def test_each_page_of_a_web_archive_is_a_cable_at_its_own_place() -> None:
    other = PAGE.replace(b"09PORTAMITY12", b"09PORTAMITY13")
    data = SITE.replace(PAGE, PAGE + BOUNDARY + b"\r\n" + other)
    first, second = cables(data, "a.mht")
    assert (first.reference_id, second.reference_id) == ("09PORTAMITY12", "09PORTAMITY13")
    assert data[second.location.offset :][: second.location.length] == other


def test_files_of_web_archives_may_be_concatenated() -> None:
    found = read(SITE + SITE.replace(b"09PORTAMITY12", b"09PORTAMITY13"), "all.mhtml")
    ids = [raw.reference_id for raw in found if isinstance(raw, RawCable)]
    assert ids == ["09PORTAMITY12", "09PORTAMITY13"]


def test_a_web_archive_cut_off_inside_its_page_is_a_cable_and_a_problem() -> None:
    raw, lost = cable_and_problem(SITE[: SITE.index(b"MONTAGUE")], "a.mhtml")
    assert lost.reason.startswith("the page is cut off inside its text")
    assert lost.line == 1 + SITE[: SITE.index(PAGE)].count(b"\n")
    assert raw.cut_off


def test_what_stands_beside_a_page_is_a_problem() -> None:
    plusd = PLUSD[
        PLUSD.index(b"Content-Type: text/html") : PLUSD.index(
            b"------=_NextPart_000_0000\r\nContent-Type: text/css"
        )
    ]
    _, lost = cable_and_problem(SITE.replace(PAGE, PAGE + BOUNDARY + b"\r\n" + plusd), "a.mhtml")
    assert lost.reason.startswith("a page of PlusD begins here")


def test_two_pages_in_one_part_are_a_cable_and_a_problem() -> None:
    _, lost = cable_and_problem(
        SITE.replace(PAGE, PAGE + PAGE[PAGE.index(b"\r\n\r\n") :]), "a.mhtml"
    )
    assert lost.reason.startswith("this part of the web archive contains a second page")


def test_a_page_without_an_id_is_a_problem() -> None:
    found = problem(SITE.replace(b"09PORTAMITY12", b""), "a.mhtml")
    assert found.reason == "no reference ID"


def test_a_web_archive_of_another_page_holds_no_cables() -> None:
    other = SITE.replace(b"Viewing cable", b"Reading paper")
    assert isinstance(formats.sniff("a.mhtml", other), formats.Skip)


def test_a_cable_in_parts_too_deep_is_a_problem() -> None:
    start = SITE.index(BOUNDARY)
    deep = b"".join(
        b"--x%d\r\nContent-Type: multipart/mixed; boundary=x%d\r\n\r\n" % (depth, depth + 1)
        for depth in range(9)
    )
    nested = deep.replace(b"--x0\r\n", BOUNDARY + b"\r\n", 1) + b"--x9\r\n" + PAGE
    _, lost = cable_and_problem(SITE[:start] + BOUNDARY + b"\r\n" + PAGE + nested, "a.mhtml")
    assert "too deep" in lost.reason


FILE = (DATA / "page.mhtml").read_bytes()
LONGEST = 1 << 20


def found(data: bytes, longest: int = LONGEST) -> list[WebPart]:
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

"""Web archives give the cables of their pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.cable import Problem, RawCable
from cable_tui.value import replace
from tests.formats.samples import DATA, cable, problem, read

SITE = (DATA / "page.mhtml").read_bytes()
PLUSD = (DATA / "plusd.mhtml").read_bytes()
BOUNDARY = b"------MultipartBoundary--fictional0----"
PAGE = SITE[
    SITE.index(b"Content-Type: text/html") : SITE.index(BOUNDARY + b"\r\nContent-Type: text/css")
]


@pytest.mark.parametrize(
    ("data", "page"), [(SITE, "page-2010.html"), (PLUSD, "plusd.html")], ids=["site", "plusd"]
)
def test_a_saved_page_is_the_cable_of_the_page(data: bytes, page: str) -> None:
    raw = cable(data, "a.mhtml")
    alone = cable((DATA / page).read_bytes(), "a.html")
    assert replace(raw, place=alone.place, format=alone.format) == alone
    form, inner = formats.named(raw.format), formats.named(alone.format)
    assert form is not None
    assert inner is not None
    assert form.repository == inner.repository
    assert form.label == f"{inner.label}, as a web archive (.mhtml)"


def test_each_page_of_a_web_archive_is_a_cable_at_its_own_place() -> None:
    other = PAGE.replace(b"09PORTAMITY12", b"09PORTAMITY13")
    data = SITE.replace(PAGE, PAGE + BOUNDARY + b"\r\n" + other)
    first, second = read(data, "a.mht")
    assert isinstance(first, RawCable)
    assert isinstance(second, RawCable)
    assert (first.reference_id, second.reference_id) == ("09PORTAMITY12", "09PORTAMITY13")
    assert data[second.place.offset :][: second.place.length] == other


def test_files_of_web_archives_may_be_concatenated() -> None:
    found = read(SITE + SITE.replace(b"09PORTAMITY12", b"09PORTAMITY13"), "all.mhtml")
    ids = [raw.reference_id for raw in found if isinstance(raw, RawCable)]
    assert ids == ["09PORTAMITY12", "09PORTAMITY13"]


def test_a_web_archive_cut_off_inside_its_page_is_a_cable_and_a_problem() -> None:
    lost, raw = read(SITE[: SITE.index(b"MONTAGUE")], "a.mhtml")
    assert isinstance(lost, Problem)
    assert lost.reason.startswith("the page is cut off inside its text")
    assert lost.line == 1 + SITE[: SITE.index(PAGE)].count(b"\n")
    assert isinstance(raw, RawCable)
    assert raw.cut_off


def test_what_stands_beside_a_page_is_a_problem() -> None:
    plusd = PLUSD[
        PLUSD.index(b"Content-Type: text/html") : PLUSD.index(
            b"------=_NextPart_000_0000\r\nContent-Type: text/css"
        )
    ]
    raw, lost = read(SITE.replace(PAGE, PAGE + BOUNDARY + b"\r\n" + plusd), "a.mhtml")
    assert isinstance(raw, RawCable)
    assert isinstance(lost, Problem)
    assert lost.reason.startswith("a page of PlusD stands here")


def test_two_pages_in_one_part_are_a_cable_and_a_problem() -> None:
    raw, lost = read(SITE.replace(PAGE, PAGE + PAGE[PAGE.index(b"\r\n\r\n") :]), "a.mhtml")
    assert isinstance(raw, RawCable)
    assert isinstance(lost, Problem)
    assert lost.reason.startswith("a second page stands in this part")


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
    raw, lost = read(SITE[:start] + BOUNDARY + b"\r\n" + PAGE + nested, "a.mhtml")
    assert isinstance(raw, RawCable)
    assert isinstance(lost, Problem)
    assert "too deep" in lost.reason


@given(st.binary(max_size=100), st.integers(0, len(SITE)), st.integers(0, 200))
def test_any_damage_gives_a_cable_or_a_problem(junk: bytes, at: int, lost: int) -> None:
    form = formats.named("mhtml-page")
    assert form is not None
    from io import BytesIO

    found = list(formats.cables(form, BytesIO(SITE[:at] + junk + SITE[at + lost :]), "a.mhtml"))
    assert found
    assert all(isinstance(item, (RawCable, Problem)) for item in found)

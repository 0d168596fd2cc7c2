"""A page with the sign of another format holds another cable, which is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.formats.pages import signs
from tests.formats.samples import DATA

SAMPLES = {
    "page-2010.html": "html-page",
    "page-2011.html": "html-page",
    "plusd.html": "plusd-page",
    "page.txt": "page-text",
    "alx.txt": "alx-text",
    "nara.txt": "nara-text",
}


def test_signs_are_those_of_formats() -> None:
    assert set(signs.SIGNS) <= set(formats.FORMATS)
    assert set(signs.SIGNS) == set(SAMPLES.values())


@pytest.mark.parametrize(("name", "form"), SAMPLES.items(), ids=SAMPLES)
def test_a_page_has_its_own_sign_and_no_other(name: str, form: str) -> None:
    data = (DATA / name).read_bytes()
    assert len(list(signs.symbols(data, 0, form))) == 1
    assert list(signs.others(data, 1, form)) == []


@pytest.mark.parametrize(("name", "form"), SAMPLES.items(), ids=SAMPLES)
def test_a_foreign_sign_is_named_with_its_line(name: str, form: str) -> None:
    data = b"one\ntwo\n" + (DATA / name).read_bytes()
    ((line, reason),) = signs.others(data, 1, "pdf-text")
    assert line > 2
    assert signs.SIGNS[form].words in reason


def test_the_kinds_of_a_file_are_those_of_its_signs() -> None:
    files = [(DATA / name).read_bytes() for name in SAMPLES]
    assert signs.kinds(b"\n".join(files)) == set(SAMPLES.values())
    assert signs.kinds(b"\n".join(reversed(files))) == set(SAMPLES.values())
    assert signs.kinds(b"") == set()


def test_the_menus_of_a_page_are_not_looked_through() -> None:
    page = (DATA / "page-2010.html").read_bytes()
    (start, document), (heading, end) = signs.outside(b"text\n" + page)
    assert (start, end) == (0, 5 + len(page))
    assert page[document - 5 :].startswith(b"<html")
    assert page[heading - 5 :].startswith(b"<h3>Viewing cable")
    assert signs.outside(b"text") == ((0, 4),)


@given(st.lists(st.sampled_from([b"ab", b"a", b"b", b"x" * 50]), max_size=30), st.integers(0, 9))
def test_a_literal_is_found_at_all_its_places_in_order(parts: list[bytes], at: int) -> None:
    data = b"".join(parts)
    expected = [
        location for location in range(at, len(data) - 1) if data.startswith(b"ab", location)
    ]
    assert list(signs.places(data, b"ab", at, len(data))) == expected


def test_places_are_found_across_windows() -> None:
    data = bytes(1 << 16)[:-1] + b"ab" + bytes(1 << 16) + b"ab"
    assert list(signs.places(data, b"ab", 0, len(data))) == [(1 << 16) - 1, len(data) - 2]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"&lt;h3>Viewing cable 09X1", id="an escaped heading"),
        pytest.param(b"Viewing cable 09X1 was hard", id="no heading"),
        pytest.param(b"the synopsis of <table>", id="a word of PlusD"),
        pytest.param(b"see Message Attributes below", id="in a sentence"),
        pytest.param(b"at 00:00:00 he rang", id="a time"),
    ],
)
def test_the_words_alone_are_no_sign(text: bytes) -> None:
    assert [list(signs.symbols(text, 0, form)) for form in signs.SIGNS] == [[]] * len(signs.SIGNS)

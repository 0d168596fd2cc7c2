"""A page with the sign of another format holds another cable, which is named."""

import pytest

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
    assert len(list(signs.marks(data, 0, form))) == 1
    assert list(signs.others(data, 1, form)) == []


@pytest.mark.parametrize(("name", "form"), SAMPLES.items(), ids=SAMPLES)
def test_a_foreign_sign_is_named_with_its_line(name: str, form: str) -> None:
    data = b"one\ntwo\n" + (DATA / name).read_bytes()
    ((line, reason),) = signs.others(data, 1, "pdf-text")
    assert line > 2
    assert signs.SIGNS[form].words in reason


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
    assert [list(signs.marks(text, 0, form)) for form in signs.SIGNS] == [[]] * len(signs.SIGNS)

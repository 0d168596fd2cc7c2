"""Cleaned texts hold nothing that a terminal obeys, and every character keeps its place."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import text

ANY_TEXT = st.text(st.characters(categories=None))  # lone surrogates included
NASTY = st.text(
    st.sampled_from("aB \t\n\r\x00\x07\x1b\x7f\x85\x9b\u0301\u200b\u202e\u2028\ud800\ufffe\ue000")
)

CASES = [
    pytest.param("UNCLAS ¶1. “text” – é\n\t(SBU)", "UNCLAS ¶1. “text” – é\n\t(SBU)", id="cable"),
    pytest.param("a\r\nb\rc\n", "a\nb\nc\n", id="line ends"),
    pytest.param("a\x0bb\x0cc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf", id="odd line ends"),
    pytest.param("\x00\x07\x1b[2J\x1f", "␀␇␛[2J␟", id="C0: control pictures"),
    pytest.param("\x7f", "␡", id="DEL"),
    pytest.param("\x80\x9b31m\x9f", "\ufffd\ufffd31m\ufffd", id="C1"),
    pytest.param("\ud800\udcff", "\ufffd\ufffd", id="surrogates"),
    pytest.param("\ufffe\uffff\U0010ffff", "\ufffd\ufffd\ufffd", id="noncharacters"),
    pytest.param("\u0378", "\ufffd", id="unassigned"),
    pytest.param("\u202egnp\u202c\u2066\u061c\u200f", "⋅gnp⋅⋅⋅⋅", id="directions"),
    pytest.param("a\u200bb\u200dc\ufeffd\xade\U000e0041", "a⋅b⋅c⋅d⋅e⋅", id="no width"),
    pytest.param("a\ufe0fb\u034f", "a⋅b⋅", id="marks without a shape"),
    pytest.param("a\xa0b\u3000c\u2009d", "a b c d", id="odd blanks"),
    pytest.param("a\u3164b\u115f\uffa0", "a b  ", id="fillers"),
    pytest.param("\ue000\U000f0000", "□□", id="private use"),
    pytest.param("e\u0301\u0302\u0303\u0304", "e\u0301\u0302\u0303\u0304", id="four accents"),
    pytest.param("e" + "\u0301" * 6, "e\u0301\u0301\u0301\u0301⋅⋅", id="a heap of accents"),
    pytest.param("й" + "\u0489" * 5 + "й", "й" + "\u0489" * 4 + "⋅й", id="a heap in Cyrillic"),
    pytest.param("漢字 😀 עברית Ω", "漢字 😀 עברית Ω", id="other scripts"),
    pytest.param("", "", id="nothing"),
]


@pytest.mark.parametrize(("dirty", "clean"), CASES)
def test_what_cannot_be_shown_has_a_stand_in(dirty: str, clean: str) -> None:
    assert text.clean_text(dirty) == clean


def test_no_code_point_gets_through_that_may_not() -> None:
    for point in range(0x110000):
        sign = chr(point)
        clean = text.clean_text(sign)
        assert len(clean) == 1
        assert clean.isprintable() or clean in "\n\t"
        assert unicodedata.category(clean) not in {"Cf", "Co", "Cs", "Cn"}


@given(ANY_TEXT | NASTY)
def test_a_clean_text_is_printable_and_stays_as_it_is(dirty: str) -> None:
    clean = text.clean_text(dirty)
    assert all(sign.isprintable() or sign in "\n\t" for sign in clean)
    assert text.clean_text(clean) == clean


@given(ANY_TEXT | NASTY)
def test_one_character_stands_for_one(dirty: str) -> None:
    assert len(text.clean_text(dirty)) == len(dirty.replace("\r\n", "\n"))


@given(ANY_TEXT | NASTY)
def test_a_line_is_one_line(dirty: str) -> None:
    line = text.clean_line(dirty)
    assert line.isprintable()
    assert len(line) == len(text.clean_text(dirty))


@given(ANY_TEXT | NASTY)
def test_the_gate_lets_only_printable_text_out(dirty: str) -> None:
    assert text.printable(dirty).isprintable()
    assert dirty != text.clean_line(dirty) or text.printable(dirty) == dirty


def test_the_stand_ins_are_one_cell_wide() -> None:
    signs = text.INVISIBLE + text.PRIVATE + text.UNKNOWN + "␀␡"
    assert [text.width(sign) for sign in signs] == [1] * len(signs)

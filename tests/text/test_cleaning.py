"""Cleaned texts hold nothing that a terminal obeys, and every character keeps its place."""

import ast
import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cable_tui
from cable_tui import text
from cable_tui.text import cleaning
from cable_tui.text.cleaning import csv_row, json_text, raw_csv_row
from tests.absent_tools import is_of_absent_tool

ANY_TEXT = st.text(st.characters(categories=None))  # lone surrogates included
NASTY = st.text(
    st.sampled_from("aB \t\n\r\x00\x07\x1b\x7f\x85\x9b\u0301\u200b\u202e\u2028\ud800\ufffe\ue000")
)

CASES = [
    pytest.param("UNCLAS ¶1. “text” – é\n\t(SBU)", "UNCLAS ¶1. “text” – é\n\t(SBU)", id="cable"),
    pytest.param("a\r\nb\rc\n", "a\nb\nc\n", id="line endings"),
    pytest.param("a\x0bb\x0cc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf", id="odd line endings"),
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
    points = list(map(chr, range(0x110000)))
    marks = [sign for sign in points if unicodedata.category(sign)[0] == "M"]  # of a heap some go
    others = "".join(sign for sign in points if unicodedata.category(sign)[0] != "M")
    clean = [*map(text.clean_text, marks), *text.clean_text(others)]
    assert len(clean) == len(points)
    for sign in set(clean):
        assert sign.isprintable() or sign in "\n\t"
        assert unicodedata.category(sign) not in {"Cf", "Co", "Cs", "Cn"}


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
    signs = cleaning.INVISIBLE + cleaning.PRIVATE + text.UNKNOWN + "␀␡"
    assert [text.width(sign) for sign in signs] == [1] * len(signs)


PACKAGE = Path(cable_tui.__file__).parent
OWN_JSON = {
    # What libraries exchange and keep, whose bytes are compared, and rows that go to our readers.
    "formats/tables/parquet_process.py",
    "formats/tables/sqlite_process.py",
    "tools/sharing/events.py",
    "tools/sharing/standing_events.py",
}

JSON_CASES = [
    # The forms of RFC 8259, section 7; the characters are those of the Unicode charts.
    pytest.param("UNCLAS ¶1 “é” 漢字 😀", '"UNCLAS ¶1 “é” 漢字 😀"', id="texts stay"),
    pytest.param("\x1b[31m\x00", r'"\u001b[31m\u0000"', id="C0"),
    pytest.param("\x7f", r'"\u007f"', id="DEL"),
    pytest.param("a\x9b31m\x80\x9f", r'"a\u009b31m\u0080\u009f"', id="C1"),
    pytest.param("a\x85b\u2028c\u2029", r'"a\u0085b\u2028c\u2029"', id="line separators"),
    pytest.param("\u202agpj\u202e", r'"\u202agpj\u202e"', id="embeddings, overrides"),
    pytest.param("\u2066\u2069", r'"\u2066\u2069"', id="isolates"),
    pytest.param("\u200e\u200f\u061c", r'"\u200e\u200f\u061c"', id="marks of direction"),
    pytest.param("\u200b\ufeff\xad", r'"\u200b\ufeff\u00ad"', id="no width"),
    pytest.param("\U000e0041", r'"\udb40\udc41"', id="a tag, as a pair"),
    pytest.param("\udc9b", r'"\udc9b"', id="half a pair, of an odd byte of a file name"),
    pytest.param("\\u202e", r'"\\u202e"', id="what only looks escaped"),
]


@pytest.mark.parametrize(("given", "expected"), JSON_CASES)
def test_hidden_characters_are_escaped(given: str, expected: str) -> None:
    assert json_text(given) == expected
    assert json_text({given: [given]}) == f"{{{expected}: [{expected}]}}"


def test_no_format_character_is_left() -> None:
    for point in range(0x110000):
        if unicodedata.category(chr(point)) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            assert json_text(chr(point)).isascii(), hex(point)


@given(st.recursive(ANY_TEXT | NASTY, lambda each: st.lists(each) | st.dictionaries(NASTY, each)))
def test_a_parser_gets_the_value_and_a_terminal_no_command(value: object) -> None:
    for indent in (None, 1):
        text = json_text(value, indent=indent)
        # Halves of a pair that are side by side are one character for every parser.
        whole = json.loads(json.dumps(value))
        assert json.loads(text) == whole
        assert all(sign == "\n" or sign.isprintable() for sign in text)


def test_nothing_else_writes_json_with_raw_characters() -> None:
    found = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if "ensure_ascii" in (source := file.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.keyword) and node.arg == "ensure_ascii"
        if isinstance(node.value, ast.Constant) and not node.value.value
    }
    own = {place for place in OWN_JSON if not is_of_absent_tool(place)}
    assert found == own | {"text/cleaning.py"}


# How a cell must begin to be computed: OWASP, "CSV Injection"; full-width signs are for East Asia.
CELLS = [
    ('=HYPERLINK("http://x.example")', '\'=HYPERLINK("http://x.example")'),
    ("+1+cmd", "'+1+cmd"),
    ("-2+3", "'-2+3"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"),
    ("\n=1", "'\n=1"),
    ("＝1", "'＝1"),
    ("-", "'-"),
    ("-dash first", "'-dash first"),
    ("'=1", "''=1"),
    ("kettle", "kettle"),
    ("a=b", "a=b"),
    ("'tis", "'tis"),
    ("", ""),
    # Numbers are what they are.
    ("12", "12"),
    ("-12", "-12"),
    ("-0.250000", "-0.250000"),
    ("+3.5", "+3.5"),
    ("-1-1", "'-1-1"),
    ("-1 apple", "'-1 apple"),
    ("-1\n", "'-1\n"),
]


def _cells(row: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(row, newline="")))


@pytest.mark.parametrize(("cell", "expected"), CELLS)
def test_what_would_be_computed_has_a_quote_sign_before_it(cell: str, expected: str) -> None:
    assert _cells(csv_row((cell, "x"))) == [[expected, "x"]]


@given(st.lists(st.text(st.sampled_from("=+-@'\t\r\n\",1.a ＝")), min_size=2))
def test_programs_get_the_values_and_the_quote_sign_can_be_removed(cells: list[str]) -> None:
    assert _cells(raw_csv_row(tuple(cells))) == [cells]
    (marked,) = _cells(csv_row(tuple(cells)))
    for given_, cell in zip(cells, marked, strict=True):
        assert cell in {given_, f"'{given_}"}
        assert cell.lstrip("'")[:1] not in set("=@\t\r\n＝") or cell.startswith("'")

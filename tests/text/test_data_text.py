"""JSON has no character that a terminal obeys or a reader cannot see; a parser gets it all."""

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
from cable_tui.text.data_text import csv_row, json_text, raw_csv_row
from tests.text.test_cleaning import ANY_TEXT, NASTY

PACKAGE = Path(cable_tui.__file__).parent
OWN_JSON = {
    # What libraries exchange and keep, whose bytes are compared, and rows that go to our readers.
    "formats/tables/sqlite_process.py",
    "library/sharing/events.py",
    "library/sharing/standing_events.py",
}

CASES = [
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


@pytest.mark.parametrize(("given", "expected"), CASES)
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
        # Halves of a pair that stand side by side are one character for every parser.
        whole = json.loads(json.dumps(value))
        assert json.loads(text) == whole
        assert all(sign == "\n" or sign.isprintable() for sign in text)


def test_nothing_else_writes_json_with_raw_characters() -> None:
    found = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "ensure_ascii"
        if isinstance(node.value, ast.Constant) and not node.value.value
    }
    assert found == OWN_JSON | {"text/data_text.py"}


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

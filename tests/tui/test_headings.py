import pytest

from cable_tui import telegram
from cable_tui.cable import Paragraph
from cable_tui.tui.headings import heading_spans
from tests.tui.cables import raw

_HEAD = "E.O. 12958: N/A\nTAGS: PGOV, ZE\nSUBJECT: ICE\n\n1. (U) The ice house stands empty.\n\n"


def _found(text: str) -> list[str]:
    paragraphs = telegram.parse(raw(text)).body.paragraphs
    return [text[start:end] for start, end in heading_spans(text, paragraphs)]


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("Ice, and who has it\n-------------------\n", ["Ice, and who has it"]),
        ("-------\nIce, and\nwho has it\n-------\n", ["Ice, and", "who has it"]),
        ("THE HARBOUR\n-----------\n\nWho pays\n--------\n", ["THE HARBOUR", "Who pays"]),
        ("No votes without herring\n", ["No votes without herring"]),
        ("(C) The generals -------\n", ["(C) The generals"]),
        ("", []),
    ],
    ids=["one line", "two lines", "chapter", "alone", "rule behind", "none"],
)
def test_every_line_of_a_heading_is_found(above: str, expected: list[str]) -> None:
    assert _found(f"{_HEAD}{above}\n2. (U) Three generals own it now.\n") == expected


def test_a_heading_over_a_page_break_is_found() -> None:
    text = f"{_HEAD}Ice for all\n-----------\n\nZENDA 00000027  002 OF 002\n\n\n2. (U) Ice.\n"
    assert _found(text) == ["Ice for all"]


def test_a_heading_that_stands_nowhere_is_not_painted() -> None:
    paragraph = Paragraph("1", None, None, "Nowhere", "Text.", (10, 20))
    assert list(heading_spans("Some text\n1. Text.  ", [paragraph])) == []

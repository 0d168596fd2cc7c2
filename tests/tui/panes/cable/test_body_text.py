from __future__ import annotations

import pytest

from cable_tui import telegram
from cable_tui.base.cable import Body, CableWarning, Paragraph
from cable_tui.base.tools import Tool
from cable_tui.base.value import replace
from cable_tui.text.painted_lines import TextLayout
from cable_tui.tui.panes.cable import body_text
from cable_tui.tui.panes.cable.body_text import BodySpans, damage, heading_spans
from cable_tui.tui.widgets.styled_spans import StyledSpan, cut_spans
from tests.tui.cables import TEXT, Words, cable, raw, whole


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((), ""),
        (("year-inferred", "ambiguous-anchor"), ""),
        (("unparsed", "stub"), "it is stub"),
        (("database-row",), "it is database-row"),
        (("other-cable", "damaged"), "it is damaged"),
    ],
)
def test_the_gravest_reason_is_told(codes: tuple[str, ...], expected: str) -> None:
    warnings = tuple(CableWarning(code, f"it is {code}") for code in codes)
    assert damage(replace(whole(), warnings=warnings)) == expected


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


def test_a_line_has_the_first_sign_of_a_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\nwet ice\nice\ndry\n"
    tool = Tool("thaw", "find what melts", body_signs=("thaw:signs",))
    signs = [("~", "wet", [(1, 4)]), ("+", "dry", [(5, 8), (9, 12)])]
    monkeypatch.setattr(body_text, "tools", lambda: (tool,))
    monkeypatch.setattr(body_text, "load", {"thaw:signs": lambda _: signs}.__getitem__)
    spans = BodySpans(replace(cable(), body=Body(text)))
    found = [spans.sign(line) for line in TextLayout(text, 80).lines]
    assert found[:4] == [" ", "~", "+", " "]


def test_a_heading_that_stands_nowhere_is_not_painted() -> None:
    paragraph = Paragraph("1", None, None, "Nowhere", "Text.", (10, 20))
    assert list(heading_spans("Some text\n1. Text.  ", [paragraph])) == []


def _looks(page: BodySpans, cells: int = 80) -> list[tuple[str, tuple[str, ...]]]:
    layout = TextLayout(page.text, cells)
    current = page.hits[0] if page.hits else None
    return [
        (piece.shown, piece.looks)
        for line in layout.lines
        for piece in page.pieces(line, current, None)
        if piece.looks
    ]


def test_pieces_of_a_line_are_the_line() -> None:
    page = BodySpans(whole())
    page.hits = tuple(Words("herring|the").places(page.text))
    for line in TextLayout(page.text, 30).lines:
        pieces = page.pieces(line, None, (10, 400))
        assert "".join(piece.shown for piece in pieces) == line.shown


def test_markings_links_and_page_breaks_have_their_looks() -> None:
    looks = _looks(BodySpans(whole()))
    assert ("(C)", ("confidential",)) in looks
    assert ("(SBU)", ("restricted",)) in looks
    assert ("(U)", ("unclassified",)) in looks
    assert ("Ref A", ("link",)) in looks
    assert ("ZENDA 00000027  002 OF 002", ("break",)) in looks


def test_a_hit_over_a_soft_break_is_painted_on_both_lines() -> None:
    page = BodySpans(cable("the old harbour master\n", ()))
    page.hits = tuple(Words("harbour master").places(page.text))
    assert _looks(page, 16) == [("harbour", ("current",)), ("master", ("current",))]


def test_a_hit_over_a_line_end_of_the_file_is_painted_on_both_lines() -> None:
    page = BodySpans(cable("the harbour\nmaster of old master\n", ()))
    page.hits = tuple(Words(r"harbour\s+master|master").places(page.text))
    assert _looks(page) == [
        ("harbour", ("current",)),
        ("master", ("current",)),
        ("master", ("hit",)),
    ]


def test_a_selection_that_ends_inside_a_tab_takes_its_blanks() -> None:
    line = TextLayout("a\tb", 20).lines[0]
    selected = [piece.shown for piece in cut_spans(line, [(0, 2, "selected")]) if piece.looks]
    assert "".join(selected) == "a       "


def test_a_line_without_ranges_is_one_piece() -> None:
    assert cut_spans(TextLayout("abc", 9).lines[0], []) == [StyledSpan("abc", 0, ())]


def test_places_are_said_in_words() -> None:
    page = BodySpans(whole())
    assert page.place(0) == "top"
    assert page.place(5) == "¶2/4"


def test_a_rule_between_paragraphs_belongs_to_none() -> None:
    page = BodySpans(whole())
    rule = TEXT.index("-----")
    assert page.stop_at(rule) is None
    assert page.stops[page.stop_near(rule)].paragraph == 0


def test_words_are_found_around_a_character() -> None:
    page = BodySpans(cable("old café, quay", ()))
    assert page.word_at(6) == (4, 8)
    assert page.word_at(8) == (8, 9)

"""Whoever quotes a text that asks for somebody's protection is told its words."""

from __future__ import annotations

import pytest

from cable_tui.cable import Paragraph
from cable_tui.exports.citation import Citation
from cable_tui.exports.source_protection import plea
from cable_tui.value import replace
from tests.exports.sample import cable

ASKS = "Ivo Tern (strictly\n  protect) said"
SILENT = "Ada Pelham said"


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ((), "strictly protect"),
        ((0,), ""),
        ((1,), "strictly protect"),
        ((0, 1), "strictly protect"),
    ],
)
def test_the_words_are_those_of_the_chosen_paragraphs_or_of_the_whole_text(
    chosen: tuple[int, ...], words: str
) -> None:
    texts = (SILENT, ASKS)
    paragraphs = tuple(
        Paragraph(str(at), None, None, None, text, (0, len(text))) for at, text in enumerate(texts)
    )
    whole = cable()
    whole = replace(whole, body=replace(whole.body, text=ASKS, paragraphs=paragraphs))
    assert plea(Citation(whole, tuple(paragraphs[at] for at in chosen))) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tern left.", "strictly protect"),
        ("TERN'S REPORT", "strictly protect"),
        ("The tern left.", ""),
        ("Ada Pelham left.", ""),
    ],
)
def test_a_paragraph_that_names_somebody_whom_another_one_protects_is_near_a_plea(
    text: str, words: str
) -> None:
    there = Paragraph("2", None, None, None, text, (0, len(text)))
    whole = cable()
    whole = replace(whole, body=replace(whole.body, text=ASKS, paragraphs=(there,)))
    assert plea(Citation(whole, (there,))) == words


def test_a_text_without_paragraphs_is_read_as_it_is() -> None:
    whole = cable()
    whole = replace(whole, body=replace(whole.body, text=ASKS, paragraphs=()))
    assert plea(Citation(whole)) == "strictly protect"

"""Sentences of a cable: the one that holds a place."""

from __future__ import annotations

import pytest

from cable_tui.cable import Body, Cable, Facts, Header, Paragraph
from cable_tui.session.features.selection import sentence_at

TEXT = """\
Begin talking points about the lamps:

1.  (C) Herrings were counted
twice. Nobody knew of the lamps.
"""
FIRST = Paragraph(
    "1", "par1", "C", None, "Herrings were counted\ntwice. Nobody knew of the lamps.", (39, 102)
)
FACTS = Facts("09ZENDA1", "09ZENDA1", "2009-02-13", "page", "", "SECRET", "Embassy Zenda")
CABLE = Cable(FACTS, "Lamps", None, (), (), (), Header(""), Body(TEXT, paragraphs=(FIRST,)))


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("Herrings", "Herrings were counted\ntwice."),
        ("twice", "Herrings were counted\ntwice."),
        ("knew", "Nobody knew of the lamps."),
        ("talking", "Begin talking points about the lamps:"),
    ],
)
def test_the_sentence_of_a_place_is_found(word: str, sentence: str) -> None:
    start, end = sentence_at(CABLE, TEXT.index(word))
    assert TEXT[start:end] == sentence

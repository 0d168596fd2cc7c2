"""The sentences of a cable's paragraphs, over which the cursor moves and which can be selected."""

from __future__ import annotations

from cable_tui.cable import Cable, Span
from cable_tui.exports.parts import words_begin
from cable_tui.text.sentences import sentences


def sentence_spans(cable: Cable, paragraph: int) -> list[Span]:
    """Those of one paragraph in `Body.text`, the first behind its label and its marking."""
    one = cable.body.paragraphs[paragraph]
    return sentences(cable.body.text, words_begin(cable, one), one.span[1])


def from_sentence(start: Span, sentence: Span | None, paragraph: Span | None) -> Span:
    """From the sentence where a selection began to the cursor's, or to its whole paragraph."""
    end = sentence or paragraph or start
    return min(start[0], end[0]), max(start[1], end[1])

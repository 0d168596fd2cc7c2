"""The sentences of a cable's paragraphs, over which the cursor moves and which can be selected."""

from __future__ import annotations

from cable_tui.cable import Cable, Span
from cable_tui.exports.parts import words_begin
from cable_tui.text.sentences import sentences


def sentence_spans(cable: Cable, paragraph: int) -> list[Span]:
    """Those of one paragraph in `Body.text`, the first behind its label and its marking."""
    one = cable.body.paragraphs[paragraph]
    return sentences(cable.body.text, words_begin(cable, one), one.span[1])


def sentence_at(cable: Cable, offset: int) -> Span:
    """The sentence that holds a place of `Body.text`; outside of paragraphs the line."""
    text = cable.body.text
    for number, one in enumerate(cable.body.paragraphs):
        if one.span[0] <= offset < one.span[1]:
            spans = sentence_spans(cable, number)
            return next((span for span in spans if span[0] <= offset < span[1]), one.span)
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def from_sentence(start: Span, sentence: Span | None, paragraph: Span | None) -> Span:
    """From the sentence where a selection began to the cursor's, or to its whole paragraph."""
    end = sentence or paragraph or start
    return min(start[0], end[0]), max(start[1], end[1])

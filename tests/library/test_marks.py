"""Marks of cables and paragraphs, and the fingerprint that finds a paragraph again."""

from __future__ import annotations

import pytest

from cable_tui.library import fingerprint, mark_of
from tests.exports.sample import cable


def test_a_paragraph_is_marked_by_label_and_fingerprint() -> None:
    sample = cable()
    mark = mark_of(sample, sample.body.paragraphs[1], note="why?")
    assert (mark.reference_id, mark.paragraph, mark.note) == ("09CORVONA27", "1", "why?")
    assert mark.fingerprint == fingerprint(sample.body.paragraphs[1].text)


def test_a_text_before_the_first_number_marks_the_cable() -> None:
    sample = cable()
    mark = mark_of(sample, sample.body.paragraphs[0])
    assert mark.paragraph is None
    assert mark.fingerprint is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The port was\nclosed.", "The port was closed."),
        ("The port was closed.\n", "  The  port was\r\nclosed."),
    ],
)
def test_line_breaks_do_not_change_a_fingerprint(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


def test_another_word_changes_a_fingerprint() -> None:
    assert fingerprint("The port was closed.") != fingerprint("The port was open.")
    assert len(fingerprint("half a pair \udc80")) == 16

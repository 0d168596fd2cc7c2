"""Marks of cables and paragraphs, and the fingerprint that finds a paragraph again."""

from __future__ import annotations

import pytest

from cable_tui.base.value import replace
from cable_tui.library import Mark, mark_of, paragraph_of, text_changed
from cable_tui.library.mark import fingerprint
from tests.exports.sample import PARAGRAPHS, cable


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


def marked() -> Mark:
    return replace(mark_of(cable(), PARAGRAPHS[1]), created="2026-11-24T10:00:00Z")


def test_an_unchanged_text_is_not_said_to_be_changed() -> None:
    rejoined = replace(PARAGRAPHS[1], text=" ".join(PARAGRAPHS[1].text.split()))
    assert text_changed(marked(), cable()) == ""
    assert text_changed(marked(), cable(paragraphs=(rejoined,))) == ""
    assert text_changed(mark_of(cable()), cable()) == ""


def test_a_changed_text_is_said_with_the_day_it_was_marked() -> None:
    other = replace(PARAGRAPHS[1], text="Another text.")
    assert text_changed(marked(), cable(paragraphs=(other,))) == "text changed since 2026-11-24"


def test_a_paragraph_that_has_another_number_now_is_found_by_its_text() -> None:
    one, two = PARAGRAPHS[1], PARAGRAPHS[2]
    turned = cable(paragraphs=(replace(two, label="1"), replace(one, label="2")))
    assert paragraph_of(marked(), turned) == replace(one, label="2")
    assert text_changed(marked(), turned) == "the bookmarked text is now in ¶2"


def test_a_paragraph_that_is_gone_is_said() -> None:
    assert text_changed(marked(), cable(paragraphs=())) == "¶1 is not in this version of the cable"
    assert paragraph_of(marked(), cable(paragraphs=())) is None


def test_a_mark_made_without_the_text_claims_nothing_of_it() -> None:
    assert text_changed(Mark("09CORVONA27", "09CORVONA27", "1"), cable()) == ""

from __future__ import annotations

import pytest

from cable_tui.base.cable import Cable
from cable_tui.base.value import replace
from cable_tui.session.features import links, opened_cable, selection
from cable_tui.session.features.body_cursor import (
    FollowHere,
    ShowBodyCursor,
    StepParagraph,
    StepSentence,
)
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import OpenedCable
from tests.session import reading_session, ready, walk
from tests.tui.cables import cable, whole


def reads(shown: Cable) -> Session:
    return replace(reading_session(), opened=OpenedCable(10, shown), paragraph=None)


def test_the_cursor_goes_by_ref_lines_and_paragraphs() -> None:
    session = reads(whole())
    seen = []
    for number in range(9):
        seen.append(session.paragraph)
        session, wanted = step(session, StepParagraph(1))
        assert wanted == (ShowBodyCursor(min(number + 1, 7), None),)
    assert seen == [None, None, None, None, 0, 1, 2, 3, 3]
    assert walk(session, StepParagraph(-1)).paragraph == 2
    assert walk(session, StepParagraph(-99)).stop == 0


TEXT = "TOP\n\n1.  (C) One is\nhere.  Two is here.\n\n2.  (C) Three is there.  Four.\n"


def test_the_cursor_moves_by_sentences_and_a_paragraph_ends_that() -> None:
    session = reads(cable(TEXT))
    for by, words in (
        (-1, ""),
        (1, "One is\nhere."),
        (1, "Two is here."),
        (1, "Three is there."),
        (-1, "Two is here."),
        (-1, "One is\nhere."),
        (-1, "One is\nhere."),
    ):
        session = walk(session, StepSentence(by))
        assert session.sentence == (
            (TEXT.index(words), TEXT.index(words) + len(words)) if words else None
        )
    session = walk(session, StepParagraph(1))
    assert (session.sentence, session.paragraph) == (None, 1)
    four = TEXT.index("Four."), len(TEXT) - 1
    session = walk(session, StepSentence(-1))
    assert session.sentence == four
    assert step(session, StepSentence(1)) == (session, ())


def test_a_selection_of_paragraphs_becomes_one_of_sentences() -> None:
    session = walk(reads(cable(TEXT)), StepParagraph(1), selection.SelectParagraphs())
    session = walk(session, StepSentence(1))
    assert session.selected_from is None
    assert session.sentence_from == session.sentence


@pytest.mark.parametrize("action", [StepParagraph(1), StepSentence(1), FollowHere()], ids=str)
def test_without_a_cable_nothing_moves(
    action: StepParagraph | StepSentence | FollowHere,
) -> None:
    assert step(ready(), action) == (ready(), ())


def test_what_the_cursor_is_on_is_followed() -> None:
    session = walk(reads(whole()), *[StepParagraph(1)] * 2)
    references = links.references_at(whole(), 2)
    follow = opened_cable.FollowReference(references)
    assert step(session, FollowHere())[1] == step(session, follow)[1]

from __future__ import annotations

import pytest

from cable_tui.base.cable import Cable, Span
from cable_tui.base.value import replace
from cable_tui.query.answers import Hits
from cable_tui.session.effects import Notify
from cable_tui.session.features import links, opened_cable, selection
from cable_tui.session.features.body_cursor import (
    BodyLaidOut,
    FollowHere,
    Land,
    MoveToEnd,
    PutBodyCursor,
    ScrollBody,
    StepHit,
    StepParagraph,
    StepSentence,
    follow_text,
)
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Action, Landing, OpenedCable
from cable_tui.text.painted_lines import TextLayout
from tests.session import ready, walk
from tests.tui.cables import NOTHING, Words, cable, whole


def reads(shown: Cable, lit: Words = NOTHING) -> Session:
    """A room that shows a cable at its top, with the hits of a query of words."""
    room = replace(ready("ice"), hits=Hits((10, 20), 2, highlights=lit), pane="body", reading=True)
    return follow_text(room, replace(room, opened=OpenedCable(10, shown)))


def laid(session: Session, cells: int = 60, height: int = 10, first: int = 0) -> Session:
    """The session when its body is laid out."""
    assert session.cable is not None
    layout = TextLayout(session.cable.body.text, cells)
    return walk(session, BodyLaidOut(layout, height, first))


def in_sight(session: Session, span: Span) -> bool:
    """Whether the pane shows a part of a range of the text."""
    assert session.body.layout is not None
    lines = session.body.layout.lines_of(span)
    return bool(set(lines) & set(range(session.scroll, session.scroll + session.body.height)))


def test_the_cursor_goes_by_ref_lines_and_paragraphs() -> None:
    session = reads(whole())
    seen = []
    for number in range(9):
        seen.append(session.paragraph)
        session, wanted = step(session, StepParagraph(1))
        assert (session.stop, wanted) == (min(number + 1, 7), ())
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


@pytest.mark.parametrize(
    "action",
    [
        *(StepParagraph(1), StepSentence(1), FollowHere(), ScrollBody(3), MoveToEnd(1)),
        Land(Landing(index=2)),
    ],
    ids=str,
)
def test_without_a_cable_nothing_moves(action: Action) -> None:
    assert step(ready(), action) == (ready(), ())


def test_what_the_cursor_is_on_is_followed() -> None:
    session = walk(reads(whole()), *[StepParagraph(1)] * 2)
    references = links.references_at(whole(), 2)
    follow = opened_cable.FollowReference(references)
    assert step(session, FollowHere())[1] == step(session, follow)[1]


DAYS = "\n\n".join(f"{n}.  (U) The ice house of day {n}." for n in range(1, 40)) + "\n"


def test_a_scroll_takes_the_cursor_along_and_stops_at_the_ends() -> None:
    session = walk(laid(reads(whole())), ScrollBody(18))
    assert session.scroll == 18
    assert in_sight(session, session.body.stops[session.stop].span)
    assert session.paragraph == session.body.stops[session.stop].paragraph is not None
    assert walk(session, ScrollBody(-99)).scroll == 0
    layout = session.body.layout
    assert layout is not None
    end, last = walk(session, MoveToEnd(1)), len(layout.lines) - 10
    assert (end.scroll, end.paragraph, walk(session, ScrollBody(999)).scroll) == (last, 3, last)
    top = walk(end, MoveToEnd(-1))
    assert (top.scroll, top.stop) == (0, 0)


def test_a_pane_of_no_height_has_a_line_at_its_top() -> None:
    session = laid(reads(whole()), height=0)
    assert session.body.layout is not None
    last = len(session.body.layout.lines) - 1
    for by, first in ((1, last), (-1, 0)):
        session = walk(session, MoveToEnd(by))
        assert session.scroll == first


def test_a_stop_or_a_sentence_out_of_sight_is_scrolled_to() -> None:
    session = laid(reads(whole()), height=6)
    for _ in session.body.stops:
        session = walk(session, StepParagraph(1))
        assert in_sight(session, session.body.stops[session.stop].span)
    while (stepped := walk(session, StepSentence(-1))) != session:
        session = stepped
        assert session.sentence is not None
        assert in_sight(session, session.sentence)


def test_before_there_is_a_width_the_cursor_moves_and_is_in_sight_when_there_is_one() -> None:
    session = walk(reads(cable(DAYS)), ScrollBody(3), StepParagraph(20))
    assert (session.scroll, session.stop) == (0, 20)
    session = laid(session)
    assert (session.stop, in_sight(session, session.body.stops[20].span)) == (20, True)
    returned = walk(reads(cable(DAYS)), Land(Landing(index=9, scroll=12, stop=9)))
    assert laid(returned, first=returned.scroll).scroll == 12


def test_hits_are_stepped_through_to_the_next_cable() -> None:
    session = laid(reads(whole(), Words(r"coast$|fleet|price|no votes\.")))
    for index in range(4):
        session = walk(session, StepHit(1))
        assert session.body.hit == index
        assert in_sight(session, session.body.hits[index])
    assert session.paragraph == 3
    assert walk(session, StepHit(-1)).body.hit == 2
    beyond = opened_cable.NoMoreHits(1)
    assert step(session, StepHit(1)) == step(session, beyond)
    last = walk(laid(reads(whole(), Words("ice|fleet"))), Land(Landing(hit="last")))
    assert last.body.hit == len(last.body.hits) - 1


def test_a_preview_lands_on_a_hit_in_a_paragraph_if_there_is_one() -> None:
    text = "SUBJECT: ICE\n\n1.  (C) The fleet has ice.\n\n2.  (C) No ice.\n"
    landing = Land(Landing(hit="first in a paragraph"))
    session = walk(laid(reads(cable(text), Words("ice"))), landing)
    assert (session.body.hit, session.paragraph) == (1, 0)
    assert walk(laid(reads(cable(text), Words("subject"))), landing).body.hit == 0
    assert walk(laid(reads(cable(text))), landing).body.hit is None


def test_hits_go_on_from_what_is_in_sight_or_from_the_cursor_of_a_resumed_place() -> None:
    days = laid(reads(cable(DAYS), Words("day")))
    away = walk(days, StepHit(1), MoveToEnd(1), StepHit(-1))
    assert away.body.hit == 37
    resumed = walk(days, Land(Landing(index=9, scroll=14, stop=9)))
    assert walk(resumed, StepHit(1)).body.hit == 9
    assert walk(resumed, StepHit(-1)).body.hit == 8


def test_without_hits_there_is_no_step() -> None:
    session = laid(reads(whole()))
    assert step(session, StepHit(-1)) == step(session, opened_cable.NoMoreHits(-1))
    assert walk(session, Land(Landing(hit="first"))) == session
    assert step(ready(), StepHit(1)) == (
        ready(), (Notify("Nothing is highlighted: the query has no words."),)
    )  # fmt: skip


def test_words_to_find_are_the_hits_from_the_top_of_the_pane_on_and_begin_again() -> None:
    session = walk(laid(reads(cable(DAYS), Words("house"))), ScrollBody(20))
    found = walk(session, opened_cable.FindText("ice"))
    assert (found.body.hit, len(found.body.hits)) == (10, 39)
    only = walk(session, MoveToEnd(1), opened_cable.FindText("day 1."))
    assert (only.body.hit, len(only.body.hits), only.paragraph) == (0, 1, 0)
    assert walk(only, StepHit(1), StepHit(-1)).body.hit == 0
    none = walk(session, opened_cable.FindText("walrus"))
    assert step(none, StepHit(1)) == (none, (Notify("“walrus” is not in this cable."),))
    again = walk(found, opened_cable.FindText(""))
    assert (again.body.hit, again.body.hits) == (None, session.body.hits)


def test_a_place_of_the_text_is_gone_to_and_what_matched_there_is_the_hit() -> None:
    session = laid(reads(whole(), Words("herring")))
    second = session.body.hits[1]
    assert walk(session, Land(Landing(offset=second[0]))).body.hit == 1
    fleet = walk(session, Land(Landing(offset=session.body.hits[-1][0] + 1)))
    assert fleet.body.hit is None
    assert in_sight(fleet, session.body.hits[-1])


def test_a_click_puts_the_cursor_on_a_stop_of_this_cable() -> None:
    session = laid(reads(whole()))
    assert walk(session, PutBodyCursor(4)).paragraph == 0
    assert walk(session, PutBodyCursor(99)) == session


def test_the_mouse_and_another_height_are_followed() -> None:
    session = laid(reads(whole()))
    scrolled = laid(session, first=18)
    assert (scrolled.scroll, scrolled.stop) == (18, walk(session, ScrollBody(18)).stop)
    assert laid(scrolled, height=3, first=18).stop == scrolled.stop
    assert walk(ready(), BodyLaidOut(TextLayout("", 9), 3, 2)) == ready()

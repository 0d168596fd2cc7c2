"""A room that was opened to choose cables: what leaves it."""

from __future__ import annotations

import pytest

from cable_tui.base.cable import Body, Cable, Facts, Header, Paragraph, Place
from cable_tui.base.value import replace
from cable_tui.query.answers import Hits
from cable_tui.session import effects, feature_state
from cable_tui.session.features import (
    bookmarks,
    copy,
    export_choices,
    opened_cable,
    panes,
    results,
    selection,
)
from cable_tui.session.features.selection import SelectParagraphs, selected_paragraphs, sentence_at
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Action
from tests.session import BodyAt, cable, does, menu, reading_session, ready, said, the, walk

MARKED = walk(ready(), selection.SelectAt(2), selection.SelectAt(0))


@pytest.mark.parametrize(
    ("session", "wanted"),
    [
        pytest.param(ready(at=2), selection.LeaveWithCables((30,)), id="under the cursor"),
        pytest.param(
            walk(reading_session(20), results.MoveCursorTo(3)),
            selection.LeaveWithCables((20,)),
            id="the one that is read",
        ),
        pytest.param(MARKED, selection.LeaveWithCables((10, 30)), id="selected, as in the list"),
        pytest.param(ready(ids=()), effects.Notify("There is no cable on this line."), id="none"),
    ],
)
def test_what_is_chosen(session: Session, wanted: object) -> None:
    assert step(session, selection.ChooseCables())[1] == (wanted,)


MARK, RANGE, INVERT, UNMARK = (
    selection.SelectCable(),
    selection.SelectRange(),
    selection.InvertSelection(),
    selection.ClearSelection(),
)
DOWN, UP = results.MoveCursor(1), results.MoveCursor(-1)


@pytest.mark.parametrize(
    ("keys", "marked", "at"),
    [
        pytest.param([MARK], (10,), 1, id="one, and down"),
        pytest.param([MARK, MARK, UP, UP, MARK], (20,), 1, id="again unselects it"),
        pytest.param([RANGE, DOWN, DOWN, RANGE], (10, 20, 30), 2, id="a range"),
        pytest.param([DOWN, DOWN, RANGE, UP, MARK], (20, 30), 1, id="a range upwards, by Space"),
        pytest.param([RANGE, DOWN, panes.StepOut()], (), 1, id="Esc gives a range up"),
        pytest.param([RANGE, DOWN, panes.StepOut(), MARK], (20,), 2, id="and one after it"),
        pytest.param([INVERT], (10, 20, 30, 40), 0, id="all, where none are"),
        pytest.param([MARK, MARK, INVERT], (30, 40), 2, id="the others"),
        pytest.param([MARK, MARK, UNMARK], (), 2, id="none any more"),
        pytest.param([selection.SelectAt(2), selection.SelectAt(99)], (30,), 2, id="the mouse"),
        pytest.param([results.MoveCursorTo(-1), MARK], (40,), 3, id="the last one"),
    ],
)
def test_marks(keys: list[Action], marked: tuple[int, ...], at: int) -> None:
    session = walk(ready(), *keys)
    assert selection.selected_cables(session) == marked
    assert session.at == at


def test_the_range_is_told_while_it_grows() -> None:
    session = walk(ready(), RANGE, DOWN, DOWN)
    assert selection.selected_range(session) == (0, 2)
    assert selection.selection_label(session) == "selecting 3"
    assert selection.selection_label(walk(session, RANGE)) == "3 selected"
    assert selection.selection_label(ready()) == ""


def test_a_range_that_is_still_open_is_copied_as_it_is_painted() -> None:
    """As v and y do in a text."""
    session = walk(ready(), DOWN, RANGE, DOWN)
    assert selection.selected_cables(session) == (20, 30)
    assert step(session, copy.Copy("link"))[1] == (effects.CopyCables("link", (20, 30)),)
    assert selection.selected_cables(walk(session, panes.StepOut())) == ()


def test_marks_outlast_the_query_and_a_range_ends_with_the_list_that_it_was_begun_in() -> None:
    session = replace(walk(ready(), MARK, DOWN, MARK), hits=Hits((30, 99), 2), at=0)
    assert selection.selected_cables(session) == (30, 10)
    session = replace(walk(ready(), DOWN, RANGE), hits=Hits((20, 10), 2))
    assert selection.selected_range(session) is None


def test_how_many_there_were_is_said() -> None:
    assert said(step(walk(ready(), MARK), UNMARK)[1]) == "1 cable no longer selected."
    assert said(step(ready(), UNMARK)[1]) == "No cable is selected: Space selects one, v a range."
    assert said(step(ready(), INVERT)[1]) == "4 selected."


@pytest.mark.parametrize("action", [MARK, RANGE, INVERT])
def test_an_empty_list_has_nothing_to_mark(action: Action) -> None:
    assert step(Session(), action) == (Session(), ())


def test_lists_and_exports_are_of_the_marked_cables() -> None:
    session = walk(ready(), MARK, MARK)
    assert [each.id for each in bookmarks.targets_of(session)] == [10, 20]
    csv = does(menu(step(session, export_choices.ExportShown())[1]), "c").named("x.csv")
    assert (csv.chosen.ids, csv.chosen.label) == ((10, 20), "2 selected cables")


def test_while_reading_a_list_takes_the_place_that_is_read() -> None:
    session = replace(reading_session(20), selection=feature_state.Selection(frozenset({10})))
    assert [each.id for each in bookmarks.targets_of(session)] == [20]


def test_copies_are_of_the_marked_cables_in_the_list_only() -> None:
    _, wanted = step(walk(ready(), MARK, MARK), copy.Copy("link"))
    assert wanted == (effects.CopyCables("link", (10, 20)),)
    session = replace(reading_session(20), selection=feature_state.Selection(frozenset({10, 30})))
    assert the(effects.CopyCable, step(session, copy.Copy("link"))[1]).place.id == 20


def _at(session: Session, paragraph: int | None) -> Session:
    return replace(session, paragraph=paragraph)


def test_paragraphs_from_the_first_to_the_cursor_are_picked_either_way() -> None:
    session = walk(_at(reading_session(), 1), SelectParagraphs())
    assert selected_paragraphs(session) == (1,)
    assert selected_paragraphs(_at(session, 2)) == (1, 2)
    assert selected_paragraphs(_at(session, 0)) == (0, 1)
    assert selected_paragraphs(_at(session, None)) == (0, 1)


def test_what_is_picked_is_copied_and_then_picked_no_more() -> None:
    session = _at(walk(_at(reading_session(), 0), SelectParagraphs()), 2)
    session, wanted = step(session, copy.Copy("quotation"))
    assert wanted == (effects.CopyCable("quotation", Place(10, 0), 0, upto=2),)
    assert session.selected_from is None


def test_esc_another_v_and_another_cable_end_it() -> None:
    session = walk(_at(reading_session(), 1), SelectParagraphs())
    assert walk(session, panes.StepOut()).selected_from is None
    assert walk(session, panes.StepOut()).pane == "body"
    assert walk(session, SelectParagraphs()).selected_from is None
    shown = walk(session, opened_cable.StepCable(1), opened_cable.CableShown(20, cable(20, "1")))
    assert shown.selected_from is None


def test_the_top_of_a_cable_is_no_paragraph() -> None:
    session, wanted = step(_at(reading_session(), None), SelectParagraphs())
    assert session.selected_from is None
    assert "}" in said(wanted)
    assert selected_paragraphs(ready()) == ()


TEXT = "1. (C) One is here. Two is here. Three.\n\n2. (C) Four is there. Five."
"""Two paragraphs of three and of two sentences."""


def _sentence(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def _in_sentences() -> Session:
    """The cursor is on ¶1."""
    first, second = TEXT.split("\n\n")
    spans = (0, len(first)), (len(TEXT) - len(second), len(TEXT))
    paragraphs = tuple(
        Paragraph(label, f"par{label}", "C", None, text.partition(") ")[2], span)
        for label, text, span in zip("12", (first, second), spans, strict=True)
    )
    session = _at(reading_session(), 0)
    opened = session.opened
    assert opened is not None
    body = Body(TEXT, paragraphs=paragraphs)
    return replace(session, opened=replace(opened, cable=replace(opened.cable, body=body)))


def _to(words: str, paragraph: int = 0) -> BodyAt:
    return BodyAt(paragraph, 0, sentence=_sentence(words) if words else None)


@pytest.mark.parametrize(
    ("steps", "words", "label"),
    [
        pytest.param([_to("Two is here.")], "Two is here.", "¶1, sentence 2 of 3", id="cursor"),
        pytest.param(
            [_to("One is here."), SelectParagraphs(), _to("Two is here.")],
            "One is here. Two is here.",
            "¶1, 2 sentences",
            id="down",
        ),
        pytest.param(
            [_to("Four is there.", 1), SelectParagraphs(), _to("Three.")],
            "Three.\n\n2. (C) Four is there.",
            "¶1–2, 2 sentences",
            id="up, into the paragraph before",
        ),
        pytest.param(
            [_to("Two is here."), SelectParagraphs(), _to("", 1)],
            TEXT[TEXT.index("Two") :],
            "¶1–2, 4 sentences",
            id="on by paragraphs",
        ),
        pytest.param(
            [SelectParagraphs(), _to("One is here.")],
            "One is here.",
            "¶1, sentence 1 of 3",
            id="a selected paragraph, then its first sentence",
        ),
        pytest.param(
            [SelectParagraphs(), _to("", 1), _to("Four is there.", 1)],
            TEXT[TEXT.index("One") : TEXT.index(" Five")],
            "¶1–2, 4 sentences",
            id="selected paragraphs, then sentences",
        ),
    ],
)
def test_sentences_are_selected_and_copied(steps: list[Action], words: str, label: str) -> None:
    session = walk(_in_sentences(), *steps)
    span = _sentence(words)
    assert selection.selected_span(session) == span
    assert selection.paragraphs_label(session) == label
    assert the(effects.CopyCable, step(session, copy.Copy("quotation"))[1][:1]).place.span == span


def test_a_copy_and_esc_end_a_selection_of_sentences_and_v_keeps_the_cursor() -> None:
    session = walk(_in_sentences(), _to("One is here."), SelectParagraphs(), _to("Two is here."))
    copied = walk(session, copy.Copy("quotation"))
    assert (copied.sentence_from, copied.sentence) == (None, None)
    left = walk(session, panes.StepOut())
    assert (left.sentence_from, left.sentence, left.pane) == (None, None, "body")
    again = walk(session, SelectParagraphs())
    assert (again.sentence_from, again.sentence) == (None, _sentence("Two is here."))
    shown = walk(session, opened_cable.StepCable(1), opened_cable.CableShown(20, cable(20, "1")))
    assert (shown.sentence_from, shown.sentence) == (None, None)


def test_a_sentence_under_the_cursor_is_copied_and_stays_there() -> None:
    session = walk(_in_sentences(), _to("Two is here."))
    copied, wanted = step(session, copy.Copy("quotation"))
    assert len(wanted) == 1
    assert copied.sentence == session.sentence
    assert walk(session, _to("")).sentence is None


SENTENCES = """\
Begin talking points about the lamps:

1.  (C) Herrings were counted
twice. Nobody knew of the lamps.
"""
FIRST = Paragraph(
    "1", "par1", "C", None, "Herrings were counted\ntwice. Nobody knew of the lamps.", (39, 102)
)
FACTS = Facts("09ZENDA1", "09ZENDA1", "2009-02-13", "page", "", "SECRET", "Embassy Zenda")
CABLE = Cable(FACTS, "Lamps", None, (), (), (), Header(""), Body(SENTENCES, paragraphs=(FIRST,)))


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
    start, end = sentence_at(CABLE, SENTENCES.index(word))
    assert SENTENCES[start:end] == sentence

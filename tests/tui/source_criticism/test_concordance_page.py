"""The page of a concordance: keys, one column for the word, texts that are not ours."""

from __future__ import annotations

import pytest

from cable_tui.archive.catalogue.rows import Row
from cable_tui.archive.source_criticism.concordance_lines import Line
from cable_tui.session.base import Action
from cable_tui.session.features.source_criticism.concordance import (
    CloseConcordance,
    CopyLine,
    FollowLine,
    NextOrder,
    OtherWords,
)
from cable_tui.session.word_views import ConcordanceView
from cable_tui.text import width
from cable_tui.tui.source_criticism.concordance_page import ConcordancePage, line_pieces
from cable_tui.value import replace
from tests.tui.source_criticism.stage import page_shown

HOSTILE = "[/x] [red]XX[/red] \x1b]0;owned\x07 "


def line(number: int, left: str = "the old ", paragraph: str | None = "2") -> Line:
    name = f"09ZENDA{number}"
    row = Row(number, name, name, "2009-02-13T14:57Z", "SECRET", "Embassy Zenda", "", ())
    return Line(row, paragraph, False, left, "lobster", " pot")


LINES = (line(1), line(1, "港の"), line(2, HOSTILE), line(3, paragraph=None))
VIEW = ConcordanceView(1, "lobster", "date", LINES, 3, 3, "a note", shown=True)


def shown(
    *keys: str, view: ConcordanceView = VIEW, size: tuple[int, int] = (80, 24)
) -> tuple[list[Action], list[str]]:
    """What the page asks for, and the screen."""
    return page_shown(ConcordancePage, view, *keys, size=size)


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        (("enter",), [FollowLine(0)]),
        (("j", "down", "k", "l"), [FollowLine(1)]),
        (("G", "enter"), [FollowLine(3)]),
        (("G", "g", "enter"), [FollowLine(0)]),
        (("right_curly_bracket", "enter"), [FollowLine(2)]),
        (("G", "left_curly_bracket", "left_curly_bracket", "enter"), [FollowLine(0)]),
        (("pagedown", "enter"), [FollowLine(3)]),
        (("s",), [NextOrder(1)]),
        (("S",), [NextOrder(-1)]),
        (("j", "y"), [CopyLine(1)]),
        (("slash",), [OtherWords()]),
        (("escape",), [CloseConcordance()]),
        (("q",), [CloseConcordance(at_once=True)]),
        (("backspace",), [CloseConcordance(at_once=True)]),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_keys_do_what_the_last_line_says(keys: tuple[str, ...], wanted: list[Action]) -> None:
    assert shown(*keys)[0] == wanted


@pytest.mark.parametrize("cells", [50, 80, 120, 200])
def test_the_word_has_one_column_at_every_width_whatever_stands_before(cells: int) -> None:
    pieces = [line_pieces(each, cells) for each in LINES]
    assert {sum(width(text) for text, _ in each) for each in pieces} == {cells}
    starts = {sum(width(text) for text, _ in each[:2]) for each in pieces}
    assert len(starts) == 1


def test_texts_are_no_markup_and_send_no_control_characters() -> None:
    painted = "\n".join(shown(size=(140, 24))[1])
    assert "[red]XX[/red]" in painted
    assert "\x1b" not in painted


def test_the_frame_says_the_query_the_order_and_how_far_it_is() -> None:
    painted = shown()[1]
    assert "lobster · oldest first" in "\n".join(painted)
    assert "4 lines · 3 cables" in "\n".join(painted)
    assert any("a note" in each for each in painted)
    reading = ConcordanceView(1, "lobster", "left", LINES, 3, 90, reading=True)
    painted = shown(view=reading)[1]
    assert "4 lines · 3 of 90 cables read" in "\n".join(painted)
    assert any("Sorted when all is read" in each for each in painted)
    assert any("Esc stops" in each for each in painted)


def test_no_line_is_said() -> None:
    none = ConcordanceView(1, "tag:x lobster", "date", shown=True)
    asked, painted = shown("enter", "right_curly_bracket", "j", view=none)
    assert asked == []
    assert any("stand in no text" in each for each in painted)


def test_the_cursor_is_where_the_page_was_left() -> None:
    many = ConcordanceView(1, "lobster", "date", tuple(map(line, range(200))), at=150)
    assert shown("enter", view=many)[0] == [FollowLine(150)]


def test_the_line_of_the_cursor_is_in_view() -> None:
    view = replace(VIEW, lines=tuple(line(number) for number in range(60)))
    (here,) = (each for each in shown("G", view=view)[1] if "▌" in each)
    assert "09ZENDA59" in here

"""The chain as a report: where its page begins, what its keys do, what is marked in it."""

from __future__ import annotations

from typing import Any

import pytest

from cable_tui.errors import UsageError
from cable_tui.reports.chain import REPORT, Ask
from cable_tui.reports.table import REPORTS
from cable_tui.session.effects import AskMenu, copy_link
from cable_tui.session.feature_state import Page
from cable_tui.session.features.chain import (
    BookmarkEntries,
    CopyEntries,
    ExportChain,
    MarkEntry,
)
from cable_tui.session.features.pages import LeaveFor, OpenPage, PutCursor, Say, SearchFromPage
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Landing
from cable_tui.value import replace
from tests.exports.chain.sample import CHAIN
from tests.session import ready
from tests.tui.pages.test_report_page import here, shown

OF = REPORTS["chain"]
PAGE = Page(OF, Ask(1), CHAIN.entries, answer=CHAIN, reading=False)


def opens(id_: int, paragraph: str | None) -> LeaveFor:
    return LeaveFor(id_, Landing(paragraph=paragraph))


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        (("enter",), opens(1, "1")),  # the cable that it begins at
        (("j", "j", "enter"), opens(1, None)),
        (("right_curly_bracket", "enter"), opens(2, "4")),
        (("m", "y"), CopyEntries("09ZENDA9")),  # the cursor goes on to the next cable
        (("m",), MarkEntry("09ZENDA7", 1)),
        (("b",), BookmarkEntries("09ZENDA7")),
        (("E",), ExportChain()),
        (("L",), SearchFromPage("chain:09ZENDA7 sort:created")),
        (("plus",), OpenPage(OF, Ask(1, 2))),
        (("minus",), Say("One step is the least.")),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_keys(keys: tuple[str, ...], wanted: Action) -> None:
    assert [each for each in shown(*keys, page=PAGE)[0] if not isinstance(each, PutCursor)][
        -1
    ] == wanted


@pytest.mark.parametrize(
    ("cut", "words"), [(False, "No more is joined."), (True, "than a chain may have")]
)
def test_where_there_is_no_step_that_is_said(cut: bool, words: str) -> None:
    page = replace(PAGE, answer=replace(CHAIN, beyond=0, cut=cut))
    said = REPORT.page_keys[0].does(page)
    assert isinstance(said, Say)
    assert words in said.note


def test_a_hole_offers_what_can_be_done() -> None:
    (asked,) = (each for each in shown("g", "enter", page=PAGE)[0] if isinstance(each, AskMenu))
    assert [each.does for each in asked.items] == [
        SearchFromPage("cites:08STATE120 sort:created"),
        copy_link("08STATE120"),
    ]


def test_nothing_is_done_while_nothing_is_read() -> None:
    empty = Page(OF, Ask(1))
    assert shown("enter", "m", "y", "L", "plus", page=empty)[0] == []
    assert "Reading the chain" in "\n".join(shown(page=empty)[1])


def test_the_page_says_how_much_there_is_and_what_is_marked() -> None:
    signs: Any = (frozenset({1}), {("09ZENDA7", None): None})
    painted = shown(page=replace(PAGE, signs=signs))[1]
    assert any("2 cables, 2009-01-06 to 2009-02-01 · 1 not here" in line for line in painted)
    assert "▌●★▶ 2009-01-06 09ZENDA7" in here(painted)


def test_the_cursor_stays_on_its_sentence_when_more_is_read() -> None:
    hole, first, *others = CHAIN.entries
    longer = replace(CHAIN, entries=(hole, replace(first, unnamed=()), *others))
    then = replace(PAGE, rows=longer.entries, answer=longer)
    assert "09ZENDA9" in here(shown("right_curly_bracket", page=PAGE, then=then)[1])


def test_a_filter_leaves_entries_with_all_their_lines() -> None:
    painted = "\n".join(shown(page=replace(PAGE, typed="ice house"))[1])
    assert "THE ICE HOUSE" in painted
    assert "FOUO" not in painted


def test_it_begins_at_the_cable_that_is_read_or_under_the_cursor() -> None:
    assert REPORT.begin(ready(at=1), "") == Ask(20)
    with pytest.raises(UsageError, match="no cable to begin"):
        REPORT.begin(Session(), "")

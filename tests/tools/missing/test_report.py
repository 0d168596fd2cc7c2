"""What is not here as a report: cited cables, posts and years, their and keys."""

from __future__ import annotations

from typing import Any

import pytest

from cable_tui.archive.catalogue.resolve_references import Missing
from cable_tui.base.value import replace
from cable_tui.reports.table import REPORTS
from cable_tui.session.effects import Notify, PutOnClipboard, ShowText, copy_link
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import SearchFromPage
from cable_tui.text import width
from cable_tui.tools.missing.report import REPORT, Ask, CitedRow, GapsAnswer, GapsRow
from cable_tui.tools.missing.requested import RequestedCable
from cable_tui.tools.missing.wording import sentence
from tests.command_cases import Answer, Formula, ListedKeys, ReportCase, Screen
from tests.parts import GRAMMAR, SEARCHING
from tests.session import ready, the
from tests.tools.missing.test_wording import RABAT
from tests.tui.pages.test_report_page import shown

CITED = Missing("08ZENDA1", 3, year_may_be_inferred=False)
CASE = ReportCase(
    shapes={
        "missing": tuple[CitedRow, ...],
        "missing-line": CitedRow,
        "gaps": GapsAnswer,
        "gaps-line": GapsRow,
        "missing-letter": tuple[RequestedCable, ...],
    },
    name="missing",
    asked=Ask(),
    rows=(CITED, CITED),
    answers=(
        Answer("missing PATH --json"),
        Answer("missing PATH --jsonl"),
        Answer("missing PATH --gaps --jsonl", 0, "gaps-line"),
        Answer("missing PATH --gaps --json", 0, "gaps"),
        Answer("missing PATH --letter foia --json", 0, "missing-letter"),
        Answer("missing PATH --gaps --json --post quayhaven", 0, "gaps"),
        Answer("missing PATH --gaps --json --year 1901", 1, "gaps"),
    ),
    imports={
        "missing PATH": SEARCHING | GRAMMAR | {"tally"} | {"tools.missing"},
        "missing PATH --gaps": SEARCHING
        | GRAMMAR
        | {"archive.source_criticism", "tally"}
        | {"tools.missing"},
    },
    formulas=(Formula("missing PATH --gaps", "@Embassy Rabat"),),
    screens=(Screen("missing", "g x"), Screen("gaps", "g x x")),
    listed_keys=(
        ListedKeys(Ask(), frozenset({"m", ","}), frozenset({"Enter", "x"})),
        ListedKeys(Ask(gaps=True), frozenset(), frozenset({"m", ","})),
    ),
)
LATER = replace(RABAT, year=2010, here=90, cited=7)
STATE = replace(
    RABAT,
    station="STATE",
    post="[/x] State",
    here=0,
    cited=2,
    sent=None,
    reason="cited only",
    absent=(12, 288),
)
NOT_HERE = Page(REPORTS["missing"], Ask(), (CITED,), reading=False)
YEARS = Page(REPORTS["missing"], Ask(gaps=True), (RABAT, LATER, STATE), reading=False)


def test_the_lines_stand_below_their_heads_and_fit_80_columns() -> None:
    painted = shown(page=YEARS)[1]
    (head,) = (line for line in painted if "J  F  M  A" in line)
    line = next(line for line in painted if "2009" in line)
    assert line[2:].strip("│ ") == (
        "▌Embassy Rabat       2009 ░░ ·× ·  ·  ·  ·  ·  ·  ·  ·  ·  ·       20    6%"
    )
    assert head.index("J  F  M") == line.index("░░ ·×")
    assert any("[/x] State" in line for line in painted)
    assert any(" Embassy Rabat sent at least 288 cables in 2009; " in line for line in painted)
    assert any(" about 310, 290 to 340 (95 of 100); 20 are here, " in line for line in painted)
    assert all(width(text) <= 80 for text in painted)


@pytest.mark.parametrize(
    ("page", "row", "key", "wanted"),
    [
        (NOT_HERE, CITED, "enter", SearchFromPage("cites:08ZENDA1")),
        (NOT_HERE, CITED, "y", copy_link("08ZENDA1")),
        (NOT_HERE, CITED, "m", Notify("Press x for posts and years, then m for months.")),
        (YEARS, RABAT, "enter", SearchFromPage('origin:"Embassy Rabat" date:2009')),
        (YEARS, RABAT, "y", PutOnClipboard(sentence(RABAT), "sentence")),
    ],
)
def test_keys(page: Page, row: Any, key: str, wanted: object) -> None:
    (does,) = (each.does for each in REPORT.keys if each.key == key)
    assert does(page, row) == wanted


def test_a_year_that_may_be_inferred_has_a_sign_and_a_sentence() -> None:
    inferred = Missing("08ZENDA2", 1, year_may_be_inferred=True)
    page = Page(REPORTS["missing"], Ask(), (inferred, CITED), reading=False)
    painted = shown(page=page)[1]
    assert any("08ZENDA2 ?              cited by 1" in line for line in painted)
    assert any("08ZENDA1                cited by 3" in line for line in painted)
    assert any("? the year may be inferred: each citing cable has a" in line for line in painted)
    assert REPORT.detail(page, CITED) == ()


@pytest.mark.parametrize("key", ["m", "enter"])
def test_of_a_year_of_which_nothing_is_here_months_and_cited_ids_are_shown(key: str) -> None:
    (does,) = (each.does for each in REPORT.keys if each.key == key)
    text = the(ShowText, [does(YEARS, STATE)])
    assert text.title == "[/x] State, 2009"
    assert text.lines[-1] == "Cited but missing: 09STATE12, 09STATE288"


@pytest.mark.parametrize(
    ("order", "first"),
    [("post", RABAT), ("held", RABAT), ("here", LATER), ("cited", LATER), ("share", RABAT)],
)
def test_orders(order: str, first: Any) -> None:
    assert REPORT.arranged(Ask(True, order=order), [STATE, LATER, RABAT])[0] == first
    assert REPORT.arranged(Ask(order=order), [CITED]) == [CITED]
    assert REPORT.arranged(Ask(True, order="share"), [STATE, LATER, RABAT])[-1] == STATE


def test_the_post_with_most_cables_is_first_with_all_its_years() -> None:
    few = replace(RABAT, station="ALGIERS", here=80)
    rows = [few, RABAT, LATER]
    assert REPORT.arranged(Ask(True, order="held"), rows) == [RABAT, LATER, few]


def test_the_filter_takes_words_of_post_year_and_reason() -> None:
    assert "2010" in REPORT.text_of(LATER)
    assert "none of its cables is in the archive" in REPORT.text_of(STATE)
    assert REPORT.text_of(CITED) == "08ZENDA1"


def test_the_room_begins_with_what_is_cited_and_x_shows_posts_and_years() -> None:
    assert REPORT.begin(ready("kettle"), "") == Ask(order="held")
    assert REPORT.option_after(Ask(), "gaps", 1) == Ask(gaps=True)
    assert REPORT.title(NOT_HERE) == "Cited but missing"
    assert REPORT.title(YEARS) == "Missing cables · by post"
    assert {REPORT.same(row) for row in (CITED, RABAT)} == {"08ZENDA1", ("RABAT", 2009)}

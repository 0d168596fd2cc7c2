"""The research log as a report: its lines, its keys, and why there may be none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.errors import UsageError
from cable_tui.base.value import replace
from cable_tui.reports.report import AskedNothing
from cable_tui.reports.table import REPORTS
from cable_tui.session.effects import PutOnClipboard
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import SearchFromPage
from cable_tui.tools.research_log.methods import LogAnswer
from cable_tui.tools.research_log.report import REPORT, LoggedSearch
from cable_tui.tools.research_log.room import ask_log_file
from tests.command_cases import Answer, Formula, ReportCase
from tests.session import ready
from tests.tui.pages.test_report_page import shown

QUERY = "lobster [/x] \x1b]0;owned\x07"
ROW = LoggedSearch("2026-11-26 10:05", 1204, QUERY, "exported, 2 times")


def _searches(run: Callable[..., Any], places: Mapping[str, Path]) -> None:
    """Two, one of them a formula."""
    run("search", places["PATH"], "kettle")
    run("search", places["PATH"], "=HYPERLINK")


CASE = ReportCase(
    shapes={"log": tuple[LogAnswer, ...]},
    name="log",
    asked=AskedNothing(),
    rows=(ROW, ROW),
    answers=(Answer("log --json"), Answer("log PATH --json", names="cleaned")),
    formulas=(Formula("log", "=HYPERLINK", "--format csv", "--format csv-raw"),),
    prepare=_searches,
)
PAGE = Page(REPORTS["log"], AskedNothing(), (ROW,), reading=False)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("enter", SearchFromPage(QUERY)),
        ("y", PutOnClipboard(QUERY, "query")),
        ("E", ask_log_file()),
    ],
)
def test_keys(key: str, wanted: object) -> None:
    assert shown(key, page=PAGE)[0][-1] == wanted


def test_a_line_has_date_number_and_query_and_runs_nothing() -> None:
    painted = "\n".join(shown(page=PAGE, size=(120, 24))[1])
    assert "2026-11-26 10:05      1,204   exported, 2 times  lobster [/x]" in painted
    assert "\x1b" not in painted
    assert REPORT.same(ROW) == ROW


def test_a_private_room_logs_nothing_and_says_so() -> None:
    assert REPORT.begin(ready("eel"), "") == AskedNothing()
    with pytest.raises(UsageError, match="A private session logs nothing"):
        REPORT.begin(replace(ready(), private=True), "")

"""Files that could not be read, as a report: what is in a line, and what its keys do."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.archive.catalogue.account import AccountAnswer
from cable_tui.base.cable import Problem
from cable_tui.reports.problems import REPORT, place_of
from cable_tui.reports.report import AskedNothing, Look
from cable_tui.reports.table import REPORTS
from cable_tui.session.effects import PutOnClipboard, ShowText
from cable_tui.session.feature_state import Page
from cable_tui.session.features.external_programs import ReadRaw
from cable_tui.session.registry import Services
from cable_tui.session.step import perform
from tests.command_cases import Answer, ReportCase, Screen
from tests.parts import ASKING
from tests.session import ready, the
from tests.tui.pages.test_report_page import shown

BROKEN = Problem("a [/x] \x1b.html", 3, "no body")
CASE = ReportCase(
    shapes={"problems": tuple[Problem, ...], "account": AccountAnswer},
    name="problems",
    asked=AskedNothing(),
    rows=(BROKEN, BROKEN),
    answers=(
        Answer("problems PATH --json", names="kept"),
        Answer("problems SAMPLES --json"),
        Answer("problems PATH --account --json", 0, "account"),
        Answer("problems SAMPLES --account --json", 0, "account"),
    ),
    imports={"problems PATH": ASKING},
    screens=(
        Screen("problems", "g e", archive="odd"),
        Screen("problem-text", "g e enter", archive="odd"),
    ),
)
PAGE = Page(REPORTS["problems"], AskedNothing(), (BROKEN,), reading=False)


def test_a_line_has_its_place_and_the_reason_and_runs_nothing() -> None:
    painted = "\n".join(shown(page=PAGE)[1])
    assert "a [/x]" in painted
    assert ".html:3  no body" in painted
    assert "\x1b" not in painted
    assert place_of(Problem("b.zip", 0, "cut off")) == "b.zip"
    assert {REPORT.same(BROKEN)} == {(BROKEN.path, 3)}


@pytest.mark.parametrize(
    ("key", "wanted"),
    [("enter", ReadRaw(BROKEN, place_of(BROKEN))), ("y", PutOnClipboard(BROKEN.path, "path"))],
)
def test_keys(key: str, wanted: object) -> None:
    assert shown(key, page=PAGE)[0][-1] == wanted


def test_without_problems_it_is_said(services: Services) -> None:
    assert REPORT.begin(ready(), "") == AskedNothing()
    (rows,) = REPORT.read(Look(services.archive, AskedNothing(), Path("library.db")))
    assert not rows.rows
    said = "\n".join(shown(page=Page(PAGE.of, AskedNothing(), reading=False, whole=True))[1])
    assert "Every file that looks like a cable could be read." in said


def test_the_text_of_a_file_is_shown_with_the_reason(services: Services) -> None:
    page = next(services.archive.root.rglob("*.html"))
    name = page.relative_to(services.archive.root).as_posix()
    text = the(
        ShowText,
        perform(services, ReadRaw(Problem(name, 2, "no body"), "the place"), lambda: False),
    )
    assert (text.title, text.warning) == ("the place", "! Shown as filed: no body")
    assert text.lines

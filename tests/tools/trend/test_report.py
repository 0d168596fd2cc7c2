"""Curves as a report: what is asked, what is refused, and the remarks on the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.errors import UsageError
from cable_tui.base.value import replace
from cable_tui.reports.report import Look
from cable_tui.reports.table import REPORTS
from cable_tui.session.effects import AskLine
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import AskOther, AskSaved, OpenPage, PutCursor, Say, TextTyped
from cable_tui.session.state import Session
from cable_tui.tools.trend.report import REPORT, Ask
from cable_tui.tools.trend.shares import AXES, MOST_QUERIES, Curve, Curves, Step, TrendAnswer
from tests.archive.fiction import Fiction, opened, write_dump
from tests.command_cases import Answer, Formula, ReportCase, Stopped
from tests.parts import SEARCHING
from tests.session import ready, the

OF = REPORTS["trend"]
POTS = ("red", "old", "new", "big")
FOUND = Curves("month", (), (), (), 0)
CASE = ReportCase(
    shapes={"trend": TrendAnswer, "trend-line": Step},
    name="trend",
    asked=Ask(("lamp",)),
    answer=FOUND,
    answers=(
        Answer("trend PATH kettle tea --json"),
        Answer("trend PATH kettle --json --by post --within origin:quayhaven"),
        Answer("trend PATH zzzq --json --by class", 1),
        Answer("trend PATH kettle tea --jsonl"),
    ),
    imports={
        "trend PATH kettle": SEARCHING | {"archive.source_criticism", "tally"} | {"tools.trend"}
    },
    formulas=(Formula("trend PATH kettle --by post", "@Embassy Rabat", "--format csv"),),
    stopped=(Stopped("trend PATH lobster"),),
    logged="trend PATH lobster",
)


def page(*queries: str, **changes: Any) -> Page:
    return Page(OF, Ask(queries, **changes))


def on_page(*queries: str) -> Session:
    return replace(ready(), page=page(*queries))


def does(key: str, shown: Page) -> Any:
    (found,) = (each for each in REPORT.page_keys if each.key == key)
    return found.does(shown)


def test_curves_are_counted_with_what_is_to_be_said(tmp_path: Path) -> None:
    cables = [
        Fiction(id=f"09RABAT{at}", text=f"A {pot} lamp is there.") for at, pot in enumerate(POTS, 1)
    ]
    write_dump(tmp_path / "cables.csv", cables)
    archive = opened(tmp_path / "cables.csv", tmp_path / "cache")
    look = Look(archive, Ask(("red lamp", "lampp"), "post"), Path("x.db"), in_room=True)
    (rows,) = REPORT.read(look)
    assert [each.count for each in rows.answer.curves] == [1, 4]
    assert rows.rows == [Step("Embassy Rabat", 4, (1, 4), (0.25, 1.0))]
    assert look.tally.notes == ('no "lampp"; searched for lamp, lamps',)


def test_the_table_has_two_columns_a_query_even_if_a_query_is_the_name_of_another_column() -> None:
    curves = (Curve("lamps", (1, 0), 2), Curve("cables", (4, 0), 4))
    found = replace(FOUND, by="year", curves=curves)
    rows = [Step("2006", 4, (1, 4), (1 / 4, 1.0)), Step("2007", 0, (0, 0), (None, None))]
    assert list(REPORT.csv_lines(rows, found)) == [
        ("year", "cables", "lamps", "lamps (share)", "cables", "cables (share)"),
        ("2006", "4", "1", "0.250000", "4", "1.000000"),
        ("2007", "0", "0", "", "0", ""),
    ]


def test_the_query_of_the_bar_has_its_curve_at_once_and_without_one_it_is_asked_for() -> None:
    assert REPORT.begin(ready("lobster "), "") == Ask(("lobster",), cut=True)
    assert the(AskLine, [REPORT.begin(ready(), "")]).typed("eel") == TextTyped(OF, "eel")


def test_queries_are_kept_when_the_page_is_left() -> None:
    session = replace(ready("crab"), left={"trend": page("lobster", by="year")})
    assert REPORT.begin(session, "") == Ask(("lobster", "crab"), "year")
    session = replace(ready("lobster"), left={"trend": page("lobster")})
    assert REPORT.begin(session, "") == Ask(("lobster",))


def test_a_query_is_added_to_those_of_the_page() -> None:
    assert REPORT.typed(on_page("lobster"), "crab ") == Ask(("lobster", "crab"))
    assert REPORT.typed(ready("salt"), "crab") == Ask(("crab",), cut=True)


@pytest.mark.parametrize(
    ("typed", "queries"),
    [
        ("crab, salt", ("crab", "salt")),
        ("crab , tag:EFIS salt,", ("crab", "tag:EFIS salt")),
        ('"crab, salt", eel', ('"crab salt"', "eel")),
        ("1,000 tons", ('"1 000" tons',)),
    ],
)
def test_commas_separate_the_queries_that_are_typed(typed: str, queries: tuple[str, ...]) -> None:
    assert REPORT.typed(ready(), typed) == Ask(queries, cut=True)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("lobster", "already in the chart"),
        ("(", "."),
        ("  ", "not a query"),
        ("eel, (", "."),
        ('eel, "crab, a', "not closed"),
        ("is:what", "."),
    ],
)
def test_what_cannot_be_added_is_refused(typed: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        REPORT.typed(on_page("lobster"), typed)


def test_a_chart_has_a_bounded_number_of_curves() -> None:
    many = tuple(f"word{at}" for at in range(MOST_QUERIES))
    with pytest.raises(UsageError, match="at most"):
        REPORT.typed(on_page(*many), "more")
    session = replace(ready("more"), left={"trend": page(*many)})
    assert REPORT.begin(session, "") == Ask((*many[1:], "more"))


def test_keys_add_a_query_or_remove_the_last_and_the_only_one_stays() -> None:
    assert does("d", page("lobster", "crab")) == OpenPage(OF, Ask(("lobster",)))
    assert isinstance(does("d", page("lobster")), Say)
    assert (does("t", page("x")), does("Q", page("x"))) == (AskOther(), AskSaved())


def test_m_goes_through_all_that_shares_are_counted_by() -> None:
    asked, seen = Ask(("lobster",)), []
    for _ in AXES:
        seen.append(asked.by)
        asked = REPORT.option_after(asked, "by", 1)  # type: ignore[assignment]
    assert (seen, asked.by) == (list(AXES), "month")
    assert REPORT.option_after(asked, "own_scale", 1) == replace(asked, own_scale=True)


@pytest.mark.parametrize(
    ("at", "key", "step"), [(0, "left", 3), (0, "right", 3), (3, "left", 2), (2, "left", 2)]
)
def test_arrows_go_through_the_steps_that_are_shown_from_the_last_one(
    at: int, key: str, step: int
) -> None:
    steps = tuple(f"2009-0{month}" for month in (1, 2, 3, 4))
    found = Curves("month", steps, (4,) * 4, (Curve("salt", (0, 1, 1, 0), 2),), 16)
    assert does(key, replace(page("salt", cut=True), answer=found, at=at)) == PutCursor(step)


def test_what_is_no_time_has_no_step_before_or_after() -> None:
    keys = ("left", "right", "0", "t")
    assert [REPORT.has_key(Ask((), "post"), key) for key in keys] == [False, False, False, True]
    assert all(REPORT.has_key(Ask((), "year"), key) for key in keys)
    assert does("left", page("salt")) is None


@pytest.mark.parametrize(("cells", "height"), [(76, 18), (116, 34), (40, 12), (1, 1)])
def test_a_chart_fits_its_page(cells: int, height: int) -> None:
    steps = tuple(f"2009-{month:02}" for month in range(1, 13))
    found = Curves("month", steps, (4,) * 12, (Curve("salt", (1,) * 12, 12),), 48)
    drawn = REPORT.body(replace(page("salt"), answer=found), cells, height)
    lines = ["".join(text for text, _ in line) for line in drawn]
    assert lines[0].startswith("Share of the")
    assert max(map(len, lines)) <= max(cells, 20)
    assert list(REPORT.body(page("salt"), cells, height)) == [[("Counting ...", "dim")]]
    assert height - 6 <= len(lines) <= max(height, 8)


def test_an_answer_without_any_cable_is_nothing() -> None:
    assert REPORT.is_nothing(FOUND, 3)
    assert not REPORT.is_nothing(replace(FOUND, curves=(Curve("salt", (), 1),)), 3)

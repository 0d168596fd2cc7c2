"""What a pattern matches, counted: against a plain count, with its questions and keys."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.base.errors import UsageError
from cable_tui.reports.report import Look
from cable_tui.reports.table import REPORTS
from cable_tui.session.effects import AskLine
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import LeaveFor, OpenPage
from cable_tui.session.values import Landing
from cable_tui.tools.concordance.match_counts import (
    REPORT,
    Ask,
    MatchCount,
    MatchesAnswer,
    MatchesRow,
)
from cable_tui.tools.concordance.report import REPORT as CONCORDANCE
from cable_tui.tools.concordance.report import Ask as Places
from tests.archive.fiction import Fiction, opened, write_dump
from tests.command_cases import Answer, Formula, ReportCase, Screen, Stopped
from tests.parts import WORDS
from tests.session import ready, the
from tests.tools.concordance.test_report import line

OF = REPORTS["matches"]
TONS = "(?P<number>[0-9]+) (?P<unit>tons|kilos)"
TEXTS = {
    "09RABAT1": "1. (C) They sent 12 tons of kelp, 12 tons of tin and 3 kilos of salt.",
    "09RABAT2": "1. (C) They sent 12\nkilos of kelp.",
    "09RABAT3": "1. (C) They sent ten tons.",
    "09RABAT4": "1. (C) Nobody sent 12 tons of tin.",
}
DAYS = ("2009-03-01", "2009-02-01", "2009-04-01", "2009-01-01")


def row(text: str, matches: int, first: str = "2009-01-01") -> MatchCount:
    return MatchCount(text, (), matches, 1, first, "2009-04-01", line(1))


CASE = ReportCase(
    shapes={"matches": MatchesAnswer, "matches-line": MatchesRow},
    name="matches",
    asked=Ask("kelp", TONS),
    rows=(row("12 | tons", 3), row("[red]3[/red] | \x1b]0;owned\x07", 1)),
    answers=(
        Answer("matches PATH kettle --matching [0-9]+ --json"),
        Answer("matches PATH kettle --matching (?P<n>[0-9])(?P<m>[0-9]) --by m --json --limit 2"),
        Answer("matches PATH kettle --matching zzzq --json", 1),
        Answer("matches PATH kettle --json"),
        Answer("matches PATH kettle --matching (?P<n>[0-9]+) --jsonl"),
    ),
    imports={"matches PATH kettle --matching [0-9]+": WORDS | {"tools.concordance"}},
    formulas=(Formula("matches PATH kettle --matching [+]1.kettle", "+1 kettle"),),
    screens=(
        Screen(
            "matches",
            "g k slash left_square_bracket 0 minus 9 right_square_bracket plus slash enter m j",
            sizes=((80, 24),),
        ),
    ),
    stopped=(Stopped("matches PATH the --matching the", reads=True),),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("tons")
    cables = [
        Fiction(id=name, text=text, created=f"{day} 10:00")
        for (name, text), day in zip(TEXTS.items(), DAYS, strict=True)
    ]
    write_dump(folder / "cables.csv", cables)
    return opened(folder / "cables.csv", folder / "cache")


def read(archive: Archive, ask: Ask) -> tuple[list[MatchCount], Look]:
    look = Look(archive, ask, Path("library.db"))
    *_, last = REPORT.read(look)
    return REPORT.arranged(ask, last.rows), look


@pytest.mark.parametrize(
    ("query", "pattern", "by", "groups"),
    [
        ("", "[0-9]+ tons", "", (0,)),
        ("kelp", "[0-9]+ tons", "", (0,)),
        ("", TONS, "", (1, 2)),
        ("", TONS, "number", (1,)),
        ("", TONS, "unit, number", (2, 1)),
    ],
)
def test_the_counts_are_those_of_a_plain_count(
    archive: Archive, query: str, pattern: str, by: str, groups: tuple[int, ...]
) -> None:
    expected: Counter[str] = Counter()
    cables: dict[str, set[str]] = {}
    for name, text in TEXTS.items():
        for match in re.finditer(pattern, text.replace("\n", " ")) if query in text else ():
            found = " | ".join(match[group] for group in groups)
            expected[found] += 1
            cables.setdefault(found, set()).add(name)
    rows, _ = read(archive, Ask(query, pattern, by))
    assert {each.text: each.matches for each in rows} == expected
    assert {each.text: each.cables for each in rows} == {
        found: len(names) for found, names in cables.items()
    }


def test_rows_have_their_days_and_their_order(archive: Archive) -> None:
    rows, look = read(archive, Ask("", TONS, "unit"))
    assert [(each.text, each.matches, each.first, each.last) for each in rows] == [
        ("tons", 3, "2009-01-01", "2009-03-01"),
        ("kilos", 2, "2009-02-01", "2009-03-01"),
    ]
    assert look.tally.notes == ("5 matches in 3 cables", "no match in 1 other cable")
    orders = {
        order: [each.text for each in REPORT.arranged(Ask("", TONS, "unit", order), rows)]
        for order in REPORT.orders
    }
    assert orders == {
        "count": ["tons", "kilos"],
        "text": ["kilos", "tons"],
        "first": ["tons", "kilos"],
    }


def test_the_csv_has_a_column_for_each_group(archive: Archive) -> None:
    ask = Ask("kelp", TONS)
    rows, _ = read(archive, ask)
    lines = list(REPORT.csv_lines(rows, None, ask))
    assert lines[0] == ("matches", "cables", "first", "last", "text", "number", "unit")
    assert lines[1] == ("2", "1", "2009-03-01", "2009-03-01", "12 | tons", "12", "tons")
    assert REPORT.as_json(rows[0]).captured == {"number": "12", "unit": "tons"}


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (Ask("origin:rabat"), "it needs a word to show in context"),
        (Ask("kelp", "("), "not a regular expression"),
        (Ask("kelp", "[0-9]+", "unit"), "no group unit; it has no"),
        (Ask("kelp", TONS, "number,ton"), "no group ton; it has number, unit"),
    ],
)
def test_a_question_without_an_answer_is_refused(ask: Ask, reason: str) -> None:
    with pytest.raises(UsageError, match=re.escape(reason)):
        REPORT.check(ask)


def test_the_page_of_a_pattern_leads_to_its_counts() -> None:
    (key,) = CONCORDANCE.page_keys
    asked = Places("kelp", within="origin:rabat", matching=TONS)
    page = Page(REPORTS["concordance"], asked)
    assert key.does(page) == OpenPage(OF, Ask("origin:rabat kelp", TONS))
    words = Page(REPORTS["concordance"], Places("kelp"))
    assert key.does(words) == OpenPage(OF, Ask("kelp"))


def test_the_words_of_a_query_are_counted_as_they_are_written(archive: Archive) -> None:
    rows, _ = read(archive, Ask("=tons"))
    assert [(each.text, each.matches, each.cables) for each in rows] == [("tons", 4, 3)]
    with pytest.raises(UsageError, match="at least one word or --matching"):
        read(archive, Ask("origin:rabat"))


def test_a_key_counts_by_one_group_after_the_other() -> None:
    (key,) = REPORT.page_keys
    following = []
    page = Page(OF, Ask("kelp", TONS))
    for _ in range(3):
        action = key.does(page)
        assert isinstance(action, OpenPage)
        assert isinstance(action.asked, Ask)
        following.append(action.asked.by)
        page = Page(OF, action.asked)
    assert following == ["number", "unit", ""]
    assert REPORT.has_key(page.ask, "b")
    one = Page(OF, Ask("kelp", "(?P<number>[0-9]+)"))
    assert (key.does(one), REPORT.has_key(one.ask, "b")) == (None, False)


def test_enter_opens_the_first_place() -> None:
    page = Page(OF, Ask("kelp", TONS))
    assert REPORT.keys[0].does(page, row("12 | tons", 3)) == LeaveFor(
        1, Landing(offset=70), "kelp", 1
    )


def test_a_typed_query_ends_with_a_pattern() -> None:
    asked = the(AskLine, [REPORT.begin(ready("kelp"), "")])
    assert "/[0-9]+ tons/" in asked.note
    assert REPORT.typed(ready("kelp"), "tag:ECON /[0-9]+ tons/") == Ask("tag:ECON", "[0-9]+ tons")
    assert REPORT.title(Page(OF, Ask("kelp", "[0-9]", "n"))) == (
        "Matches of /[0-9]/ · kelp · by n · most frequent first"
    )
    assert REPORT.typed(ready("kelp"), "minist*") == Ask("minist*")
    assert REPORT.title(Page(OF, Ask("kelp"))) == "Matches · kelp · most frequent first"
    for text in ("tag:ECON", "date:never /a/", "kelp /(/"):
        with pytest.raises(UsageError):
            REPORT.typed(ready("kelp"), text)

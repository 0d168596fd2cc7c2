"""The concordance as a report: what it asks of the room, its lines, its keys."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.base.errors import UsageError
from cable_tui.base.value import replace
from cable_tui.query.answers import CableRow
from cable_tui.reports.report import Look
from cable_tui.reports.table import REPORTS
from cable_tui.session.effects import AskLine
from cable_tui.session.feature_state import Page
from cable_tui.session.features.copy import CopySentence
from cable_tui.session.features.pages import LeaveFor, TextTyped
from cable_tui.session.values import TOP, Landing
from cable_tui.text import width
from cable_tui.tools.concordance import occurrences as reading
from cable_tui.tools.concordance import text_pattern
from cable_tui.tools.concordance.occurrences import CableRead, ConcordanceLine
from cable_tui.tools.concordance.report import REPORT, Ask, ConcordanceAnswer, ConcordanceRow
from tests.archive.fiction import Fiction, opened, write_dump
from tests.cli.conftest import Run
from tests.command_cases import Answer, Formula, ReportCase, Stopped
from tests.parts import WORDS
from tests.session import ready, the
from tests.tools.concordance.test_occurrences import ROW

OF = REPORTS["concordance"]
POTS = ("red", "old", "new", "big")


def line(
    number: int, left: str = "the old ", paragraph: str | None = "2", **more: Any
) -> ConcordanceLine:
    name = f"09ZENDA{number}"
    row = CableRow(number, name, name, "2009-02-13T14:57Z", "SECRET", "Embassy Zenda", "", ())
    return ConcordanceLine(
        row, paragraph, more.get("in_subject", False), left, "lobster", " pot", 70
    )


LINES = (line(1), line(1, "港の"), line(2, "[/x] [red]XX[/red] \x1b]0;owned\x07 "))
CASE = ReportCase(
    shapes={"concordance": ConcordanceAnswer, "concordance-line": ConcordanceRow},
    name="concordance",
    asked=Ask("lobster"),
    rows=LINES,
    answers=(
        Answer("concordance PATH kettle --json"),
        Answer("concordance PATH kettle --json --sort left --limit 3"),
        Answer("concordance PATH =ref --within kettle --json"),
        Answer("concordance PATH zzzq --json", 1),
        Answer("concordance PATH kettle --jsonl"),
    ),
    imports={"concordance PATH kettle": WORDS | {"tools.concordance"}},
    formulas=(Formula("concordance PATH kettle", '=HYPERLINK("http://x.example";"kettle")'),),
    stopped=(
        Stopped("concordance PATH the", reads=True, has_rows=True),
        Stopped("concordance PATH the --sort left", reads=True, has_rows=True),
    ),
    logged="concordance PATH lobster",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("words")
    cables = [
        Fiction(id=f"09RABAT{at}", subject="x", tags="PGOV, KSEA", text=f"A {pot} lamp is there.")
        for at, pot in enumerate(POTS, 1)
    ]
    write_dump(folder / "cables.csv", cables)
    return opened(folder / "cables.csv", folder / "cache")


def read(archive: Archive, ask: Ask) -> tuple[list[str], Look]:
    look = Look(archive, ask, Path("library.db"), in_room=True)
    lines = [line for rows in REPORT.read(look) for line in rows.rows]
    return [each.left.split()[-1] for each in REPORT.arranged(ask, lines)], look


@pytest.mark.parametrize(
    ("order", "expected"), [("date", None), ("left", sorted(POTS)), ("right", None)]
)
def test_the_lines_of_an_archive(archive: Archive, order: str, expected: list[str] | None) -> None:
    words, look = read(archive, Ask("lamp", order))
    assert words == expected or sorted(words) == sorted(POTS)
    assert (look.tally.read, look.tally.total, look.tally.notes) == (4, 4, ())


def test_cables_with_the_words_elsewhere_are_counted(archive: Archive) -> None:
    words, look = read(archive, Ask("ksea"))
    assert words == []
    assert look.tally.notes == (
        "4 more cables contain the words only in the header, TAGS or references",
    )


def test_words_within_the_cables_of_another_query_are_the_only_lines(archive: Archive) -> None:
    """`old` is in one text with a lamp; the words of the other query have no lines."""
    words, look = read(archive, Ask("lamp", within="old"))
    assert words == ["old"]
    assert look.tally.total == 1
    assert REPORT.queries(look.ask) == ("lamp", "old")
    assert REPORT.json_head(look.ask) == {"query": "lamp", "within": "old", "order": "date"}
    assert REPORT.title(Page(OF, look.ask)) == "lamp within old · oldest first"


def test_a_pattern_is_matched_in_the_cables_of_the_query(archive: Archive) -> None:
    look = Look(archive, Ask("lamp", matching="A (?P<pot>[a-n]+) lamp"), Path("library.db"))
    lines = [line for rows in REPORT.read(look) for line in rows.rows]
    assert [(line.word, line.captured) for line in lines] == [("A big lamp", ())]
    assert look.tally.notes == ("no match in 3 more cables",)


def test_what_a_pattern_captures_is_a_column_each_and_is_counted(archive: Archive) -> None:
    ask = Ask("", matching="(?P<first>[rob])(?P<rest>[a-z]+) lamp", extract=True)
    look = Look(archive, ask, Path("library.db"))
    lines = [line for rows in REPORT.read(look) for line in rows.rows]
    table = list(REPORT.csv_lines(lines, None, ask))
    assert [line[-2:] for line in table] == [
        ("first", "rest"),
        ("r", "ed"),
        ("o", "ld"),
        ("b", "ig"),
    ]
    assert REPORT.as_json(lines[0]).captured == {"first": "r", "rest": "ed"}
    printed = list(REPORT.text_lines(look, [*lines, lines[0]], None, 80))
    assert printed[0] == "2009-02-13 09RABAT1#1  r | ed"
    assert [line.strip() for line in printed[4:]] == ["", "2  r | ed", "1  o | ld", "1  b | ig"]


def test_a_pattern_may_be_typed_after_the_query_in_slashes() -> None:
    session = replace(ready(""), page=Page(OF, Ask("lobster", "left")))
    assert REPORT.typed(session, "kelp /[0-9]+ tons/") == Ask(
        "kelp", "left", matching="[0-9]+ tons"
    )
    assert REPORT.typed(session, "/a/b/") == Ask("", "left", matching="a/b")
    assert REPORT.typed(session, "9/11") == Ask("9/11", "left")
    with pytest.raises(UsageError, match="not a regular expression"):
        REPORT.typed(session, "kelp /(a/")


@pytest.mark.parametrize("ask", [Ask("lamp", extract=True), Ask("", matching="a", extract=True)])
def test_columns_need_named_groups(ask: Ask) -> None:
    with pytest.raises(UsageError, match="named group"):
        REPORT.check(ask)


def test_a_cable_that_is_opened_is_one_of_both_queries() -> None:
    does = REPORT.keys[0].does(Page(OF, Ask("lobster", within="a or b")), line(10))
    assert does == LeaveFor(10, Landing(offset=70), "(a or b) lobster", 1)


def test_the_words_of_the_query_are_asked_and_without_some_they_are_of_the_cables_of_the_list() -> (
    None
):
    assert REPORT.begin(ready("lobster origin:zenda "), "") == Ask("lobster origin:zenda")
    session = ready("origin:zenda ")
    asked = the(AskLine, [REPORT.begin(session, "")])
    assert (asked.typed("x"), "in the 4 cables" in asked.note) == (TextTyped(OF, "x"), True)
    assert REPORT.typed(session, "lobster") == Ask("lobster origin:zenda")
    assert REPORT.typed(session, "a or b") == Ask("(a or b) origin:zenda")


def test_words_that_are_typed_on_the_page_are_a_query_and_keep_the_order() -> None:
    session = replace(ready("origin:zenda"), page=Page(OF, Ask("lobster", "left")))
    assert REPORT.typed(session, "crab pot") == Ask("crab pot", "left")


@pytest.mark.parametrize("typed", ["origin:zenda", "(lobster", '""'])
def test_what_has_no_word_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        REPORT.typed(ready(), typed)


@pytest.mark.parametrize("cells", [50, 80, 120, 200])
def test_the_word_has_one_column_at_every_width_whatever_is_before_it(cells: int) -> None:
    pieces = [REPORT.pieces(each, cells) for each in LINES]
    assert {sum(width(text) for text, _ in each) for each in pieces} == {cells}
    assert len({sum(width(text) for text, _ in each[:2]) for each in pieces}) == 1
    assert "\x1b" not in "".join(text for each in pieces for text, _ in each)


@pytest.mark.parametrize(
    ("chosen", "landing", "offset"),
    [(line(10, paragraph=None), Landing(offset=70), 70), (line(10, in_subject=True), TOP, None)],
)
def test_enter_opens_at_the_word_and_y_copies_its_sentence(
    chosen: ConcordanceLine, landing: Landing, offset: int | None
) -> None:
    page = Page(OF, Ask("lobster"))
    opens, copies = REPORT.keys
    assert opens.does(page, chosen) == LeaveFor(10, landing, "lobster", 1)
    assert copies.does(page, chosen) == CopySentence(10, offset)
    assert REPORT.as_json(chosen).paragraph == ("subject" if chosen.in_subject else None)


def _endless() -> Iterator[CableRead]:
    """A cable with its line, again and again; ^C after three."""
    for at in range(3):
        yield CableRead(1, (ConcordanceLine(ROW, "1", False, f"{'cba'[at]} ", "lamp", " x"),))
    raise KeyboardInterrupt


@pytest.mark.parametrize(("order", "expected"), [("date", "cba"), ("left", "abc")])
def test_what_was_read_is_printed_where_the_reader_stops_it(
    run: Run, demo_archive: Path, monkeypatch: pytest.MonkeyPatch, order: str, expected: str
) -> None:
    monkeypatch.setattr(reading, "concordance", lambda *_, **__: _endless())
    done = run("concordance", demo_archive, "kettle", "--sort", order, "--csv")
    assert done.status == 130
    assert "".join(row["left"][0] for row in csv.DictReader(io.StringIO(done.out))) == expected


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        (("--matching", ""), "--matching needs a regular expression"),
        (("--near", "old lamp"), "--near takes one word"),
    ],
)
def test_an_option_that_could_find_nothing_is_refused(
    run: Run, demo_archive: Path, options: tuple[str, ...], refusal: str
) -> None:
    assert run("concordance", demo_archive, "kettle", *options).refuses(2, refusal)


def test_matches_without_the_near_word_are_counted(archive: Archive) -> None:
    words, look = read(archive, Ask("lamp", matching="A big lamp", near="zebra"))
    assert words == []
    assert look.tally.notes == (
        "1 match not shown: zebra is more than 5 words away",
        "no match in 3 more cables",
    )


def test_a_text_with_too_many_matches_is_counted(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_pattern, "MOST_MATCHES", 2)
    words, look = read(archive, Ask("lamp", matching="[a-z]"))
    assert len(words) == 8
    assert "of 4 texts are used" in look.tally.notes[0]

"""Neighbours as a report: what it asks of the room, its rows, its keys and its notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.base.errors import UsageError
from cable_tui.reports.report import Look
from cable_tui.reports.table import REPORTS
from cable_tui.session.effects import AskLine
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import OpenPage, TextTyped
from cable_tui.text import width
from cable_tui.tools.concordance.report import REPORT as CONCORDANCE
from cable_tui.tools.concordance.report import Ask as Places
from cable_tui.tools.neighbours.counting import Neighbour
from cable_tui.tools.neighbours.report import (
    REPORT,
    Ask,
    NeighboursAnswer,
    NeighboursRow,
)
from tests.command_cases import Answer, ReportCase, Screen, Stopped
from tests.parts import WORDS
from tests.session import ready, the
from tests.tools.neighbours.test_counting import archive

__all__ = ["archive"]

OF = REPORTS["neighbours"]
SALT = Neighbour("", "salt", 9, 6, 4, 12.345, 2.5849, ordinary=False)
NETS = Neighbour("", "nets", 2, 2, 40, -8.25, -1.5, ordinary=False)
THE = Neighbour("", "the", 30, 9, 60, 20.0, 1.0, ordinary=True)
CASE = ReportCase(
    shapes={"neighbours": NeighboursAnswer, "neighbours-line": NeighboursRow},
    name="neighbours",
    asked=Ask("kelp"),
    rows=(SALT, NETS),
    answers=(
        Answer("neighbours PATH kettle --json --least 1"),
        Answer("neighbours PATH kettle --json --by post --least 1 --sort count"),
        Answer("neighbours PATH zzzq --json", 1),
        Answer("neighbours PATH kettle --jsonl --least 1"),
    ),
    imports={
        "neighbours PATH kettle": WORDS
        | {"tools.concordance", "tools.neighbours", "tools.typical_words"}
    },
    screens=(Screen("neighbours", "slash l o b s t e r enter g B j", sizes=((80, 24),)),),
    stopped=(Stopped("neighbours PATH kettle --least 1", reads=True),),
)


def test_ordinary_words_come_last_in_each_group_unless_they_are_asked_for() -> None:
    in_2009 = [row._replace(group="2009") for row in (SALT, THE)]
    rows = [*in_2009, NETS, THE, SALT]
    assert REPORT.arranged(Ask("kelp"), rows) == [SALT, NETS, THE, *in_2009]
    assert REPORT.arranged(Ask("kelp", ordinary=True), rows)[:2] == [THE, SALT]
    assert REPORT.arranged(Ask("kelp", order="count"), [NETS, SALT]) == [SALT, NETS]


def test_enter_shows_both_words_in_context() -> None:
    page = Page(OF, Ask("kelp", by="post"))
    row = SALT._replace(group="Embassy Zenda")
    assert REPORT.keys[0].does(page, row) == OpenPage(
        REPORTS["concordance"], Places("kelp", within='origin:"Embassy Zenda"', near="salt")
    )
    assert REPORT.keys[0].does(Page(OF, Ask("kelp")), SALT) == OpenPage(
        REPORTS["concordance"], Places("kelp", near="salt")
    )


def test_the_context_of_a_neighbour_has_the_word_as_often_as_the_row_counts_cables(
    archive: Archive,
) -> None:
    look = Look(archive, Ask("=kelp", least=2), Path("library.db"))
    *_, last = REPORT.read(look)
    row = next(row for row in last.rows if row.word == "salt")
    places = Look(archive, Places("=kelp", near="salt"), Path("library.db"))
    lines = [line for rows in CONCORDANCE.read(places) for line in rows.rows]
    assert len({line.row.id for line in lines}) == row.cables
    assert all("salt" in f"{line.left} {line.right}".lower() for line in lines)


def test_the_notes_tell_what_was_compared(archive: Archive) -> None:
    look = Look(archive, Ask("=kelp"), Path("library.db"))
    list(REPORT.read(look))
    assert look.tally.notes[0].endswith(
        "with the 5 words before and after each, compared with the rest of the same texts"
    )
    assert look.tally.notes[1] == (
        "left out: words near the matches in fewer than 5 cables, and scores below 3.84, which one "
        "word in twenty reaches by chance"
    )
    assert look.tally.read == look.tally.total > 0
    with pytest.raises(UsageError, match="at least one word besides filters"):
        list(REPORT.read(Look(archive, Ask("origin:rabat"), Path("library.db"))))


def test_a_query_without_words_is_asked_for_some() -> None:
    assert REPORT.begin(ready("kelp origin:zenda "), "") == Ask("kelp origin:zenda")
    session = ready("origin:zenda ")
    asked = the(AskLine, [REPORT.begin(session, "")])
    assert (asked.typed("x"), "in the 4 cables" in asked.note) == (TextTyped(OF, "x"), True)
    assert REPORT.typed(session, "kelp") == Ask("kelp origin:zenda")
    assert REPORT.typed(session, "a or b") == Ask("(a or b) origin:zenda")
    with pytest.raises(UsageError, match="it needs a word to show in context"):
        REPORT.check(Ask("origin:rabat"))


def test_a_row_begins_with_its_group_if_there_are_groups() -> None:
    assert "".join(text for text, _ in REPORT.pieces(SALT, 60)).split() == [
        "+12.3",
        "+2.6",
        "9",
        "6",
        "4",
        "salt",
    ]
    row = SALT._replace(group="\x1b Mission to the Fictional Organization")
    line = "".join(text for text, _ in REPORT.pieces(row, 80))
    assert line.startswith("␛ Mission to the Fi… ")
    assert width(line) == 80


def test_the_title_names_query_groups_and_order() -> None:
    page = Page(OF, Ask("kelp", by="year", order="ratio"))
    assert REPORT.title(page) == "Neighbours of kelp by year · most one-sided first"

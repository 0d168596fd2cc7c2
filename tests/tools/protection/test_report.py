"""Protection requests as a report: its rows, its lines, its keys, what they write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cable_tui import telegram
from cable_tui.archive.archive import Archive
from cable_tui.archive.texts import Text
from cable_tui.base.value import replace
from cable_tui.library import Library
from cable_tui.program.clipboard import Clipboard
from cable_tui.reports.report import Look
from cable_tui.reports.table import REPORTS
from cable_tui.session.effects import AskLine
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import LeaveFor, Say
from cable_tui.session.registry import Services
from cable_tui.session.values import Landing
from cable_tui.tools.protection import answers
from cable_tui.tools.protection.report import REPORT, Ask, ProtectAnswer, ProtectRow, RequestLine
from cable_tui.tools.protection.review import RequestRow, reviewed
from cable_tui.tools.protection.room import AnswerRequests, RequestsAnswered
from tests.archive.fiction import LAMPS, Fiction, archive_of, references
from tests.command_cases import Answer, ReportCase
from tests.parts import GRAMMAR, LIBRARY, READING, SEARCHING
from tests.session import done, ready, the, walk
from tests.telegram.cables import record

ASKING = Fiction(
    "09RABAT41",
    subject="A",
    text="Ivo Tern, aide to Bo Rask (strictly protect), spoke.\n\n2. (C) The cook (protect) left.",
)
SECOND = Fiction("09RABAT42", subject="B", text="Dr. Ada Pelham (protect) counted lamps.")
ASKED = RequestRow(
    20,
    reviewed(
        telegram.parse(record("1. (C) Ada Pelham (protect) and [/x] Bo.\n")), answers.NO_ANSWERS
    )[0],
)
CASE = ReportCase(
    shapes={"protect": ProtectAnswer, "protect-line": ProtectRow},
    name="protect",
    asked=Ask(),
    rows=(ASKED, ASKED),
    answers=(
        Answer("protect PATH --json"),
        Answer("protect PATH kettle zzzq --json", 1),
        Answer("protect PATH --jsonl --unanswered"),
    ),
    imports={
        "protect PATH": SEARCHING
        | READING
        | GRAMMAR
        | LIBRARY
        | {"protection", "tally"}
        | {"archive.sentences", "tools.protection", "tools.people"},
    },
)


@pytest.fixture(params=["read", "filed"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    """One whose texts are read, and one whose sentences are in an index."""
    return archive_of(tmp_path, ASKING, SECOND, LAMPS, echoes=request.param == "filed")


@pytest.fixture
def services(archive: Archive, tmp_path: Path) -> Iterator[Services]:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        yield Services(archive, library, Clipboard(tmp_path / "clipboard.txt"))


def rows(archive: Archive, tmp_path: Path, ask: Ask | None = None) -> tuple[list[RequestRow], Look]:
    look = Look(archive, ask or Ask(), tmp_path / "library.sqlite")
    return [row for more in REPORT.read(look) for row in more.rows], look


def page(found: list[RequestRow]) -> Page:
    return Page(REPORTS["protect"], Ask(), rows=tuple(found))


def lines(found: list[RequestRow]) -> list[RequestLine]:
    return list(REPORT.lines(page(found), found, 100))


def test_each_request_of_the_cables_is_a_row(archive: Archive, tmp_path: Path) -> None:
    found, look = rows(archive, tmp_path)
    assert [(row.asked.place, row.asked.words, row.asked.proposed) for row in found] == [
        ("09RABAT41 ¶1", "strictly protect", ("Ivo Tern", "Bo Rask")),
        ("09RABAT41 ¶2", "protect", ()),
        ("09RABAT42 ¶1", "protect", ("Ada Pelham",)),
    ]
    assert look.tally.sentences[-1].startswith("3 requests without an answer")


def test_with_an_index_of_sentences_only_cables_that_ask_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_of(tmp_path, ASKING, SECOND, LAMPS, echoes=True)
    read: list[list[int]] = []
    texts_of = Look.texts

    def texts(look: Look, ids: Sequence[int]) -> Iterator[Text]:
        read.append(list(ids))
        return texts_of(look, ids)

    monkeypatch.setattr(Look, "texts", texts)
    found, look = rows(archive, tmp_path)
    assert [references(archive, sorted(ids)) for ids in read] == [["09RABAT41", "09RABAT42"]]
    assert (len(found), look.tally.read, look.tally.total) == (3, 3, 3)


def test_a_cable_that_changed_after_its_sentences_were_read_is_read(tmp_path: Path) -> None:
    archive_of(tmp_path, ASKING, SECOND, LAMPS, echoes=True).close()
    changed = replace(LAMPS, text="Ada Kelp (protect) left.")
    archive = archive_of(tmp_path, ASKING, SECOND, changed)
    found, look = rows(archive, tmp_path)
    assert len(found) == 4
    assert look.tally.read == 3


def test_some_cables_are_named_by_their_ids(archive: Archive, tmp_path: Path) -> None:
    found, look = rows(archive, tmp_path, Ask(refs="09 RABAT 42, 09RABAT99"))
    assert [row.asked.reference_id for row in found] == ["09RABAT42"]
    assert "not in this archive: 09RABAT99" in look.tally.sentences


def test_the_page_has_a_line_for_each_name_and_stops_there(
    archive: Archive, tmp_path: Path
) -> None:
    found, _ = rows(archive, tmp_path, Ask(refs="09RABAT41"))
    shown = lines(found)
    assert [line.name for line in shown if line.is_stop] == ["Ivo Tern", "Bo Rask", ""]
    text = "\n".join("".join(part for part, _ in line.pieces).rstrip() for line in shown)
    assert text.startswith("09RABAT41 ¶1  no answer yet\n    ")
    assert "\n    [ ] Ivo Tern\n    [ ] Bo Rask\n" in text


def key(name: str) -> Any:
    return next(each.does for each in REPORT.keys if each.key == name)


def answered(services: Services, action: Any) -> tuple[RequestRow, ...]:
    return the(RequestsAnswered, done(services, action)).rows


def test_space_selects_a_name_and_without_any_there_is_no_answer(
    services: Services, tmp_path: Path
) -> None:
    found, _ = rows(services.archive, tmp_path)
    line = next(each for each in lines(found) if each.name == "Bo Rask")
    action = key("space")(page(found), line)
    first, _ = answered(services, action)
    assert first.asked.confirmed == ("Bo Rask",)
    again = next(each for each in lines([first]) if each.name == "Bo Rask")
    assert "[x]" in again.pieces[0][0]
    first, _ = answered(services, key("space")(page([first]), again))
    assert not first.asked.is_answered


def test_a_takes_what_is_proposed_for_one_cable_and_never_for_all(
    services: Services, tmp_path: Path
) -> None:
    found, _ = rows(services.archive, tmp_path)
    taken = answered(services, key("a")(page(found), lines(found)[0]))
    assert [row.asked.confirmed for row in taken] == [("Ivo Tern", "Bo Rask"), ()]
    found, _ = rows(services.archive, tmp_path)
    assert [row.asked.is_answered for row in found] == [True, False, False]
    assert isinstance(key("a")(page(found), lines(found)[0]), Say)


def test_a_request_may_name_nobody_and_be_asked_again(services: Services, tmp_path: Path) -> None:
    found, _ = rows(services.archive, tmp_path, Ask(refs="09RABAT42"))
    (row,) = answered(services, key("n")(page(found), lines(found)[0]))
    assert (row.asked.answer, row.asked.answered) == ((), "nobody")
    assert rows(services.archive, tmp_path, Ask("09RABAT42", unanswered=True))[0] == []
    (row,) = answered(services, key("d")(page([row]), lines([row])[0]))
    assert row.asked.answer is None


@pytest.mark.parametrize(
    ("typed", "names", "note"),
    [
        ("Pelham", ("Pelham",), ""),
        ("Pelhem", (), "Not saved: the cable does not contain Pelhem."),
    ],
)
def test_a_name_is_added_if_the_cable_has_it(
    services: Services, tmp_path: Path, typed: str, names: tuple[str, ...], note: str
) -> None:
    found, _ = rows(services.archive, tmp_path, Ask(refs="09RABAT42"))
    asked = key("A")(page(found), lines(found)[0])
    assert isinstance(asked, AskLine)
    _, (wanted,) = asked.typed(typed).step(ready())
    said = the(RequestsAnswered, done(services, wanted))
    assert (said.rows[0].asked.confirmed, said.note) == (names, note)
    assert asked.typed("  ").step(ready())[1] == ()


def test_enter_reads_the_place(archive: Archive, tmp_path: Path) -> None:
    found, _ = rows(archive, tmp_path, Ask(refs="09RABAT42"))
    start = found[0].asked.found.start
    assert key("enter")(page(found), lines(found)[0]) == LeaveFor(
        found[0].id, Landing(offset=start)
    )


def test_an_answer_is_shown_in_its_row(services: Services, tmp_path: Path) -> None:
    found, _ = rows(services.archive, tmp_path)
    session = walk(ready(), RequestsAnswered(()))
    assert session.page is None
    new = answered(services, key("n")(page(found), lines(found)[0]))
    from cable_tui.base.value import replace

    session = walk(replace(ready(), page=page(found)), RequestsAnswered(new, "done"))
    assert session.page is not None
    assert [row.asked.is_answered for row in session.page.rows] == [True, False, False]
    assert REPORT.head(session.page, 80).startswith("1 of 3 answered")


def test_a_damaged_file_of_answers_is_said(services: Services, tmp_path: Path) -> None:
    found, _ = rows(services.archive, tmp_path)
    answers.file_beside(services.library.path).write_text("{", "utf-8")
    action = AnswerRequests(((found[0], ()),))
    assert "is not a file of answers" in the(Say, done(services, action)).note


def test_the_table_has_what_answers_need(archive: Archive, tmp_path: Path) -> None:
    found, _ = rows(archive, tmp_path, Ask(refs="09RABAT42"))
    heads, line = REPORT.csv_lines(found, None)
    assert heads == ("cable", "paragraph", "request", "sentence", "proposed", "answer", "key")
    assert line[:3] == ("09RABAT42", "1", "protect")
    assert line[4:6] == ("Ada Pelham", "")
    assert line[6].startswith("09RABAT42 ")

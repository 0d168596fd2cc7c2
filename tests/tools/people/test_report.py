"""People as a report: who is read, who is left out, what the keys ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import replace
from cable_tui.query.answers import Hits
from cable_tui.reports.report import Look
from cable_tui.reports.table import REPORTS
from cable_tui.session import effects
from cable_tui.session.feature_state import Page
from cable_tui.session.features import pages
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.text import width
from cable_tui.text.tally import Tally
from cable_tui.tools.people import counting, people_file
from cable_tui.tools.people.claims import ClaimsAnswer
from cable_tui.tools.people.confirmed import Person
from cable_tui.tools.people.page_changes import ChangePerson, UndoPeople
from cable_tui.tools.people.person import FoundPerson, Written
from cable_tui.tools.people.report import REPORT, Ask, PeopleAnswer, PeopleRow
from tests.archive.fiction import Fiction, archive_of
from tests.command_cases import Answer, Formula, ReportCase, Stopped
from tests.parts import CRITICISM, GRAMMAR, LIBRARY, READING, SEARCHING
from tests.session import kinds, ready, the, walk
from tests.tui.pages.test_report_page import here, shown

OF = REPORTS["people"]


def found(name: str, **more: Any) -> FoundPerson:
    given = {"confirmed": False, "protected": False, "cables": 3, "written": (), "spellings": ()}
    return FoundPerson(**{"name": name, **given, **more})


KELP = found(
    "Kelp",
    written=(Written("Minister Kelp", 2, "Kelp"), Written("Bo Kelp", 1, "Bo Kelp")),
    spellings=("Kelp", "Kulp"),
    given=("Bo", "Dora"),
    years={"2004": 1, "2006": 2},
    posts={"Embassy Rabat": 3},
)
ADA = found("Ada Pelham", confirmed=True, protected=True, spellings=("Pelham",))
CASE = ReportCase(
    shapes={"people": PeopleAnswer, "people-line": PeopleRow, "people-claims": ClaimsAnswer},
    name="people",
    asked=Ask(),
    rows=(KELP, ADA),
    answers=(
        Answer("people PATH --json"),
        Answer("people PATH kettle --json --limit 2 --with-protected"),
        Answer("people PATH kettle zzzq --json", 1),
        Answer("people PATH --jsonl --with-protected"),
        Answer("people PATH --confirm Blanchard --json", 1, "people-claims"),
    ),
    imports={
        "people PATH": SEARCHING
        | READING
        | GRAMMAR
        | CRITICISM
        | LIBRARY
        | {"archive.protection", "exports", "protection", "session", "tally"}
        | {"kinds", "tools.chain", "tools.people", "tools.protection"},
    },
    formulas=(Formula("people PATH", "@Embassy Rabat 1"),),
    stopped=(Stopped("people PATH"),),
    logged="people PATH lobster",
)
ODD = found("[/x] [red]Kelp[/red] \x1b]0;x\x07", cables=1)
PAGE = Page(OF, Ask("salt origin:zenda", with_protected=True), (KELP, ADA))


def does(key: str, row: FoundPerson, page: Page = PAGE) -> Any:
    (key_of_row,) = (each for each in REPORT.keys if each.key == key)
    return key_of_row.does(page, row)


def file_of(services: Services) -> Path:
    return people_file.file_beside(services.library.path)


def look(services: Services, *, in_room: bool = True, **asked: Any) -> Look:
    return Look(services.archive, Ask(**asked), services.library.path, in_room=in_room)


def test_the_page_gets_candidates_and_the_confirmed(services: Services) -> None:
    people_file.change(file_of(services), lambda _: (Person("Anselm Dray", ("Dray",)),))
    it = look(services, with_protected=True)
    *_, last = REPORT.read(it)
    by_name = {each.name: each for each in last.rows}
    assert by_name["Anselm Dray"].confirmed
    assert not by_name["Marchetti"].confirmed
    assert by_name["Marchetti"].full_name == "Ilse Marchetti"
    assert it.tally.read == it.tally.total > 9
    it.cancelled = lambda: True
    assert list(REPORT.read(it)) == []


def test_a_damaged_file_is_said_in_the_room_and_refused_in_the_shell(services: Services) -> None:
    file_of(services).write_text("{", encoding="utf-8")
    it = look(services)
    *_, last = REPORT.read(it)
    assert last.rows
    assert "is not readable JSON" in it.tally.notes[0]
    with pytest.raises(LibraryError, match="is not readable JSON"):
        list(REPORT.read(look(services, in_room=False)))


def test_whom_one_question_counted_the_next_one_lists_without_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cable = Fiction("09RABAT1", text="Minister Ada Kelp met Mr. Ivo Tern.")
    archive = archive_of(tmp_path, cable, echoes=True)

    def names(**asked: Any) -> list[str]:
        *_, last = REPORT.read(Look(archive, Ask(**asked), tmp_path / "library.sqlite"))
        return [person.name for person in last.rows]

    assert names() == ["Kelp", "Tern"]
    with monkeypatch.context() as patch:
        patch.setattr(counting, "cables_to_read", None)
        assert names() == ["Kelp", "Tern"]
        assert names(least=2) == []
    file = people_file.file_beside(tmp_path / "library.sqlite")
    people_file.change(file, lambda _: (Person("Ada Kelp", ("Ada Kelp",)),))
    assert names(confirmed=True) == ["Ada Kelp"]


def test_who_is_asked_for_alone_is_listed(services: Services) -> None:
    *_, last = REPORT.read(look(services, confirmed=True))
    assert list(last.rows) == []
    *_, last = REPORT.read(look(services, least=2, with_protected=True))
    assert last.rows
    assert all(each.cables >= 2 for each in last.rows)


@pytest.mark.parametrize(
    ("key", "row", "wanted"),
    [
        ("enter", KELP, pages.SearchFromPage("salt origin:zenda (=kelp or =kulp)")),
        ("enter", ADA, pages.SearchFromPage('salt origin:zenda person:"Ada Pelham"')),
        ("V", ADA, None),
        ("d", KELP, None),
        ("m", KELP, pages.ChooseRow(KELP)),
    ],
)
def test_keys_of_a_person(key: str, row: FoundPerson, wanted: Any) -> None:
    assert does(key, row) == wanted
    assert [each.does(PAGE) for each in REPORT.page_keys] == [UndoPeople()]  # u


@pytest.mark.parametrize(
    ("key", "row", "change", "says"),
    [
        ("d", ADA, ChangePerson("drop", ADA), "person: will no longer find"),
        ("x", KELP, ChangePerson("nobody", KELP), "no longer be listed"),
    ],
)
def test_a_change_that_forgets_says_first_what_it_does(
    key: str, row: FoundPerson, change: ChangePerson, says: str
) -> None:
    asked = the(effects.AskMenu, [does(key, row)])
    assert says in asked.note
    assert says in asked.note
    assert [(each.key, each.does) for each in asked.items] == [
        (key, change),
        ("k", effects.Notify("Nothing was changed.")),
    ]


@pytest.mark.parametrize(
    ("key", "row", "proposed", "change"),
    [
        ("V", KELP, "Kelp", ChangePerson("confirm", KELP, "X")),
        ("r", KELP, "Kelp", ChangePerson("confirm", KELP, "X")),
        ("r", ADA, "Ada Pelham", ChangePerson("rename", ADA, "X")),
        ("V", replace(KELP, full_name="Bo Kelp"), "Bo Kelp", None),
    ],
)
def test_a_name_is_asked_for(
    key: str, row: FoundPerson, proposed: str, change: ChangePerson | None
) -> None:
    asked = the(effects.AskLine, [does(key, row)])
    assert asked.proposed == proposed
    assert "archive" in asked.note
    assert change is None or asked.typed("X") == change


def test_two_are_merged_by_choosing_one_and_then_the_other() -> None:
    page = replace(PAGE, chosen=KELP)
    assert does("m", ADA, page) == ChangePerson("merge", KELP, other=ADA)
    assert does("m", KELP, page) == pages.ChooseRow(None)
    assert "Kelp: go to the other entry for this person" in REPORT.head(page, 80)
    assert "? a guess; V confirms it" in REPORT.head(PAGE, 80)


def test_a_spelling_is_chosen_to_be_split_off_and_gets_a_name_without_its_title() -> None:
    for row, wanted in (
        (KELP, [("Minister Kelp", "2", "Kelp"), ("Bo Kelp", "1", "Bo Kelp")]),
        (replace(ADA, spellings=("PM Pelham",)), [("PM Pelham", "", "Pelham")]),
    ):
        lines = the(effects.AskMenu, [does("M", row)]).items
        assert [(each.label, each.detail, each.does.proposed) for each in lines] == wanted
        assert all(f"not {row.name}" in each.does.note for each in lines)
        split = ChangePerson("split", row, "X", form=lines[0].label)
        assert lines[0].does.typed("X") == split


def test_a_surname_that_stands_alone_cannot_be_split_off() -> None:
    alone = replace(KELP, written=(Written("Kelp", 2, "Kelp"),))
    assert "alone could be anyone" in does("M", alone).note


def test_where_somebody_is_named_is_a_concordance_and_back_comes_to_the_page() -> None:
    session = walk(
        ready("salt origin:zenda"), pages.OpenPage(OF), pages.RowsCame((KELP,), Tally(), done=True)
    )
    session, wanted = step(session, does("O", KELP))
    assert session.page is not None
    asked = "(=kelp or =kulp) origin:zenda"
    assert (session.page.of.name, session.page.ask.query) == ("concordance", asked)
    assert kinds(wanted) == [effects.Stop, pages.ReadPage]
    session = walk(session, pages.ClosePage(at_once=True))
    assert session.page is not None
    assert (session.page.of, session.page.rows) == (OF, (KELP,))


def left(*, done: bool = True) -> Session:
    """A page of people that was read, and left."""
    session = walk(
        ready("salt"), pages.OpenPage(OF), pages.RowsCame((KELP,), Tally(), whole=True, done=done)
    )
    return walk(session, pages.ClosePage(at_once=True))


def test_only_a_page_of_the_same_cables_that_was_read_to_its_end_is_kept() -> None:
    session, wanted = step(left(), pages.OpenPage(OF))
    assert (wanted, session.page and session.page.rows) == ((), (KELP,))
    assert kinds(step(left(done=False), pages.OpenPage(OF))[1]) == [pages.ReadPage]
    more = replace(left(), hits=Hits((10, 20, 30, 40, 50), 5))
    assert kinds(step(more, pages.OpenPage(OF))[1]) == [pages.ReadPage]


def test_escape_first_forgets_who_was_chosen() -> None:
    session = walk(ready("salt"), pages.OpenPage(OF), pages.RowsCame((KELP,), Tally(), done=True))
    session = walk(session, pages.ChooseRow(KELP), pages.ClosePage())
    assert session.page is not None
    assert session.page.chosen is None
    assert walk(session, pages.ClosePage()).page is None


def test_a_line_says_how_sure_it_is_and_names_are_no_markup() -> None:
    lines = ["".join(text for text, _ in REPORT.pieces(each, 100)) for each in (KELP, ADA, ODD)]
    assert "? Kelp" in lines[0]
    assert "2004-2006  Minister Kelp, Bo Kelp" in lines[0]
    assert "✓ Ada Pelham" in lines[1]
    assert "protect! " in lines[1]
    assert "[/x] [red]Kelp" in lines[2]
    assert "\x1b" not in lines[2]
    assert all(width(line) <= 100 for line in lines)
    assert "several? Bo, Dora" in REPORT.detail(PAGE, KELP)[2]
    assert all(word in REPORT.text_of(KELP) for word in ("Rabat", "Minister Kelp"))
    assert "Pelham" in REPORT.text_of(ADA)


def test_rows_that_have_no_hash_are_painted_and_a_chosen_one_has_its_marker() -> None:
    page = Page(OF, OF.report.ask(), (KELP, ADA), reading=False)
    painted = shown("j", page=replace(page, chosen=KELP))[1]
    assert any("+" in line and "Kelp" in line for line in painted)
    assert "Ada Pelham" in here(painted)

"""The page of people: keys, filter, hostile texts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from cable_tui.reports.table import REPORTS
from cable_tui.session.base import Action
from cable_tui.session.feature_state import PeopleView, PersonEntry
from cable_tui.session.features.source_criticism.people import (
    ChangePerson,
    ClosePeople,
    CountPeople,
    ReadMentions,
    SearchPerson,
    TakeBackPeople,
)
from cable_tui.tui.source_criticism.people import PeoplePage, detail_lines, entry_line, matching
from cable_tui.value import replace

HOSTILE = "[/x] [red]Kelp \x1b]0;owned\x07"
KELP = PersonEntry(
    "Kelp",
    confirmed=False,
    cables=7,
    written=(("PM Kelp", 5), ("Bo Kelp", 2)),
    spellings=("Kelp",),
    given=("Bo", "Dora"),
    full_name="Kelp",
    years=("2004", "2009"),
    posts=(("Embassy Rabat", 7),),
)
ADA = PersonEntry("Ada Pelham", confirmed=True, cables=2, spellings=("Pelham",), protected=True)
ODD = PersonEntry(HOSTILE, confirmed=False, cables=1, written=((HOSTILE, 1),))
VIEW = PeopleView("salt", (KELP, ADA, ODD), 3, 9, 9, 30, reading=False, whole=True)
Walk = Callable[[PeoplePage, Pilot[None]], Awaitable[None]]


def dispatched(*keys: str, view: PeopleView = VIEW, look: Walk | None = None) -> list[Action]:
    """What the page asks for."""
    asked: list[Action] = []

    async def go() -> None:
        app: App[None] = App()
        async with app.run_test(size=(80, 24)) as pilot:
            page = PeoplePage(asked.append)
            await app.push_screen(page)
            page.show(view)
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()
            if look is not None:
                await look(page, pilot)

    asyncio.run(go())
    return asked


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        (("enter",), [SearchPerson(KELP)]),
        (("j", "enter"), [SearchPerson(ADA)]),
        (("escape",), [ClosePeople()]),
        (("q",), [ClosePeople()]),
        (("f5",), [CountPeople()]),
        (("u",), [TakeBackPeople()]),
        (("j", "o"), [ReadMentions(ADA, REPORTS["concordance"])]),
        (("c", "enter"), [ChangePerson("confirm", KELP, "Kelp")]),
        (("c", "backspace", "k", "enter"), [ChangePerson("confirm", KELP, "k")]),
        (("c", "escape"), []),
        (("j", "c"), []),  # confirmed already
        (("r", "enter"), [ChangePerson("confirm", KELP, "Kelp")]),
        (("j", "r", "x", "enter"), [ChangePerson("rename", ADA, "x")]),
        (("j", "d"), [ChangePerson("drop", ADA)]),
        (("d",), []),
        (("m", "j", "m"), [ChangePerson("merge", KELP, "", ADA)]),
        (("m", "m"), []),
        (("m", "escape", "j", "m"), []),
        (("s", "j", "enter"), [ChangePerson("split", KELP, "Bo Kelp")]),
        (("j", "s", "enter"), [ChangePerson("split", ADA, "Pelham")]),
        (("slash", "a", "d", "a", "enter", "enter"), [SearchPerson(ADA)]),
        (("slash", "a", "escape", "escape", "escape"), [ClosePeople()]),
        (("slash", "z", "z", "enter", "c", "enter"), []),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_keys_do_what_the_last_line_says(keys: tuple[str, ...], wanted: list[Action]) -> None:
    assert dispatched(*keys) == wanted


def test_what_was_read_is_said_and_that_candidates_are_guesses() -> None:
    async def look(page: PeoplePage, _: Pilot[None]) -> None:
        text = str(page.query_one(".marks-lists", Static).content)
        assert "3 names · 9 texts, the first of 30 · salt" in text
        assert "a guess by title and surname" in text
        reading = replace(VIEW, reading=True, read=4, said="Bo Kelp is confirmed")
        page.show(reading)
        text = str(page.query_one(".marks-lists", Static).content)
        assert "4 of 9 texts read" in text
        assert "Bo Kelp is confirmed" in text

    dispatched(look=look)


def test_the_cursor_stays_on_its_person_while_the_list_grows() -> None:
    async def look(page: PeoplePage, _: Pilot[None]) -> None:
        lines = page.query_one(OptionList)
        assert lines.highlighted == 1
        page.show(replace(VIEW, entries=(ODD, KELP, ADA)))
        assert lines.highlighted == 2

    dispatched("j", look=look)


def test_what_was_shown_before_the_page_is_there_is_on_it() -> None:
    async def go() -> None:
        app: App[None] = App()
        async with app.run_test(size=(80, 24)) as pilot:
            page = PeoplePage(lambda _: None)
            page.show(VIEW)
            await app.push_screen(page)
            await pilot.pause()
            assert page.query_one(OptionList).option_count == 3

    asyncio.run(go())


def test_a_line_says_how_sure_it_is_and_names_are_no_markup() -> None:
    assert "candidate" in entry_line(KELP, marked=False).plain
    assert "confirmed" in entry_line(ADA, marked=True).plain
    assert "protect! " in entry_line(ADA, marked=True).plain
    assert "[/x] [red]Kelp" in entry_line(ODD, marked=False).plain
    assert "\x1b" not in entry_line(ODD, marked=False).plain + "".join(detail_lines(ODD))
    assert "several? Bo, Dora" in detail_lines(KELP)[2]
    dispatched("j", "j")


def test_the_filter_looks_at_names_ways_to_write_and_posts() -> None:
    assert matching(VIEW.entries, "rabat bo") == [KELP]
    assert matching(VIEW.entries, "pelham") == [ADA]
    assert matching(VIEW.entries, "rabat pelham") == []


def test_the_page_is_come_back_to_at_its_person() -> None:
    async def look(page: PeoplePage, _: Pilot[None]) -> None:
        assert page.query_one(OptionList).highlighted == 1

    asked: list[Action] = []

    async def go() -> None:
        app: App[None] = App()
        async with app.run_test(size=(80, 24)) as pilot:
            page = PeoplePage(asked.append)
            page.show(replace(VIEW, here="Ada Pelham"))
            await app.push_screen(page)
            await pilot.pause()
            await look(page, pilot)

    asyncio.run(go())


@pytest.mark.parametrize(
    ("reading", "said"), [(True, "Reading the texts ..."), (False, "Nobody here.")]
)
def test_an_empty_page_says_whether_texts_are_still_read(reading: bool, said: str) -> None:
    async def look(page: PeoplePage, _: Pilot[None]) -> None:
        found.append(str(page.query_one(".people-detail", Static).render()))

    found: list[str] = []
    dispatched(view=PeopleView(reading=reading), look=look)
    assert found == [said]

"""What is the same on every page: late answers, stop, Esc, q, Backspace, `/`, `?`, the way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from cable_tui.reports.table import REPORTS
from cable_tui.session import effects
from cable_tui.session.features import opened_cable
from cable_tui.session.features.pages import LeaveFor, OpenPage, PutCursor, RowsCame
from cable_tui.session.step import step
from cable_tui.session.values import Action, Effect
from cable_tui.text.tally import Tally
from cable_tui.tui.main import render
from cable_tui.tui.main.effect_runner import is_late, on_screen
from cable_tui.tui.pages.report_page import ReportPage, all_keys
from cable_tui.tui.pages.room_page import RoomPage
from cable_tui.tui.widgets.host import RunStamp
from tests.command_cases import ListedKeys, ReportCase, found, reports
from tests.session import cable, ready
from tests.tui.pages.page_stage import PageCase
from tests.tui.stage import PageStage


class PageRoom(PageStage):
    """A room without an archive: its session, its pages, and what it asks of the archive."""

    def __init__(self, case: PageCase) -> None:
        super().__init__()
        self.case = case
        self.session = ready("lamp")
        self.asked: list[Effect] = []
        self.runs: Counter[str] = Counter()

    def dispatch(self, action: Action) -> None:
        old = self.session
        self.session, wanted = step(old, action)
        for painter in (render._report, render._pages):
            painter(cast("Any", self), old, self.session)
        for effect in wanted:
            if isinstance(effect, effects.Stop) or effect.latest:
                group = effect.group if isinstance(effect, effects.Stop) else effect.latest
                self.runs[group] += 1
            if isinstance(effect, self.case.shows):
                show = on_screen(type(effect))
                assert show is not None
                show(cast("Any", self), effect)
        self.asked += wanted

    def page(self) -> RoomPage | None:
        return self.screen if isinstance(self.screen, RoomPage) else None


def report_case(case: ReportCase) -> PageCase:
    def came(done: bool) -> Sequence[Action]:
        return [RowsCame(case.rows, Tally(1, 9), whole=True, done=done, answer=case.answer)]

    return PageCase(
        case.name,
        ReportPage,
        lambda: OpenPage(REPORTS[case.name], case.asked),
        came,
        lambda page: cast("ReportPage", page)._rows.at,
        leave=lambda: LeaveFor(20),
    )


CASES: dict[str, PageCase] = {
    **{case.name: report_case(case) for case in reports().values()},
    **{case.name: case for case in found(PageCase)},
}


def test_every_report_has_a_case_beside_its_tests() -> None:
    assert set(reports()) == set(REPORTS)


async def fill(room: PageRoom, pilot: Pilot[None], case: PageCase, *, done: bool) -> RoomPage:
    """The page, open and with rows."""
    room.dispatch(case.opened())
    for action in case.rows(done):
        room.dispatch(action)
    await pilot.pause()
    page = room.page()
    assert isinstance(page, case.kind)
    return page


def _reading(asked: Sequence[Effect]) -> str:
    """The group of what reads for the page."""
    (group,) = {each.latest for each in asked if each.latest}
    return group


@pytest.mark.parametrize("name", CASES)
async def test_each_page_stops_closes_filters_lists_its_keys_and_is_come_back_to(name: str) -> None:
    case = CASES[name]

    room = PageRoom(case)
    async with room.run_test(size=(80, 24)) as pilot:
        # Esc stops and then closes; what still comes is late.
        page = await fill(room, pilot, case, done=False)
        group = _reading(room.asked)
        stamp = RunStamp(group, room.runs[group])
        assert not is_late(cast("Any", room), stamp)
        await pilot.press("escape")
        assert (room.page() is page) == case.stops
        if case.stops:
            assert "stopped" in "\n".join(room.painted())
            await pilot.press("escape")
        assert room.page() is None
        assert is_late(cast("Any", room), stamp)
        # So do q and Backspace, at once.
        for key in ("q", "backspace"):
            await fill(room, pilot, case, done=False)
            await pilot.press(key)
            assert room.page() is None
            assert isinstance(room.asked[-1], effects.Stop)
        # `/` asks again or filters, and Esc empties the filter; `?` lists the keys.
        page = await fill(room, pilot, case, done=True)
        await pilot.press("slash")
        await pilot.pause()
        if isinstance(room.asked[-1], effects.AskLine):
            said = "asks again"
        else:
            said = "filters"
            line = page.query_one(Input)
            assert line.has_focus
            await pilot.press("x", "y", "z", "escape")
            assert (line.value, page.pane.has_focus, room.page()) == ("", True, page)
        await pilot.press("question_mark")
        await pilot.pause()
        listed = "\n".join(room.painted())
        assert room.screen is not page
        assert all(each in listed for each in ("Esc", "loses", "/"))
        assert said in listed or not case.says_what_slash_does
        await pilot.press("escape")
        # Back comes to the same row.
        await pilot.press("j")
        row = case.at(page)
        if case.leave is None:
            await pilot.press("enter")
        else:
            at = cast("int", row)
            room.dispatch(PutCursor(at))
            room.dispatch(case.leave())
        for each in room.asked[-3:]:
            if isinstance(each, effects.GoToCable):  # the archive finds it
                found = opened_cable.ReferenceResolved(each.reference, 20, None, each.page)
                room.dispatch(found)
        await pilot.pause()
        assert room.page() is None
        room.dispatch(opened_cable.CableShown(20, cable(20, "1")))
        room.dispatch(opened_cable.GoBack())
        if case.read_again is not None:
            for action in case.rows(True):
                room.dispatch(case.read_again(room.asked, action))
        await pilot.pause()
        await pilot.pause()
        again = room.page()
        assert isinstance(again, case.kind)
        assert case.at(again) == row


@pytest.mark.parametrize(
    ("name", "case"),
    [(case.name, each) for case in reports().values() for each in case.listed_keys],
)
def test_a_key_that_does_nothing_on_a_page_is_not_listed_there(name: str, case: ListedKeys) -> None:
    report = REPORTS[name].report
    listed = {key for key, _ in all_keys(report, case.asked)}
    assert not listed & case.dead
    assert case.alive <= listed
    assert case.dead <= {key for key, _ in all_keys(report)}  # of some page it is a key

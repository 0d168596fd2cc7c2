"""The tour, taken by a reader who presses what its line names, in a small and a large terminal."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

from textual.pilot import Pilot

from benchmarks.still import painted as top_screen
from benchmarks.still import settled
from cable_tui.text import width
from cable_tui.tools.tour.command import WORDS
from cable_tui.tools.tour.room import first_actions, hint, tour_of
from cable_tui.tui.commands import keyboard
from cable_tui.tui.start.app import CableTui
from cable_tui.tui.start.first_rows import StartRequest
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, build_index, write_page
from tests.tui.rooms import open_room, painted, until

BEGUN, OFFERED = (
    StartRequest(then=partial(first_actions, WORDS, begins=begins)) for begins in (True, False)
)
on_tour = partial(open_room, notifications=True)
_TOKEN = re.compile(r"\{([\w.]+)\}|`([^`]+)`")


def shown(app: CableTui) -> str:
    """The line of the tour as it is painted; empty where none is."""
    lines = [each for each in painted(app) if re.match(r" (Tour )?\d/9 |.*New here\?", each)]
    assert len(lines) <= 1
    return lines[0] if lines else ""


def keys_of(said: str) -> list[str]:
    """The keys that a hint asks for, as one presses them; what follows a semicolon is a remark."""
    keys = {each.id: each.keys[0] for each in keyboard.current() if each.keys}
    if not said.startswith("{copy.menu}"):
        said = said.partition(";")[0]
    pressed: list[str] = []
    for found in _TOKEN.finditer(said):
        pressed += [keys[found[1]]] if found[1] else list(found[2])
    return pressed


async def obey(app: CableTui, pilot: Pilot[int]) -> None:
    """Press what the line says, and wait until it says something else."""
    session = app.room.session
    before = (tour_of(session).at, hint(session))
    # The words of a step may still be looked for.
    for _ in range(20):
        await pilot.pause(0.02)
        if tour_of(session).at not in {1, 2} or tour_of(app.room.session).slip:
            break
    for key in keys_of(hint(app.room.session)):
        await pilot.press(key)
        await pilot.pause(0.05)
    for _ in range(60):
        session = app.room.session
        if (tour_of(session).at, hint(session)) != before:
            break
        await pilot.pause(0.02)


async def through(app: CableTui, pilot: Pilot[int], upto: int | None = None) -> list[int]:
    """Obey until a step is reached, or the tour is over; the steps that were there."""
    seen: list[int] = []
    for _ in range(60):
        at = tour_of(app.room.session).at
        if at is None or at == upto:
            return seen
        if at not in seen:
            seen.append(at)
        line = shown(app)
        assert f"{at + 1}/9" in line, painted(app)
        assert "F2 leaves" in line
        assert width(line) <= app.size.width
        await obey(app, pilot)
    raise AssertionError((hint(app.room.session), painted(app)))


async def test_whoever_presses_what_the_line_names_takes_all_nine_steps(
    indexed: Path, tmp_path: Path
) -> None:
    async with on_tour(indexed, tmp_path, wanted=BEGUN) as (app, pilot):
        assert await through(app, pilot, upto=9) == list(range(9))
        session = app.room.session
        assert session.query.filters
        assert session.query.has_words
        assert session.notebook.marks
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.room, app)
        assert "9/9 F3 tries a tool in two steps; g lists everything" in shown(app)
        said = [notice.text for notice in app.notices]
        assert any("reference" in each for each in said), said


async def test_the_line_stays_in_sight_below_a_page(indexed: Path, tmp_path: Path) -> None:
    async with on_tour(indexed, tmp_path, wanted=BEGUN) as (app, pilot):
        for key in ("enter", *["f3"] * 10, "c", "g", "t"):
            await pilot.press(key)
            await settled(app, pilot)
        *_, frame, line, _, _ = top_screen(app)
        assert "cables" in frame
        assert " 2/2 Enter opens the cable there" in line
        await pilot.press("f2")
        await settled(app, pilot)
        *_, frame, notice = top_screen(app)
        assert "cables" in frame
        assert "The tour has ended" in notice


async def test_an_archive_of_ones_own_has_the_tour_with_its_own_words(tmp_path: Path) -> None:
    for each in (BRIDGE, GOATS, LAMPS):
        write_page(tmp_path / "cables", each)
    build_index(tmp_path / "cables", tmp_path / "cache")

    async with open_room(tmp_path, tmp_path / "home", size=(200, 60)) as (app, pilot):
        await pilot.press("f2")
        await through(app, pilot, upto=1)
        await until(pilot, lambda: tour_of(app.room.session).word != "", app)
        assert tour_of(app.room.session).word not in WORDS
        await through(app, pilot, upto=3)
        assert app.room.session.hits.corrections


def known(state: Path) -> object:
    """Whether the tour is known to this reader, who is offered it no more."""
    choices = json.loads((state / "state" / "choices.json").read_text(encoding="utf-8"))
    return choices["tour"]


async def test_the_first_start_of_the_demo_offers_the_tour_and_no_other_start_does(
    indexed: Path, tmp_path: Path
) -> None:
    async with on_tour(indexed, tmp_path, wanted=OFFERED) as (app, pilot):
        await until(pilot, lambda: "New here?" in shown(app), app)
        assert "F2" in shown(app)
        await pilot.press("j")
        assert "New here?" in shown(app)
        await pilot.press("f3")
        assert shown(app) == ""
    assert known(tmp_path)
    async with on_tour(indexed, tmp_path, wanted=OFFERED) as (app, pilot):
        assert shown(app) == ""
        await pilot.press("f2")
        assert "1/9 Narrow" in shown(app)


async def test_the_tour_can_be_left_from_a_dialog_and_the_bar_and_its_line_stays_in_sight(
    indexed: Path, tmp_path: Path
) -> None:
    async with on_tour(indexed, tmp_path, wanted=BEGUN) as (app, pilot):
        assert "1/9 Narrow" in shown(app)
        assert known(tmp_path)
        await pilot.press("b")
        await until(pilot, lambda: any("Bookmarked" in line for line in painted(app)), app)
        assert shown(app).endswith("F2 leaves")
        for key in ("y", "comma", "question_mark", "apostrophe", "colon"):
            await pilot.press(key)
            await until(pilot, lambda: app.screen is not app.room, app)
            await pilot.press("f2")
            await until(pilot, lambda: tour_of(app.room.session).at is None, app)
            assert app.screen is not app.room
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.room, app)
            await pilot.press("f2")
            assert tour_of(app.room.session).at is not None
        await pilot.press("slash", *"kelp", "f2")
        assert (tour_of(app.room.session).at, app.room.bar.value) == (None, "kelp")
        await pilot.press("s")
        assert app.room.bar.value == "kelps"

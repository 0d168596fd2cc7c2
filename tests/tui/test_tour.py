"""The tour, taken by a reader who presses what its line names, in a small and a large terminal."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cable_tui import demo
from cable_tui.archive.build.indexer import index
from cable_tui.cli.demo import WORDS
from cable_tui.session.features.tour import TOUR, hint
from cable_tui.settings import Paths, Settings
from cable_tui.text import width
from cable_tui.tui.app import CableTui
from cable_tui.tui.commands import table
from cable_tui.tui.commands.table import COMMANDS
from cable_tui.tui.first_rows import StartRequest, TourRequest
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, write_page

Steps = Callable[[CableTui, Pilot[int]], Awaitable[None]]
BEGUN, OFFERED = TourRequest(begin=True, words=WORDS), TourRequest(words=WORDS)
_TOKEN = re.compile(r"\{([\w.]+)\}|`([^`]+)`")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, and a small archive of other cables, both indexed."""
    place = tmp_path_factory.mktemp("tour")
    demo.write(place / "demo")
    for each in (BRIDGE, GOATS, LAMPS):
        write_page(place / "other", each)
    for name in ("demo", "other"):
        for _ in index(place / name, place / "cache"):
            pass
    return place


def take(
    place: Path,
    state: Path,
    steps: Steps,
    *,
    asked: TourRequest | None = BEGUN,
    size: tuple[int, int] = (80, 24),
    archive: str = "demo",
    settings: Settings | None = None,
) -> CableTui:
    """Open the room, take the steps, and close it."""
    paths = Paths(state / "config.toml", state / "data", place / "cache", state / "state")
    app = CableTui(place / archive, settings or Settings(no_index=True), paths, StartRequest())
    app.tour = asked

    async def run() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await until(pilot, app, lambda: app.entered is not None)
            await until(pilot, app, lambda: app.room.session.hits.count > 0)
            await steps(app, pilot)
        if app.builder is not None:
            app.builder.stop()

    try:
        asyncio.run(run())
    finally:
        table.use(COMMANDS)
    return app


async def until(pilot: Pilot[int], app: CableTui, holds: Callable[[], bool]) -> None:
    """Wait for workers; a walk that gets nowhere fails with what the tour says."""
    for _ in range(3000):
        if holds():
            await pilot.pause()
            return
        await pilot.pause(0.02)
    raise AssertionError((app.screen, app.focused, hint(app.room.session), painted(app)))


def painted(app: CableTui) -> list[str]:
    """The lines of the screen under all dialogs."""
    return [strip.text.rstrip() for strip in app.room._compositor.render_strips()]


def shown(app: CableTui) -> str:
    """The line of the tour as it is painted; empty where none is."""
    lines = [each for each in painted(app) if re.match(r" (Tour )?\d/9 |.*New here\?", each)]
    assert len(lines) <= 1
    return lines[0] if lines else ""


def keys_of(said: str) -> list[str]:
    """The keys that a hint asks for, as one presses them; what follows a semicolon is a remark."""
    keys = {each.id: each.keys[0] for each in table.current()}
    if not said.startswith("{copy.menu}"):
        said = said.partition(";")[0]
    pressed: list[str] = []
    for found in _TOKEN.finditer(said):
        pressed += [keys[found[1]]] if found[1] else list(found[2])
    return pressed


async def obey(app: CableTui, pilot: Pilot[int]) -> None:
    """Press what the line says, and wait until it says something else."""
    session = app.room.session
    before = (session.tour.at, hint(session))
    # The words of a step may still be looked for.
    for _ in range(20):
        await pilot.pause(0.02)
        if session.tour.at not in {1, 2} or app.room.session.tour.slip:
            break
    for key in keys_of(hint(app.room.session)):
        await pilot.press(key)
        await pilot.pause(0.05)
    for _ in range(60):
        session = app.room.session
        if (session.tour.at, hint(session)) != before:
            break
        await pilot.pause(0.02)


async def through(app: CableTui, pilot: Pilot[int], upto: int | None = None) -> list[int]:
    """Obey until a step is reached, or the tour is over; the steps that were there."""
    seen: list[int] = []
    for _ in range(60):
        at = app.room.session.tour.at
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


def test_whoever_presses_what_the_line_names_takes_all_nine_steps(
    place: Path, tmp_path: Path
) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        assert await through(app, pilot) == list(range(9))
        session = app.room.session
        assert session.query.filters
        assert session.query.has_words
        assert session.notebook.marks
        await pilot.press("escape")
        await until(pilot, app, lambda: app.screen is app.room)
        assert shown(app) == ""
        said = [notice.text for notice in app.notices]
        assert any("That was the tour" in each for each in said)
        assert any("reference" in each for each in said), said

    take(place, tmp_path, steps)


def test_an_archive_of_ones_own_has_the_tour_with_its_own_words(
    place: Path, tmp_path: Path
) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await pilot.press("f2")
        await through(app, pilot, upto=1)
        await until(pilot, app, lambda: app.room.session.tour.word != "")
        assert app.room.session.tour.word not in WORDS
        await through(app, pilot, upto=3)
        assert app.room.session.hits.corrections

    take(place, tmp_path, steps, asked=None, size=(200, 60), archive="other")


def test_the_tour_can_be_left_at_each_step_and_the_room_stays_as_it_is(
    place: Path, tmp_path: Path
) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        for at in range(9):
            for _ in range(at):
                await pilot.press("f3")
            assert f"{at + 1}/9 {TOUR[at].name}: " in shown(app)
            before = app.room.session
            await pilot.press("f2")
            assert app.room.session.tour.at is None
            assert shown(app) == ""
            same = ("text", "pane", "at", "opened", "past")
            assert [getattr(app.room.session, each) for each in same] == [
                getattr(before, each) for each in same
            ]
            await pilot.press("f2")

    take(place, tmp_path, steps)


def test_the_tour_can_be_left_from_the_search_bar_and_takes_no_key_of_it(
    place: Path, tmp_path: Path
) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await pilot.press("slash", *"kelp", "f2")
        assert (app.room.session.tour.at, app.room.bar.value) == (None, "kelp")
        await pilot.press("s")
        assert app.room.bar.value == "kelps"

    take(place, tmp_path, steps)


def test_the_first_start_of_the_demo_offers_the_tour_and_no_other_start_does(
    place: Path, tmp_path: Path
) -> None:
    async def offered(app: CableTui, pilot: Pilot[int]) -> None:
        await until(pilot, app, lambda: "New here?" in shown(app))
        assert "F2" in shown(app)
        await pilot.press("j")
        assert "New here?" in shown(app)
        await pilot.press("f3")
        assert shown(app) == ""

    async def silent(app: CableTui, pilot: Pilot[int]) -> None:
        assert shown(app) == ""
        await pilot.press("f2")
        assert "1/9 Narrow" in shown(app)

    take(place, tmp_path, offered, asked=OFFERED)
    choices = tmp_path / "state" / "choices.json"
    assert json.loads(choices.read_text(encoding="utf-8"))["tour"] is True
    take(place, tmp_path, silent, asked=OFFERED)


def test_whoever_began_the_tour_is_offered_none_later(place: Path, tmp_path: Path) -> None:
    async def silent(app: CableTui, pilot: Pilot[int]) -> None:
        assert shown(app) == ""

    async def begun(app: CableTui, pilot: Pilot[int]) -> None:
        assert "1/9 Narrow" in shown(app)

    take(place, tmp_path, begun, asked=BEGUN)
    take(place, tmp_path, silent, asked=OFFERED)


def test_the_line_names_the_keys_that_the_reader_has_chosen(place: Path, tmp_path: Path) -> None:
    settings = Settings(keys={"pane.library": ("L",), "help.tour": ("f12",), "mark.toggle": ("m",)})

    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        assert "Narrow: L to the library" in shown(app)
        assert "F12 leaves" in shown(app)
        await pilot.press("L")
        assert "Space keeps only its cables" in shown(app)
        for _ in range(6):
            await pilot.press("f3")
        assert "Mark: m bookmarks this cable" in shown(app)

    take(place, tmp_path, steps, settings=settings)


def test_a_step_may_be_done_by_the_mouse(place: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await pilot.click("#library", offset=(6, 4))
        await until(pilot, app, lambda: app.room.session.tour.at == 1)
        assert "2/9 Search" in shown(app)

    take(place, tmp_path, steps, size=(120, 40))


def test_notices_leave_the_line_in_sight(place: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await pilot.press("b")
        await until(pilot, app, lambda: bool(app.room.session.notebook.marks))
        await until(pilot, app, lambda: any("Bookmarked" in line for line in painted(app)))
        assert shown(app).endswith("F2 leaves")

    take(place, tmp_path, steps)


def test_the_tour_can_be_left_from_a_dialog_which_stays_open(place: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        for key in ("y", "f9", "question_mark", "apostrophe", "colon"):
            await pilot.press(key)
            await until(pilot, app, lambda: app.screen is not app.room)
            await pilot.press("f2")
            await until(pilot, app, lambda: app.room.session.tour.at is None)
            assert app.screen is not app.room
            await pilot.press("escape")
            await until(pilot, app, lambda: app.screen is app.room)
            await pilot.press("f2")
            assert app.room.session.tour.at is not None

    take(place, tmp_path, steps)

import asyncio
from collections.abc import Awaitable, Callable

from textual.pilot import Pilot

from cable_tui.session import effects
from cable_tui.session.feature_state import Cited, Citing, Context
from cable_tui.session.features.context import WantContext
from cable_tui.tui.base.messages import ActionPosted
from cable_tui.tui.context.pane import ContextPane
from tests.tui.stage import Stage

_CONTEXT = Context(
    1,
    tuple(Cited(f"08STATE{n}", "ABC"[n], n != 1, False, "2008", f"Ice {n}") for n in range(3)),
    tuple(Citing(f"09ZENDA{n}", "2009", "", str(n), "Ice [/x] is \x1b thin.") for n in range(30)),
    more=4,
    listed=True,
)


def _play(play: Callable[[Stage, ContextPane, Pilot[None]], Awaitable[None]]) -> None:
    async def go() -> None:
        app = Stage(pane := ContextPane())
        async with app.run_test(size=(40, 20)) as pilot:
            pane.show(_CONTEXT)
            await pilot.pause()
            await play(app, pane, pilot)

    asyncio.run(go())


def posted(app: Stage) -> list[object]:
    return [each.action for each in app.label if isinstance(each, ActionPosted)]


def test_a_pane_that_is_seen_asks_for_what_it_is_to_show() -> None:
    async def play(app: Stage, pane: ContextPane, pilot: Pilot[None]) -> None:
        assert WantContext() in posted(app)

    _play(play)


def test_the_cursor_goes_over_cables_and_stops_at_the_ends() -> None:
    async def play(app: Stage, pane: ContextPane, pilot: Pilot[None]) -> None:
        assert pane.chosen == effects.GoToCable("08STATE0")
        pane.move_by(1)
        assert pane.chosen == effects.GoToCable("08STATE1")
        pane.move_by(2)
        assert pane.chosen == effects.GoToCable("09ZENDA0", "0")
        pane.bottom()
        await pilot.pause()
        assert pane.chosen == effects.GoToCable("09ZENDA29", "29")
        assert any("09ZENDA29" in line for line in app.painted())
        assert not any("\x1b" in line for line in app.painted())
        pane.page(-1)
        pane.top()
        await pilot.pause()
        first, second = app.painted()[1:3]
        assert "▌" not in first  # the heading comes along
        assert "▌" in second
        assert pane.chosen == effects.GoToCable("08STATE0")
        pane.to_section(citing=True)
        assert pane.chosen == effects.GoToCable("09ZENDA0", "0")
        pane.to_section(citing=False)
        assert pane.chosen == effects.GoToCable("08STATE0")

    _play(play)


def test_a_click_goes_to_the_cable_that_was_hit() -> None:
    async def play(app: Stage, pane: ContextPane, pilot: Pilot[None]) -> None:
        row = next(y for y, line in enumerate(app.painted()) if "09ZENDA0" in line)
        await pilot.click(pane, offset=(5, row))
        await pilot.pause()
        assert posted(app)[-1] == effects.GoToCable("09ZENDA0", "0")

    _play(play)


def test_what_is_read_later_leaves_the_cursor_where_it_is() -> None:
    async def play(app: Stage, pane: ContextPane, pilot: Pilot[None]) -> None:
        pane.move_by(4)
        before = pane.chosen
        pane.show(Context(1, _CONTEXT.cited, _CONTEXT.citing, 4, listed=True, complete=True))
        assert pane.chosen == before
        pane.show(Context(2))
        await pilot.pause()
        assert pane.chosen is None
        assert any("Cited by …" in line for line in app.painted())

    _play(play)

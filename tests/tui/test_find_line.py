import asyncio

from cable_tui.session.finding import Finding, Keep, Seek
from cable_tui.tui.find_line import FindLine
from cable_tui.tui.told import Told
from tests.tui.stage import Stage


def test_letters_and_leaving_are_told_and_a_set_text_is_not() -> None:
    async def go() -> None:
        app = Stage(line := FindLine())
        async with app.run_test(size=(60, 12)) as pilot:
            line.show(Finding(open=True, text="[/x]\x1b"))
            assert line.value == "[/x]␛"
            line.show(Finding(open=True))
            line.focus()
            await pilot.press("i", "c")
            await pilot.pause()
            app.screen.set_focus(None)
            await pilot.pause()
        told = [each.action for each in app.told if isinstance(each, Told)]
        assert told == [Seek("i"), Seek("ic"), Keep()]

    asyncio.run(go())

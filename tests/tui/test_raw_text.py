import asyncio

from textual.app import App

from cable_tui.cable import Problem
from cable_tui.session.problems import ShowRaw
from cable_tui.tui.raw_text import RawText


def test_the_text_stands_under_the_reason_and_scrolls_until_esc() -> None:
    text = "\n".join(f"line {number} [/x]" for number in range(100))

    async def go() -> None:
        app: App[None] = App()
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(RawText(ShowRaw(Problem("a [/x].html", 3, "no [u] body"), text)))
            await pilot.pause()
            painted = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
            assert "! Shown as filed: no [u] body" in painted
            assert ".html:3" in str(app.screen.query_one(".raw-box").border_title)
            assert "line 0 [/x]" in painted
            await pilot.press("j", "G", "k", "pageup", "right", "left", "g")
            assert isinstance(app.screen, RawText)
            await pilot.press("escape")
            await pilot.pause()
            assert not isinstance(app.screen, RawText)

    asyncio.run(go())

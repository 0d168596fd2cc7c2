from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip

from cable_tui.session.feature_state import WordsToFind
from cable_tui.session.features.opened_cable import CloseFind, FindText
from cable_tui.session.features.panes import ToggleLayout
from cable_tui.tui.panes.cable.body_view import BodyView
from cable_tui.tui.panes.cable.cable_view import FindLine, HeaderBox
from tests.tui.cables import whole
from tests.tui.stage import Stage


class Noted(BodyView):
    """Keeps the lines of each of its paints."""

    def __init__(self) -> None:
        super().__init__(id="body")
        self.paints: list[str] = []

    def render_lines(self, crop: Region) -> list[Strip]:
        strips = super().render_lines(crop)
        self.paints.append("\n".join(strip.text for strip in strips))
        return strips


async def test_a_box_that_was_never_seen_is_painted_with_its_text_at_once() -> None:
    app = Stage(body := Noted())
    body.display = False
    async with app.run_test(size=(90, 24)) as pilot:
        await pilot.pause()
        body.show(whole())
        body.display = True
        await pilot.pause()
        assert body.paints
        assert all("Summary" in each for each in body.paints)


async def test_a_click_on_the_folded_header_is_told() -> None:
    app = Stage(header := HeaderBox())
    async with app.run_test(size=(60, 16)) as pilot:
        header.show(whole())
        await pilot.click(header, offset=(5, 0))
        await pilot.pause()
        assert app.actions == [ToggleLayout("unfolded")]


async def test_letters_and_leaving_are_told_and_a_set_text_is_not() -> None:
    app = Stage(line := FindLine())
    async with app.run_test(size=(60, 12)) as pilot:
        line.show(WordsToFind(open=True, text="[/x]\x1b"))
        assert line.value == "[/x]␛"
        line.show(WordsToFind(open=True))
        line.focus()
        await pilot.press("i", "c")
        await pilot.pause()
        app.screen.set_focus(None)
        await pilot.pause()
    posted = app.actions
    assert posted == [FindText("i"), FindText("ic"), CloseFind()]

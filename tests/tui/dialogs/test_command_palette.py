"""The command palette that is closed while it looks for commands."""

from __future__ import annotations

from textual.app import App
from textual.command import CommandList

from cable_tui.tui.dialogs.command_palette import RoomPalette


async def test_a_palette_whose_list_is_gone_ends_no_program() -> None:
    """Closing removes the list first: what looks for commands may begin after that."""

    app: App[None] = App()
    async with app.run_test() as pilot:
        palette = RoomPalette()
        app.push_screen(palette)
        await pilot.pause()
        await palette.query_one(CommandList).remove()
        worker = palette._gather_commands("b")
        await worker.wait()
        assert app.is_running
        app.pop_screen()
        await pilot.pause()

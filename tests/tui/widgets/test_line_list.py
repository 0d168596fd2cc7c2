import asyncio
from collections.abc import Hashable

from rich.segment import Segment
from textual.strip import Strip

from cable_tui.tui.widgets.line_list import CachedLineList
from tests.tui.stage import Stage


class Numbers(CachedLineList):
    """One number a line, some of which are doubled."""

    def __init__(self) -> None:
        super().__init__()
        self.doubled: set[int] = set()
        self.made: list[int] = []
        """The lines that were worked out."""

    def line_key(self, y: int) -> Hashable:
        number = y + self.scroll_offset.y
        return number, number in self.doubled

    def render_list_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        self.made.append(number)
        shown = 2 * number if number in self.doubled else number
        return Strip([Segment(f"{shown}")]).adjust_cell_length(self.size.width)

    def on_mount(self) -> None:
        self.resized(1000)


async def _drive(numbers: Numbers, stage: Stage) -> None:
    async with stage.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        assert stage.painted()[:3] == ["0", "1", "2"]
        numbers.made.clear()
        numbers.doubled = {2}
        numbers.repaint()
        await pilot.pause()
        assert (stage.painted()[2], numbers.made) == ("4", [2])
        numbers.made.clear()
        numbers.scroll_to(y=1, animate=False)
        await pilot.pause()
        assert (stage.painted()[0], stage.painted()[1], numbers.made) == ("1", "4", [6])
        numbers.made.clear()
        numbers.repaint()
        await pilot.pause()
        assert numbers.made == []
        await pilot.resize_terminal(10, 4)
        await pilot.pause()
        assert stage.painted() == ["1", "4", "3", "4"]


def test_only_lines_that_were_not_there_are_worked_out() -> None:
    numbers = Numbers()
    asyncio.run(_drive(numbers, Stage(numbers)))

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Sequence
from operator import is_

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.containers import Horizontal, VerticalScroll
from textual.filter import LineFilter, Monochrome
from textual.geometry import Region
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widgets import Static

from cable_tui.tui.panes.results import Results
from cable_tui.tui.widgets.line_list import CachedLineList, CursorList, take_move
from cable_tui.tui.widgets.looks import DARK, LIGHT
from tests.tui.stage import Stage


class NoDigits(LineFilter):
    """A filter that can be seen."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            Segment("".join("#" if sign.isdigit() else sign for sign in text), style)
            for text, style, _ in segments
        ]


class Numbers(CachedLineList):
    """One number a line; some are doubled."""

    def __init__(self) -> None:
        super().__init__()
        self.doubled: set[int] = set()
        self.made: list[int] = []
        """The lines that were worked out."""
        self.heard = 0
        """The width at the last `Resize`."""

    def on_resize(self) -> None:
        super().on_resize()
        self.heard = self.size.width

    def line_key(self, y: int) -> Hashable:
        number = y + self.scroll_offset.y
        return number, number in self.doubled

    def render_list_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        self.made.append(number)
        shown = 2 * number if number in self.doubled else number
        return Strip([Segment(f"{shown}", Style())]).adjust_cell_length(self.line_width, Style())

    def on_mount(self) -> None:
        self.resized(1000)


async def test_a_list_hears_of_its_size_though_a_hidden_widget_is_looked_up_before_the_layout() -> (
    None
):
    beside, hidden, numbers = VerticalScroll(Static("line\n" * 100)), Static(), Numbers()
    hidden.display = False
    stage = Stage(Horizontal(beside, numbers, hidden))
    async with stage.run_test(size=(80, 24)) as pilot:
        for width in (20, 30, 40):
            beside.scroll_to(y=beside.scroll_y + 5, animate=False)
            while not stage.screen._compositor._full_map_invalidated:
                await asyncio.sleep(0)
            beside.styles.width = width
            while numbers.outer_size.width != 80 - width:
                await asyncio.sleep(0)
                _ = hidden.region
            await pilot.pause()
            assert numbers.heard == numbers.size.width


async def test_only_lines_that_were_not_there_are_worked_out() -> None:
    stage = Stage(numbers := Numbers())
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


@pytest.mark.parametrize("frame", ["none", "left", "top"])
async def test_a_line_is_framed_and_filtered_on_every_row(frame: str) -> None:
    stage = Stage(numbers := Numbers())
    async with stage.run_test(size=(20, 6)) as pilot:
        if frame != "none":
            setattr(numbers.styles, f"border_{frame}", ("solid", "red"))
        stage._filters += [Monochrome(), NoDigits()]
        await pilot.pause()
        numbers.scroll_to(y=2, animate=False)
        await pilot.pause()
        numbers.scroll_to(y=1, animate=False)
        await pilot.pause()
        left, rule = "│" if frame == "left" else "", ["─" * 20] if frame == "top" else []
        assert stage.painted() == [*rule, *([f"{left}#"] * 6)][:6]


async def test_a_line_that_was_painted_before_is_the_same_object_on_another_row() -> None:
    stage = Stage(numbers := Numbers())
    async with stage.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        whole = Region(0, 0, 20, 6)
        painted = numbers.render_lines(whole)
        numbers.scroll_to(y=2, animate=False)
        assert [strip.text.strip() for strip in numbers.render_lines(whole)] == list("234567")
        assert all(map(is_, numbers.render_lines(whole), painted[2:]))


async def test_parts_follow_the_theme_and_the_focus() -> None:
    stage = Stage(results := Results())
    seen: list[Style] = []
    async with stage.run_test() as pilot:
        for theme, focused in ((DARK, results), (LIGHT, results), (LIGHT, None), (DARK, results)):
            stage.theme = theme.name
            stage.set_focus(focused)
            await pilot.pause()
            parts = (results.component_style(f"results--{each}") for each in ("cursor", "date"))
            seen.append(sum(parts, Style()))
    dark, light, unfocused, again = seen
    assert again == dark
    assert (light.bold, unfocused.bold) == (True, None)
    assert light.color != dark.color
    assert light.bgcolor != dark.bgcolor


LINES = ("[/x] a line", *(f"line {number}" for number in range(1, 100)))


class Words(CursorList[str]):
    """Lines of a few words."""

    DEFAULT_CSS = "Words { height: 1fr; overflow-y: auto; }"
    PREFIX, LOOKS = "words", ("cursor", "bar", "word")

    def pieces(self, line: str, cells: int) -> Sequence[tuple[str, str]]:
        return [(line[:cells], "word")]


def used(
    keys: Sequence[str], *, lines: Sequence[str] = LINES, click: int | None = None
) -> tuple[int, list[int], list[str]]:
    """Where the cursor is in the end, what was chosen, and the screen of ten lines."""
    chosen: list[int] = []
    words = Words(lambda: chosen.append(words.at))

    async def go() -> list[str]:
        app = Stage(words)
        async with app.run_test(size=(20, 10)) as pilot:
            words.show(lines)
            await pilot.pause()
            for key in keys:
                take_move(words, key)
                await pilot.pause()
            if click is not None:
                await pilot.click(offset=(3, click))
            await pilot.pause()
            return app.painted()

    screen = asyncio.run(go())
    return words.at, chosen, screen


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        (["j", "down", "k"], 1),
        (["up"], 0),
        (["pagedown"], 9),
        (["space", "ctrl+f", "pageup"], 9),
        (["G"], 99),
        (["end", "j"], 99),
        (["end", "home"], 0),
    ],
)
def test_keys_move_the_cursor_within_the_lines_and_keep_it_in_sight(
    keys: list[str], at: int
) -> None:
    found, _, screen = used(keys)
    assert found == at
    (cursor,) = (line for line in screen if line.startswith("▌"))
    assert cursor.rstrip(" ▁▂▃▄▅▆▇█") == f"▌{LINES[at]}"


def test_a_click_moves_and_one_on_the_cursors_line_opens() -> None:
    assert used([], click=4)[:2] == (4, [])
    assert used(["j"], click=1)[:2] == (1, [1])
    assert used([], lines=LINES[:2], click=5)[:2] == (0, [])


def test_a_list_without_a_line_has_none_under_the_cursor() -> None:
    at, _, screen = used(["G"], lines=())
    assert at == 0
    assert not any(screen)


async def test_the_scrollbar_is_painted_only_where_its_thumb_looks_different() -> None:
    stage = Stage(numbers := Numbers())
    async with stage.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        bar = numbers.vertical_scrollbar
        painted: list[float] = []
        paint = type(bar).render

        def noted(bar: ScrollBar) -> object:
            painted.append(bar.position)
            return paint(bar)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(ScrollBar, "render", noted)
            for line in (1, 2, 3, 40, 41, 300, 994):
                numbers.scroll_to(y=line, animate=False)
                await pilot.pause()
                assert bar.position == line
                shown = stage.painted()
                bar.refresh()
                await pilot.pause()
                assert stage.painted() == shown
        assert painted[:4] == [1, 2, 3, 40]

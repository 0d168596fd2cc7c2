import asyncio
from collections.abc import Sequence

from rich.style import Style

from cable_tui.tui.base.theme import DARK, LIGHT
from cable_tui.tui.results.results_list import Results
from tests.tui.stage import Stage


def test_parts_follow_the_theme_and_the_focus() -> None:
    async def go() -> Sequence[Style]:
        results = Results()
        stage = Stage(results)
        seen = []
        async with stage.run_test() as pilot:
            await pilot.pause()
            seen.append(
                results.component_style("results--cursor")
                + results.component_style("results--date")
            )
            stage.theme = LIGHT.name
            await pilot.pause()
            seen.append(
                results.component_style("results--cursor")
                + results.component_style("results--date")
            )
            stage.set_focus(None)
            await pilot.pause()
            seen.append(
                results.component_style("results--cursor")
                + results.component_style("results--date")
            )
            stage.theme = DARK.name
            results.focus()
            await pilot.pause()
            seen.append(
                results.component_style("results--cursor")
                + results.component_style("results--date")
            )
        return seen

    dark, light, unfocused, again = asyncio.run(go())
    assert again == dark
    assert (light.bold, unfocused.bold) == (True, None)
    assert light.color != dark.color
    assert light.bgcolor != dark.bgcolor

import asyncio

import pytest
from textual.app import App

from cable_tui.session.features import opened_cable
from cable_tui.session.features.query_edits import Narrow
from cable_tui.session.values import Action
from cable_tui.tui.dialogs.link_hints import LinkHints, hint_labels


@pytest.mark.parametrize("count", [0, 1, 26, 27, 300])
def test_labels_are_as_many_as_asked_and_none_begins_another(count: int) -> None:
    found = hint_labels(count)
    assert len(set(found)) == len(found) == count
    assert len({len(each) for each in found}) <= 1


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["a", "s"], Narrow("tag", "PGOV")),
        (["a", "d"], opened_cable.GoBack()),
        (["x"], None),
        (["a", "x"], None),
        (["escape"], None),
        (["enter"], None),
    ],
)
def test_a_typed_label_does_what_it_stands_for(keys: list[str], expected: Action | None) -> None:
    does: dict[str, Action] = {"as": Narrow("tag", "PGOV"), "ad": opened_cable.GoBack()}
    ends: list[Action | None] = []

    async def go() -> None:
        app: App[None] = App()
        async with app.run_test() as pilot:
            app.push_screen(LinkHints(does), ends.append)
            await pilot.press(*keys)
            await pilot.pause()

    asyncio.run(go())
    assert ends == [expected]

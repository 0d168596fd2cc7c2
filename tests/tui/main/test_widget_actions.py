"""Orders that need a widget: what the mouse has selected is what is copied."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from cable_tui.session import effects
from cable_tui.session.values import Effect
from cable_tui.tui.main import effect_runner
from cable_tui.tui.main.screen import MainScreen
from cable_tui.tui.start.first_rows import StartRequest
from tests.tui.rooms import open_room, opened, press, until


def _copied(wanted: Sequence[Effect]) -> list[tuple[str, tuple[int, int] | None]]:
    each = (effect for effect in wanted if isinstance(effect, effects.CopyCable))
    return [(effect.style, effect.place.span) for effect in each]


@pytest.mark.parametrize(
    ("keys", "copied"),
    [
        (("y", "t"), ("text", (40, 90))),
        (("y", "q"), ("quotation", (40, 90))),
        (("Y",), ("reference", (40, 90))),
        (("Y",), ("reference", None)),
    ],
)
async def test_what_the_mouse_has_selected_in_the_body_is_copied_first(
    indexed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    keys: tuple[str, ...],
    copied: tuple[str, tuple[int, int] | None],
) -> None:
    wanted: list[Effect] = []
    really = effect_runner.run_effect

    def run(room: MainScreen, effect: Effect) -> None:
        if isinstance(effect, effects.CopyCable):
            wanted.append(effect)
        else:
            really(room, effect)

    monkeypatch.setattr(effect_runner, "run_effect", run)

    async with open_room(indexed, tmp_path, wanted=StartRequest(reference="04PORTAMBER305")) as (
        app,
        pilot,
    ):
        await until(pilot, opened(app, "04PORTAMBER305"), app)
        if copied[1] is not None:
            app.room.cable.body.select(copied[1])
        await press(pilot, app, *keys)
    assert _copied(wanted) == [copied]

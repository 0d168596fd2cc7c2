"""A room that keeps in step with other readers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.value import replace
from cable_tui.library import Library, Mark
from cable_tui.session.features import bookmarks_screen
from cable_tui.session.values import Action
from tests.tui.rooms import ONLY_READ, open_room, said, until


@pytest.mark.parametrize(
    ("given", "meets"),
    [
        ({"sync": "shared"}, True),
        ({}, False),
        ({"sync": "shared", "private": True}, False),
        ({"sync": "shared", "in_browser": True}, False),
    ],
)
async def test_a_room_meets_other_readers_where_it_may(
    given: dict[str, Any],
    meets: bool,
    indexed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[str] = []

    class Process:
        def __init__(self, argv: list[str], changed: Callable[[], object]) -> None:
            assert "shared" not in argv

        def run(self, post: Callable[[Action], object]) -> None:
            calls.append("run")
            post(bookmarks_screen.OthersMet("synced"))

        def stop(self) -> None:
            calls.append("stop")

    monkeypatch.setattr("cable_tui.tools.sharing.process.SyncProcess", Process)
    with closing(Library(tmp_path / "data" / "library.sqlite")) as library:
        library.add(Mark("09PORTAMBER91", "09PORTAMBER91"))
    async with open_room(indexed, tmp_path, settings=replace(ONLY_READ, **given)) as (
        app,
        pilot,
    ):
        await until(pilot, lambda: app.watching is not None, app)
        await until(pilot, lambda: bool(app.room.session.synced) == meets, app)
        assert any("The first sync sends 1 bookmark" in each for each in said(app)) == meets
    assert calls == (["run", "stop"] if meets else [])

"""What tools run beside an open archive."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.background.beside import Beside, OpenedRoom, beside
from cable_tui.background.indexer_process import Post
from cable_tui.library import Library
from cable_tui.program.settings import Settings, below
from tests.fictional_tool import PLUG, add_tool


class Lamp:
    """Runs beside a room of a reader who has a name."""

    def run(self, post: Post) -> None:
        pass

    def stop(self) -> None:
        pass


def start(room: OpenedRoom) -> Beside | None:
    return Lamp() if room.settings.author else None


@pytest.mark.parametrize(("author", "kinds"), [("ada", [Lamp]), ("", [])])
def test_a_tool_may_run_something_beside_a_room(
    author: str, kinds: list[type], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_tool(monkeypatch, "background.beside", start, beside=(PLUG,))
    paths = below(tmp_path)
    with closing(Library(paths.library)) as library:
        room = OpenedRoom(Settings(author=author), paths, library, lambda: None, print)
        # Tools of the project may run something beside every room.
        assert [type(each) for each in beside(room) if isinstance(each, Lamp)] == kinds

"""The screens as they look: each state at each size is a text in `screens`, reviewed by eye.

`python -m tests.tui.test_screens` draws them again; what a change does to them is seen in the diff.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from multiprocessing import Pool, cpu_count
from pathlib import Path

import pytest

from tests.command_cases import TESTS
from tests.tui.states import STATES, State, drawn, place

ALL = [(state, size) for state in STATES for size in state.sizes]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return place(tmp_path_factory.mktemp("screens"))


@pytest.mark.parametrize("state", STATES, ids=[each.name for each in STATES])
@pytest.mark.documents
def test_a_state_looks_as_it_was_reviewed(state: State, folder: Path, tmp_path: Path) -> None:
    wanted = {size: state.file(size).read_text("utf-8").splitlines() for size in state.sizes}
    # Some rooms open small and grow, the others open large.
    sizes = state.sizes[:: 1 if len(state.name) % 2 else -1]
    found = asyncio.run(drawn(state, sizes, folder, tmp_path / "resized"))
    for size in sizes[1:]:
        if found[size] != wanted[size]:  # a window that was another size may look otherwise
            found |= asyncio.run(drawn(state, [size], folder, tmp_path / f"{size}"))
    assert found == wanted


def test_there_is_no_text_without_a_state() -> None:
    assert {*TESTS.rglob("screens/*.txt")} == {state.file(size) for state, size in ALL}


def _draw(wanted: list[str]) -> None:
    """Draw the named states, or all; each process has archives of its own."""
    for state, _ in ALL:
        state.folder.mkdir(exist_ok=True)
    asked = [each for each in ALL if not wanted or each[0].name in wanted]
    parts = [asked[first :: cpu_count()] for first in range(cpu_count())]
    with Pool() as pool:
        pool.map(
            _draw_part, [[each[0].file(each[1]).stem for each in part] for part in parts if part], 1
        )


def _draw_part(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = place(Path(temporary) / "place")
        for state, size in ALL:
            if state.file(size).stem in names:
                home = Path(temporary) / state.file(size).stem
                home.mkdir()
                lines = asyncio.run(drawn(state, [size], folder, home))[size]
                state.file(size).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    _draw(sys.argv[1:])

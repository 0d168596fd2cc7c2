"""Patches are used only if this Textual has what they lean on, and the room works without each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cable_tui.base.errors import UsageError
from cable_tui.base.value import replace
from cable_tui.tui.textual_patches import fit
from tests.tui.rooms import open_room, opened, press, until

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("patch", fit.PATCHES, ids=lambda patch: patch.name)
def test_each_patch_fits_the_textual_of_the_tests(patch: fit.Patch) -> None:
    assert fit.missing(patch.leans_on) == ()


@pytest.mark.parametrize(
    ("wanted", "is_there"),
    [
        ("textual.strip:Strip.render(console)", True),
        ("textual.strip:Strip.render()", False),
        ("textual.strip:Strip.render(console, more)", False),
        ("textual.strip:Strip.no_such_thing", False),
        ("textual.no_such_module:Strip", False),
        ("textual.app:App._driver_of_nothing.at_all", False),
    ],
)
def test_what_a_patch_leans_on_is_looked_up(wanted: str, is_there: bool) -> None:
    assert fit.missing((wanted,)) == (() if is_there else (wanted,))


def _without(monkeypatch: pytest.MonkeyPatch, patch: fit.Patch) -> None:
    """As on a Textual that lacks something."""
    (name,) = (name for name, each in vars(fit).items() if each is patch)
    monkeypatch.setattr(fit, name, replace(patch, leans_on=("textual.gone:Thing",)))


@pytest.mark.parametrize("patch", fit.PATCHES[1:], ids=lambda patch: patch.name)
async def test_the_room_opens_and_searches_without_each_patch(
    monkeypatch: pytest.MonkeyPatch, indexed: Path, tmp_path: Path, patch: fit.Patch
) -> None:
    _without(monkeypatch, patch)

    async with open_room(indexed, tmp_path) as (app, pilot):
        await press(pilot, app, "slash")
        await until(pilot, lambda: app.room.session.pane == "bar", app)
        await press(pilot, app, *"lobster", "enter")
        await until(pilot, lambda: app.room.session.text == "lobster", app)
        await press(pilot, app, "enter")
        await until(pilot, opened(app, "04PORTAMBER211"), app)


ALL_OUT = """
import sys
from pathlib import Path
from cable_tui.base.value import replace
from cable_tui.tui.textual_patches import fit
for name, each in list(vars(fit).items()):
    if isinstance(each, fit.Patch) and each is not fit.SANITIZER:
        setattr(fit, name, replace(each, leans_on=("textual.gone:Thing",)))
import asyncio
from tests.tui.rooms import opened, press, until, open_room
async def visit():
    async with open_room(Path(sys.argv[1]), Path(sys.argv[2])) as (app, pilot):
        await press(pilot, app, "ctrl+p")
        await press(pilot, app, "escape", "j", "enter")
        await until(pilot, opened(app), app)
asyncio.run(visit())
"""


def test_the_room_opens_without_any_of_them(indexed: Path, tmp_path: Path) -> None:
    """In a process of its own: some are decided when their module is imported."""
    asked = [sys.executable, "-c", ALL_OUT, str(indexed), str(tmp_path)]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_without_a_sanitizer_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    _without(monkeypatch, fit.SANITIZER)
    with pytest.raises(UsageError, match="hostile texts could control the terminal"):
        fit.require(fit.SANITIZER)

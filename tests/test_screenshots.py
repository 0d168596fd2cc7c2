"""The pictures are the same on a slow machine: each key waits for what the one before asked for."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from benchmarks.screenshots import SCENES, THEMES, draw, indexed_demo
from cable_tui.archive.archive import Archive

PICTURES = Path(__file__).parents[1] / "screenshots"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    indexed_demo(folder)
    return folder


def late(method: Callable[..., Any]) -> Callable[..., Any]:
    """The same, as a disk answers that sleeps."""

    @wraps(method)
    def answered(*given: Any, **named: Any) -> Any:
        time.sleep(1.0)
        return method(*given, **named)

    return answered


def words(picture: str) -> str:
    return " ".join(re.findall(r">([^<>]+)</text>", picture)).replace("&#160;", " ")


def test_a_cable_that_comes_late_is_in_the_picture(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = asyncio.run(draw("small", home / "demo", home))
    monkeypatch.setattr(Archive, "cable", late(Archive.cable))
    monkeypatch.setattr(Archive, "rows", late(Archive.rows))
    slow = asyncio.run(draw("small", home / "demo", home))
    assert "5 Body" in words(slow)
    assert slow == quick


def test_there_is_a_picture_of_each_scene_and_none_is_blank() -> None:
    names = {f"{scene}{end}" for scene in SCENES for end in THEMES}
    assert {file.stem for file in PICTURES.glob("*.svg")} == names
    assert [
        file for file in PICTURES.glob("*.svg") if len(words(file.read_text("utf-8"))) < 500
    ] == []


def test_a_picture_asks_for_nothing_of_the_network() -> None:
    pictures = [file.read_text("utf-8") for file in PICTURES.glob("*.svg")]
    assert [text for text in pictures if "url(http" in text.replace('"', "")] == []

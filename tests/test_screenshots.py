"""The pictures are the same on a slow machine: each key waits for what the one before asked for."""

from __future__ import annotations

import asyncio
import io
import re
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.console import Console

from benchmarks.moving_picture import Frame, moving
from benchmarks.screenshots import SCENES, THEMES, TOUR, draw, draw_tour, indexed_demo
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
    assert "url(http" not in slow.replace('"', "")
    assert slow == quick


def test_there_is_a_picture_of_each_scene_and_none_is_blank() -> None:
    names = {f"{scene}{end}" for scene in [*SCENES, "tour"] for end in THEMES}
    assert {file.stem for file in PICTURES.glob("*.svg")} == names
    assert [
        file for file in PICTURES.glob("*.svg") if len(words(file.read_text("utf-8"))) < 500
    ] == []


SVG = "{http://www.w3.org/2000/svg}"


def seen(picture: str, second: float | None) -> list[str]:
    """The lines of a moving picture that a viewer sees then; None: one that knows no animation."""
    root = ElementTree.fromstring(picture)
    style = root.findtext(f"{SVG}style") or ""
    whole = float(re.findall(r"\.m\{[^}]*animation:([\d.]+)s step-end infinite", style)[0])
    steps = {
        name: re.findall(r"([\d.]+)%\{visibility:(\w+)\}", body)
        for name, body in re.findall(r"@keyframes (\w+)\{((?:[^{}]+\{[^}]*\})*)\}", style)
    }
    lines = []
    for group in root.iter(f"{SVG}g"):
        classes = (group.get("class") or "").split()
        states = ["visible" if "m" not in classes or "f" in classes else "hidden"]
        if second is not None and "m" in classes:
            now = 100 * (second % whole) / whole
            states += [state for at, state in steps[classes[1]] if float(at) <= now]
        if states[-1] == "visible":
            lines.append("".join(text.text or "" for text in group.iter(f"{SVG}text")))
    return [line.replace("\xa0", " ") for line in lines]


def drawn(title: str, *lines: str) -> str:
    console = Console(record=True, width=20, height=len(lines), file=io.StringIO())
    for line in lines:
        console.print(line.ljust(20), style="white on #101010", markup=False)
    return console.export_svg(title=title)


def test_a_moving_picture_shows_each_frame_at_its_time_and_draws_a_line_that_stays_once() -> None:
    frames = [("one", "a < b", "stays"), ("two", "c", "stays"), ("three", "a < b", "gone")]
    seconds = [2.0, 0.5, 1.5]
    picture = moving(
        [Frame(drawn(*frame), second) for frame, second in zip(frames, seconds, strict=True)]
    )
    times = {0.0: 0, 1.9: 0, 2.1: 1, 2.4: 1, 2.6: 2, 3.9: 2, 4.1: 0, 6.2: 1, None: 0}
    shown = {time: [line.strip() for line in seen(picture, time)] for time in times}
    assert shown == {time: list(frames[number]) for time, number in times.items()}
    assert picture.count("stays") == picture.count("&lt;") == 1


@pytest.mark.documents
def test_the_tour_shows_what_its_titles_say_in_an_image_and_can_stand_still() -> None:
    tour = asyncio.run(draw_tour())
    assert len(tour.encode()) <= 400_000
    elements = list(ElementTree.fromstring(tour).iter())
    assert {element.tag.removeprefix(SVG) for element in elements} == {
        *("svg", "style", "clipPath", "rect", "circle", "g", "text")
    }
    attributes = {name for element in elements for name in element.attrib}
    assert {name for name in attributes if "href" in name or name[:2] in ("on", "{h")} == set()
    assert re.findall(r"https?:[^\"]*|@import|src", tour) == [SVG.strip("{}")]
    assert set(re.findall(r"url\(([^)]*)\)", tour)) == {"#l"}
    assert "@media (prefers-reduced-motion:reduce){.m{animation:none}}" in tour
    assert len(" ".join(seen(tour, None))) > 500
    expected = {
        "forty": ["1/40 newest first"],
        "karazin": ['no "karazin" → kharazin (3), qarazin (3), harazin (1)', "Joris Harazin"],
        "n  the": ["10SANTORIEL19 ¶1", "hit 1/1"],
        "Enter  open": ["08SANTORIEL27", "CAPTAIN KHARAZIN'S LETTER", "4 hits"],
        "Backspace": ["REF: 08 SANT ORIEL 27", "10SANTORIEL19"],
        "y  copy": ["Copy ¶1", "q  quotation"],
        "q  as": ["Copied quotation · ¶1"],
        "g t": ["Chain of 10SANTORIEL19", "25 cables", "The admiral (reftel)"],
        "not in the archive": ["✗ 08SANTORIEL102  not in this archive"],
        "said:": ["said:lobster", "1/3 newest first"],
    }
    begin, missing = 0.0, []
    for title, seconds, _ in TOUR:
        lines = seen(tour, begin + seconds / 2)
        text = "\n".join(lines)
        assert {said for said, _, _ in TOUR if said in lines} == {title}
        for part in [part for part in expected if part in title]:
            missing += [words for words in expected.pop(part) if words not in text]
        begin += seconds
    assert (expected, missing) == ({}, [])
    assert 25 <= begin <= 40

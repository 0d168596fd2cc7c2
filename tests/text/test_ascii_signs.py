"""With `--ascii` every sign of ours is drawn by one of ASCII, in the same cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

import cable_tui
from cable_tui.text import width
from cable_tui.text.ascii_signs import ASCII
from cable_tui.tui.textual_patches import sanitize

PACKAGE = Path(cable_tui.__file__).parent
DRAWN = [*(PACKAGE / "tui").rglob("*.py"), *(PACKAGE / "session").rglob("*.py")]


@pytest.fixture
def drawing_in_ascii() -> Iterator[None]:
    sanitize.install_sanitizer(ascii_only=True)
    yield
    sanitize.remove_sanitizer()


def rendered(*segments: Segment) -> str:
    return Strip(segments).render(Console(color_system="truecolor", force_terminal=True))


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("┌──┐", "+--+"),
        ("│a │", "|a |"),
        ("╰━━╯", "+--+"),
        ("│▌¶3", "|>P3"),
        ("▁▄█", "_-#"),
        ("3 ★ → 4…", "3 * > 4~"),
        ("São Paulo", "São Paulo"),
        ("北京", "北京"),
    ],
)
@pytest.mark.usefixtures("drawing_in_ascii")
def test_signs_have_stand_ins_and_letters_stay(drawn: str, expected: str) -> None:
    assert expected in rendered(Segment(drawn, Style(bold=True)))
    assert expected in rendered(Segment(drawn))


def test_without_the_option_signs_are_drawn_as_they_are() -> None:
    sanitize.install_sanitizer()
    assert "┌──┐ ★" in rendered(Segment("┌──┐ ★", Style(bold=True)))


@pytest.mark.parametrize("code", ASCII, ids=hex)
def test_a_stand_in_is_one_cell_of_ascii(code: int) -> None:
    assert ASCII[code].isascii()
    assert ASCII[code].isprintable()
    assert len(ASCII[code]) == width(chr(code)) == 1


def test_every_sign_in_the_rooms_code_has_a_stand_in() -> None:
    signs = {
        sign
        for file in DRAWN
        for sign in file.read_text(encoding="utf-8")
        if not sign.isascii() and not unicodedata.category(sign).startswith("L")
    }
    assert {sign for sign in signs if ord(sign) not in ASCII} == set()

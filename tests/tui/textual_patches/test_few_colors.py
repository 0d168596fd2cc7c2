"""With eight colors a background that the terminal ignores is drawn in a way that it knows."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from rich.color import ColorSystem
from rich.style import Style

from cable_tui.tui.textual_patches.few_colors import fit_colors, for_few, terminal_colors

STANDARD = ColorSystem.STANDARD


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    fit_colors(None)


def codes(style: Style) -> str:
    return style.render("x", color_system=STANDARD)


# Origin: ECMA-48 has the colors 30 to 37 and 40 to 47, and 7 for reverse; 90 to 107 are
# of aixterm.
@pytest.mark.parametrize("number", [8, 2, 0])
@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("#ffffff on #555555", "\x1b[7;37;40mx\x1b[0m"),  # the row under the cursor
        ("#000000 on #ffffff", "\x1b[30;47mx\x1b[0m"),  # the page of the light theme
        ("#aaaaaa on #000000", "\x1b[37;40mx\x1b[0m"),
        ("#555555 on #000000", "\x1b[37;40mx\x1b[0m"),  # what is dim in the dark theme
        ("#555555 on #ffffff", "\x1b[30;47mx\x1b[0m"),  # and in the light one
        ("#ffffff on #ffffff", "\x1b[30;47mx\x1b[0m"),
        ("#ff5555 on #000000", "\x1b[1;37;40mx\x1b[0m"),  # dark red on black is hard to read
        ("#5555ff on #000000", "\x1b[1;37;40mx\x1b[0m"),
        ("#ff5555 on #ffffff", "\x1b[31;47mx\x1b[0m"),
        ("#55ff55 on #000000", "\x1b[32;40mx\x1b[0m"),
        ("reverse #aaaaaa on #555555", "\x1b[37;40mx\x1b[0m"),  # lit in what is lit
        ("bold", "\x1b[1mx\x1b[0m"),
    ],
)
def test_eight_colors_have_no_bright_ones(number: int, style: str, expected: str) -> None:
    fit_colors(number)
    assert codes(for_few(Style.parse(style), STANDARD)) == expected


@pytest.mark.parametrize("number", [16, 256, None])
def test_more_colors_are_used(number: int | None) -> None:
    fit_colors(number)
    lit = Style.parse("#ffffff on #555555")
    assert for_few(lit, STANDARD) is lit


def test_a_terminal_of_more_colors_than_terminfo_says_gets_them() -> None:
    fit_colors(8)
    lit = Style.parse("#ffffff on #555555")
    assert for_few(lit, ColorSystem.TRUECOLOR) is lit


@pytest.mark.parametrize(
    "environ", [{"TERM": "xterm-256color"}, {"COLORTERM": "truecolor"}], ids=str
)
def test_terminfo_is_not_asked_of_a_terminal_that_says_it_has_many(environ: dict[str, str]) -> None:
    assert terminal_colors(environ) is None


def test_a_machine_without_terminfo_leaves_it_to_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "curses", None)
    assert terminal_colors({"TERM": "xterm"}) is None

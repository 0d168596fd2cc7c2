import re
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from cable_tui.tui.widgets import looks
from cable_tui.tui.widgets.looks import THEMES


def _luminance(color: str) -> float:
    """As the web's accessibility guidelines define it."""
    channels = (value / 255 for value in Color.parse(color).rgb)
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels]
    return sum(weight * v for weight, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: str(theme.name))
@pytest.mark.parametrize(
    "name", ["foreground", "primary", "secondary", "accent", "warning", "error", "success"]
)
def test_every_ink_can_be_read_on_its_ground(theme: Theme, name: str) -> None:
    assert _contrast(getattr(theme, name), str(theme.background)) >= 4.5


def test_there_is_a_dark_and_a_light_one() -> None:
    assert [theme.dark for theme in THEMES] == [True, False]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: str(theme.name))
def test_the_chosen_line_of_a_dialog_can_be_read_and_is_seen(theme: Theme) -> None:
    line = theme.variables["block-cursor-background"]
    assert _contrast(theme.variables["block-cursor-foreground"], line) >= 7
    assert _contrast(line, str(theme.surface)) >= 1.2


def _faint_inks() -> list[tuple[str, float]]:
    """The looks of the main screen that are a part of the foreground, and how much of it."""
    styles = (Path(looks.__file__).parents[1] / "main" / "styles.tcss").read_text()
    found = re.findall(r"^\.([\w-]+) \{ color: \$foreground (\d+)%", styles, re.MULTILINE)
    return [(look, int(part) / 100) for look, part in found]


_DRAWN = {"timeline--outside", "timeline--ground", "timeline--gap"}
"""Bars and dots, no text."""
_FAINT = {"body--break"}
"""What is in the way of the text."""


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: str(theme.name))
def test_every_faint_text_can_be_read(theme: Theme) -> None:
    ground = Color.parse(str(theme.background))
    ink = Color.parse(str(theme.foreground))
    looks = _faint_inks()
    assert len(looks) > 10
    for look, part in looks:
        least = 1 if look in _DRAWN else 3 if look in _FAINT else 4.5
        assert _contrast(ground.blend(ink, part).hex, ground.hex) >= least, look

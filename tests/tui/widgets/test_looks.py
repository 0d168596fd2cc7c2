import re
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from cable_tui.tui.start.first_rows import StartRequest
from cable_tui.tui.widgets import looks
from cable_tui.tui.widgets.line_list import ComponentStyles
from cable_tui.tui.widgets.looks import THEMES
from tests.tui.rooms import LARGE, open_room, press


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


_LEAST = {"timeline--brush": 1, "results--bar": 3, "body--break": 3, **dict.fromkeys(_DRAWN, 1)}
"""The contrast of what is no text, or is in the way of it; else 4.5. The brush lies over bars."""


def _drawn(pane: ComponentStyles) -> dict[str, float]:
    """The least contrast of each part of a pane, on its ground and on the line of the cursor."""
    names = {f"{pane.PREFIX}--{look}" for look in pane.LOOKS} & pane.COMPONENT_CLASSES
    cursor = {name for name in names if name.endswith("--cursor")}
    grounds = [pane.rich_style, *(pane.rich_style + pane.component_style(name) for name in cursor)]
    found: dict[str, float] = {}
    for ground in grounds:
        for name in names:
            style = ground + pane.component_style(name)
            assert style.color is not None
            assert style.bgcolor is not None
            inks = (color.get_truecolor().hex for color in (style.color, style.bgcolor))
            found[name] = min(_contrast(*inks), found.get(name, 21))
    return found


async def test_every_part_of_the_room_can_be_read_in_every_theme(
    indexed: Path, tmp_path: Path
) -> None:
    cable = StartRequest(reference="04PORTAMBER305")
    async with open_room(indexed, tmp_path, size=LARGE, wanted=cable) as (app, pilot):
        await press(pilot, app, "H")  # a folded header is muted, and cannot be selected
        themes = [name for name in app.available_themes if "ansi" not in name]
        assert len(themes) > 15
        for theme in themes:
            app.theme = theme
            await pilot.pause()
            panes = app.room.walk_children(ComponentStyles)
            faint = {
                name: round(value, 2)
                for pane in panes
                for name, value in _drawn(pane).items()
                if value < _LEAST.get(name, 4.5)
            }
            assert faint == {}, theme
            assert {"results", "sidebar", "body", "context", "top"} <= {p.PREFIX for p in panes}


def test_a_theme_of_textual_keeps_what_can_be_read() -> None:
    theme = looks.readable(BUILTIN_THEMES["dracula"])
    assert theme.name == "dracula"
    assert Color.parse(str(theme.background)) == Color.parse("#282A36")
    kept = zip(Color.parse(str(theme.warning)).rgb, Color.parse("#FFB86C").rgb, strict=True)
    assert all(abs(one - other) <= 1 for one, other in kept)
    assert theme.secondary is not None
    assert (
        _contrast("#6272A4", str(theme.panel))
        < 4.5
        <= _contrast(theme.secondary, theme.panel or "")
    )


def test_the_terminal_s_own_colors_stay() -> None:
    for name in ("ansi-dark", "ansi-light"):
        assert looks.readable(BUILTIN_THEMES[name]) is BUILTIN_THEMES[name]

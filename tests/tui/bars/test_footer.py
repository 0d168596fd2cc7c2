"""The line of keys."""

from __future__ import annotations

import pytest

from cable_tui.tui.bars.footer import footer, footer_text
from cable_tui.tui.commands.model import KeyContext

PLACES: tuple[KeyContext, ...] = ("bar", "library", "list", "header", "body")


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("cells", [60, 80, 120, 200])
def test_the_line_of_keys_fits(where: KeyContext, cells: int) -> None:
    pairs = footer_text(where, cells)
    assert sum(len(key) + len(label) + 3 for key, label in pairs) <= cells


@pytest.mark.parametrize("where", ["library", "list", "header", "body"])
def test_the_way_to_the_help_is_always_shown(where: KeyContext) -> None:
    assert ("?", "Keys") in footer_text(where, 60)


def test_a_pane_shows_its_own_keys_first() -> None:
    assert next(command.id for command in footer("list")) == "list.read"
    assert next(command.id for command in footer("body")) == "body.next"

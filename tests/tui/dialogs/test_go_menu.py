"""The words by which commands are found, and that no two look the same."""

from __future__ import annotations

from collections import Counter

import pytest

from cable_tui.tui.dialogs.command_palette import palette_line
from cable_tui.tui.dialogs.go_menu import all_commands, words_about
from cable_tui.tui.dialogs.help import first_lines, key_lines, says

FOUND = [
    ("theme", "theme.choose"),
    ("settings", "settings.show"),
    ("config", "settings.show"),
    ("seal", "export.menu"),
    ("share", "bookmark.list"),
    ("sync", "settings.show"),
    ("gaps", "menu.missing"),
    ("font size", "settings.show"),
    ("mouse", "settings.show"),
    ("quit", "room.quit"),
]
"""Words that readers typed, and the command that they wanted."""


@pytest.mark.parametrize(("typed", "command"), FOUND)
def test_a_word_that_readers_try_finds_its_command(typed: str, command: str) -> None:
    assert command in [
        id_ for id_, (each, _) in all_commands().items() if says(words_about(each), typed)
    ]
    page = "\n".join(
        line.plain for line in (*first_lines(typed, 200), *key_lines("list", typed, 200))
    )
    assert all_commands()[command][0].help in page


def test_no_two_lines_of_the_palette_have_one_name_or_one_key_in_one_place() -> None:
    lines = [palette_line(*each) for each in all_commands().values()]
    names = Counter(line.partition(" · ")[0] for line in lines)
    assert [name for name, count in names.items() if count > 1] == []
    keys = Counter(
        (command.where[0], key)
        for command, shown in all_commands().values()
        for key in shown.split("  ")
        if key
    )
    assert [key for key, count in keys.items() if count > 1] == []
    assert any(line.endswith("· ]  Alt+→") for line in lines)

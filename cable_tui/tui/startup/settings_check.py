"""The check of the reader's settings when a room opens: a line for each mistake."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cable_tui.tui.commands import table
from cable_tui.tui.commands.keymap import for_browser, for_choosing, with_own_keys
from cable_tui.tui.commands.rows import COMMANDS

if TYPE_CHECKING:
    from cable_tui.settings import Settings


def theme_mistake(name: str, known: Iterable[str]) -> str:
    """A sentence where no theme has this name; empty where one has, or none is wanted."""
    names = sorted(known)
    if not name or name in names:
        return ""
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(names)}."
    return f"theme: {name} is unknown. {hint}"


def apply_keys(settings: Settings, *, choosing: bool) -> list[str]:
    """Give commands the keys of the settings, and return what is wrong with these."""
    if not settings.keys and not choosing and not settings.in_browser:
        return []
    made, mistakes = with_own_keys(COMMANDS, settings.keys)
    if settings.in_browser:
        made, mistakes = for_browser(made), []
    table.use(for_choosing(made) if choosing else made)
    return mistakes


def settings_mistakes(settings: Settings, themes: Iterable[str], *, choosing: bool) -> list[str]:
    """Apply the keys of the settings, and return all mistakes in the settings."""
    theme = theme_mistake(settings.theme, themes)
    keys = apply_keys(settings, choosing=choosing)
    return [*settings.mistakes, *([theme] if theme else []), *keys]

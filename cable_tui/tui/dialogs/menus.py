"""The menus that the screen makes: they need to know what a widget shows, or the program."""

from __future__ import annotations

from collections.abc import Sequence

from cable_tui.cable import Span
from cable_tui.exports.copy_table import EXPORTS
from cable_tui.reports.table import REPORTS
from cable_tui.session.ask import SearchFor
from cable_tui.session.effects import MenuItem
from cable_tui.session.features import (
    bookmarks_screen,
    check_draft,
    copy,
    goto,
    opened_cable,
    pages,
    panes,
)
from cable_tui.tui.commands.model import WidgetAction
from cable_tui.tui.dialogs.pickers import Menu
from cable_tui.tui.looks import THEMES


def copy_menu(what: str, source: str = "", span: Span | None = None) -> Menu:
    """The copy formats; and the record that is read, where there are others.

    With a `span` it is that part of the body which is copied.
    """
    choices = [
        MenuItem(each.key, each.label, copy.Copy(each.name, span)) for each in EXPORTS.values()
    ]
    if source:
        choices.append(
            MenuItem("o", "read another record of it", opened_cable.ChooseRecord(), f"now {source}")
        )
    return Menu(f"Copy {what}", choices)


def theme_menu(names: Sequence[str], now: str) -> Menu:
    """The colours, the program's own first."""
    own = [theme.name for theme in THEMES]
    others = sorted(name for name in names if name not in own)
    choices = [
        MenuItem("", name, goto.SetTheme(name), "· now" if name == now else "")
        for name in (*own, *others)
    ]
    return Menu("Colours", choices)


def go_menu() -> Menu:
    """Where to go; `g g` is the top of this pane."""
    return Menu(
        "Go to",
        [
            MenuItem("g", "top of this pane", WidgetAction("move_end", -1)),
            MenuItem("l", "list of cables", panes.Focus("list")),
            MenuItem("f", "library", panes.Focus("library")),
            MenuItem("h", "header", panes.Focus("header")),
            MenuItem("b", "body", panes.Focus("body")),
            MenuItem("r", "references of this cable", WidgetAction("context_section", -1)),
            MenuItem("c", "cables that cite it", WidgetAction("context_section", 1)),
            *(
                MenuItem(line.key, line.label, pages.OpenPage(each, how=line.how))
                for each in REPORTS.values()
                for line in each.menu
            ),
            MenuItem("D", "a draft of yours beside its cables", check_draft.ChooseDraft()),
            MenuItem("p", "paragraph of this cable, by its number", goto.AskWhereTo("paragraph")),
            MenuItem("d", "date or range", goto.AskWhereTo("date")),
            MenuItem("m", "bookmarks", bookmarks_screen.OpenBookmarks()),
            MenuItem("n", "cables with a note of yours", SearchFor("is:noted")),
            MenuItem("w", "cables that are new", SearchFor("is:new")),
            MenuItem("s", "saved searches", goto.ShowSearches()),
            MenuItem("y", "places before this one", goto.ShowHistory()),
            MenuItem("i", "this archive", goto.ShowPage("archive")),
            MenuItem("v", "what was said so far", goto.ShowPage("notices")),
        ],
    )

"""The menu of `g`: every destination, and every question about the archive, in four groups.

The palette and the help begin with the most useful lines (`FIRST`); all three use this table.
Reports (`REPORTS`) and tools add lines of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from cable_tui.base.tools import MenuGroup, load, tools
from cable_tui.reports.table import REPORTS
from cable_tui.session.ask import SearchFor
from cable_tui.session.effects import MenuItem
from cable_tui.session.features import bookmarks_screen, goto, index_status, pages, panes
from cable_tui.session.values import Action
from cable_tui.tui.commands.key_command import OVER_ROOM, Command, WidgetAction, command, key_name
from cable_tui.tui.commands.keyboard import current
from cable_tui.tui.dialogs.pickers import Menu

LAYOUTS: tuple[tuple[tuple[MenuGroup, ...], ...], ...] = (
    (("This cable", "The archive"), ("These results", "Yours")),
    (("This cable",), ("These results",), ("The archive", "Yours")),
)
"""The groups in each column: for a layout in two columns, and for three columns if two are too tall
for the screen.
"""
# A row is: group, id, key, label, what happens, the sentence of the palette.
# fmt: off
_Line = tuple[MenuGroup, str, str, str, Action | WidgetAction, str]
_ROWS: tuple[_Line, ...] = (
    ("This cable", "top", "g", "top of this pane", WidgetAction("move_end", -1),
     "Go to the first line of this pane."),
    ("This cable", "body", "b", "its text", panes.Focus("body"), "Go to the cable's body."),
    ("This cable", "header", "h", "transmission header", panes.Focus("header"),
     "Go to the header that carried the message: sender, addressees, date-time group."),
    ("This cable", "paragraph", "p", "paragraph by number", goto.AskWhereTo("paragraph"),
     "Go to a paragraph by its number."),
    ("This cable", "cites", "r", "cables it cites", panes.ShowContext(citing=False),
     "Go to the references of this cable."),
    ("This cable", "cited", "c", "cables that cite it", panes.ShowContext(citing=True),
     "Go to the cables citing this one, with the sentence."),
    ("These results", "list", "l", "list of cables", panes.Focus("list"), "Go to the list."),
    ("These results", "filters", "f", "filters", panes.Focus("filters"),
     "Filter these cables by origin, TAG, date or classification."),
    ("These results", "date", "d", "date or range", goto.AskWhereTo("date"),
     "Keep only cables from a day, a month or a range of dates."),
    ("The archive", "new", "w", "new cables", index_status.ShowNew(),
     "List the cables added since you last looked, or by the last update."),
    ("The archive", "about", "i", "about this archive", goto.ShowPage("archive"),
     "Show the number of cables, their dates and their files."),
    ("Yours", "bookmarks", "m", "bookmarks", bookmarks_screen.OpenBookmarks(),
     "Show your bookmarks, notes and lists."),
    ("Yours", "noted", "n", "cables with notes", SearchFor("is:noted"),
     "List the cables with your notes."),
    ("Yours", "searches", "s", "saved searches", goto.ShowSearches(),
     "Run a saved search."),
    ("Yours", "history", "y", "history", goto.ShowHistory(),
     "Go back to an earlier position."),
    ("Yours", "messages", "v", "messages", goto.ShowPage("notices"),
     "Show all messages of this session, newest first."),
)
FIRST: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Find", ("search.edit", "search.spellings", "pane.filters", "timeline.reach", "menu.said",
              "words.concordance")),
    ("Read", ("list.read", "hit.next", "explain.show", "pane.context", "go.back")),
    ("Ask the archive", ("menu.chain", "menu.echoes", "menu.missing", "people.show",
                         "cable.compare", "words.trend")),
    ("Keep and cite", ("bookmark.toggle", "bookmark.note", "copy.menu", "export.menu",
                       "draft.check", "search.save")),
)
"""The commands for first steps, by task: ids of commands and of lines in this menu.

Commands of missing tools are skipped.
"""
_OTHER_WORDS = {
    "theme.choose": "settings colour color dark light",
    "settings.show": "config options preferences share sharing sync",
    "export.menu": "save seal sealed verifiable dossier",
    "bookmark.list": "share sharing sync notes",
    "copy.menu": "cite citation footnote",
    "menu.missing": "gaps",
    "pane.filters": "sidebar facets",
    "room.quit": "exit leave",
    "view.close": "quit exit leave",
}
"""Other words that readers may type to look for a command, keyed by the id of the
command.
"""
# fmt: on


def words_about(command: Command) -> str:
    """Return the words by which a command is found in the palette and the help."""
    return f"{command.label} {command.help} {_OTHER_WORDS.get(command.id, '')}"


def _own_lines() -> Iterator[_Line]:
    """Yield the lines that are not reports, each followed by the lines that tools add after it."""
    tool_lines = [tool_line for tool in tools() for tool_line in tool.menu]
    for core_line in _ROWS:
        yield core_line
        for tool_line in tool_lines:
            if tool_line.after == core_line[1]:
                yield (
                    tool_line.group,
                    tool_line.name,
                    tool_line.key,
                    tool_line.label,
                    load(tool_line.action)(),
                    tool_line.help,
                )


def go_lines() -> Iterator[tuple[MenuGroup, Command]]:
    """Yield every line with its group, as a command whose key follows the menu's key."""
    own_lines = (
        (
            menu_group,
            command(
                "everywhere", f"menu.{report_name}", line_key, line_label, line_action, sentence
            ),
        )
        for menu_group, report_name, line_key, line_label, line_action, sentence in _own_lines()
    )
    report_lines = (
        (
            report_line.group,
            command(
                "everywhere",
                f"menu.{report_name}{report_line.how and '_'}{report_line.how}",
                report_line.key,
                report_line.label,
                pages.OpenPage(report_row, how=report_line.how),
                f"{report_row.help[0].upper()}{report_row.help[1:]}.",
            ),
        )
        for report_name, report_row in REPORTS.items()
        for report_line in report_row.menu
    )
    return chain(own_lines, report_lines)


def go_menu() -> Menu:
    """Return the menu; `g g` goes to the top of the pane."""
    menu_items = [
        MenuItem(menu_command.keys[0], menu_command.label, menu_command.does, group=menu_group)
        for column in LAYOUTS[0]
        for group_name in column
        for menu_group, menu_command in go_lines()
        if menu_group == group_name
    ]
    return Menu("Go to, or ask", menu_items, layouts=LAYOUTS)


def all_commands() -> Mapping[str, tuple[Command, str]]:
    """Return all commands and menu lines by id, with their keys as people write them.

    The commands in `FIRST` are first. A command that is also in the menu is listed once, with both
    sets of keys. Commands of a screen that covers the room are omitted, because they need that
    screen.
    """
    commands = current()
    menu_key = next(
        (key_name(command.keys[0]) for command in commands if command.id == "go.menu"), ""
    )
    menu_commands = [(menu_line, f"{menu_key} {menu_line.keys[0]}") for _, menu_line in go_lines()]
    keys_in_menu = {menu_line.does: command_keys for menu_line, command_keys in menu_commands}
    commands_by_id = {}
    for room_command in commands:
        if OVER_ROOM.isdisjoint(room_command.where):
            command_keys = [
                *map(key_name, room_command.keys),
                keys_in_menu.pop(room_command.does, ""),
            ]
            commands_by_id[room_command.id] = room_command, "  ".join(filter(None, command_keys))
    commands_by_id |= {
        menu_line.id: (menu_line, command_keys)
        for menu_line, command_keys in menu_commands
        if menu_line.does in keys_in_menu
    }
    first_ids = (id_ for _, group_ids in FIRST for id_ in group_ids if id_ in commands_by_id)
    return {id_: commands_by_id[id_] for id_ in (*first_ids, *commands_by_id)}

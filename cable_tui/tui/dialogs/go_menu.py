"""The menu of `g`: everywhere one can go, and every question to an archive, in four groups.

The palette and the help begin with its strongest lines (`FIRST`): all three read this table. A
report brings its own lines (`REPORTS`), a tool further ones.
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
"""The groups of each column: in two columns, and in three if two are too long for the screen."""
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
     "Keep only the cables of a day, a month or a range of dates."),
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
"""Commands for first steps, by task: ids of commands and of lines of the menu.

Those of absent tools are left out.
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
"""Other words by which readers look for a command, by its id."""
# fmt: on


def words_about(command: Command) -> str:
    """Return the words by which a command is found in the palette and the help."""
    return f"{command.label} {command.help} {_OTHER_WORDS.get(command.id, '')}"


def _own_lines() -> Iterator[_Line]:
    """Yield the lines that are no reports: those of the core, each with the tools' that follow."""
    tool_lines = [line for tool in tools() for line in tool.menu]
    for row in _ROWS:
        yield row
        for line in tool_lines:
            if line.after == row[1]:
                yield line.group, line.name, line.key, line.label, load(line.action)(), line.help


def go_lines() -> Iterator[tuple[MenuGroup, Command]]:
    """Yield every line with its group; its key is the second one, after that of the menu."""
    own_lines = (
        (menu_group, command("everywhere", f"menu.{name}", key, label, line_action, sentence))
        for menu_group, name, key, label, line_action, sentence in _own_lines()
    )
    reports = (
        (
            line.group,
            command(
                "everywhere",
                f"menu.{name}{line.how and '_'}{line.how}",
                line.key,
                line.label,
                pages.OpenPage(entry, how=line.how),
                f"{entry.help[0].upper()}{entry.help[1:]}.",
            ),
        )
        for name, entry in REPORTS.items()
        for line in entry.menu
    )
    return chain(own_lines, reports)


def go_menu() -> Menu:
    """Return where to go, and what to ask; `g g` is the top of this pane."""
    lines = [
        MenuItem(line.keys[0], line.label, line.does, group=menu_group)
        for column in LAYOUTS[0]
        for name in column
        for menu_group, line in go_lines()
        if menu_group == name
    ]
    return Menu("Go to, or ask", lines, layouts=LAYOUTS)


def all_commands() -> Mapping[str, tuple[Command, str]]:
    """Return commands and lines of the menu by their ids, with keys as people write them.

    Those of `FIRST` are the first; a command that the menu has too is named once, with the keys of
    both. Commands of a screen over the room are left out: they need that screen.
    """
    commands = current()
    menu_key = next(
        (key_name(command.keys[0]) for command in commands if command.id == "go.menu"), ""
    )
    menu = [(line, f"{menu_key} {line.keys[0]}") for _, line in go_lines()]
    keys_in_menu = {line.does: keys for line, keys in menu}
    entry_by_id = {}
    for entry in commands:
        if OVER_ROOM.isdisjoint(entry.where):
            keys = [*map(key_name, entry.keys), keys_in_menu.pop(entry.does, "")]
            entry_by_id[entry.id] = entry, "  ".join(filter(None, keys))
    entry_by_id |= {line.id: (line, keys) for line, keys in menu if line.does in keys_in_menu}
    first_ids = (id_ for _, group_ids in FIRST for id_ in group_ids if id_ in entry_by_id)
    return {id_: entry_by_id[id_] for id_ in (*first_ids, *entry_by_id)}

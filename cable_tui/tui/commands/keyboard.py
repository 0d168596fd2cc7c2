"""COMMANDS, the table of all keys with their effects and texts, and the lookup of keys.

A row contains the context of the keys, the id used by `[keys]` in the settings, the keys, the label
in the footer, the effect, and the sentence for the help. To add a key, add a row; tools add keys
with their own rows. Keys, footer, palette, help and the table in `docs/keys.md` are made from this
table.
"""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.base.tools import KeyRow, load, tools
from cable_tui.reports.table import REPORTS
from cable_tui.session import ask, put_in_list
from cable_tui.session.features import (
    body_cursor,
    bookmarks,
    bookmarks_screen,
    context,
    export_choices,
    external_programs,
    goto,
    index_status,
    list_passages,
    opened_cable,
    pages,
    panes,
    results,
    search_bar,
    selection,
    sidebar_cursor,
    timeline,
)
from cable_tui.session.state import Session
from cable_tui.tui.commands.key_command import (
    Command,
    KeyContext,
    WidgetAction,
    command,
    key_name,
    moves,
    works_in,
)

# Rows are read down their columns.
# fmt: off

_CORE: tuple[Command, ...] = (
    # The list.
    command("list", "list.read", "enter l right", "Read", opened_cable.OpenCable(),
            "Read this cable.", footer=1),
    *moves("list", "cable", "the first cable", "the last cable", page="ctrl+f", has_halves=True),
    command("list", "list.select", "space", "Select", selection.SelectCable(),
            "Select or deselect this cable and move down; selected cables are copied "
            "together.", footer=3),
    command("list", "list.range", "v", "Select a range", selection.SelectRange(),
            "Begin a range; v or Space selects it, Esc cancels."),
    command("list", "list.invert", "", "Invert", selection.InvertSelection(),
            "Select all other cables in this list instead."),
    command("list", "list.unselect", "U", "Unselect all", selection.ClearSelection(),
            "Unselect all cables."),
    command("list", "list.passages", "p", "Passages", list_passages.TogglePassages(),
            "Show or hide the best passage under each subject, if the query has words."),
    command("list", "list.copies", "f", "Copies", results.ToggleGroup(),
            "Show or fold the near-duplicates in this row."),
    command("list", "list.fold", "F", "Fold copies", results.ToggleCopies(),
            "Fold near-duplicates into one row, or show each in its own."),
    command("list", "search.drop", "minus", "Drop part", ask.DropPart(),
            "Remove the part of the query that finds nothing."),
    command("list", "list.filters", "h left", "Filters", panes.Focus("filters"),
            "Go to the filters."),
    # The cable.
    command("body", "body.next", "right_curly_bracket", "Next ¶", body_cursor.StepParagraph(1),
            "Go to the next paragraph.", footer=1),
    command("body", "body.previous", "left_curly_bracket", "Previous ¶",
            body_cursor.StepParagraph(-1), "Go to the previous paragraph."),
    command("body", "body.follow", "enter", "Follow", body_cursor.FollowHere(),
            "Open the cable cited in this paragraph or REF line.", footer=5),
    *moves("body", "line", "the top", "the end", page="space", has_halves=True),
    command(("body", "header"), "body.list", "h", "Cables", panes.Focus("list"),
            "Go to the list of cables."),
    command("body", "body.labels", "f", "Labels", WidgetAction("body_labels"),
            "Label the visible references, TAGS and cables with letters; type one to follow "
            "it.", footer=8),
    command(("body", "header"), "body.find", "ctrl+f", "Find", opened_cable.OpenFind(),
            "Find words in this cable; n and N go from match to match until Esc.", footer=9),
    command("body", "body.join", "w", "Join lines", panes.JoinLines(),
            "Join the lines of paragraphs and hide page breaks, or show them as sent."),
    command("body", "body.right", "right", "Sideways", WidgetAction("body_sideways", 1),
            "Unwrap long lines and scroll along them."),
    command("body", "body.left", "left", "Back", WidgetAction("body_sideways", -1),
            "Scroll back; at the start of the line, wrap long lines again."),
    command("body", "body.pick", "v", "Select", selection.SelectParagraphs(),
            "Select paragraphs with j k { } G, or sentences with ( ); y copies, Esc ends.",
            footer=6),
    command("body", "body.next_sentence", "right_parenthesis", "Sentence down",
            body_cursor.StepSentence(1), "Go to the next sentence; y copies it."),
    command("body", "body.previous_sentence", "left_parenthesis", "Sentence up",
            body_cursor.StepSentence(-1), "Go to the previous sentence."),
    command(("body", "header"), "header.decode", "D", "In words", panes.DecodeHeader(),
            "Show the transmission header in words, or as sent."),
    *moves("header", "line", "its first line", "its last line", page="space", footer=1),
    # The line for words that are looked for in a cable.
    command("find", "find.keep", "enter", "Keep", opened_cable.CloseFind(),
            "Return to the text; n and N go from match to match.", footer=1),
    command("find", "find.end", "escape", "End", panes.StepOut(),
            "End the search in this cable.", footer=2),
    command("find", "find.next", "down ctrl+f", "Next", body_cursor.StepHit(1),
            "Go to the next match in this cable.", footer=3),
    command("find", "find.previous", "up", "Previous", body_cursor.StepHit(-1),
            "Go to the previous match in this cable.", footer=4),
    # The context.
    command("context", "context.open", "enter l right", "Go there", context.OpenFromContext(),
            "Open this cable at the paragraph mentioning the one you read.", footer=1),
    *moves("context", "cable", "the first cable", "the last cable", page="space"),
    command("context", "context.body", "h left", "Body", panes.Focus("body"),
            "Return to the body of the cable.", footer=2),
    # The library.
    command("filters", "filters.toggle", "space", "Add", sidebar_cursor.PickHere("toggled"),
            "Add this value to the query, or remove it.", footer=1),
    command("filters", "filters.only", "enter", "Only", sidebar_cursor.PickHere("only"),
            "Keep only this value of its section.", footer=2),
    command("filters", "filters.exclude", "minus", "Exclude", sidebar_cursor.PickHere("excluding"),
            "Exclude this value.", footer=3),
    command("filters", "filters.filter", "F", "Find value", sidebar_cursor.FilterHere(),
            "Search all values of this section.", footer=4),
    command("filters", "filters.order", "", "Sort values", sidebar_cursor.ReverseHere(),
            "Sort this section by name or by number (origins by region or by number).", footer=5),
    *moves("filters", "line", "the first line", "the last line"),
    command("filters", "filters.next", "right_curly_bracket", "Next section",
            sidebar_cursor.MoveToSection(1), "Go to the next section.", footer=6),
    command("filters", "filters.previous", "left_curly_bracket", "Prior section",
            sidebar_cursor.MoveToSection(-1), "Go to the previous section."),
    command("filters", "filters.fold", "left right", "Fold", sidebar_cursor.FoldHere(),
            "Fold or unfold this section.", footer=5),
    command("filters", "filters.list", "l", "Cables", panes.Focus("list"),
            "Go to the list of cables."),
    # The search bar.
    command("bar", "bar.accept", "enter", "Accept", search_bar.AcceptBar(),
            "Keep the query and go to the list, or open the cable named under the bar.", footer=1),
    command("bar", "bar.undo", "escape", "Old query", search_bar.RevertBar(),
            "Restore the previous query.", footer=2),
    command("bar", "bar.down", "down", "Choose", search_bar.MoveChoice(1),
            "Go to the suggestions, then to the list.", footer=3),
    command("bar", "bar.up", "up", "Earlier", search_bar.MoveChoice(-1),
            "Go back up to the query, and from there to earlier queries."),
    command("bar", "bar.complete", "tab", "Complete", search_bar.TakeCompletion(),
            "Accept the completion under the bar; if there is none, go to the next pane."),
    # The timeline; T goes there from everywhere.
    command("everywhere", "timeline.reach", "T", "Timeline", timeline.OpenTimeline(),
            "Go to the timeline to choose a period; in the timeline, hide it."),
    command("timeline", "timeline.write", "enter", "Only this time", timeline.ApplyBrush(),
            "Narrow the query to the period under the brush.", footer=1),
    command("timeline", "timeline.earlier", "left h", "Earlier", timeline.MoveBrush(-1),
            "Move one month or day earlier.", footer=3),
    command("timeline", "timeline.later", "right l", "Later", timeline.MoveBrush(1),
            "Move one month or day later.", footer=4),
    command("timeline", "timeline.extend_earlier", "shift+left", "Extend earlier",
            timeline.MoveBrush(-1, extend=True),
            "Extend the brush one month or day back."),
    command("timeline", "timeline.extend_later", "shift+right", "Extend",
            timeline.MoveBrush(1, extend=True),
            "Extend the brush one month or day forward.", footer=5),
    command("timeline", "timeline.year_earlier", "up k pageup", "A year earlier",
            timeline.MoveBrush(-12), "Move twelve months or days earlier."),
    command("timeline", "timeline.year_later", "down j pagedown", "A year later",
            timeline.MoveBrush(12), "Move twelve months or days later."),
    command("timeline", "timeline.zoom", "0", "All time", timeline.ToggleZoom(),
            "Show the whole period of the archive, or only the period of the hits.", footer=2),
    command("timeline", "timeline.first", "home", "First", timeline.MoveBrush(-10_000),
            "Go to the beginning."),
    command("timeline", "timeline.last", "end G", "Last", timeline.MoveBrush(10_000),
            "Go to the end."),
    # The bookmarks screen.
    command("bookmarks", "bookmarks.open", "enter", "opens", WidgetAction("entry_open"),
            "Go to the cable or paragraph of this bookmark.", footer=1),
    command("bookmarks", "bookmarks.note", "B", "note", WidgetAction("entry_note"),
            "Write a note on this bookmark.", footer=2),
    command("bookmarks", "bookmarks.put", "a", "list", WidgetAction("entry_put"),
            "Add this bookmark to one of your lists.", footer=3),
    command("bookmarks", "bookmarks.remove", "d delete", "removes", WidgetAction("entry_remove"),
            "Remove this bookmark from the list; among all bookmarks, delete it.", footer=4),
    command("bookmarks", "bookmarks.undo", "u", "undoes", bookmarks.TakeBack(),
            "Undo the last change of bookmarks, notes, lists and saved searches.", footer=5),
    command("bookmarks", "bookmarks.move_down", "m", "reorder", WidgetAction("entry_reorder", 1),
            "Move this bookmark down in its list.", footer=6),
    command("bookmarks", "bookmarks.move_up", "M", "reorder", WidgetAction("entry_reorder", -1),
            "Move this bookmark up in its list.", footer=6),
    command("bookmarks", "bookmarks.export", "E", "export", export_choices.ExportShown(),
            "Export these bookmarks to a file.", footer=7),
    command("bookmarks", "bookmarks.filter", "slash", "filter", WidgetAction("entry_filter"),
            "Type words to find bookmarks.", footer=8),
    command("bookmarks", "bookmarks.next_list", "tab right", "next list",
            WidgetAction("entry_list", 1), "Go to the next list.", footer=9),
    command("bookmarks", "bookmarks.previous_list", "shift+tab left", "previous list",
            WidgetAction("entry_list", -1), "Go to the previous list."),
    command("bookmarks", "bookmarks.change_list", "L", "this list",
            bookmarks_screen.ChooseListChange(),
            "Rename, move or remove this list, or make it private.", footer=10),
    command("bookmarks", "bookmarks.rename_list", "", "renames it", bookmarks_screen.NameList(),
            "Rename this list (also L r)."),
    command("bookmarks", "bookmarks.remove_list", "", "removes it", bookmarks_screen.DropList(),
            "Remove this list; its bookmarks are kept (also L d)."),
    command("bookmarks", "bookmarks.private", "", "private", bookmarks_screen.MakePrivate(),
            "Make this list private, or share it again (also L p)."),
    command("bookmarks", "bookmarks.list_left", "", "move it", bookmarks_screen.MoveList(-1),
            "Move this list to the left (also L <)."),
    command("bookmarks", "bookmarks.list_right", "", "move it", bookmarks_screen.MoveList(1),
            "Move this list to the right (also L >)."),
    command("bookmarks", "bookmarks.close", "escape q backspace apostrophe", "closes",
            WidgetAction("entry_close"), "Close the bookmarks.", footer=14),
    command("bookmarks", "bookmarks.help", "question_mark f1", "keys", WidgetAction("entry_help"),
            "Show the keys of this page."),
    command("bookmarks", "bookmarks.down", "j", "Down", WidgetAction("entry_cursor", 1),
            "Move one bookmark down."),
    command("bookmarks", "bookmarks.up", "k", "Up", WidgetAction("entry_cursor", -1),
            "Move one bookmark up."),
    # The query, from everywhere.
    command("everywhere", "search.edit", "slash", "Search", panes.EditBar(),
            "Edit the query; press / again to select it.", footer=2),
    command("everywhere", "search.suggestions", "plus ctrl+t", "Add spellings",
            results.AddSpellings(), "Add the spellings suggested in the status line.", typing=True),
    command("everywhere", "search.spellings", "tilde", "Spellings", ask.Spell(),
            "Choose other spellings of the last name in the query."),
    # Bookmarks, notes, lists, copies and files, from everywhere.
    command("everywhere", "bookmark.toggle", "b", "Bookmark", bookmarks.ToggleBookmark(),
            "Bookmark the cable, the selected cables or, while reading, the paragraph; "
            "press b again to remove it, unless it has a note or is in a list.", footer=3),
    command("everywhere", "bookmark.remove", "X", "Remove", bookmarks.DeleteBookmarks(),
            "Remove the bookmark with its note and list entries, after asking."),
    command("everywhere", "bookmark.note", "B", "Note", bookmarks.WriteNote(),
            "Write a note on the cable or, while reading, the paragraph; Esc saves it."),
    command("everywhere", "bookmark.put", "a", "Add to list",
            put_in_list.AddToList(opened_cable.NextCable()),
            "Add it to one of your lists, or to a new one."),
    command("everywhere", "bookmark.again", "full_stop", "Same list",
            put_in_list.SameListAgain(opened_cable.NextCable()),
            "Add it to the list you chose last, and go on to the next cable."),
    command("everywhere", "bookmark.undo", "u", "Undo", bookmarks.TakeBack(),
            "Undo the last change of bookmarks, notes, lists and saved searches."),
    command("everywhere", "bookmark.unread", "", "Mark unread", bookmarks.MarkUnread(),
            "Mark this cable as unread."),
    command("everywhere", "export.menu", "E", "Export", export_choices.ExportShown(),
            "Export the selected cables, or all cables of this query, to a file; press E "
            "again to stop."),
    command("everywhere", "search.save", "S", "Save search", bookmarks.SaveSearch(),
            "Save this query under a name."),
    command("everywhere", "bookmark.list", "apostrophe", "Bookmarks",
            bookmarks_screen.OpenBookmarks(), "Show your bookmarks."),
    command("everywhere", "copy.menu", "y", "Copy", panes.OpenMenu("copy"),
            "Copy a reference, link, hashtags, quotation or note.", footer=4),
    command("everywhere", "copy.again", "Y", "Copy again", WidgetAction("copy_again"),
            "Copy again in the last format."),
    # Everything else that works everywhere.
    command("everywhere", "list.order", "comma", "Order", ask.OpenSort(),
            "Sort the list: newest, oldest, best, published, reference, length.", footer=7),
    command("everywhere", "go.back", "backspace ctrl+o alt+left", "Back",
            opened_cable.GoBack(),
            "Go back to the previous query, cable and paragraph.", footer=8),
    command("everywhere", "go.forward", "right_square_bracket alt+right", "Forward",
            opened_cable.GoForward(), "Go forward again."),
    command("everywhere", "cable.pager", "", "Pager",
            external_programs.OpenInProgram("pager"),
            "Open the cable's text in your pager ($PAGER)."),
    command("everywhere", "cable.editor", "", "Editor", external_programs.OpenInProgram("editor"),
            "Open a copy of the cable's text in your editor ($EDITOR)."),
    command("everywhere", "cable.source", "o", "Source", external_programs.FindOrigin(),
            "Copy or open the cable's file or its public address."),
    command("everywhere", "room.rescan", "f5", "Rescan", index_status.Rescan(),
            "Check the folder for added, changed and removed files."),
    command("everywhere", "cable.next", "J", "Next cable", opened_cable.StepCable(1),
            "Go to the next cable in the list, even while reading."),
    command("everywhere", "cable.previous", "K", "Previous cable", opened_cable.StepCable(-1),
            "Go to the previous cable in the list, even while reading."),
    command("everywhere", "hit.next", "n", "Next hit", body_cursor.StepHit(1),
            "Go to the next hit, then into the next cable."),
    command("everywhere", "hit.previous", "N", "Previous hit", body_cursor.StepHit(-1),
            "Go to the previous hit, then back into the previous cable."),
    command("everywhere", "go.menu", "g", "Menu", panes.OpenMenu("go"),
            "Choose where to go, or what to ask the archive."),
    command("everywhere", "pane.filters", "s 1", "Filters", panes.ToggleLayout("filters_open"),
            "Go to the filters; press s again to go back to the list.", footer=6),
    command("everywhere", "pane.list", "2", "Cables", panes.Focus("list"),
            "Go to the list of cables."),
    command("everywhere", "pane.top", "3", "Top", panes.Focus("top"),
            "Go to the top box of the cable."),
    command("everywhere", "pane.header", "4", "Header", panes.Focus("header"),
            "Go to the cable's header."),
    command("everywhere", "pane.body", "5", "Body", panes.Focus("body"), "Go to the cable's body."),
    command("everywhere", "pane.context", "c", "Context", panes.Focus("context"),
            "Go to the context: cited and citing cables, with sentences.", footer=9),
    command("everywhere", "pane.next", "tab", "Next pane", panes.Cycle(1), "Go to the next pane."),
    command("everywhere", "pane.previous", "shift+tab", "Previous pane", panes.Cycle(-1),
            "Go to the previous pane.", typing=True),
    command("everywhere", "pane.zoom", "z", "Zoom", panes.ToggleLayout("zoomed"),
            "Give this pane the whole screen, or restore the others."),
    command("everywhere", "explain.show", "i", "Explain", WidgetAction("explain"),
            "Explain TAGS, posts, captions, markings and acronyms here.", footer=9),
    command("everywhere", "header.fold", "H", "Fold header", panes.ToggleLayout("unfolded"),
            "Unfold or fold the transmission header."),
    command("everywhere", "body.repair", "", "Repair", panes.ToggleLayout("repaired"),
            "Repair the quotation marks (Sarkozy,s → Sarkozy’s), or show them as filed."),
    command("everywhere", "help.show", "question_mark f1", "Keys", panes.OpenMenu("help"),
            "Show the keys of this pane, and how to read and cite cables.", footer=9),
    command("everywhere", "palette.show", "ctrl+p colon", "Commands", panes.OpenMenu("palette"),
            "Find any command by name.", footer=10),
    command("everywhere", "notices.show", "", "Messages", goto.ShowPage("notices"),
            "Show all messages of this session, newest first."),
    command("everywhere", "theme.choose", "", "Theme", goto.ChooseTheme(),
            "Choose the theme: the colors of the screen."),
    command("everywhere", "settings.show", "", "Settings", goto.ShowPage("settings"),
            "Show where your settings are, and how to change theme, font size, mouse and keys."),
    command("everywhere", "view.out", "escape", "Out", panes.StepOut(),
            "Go one step back towards the list."),
    command("everywhere", "view.close", "q", "Close", panes.Close(),
            "Close this view; in the list close the open cable or, if there is none, the "
            "program."),
    command("everywhere", "screen.redraw", "ctrl+l", "Redraw", WidgetAction("redraw"),
            "Redraw the screen.", typing=True),
    command("everywhere", "room.suspend", "ctrl+z", "Suspend", WidgetAction("suspend"),
            "Suspend the program; type fg in the shell to return.", typing=True),
    command("everywhere", "room.quit", "ctrl+q", "Quit", panes.LeaveProgram(),
            "Quit immediately; everything is already saved.", typing=True),
)
# fmt: on


def _of_tool(row: KeyRow) -> Command:
    return Command(
        row.name,
        tuple(row.keys.split()),
        row.label,
        pages.OpenPage(REPORTS[row.report]) if row.report else load(row.action)(),
        row.help,
        typing=row.typing,
        in_dialogs=load(row.in_dialogs)() if row.in_dialogs else None,
    )


def _with_tools(core_commands: tuple[Command, ...]) -> Iterator[Command]:
    """Yield the commands of the core, each followed by the commands that tools add after it."""
    key_rows = sorted(
        (key_row for tool in tools() for key_row in tool.keys), key=lambda row: row.position
    )
    for core_command in core_commands:
        yield core_command
        yield from (_of_tool(key_row) for key_row in key_rows if key_row.after == core_command.id)


COMMANDS: tuple[Command, ...] = tuple(_with_tools(_CORE))
"""Every command; the commands of a single pane come before those that work everywhere."""

_now: tuple[Command, ...] = COMMANDS


def use(commands: tuple[Command, ...]) -> None:
    """Set the commands of this process, including the reader's own keys."""
    global _now  # noqa: PLW0603 - a process has one keyboard
    _now = commands


def current() -> tuple[Command, ...]:
    """Return the commands with their current keys."""
    return _now


def key_context(session: Session) -> KeyContext:
    """Return the context in which keys are currently looked up."""
    if session.pane == "body" and session.find.open:
        return "find"
    return "body" if session.pane == "top" else session.pane


def commands_of(where: KeyContext) -> Iterator[Command]:
    """Yield the commands that work in a context, with its own commands first."""
    return (command for command in _now if works_in(command, where))


def command_for(where: KeyContext, key: str) -> Command | None:
    """Return the command for a key in a context, or None.

    The context's own commands take precedence.
    """
    return next((command for command in commands_of(where) if key in command.keys), None)


def markdown_table() -> str:
    """Return the table of keys for `docs/keys.md`."""
    context_titles: dict[KeyContext, str] = {
        "everywhere": "Everywhere",
        "bar": "Search bar",
        "list": "List",
        "filters": "Filters",
        "timeline": "Timeline",
        "body": "Body",
        "header": "Header",
        "find": "Find in a cable",
        "context": "Context",
        "bookmarks": "Bookmarks",
    }
    table_lines = ["| Where | Keys | Does | Name in `[keys]` |", "| --- | --- | --- | --- |"]
    for key_context, section_title in context_titles.items():
        for table_command in COMMANDS:
            if table_command.where[0] == key_context:
                key_names = (key_name(key).replace("|", "\\|") for key in table_command.keys)
                shown_keys = " ".join(f"`{name}`" for name in key_names) or "by name"
                help_and_id = f"{table_command.help} | `{table_command.id}`"
                table_lines.append(f"| {section_title} | {shown_keys} | {help_and_id} |")
                section_title = ""  # noqa: PLW2901 - a heading is printed once
    return "\n".join(table_lines)

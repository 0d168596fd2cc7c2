"""The commands of bookmarks, notes, lists, copies and exports: they work in every pane."""

from __future__ import annotations

from cable_tui.session.features import bookmarks, bookmarks_screen, export, panes
from cable_tui.tui.commands.model import Command, WidgetAction

NOTEBOOK = (
    Command(
        "mark.toggle",
        ("b",),
        "Bookmark",
        bookmarks.ToggleBookmark(),
        "Bookmark the cable, the marked ones, or the paragraph while reading; again takes it away, "
        "but no note and no place in a list.",
        footer=3,
    ),
    Command(
        "mark.remove",
        ("X",),
        "Take away",
        bookmarks.DeleteBookmarks(),
        "Take the bookmark away with its note and its places in lists, which are named before.",
    ),
    Command(
        "mark.note",
        ("B",),
        "Note",
        bookmarks.WriteNote(),
        "Write a note to the cable, or to the paragraph while reading; Esc keeps it.",
    ),
    Command(
        "mark.put",
        ("a",),
        "Add to list",
        bookmarks.AddToList(),
        "Put it into one of your lists; a new name makes one.",
    ),
    Command(
        "mark.undo",
        ("u",),
        "Undo",
        bookmarks.Undo(),
        "Take back the last change of bookmarks, notes, lists and saved searches.",
    ),
    Command(
        "mark.unread",
        ("r",),
        "Not read",
        bookmarks.MarkUnread(),
        "Take the sign away that says this cable was read.",
    ),
    Command(
        "export.menu",
        ("E",),
        "Export",
        export.Export(),
        "Write the marked cables, or all of this query, to a file; again stops it.",
    ),
    Command(
        "search.save",
        ("S",),
        "Save search",
        bookmarks.SaveSearch(),
        "Keep this query under a name.",
    ),
    Command(
        "mark.list",
        ("apostrophe",),
        "Bookmarks",
        bookmarks_screen.OpenBookmarks(),
        "List the bookmarks.",
    ),
    Command(
        "copy.menu",
        ("y",),
        "Copy",
        panes.OpenMenu("copy"),
        "Copy a reference, link, hashtags, quotation or note.",
        footer=4,
    ),
    Command(
        "copy.again",
        ("Y",),
        "Copy again",
        WidgetAction("copy_again"),
        "Copy in the format used last.",
    ),
)

"""The page of the bookmarks: lists as a line of names, bookmarks with text and note, a filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from cable_tui.session.feature_state import BookmarkEntry, BookmarksView
from cable_tui.session.features import bookmarks_screen
from cable_tui.session.state import Session
from cable_tui.session.values import Action
from cable_tui.text import clean_line
from cable_tui.tui.commands.key_command import WidgetAction, key_name
from cable_tui.tui.commands.keyboard import command_for
from cable_tui.tui.dialogs.help import Help
from cable_tui.tui.dialogs.modal import EagerOptionList
from cable_tui.tui.pages.room_page import RoomPage, holds
from cable_tui.tui.panes.bars.footer import footer
from cable_tui.tui.widgets.line_list import take_move

MOST_BOOKMARKS = 1000
"""Bookmarks that are listed at once; the filter finds the others."""
_NONE = "No bookmarks yet: b sets one, on a cable or on the paragraph under the cursor."
_EMPTY = "No bookmark here. a puts one into this list."
_UNHEARD = "No bookmark has these words."


class BookmarksScreen(RoomPage):
    """The bookmarks over the room; their keys are commands, which a reader may change."""

    def __init__(self, dispatch: Callable[[Action], None]) -> None:
        super().__init__(dispatch, "marks")
        self._view = BookmarksView()
        self._entries: list[BookmarkEntry] = []

    def compose(self) -> ComposeResult:
        """Yield lists, filter, bookmarks, keys."""
        with Vertical(classes="marks-box") as box:
            box.border_title = Content("Bookmarks")
            yield Static(classes="marks-lists", markup=False)
            yield self.filter_line()
            yield EagerOptionList(markup=False, compact=True)
            yield Static(classes="menu-note", markup=False)
            yield Static(Content(keys_line()), classes="marks-keys", markup=False)

    def on_mount(self) -> None:
        """Focus the bookmarks, and fill the screen."""
        self.query_one(EagerOptionList).focus()
        self._fill()

    def follow(self, old: Session, new: Session) -> None:
        """Show other bookmarks."""
        if new.bookmarks_view is not None and new.bookmarks_view is not old.bookmarks_view:
            self.show(new.bookmarks_view)

    def show(self, view: BookmarksView) -> None:
        """Show other bookmarks, or more of the same; the cursor stays on its bookmark."""
        if view.list != self._view.list and self.is_mounted:
            self.query_one(EagerOptionList).highlighted = None
        self._view = view
        if self.is_mounted:
            self._fill()

    def _fill(self) -> None:
        self._show_lists()
        typed_text = self.query_one(Input).value
        matching_marks = matching_entries(self._view.entries, typed_text)
        lines = self.query_one(EagerOptionList)
        row, entry_here = lines.highlighted or 0, self._here()
        self._entries = matching_marks[:MOST_BOOKMARKS]
        lines.clear_options()
        lines.add_options(Option(entry_lines(entry)) for entry in self._entries)
        ids = [entry.mark.id for entry in self._entries]
        if ids:
            key = entry_here.mark.id if entry_here else self._view.at
            lines.highlighted = ids.index(key) if key in ids else min(row, len(ids) - 1)
        self.query_one(".menu-note", Static).update(
            Content(self._note(len(matching_marks), typed_text))
        )

    def _show_lists(self) -> None:
        line = self.query_one(".marks-lists", Static)
        line.update(lists_line(self._view, line.size.width))

    def on_resize(self) -> None:
        """Break the line of lists if necessary."""
        self.call_after_refresh(self._show_lists)

    def _note(self, count: int, typed: str) -> str:
        if count > MOST_BOOKMARKS:
            return f"The first {MOST_BOOKMARKS:,} of {count:,}: / filters."
        if count:
            return ""
        if typed.strip():
            return _UNHEARD
        return _EMPTY if self._view.list else _NONE

    def _here(self) -> BookmarkEntry | None:
        row = self.query_one(EagerOptionList).highlighted
        return self._entries[row] if row is not None and row < len(self._entries) else None

    @property
    def pane(self) -> EagerOptionList:
        """The bookmarks."""
        return self.query_one(EagerOptionList)

    def filter(self, _typed: str) -> None:
        """Show the bookmarks that contain the words."""
        self._fill()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the clicked bookmark, as Enter does."""
        event.stop()
        if entry := self._here():
            self._open(entry)

    def show_keys(self) -> None:
        """Show all keys, with the help."""
        self.app.push_screen(Help("bookmarks", None))

    def do_key(self, key: str) -> bool:
        """Carry out a command of the page, or a key that moves; return False if it is neither."""
        if command := command_for("bookmarks", key):
            self._do(command.does)
            return True
        return key == "enter" or take_move(self.pane, key)  # Textual's list would take Enter

    def _do(self, does: Action | WidgetAction) -> None:
        """Run a command; one for a bookmark does nothing if there is none."""
        if not isinstance(does, WidgetAction):
            self._dispatch(does)
        elif does.verb in OF_SCREEN:
            OF_SCREEN[does.verb](self, does.by)
        elif entry := self._here():
            OF_ENTRY[does.verb](self, entry, does.by)

    def _reorder(self, entry: BookmarkEntry, by: int) -> None:
        row = [entry_in_list.mark.id for entry_in_list in self._view.entries].index(entry.mark.id)
        self._dispatch(bookmarks_screen.MoveEntry(entry, row + by))

    def _next_list(self, by: int) -> None:
        list_names = ["", *(name for name, _ in self._view.lists)]
        index = list_names.index(self._view.list) if self._view.list in list_names else 0
        self._dispatch(bookmarks_screen.OpenBookmarks(list_names[(index + by) % len(list_names)]))

    def close(self, *, at_once: bool = True, below: bool = False) -> None:
        """Go back to the room."""
        del at_once, below  # nothing that it shows takes long
        self.dismiss(None)
        self._dispatch(bookmarks_screen.CloseBookmarks())

    def _open(self, entry: BookmarkEntry) -> None:
        self.dismiss(None)
        self._dispatch(bookmarks_screen.FollowEntry(entry))


OF_SCREEN: dict[str, Callable[[BookmarksScreen, int], object]] = {
    "entry_cursor": lambda screen, by: screen.pane.move("line", by),
    "entry_list": lambda screen, by: screen._next_list(by),
    "entry_filter": lambda screen, _: screen.ask_or_filter(),
    "entry_close": lambda screen, _: screen.close(),
    "entry_help": lambda screen, _: screen.show_keys(),
}
"""Commands that work without a bookmark, by their verb."""
OF_ENTRY: dict[str, Callable[[BookmarksScreen, BookmarkEntry, int], None]] = {
    "entry_open": lambda screen, entry, _: screen._open(entry),
    "entry_note": lambda screen, entry, _: screen._dispatch(bookmarks_screen.EditEntry(entry)),
    "entry_put": lambda screen, entry, _: screen._dispatch(bookmarks_screen.ListEntry(entry)),
    "entry_remove": lambda screen, entry, _: screen._dispatch(bookmarks_screen.DropEntry(entry)),
    "entry_reorder": lambda screen, entry, by: screen._reorder(entry, by),
}
"""Commands for the bookmark under the cursor."""


def keys_line() -> str:
    """Return `Enter opens · m M reorder`: the keys of the screen, those of one label together."""
    keys_by_label: dict[str, list[str]] = {}
    for command in footer("bookmarks"):
        keys_by_label.setdefault(command.label, []).append(key_name(command.keys[0]))
    return " · ".join(f"{_together(keys)} {label}" for label, keys in keys_by_label.items())


def _together(keys: Sequence[str]) -> str:
    """Return keys such as `J K`, or for symbols `<>`."""
    return (" " if any(map(str.isalnum, keys)) else "").join(keys)


def lists_line(view: BookmarksView, cells: int = 0) -> Content:
    """Return `All 12 · harbour 3`, the shown list reversed; broken only between lists."""
    names: Sequence[tuple[str, str, int]] = [
        ("", "All", view.total),
        *((name, clean_line(name), count) for name, count in view.lists),
    ]
    parts = [
        Content.styled(
            f" {label} {count:,}{' private' if name in view.private else ''} ",
            "reverse" if name == view.list else "",
        )
        for name, label, count in names
    ]
    broken_line = Content("")
    cells_left = cells
    for part_number, part in enumerate(parts):
        separator = "·" if part_number else ""
        cells_left -= part.cell_length + len(separator)
        if part_number and cells and cells_left < 0:
            separator, cells_left = "\n", cells - part.cell_length
        broken_line = broken_line + Content(separator) + part
    return broken_line


def entry_lines(entry: BookmarkEntry) -> Content:
    """Return a bookmark on two to four lines: name and time; subject or text; note; warnings."""
    mark = entry.mark
    list_names = f"  in {', '.join(map(clean_line, mark.lists))}" if mark.lists else ""
    by_author = f"  by {clean_line(entry.author)}" if entry.author and not mark.note else ""
    lines = [
        Content.assemble(
            (clean_line(mark.name), "bold"), f"  {mark.created[:10]}{by_author}{list_names}"
        )
    ]
    if entry.subject or entry.line:
        lines.append(Content.styled(f"  {clean_line(entry.line or entry.subject)}", "dim"))
    if mark.note:
        by_author = f" ({clean_line(entry.author)})" if entry.author else ""
        lines.append(Content(f"  note{by_author}: {clean_line(' '.join(mark.note.split()))}"))
    amiss = entry.changed or ("not in this archive" if entry.here is False else "")
    if amiss:
        lines.append(Content.styled(f"  {clean_line(amiss)}", "italic"))
    return Content("\n").join(lines)


def matching_entries(entries: Sequence[BookmarkEntry], typed: str) -> list[BookmarkEntry]:
    """Return the bookmarks whose shown text contains every typed word."""
    return [entry for entry in entries if holds(_entry_text(entry), typed)]


def _entry_text(entry: BookmarkEntry) -> str:
    mark = entry.mark
    parts = (mark.name, entry.subject, entry.line, mark.note, entry.author, *mark.lists)
    return " ".join(parts)

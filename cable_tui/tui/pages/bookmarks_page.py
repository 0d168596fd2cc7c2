"""The page of bookmarks: a line of lists, a filter, and the bookmarks with text and note."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from cable_tui.session.feature_state import BookmarkEntry, BookmarksView, list_symbols
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
"""The maximum number of bookmarks listed; the filter can find the others."""
_NONE = "No bookmarks yet: press b to bookmark a cable or the paragraph under the cursor."
_EMPTY = "This list is empty. a adds a bookmark to it."
_UNHEARD = "No bookmark contains these words."


class BookmarksScreen(RoomPage):
    """The bookmarks screen over the room. The reader can change its keys, which are commands."""

    def __init__(self, dispatch: Callable[[Action], None]) -> None:
        super().__init__(dispatch, "marks")
        self._view = BookmarksView()
        self._entries: list[BookmarkEntry] = []

    def compose(self) -> ComposeResult:
        """Yield the lists, the filter, the bookmarks and the keys."""
        with Vertical(classes="marks-box") as bookmarks_box:
            bookmarks_box.border_title = Content("Bookmarks")
            yield Static(classes="marks-lists", markup=False)
            yield self.filter_line()
            yield EagerOptionList(markup=False, compact=True)
            yield Static(classes="menu-note", markup=False)
            yield Static(classes="marks-keys", markup=False)

    def on_mount(self) -> None:
        """Focus the bookmarks, and fill the screen."""
        self.query_one(EagerOptionList).focus()
        self._fill()

    def follow(self, old: Session, new: Session) -> None:
        """Show the bookmarks of a new session, if they have changed."""
        if new.bookmarks_view is not None and new.bookmarks_view is not old.bookmarks_view:
            self.show(new.bookmarks_view)

    def show(self, view: BookmarksView) -> None:
        """Show bookmarks; the cursor stays on its bookmark if the list is the same."""
        if view.list != self._view.list and self.is_mounted:
            self.query_one(EagerOptionList).highlighted = None
        self._view = view
        if self.is_mounted:
            self._fill()

    def _fill(self) -> None:
        self._show_lines()
        typed_text = self.query_one(Input).value
        matching_bookmarks = matching_entries(self._view.entries, typed_text)
        option_list = self.query_one(EagerOptionList)
        previous_row, previous_entry = option_list.highlighted or 0, self._here()
        self._entries = matching_bookmarks[:MOST_BOOKMARKS]
        option_list.clear_options()
        option_list.add_options(
            Option(entry_lines(entry, self._view.lists)) for entry in self._entries
        )
        listed_ids = [entry.mark.id for entry in self._entries]
        if listed_ids:
            cursor_id = previous_entry.mark.id if previous_entry else self._view.at
            option_list.highlighted = (
                listed_ids.index(cursor_id)
                if cursor_id in listed_ids
                else min(previous_row, len(listed_ids) - 1)
            )
        self.query_one(".menu-note", Static).update(
            Content(self._note(len(matching_bookmarks), typed_text))
        )

    def _show_lines(self) -> None:
        """Show the line of lists above the bookmarks, and the line of keys below them."""
        bookmarks_box = self.query_one(".marks-box")
        bookmarks_box.border_subtitle = Content(self._view.search_notes)
        lists_widget = self.query_one(".marks-lists", Static)
        lists_text = lists_line(self._view, lists_widget.size.width)
        note = clean_line(self._view.list_note)
        lists_widget.update(
            lists_text + Content.styled(f"\n {note}", "italic") if note else lists_text
        )
        self.query_one(".marks-keys", Static).update(keys_line(lists_widget.size.width))

    def on_resize(self) -> None:
        """Wrap both lines again for the new width."""
        self.call_after_refresh(self._show_lines)

    def _note(self, count: int, typed: str) -> str:
        if count > MOST_BOOKMARKS:
            return f"The first {MOST_BOOKMARKS:,} of {count:,}: / filters."
        if count:
            return ""
        if typed.strip():
            return _UNHEARD
        return _EMPTY if self._view.list else _NONE

    def _here(self) -> BookmarkEntry | None:
        highlighted_row = self.query_one(EagerOptionList).highlighted
        return (
            self._entries[highlighted_row]
            if highlighted_row is not None and highlighted_row < len(self._entries)
            else None
        )

    @property
    def pane(self) -> EagerOptionList:
        """The widget with the bookmarks."""
        return self.query_one(EagerOptionList)

    def filter(self, _typed: str) -> None:
        """Show the bookmarks that contain the typed words."""
        self._fill()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the clicked bookmark, or the one under the cursor on Enter."""
        event.stop()
        if clicked_entry := self._here():
            self._open(clicked_entry)

    def show_keys(self) -> None:
        """Show the help with all keys of the screen."""
        self.app.push_screen(Help("bookmarks", None))

    def do_key(self, key: str) -> bool:
        """Run the command of a key, or move the cursor; return whether the key had any effect."""
        if command := command_for("bookmarks", key):
            self._do(command.does)
            return True
        return key == "enter" or take_move(self.pane, key)  # Textual's list would take Enter

    def _do(self, does: Action | WidgetAction) -> None:
        """Run a command; a command for a bookmark does nothing if there is no bookmark."""
        if not isinstance(does, WidgetAction):
            self._dispatch(does)
        elif does.verb in OF_SCREEN:
            OF_SCREEN[does.verb](self, does.by)
        elif cursor_entry := self._here():
            OF_ENTRY[does.verb](self, cursor_entry, does.by)

    def _reorder(self, entry: BookmarkEntry, by: int) -> None:
        entry_index = [entry_in_list.mark.id for entry_in_list in self._view.entries].index(
            entry.mark.id
        )
        self._dispatch(bookmarks_screen.MoveEntry(entry, entry_index + by))

    def _next_list(self, by: int) -> None:
        list_names = ["", *(name for name, _ in self._view.lists)]
        list_index = list_names.index(self._view.list) if self._view.list in list_names else 0
        self._dispatch(
            bookmarks_screen.OpenBookmarks(list_names[(list_index + by) % len(list_names)])
        )

    def close(self, *, at_once: bool = True, below: bool = False) -> None:
        """Close the screen and return to the room."""
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
"""The actions that need no bookmark, by verb."""
OF_ENTRY: dict[str, Callable[[BookmarksScreen, BookmarkEntry, int], None]] = {
    "entry_open": lambda screen, entry, _: screen._open(entry),
    "entry_note": lambda screen, entry, _: screen._dispatch(bookmarks_screen.EditEntry(entry)),
    "entry_put": lambda screen, entry, _: screen._dispatch(bookmarks_screen.ListEntry(entry)),
    "entry_remove": lambda screen, entry, _: screen._dispatch(bookmarks_screen.DropEntry(entry)),
    "entry_reorder": lambda screen, entry, by: screen._reorder(entry, by),
}
"""The actions on the bookmark under the cursor, by verb."""


def keys_line(cells: int = 0) -> Content:
    """Return the line of keys, such as `Enter opens · m M reorder`, grouping keys by label."""
    keys_by_label: dict[str, list[str]] = {}
    for command in footer("bookmarks"):
        keys_by_label.setdefault(command.label, []).append(key_name(command.keys[0]))
    keys_with_labels = [f"{_together(keys)} {label}" for label, keys in keys_by_label.items()]
    return _wrapped_between([*map(Content, keys_with_labels)], " · ", cells)


def _together(key_names: Sequence[str]) -> str:
    """Return keys joined as `J K`, or symbols joined without a space as `<>`."""
    return (" " if any(map(str.isalnum, key_names)) else "").join(key_names)


def lists_line(view: BookmarksView, cells: int = 0) -> Content:
    """Return the line of lists, such as `All 12 · ¹harbour 3`, wrapped only between lists.

    The current list is in reverse video.
    """
    labels_and_counts: Sequence[tuple[str, str, int]] = [
        ("", "All", view.total),
        *(
            (name, f"{list_symbols([name], view.lists)}{clean_line(name)}", mark_count)
            for name, mark_count in view.lists
        ),
    ]
    list_labels = [
        Content.styled(
            f" {list_title} {mark_count:,}{' private' if list_name in view.private else ''} ",
            "reverse" if list_name == view.list else "",
        )
        for list_name, list_title, mark_count in labels_and_counts
    ]
    return _wrapped_between(list_labels, "·", cells)


def _wrapped_between(labels: Sequence[Content], separator: str, cells: int) -> Content:
    """Return labels with a separator between them, wrapped only between labels.

    If `cells` is 0, they are in one line.
    """
    wrapped_line, remaining_cells = Content(""), cells
    for label_index, label in enumerate(labels):
        before = separator if label_index else ""
        remaining_cells -= label.cell_length + len(before)
        if label_index and cells and remaining_cells < 0:
            before, remaining_cells = "\n", cells - label.cell_length
        wrapped_line = wrapped_line + Content(before) + label
    return wrapped_line


def entry_lines(entry: BookmarkEntry, lists: Sequence[tuple[str, int]]) -> Content:
    """Return a bookmark as up to four lines: name and time, subject or text, note, warning.

    The bookmark's lists are in the first line, with their symbols among all `lists`.
    """
    mark = entry.mark
    names = ", ".join(map(clean_line, mark.lists))
    list_names = f"  {list_symbols(mark.lists, lists)} in {names}" if names else ""
    author_text = f"  by {clean_line(entry.author)}" if entry.author and not mark.note else ""
    entry_content = [
        Content.assemble(
            (clean_line(mark.name), "bold"), f"  {mark.created[:10]}{author_text}{list_names}"
        )
    ]
    if entry.subject or entry.line:
        entry_content.append(Content.styled(f"  {clean_line(entry.line or entry.subject)}", "dim"))
    if mark.note:
        author_text = f" ({clean_line(entry.author)})" if entry.author else ""
        entry_content.append(
            Content(f"  note{author_text}: {clean_line(' '.join(mark.note.split()))}")
        )
    warning_text = entry.changed or ("not in this archive" if entry.here is False else "")
    if warning_text:
        entry_content.append(Content.styled(f"  {clean_line(warning_text)}", "italic"))
    return Content("\n").join(entry_content)


def matching_entries(entries: Sequence[BookmarkEntry], typed: str) -> list[BookmarkEntry]:
    """Return the bookmarks whose visible text contains all typed words."""
    return [entry for entry in entries if holds(_entry_text(entry), typed)]


def _entry_text(entry: BookmarkEntry) -> str:
    mark = entry.mark
    searched_texts = (mark.name, entry.subject, entry.line, mark.note, entry.author, *mark.lists)
    return " ".join(searched_texts)

"""The page of people: candidates and the confirmed, to be confirmed, merged, split, renamed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from cable_tui.reports.table import REPORTS
from cable_tui.session.base import Action
from cable_tui.session.feature_state import PeopleView, PersonEntry
from cable_tui.session.features.source_criticism import people
from cable_tui.text import clean_line, crop, fold, width
from cable_tui.tui.commands.model import WidgetAction
from cable_tui.tui.dialogs.filtered_page import FilteredPage
from cable_tui.tui.dialogs.menu import Menu, MenuItem
from cable_tui.tui.dialogs.prompts import NameBox
from cable_tui.tui.widgets.option_list import EagerOptionList

_NAMED = 28
"""Cells of a name."""
_MOST_WAYS = 30
"""Ways to write somebody that can be split off."""
KEYS = (
    "Enter their cables · o where they are named · c confirms · r renames · m marks, m on another "
    "merges · s splits off · d no longer confirmed · u undoes · / filters · Esc closes"
)


class PeoplePage(FilteredPage):
    """The people over the room. What it shows comes from the session."""

    def __init__(self, dispatch: Callable[[Action], None]) -> None:
        super().__init__(classes="marks people")
        self._dispatch = dispatch
        self._view = PeopleView()
        self._entries: list[PersonEntry] = []
        self._marked: PersonEntry | None = None
        """Who is to be merged with somebody."""

    def compose(self) -> ComposeResult:
        """What is read, the filter, the people, the one under the cursor, the keys."""
        with Vertical(classes="marks-box") as box:
            box.border_title = Content("People")
            yield Static(classes="marks-lists", markup=False)
            yield Input(placeholder="Filter", compact=True, classes="marks-filter")
            yield EagerOptionList(markup=False, compact=True)
            yield Static(classes="people-detail", markup=False)
            yield Static(Content(KEYS), classes="marks-keys", markup=False)

    def on_mount(self) -> None:
        """Focus the people, and fill the page."""
        self.query_one(OptionList).focus()
        self._fill()
        names = [each.name for each in self._entries]
        if self._view.here in names:
            self.query_one(OptionList).highlighted = names.index(self._view.here)

    def show(self, view: PeopleView) -> None:
        """Show more people, or others; the cursor stays on its person."""
        self._view = view
        if self.is_mounted:
            self._fill()

    def _fill(self) -> None:
        self.query_one(".marks-lists", Static).update(Content(self._head()))
        typed = self.query_one(Input).value
        lines = self.query_one(OptionList)
        here, at = self._here(), lines.highlighted or 0
        self._entries = matching(self._view.entries, typed)
        lines.clear_options()
        lines.add_options(Option(entry_line(each, each == self._marked)) for each in self._entries)
        names = [each.name for each in self._entries]
        if names:
            # The list grows while it is read: a cursor that was not moved stays at the top.
            known = at and here is not None and here.name in names
            lines.highlighted = (
                names.index(here.name) if known and here else min(at, len(names) - 1)
            )
        self._tell()

    def _head(self) -> str:
        view = self._view
        done = (
            f"{view.read:,} of {view.of:,} texts read" if view.reading else f"{view.read:,} texts"
        )
        of = f", the first of {view.cables:,}" if view.cables > view.of else ""
        query = f" · {clean_line(view.query)}" if view.query else ""
        first = f"{view.total:,} names · {done}{of}{query}"
        said = view.said or "A candidate is a guess by title and surname, until you confirm it."
        if self._marked is not None:
            said = f"{clean_line(self._marked.name)} is the same as: m on another; Esc forgets it."
        return f"{first}\n{clean_line(said)}"

    def _tell(self) -> None:
        """Say more of the person under the cursor."""
        entry = self._here()
        nobody = "Reading the texts ..." if self._view.reading else "Nobody here."
        self.query_one(".people-detail", Static).update(
            Content("\n".join(detail_lines(entry)) if entry else nobody)
        )

    def _here(self) -> PersonEntry | None:
        at = self.query_one(OptionList).highlighted
        return self._entries[at] if at is not None and at < len(self._entries) else None

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the people that hold the words."""
        event.stop()
        self._fill()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another person under the cursor."""
        event.stop()
        self._tell()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click: the cables."""
        event.stop()
        self._search()

    def on_key(self, event: events.Key) -> None:
        """The keys of the page, while no filter is typed."""
        if self.filter_has_key(event):
            return
        if does := PAGE_KEYS.get(event.key):
            does(self)
        elif event.key in _OF_ENTRY:
            if entry := self._here():
                _OF_ENTRY[event.key](self, entry)
        else:
            return
        event.stop()
        event.prevent_default()

    def _move(self, action: str) -> None:
        getattr(self.query_one(OptionList), f"action_{action}")()

    def _step_out(self) -> None:
        if self._marked is not None:
            self._marked = None
            self._fill()
        else:
            self.dismiss(None)
            self._dispatch(people.ClosePeople())

    def _search(self) -> None:
        if entry := self._here():
            self.dismiss(None)
            self._dispatch(people.SearchPerson(entry))

    def read_mentions(self, entry: PersonEntry) -> None:
        """Every place where somebody is named."""
        self.dismiss(None)
        self._dispatch(people.ReadMentions(entry, REPORTS["concordance"]))

    def _change(
        self,
        kind: people.Kind,
        entry: PersonEntry,
        text: str = "",
        other: PersonEntry | None = None,
    ) -> None:
        self._dispatch(people.ChangePerson(kind, entry, text, other))

    def _ask_name(self, entry: PersonEntry, kind: people.Kind, title: str, value: str) -> None:
        def keep(name: str | None) -> None:
            if name:
                self._change(kind, entry, name)

        self.app.push_screen(NameBox(title, value), keep)

    def confirm(self, entry: PersonEntry) -> None:
        """Keep a candidate, under a name that can be changed."""
        if not entry.confirmed:
            self._ask_name(entry, "confirm", "Confirm as", entry.full_name or entry.name)

    def rename(self, entry: PersonEntry) -> None:
        """Give a person another name; a candidate is confirmed by it."""
        if entry.confirmed:
            self._ask_name(entry, "rename", f"Another name for {entry.name}", entry.name)
        else:
            self.confirm(entry)

    def merge(self, entry: PersonEntry) -> None:
        """Mark somebody, or merge the marked one into this one."""
        marked, self._marked = self._marked, None
        if marked is None:
            self._marked = entry
            self._fill()
        elif marked.name == entry.name:
            self._fill()
        else:
            self._change("merge", marked, other=entry)

    def split(self, entry: PersonEntry) -> None:
        """Choose a way to write somebody that is somebody else."""
        ways = [*((form, 0) for form in entry.spellings if entry.confirmed), *entry.written]
        listed = dict(reversed(ways[:_MOST_WAYS]))
        items = [
            MenuItem(
                "", text, people.ChangePerson("split", entry, text), f"{number:,}" if number else ""
            )
            for text, number in reversed(listed.items())
        ]

        def take(does: Action | WidgetAction | None) -> None:
            if isinstance(does, people.ChangePerson):
                self._dispatch(does)

        self.app.push_screen(Menu(f"Who is somebody else than {entry.name}?", items), take)

    def drop(self, entry: PersonEntry) -> None:
        """Make a candidate of a person again."""
        if entry.confirmed:
            self._change("drop", entry)


PAGE_KEYS: dict[str, Callable[[PeoplePage], object]] = {
    "escape": lambda page: page._step_out(),
    "q": lambda page: page._step_out(),
    "backspace": lambda page: page._step_out(),
    "f5": lambda page: page._dispatch(people.CountPeople()),
    "u": lambda page: page._dispatch(people.TakeBackPeople()),
    "slash": lambda page: page.query_one(Input).focus(),
    "j": lambda page: page._move("cursor_down"),
    "k": lambda page: page._move("cursor_up"),
    "g": lambda page: page._move("first"),
    "G": lambda page: page._move("last"),
}
"""What its keys do, whoever is under the cursor."""
_OF_ENTRY: dict[str, Callable[[PeoplePage, PersonEntry], None]] = {
    "o": PeoplePage.read_mentions,
    "c": PeoplePage.confirm,
    "r": PeoplePage.rename,
    "m": PeoplePage.merge,
    "s": PeoplePage.split,
    "d": PeoplePage.drop,
}
"""What is done with the person under the cursor, by key."""


def entry_line(entry: PersonEntry, marked: bool) -> Content:
    """One line: cables, name, how sure it is, years, how it is written most."""
    name = crop(clean_line(entry.name), _NAMED)
    pad = " " * (_NAMED - width(name))
    first, last = entry.years
    years = first if first == last else f"{first}-{last}"
    written = clean_line(", ".join(text for text, _ in entry.written[:3]))
    protected = "protect! " if entry.protected else ""
    sign = "+" if marked else " "
    status = "confirmed" if entry.confirmed else "candidate"
    return Content.assemble(
        f"{sign}{entry.cables:>6,}  ",
        (name, "bold" if entry.confirmed else ""),
        f"{pad}  ",
        (status, "" if entry.confirmed else "italic"),
        f"  {years:<9}  ",
        (f"{protected}{written}", "dim"),
    )


def detail_lines(entry: PersonEntry) -> Sequence[str]:
    """What else is known of a person, on three lines."""
    ways = ", ".join(f"{text} {number:,}" for text, number in entry.written[:8])
    posts = ", ".join(f"{post} {number:,}" for post, number in entry.posts[:6])
    several = f" · several? {', '.join(entry.given)}" if entry.given else ""
    asks = " · a cable asks to protect this name" if entry.protected else ""
    found = f"Found by {', '.join(entry.spellings)}{several}{asks}"
    return [clean_line(each) for each in (f"Written {ways}", posts, found)]


def matching(entries: Sequence[PersonEntry], typed: str) -> list[PersonEntry]:
    """The people that hold every word that was typed, in their names, ways to write, or posts."""
    wanted = [fold(word) for word in typed.split()]
    if not wanted:
        return list(entries)

    def text(entry: PersonEntry) -> str:
        parts = (entry.name, *dict(entry.written), *entry.spellings, *dict(entry.posts))
        return fold(" ".join(parts))

    return [each for each in entries if all(word in text(each) for word in wanted)]

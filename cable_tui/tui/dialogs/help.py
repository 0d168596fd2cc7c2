"""The help (`?`): the keys of this pane, filtered as one types, and lessons for newcomers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from cable_tui.pattern import pattern
from cable_tui.session.values import Pane
from cable_tui.tui.commands.model import Command, KeyContext, key_name, key_names
from cable_tui.tui.commands.table import commands_of
from cable_tui.tui.dialogs.help_texts import ABOUT, LESSONS
from cable_tui.tui.dialogs.modal import Modal

TASKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Mark", ("mark.", "list.mark", "list.range", "list.invert", "list.unmark", "bookmarks.")),
    ("Copy and write", ("copy.", "export.", "body.pick", "cable.pager", "cable.editor")),
    (
        "Look up",
        ("explain.", "people.", "header.", "pane.context", "body.follow", "body.labels",
         "cable.source", "context.open", "body.repair", "body.join", "help.", "notices."),
    ),
    (
        "Find",
        ("search.", "bar.", "find.", "hit.", "timeline.", "body.find", "list.passages",
         "list.order", "library.toggle", "library.only", "library.exclude", "library.filter",
         "library.order"),
    ),
    (
        "Move",
        ("list.", "body.", "library.", "context.", "pane.", "go.", "cable.", "view."),
    ),
    ("The room", ("",)),
)  # fmt: skip
"""Tasks with the beginnings of the ids of their commands; the first that fits has a command."""
_ORDER = ("Move", "Find", "Copy and write", "Mark", "Look up", "The room")
_WORD = pattern(r"[^\W_]+")
_KEYS = 22
"""Cells of the column of keys."""
_WIDEST = 92
"""Cells of the box, as in room.tcss."""


def task(each: Command) -> str:
    """What a command is for."""
    return next(title for title, ids in TASKS if each.id.startswith(ids))


def key_lines(where: KeyContext, wanted: str = "", cells: int = 88) -> Iterator[Content]:
    """A line for each command of a pane that `wanted` means, by task, wrapped at `cells`."""
    groups: dict[str, list[Command]] = {title: [] for title in _ORDER}
    for command in _meant(list(commands_of(where)), wanted):
        groups[task(command)].append(command)
    for title, group in groups.items():
        if group:
            yield Content.styled(title, "bold underline")
            for command in group:
                yield from _key_line(command, cells)
            yield Content("")


def _meant(commands: list[Command], wanted: str) -> list[Command]:
    """Those with a key that is `wanted`, and those with words that begin like all of its words.

    A single sign is a key and nothing else.
    """
    wanted = wanted.strip()
    keyed = [each for each in commands if wanted in map(key_name, each.keys)]
    if not wanted or len(wanted) == 1 or wanted[0] == "^":
        return keyed if wanted else commands
    named = [each for each in commands if says(f"{each.label} {each.help}", wanted)]
    return [*keyed, *(each for each in named if each not in keyed)]


def says(text: str, wanted: str) -> bool:
    """Whether each word of `wanted` is the beginning of a word of a text."""
    found = _WORD.findall(text.casefold())
    return all(any(word.startswith(each) for word in found) for each in wanted.casefold().split())


def _key_line(command: Command, cells: int) -> Iterator[Content]:
    keys = f"{key_names(command):{_KEYS}} "
    for line in textwrap.wrap(command.help, max(20, cells - len(keys))):
        yield Content.assemble((keys, "bold"), line)
        keys = " " * len(keys)


def _about(text: str, wanted: str) -> bool:
    """Whether a text answers; a single sign is a key, of which no text speaks."""
    return len(wanted.strip()) != 1 and says(text, wanted)


def about_lines(pane: Pane | None, wanted: str = "") -> Iterator[Content]:
    """What the pane is, by the paragraphs that hold all of `wanted`'s words."""
    found = [text for text in (ABOUT[pane] if pane else ()) if _about(text, wanted)]
    yield from map(Content, found)
    if found:
        yield Content("")


def lesson_lines(wanted: str = "") -> Iterator[Content]:
    """The lessons; while something is looked for, only what holds it, text and example together."""
    for title, paragraphs in LESSONS:
        found = [
            each
            for together in _with_examples(paragraphs)
            if _about(" ".join((title, *together)), wanted)
            for each in together
        ]
        if found:
            yield Content.styled(title, "bold underline")
            for each in found:
                yield Content.styled(each, "bold") if each.startswith(" ") else Content(each)
            yield Content("")


def _with_examples(paragraphs: Iterable[str]) -> Iterator[list[str]]:
    """Each paragraph with the examples below it."""
    together: list[str] = []
    for each in paragraphs:
        if together and not each.startswith(" "):
            yield together
            together = []
        together.append(each)
    if together:
        yield together


class Help(Modal[None]):
    """The help over the main screen: keys and lessons."""

    def __init__(self, where: KeyContext, pane: Pane | None) -> None:
        super().__init__(classes="help")
        self._where, self._pane = where, pane

    def compose(self) -> ComposeResult:
        """A filter line over a page of text."""
        with Vertical(classes="help-box") as box:
            box.border_title = Content("Keys and help")
            box.border_subtitle = Content("type to filter · Esc closes")
            yield Input(placeholder="Filter", compact=True)
            with VerticalScroll(can_focus=False):
                yield Static(self._page(""), markup=False)

    def _page(self, wanted: str) -> Content:
        cells = min(_WIDEST, self.app.size.width * 9 // 10) - 6
        lines = [
            *about_lines(self._pane, wanted),
            *key_lines(self._where, wanted, cells),
            *lesson_lines(wanted),
        ]
        return Content("\n").join(lines) if lines else Content("Nothing here says that.")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what holds the words."""
        self.query_one(Static).update(self._page(event.value))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def on_key(self, event: events.Key) -> None:
        """Leave, or scroll while the filter keeps the focus."""
        page = self.query_one(VerticalScroll)
        empty = not self.query_one(Input).value
        if event.key in {"escape", "f1"}:
            event.stop()
            self.dismiss(None)
        elif event.key in ("down", "up", "pagedown", "pageup"):
            event.stop()
            lines = {"down": 1, "up": -1}.get(event.key) or page.size.height - 1
            lines *= -1 if event.key == "pageup" else 1
            page.scroll_relative(y=lines, animate=False)
        elif empty and event.key == "question_mark":
            event.stop()
            self.dismiss(None)

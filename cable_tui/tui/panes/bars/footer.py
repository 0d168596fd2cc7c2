"""The lines at the foot: a hint, the status, the keys; and the suggestions under the bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from cable_tui.base.pattern import pattern
from cable_tui.base.tools import load, tools
from cable_tui.query.answers import Jump
from cable_tui.session.state import Session
from cable_tui.text import clean_line, crop, printable, width
from cable_tui.tui.commands.key_command import Command, KeyContext, key_name
from cable_tui.tui.widgets.host import ActionPosted
from cable_tui.tui.widgets.line_list import ComponentStyles

ASKING = [("Enter", "Open"), ("Esc", "Leave")]
"""Keys and labels of the line that asks for a folder."""
JUMPS = 6
"""The most lines under the bar."""


_READING = (
    ("go.menu", "Menu"),
    ("hit.next", "Hit"),
    ("cable.next", "Cable"),
    ("body.next", "¶"),
    ("pane.context", "Context"),
    ("explain.show", "Explain"),
    ("header.fold", "Header"),
    ("header.decode", "In words"),
    ("copy.menu", "Copy"),
    ("mark.toggle", "Bookmark"),
    ("body.follow", "Follow"),
    ("body.labels", "Labels"),
    ("body.find", "Find"),
    ("body.pick", "Select"),
    ("pane.zoom", "Zoom"),
    ("search.edit", "Search"),
)
_DECODE = ("header.decode", "In words")
HINTS: dict[KeyContext, tuple[tuple[str, str], ...]] = {
    "body": _READING,
    "header": (_READING[0], _DECODE, *(hint for hint in _READING[1:] if hint != _DECODE)),
    "list": (
        ("go.menu", "Menu"),
        ("list.choose", "Choose"),
        ("list.read", "Read"),
        ("search.edit", "Search"),
        ("hit.next", "Hit"),
        ("list.mark", "Select"),
        ("copy.menu", "Copy"),
        ("mark.toggle", "Bookmark"),
        ("search.spellings", "Spellings"),
        ("pane.library", "Library"),
        ("explain.show", "Explain"),
        ("list.order", "Order"),
        ("go.back", "Back"),
    ),
}
"""The bottom line of each pane, the most needed first: ids of commands, short labels."""
_LIT = frozenset({"hit.next", "search.spellings"})
"""Commands that are shown only while words of a query are highlighted."""
_GAP = "  "
"""Between two keys; the last one needs none after it."""


def footer(where: KeyContext) -> list[Command]:
    """Return the commands that the bottom line shows: the pane's own, then the others, by rank."""
    # Late: the table comes with every feature of the session, and the first paint shows no keys.
    from cable_tui.tui.commands.keyboard import commands_of

    shown = [command for command in commands_of(where) if command.keys]
    if where in HINTS:
        named = {command.id: command for command in shown}
        return [named[id_] for id_, _ in HINTS[where] if id_ in named]
    shown = [command for command in shown if command.footer]
    return sorted(shown, key=lambda command: (where not in command.where, command.footer))


def footer_text(
    where: KeyContext, cells: int, *, lit: bool = False, unfolded: bool = False
) -> list[tuple[str, str]]:
    """Return keys and labels that fit; the way to the help is always among them.

    With `lit` the query has hits: n goes to them, ~ looks for other spellings. With `unfolded` the
    header is open: D shows it in words.
    """
    from cable_tui.tui.commands.keyboard import commands_of

    labels = dict(HINTS.get(where, ()))
    last = [command for command in commands_of(where) if command.id == "help.show" and command.keys]
    shown = [command for command in footer(where) if command.id != "help.show"]
    shown = [command for command in shown if lit or command.id not in _LIT]
    if where == "body" and not unfolded:
        shown = [command for command in shown if command.id != _DECODE[0]]
    pairs = [
        (key_name(command.keys[0]), labels.get(command.id, command.label)) for command in shown
    ]
    ends = [(key_name(command.keys[0]), command.label) for command in last]
    while pairs and _cells([*pairs, *ends]) > cells:
        pairs.pop()
    return [*pairs, *ends]


def _cells(pairs: list[tuple[str, str]]) -> int:
    return width(_GAP.join(f"{key} {label}" for key, label in pairs))


class KeysLine(Widget):
    """The footer: the keys of the pane that has the focus."""

    DEFAULT_CSS = "KeysLine { height: 1; dock: bottom; padding: 0 1; }"

    _shown: tuple[KeyContext, bool, bool, bool] | None = None
    """The last state; None before the first session: the line is blank."""

    def show(
        self,
        where: KeyContext,
        *,
        asking: bool = False,
        lit: bool = False,
        unfolded: bool = False,
    ) -> None:
        """Show the keys of a pane, or those of the line that asks for a folder."""
        if (shown := (where, asking, lit, unfolded)) != self._shown:
            self._shown = shown
            self.refresh()

    def render(self) -> Content:
        """Show as many commands as fit."""
        if self._shown is None:
            return Content("")
        where, asking, lit, unfolded = self._shown
        keys = footer_text(where, self.size.width, lit=lit, unfolded=unfolded)
        pairs = ASKING if asking else keys
        return Content(_GAP).join(
            Content.assemble((key, "bold $accent"), f" {label}") for key, label in pairs
        )


class JumpLines(Widget):
    """The suggestions under the search bar: what its text may name, one line each."""

    DEFAULT_CSS = """
    JumpLines { height: auto; padding: 0 1; display: none; }
    JumpLines.-shown { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._jumps: Sequence[Jump] = ()
        self._choice: int | None = None

    def show(self, jumps: Sequence[Jump], choice: int | None) -> None:
        """Show suggestions, one of them chosen; without any the widget takes no space."""
        shown = jumps[:JUMPS]
        if (shown, choice) == (self._jumps, self._choice):
            return
        taller = len(shown) != len(self._jumps)
        self._jumps, self._choice = shown, choice
        self.set_class(bool(shown), "-shown")
        self.refresh(layout=taller)

    def render(self) -> Content:
        """Return the line; the chosen one is marked, and names the key that takes it."""
        return Content("\n").join(self._line(index, jump) for index, jump in enumerate(self._jumps))

    def _line(self, index: int, jump: Jump) -> Content:
        chosen = index == self._choice
        verb = "" if jump.completes else "Open " if jump.reference else "Show "
        text = crop(f"{verb}{clean_line(jump.label)}", max(10, self.size.width - 12))
        if index == 0 and jump.completes and self._choice is None:
            return Content.assemble("  ", (text, "dim"), ("  Tab", "bold dim"))
        if chosen:
            return Content.assemble(("▸ ", "bold $accent"), (text, "bold"), ("  Enter", "dim"))
        return Content.assemble("  ", (text, "dim"))

    def on_click(self, event: events.Click) -> None:
        """Take the clicked line."""
        event.stop()
        if 0 <= event.y < len(self._jumps):
            from cable_tui.session.features.search_bar import TakeJump

            self.post_message(ActionPosted(TakeJump(event.y)))


_APART = 2
"""Cells between the two."""
Ends = tuple[str, str]
"""The texts on the left and on the right."""


class StatusLine(ComponentStyles, can_focus=False):
    """One line with two ends; where both do not fit, shorter ones are shown, or a cut right one."""

    PREFIX, LOOKS = "status", ("left", "right")
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._ends: Sequence[Ends] = (("", ""),)

    def show(self, *ends: Ends) -> None:
        """Show the first of these that fits; the same ones again are not painted."""
        clean = [(printable(left), printable(right)) for left, right in ends]
        if clean != self._ends:
            self._ends = clean
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the left text, a gap, the right text."""
        room = self.size.width
        left, right = fitted(self._ends, room) if y == 0 else ("", "")
        gap = " " * (room - width(left) - width(right))
        base = self.rich_style
        return Strip(
            [
                Segment(left, base + self.component_style("status--left")),
                Segment(gap, base),
                Segment(right, base + self.component_style("status--right")),
            ],
            room,
        )


def fitted(ends: Sequence[Ends], room: int) -> Ends:
    """Return the first ends that fit into `room` cells, two spaces apart; else the last, cut."""
    for left, right in ends:
        if width(left) + (_APART if left else 0) + width(right) <= room:
            return left, right
    left = crop(left, room)
    return left, crop(right, max(room - width(left) - (_APART if left else 0), 0))


Part = tuple[str, bool]
"""A piece of the line, and whether it is a key, a word to type or the name of the step."""
_IN_HINT = pattern(r"\{([a-z_]+\.[a-z_]+)\}|`([^`]+)`")


class Hint(Protocol):
    """What a tool says in the line above the status line; equal hints look the same."""

    def parts(self, cells: int) -> Sequence[Part]:
        """Return its pieces for so many cells."""


FindHint = Callable[[Session], Hint | None]
"""`hint` of a tool: what it says now, if anything."""


def hint_of(session: Session) -> Hint | None:
    """Return what the first tool says that says anything."""
    for tool in tools():
        if tool.hint:
            find: FindHint = load(tool.hint)
            if (hint := find(session)) is not None:
                return hint
    return None


def parts_of(hint: str) -> Iterator[Part]:
    """Yield the pieces of a hint, with keys in place of the ids of commands, and words to type."""
    from cable_tui.tui.commands.keyboard import current  # late, as in `footer`

    keys = {command.id: key_name(command.keys[0]) for command in current() if command.keys}
    end = 0
    for match in _IN_HINT.finditer(hint):
        yield hint[end : match.start()], False
        yield match[2] or keys.get(match[1], match[1]), True
        end = match.end()
    yield hint[end:], False


def cells_needed(parts: Sequence[Part]) -> int:
    """Return the cells that some parts need."""
    return sum(width(text) for text, _ in parts)


def cut(parts: Sequence[Part], cells: int) -> list[Part]:
    """Return the parts that fit, the last one cut."""
    kept: list[Part] = []
    for text, lit in parts:
        kept.append((crop(text, max(cells - cells_needed(kept), 0)), lit))
        if cells_needed(kept) >= cells:
            break
    return kept


class HintLine(ComponentStyles, can_focus=False):
    """One line over the status line, of a tool; it takes no room if no tool says anything."""

    PREFIX, LOOKS = "hint", ("key", "text")
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(id="hint")
        self._hint: Hint | None = None

    def show(self, hint: Hint | None) -> None:
        """Show a hint; None hides the line."""
        if hint == self._hint:
            return
        self._hint = hint
        self.set_class(hint is not None, "-shown")
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line, its keys lit."""
        room = self.size.width
        if y or self._hint is None:
            return Strip.blank(room, self.rich_style)
        pieces = ((text, "key" if lit else "text") for text, lit in self._hint.parts(room))
        return self.strip_of(pieces, room, self.rich_style)

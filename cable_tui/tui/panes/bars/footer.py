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
    ("bookmark.toggle", "Bookmark"),
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
        ("list.select", "Select"),
        ("copy.menu", "Copy"),
        ("bookmark.toggle", "Bookmark"),
        ("search.spellings", "Spellings"),
        ("pane.filters", "Filters"),
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

    shown_commands = [command for command in commands_of(where) if command.keys]
    if where in HINTS:
        command_by_id = {command.id: command for command in shown_commands}
        return [command_by_id[id_] for id_, _ in HINTS[where] if id_ in command_by_id]
    shown_commands = [command for command in shown_commands if command.footer]
    return sorted(shown_commands, key=lambda command: (where not in command.where, command.footer))


def footer_text(
    where: KeyContext, cells: int, *, lit: bool = False, unfolded: bool = False
) -> list[tuple[str, str]]:
    """Return keys and labels that fit; the way to the help is always among them.

    With `lit` the query has hits: n goes to them, ~ looks for other spellings. With `unfolded` the
    header is open: D shows it in words.
    """
    from cable_tui.tui.commands.keyboard import commands_of

    labels = dict(HINTS.get(where, ()))
    help_command = [
        command for command in commands_of(where) if command.id == "help.show" and command.keys
    ]
    shown_commands = [command for command in footer(where) if command.id != "help.show"]
    shown_commands = [command for command in shown_commands if lit or command.id not in _LIT]
    if where == "body" and not unfolded:
        shown_commands = [command for command in shown_commands if command.id != _DECODE[0]]
    pairs = [
        (key_name(command.keys[0]), labels.get(command.id, command.label))
        for command in shown_commands
    ]
    ends = [(key_name(command.keys[0]), command.label) for command in help_command]
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
        if (footer_state := (where, asking, lit, unfolded)) != self._shown:
            self._shown = footer_state
            self.refresh()

    def render(self) -> Content:
        """Show as many commands as fit."""
        if self._shown is None:
            return Content("")
        key_context, is_asking, is_lit, unfolded = self._shown
        keys = footer_text(key_context, self.size.width, lit=is_lit, unfolded=unfolded)
        pairs = ASKING if is_asking else keys
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
        shown_jumps = jumps[:JUMPS]
        if (shown_jumps, choice) == (self._jumps, self._choice):
            return
        taller = len(shown_jumps) != len(self._jumps)
        self._jumps, self._choice = shown_jumps, choice
        self.set_class(bool(shown_jumps), "-shown")
        self.refresh(layout=taller)

    def render(self) -> Content:
        """Return the line; the chosen one is marked, and names the key that takes it."""
        return Content("\n").join(self._line(index, jump) for index, jump in enumerate(self._jumps))

    def _line(self, index: int, jump: Jump) -> Content:
        is_chosen = index == self._choice
        verb = "" if jump.completes else "Open " if jump.reference else "Show "
        text = crop(f"{verb}{clean_line(jump.label)}", max(10, self.size.width - 12))
        if index == 0 and jump.completes and self._choice is None:
            return Content.assemble("  ", (text, "dim"), ("  Tab", "bold dim"))
        if is_chosen:
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
        clean_ends = [
            (printable(left_text), printable(right_text)) for left_text, right_text in ends
        ]
        if clean_ends != self._ends:
            self._ends = clean_ends
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the left text, a gap, the right text."""
        cells_left = self.size.width
        left_text, right_text = fitted(self._ends, cells_left) if y == 0 else ("", "")
        gap = " " * (cells_left - width(left_text) - width(right_text))
        base_style = self.rich_style
        return Strip(
            [
                Segment(left_text, base_style + self.component_style("status--left")),
                Segment(gap, base_style),
                Segment(right_text, base_style + self.component_style("status--right")),
            ],
            cells_left,
        )


def fitted(ends: Sequence[Ends], room: int) -> Ends:
    """Return the first ends that fit into `room` cells, two spaces apart; else the last, cut."""
    for left_text, right_text in ends:
        if width(left_text) + (_APART if left_text else 0) + width(right_text) <= room:
            return left_text, right_text
    left_text = crop(left_text, room)
    return left_text, crop(
        right_text, max(room - width(left_text) - (_APART if left_text else 0), 0)
    )


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
            find_hint: FindHint = load(tool.hint)
            if (hint := find_hint(session)) is not None:
                return hint
    return None


def parts_of(hint: str) -> Iterator[Part]:
    """Yield the pieces of a hint, with keys in place of the ids of commands, and words to type."""
    from cable_tui.tui.commands.keyboard import current  # late, as in `footer`

    keys = {command.id: key_name(command.keys[0]) for command in current() if command.keys}
    match_end = 0
    for match in _IN_HINT.finditer(hint):
        yield hint[match_end : match.start()], False
        yield match[2] or keys.get(match[1], match[1]), True
        match_end = match.end()
    yield hint[match_end:], False


def cells_needed(parts: Sequence[Part]) -> int:
    """Return the cells that some parts need."""
    return sum(width(text) for text, _ in parts)


def cut(parts: Sequence[Part], cells: int) -> list[Part]:
    """Return the parts that fit, the last one cut."""
    kept_parts: list[Part] = []
    for text, is_lit in parts:
        kept_parts.append((crop(text, max(cells - cells_needed(kept_parts), 0)), is_lit))
        if cells_needed(kept_parts) >= cells:
            break
    return kept_parts


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
        line_cells = self.size.width
        if y or self._hint is None:
            return Strip.blank(line_cells, self.rich_style)
        pieces = (
            (text, "key" if is_lit else "text") for text, is_lit in self._hint.parts(line_cells)
        )
        return self.strip_of(pieces, line_cells, self.rich_style)

"""The lines at the bottom: a hint, the status and the keys; also the suggestions below the bar."""

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
"""The keys and labels of the footer while the room asks for a folder."""
JUMPS = 6
"""The maximum number of suggestions below the search bar."""


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
"""The commands in the footer of each pane, most important first: ids and short labels."""
_LIT = frozenset({"hit.next", "search.spellings"})
"""The commands that the footer shows only while words in a query are highlighted."""
_GAP = "  "
"""The space between two keys."""


def footer(where: KeyContext) -> list[Command]:
    """Return the commands for the footer: the pane's own commands, then others, each by rank."""
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
    """Return the keys and labels that fit in the footer, always including the key for help.

    `lit` means that words in the query are highlighted: `n` goes to the next one, and `~` looks for
    other spellings. `unfolded` means that the header is open, and `D` shows it in words.
    """
    from cable_tui.tui.commands.keyboard import commands_of

    label_by_command = dict(HINTS.get(where, ()))
    help_command = [
        command for command in commands_of(where) if command.id == "help.show" and command.keys
    ]
    shown_commands = [command for command in footer(where) if command.id != "help.show"]
    shown_commands = [command for command in shown_commands if lit or command.id not in _LIT]
    if where == "body" and not unfolded:
        shown_commands = [command for command in shown_commands if command.id != _DECODE[0]]
    keys_and_labels = [
        (key_name(command.keys[0]), label_by_command.get(command.id, command.label))
        for command in shown_commands
    ]
    help_pair = [(key_name(command.keys[0]), command.label) for command in help_command]
    while keys_and_labels and _cells([*keys_and_labels, *help_pair]) > cells:
        keys_and_labels.pop()
    return [*keys_and_labels, *help_pair]


def _cells(keys_and_labels: list[tuple[str, str]]) -> int:
    return width(_GAP.join(f"{key_text} {label}" for key_text, label in keys_and_labels))


class KeysLine(Widget):
    """The footer: the keys of the focused pane."""

    DEFAULT_CSS = "KeysLine { height: 1; dock: bottom; padding: 0 1; }"

    _shown_state: tuple[KeyContext, bool, bool, bool] | None = None
    """The state shown last, or None before the first session, when the line is empty."""

    def show(
        self,
        where: KeyContext,
        *,
        asking: bool = False,
        lit: bool = False,
        unfolded: bool = False,
    ) -> None:
        """Show the keys of a pane, or the keys of the input line that asks for a folder."""
        if (footer_state := (where, asking, lit, unfolded)) != self._shown_state:
            self._shown_state = footer_state
            self.refresh()

    def render(self) -> Content:
        """Return as many keys as fit in the line."""
        if self._shown_state is None:
            return Content("")
        key_context, is_asking, is_lit, is_unfolded = self._shown_state
        pane_keys = footer_text(key_context, self.size.width, lit=is_lit, unfolded=is_unfolded)
        keys_and_labels = ASKING if is_asking else pane_keys
        return Content(_GAP).join(
            Content.assemble((key_text, "bold $accent"), f" {label}")
            for key_text, label in keys_and_labels
        )


class JumpLines(Widget):
    """The suggestions below the search bar: targets that its text may mean, one per line."""

    DEFAULT_CSS = """
    JumpLines { height: auto; padding: 0 1; display: none; }
    JumpLines.-shown { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._jumps: Sequence[Jump] = ()
        self._chosen_index: int | None = None

    def show(self, jumps: Sequence[Jump], choice: int | None) -> None:
        """Show suggestions, one of which may be chosen. Hide the widget if there are none."""
        shown_jumps = jumps[:JUMPS]
        if (shown_jumps, choice) == (self._jumps, self._chosen_index):
            return
        has_new_height = len(shown_jumps) != len(self._jumps)
        self._jumps, self._chosen_index = shown_jumps, choice
        self.set_class(bool(shown_jumps), "-shown")
        self.refresh(layout=has_new_height)

    def render(self) -> Content:
        """Return the suggestions; the chosen one shows a marker and the key that accepts it."""
        return Content("\n").join(self._line(index, jump) for index, jump in enumerate(self._jumps))

    def _line(self, index: int, jump: Jump) -> Content:
        is_chosen = index == self._chosen_index
        verb_text = "" if jump.completes else "Open " if jump.reference else "Show "
        jump_text = crop(f"{verb_text}{clean_line(jump.label)}", max(10, self.size.width - 12))
        if index == 0 and jump.completes and self._chosen_index is None:
            return Content.assemble("  ", (jump_text, "dim"), ("  Tab", "bold dim"))
        if is_chosen:
            return Content.assemble(("▸ ", "bold $accent"), (jump_text, "bold"), ("  Enter", "dim"))
        return Content.assemble("  ", (jump_text, "dim"))

    def on_click(self, event: events.Click) -> None:
        """Accept the suggestion that was clicked."""
        event.stop()
        if 0 <= event.y < len(self._jumps):
            from cable_tui.session.features.search_bar import TakeJump

            self.post_message(ActionPosted(TakeJump(event.y)))


_APART = 2
"""The space between the left and the right text, in cells."""
Ends = tuple[str, str]
"""The texts at the left and right ends of the status line."""


class StatusLine(ComponentStyles, can_focus=False):
    """The status line, with a left and a right text that are shortened if both do not fit."""

    PREFIX, LOOKS = "status", ("left", "right")
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._end_texts: Sequence[Ends] = (("", ""),)

    def show(self, *ends: Ends) -> None:
        """Show the first pair of texts that fits; do not repaint if the texts are the same."""
        clean_ends = [
            (printable(left_text), printable(right_text)) for left_text, right_text in ends
        ]
        if clean_ends != self._end_texts:
            self._end_texts = clean_ends
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the left text, a gap, and the right text."""
        line_width = self.size.width
        left_text, right_text = fitted(self._end_texts, line_width) if y == 0 else ("", "")
        gap_text = " " * (line_width - width(left_text) - width(right_text))
        base_style = self.rich_style
        return Strip(
            [
                Segment(left_text, base_style + self.component_style("status--left")),
                Segment(gap_text, base_style),
                Segment(right_text, base_style + self.component_style("status--right")),
            ],
            line_width,
        )


def fitted(ends: Sequence[Ends], room: int) -> Ends:
    """Return the first pair of texts that fits in `room` cells, or the last pair, shortened."""
    for left_text, right_text in ends:
        if width(left_text) + (_APART if left_text else 0) + width(right_text) <= room:
            return left_text, right_text
    left_text = crop(left_text, room)
    return left_text, crop(
        right_text, max(room - width(left_text) - (_APART if left_text else 0), 0)
    )


Part = tuple[str, bool]
"""A piece of a hint, and whether it is highlighted: a key, a word to type, or the name of a step.
"""
_IN_HINT = pattern(r"\{([a-z_]+\.[a-z_]+)\}|`([^`]+)`")


class Hint(Protocol):
    """A tool's message for the line above the status line; equal hints have equal text."""

    def parts(self, cells: int) -> Sequence[Part]:
        """Return the pieces of the hint for a width in cells."""


FindHint = Callable[[Session], Hint | None]
"""A tool's function `hint`, which returns the tool's current hint or None."""


def hint_of(session: Session) -> Hint | None:
    """Return the hint of the first tool that has one, or None if no tool has a hint."""
    for tool in tools():
        if tool.hint:
            find_hint: FindHint = load(tool.hint)
            if (hint := find_hint(session)) is not None:
                return hint
    return None


def parts_of(hint: str) -> Iterator[Part]:
    """Yield the pieces of a hint, with keys in place of the ids of commands."""
    from cable_tui.tui.commands.keyboard import current  # late, as in `footer`

    key_by_command = {
        command.id: key_name(command.keys[0]) for command in current() if command.keys
    }
    previous_end = 0
    for hint_match in _IN_HINT.finditer(hint):
        yield hint[previous_end : hint_match.start()], False
        yield hint_match[2] or key_by_command.get(hint_match[1], hint_match[1]), True
        previous_end = hint_match.end()
    yield hint[previous_end:], False


def cells_needed(parts: Sequence[Part]) -> int:
    """Return the width of the given pieces in cells."""
    return sum(width(text) for text, _ in parts)


def cut(parts: Sequence[Part], cells: int) -> list[Part]:
    """Return the pieces that fit in a width, with the last piece shortened."""
    kept_parts: list[Part] = []
    for part_text, is_lit in parts:
        kept_parts.append((crop(part_text, max(cells - cells_needed(kept_parts), 0)), is_lit))
        if cells_needed(kept_parts) >= cells:
            break
    return kept_parts


class HintLine(ComponentStyles, can_focus=False):
    """The line above the status line for a tool's hint, hidden if no tool has a hint."""

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
        """Return the line, with its keys highlighted."""
        line_width = self.size.width
        if y or self._hint is None:
            return Strip.blank(line_width, self.rich_style)
        styled_pieces = (
            (text, "key" if is_lit else "text") for text, is_lit in self._hint.parts(line_width)
        )
        return self.strip_of(styled_pieces, line_width, self.rich_style)

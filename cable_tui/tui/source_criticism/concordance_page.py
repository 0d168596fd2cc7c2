"""The page of a concordance: the key word in one column, a line a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from cable_tui.session.base import Action
from cable_tui.session.features.source_criticism import concordance
from cable_tui.session.word_views import ConcordanceView
from cable_tui.text import clean_line, crop, width
from cable_tui.text.keyword_columns import keyword_line
from cable_tui.tui.dialogs.modal import Modal
from cable_tui.tui.widgets.cursor_list import MOVES, CursorList

if TYPE_CHECKING:
    from cable_tui.archive.source_criticism.concordance_lines import Line

_KEYS = "Enter opens it · y copies it · s S order · / words · { } cable · Esc {leaves}"
_ORDERS = {
    "date": "oldest first",
    "newest": "newest first",
    "post": "by post",
    "left": "by the words before",
    "right": "by the words behind",
}
_DATED = 110
"""Cells of a line that has room for the date."""
_PLACE = 20
"""Cells of the reference ID with its paragraph."""


class ConcordanceList(CursorList["Line"]):
    """The lines, painted as they come into sight."""

    PREFIX = "concordance"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"concordance--{part}" for part in ("cursor", "bar", "place", "around", "word")
    }

    def next_cable(self, by: int) -> None:
        """To the first line of the next cable, or of this one or the one before."""
        ids = [line.row.id for line in self.lines]
        at = self.at
        if not ids:
            return
        if by > 0:
            here = ids[at]
            while at < len(ids) - 1 and ids[at] == here:
                at += 1
        elif at:
            at -= 1
            while at and ids[at - 1] == ids[at]:
                at -= 1
        self.move_to(at)

    def pieces(self, line: Line, cells: int) -> Sequence[tuple[str, str]]:
        """The cable, what stands before, the word, what stands behind."""
        return line_pieces(line, cells)


def line_pieces(line: Line, cells: int) -> list[tuple[str, str]]:
    """A line of so many cells, in pieces with their looks."""
    place = line.row.reference_id
    if line.in_subject:
        place += " subject"
    elif line.paragraph:
        place += f" ¶{line.paragraph}"
    place = crop(clean_line(place), _PLACE)
    date = f"{line.row.created[:10]:<10} " if cells >= _DATED else ""
    head = f"{date}{place}{' ' * (_PLACE - width(place))} "
    left, word, right = map(clean_line, (line.left, line.word, line.right))
    first, middle, last = keyword_line(left, word, right, cells - width(head))
    return [(head, "place"), (first, "around"), (middle, "word"), (last, "around")]


class ConcordancePage(Modal[None]):
    """The page, without state but for its cursor: all else comes from the session."""

    def __init__(self, dispatch: Callable[[Action], None]) -> None:
        super().__init__(classes="words")
        self._dispatch = dispatch
        self._view = ConcordanceView()
        self._lines = ConcordanceList(self._open)

    def compose(self) -> ComposeResult:
        """The lines, what is to be said of them, the keys."""
        with Vertical(classes="words-box"):
            yield self._lines
            yield Static(classes="menu-note", markup=False)
            yield Static(classes="marks-keys", markup=False)

    def on_mount(self) -> None:
        """Focus the lines, and fill the page."""
        self._lines.focus()
        self._fill(self._view.at)

    def show(self, view: ConcordanceView) -> None:
        """Show what was read; leave where the page was left."""
        old, self._view = self._view, view
        if not self.is_mounted:
            return
        if not view.shown:
            self.dismiss(None)
            return
        anew = (view.text, view.order) != (old.text, old.order)
        self._fill(0 if anew else None)

    def _fill(self, at: int | None) -> None:
        view = self._view
        box = self.query_one(".words-box")
        box.border_title = Content(f"{clean_line(view.text)} · {_ORDERS[view.order]}")
        box.border_subtitle = Content(_progress(view))
        self._lines.show(view.lines, at)
        self.query_one(".menu-note", Static).update(Content(clean_line(_said(view))))
        leaves = "stops" if view.reading else "closes"
        self.query_one(".marks-keys", Static).update(Content(_KEYS.replace("{leaves}", leaves)))

    def _open(self) -> None:
        if self._lines.here is not None:
            self._dispatch(concordance.FollowLine(self._lines.at))

    def on_key(self, event: events.Key) -> None:
        """The keys of the page."""
        if does := PAGE_KEYS.get(event.key):
            event.stop()
            event.prevent_default()
            does(self)
        elif move := MOVES.get(event.key):
            event.stop()
            event.prevent_default()
            move(self._lines)


PAGE_KEYS: dict[str, Callable[[ConcordancePage], object]] = {
    "escape": lambda page: page._dispatch(concordance.CloseConcordance()),
    "q": lambda page: page._dispatch(concordance.CloseConcordance(at_once=True)),
    "backspace": lambda page: page._dispatch(concordance.CloseConcordance(at_once=True)),
    **dict.fromkeys(("enter", "l", "right"), ConcordancePage._open),
    "y": lambda page: page._dispatch(concordance.CopyLine(page._lines.at)),
    "slash": lambda page: page._dispatch(concordance.OtherWords()),
    "s": lambda page: page._dispatch(concordance.NextOrder(1)),
    "S": lambda page: page._dispatch(concordance.NextOrder(-1)),
    "right_curly_bracket": lambda page: page._lines.next_cable(1),
    "left_curly_bracket": lambda page: page._lines.next_cable(-1),
}
"""What its keys do, beside `MOVES`."""


def _progress(view: ConcordanceView) -> str:
    """`421 lines · 96 of 116 cables read`."""
    lines = f"{len(view.lines):,} line{'' if len(view.lines) == 1 else 's'}"
    if view.reading:
        return f"{lines} · {view.cables:,} of {view.total:,} cables read"
    return f"{lines} · {view.cables:,} cable{'' if view.cables == 1 else 's'}"


def _said(view: ConcordanceView) -> str:
    if view.reading and view.order in {"left", "right"}:
        return "Sorted when all is read; until then the oldest stand first."
    if view.reading or view.lines or view.note:
        return view.note
    return "These words stand in no text."

"""The page of a draft: its quotations with their verdicts, the draft and the cable below them.

In a wide terminal draft and cable stand side by side, else one over the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cable_tui.session.feature_state import DraftView
from cable_tui.session.features import check_draft
from cable_tui.session.values import Action
from cable_tui.text import clean_line, crop
from cable_tui.tui.dialogs.modal import Modal
from cable_tui.tui.drafts.draft_lines import AROUND, cable_passage, draft_passage, head_of
from cable_tui.tui.widgets.cursor_list import MOVES, CursorList

if TYPE_CHECKING:
    from cable_tui.drafts.findings import Finding

_KEYS = (
    "Enter opens the cable · f {faults} · n N next fault · y copies the right citation · "
    "r reads the draft again · J K scroll · Esc closes"
)
_LOOKS = 2.0
"""Seconds between two looks at the draft's file."""
_BESIDE = 110
"""Cells from which on draft and cable stand side by side."""
_SHARE_BEFORE = 4
"""The part of a pane that stands before a quotation, as one of so many, and ..."""
_LEAST_BEFORE = 60
"""... characters of it at least."""
_HEAD = 52
"""Cells of a line before the quotation."""


class DraftList(CursorList["Finding"]):
    """The findings, a line each."""

    PREFIX = "draft"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"draft--{part}" for part in ("cursor", "bar", "right", "fault", "words")
    }

    def next_fault(self, by: int) -> None:
        """To the next line that must be looked at."""
        at = self.at + by
        while 0 <= at < len(self.lines):
            if self.lines[at].is_fault:
                self.move_to(at)
                return
            at += by

    def pieces(self, line: Finding, cells: int) -> Sequence[tuple[str, str]]:
        """The verdict, the place, and how the quotation begins."""
        return [
            (f"{crop(head_of(line), min(_HEAD, cells))}  ", "fault" if line.is_fault else "right"),
            (clean_line(" ".join(line.text[:400].split())), "words"),
        ]


class DraftPage(Modal[None]):
    """The page, without state but for its cursor: all else comes from the session."""

    def __init__(self, dispatch: Callable[[Action], None]) -> None:
        super().__init__(classes="words")
        self._dispatch = dispatch
        self._view = DraftView()
        self._list = DraftList(self._open, self._show_passages)
        self._cursor_left: tuple[Finding | None, int] = None, 0
        """The line that the reader left the cursor on: others come and go while a draft is read."""
        self._cursor_put = 0
        """Where the page put the cursor last."""

    def compose(self) -> ComposeResult:
        """The findings, the draft beside the cable, the keys."""
        with Vertical(classes="words-box draft-box"):
            yield self._list
            with Container(classes="draft-passages"):
                with VerticalScroll(classes="draft-pane", can_focus=False):
                    yield Static(classes="draft-text", markup=False)
                with VerticalScroll(classes="draft-pane", can_focus=False):
                    yield Static(classes="draft-cable", markup=False)
            yield Static(classes="menu-note", markup=False)
            yield Static(classes="marks-keys", markup=False)

    def on_mount(self) -> None:
        """Focus the findings, and fill the page."""
        self._list.focus()
        self._cursor_left = None, self._view.at
        self._fill(self._view.at)
        self.set_interval(_LOOKS, self._look)

    def on_resize(self, event: events.Resize) -> None:
        """Draft and cable side by side where there is room."""
        self.set_class(event.size.width >= _BESIDE, "-beside")
        self.call_after_refresh(self._show_passages)

    def _look(self) -> None:
        self._dispatch(check_draft.LookAtDraft())

    def show(self, view: DraftView) -> None:
        """Show what was found; leave where the page was left."""
        here, was_reading = self._list.here, self._view.reading
        self._view = view
        if not self.is_mounted:
            return
        if not view.shown:
            self.dismiss(None)
            return
        if here is not None and (self._list.at != self._cursor_put or not was_reading):
            self._cursor_left = here, self._list.at
        left, at = self._cursor_left
        same = (at for at, each in enumerate(view.listed) if left and each.pieces == left.pieces)
        self._fill(next(same, at))

    def _fill(self, at: int) -> None:
        view = self._view
        box = self.query_one(".words-box")
        box.border_title = Content(clean_line(view.path))
        box.border_subtitle = Content(_progress(view))
        self._list.show(view.listed, at)
        self._cursor_put = self._list.at
        self.query_one(".menu-note", Static).update(Content(clean_line(_said(view))))
        keys = _KEYS.replace("{faults}", "all" if view.only_faults else "only faults")
        self.query_one(".marks-keys", Static).update(Content(keys))

    def _show_passages(self) -> None:
        if not self.is_mounted:
            return
        finding, draft = self._list.here, self._view.draft
        texts = [Content(""), Content("")]
        titles = ["", ""]
        if finding is not None and draft is not None:
            before = self._before()
            texts = [draft_passage(draft, finding, before), cable_passage(finding, before)]
            titles = [f"draft, {finding.place}", finding.found.citation if finding.found else "-"]
        panes = list(self.query(".draft-pane").results(VerticalScroll))
        for pane, text, title in zip(panes, texts, titles, strict=True):
            pane.query_one(Static).update(text)
            pane.border_title = Content(clean_line(title))
            pane.scroll_home(animate=False)

    def _before(self) -> int:
        """Characters before a quotation that leave it in view, with what differs above it."""
        cells = self.query(".draft-pane").first().size.area
        return max(cells // _SHARE_BEFORE, _LEAST_BEFORE) if cells else AROUND

    def _open(self) -> None:
        self._dispatch(check_draft.FollowQuotation(self._list.at))

    def _copy(self) -> None:
        self._dispatch(check_draft.CopyRightCitation(self._list.at))

    def _scroll(self, by: int) -> None:
        for pane in self.query(".draft-pane").results(VerticalScroll):
            pane.scroll_relative(y=by, animate=False)

    def on_key(self, event: events.Key) -> None:
        """The keys of the page."""
        if does := PAGE_KEYS.get(event.key):
            event.stop()
            event.prevent_default()
            does(self)
        elif move := MOVES.get(event.key):
            event.stop()
            event.prevent_default()
            move(self._list)


_Does = Callable[[DraftPage], object]
_CLOSE: _Does = lambda page: page._dispatch(check_draft.CloseDraft())  # noqa: E731
PAGE_KEYS: dict[str, _Does] = {
    **dict.fromkeys(("escape", "q", "backspace"), _CLOSE),
    **dict.fromkeys(("enter", "l", "right"), DraftPage._open),
    "f": lambda page: page._dispatch(check_draft.OnlyFaults()),
    "r": lambda page: page._dispatch(check_draft.CheckAgain()),
    "y": DraftPage._copy,
    "n": lambda page: page._list.next_fault(1),
    "N": lambda page: page._list.next_fault(-1),
    "J": lambda page: page._scroll(1),
    "K": lambda page: page._scroll(-1),
}
"""What its keys do, beside `MOVES`."""


def _progress(view: DraftView) -> str:
    if view.reading:
        return f"{len(view.findings):,} of {view.total:,} looked at"
    faults = sum(each.is_fault for each in view.findings)
    return f"{faults:,} to look at" if faults else "all is right"


def _said(view: DraftView) -> str:
    if view.reading or view.note:
        return view.note
    return "This draft quotes nothing and cites nothing."

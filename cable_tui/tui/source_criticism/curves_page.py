"""The page of curves: the shares of some queries, as one chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cable_tui.session.base import Action
from cable_tui.session.features.source_criticism import curves
from cable_tui.session.word_views import CurvesView
from cable_tui.text import clean_line
from cable_tui.tui.dialogs.modal import Modal

_KEYS = (
    "a adds a query · A a saved one · d removes · m M month, year, post, class · o scale · "
    "Esc closes"
)
_MOST_ROWS = 8
_FIXED = 4
"""Lines of a chart beside its bands: title, line of time, years, months in a column."""


class CurvesPage(Modal[None]):
    """The page, without state: all that it shows comes from the session."""

    def __init__(self, dispatch: Callable[[Action], None]) -> None:
        super().__init__(classes="words")
        self._dispatch = dispatch
        self._view = CurvesView()

    def compose(self) -> ComposeResult:
        """The chart, what is to be said of it, the keys."""
        with Vertical(classes="words-box") as box:
            box.border_title = Content("Curves")
            with VerticalScroll():
                yield Static(classes="curves-chart", markup=False)
            yield Static(classes="menu-note", markup=False)
            yield Static(Content(_KEYS), classes="marks-keys", markup=False)

    def on_mount(self) -> None:
        """Take the keys, and fill the page once its size is known."""
        self.query_one(VerticalScroll).focus()
        self.call_after_refresh(self._fill)

    def show(self, view: CurvesView) -> None:
        """Show other curves; leave where the page was left."""
        self._view = view
        if self.is_mounted:
            if not view.shown:
                self.dismiss(None)
            else:
                self._fill()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        scroll = self.query_one(VerticalScroll)
        size = scroll.scrollable_content_region
        lines = list(_lines(self._view, size.width, size.height))
        self.query_one(".curves-chart", Static).update(Content("\n".join(lines)))
        self.query_one(".menu-note", Static).update(Content(clean_line(self._view.note)))

    def on_key(self, event: events.Key) -> None:
        """The keys of the page."""
        scroll = self.query_one(VerticalScroll)
        lines = {"j": 1, "down": 1, "k": -1, "up": -1}
        pages = {"pagedown": 1, "space": 1, "pageup": -1}
        if action := PAGE_KEYS.get(event.key):
            self._dispatch(action)
        elif event.key in lines:
            scroll.scroll_relative(y=lines[event.key], animate=False)
        elif event.key in pages:
            scroll.scroll_relative(y=pages[event.key] * (scroll.size.height - 1), animate=False)
        elif event.key in {"home", "g"}:
            scroll.scroll_home(animate=False)
        elif event.key in {"end", "G"}:
            scroll.scroll_end(animate=False)
        else:
            return
        event.stop()
        event.prevent_default()


PAGE_KEYS: dict[str, Action] = {
    "escape": curves.CloseCurves(),
    "q": curves.CloseCurves(),
    "backspace": curves.CloseCurves(),
    "a": curves.AskMore(),
    "A": curves.ChooseSaved(),
    "d": curves.RemoveCurve(),
    "m": curves.NextAxis(1),
    "M": curves.NextAxis(-1),
    "o": curves.ToggleScale(),
}
"""What its keys do."""


def _lines(view: CurvesView, cells: int, height: int) -> Iterator[str]:
    """The chart, its bands as high as the page has room for."""
    if view.found is None:
        yield "Counting ..."
        return
    from cable_tui.archive.source_criticism.curve_chart import chart

    each = (height - _FIXED) // max(len(view.found.curves), 1) - 1
    rows = min(max(each, 2), _MOST_ROWS)
    yield from chart(view.found, max(cells, 20), rows=rows, own_scale=view.own_scale)

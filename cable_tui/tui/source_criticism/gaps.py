"""What is not here: a line for each post and year, with its months, and the estimate below."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from cable_tui.archive.source_criticism import gap_words
from cable_tui.archive.source_criticism.estimate import Range
from cable_tui.archive.source_criticism.gaps import Gaps, Month, PostYear
from cable_tui.session.base import Action
from cable_tui.session.feature_state import GapsView
from cable_tui.session.features import reports
from cable_tui.session.features.source_criticism import gaps
from cable_tui.text import clean_line, crop, fold
from cable_tui.tui.dialogs.filtered_page import FilteredPage
from cable_tui.tui.dialogs.text_pages import TextPage
from cable_tui.tui.widgets.option_list import EagerOptionList

MOST_LINES = 1000
"""Posts and years that are listed at once; the filter finds the others."""
_STATION = 12
"""Cells of a station."""
_BAR = 24
"""Cells of the bar of a month."""
_KEYS = "Enter lists them · m months · / filter · o order · x cited · Esc closes"
_REST = "/ finds the others, missing --gaps lists all"
"""Before the order, which a narrow screen may cut."""
_COUNTING = "Reading the serial numbers ... Esc stops."
_NONE = "No cable here has a serial number."
_NO_MATCH = "No post and year is called so."
ORDERS: Sequence[tuple[str, Callable[[PostYear], tuple[float | str, ...]]]] = (
    ("by post", lambda each: (each.station, each.year)),
    ("most here first", lambda each: (-each.here, each.station, each.year)),
    ("most cited and not here first", lambda each: (-each.cited, each.station, each.year)),
    ("least of it here first", lambda each: (_share(each), each.station, each.year)),
)
"""The orders of the lines, which `o` goes through."""


def _share(each: PostYear) -> float:
    """The part that is here; years without an estimate come last."""
    return 2.0 if each.sent is None else each.here / max(each.sent.likely, 1)


class GapsPage(FilteredPage):
    """The page. All that it keeps for the next time goes to the session when it is left."""

    def __init__(self, dispatch: Callable[[Action], None], view: GapsView) -> None:
        super().__init__(classes="marks")
        self._dispatch = dispatch
        self._view = view
        self._order = view.order % len(ORDERS)
        self._shown: list[PostYear] = []

    def compose(self) -> ComposeResult:
        """The heads, the filter, the lines, the estimate of the line under the cursor."""
        with Vertical(classes="marks-box") as box:
            box.border_title = Content("What is not here")
            typed = self._view.typed
            yield Input(typed, placeholder="Filter", compact=True, classes="marks-filter")
            yield Static(Content(head_line()), classes="gaps-head", markup=False)
            yield EagerOptionList(markup=False, compact=True)
            yield Static(classes="gaps-detail", markup=False)
            yield Static(Content(gap_words.LEGEND), classes="gaps-legend", markup=False)
            yield Static(Content(_KEYS), classes="marks-keys", markup=False)

    def on_mount(self) -> None:
        """Focus the lines, and fill the page."""
        self.query_one(OptionList).focus()
        self._fill(self._view.at)

    def show(self, found: Gaps) -> None:
        """Fill the page with what was computed."""
        self._view = GapsView(found=found)
        if self.is_mounted:
            self._fill(self._here_key())

    def _fill(self, at: tuple[str, int]) -> None:
        typed = self.query_one(Input).value
        found = self._view.found
        matching = [] if found is None else matching_years(found.post_years, typed)
        matching.sort(key=ORDERS[self._order][1])
        self._shown = matching[:MOST_LINES]
        lines = self.query_one(OptionList)
        lines.clear_options()
        lines.add_options(Option(post_year_line(each)) for each in self._shown)
        if self._shown:
            keys = [(each.station, each.year) for each in self._shown]
            lines.highlighted = keys.index(at) if at in keys else 0
        box = self.query_one(".marks-box")
        box.border_subtitle = Content(self._named(len(matching)))
        self._explain(typed)

    def _named(self, matching: int) -> str:
        """How many of how many are listed, in which order, and where the others are."""
        found, order = self._view.found, ORDERS[self._order][0]
        if found is None or not matching:
            return ""
        every = len(found.post_years)
        if matching > MOST_LINES:
            return f"{MOST_LINES:,} of {matching:,} · {_REST} · {order}"
        of = f" of {every:,}" if matching < every else ""
        return f"{matching:,}{of} posts and years, {order}"

    def _explain(self, typed: str) -> None:
        here, found = self._here(), self._view.found
        if here is not None:
            said = gap_words.sentence(here)
        elif found is None:
            said = _COUNTING
        else:
            said = " ".join((_NO_MATCH if typed.strip() else _NONE, *gap_words.left_out(found)))
        self.query_one(".gaps-detail", Static).update(Content(clean_line(said)))

    def _here(self) -> PostYear | None:
        at = self.query_one(OptionList).highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    def _here_key(self) -> tuple[str, int]:
        here = self._here()
        return self._view.at if here is None else (here.station, here.year)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what is known of the line."""
        event.stop()
        self._explain("")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click: list the cables, or of none that is here the cited ones."""
        event.stop()
        here = self._here()
        if here is not None and here.here:
            self._leave()
            self._dispatch(gaps.ListPostYear(here.post, here.year))
        else:
            self._show_months()  # with the names of those that are cited

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the posts and years that are called so."""
        event.stop()
        self._fill(self._here_key())

    def on_key(self, event: events.Key) -> None:
        """The keys of the page, while no filter is typed."""
        if self.filter_has_key(event):
            return
        if does := PAGE_KEYS.get(event.key):
            event.stop()
            event.prevent_default()
            does(self)

    def _move(self, action: str) -> None:
        getattr(self.query_one(OptionList), f"action_{action}")()

    def _next_order(self) -> None:
        self._order = (self._order + 1) % len(ORDERS)
        self._fill(("", 0))  # the first of the new order is what is asked for

    def _cited(self) -> None:
        self._leave()
        self._dispatch(reports.ReadMissing())

    def _show_months(self) -> None:
        if (here := self._here()) is not None:
            self.app.push_screen(TextPage(f"{here.post}, {here.year}", month_lines(here)))

    def _leave(self) -> None:
        self.dismiss(None)
        typed = self.query_one(Input).value
        self._dispatch(gaps.LeaveGaps(self._here_key(), typed, self._order))


PAGE_KEYS: dict[str, Callable[[GapsPage], object]] = {
    "escape": lambda page: page._leave(),
    "q": lambda page: page._leave(),
    "backspace": lambda page: page._leave(),
    "j": lambda page: page._move("cursor_down"),
    "k": lambda page: page._move("cursor_up"),
    "g": lambda page: page._move("first"),
    "G": lambda page: page._move("last"),
    "slash": lambda page: page.query_one(Input).focus(),
    "o": lambda page: page._next_order(),
    "m": lambda page: page._show_months(),
    "x": lambda page: page._cited(),
}
"""What its keys do; arrows, pages and Enter are those of the list."""


def head_line() -> str:
    """The heads of the columns, over their lines."""
    return (
        f"{'post':{_STATION}} year {gap_words.INITIALS} {'here':>6} {'estimate':>15} {'share':>5}"
    )


def post_year_line(each: PostYear) -> Content:
    """A post and year: its months, how many are here, the range of all, the share."""
    station = crop(clean_line(each.station), _STATION)
    start = f"{station:{_STATION}} {each.year} "
    strip = gap_words.strip(each.months)
    if each.sent is None:
        least = f"{each.least:,} or more" if each.least else "no estimate"
        end = f" {each.here:>6,} {least:>15} {'':>5}"
        return Content.assemble(start, strip, Content.styled(end, "dim"))
    sent = f"{each.sent.low:,}–{each.sent.high:,}"
    share = gap_words.percent(each.here, each.sent.likely)
    return Content(f"{start}{strip} {each.here:>6,} {sent:>15} {share:>5}")


def month_lines(each: PostYear) -> list[str]:
    """The sentence, and a bar for each month of what is here, cited, and never seen."""
    found = [gap_words.sentence(each), ""]
    most = max(_whole(month) for month in each.months)
    if each.sent is not None:
        found += ["█ here · ▒ cited and not here · ░ never seen (an estimate)", ""]
        found.append(f"{'':{_BAR + 4}} {'here':>6} {'cited':>6} {'estimate':>15}")
    for name, month in zip(calendar.month_abbr[1:], each.months, strict=True):
        if month.sent is not None:
            counts = f"{month.here:>6,} {month.cited:>6,} {range_label(month.sent):>15}"
            found.append(f"{name} {month_bar(month, most)} {counts}")
        elif month.here:
            found.append(f"{name} {month.here:>6,} here")
    return [*found, "", *gap_words.absent_lines(each)]


def _whole(month: Month) -> int:
    return max(month.sent.likely if month.sent else 0, month.here + month.cited, 1)


def month_bar(month: Month, most: int) -> str:
    """A bar as long as the month had cables; what is known of has a cell at least."""
    cells = max(round(_whole(month) * _BAR / most), 1)
    parts: list[str] = []
    for sign, count in (("█", month.here), ("▒", month.cited)):
        share = count * cells // _whole(month)
        parts.append(sign * max(share, 1 if count else 0))
    known = "".join(parts)[:cells]
    unseen = "" if month.here + month.cited >= _whole(month) else "░" * (cells - len(known))
    return f"{known + unseen:{_BAR}}"


def range_label(sent: Range) -> str:
    """`290–340`, under a head that says that it is an estimate."""
    return f"{sent.low:,}–{sent.high:,}"


def matching_years(post_years: Sequence[PostYear], typed: str) -> list[PostYear]:
    """Those whose station, post, year and reason have every word that was typed."""
    wanted = [fold(word) for word in typed.split()]
    return [each for each in post_years if all(word in _text(each) for word in wanted)]


def _text(each: PostYear) -> str:
    return fold(f"{each.station} {each.post} {each.year} {gap_words.reason(each)}")

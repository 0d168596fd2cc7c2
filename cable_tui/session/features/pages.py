"""The page of a report: open, fill, ask again, stop, leave and reopen it.

All reports share these actions. The runner of effects drops late answers, so the actions need no
number to tell answers apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Protocol

from cable_tui.base.errors import CableTuiError, UsageError
from cable_tui.base.value import Value, replace
from cable_tui.session import effects
from cable_tui.session.ask import ask, ask_as_written, with_text
from cable_tui.session.feature_state import NamedReport, Page
from cable_tui.session.features.opened_cable import fetch_cable
from cable_tui.session.near_duplicates import at_cable
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import TOP, Action, Effect, Landing
from cable_tui.text.tally import Tally

GROUP = "page"
"""The group of effects that read pages: a newer question stops reading for the older one."""
_BESIDE = "beside"
"""The group of effects that read details of the row under the cursor."""


class AskedReport(Protocol):
    """The interface of a report that the session uses."""

    asks: str
    asks_note: str
    name: str
    counts: bool
    drawn: bool
    laid: bool
    follows_index: bool

    def begin(self, session: Session, how: str) -> Value | Action:
        """Return the question for opening the page, or another action. Raises `UsageError`."""

    def typed(self, session: Session, text: str) -> Value:
        """Return the question for a text that the reader typed. Raises `UsageError`."""

    def can_arrange(self, ask: Any) -> bool:
        """Return whether rows that were already read can be sorted into the requested order."""

    def option_after(self, ask: Any, name: str, by: int) -> Value:
        """Return the question with an option changed by `by` steps in its list of values."""

    def for_page(
        self, services: Services, asked: ReadPage, cancelled: Cancelled
    ) -> Iterator[RowsCame]:
        """Yield the rows for the page while they are read. Raises `CableTuiError`."""

    def read_beside(self, services: Services, asked: ReadRow, cancelled: Cancelled) -> Any:
        """Return the details of the row under the cursor. Raises `CableTuiError`."""

    def arranged(self, ask: Any, rows: Sequence[Any]) -> list[Any]:
        """Return the rows in the requested order."""


class OpenPage(Action):
    """Open the page of a report with the given question, or with the report's own question."""

    of: NamedReport
    asked: Any = None
    how: str = ""
    """The argument of the menu line that opened the page, if the report has several lines."""

    def step(self, session: Session) -> Result:
        """Open the page immediately; its rows are read afterwards."""
        try:
            report: AskedReport = self.of.report
            page_question = self.asked or report.begin(session, self.how)
        except UsageError as error:
            return session, (effects.Notify(str(error), "warning"),)
        if isinstance(page_question, Action):
            return page_question.step(session)
        previous_page = session.page
        same_report = previous_page is not None and previous_page.of == self.of
        is_above = previous_page is not None and (not same_report or previous_page.is_above)
        stop_effects: tuple[Effect, ...] = ()
        if previous_page is not None and not same_report:  # Back comes to the page before
            session, stop_effects = _left(session.with_past(session.history_entry()))
        kept_page = session.left.get(report.name)
        cable_count = session.hits.count
        has_same_answer = (
            kept_page is not None
            and kept_page.whole
            and (kept_page.ask, kept_page.cables) == (page_question, cable_count)
        )
        if kept_page is not None and has_same_answer and not same_report and report.counts:
            new_page = replace(kept_page, note="", typed="", at=0, chosen=None, is_above=is_above)
            return replace(session, page=new_page), stop_effects
        previous_answer = (
            previous_page.answer if previous_page is not None and same_report else None
        )
        new_page = Page(
            self.of, page_question, answer=previous_answer, cables=cable_count, is_above=is_above
        )
        if previous_page is not None and same_report and report.laid:  # what is shown stays
            new_page = replace(new_page, rows=previous_page.rows, at=previous_page.at)
        session, read_effects = _read(session, new_page)
        return session, (*stop_effects, *read_effects)


class ReopenPage(Action):
    """Show a page again in the state in which the reader left it, to return to it."""

    page: Page

    def step(self, session: Session) -> Result:
        """Show the rows, but reread the page if its reading was not finished."""
        if self.page.reading:
            return _read(session, self.page)
        return replace(session, page=self.page), ()


class RowsCame(Action):
    """Rows for the page were read: additional rows, or all rows known so far."""

    rows: Sequence[Any]
    tally: Tally
    whole: bool = False
    """Whether these rows replace the earlier rows."""
    done: bool = False
    """Whether these rows are the last ones."""
    answer: Any = None

    def step(self, session: Session) -> Result:
        """Show the rows on the page."""
        page = session.page
        if page is None:
            return session, ()
        page_rows = self.rows if self.whole else (*page.rows, *self.rows)
        page_answer = self.answer or page.answer
        is_reading = page.reading and not self.done
        is_whole = page.whole or (page.reading and self.done)
        page = replace(
            page,
            rows=page_rows,
            tally=self.tally,
            answer=page_answer,
            reading=is_reading,
            whole=is_whole,
        )
        return replace(session, page=page), ()


class PageFailed(Action):
    """The reading failed; the rows that were read before stay on the page."""

    reason: str

    def step(self, session: Session) -> Result:
        """Show the reason, and whether the missing comparison of sentences is still running."""
        page_note = self.reason
        compares_sentences = session.building is not None and session.building.stage == "echoes"
        if session.page and session.page.of.report.needs_sentences and compares_sentences:
            page_note = f"{page_note} (running now: press F5 to ask again)"
        return _with(session, note=page_note, reading=False), ()


class PutCursor(Action):
    """Move the cursor of the page to a row."""

    at: int

    def step(self, session: Session) -> Result:
        """Store the position of the cursor."""
        return _with(session, at=self.at), ()


class RowReached(Action):
    """The cursor has reached a row whose details the page shows next to the rows."""

    row: Any

    def step(self, session: Session) -> Result:
        """Request the details of the row; the current ones stay until they are ready."""
        page = session.page
        return session, () if page is None else (ReadRow(page.of, page.ask, self.row),)


class RowRead(Action):
    """The details of a row were read."""

    ask: Any
    beside: Any

    def step(self, session: Session) -> Result:
        """Show the details, unless the page now has another question."""
        if session.page is None or session.page.ask != self.ask:
            return session, ()
        return _with(session, beside=self.beside), ()


class FilterPage(Action):
    """Show only the rows that contain every word of a text."""

    typed: str

    def step(self, session: Session) -> Result:
        """Store the text; the page itself filters the rows."""
        return _with(session, typed=self.typed, at=0), ()


class ChangeOption(Action):
    """Change an option of the question to its next value."""

    name: str
    by: int = 1

    def step(self, session: Session) -> Result:
        """Sort the rows that were read, or reread the page."""
        page = session.page
        if page is None:
            return session, ()
        report: AskedReport = page.of.report
        page = replace(page, ask=report.option_after(page.ask, self.name, self.by), at=0)
        if page.reading or self.name != "order" or not report.can_arrange(page.ask):
            return _read(session, page)
        arrange_rows = ArrangeRows(page.of, page.ask, page.rows, page.tally)
        return replace(session, page=page), (arrange_rows,)


class ChooseRow(Action):
    """Choose a row to merge it with another one; None cancels the choice."""

    row: Any

    def step(self, session: Session) -> Result:
        """Store the choice until another key uses it or Esc cancels it."""
        return _with(session, chosen=self.row), ()


class ReadAgain(Action):
    """`F5`: reread the page from the present archive."""

    def step(self, session: Session) -> Result:
        """Start the reading; the old rows stay until the new ones are ready."""
        page = session.page
        if page is None:
            return session, ()
        reading_session = _with(session, reading=True, whole=False, note="", tally=Tally())
        return reading_session, (_reading(page),)


def follow_index(session: Session) -> Result:
    """Reread the open page if its report follows the index, which is now complete."""
    page = session.page
    if page is None or page.answer is None or not page.of.report.follows_index:
        return session, ()
    return ReadAgain().step(session)


class AskOther(Action):
    """`/`: ask for another text for the page's question."""

    def step(self, session: Session) -> Result:
        """Ask for the text."""
        named_report = session.page and session.page.of
        return session, (
            ask_text(named_report, named_report.report.asks_note),
        ) if named_report else ()


class AskSaved(Action):
    """Let the reader choose a saved search as the text for the page's question."""

    def step(self, session: Session) -> Result:
        """Open the menu of saved searches, or report that there are none."""
        if session.page is None or not session.notebook.searches:
            return session, (
                effects.Notify("No searches are saved yet: S saves the query in the bar."),
            )
        named_report = session.page.of
        menu_lines = (
            (name, query_text, TextTyped(named_report, query_text))
            for name, query_text in session.notebook.searches
        )
        return session, (effects.numbered_menu(named_report.report.asks, menu_lines),)


class TextTyped(Action):
    """Show a report for the text that the reader typed."""

    of: NamedReport
    text: str

    def step(self, session: Session) -> Result:
        """Open the page with the question for the text, or show why the text is not valid."""
        try:
            typed_question = self.of.report.typed(session, self.text.strip())
        except UsageError as error:
            return session, (effects.Notify(str(error), "warning"),)
        return OpenPage(self.of, typed_question).step(session)


class Say(Action):
    """Show a message on the page."""

    note: str

    def step(self, session: Session) -> Result:
        """Store the message, which the page shows."""
        return _with(session, note=self.note), ()


class ClosePage(Action):
    """Esc: stop the reading, or leave the page if nothing is being read."""

    at_once: bool = False
    below: bool = False
    """Whether to leave the page below this one as well."""

    def step(self, session: Session) -> Result:
        """Stop the reading; leave the page if nothing is being read, or if `at_once` is set."""
        page = session.page
        if page is not None and page.chosen is not None and not self.at_once:
            return _with(session, chosen=None), ()
        if page is None or not page.reading or self.at_once:
            left_session = _closed(session)
            if not self.below:
                left_session = _back_below(left_session, page)
            return left_session, (effects.Stop(GROUP),)
        page = _stopped(page)
        session = replace(session, page=page)
        if page.of.report.can_arrange(page.ask):
            return session, (ArrangeRows(page.of, page.ask, page.rows, page.tally),)
        return session, (effects.Stop(GROUP),)


class LeaveFor(Action):
    """Open a cable from the page; going back returns to the row of the page."""

    id: int
    landing: Landing = TOP
    text: str = ""
    """The text that replaces the query if different, so that its words are highlighted in the
    cable.
    """
    record: int = 0
    """The number of the record, as in `effects.FetchCable`."""

    def step(self, session: Session) -> Result:
        """Open the cable, and replace the query if the text differs from it."""
        session, stop_effects = _left(session.with_past(session.history_entry()))
        ask_effects: tuple[Effect, ...] = ()
        if self.text and self.text != session.text.strip():
            session, ask_effects = ask(with_text(session, self.text), keep=self.id)
        else:
            session = at_cable(session, self.id)
        session, fetch_effects = fetch_cable(session, self.id, self.landing, record=self.record)
        return session, (*stop_effects, *ask_effects, *fetch_effects)


class SearchFromPage(Action):
    """Run a search from the page; going back returns to the row of the page."""

    text: str

    def step(self, session: Session) -> Result:
        """Close the page and send the query, with the focus on the list."""
        page = session.page
        session = replace(_closed(session), pane="list", reading=False, zoomed=False)
        session, ask_effects = ask_as_written(session, self.text)
        if page is not None:  # `ask_as_written` has put the place before into the history
            session = session.with_page(ReopenPage(_stopped(page)))
        return session, (effects.Stop(GROUP), *ask_effects)


class ReadPage(Effect):
    """Read the rows of a page; answered by `RowsCame`, repeatedly, or `PageFailed`."""

    latest = GROUP

    of: NamedReport
    ask: Any
    known: Any = None
    """The answer already on the page, for a report that does not reread it."""


class ReadRow(Effect):
    """Read the details of a row; answered by `RowRead`."""

    latest = _BESIDE

    of: NamedReport
    ask: Any
    row: Any


class ArrangeRows(Effect):
    """Sort the rows that were read into the requested order; answered by `RowsCame`."""

    latest = GROUP

    of: NamedReport
    ask: Any
    rows: Sequence[Any]
    tally: Tally


def _read_rows(services: Services, effect: ReadPage, cancelled: Cancelled) -> Actions:
    report: AskedReport = effect.of.report
    try:
        for rows_came in report.for_page(services, effect, cancelled):
            if cancelled():
                return
            yield rows_came
    except CableTuiError as error:
        yield PageFailed(str(error))


def _read_row(services: Services, effect: ReadRow, cancelled: Cancelled) -> Actions:
    report: AskedReport = effect.of.report
    yield RowRead(effect.ask, report.read_beside(services, effect, cancelled))


def _arrange(_services: Services, effect: ArrangeRows, _: Cancelled) -> Actions:
    arranged_rows = effect.of.report.arranged(effect.ask, effect.rows)
    yield RowsCame(arranged_rows, effect.tally, whole=True, done=True)


def _read(session: Session, page: Page) -> Result:
    """Start reading a page; a drawn page keeps its content until the next one is ready."""
    # What is shown may stay, but nothing is known yet of the new reading.
    page = replace(page, whole=False, tally=Tally(), note="", reading=True)
    if not (page.of.report.drawn or page.of.report.laid):
        page = replace(page, rows=())
    return replace(session, page=page), (_reading(page),)


def _reading(page: Page) -> ReadPage:
    return ReadPage(page.of, page.ask, page.answer if page.of.report.laid else None)


def _with(session: Session, **changes: Any) -> Session:
    """Return the session with changes to its page, or unchanged if there is no page."""
    page = session.page
    return session if page is None else replace(session, page=replace(page, **changes))


def ask_text(of: NamedReport, note: str = "") -> effects.AskLine:
    """Let the reader type a text for a report; the report decides what an empty text means."""
    text_typed = partial(TextTyped, of)
    return effects.AskLine(of.report.asks, "", text_typed, note, can_be_empty=True)


def _closed(session: Session) -> Session:
    """Return the session without its page, whose state is stored in case it is reopened."""
    page = session.page
    if page is None:
        return session
    return replace(session, page=None, left={**session.left, page.of.name: _stopped(page)})


def _back_below(session: Session, page: Page | None) -> Session:
    """Return the session with the page below, after the page above it was closed."""
    page_below = session.past[-1].page if session.past else None
    if page is None or not page.is_above or not isinstance(page_below, ReopenPage):
        return session
    return replace(session, page=page_below.page, past=session.past[:-1])


def _stopped(page: Page) -> Page:
    if not page.reading:
        return page
    return replace(page, reading=False, tally=replace(page.tally, stopped=True))


def _left(session: Session) -> Result:
    """Return the session without its page, with a history entry that reopens it."""
    if session.page is not None:
        kept_page = _stopped(session.page)
        session = _closed(session.with_page(ReopenPage(kept_page)))
    return session, (effects.Stop(GROUP),)


PERFORMERS: Performers = {
    ReadPage: _read_rows,
    ArrangeRows: _arrange,
    ReadRow: _read_row,
}

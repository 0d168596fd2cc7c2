"""The page of any report: opened, filled, ordered, stopped, left, and come back to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.errors import UsageError
from cable_tui.base.index_state import Progress
from cable_tui.base.value import replace
from cable_tui.reports.report import Look, Rows
from cable_tui.session import effects
from cable_tui.session.feature_state import Page
from cable_tui.session.features import opened_cable, pages
from cable_tui.session.features.pages import (
    ArrangeRows,
    AskOther,
    ChangeOption,
    ClosePage,
    FilterPage,
    LeaveFor,
    OpenPage,
    PageFailed,
    PutCursor,
    ReadAgain,
    ReadPage,
    ReadRow,
    RowReached,
    RowRead,
    RowsCame,
    Say,
    SearchFromPage,
    TextTyped,
)
from cable_tui.session.features.results import ArchiveGrew
from cable_tui.session.state import Session
from cable_tui.session.step import perform, step
from cable_tui.session.values import Action, Effect, Landing
from cable_tui.text.tally import Tally
from tests.reports.shades import ROWS, Ask, Named, Shade, Shades
from tests.session import cable, kinds, ready, said, the, walk

OF = Named(Shades())
HALF = Tally(1, 9)


def opened(text: str = "lamp", *, rows: Any = (), done: bool = False) -> Session:
    return walk(ready(text), OpenPage(OF), RowsCame(rows, HALF, done=done))


def page_of(session: Session) -> Page:
    assert session.page is not None
    return session.page


def test_it_is_there_at_once_and_its_rows_follow() -> None:
    session, wanted = step(ready("red lamp "), OpenPage(OF))
    assert wanted == (ReadPage(OF, Ask("red lamp ")),)
    assert (page_of(session).reading, page_of(session).rows) == (True, ())
    session, wanted = step(ready(), OpenPage(OF, how="empty"))
    assert (session.page, said(wanted)) == (None, "There is no lamp here.")


def test_rows_come_in_pieces_and_a_whole_takes_their_place() -> None:
    session = walk(opened(rows=ROWS[:1]), RowsCame(ROWS[1:], Tally(2, 9)))
    assert (page_of(session).rows, page_of(session).tally) == (ROWS, Tally(2, 9))
    session = walk(session, RowsCame(ROWS[:2], Tally(9, 9), whole=True, done=True, answer="x"))
    page = page_of(session)
    assert (page.rows, page.reading, page.answer) == (ROWS[:2], False, "x")


def test_what_fails_is_said_on_the_page_and_what_was_read_stays() -> None:
    page = page_of(walk(opened(rows=ROWS), PageFailed("The disk is gone.")))
    assert (page.note, page.reading, page.rows) == ("The disk is gone.", False, ROWS)
    assert page_of(walk(opened(rows=ROWS), Say("hello"))).note == "hello"


class ComparedShades(Shades):
    """A report that needs the pass over sentences."""

    needs_sentences = True


@pytest.mark.parametrize(
    ("of", "stage", "note"),
    [
        (ComparedShades(), "echoes", "Not compared (running now: press F5 to ask again)"),
        (ComparedShades(), "text", "Not compared"),
        (Shades(), "echoes", "Not compared"),
    ],
)
def test_who_needs_sentences_learns_that_they_are_being_compared(
    of: Shades, stage: str, note: str
) -> None:
    session = replace(walk(ready(), OpenPage(Named(of))), building=Progress(stage, 5, 9))
    assert page_of(walk(session, PageFailed("Not compared"))).note == note


def test_rows_that_were_read_when_it_is_stopped_are_arranged() -> None:
    session = walk(ready(), OpenPage(OF, Ask(order="lamps")), RowsCame(ROWS, HALF))
    far = replace(HALF, stopped=True)
    assert step(session, ClosePage())[1] == (ArrangeRows(OF, Ask(order="lamps"), ROWS, far),)


def test_another_order_arranges_what_is_there_or_reads_again() -> None:
    session, wanted = step(opened(rows=ROWS, done=True), ChangeOption("order"))
    assert wanted == (ArrangeRows(OF, Ask(order="lamps"), ROWS, HALF),)
    session, wanted = step(session, ChangeOption("order"))
    assert wanted == (ReadPage(OF, Ask()),)
    assert page_of(session).rows == ()
    assert kinds(step(opened(rows=ROWS), ChangeOption("order"))[1]) == [ReadPage], "rows still come"


def test_reading_again_keeps_the_rows_until_others_are_there() -> None:
    session, wanted = step(opened(rows=ROWS, done=True), ReadAgain())
    assert wanted == (ReadPage(OF, Ask()),)
    assert (page_of(session).rows, page_of(session).reading) == (ROWS, True)


def test_another_text_takes_the_place_of_the_first() -> None:
    session = opened(rows=ROWS, done=True)
    asked = the(effects.AskLine, step(session, AskOther())[1])
    assert asked.typed(" blue ") == TextTyped(OF, " blue ")
    assert asked.can_be_empty  # the report says what that means
    session, wanted = step(session, TextTyped(OF, " blue "))
    assert wanted == (ReadPage(OF, Ask("blue")),)
    assert page_of(session).rows == ()
    after, wanted = step(session, TextTyped(OF, "nothing"))
    assert (after, said(wanted)) == (session, "nothing is no lamp"), "the page stays"


def test_enter_opens_the_cable_and_back_comes_to_the_row() -> None:
    session = walk(opened(rows=ROWS, done=True), FilterPage("b"), PutCursor(2))
    session, wanted = step(session, LeaveFor(20, Landing(offset=70), "lamp"))
    assert wanted == (effects.Stop(pages.GROUP), effects.FetchCable(20))
    assert (session.landing, session.at, session.page) == (Landing(offset=70), 1, None)
    session = walk(session, opened_cable.CableShown(20, cable(20, "1")), opened_cable.GoBack())
    page = page_of(session)
    assert (page.at, page.typed, page.rows, page.reading) == (2, "b", ROWS, False)


def test_a_text_that_is_not_the_query_becomes_it_and_back_undoes_that() -> None:
    session, wanted = step(opened(rows=ROWS, done=True), LeaveFor(10, text="blue lamp"))
    assert session.text == "blue lamp"
    assert effects.FindHits in kinds(wanted)
    assert walk(session, opened_cable.GoBack()).text == "lamp"


def test_enter_while_it_is_read_stops_and_says_so_when_one_comes_back() -> None:
    session = walk(opened(rows=ROWS), LeaveFor(10), opened_cable.GoBack())
    page = page_of(session)
    assert page.tally.sentences[0] == "stopped after 1 of 9 cables"
    assert (page.reading, page.whole) == (False, False)


@pytest.mark.parametrize("again", [[], [ReadAgain()], [OpenPage(OF, Ask("blue"))]])
def test_a_page_is_whole_only_if_its_last_reading_came_to_its_end(again: list[Action]) -> None:
    """Also if an older reading of the page was whole."""
    session = opened(rows=ROWS, done=bool(again))
    assert page_of(session).whole == bool(again)
    session = walk(session, *again)
    assert page_of(session).tally == (HALF if not again else Tally())
    session = walk(session, ClosePage(), Say("a note of a key"), FilterPage("x"))
    page = page_of(session)
    assert (page.whole, page.tally.stopped) == (False, True)
    assert "stopped" in page.tally.sentences[0]
    arranged = RowsCame(page.rows, page.tally, whole=True, done=True)
    assert not page_of(walk(session, arranged)).whole


def test_a_narrower_query_is_searched_in_the_list_and_back_comes_to_the_row() -> None:
    session = walk(opened(rows=ROWS, done=True), PutCursor(1))
    session, wanted = step(session, SearchFromPage("crimson lamp"))
    assert (session.text, session.page, session.pane) == ("crimson lamp", None, "list")
    assert effects.FindHits in kinds(wanted)
    session = walk(session, opened_cable.GoBack())
    assert (session.text, page_of(session).at) == ("lamp", 1)


class Counting(Shades):
    """One that is kept once it is whole."""

    counts = True


@pytest.mark.parametrize(
    ("before", "after", "is_read_again"),
    [
        ((ClosePage(),), (), False),
        ((ClosePage(),), (ArchiveGrew(),), True),
        ((ArchiveGrew(), ClosePage()), (), True),
    ],
)
def test_a_page_is_kept_until_the_archive_grows(
    before: tuple[Action, ...], after: tuple[Action, ...], *, is_read_again: bool
) -> None:
    counting = OpenPage(Named(Counting()))
    session = walk(ready(), counting, RowsCame(ROWS, HALF, done=True), *before, *after)
    session, wanted = step(session, counting)
    assert (ReadPage in kinds(wanted)) is is_read_again
    assert page_of(session).rows == (() if is_read_again else ROWS)


def test_a_page_that_another_one_opened_leads_back_to_it_when_it_is_closed() -> None:
    other = Named(Shades(), "tints")
    session = walk(opened(rows=ROWS, done=True), PutCursor(1), OpenPage(other, Ask("tint")))
    assert page_of(session).of == other
    again = walk(session, TextTyped(other, "glow"), RowsCame(ROWS, HALF, done=True), ClosePage())
    for closed in (walk(session, ClosePage(at_once=True)), again):
        assert (page_of(closed).of, page_of(closed).at) == (OF, 1)
        assert walk(closed, ClosePage()).page is None


@pytest.mark.parametrize(
    "action",
    [PutCursor(1), FilterPage("x"), Say("x"), ChangeOption("order"), ReadAgain(), AskOther(),
     PageFailed("x"), RowsCame(ROWS, HALF), RowReached(ROWS[0]), RowRead(Ask(), "x")],
    ids=lambda each: type(each).__name__,
)  # fmt: skip
def test_without_a_page_nothing_happens(action: Any) -> None:
    assert step(ready(), action) == (ready(), ())


def test_more_of_the_row_that_the_cursor_is_on_is_read_and_shown() -> None:
    session, wanted = step(opened(rows=ROWS, done=True), RowReached(ROWS[1]))
    assert wanted == (ReadRow(OF, Ask(), ROWS[1]),)
    assert page_of(walk(session, RowRead(Ask(), "more of blue"))).beside == "more of blue"
    assert page_of(walk(session, RowRead(Ask("other"), "late"))).beside is None


class Library:
    path = Path("library.db")


class Services:
    archive = ways = None
    library = Library()


def done(effect: Effect, cancelled: Any = lambda: False) -> list[Action]:
    services: Any = Services()
    return list(perform(services, effect, cancelled))


def shades(read: Any) -> Named:
    report = Shades()
    report.yields = read
    return Named(report)


def came(actions: list[Action]) -> list[RowsCame]:
    assert all(isinstance(each, RowsCame) for each in actions)
    return [each for each in actions if isinstance(each, RowsCame)]


def test_the_first_rows_take_the_place_of_those_before_and_others_follow() -> None:
    def read(look: Look) -> Iterator[Rows[Shade]]:
        look.total = 3
        for row in ROWS:
            look.count()
            yield Rows((row,))

    of = shades(read)
    of.report.update_every = 0.0
    first, *more, last = came(done(ReadPage(of, Ask())))
    assert (first.rows, first.whole, first.tally) == ([ROWS[0]], True, Tally(1, 3))
    assert [(each.rows, each.whole) for each in more] == [([ROWS[1]], False), ([ROWS[2]], False)]
    assert (last.rows, last.whole, last.done) == (list(ROWS), True, True)


def test_rows_that_come_quickly_are_reported_together() -> None:
    read = lambda _: (Rows((row,)) for row in ROWS)  # noqa: E731
    first, last = came(done(ReadPage(shades(read), Ask())))
    assert (first.rows, last.rows) == ([ROWS[0]], list(ROWS))


def test_a_whole_takes_the_place_of_the_whole_before_with_its_answer() -> None:
    def read(_: Look) -> Iterator[Rows[Shade]]:
        yield Rows(ROWS[:1], whole=True, answer="first")
        yield Rows(ROWS[1:], whole=True, answer="second")

    last = came(done(ReadPage(shades(read), Ask())))[-1]
    assert (last.rows, last.answer) == (list(ROWS[1:]), "second")


def test_no_more_rows_than_a_page_has_and_the_command_is_named() -> None:
    of = shades(lambda _: iter([Rows(ROWS), Rows(ROWS)]))
    of.report.most_rows = 2
    last = came(done(ReadPage(of, Ask())))[-1]
    assert len(last.rows) == 2
    assert last.tally.notes == ("the first 2 shades; cable-tui shades prints all",)


def test_an_error_of_ours_is_an_answer() -> None:
    def read(_: Look) -> Iterator[Rows[Shade]]:
        yield Rows(ROWS)
        raise UsageError("no such list")

    assert done(ReadPage(shades(read), Ask()))[-1] == PageFailed("no such list")


def test_a_reading_that_was_stopped_says_no_more() -> None:
    assert done(ReadPage(Named(Shades()), Ask()), lambda: True) == []


def test_what_a_report_reads_of_a_row_is_an_answer_to_its_question() -> None:
    class Told(Shades):
        def read_beside(self, services: Any, asked: ReadRow, cancelled: Any) -> str:
            return f"{asked.row.name} of {services.library.path}"

    read = done(ReadRow(Named(Told()), Ask(), ROWS[1]))
    assert read == [RowRead(Ask(), "blue of library.db")]


def test_rows_are_arranged_when_they_were_read_or_without_reading() -> None:
    (made,) = came(done(ArrangeRows(Named(Shades()), Ask(order="lamps"), ROWS, Tally(1, 9))))
    assert [row.name for row in made.rows] == ["amber", "crimson", "blue"]
    assert (made.whole, made.done, made.tally) == (True, True, Tally(1, 9))
    read = came(done(ReadPage(shades(lambda _: iter([Rows(ROWS)])), Ask(order="lamps"))))
    assert read[-1].rows == made.rows

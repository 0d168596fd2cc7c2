"""What a page of a report gets while it is read: in pieces, bounded, arranged, stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cable_tui.effects import pages as handlers
from cable_tui.effects.perform import perform
from cable_tui.errors import UsageError
from cable_tui.reports import look as looks
from cable_tui.reports.look import Look
from cable_tui.reports.report import Rows
from cable_tui.session.base import Action, Effect
from cable_tui.session.features.pages import ArrangeRows, PageFailed, ReadPage, RowsCame
from cable_tui.tally import Tally
from tests.reports.shades import ROWS, Ask, Named, Shade, Shades


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


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Report whatever there is."""
    monkeypatch.setattr(handlers, "_REPORT", 0.0)
    monkeypatch.setattr(looks, "PAUSE", 0.0)


@pytest.mark.usefixtures("at_once")
def test_the_first_rows_take_the_place_of_those_before_and_others_follow() -> None:
    def read(look: Look) -> Iterator[Rows[Shade]]:
        look.total = 3
        for row in ROWS:
            look.count()
            yield Rows((row,))

    first, *more, last = came(done(ReadPage(shades(read), Ask())))
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


def test_no_more_rows_than_a_page_has_and_the_command_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handlers, "LARGEST", 2)
    last = came(done(ReadPage(shades(lambda _: iter([Rows(ROWS), Rows(ROWS)])), Ask())))[-1]
    assert len(last.rows) == 2
    assert last.tally.notes == ("the first 2 shades; cable-tui shades prints all",)


def test_an_error_of_ours_is_an_answer() -> None:
    def read(_: Look) -> Iterator[Rows[Shade]]:
        yield Rows(ROWS)
        raise UsageError("no such list")

    assert done(ReadPage(shades(read), Ask()))[-1] == PageFailed("no such list")


def test_a_reading_that_was_stopped_says_no_more() -> None:
    assert done(ReadPage(Named(Shades()), Ask()), lambda: True) == []


def test_rows_are_arranged_when_they_were_read_or_without_reading() -> None:
    (made,) = came(done(ArrangeRows(Named(Shades()), Ask(order="lamps"), ROWS, Tally(1, 9))))
    assert [row.name for row in made.rows] == ["amber", "crimson", "blue"]
    assert (made.whole, made.done, made.tally) == (True, True, Tally(1, 9))
    read = came(done(ReadPage(shades(lambda _: iter([Rows(ROWS)])), Ask(order="lamps"))))
    assert read[-1].rows == made.rows

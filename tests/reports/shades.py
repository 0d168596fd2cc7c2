"""A small report of no archive, for the tests of what every report shares."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any, NamedTuple

from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value
from cable_tui.reports.report import (
    REST,
    Column,
    Look,
    Option,
    PageKey,
    Report,
    RowKey,
    RowOrder,
    Rows,
    order_option,
)
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import LeaveFor, Say, SearchFromPage
from cable_tui.session.state import Session
from cable_tui.session.values import Action


class Shade(NamedTuple):
    """A row."""

    cable: int
    name: str
    lamps: int


ROWS = (Shade(10, "amber", 3), Shade(10, "blue", 1), Shade(20, "crimson", 2))


class Ask(Value):
    """What is asked."""

    query: str = "lamp"
    order: str = "name"
    least: int = 1


_ORDERS = {
    "name": RowOrder("as they are read"),
    "lamps": RowOrder("the brightest first", lambda row: -row.lamps),
}


class Shades(Report[Shade]):
    """What a look yields is set by the test."""

    name = "shades"
    ask = Ask
    options = (
        Option("query", "which lamps", nargs="+"),
        order_option(_ORDERS, "; default: name"),
        Option("least", "lamps at least"),
    )
    columns = (
        Column("name", REST, "{}", "The shade", look="word"),
        Column("lamps", 6, "{:,}", "How many"),
    )
    orders = _ORDERS
    keys = (
        RowKey("enter", "opens it", lambda page, row: LeaveFor(row.cable, text=page.ask.query)),
        RowKey("y", "narrows", lambda _, row: SearchFromPage(f"{row.name} lamp")),
    )
    page_keys = (PageKey("o", "greets", lambda page: Say(f"hello {page.ask.query}")),)
    rows_name, row_name = "shades", "shade"
    group_name = "cable"
    empty = "No shade."
    yields: Callable[[Look], Iterator[Rows[Shade]]] = staticmethod(lambda _: iter([Rows(ROWS)]))

    def read(self, look: Look) -> Iterator[Rows[Shade]]:
        yield from self.yields(look)

    def check(self, ask: Any) -> None:
        if ask.query == "nothing":
            raise UsageError("nothing is no lamp")

    def begin(self, session: Session, how: str) -> Value | Action:
        if how == "empty":
            raise UsageError("There is no lamp here.")
        return Ask(session.text or "lamp")

    def typed(self, session: Session, text: str) -> Value:
        if text == "nothing":
            raise UsageError("nothing is no lamp")
        return Ask(text)

    def title(self, page: Page) -> str:
        return f"{page.ask.query} · {self.orders[page.ask.order].meaning}"

    def group(self, row: Shade) -> Hashable:
        return row.cable


class Named(Value):
    """A row of a table of reports."""

    report: Any
    name: str = "shades"

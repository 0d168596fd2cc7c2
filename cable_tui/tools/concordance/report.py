"""The concordance: every occurrence of the words of a query, each in its context."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value
from cable_tui.query import parse
from cable_tui.query.answers import CableFacts
from cable_tui.reports.report import (
    MOST_SORTED,
    Look,
    Option,
    Pieces,
    Report,
    RowKey,
    RowOrder,
    Rows,
    ValueOf,
    order_option,
    words_needed,
)
from cable_tui.text import clean_line, crop, width
from cable_tui.text.layout import keyword_line
from cable_tui.text.numbers import counted
from cable_tui.text.tally import Tally
from cable_tui.tools.concordance.occurrences import (
    AROUND,
    ConcordanceLine,
    by_left,
    by_right,
)

if TYPE_CHECKING:  # a command has no session
    from cable_tui.base.kinds import Count, Filled, Only, Positive
    from cable_tui.session.feature_state import Page
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action

_DATED = 110
"""Lines of at least this many cells have room for the date."""
_PLACE = 22
"""Cells of the reference ID with its paragraph."""
_ORDERS = {
    "date": RowOrder("oldest first"),
    "newest": RowOrder("newest first"),
    "post": RowOrder("by post, then by date"),
    "left": RowOrder("by the words before, the nearest first", by_left),
    "right": RowOrder("by the words after", by_right),
}


class Ask(Value):
    """The words, and the query for the cables."""

    query: str
    order: str = "date"
    context: int = AROUND
    within: str = ""

    @property
    def whole(self) -> str:
        """The words with the query of their cables, as one query."""
        return f"{parse(self.within)} {parse(self.query)}".strip() if self.within else self.query


def _open(page: Page, row: ConcordanceLine) -> Action:
    from cable_tui.session.features.pages import LeaveFor
    from cable_tui.session.values import TOP, Landing

    landing = TOP if row.in_subject else Landing(offset=row.at)
    return LeaveFor(row.row.id, landing, page.ask.whole, row.record)


def _copy(_: Page, row: ConcordanceLine) -> Action:
    from cable_tui.session.features.copy import CopySentence

    return CopySentence(row.row.id, None if row.in_subject else row.at)


class ConcordanceRow(CableFacts):
    """A place where words stand: a line of `concordance --jsonl`."""

    record: Positive
    """The number of the record that has it: another than 1, the one shown, if only that has the
    words."""
    paragraph: str | None
    """The label of its paragraph, as the telegram numbers it; subject where it stands in the
    subject; null where it stands in no numbered paragraph."""
    left: str
    """What stands before it on one line, cut at a word."""
    word: Filled
    """What matched, as the text has it; left, word and right together are the text."""
    right: str
    """What stands behind it."""


class ConcordanceAnswer(Value):
    """The answer of `concordance --json`: every place where the words of a query stand."""

    query: str
    """As it was understood."""
    within: Only[str]
    """The query whose cables it looked in, if --within was given."""
    order: Literal["date", "newest", "post", "left", "right"]
    """As --sort names it."""
    lines: tuple[ConcordanceRow, ...]
    count: Count
    """Lines of this answer, which --limit may have cut."""
    tally: Tally = Tally()
    """How much was read, and what the rows do not say."""


class Concordance(Report[ConcordanceLine]):
    """A line for each occurrence."""

    name = "concordance"
    ask = Ask
    options = (
        Option(
            "query",
            "one query with at least one word, in quotes if there are several; filters "
            "choose the cables",
            nargs="+",
        ),
        order_option(
            _ORDERS,
            f"; default: date; left and right sort at most {MOST_SORTED:,} lines",
        ),
        Option(
            "context", f"characters of context on either side in JSON and CSV (default: {AROUND})"
        ),
        Option("within", "only in the cables found by another query", metavar="QUERY"),
    )
    orders = _ORDERS
    keys = (RowKey("enter", "opens it", _open), RowKey("y", "copies it", _copy))
    fields: Mapping[str, ValueOf] = {
        "reference_id": attrgetter("row.reference_id"),
        "created": attrgetter("row.created"),
        "classification": attrgetter("row.classification"),
        "origin": attrgetter("row.origin"),
        "subject": attrgetter("row.subject"),
        "record": attrgetter("record"),
        "paragraph": lambda line: "subject" if line.in_subject else line.paragraph,
        **{side: attrgetter(side) for side in ("left", "word", "right")},
    }
    """`left`, `word` and `right` are the text on one line."""
    shape, row_shape = ConcordanceAnswer, ConcordanceRow
    rows_name, row_name = "lines", "line"
    group_name = "cable"
    asks = "Show which words in context?"
    asks_note = "in the whole archive; narrow it with filters, such as minister origin:rabat"
    empty = "No text contains these words."

    def check(self, ask: Ask) -> None:
        """Refuse a query without a word."""
        words_needed(parse(ask.query))

    def queries(self, ask: Ask) -> tuple[str, ...]:
        """Return both queries."""
        return tuple(filter(None, (ask.query, ask.within)))

    def read(self, look: Look) -> Iterator[Rows[ConcordanceLine]]:
        """Yield the lines of each cable."""
        # It needs the engine, formats and a part of the grammar.
        from cable_tui.tools.concordance.occurrences import concordance, in_order

        ask: Ask = look.ask
        hits = look.search(ask.query, "created")
        if hits.count and not bool(hits.highlights):
            raise UsageError(f"{ask.query}: a concordance needs at least one word besides filters")
        found_ids = hits.ids
        if ask.within:
            ids_within = frozenset(look.search(ask.within, "created").ids)
            found_ids = [id_ for id_ in found_ids if id_ in ids_within]
        look.total = len(found_ids)
        ids = in_order(look.archive, found_ids, ask.order)
        words_elsewhere = 0
        for cable in concordance(look.archive, ids, hits.highlights, look.cancelled, ask.context):
            look.count(cable.problem)
            words_elsewhere += not cable.lines and not cable.problem
            yield Rows(cable.lines)
        if words_elsewhere:
            count = counted(words_elsewhere, "cable")
            look.notes.append(f"{count} more contain the words only in header, TAGS or references")

    def begin(self, session: Session, how: str) -> Value | Action:
        """Take the words of the query; without words, ask for some, in the cables of the list."""
        from cable_tui.reports.table import REPORTS
        from cable_tui.session.features.pages import ask_text

        if session.query.has_words:
            return Ask(session.text.strip(), self._order(session))
        cables = f"in the {session.hits.count:,} cables of the list"
        return ask_text(
            REPORTS[self.name], f"{cables}: minister, =minister, “prime minister”, minist*"
        )

    def typed(self, session: Session, text: str) -> Ask:
        """Return the question: a typed text is a whole query; without one, search the list."""
        query_before = session.query
        if session.page is None and query_before.terms:
            # What is typed may hold an `or`, which would reach into the query before it.
            text = f"({text}) {query_before}" if " or " in text else f"{text} {query_before}"
        query = parse(text)
        words_needed(query)
        return Ask(str(query), self._order(session))

    def _order(self, session: Session) -> str:
        """Return the order of the open page: other words keep it."""
        page = session.page
        return page.ask.order if page is not None and isinstance(page.ask, Ask) else "date"

    def title(self, page: Page) -> str:
        """Return `lobster · oldest first`."""
        within_note = f" within {page.ask.within}" if page.ask.within else ""
        return f"{page.ask.query}{within_note} · {self.orders[page.ask.order].meaning}"

    def same(self, row: ConcordanceLine) -> Hashable:
        """Return the place."""
        return row.row.id, row.in_subject, row.at

    def group(self, row: ConcordanceLine) -> Hashable:
        """Return the cable."""
        return row.row.id

    def pieces(self, row: ConcordanceLine, cells: int) -> Pieces:
        """Return the cable, the words before, the word in its column, the words after."""
        place = row.row.reference_id
        if row.in_subject or row.paragraph:
            place += f"#{'subject' if row.in_subject else row.paragraph}"
        place = crop(clean_line(place), _PLACE)
        date = f"{row.row.created[:10]:<10} " if cells >= _DATED else ""
        head = f"{date}{place}{' ' * (_PLACE - width(place))} "
        left_text, word, right_text = map(clean_line, (row.left, row.word, row.right))
        first_text, middle_text, last_text = keyword_line(
            left_text, word, right_text, cells - width(head)
        )
        return [(head, "place"), (first_text, ""), (middle_text, "word"), (last_text, "")]

    def asked(self, ask: Ask) -> dict[str, Any]:
        """Return the queries as they were read."""
        return {"query": str(parse(ask.query)), "within": str(parse(ask.within))}


REPORT = Concordance()

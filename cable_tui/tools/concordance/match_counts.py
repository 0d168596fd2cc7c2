"""The matches report: what the words of a query, or a pattern, match in its cables, counted."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value, replace
from cable_tui.query import parse
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
    ValueOf,
    head_line,
    order_option,
    words_needed,
)
from cable_tui.text import fold
from cable_tui.text.numbers import counted
from cable_tui.text.tally import Tally
from cable_tui.tools.concordance.text_pattern import MATCHING, group_names, matching, pattern_in

if TYPE_CHECKING:  # a command has no session
    from cable_tui.base.kinds import Count, Filled, Only, OrNull, Positive
    from cable_tui.reports.page_of_rows import PageOfRows
    from cable_tui.session.feature_state import Page
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action
    from cable_tui.tools.concordance.occurrences import ConcordanceLine

_BETWEEN = " | "
"""The text between the values of several groups."""
_ORDERS = {
    "count": RowOrder("most frequent first", lambda row: (-row.matches, fold(row.text), row.text)),
    "text": RowOrder("by the text", lambda row: (fold(row.text), row.text)),
    "first": RowOrder("by the date of the first cable", attrgetter("first", "text")),
}


class Ask(Value):
    """The query, the pattern, and the groups by which the matches are counted."""

    query: str = ""
    matching: str = ""
    by: str = ""
    order: str = "count"


class MatchCount(Value):
    """A text that was matched, with its counts."""

    text: str
    """The match, or the texts of the groups by which matches are counted, on one line."""
    captured: tuple[tuple[str, str], ...]
    """The text of each of these groups, keyed by group name."""
    matches: int
    cables: int
    first: str
    """The day of the earliest cable with it; empty if no cable with it has a date."""
    last: str
    line: ConcordanceLine
    """The first place."""


class _Counted:
    """The matches of one text while they are counted."""

    def __init__(self, line: ConcordanceLine, captured: tuple[tuple[str, str], ...]) -> None:
        self._line = line
        self._captured = captured
        self._matches = 0
        self._cables: set[int] = set()
        self._days: set[str] = set()

    def add(self, line: ConcordanceLine) -> None:
        self._matches += 1
        self._cables.add(line.row.id)
        if line.row.created:
            self._days.add(line.row.created[:10])

    def row(self, text: str) -> MatchCount:
        return MatchCount(
            text,
            self._captured,
            self._matches,
            len(self._cables),
            min(self._days, default=""),
            max(self._days, default=""),
            self._line,
        )


def _groups(ask: Ask) -> tuple[str, ...]:
    """Return the names of the groups by which matches are counted; empty for whole matches."""
    if not ask.by:
        return group_names(ask.matching)
    return tuple(filter(None, ask.by.replace(" ", "").split(",")))


def _open(page: Page, row: MatchCount) -> Action:
    from cable_tui.session.features.pages import LeaveFor
    from cable_tui.session.values import Landing

    return LeaveFor(row.line.row.id, Landing(offset=row.line.at), page.ask.query, row.line.record)


def _next_group(page: Page) -> Action | None:
    from cable_tui.session.features.pages import OpenPage

    choices = ("", *group_names(page.ask.matching))
    if len(choices) < 3:  # the only group is what is counted already
        return None
    following = choices[(choices.index(page.ask.by) + 1) % len(choices)]
    return OpenPage(page.of, replace(page.ask, by=following))


def _captured(name: str, row: MatchCount) -> str:
    return dict(row.captured).get(name, "")


class MatchesRow(Value):
    """A text that was matched: a line of `matches --jsonl`."""

    matches: Positive
    """The number of times that it occurs."""
    cables: Positive
    """The number of cables in which it occurs."""
    first: OrNull[Filled]
    """The day of the earliest of these cables; null if none has a date."""
    last: OrNull[Filled]
    """The day of the latest of these cables; null if none has a date."""
    text: str
    """The match on one line, or the texts of the groups with ` | ` between them."""
    captured: Only[Mapping[str, str] | None] = None
    """The text of each named group by which the matches are counted."""


class MatchesAnswer(Value):
    """The output of `matches --json`: what words or a regular expression match, counted."""

    query: str
    """The query as the program understood it."""
    matching: Only[str]
    """The regular expression, if --matching was given."""
    by: Only[str]
    """The named groups by which the matches are counted, if --by was given."""
    order: Literal["count", "text", "first"]
    """The order, as named by --sort."""
    texts: tuple[MatchesRow, ...]
    count: Count
    """The number of texts in this answer, possibly limited by --limit."""
    tally: Tally = Tally()
    """How much was read, and what the rows leave out."""
    page: Only[PageOfRows | None] = None


class MatchCounts(Report[MatchCount]):
    """The report with a row for each different text."""

    name = "matches"
    ask = Ask
    options = (
        Option(
            "query",
            "one query with at least one word, in quotes if there are several; with --matching, "
            "'' for all cables",
            nargs="+",
        ),
        MATCHING,
        Option(
            "by",
            "count by the text of these named groups, (?P<name>...), instead of all groups",
            metavar="NAME[,NAME]",
        ),
        order_option(_ORDERS, "; default: count"),
    )
    columns = (
        Column("matches", 8, "{:,}", "Number of occurrences"),
        Column("cables", 7, "{:,}", "Cables in which it occurs"),
        Column("first", 10, "{}", "The day of the earliest of these cables"),
        Column("last", 10, "{}", "The day of the latest of these cables"),
        Column("text", REST, "{}", "The match, or its named groups", look="word"),
    )
    fields: Mapping[str, ValueOf] = {
        "matches": attrgetter("matches"),
        "cables": attrgetter("cables"),
        "first": lambda row: row.first or None,
        "last": lambda row: row.last or None,
        "text": attrgetter("text"),
        "captured": lambda row: dict(row.captured) or None,
    }
    orders = _ORDERS
    keys = (RowKey("enter", "opens its first place", _open),)
    page_keys = (PageKey("b", "by the next group", _next_group),)
    shape, row_shape = MatchesAnswer, MatchesRow
    rows_name, row_name = "texts", "text"
    counts = True
    asks = "Count the matches of what?"
    asks_note = "words, such as minist*, or a pattern in slashes, such as tag:ECON /[0-9]+ tons/"
    empty = "Nothing matches in any text."

    def check(self, ask: Ask) -> None:
        """Refuse a question without words or a pattern, an invalid pattern, and unknown groups."""
        if not ask.matching:
            words_needed(parse(ask.query))
        names = group_names(ask.matching)
        for name in _groups(ask):
            if name not in names:
                known = f"it has {', '.join(names)}" if names else "it has no (?P<name>...)"
                raise UsageError(f"--by: the pattern has no group {name}; {known}")

    def read(self, look: Look) -> Iterator[Rows[MatchCount]]:
        """Yield the texts counted so far, then all of them."""
        from cable_tui.tools.concordance.occurrences import concordance  # it needs the engine

        ask: Ask = look.ask
        names = _groups(ask)
        hits = look.search(ask.query, "created")
        if hits.count and not bool(hits.highlights) and not ask.matching:
            raise UsageError(f"{ask.query}: at least one word or --matching is needed")
        look.total = hits.count
        counts: dict[str, _Counted] = {}
        matches = cables_without_match = 0

        def rows() -> Rows[MatchCount]:
            return Rows(tuple(counted.row(text) for text, counted in counts.items()), whole=True)

        with matching(ask.matching) as text_pattern:
            for cable in concordance(
                look.archive,
                hits.ids,
                hits.highlights,
                look.cancelled,
                1,
                text_pattern=text_pattern,
            ):
                look.count(cable.problem)
                cables_without_match += not cable.lines and not cable.problem
                matches += len(cable.lines)
                for line in cable.lines:
                    captured = tuple((name, dict(line.captured)[name]) for name in names)
                    text = _BETWEEN.join(value for _, value in captured) if names else line.word
                    counts.setdefault(text, _Counted(line, captured)).add(line)
                if look.is_due():
                    yield rows()
            if look.cancelled():
                return
            if matches:
                cables = counted(look.read - look.unread - cables_without_match, "cable")
                look.notes.append(f"{counted(matches, 'match', 'matches')} in {cables}")
            if cables_without_match:
                look.notes.append(f"no match in {counted(cables_without_match, 'other cable')}")
            look.notes += text_pattern.notes if text_pattern else ()
        yield rows()

    def begin(self, session: Session, how: str) -> Value | Action:
        """Ask for words or a pattern."""
        from cable_tui.reports.table import REPORTS
        from cable_tui.session.features.pages import ask_text

        return ask_text(REPORTS[self.name], self.asks_note)

    def typed(self, session: Session, text: str) -> Ask:
        """Return the question for typed words, or for a typed query and pattern."""
        query_text, pattern_text = pattern_in(text)
        query = parse(query_text)
        if query.complaints:
            raise UsageError(query.complaints[0].reason)
        ask = Ask(str(query), pattern_text)
        self.check(ask)
        return ask

    def title(self, page: Page) -> str:
        """Return a title such as `Matches of /[0-9]+ tons/ · tag:ECON · most frequent first`."""
        parts = (
            f"Matches of /{page.ask.matching}/" if page.ask.matching else "Matches",
            page.ask.query,
            f"by {page.ask.by}" if page.ask.by else "",
            self.orders[page.ask.order].meaning,
        )
        return " · ".join(filter(None, parts))

    def head(self, page: Page, cells: int) -> str:
        """Return the names of the columns."""
        return head_line(self.columns)

    def has_key(self, ask: Any, key: str) -> bool:
        """Return whether a key works: `b` needs two groups."""
        return key != "b" or len(group_names(ask.matching)) > 1

    def text_lines(
        self, look: Look, rows: Iterable[MatchCount], answer: Any, cells: int
    ) -> Iterator[str]:
        """Yield the lines of a table; in a terminal, the first line contains the column names."""
        if look.is_terminal:
            yield head_line(self.columns)
        yield from super().text_lines(look, rows, answer, cells)

    def csv_columns(self, answer: Any) -> Iterable[tuple[str, ValueOf]]:
        """Return the columns of a row, except those for its groups."""
        return [pair for pair in self.fields.items() if pair[0] != "captured"]

    def asked_columns(self, ask: Ask) -> Iterable[tuple[str, ValueOf]]:
        """Return a column for each group by which the matches are counted."""
        return [(name, partial(_captured, name)) for name in _groups(ask)]

    def text_of(self, row: MatchCount) -> str:
        """Return the text."""
        return row.text

    def same(self, row: MatchCount) -> Hashable:
        """Return the text, which identifies the row even if its counts change."""
        return row.text

    def asked(self, ask: Ask) -> dict[str, Any]:
        """Return the query as it was parsed."""
        return {"query": str(parse(ask.query))}


REPORT = MatchCounts()

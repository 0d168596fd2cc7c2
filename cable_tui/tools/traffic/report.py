"""Report who wrote to whom, by sender and action or info addressee."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cable_tui.base.value import Value, picked
from cable_tui.query import Filter, parse
from cable_tui.query.model import quoted
from cable_tui.reports.report import (
    BELOW,
    REST,
    Column,
    Look,
    Option,
    Pieces,
    Report,
    RowKey,
    RowOrder,
    Rows,
    ValueOf,
    head_line,
    order_option,
    table_pieces,
)
from cable_tui.text import clean_line, crop, width
from cable_tui.text.numbers import bar, counted, steps
from cable_tui.text.tally import Tally
from cable_tui.tools.traffic.blocks import SenderRow, block_pieces, block_rows, heads

if TYPE_CHECKING:  # a help counts nothing
    from cable_tui.base.kinds import Count, Filled, Only, OrNull, Positive, Year
    from cable_tui.exports.charts import Chart
    from cable_tui.reports.page_of_rows import PageOfRows
    from cable_tui.session.feature_state import Page
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action
    from cable_tui.tools.chain.graphs import GraphFile
    from cable_tui.tools.traffic.pairs import Line, Pair, Traffic

_FORMS = {
    "table": "for reading",
    "svg": "a picture",
    "graphml": "a graph, for Gephi, yEd, networkx",
    "csv": "as --csv",
    "json": "as --json",
}
_ORDERS = {
    "cables": RowOrder("most cables first", lambda row: (-row.cables, row.sender, row.addressee)),
    "sender": RowOrder("by sender", lambda row: (row.sender, -row.cables, row.addressee)),
    "addressee": RowOrder("by addressee", lambda row: (row.addressee, -row.cables, row.sender)),
    "last": RowOrder("latest year first", lambda row: (-int(row.last or 0), -row.cables)),
}

_SPAN = 9
"""The width of the first and last year, in cells."""
_MOST_BARS = 40
"""The maximum number of pairs in a picture."""
_NOTE = 20
"""The indent of a row's note, in cells. The note is printed below the sender."""


class Ask(Value):
    """Which cables to count, whether to count info addressees, and whether each row is a sender."""

    query: str = ""
    info: bool = False
    order: str = "cables"
    blocks: bool = False

    @property
    def addressees(self) -> str:
        """Which addressees are counted: `action` or `info`."""
        return "info" if self.info else "action"


def _line(ask: Ask) -> Line:
    return "informed" if ask.info else "action"


def _narrow(page: Page, row: Pair | SenderRow) -> Action:
    """Return an action that searches for exactly the cables of the pair or the sender."""
    from cable_tui.session.features.pages import SearchFromPage

    query = parse(page.ask.query).finished().without_facet("origin")
    sender = row.pairs[0] if isinstance(row, SenderRow) else row
    for origin in sender.origins:
        query = query.plus(Filter("origin", origin))
    if isinstance(row, SenderRow):
        return SearchFromPage(str(query))
    line = _line(page.ask)
    line_filters = " ".join(f"{line}:{quoted(value)}" for value in row.filed)
    # Two of one prefix would mean either.
    return SearchFromPage(
        f"{query} ({line_filters})" if query.of_facet(line) else f"{query} {line_filters}"
    )


class TrafficRow(Value):
    """A sender and an addressee: one line of `traffic --jsonl`."""

    sender: Filled
    """The sending post, under one name for all spellings."""
    addressee: Filled
    """The addressee that had to act or was informed. A post has one name for all spellings; other
    addressees are as printed.
    """
    kind: Literal["post", "collective", "as printed", "not known"]
    """The kind of addressee. "not known" is a post that its name does not identify."""
    cables: Positive
    """The number of cables of the pair."""
    first: OrNull[Year]
    """The year of the first dated cable, or null if no cable has a date."""
    last: OrNull[Year]
    """The year of the last dated cable, or null if no cable has a date."""
    years: Mapping[Annotated[str, ("pattern", "^([0-9]{4}|undated)$")], Positive]
    """The number of cables in each year."""
    readings: Mapping[Literal["route", "line", "repaired", "doubted"], Positive]
    """The number of cables in which the line does not simply name the addressee. route: the line
    contains more than the post's name, and its route identifies the post. line: the post is the
    second on its line. repaired: one letter of the name was wrong, and only this name fits.
    doubted: name and route belong to different posts, and both are listed.
    """
    note: OrNull[Filled]
    """The same readings in words, or null if each line simply names the addressee."""


class TrafficAnswer(Value):
    """The output of `traffic --json`: who wrote to whom."""

    query: str
    """The query as the program understood it; empty for all cables."""
    addressees: Literal["action", "info"]
    """Whether action or info addressees are counted."""
    cables: Count
    """The number of cables that match the query."""
    without_addressee: Count
    """The number of cables without an addressee of this kind."""
    without_sender: Count
    """The number of cables without an origin, which are in no pair."""
    not_known: Count
    """The number of cables with an addressee that is a post but cannot be identified by its name.
    """
    as_printed: Count
    """The number of cables with an addressee that is not a post. Each spelling of it is counted
    separately.
    """
    pairs: tuple[TrafficRow, ...]
    count: Count
    """The number of pairs in this answer, possibly limited by --limit."""
    tally: Tally = Tally()
    """How much was read, and what the rows leave out."""
    page: Only[PageOfRows | None] = None


class TrafficReport(Report["Pair"]):
    """The report with one line for each pair of sender and addressee."""

    name = "traffic"
    ask = Ask
    options = (
        Option("query", "which cables (default: all)", nargs="*"),
        Option(
            "info",
            "count info addressees instead of action addressees",
            key="t",
            says="action or info",
        ),
        order_option(_ORDERS, "; default: cables"),
        Option(
            "blocks",
            "print one line per sender, with a block for each of the busiest addressees",
            key="x",
            says="pairs or a table of posts",
        ),
    )
    columns = (
        Column("cables", 7, "{:,}", "Cables of the pair"),
        Column("span", 9, "{}", "First and last year"),
        Column("sender", 22, "{}", "The sending post", look="place"),
        Column("kind", 10, "{}", "Kind of addressee", look="dim"),
        Column("addressee", REST, "{}", "Action or info addressee", look="word"),
    )
    forms = _FORMS
    orders = _ORDERS
    keys = (RowKey("enter", "lists", _narrow),)
    row_shape = TrafficRow
    rows_name, row_name = "pairs", "pair"
    counts = True
    empty = "These cables list no addressees."

    def read(self, look: Look) -> Iterator[Rows[Pair]]:
        """Yield all pairs, counted from the facets in memory; no text is read."""
        from cable_tui.tools.traffic.pairs import traffic  # it loads the engine

        result = traffic(look.archive, look.bits(look.ask.query), _line(look.ask))
        look.notes += _notes(result, look.ask)
        yield Rows(result.pairs, whole=True, answer=result)

    def begin(self, session: Session, how: str) -> Ask:
        """Use the query of the list."""
        return Ask(session.text.strip())

    def title(self, page: Page) -> str:
        """Return `Traffic of lobster · to action addressees · most cables first`."""
        ask: Ask = page.ask
        of_query = f" of {ask.query}" if ask.query else ""
        what = "posts by posts" if ask.blocks else self.orders[ask.order].meaning
        return f"Traffic{of_query} · to {ask.addressees} addressees · {what}"

    def has_key(self, ask: Ask, key: str) -> bool:
        """Return whether a key works; senders have only one order."""
        return not ask.blocks or key != "comma"

    def lines(self, page: Page, rows: Sequence[Pair], cells: int) -> Sequence[Pair | SenderRow]:
        """Return the pairs, or their senders."""
        return block_rows(rows, cells) if page.ask.blocks else rows

    def head(self, page: Page, cells: int) -> str:
        """Return the names of the columns, and the legend of the blocks."""
        if page.ask.blocks:
            legend, *names = heads(page.rows, cells)
            return "\n".join((legend, *(f" {line}" for line in names)))
        name_cells = _name_cells(cells)
        return f" {'sender':{name_cells}} {'addressee':{name_cells}} {'cables':>7}  years"

    def pieces(self, row: Pair | SenderRow, cells: int) -> Pieces:
        """Return a pair, with the kind of an addressee that is not a post; or a sender."""
        if isinstance(row, SenderRow):
            return list(block_pieces(row))
        name_cells = _name_cells(cells)
        addressee = crop(clean_line(row.addressee), name_cells)
        room = name_cells - width(addressee)
        kind = _kind(row) if len(_kind(row)) <= room else ""
        pad = " " * (room - len(kind))
        sender = crop(clean_line(row.sender), name_cells)
        return [
            (f"{sender}{' ' * (name_cells - width(sender))} ", "word"),
            (addressee, ""),
            (f"{kind}{pad}", "dim"),
            (f" {row.cables:>7,}  {row.span:<{_SPAN}}", ""),
        ]

    def text_of(self, row: Pair) -> str:
        """Return the names and the kind."""
        return f"{row.sender} {row.addressee} {row.kind}"

    def same(self, row: Pair | SenderRow) -> Hashable:
        """Return both names, or the sender."""
        return row.sender if isinstance(row, SenderRow) else (row.sender, row.addressee)

    def has_beside(self, ask: Ask) -> bool:
        """Return whether a row is a pair, whose years are shown."""
        return not ask.blocks

    def beside(self, page: Page, row: Pair, cells: int, height: int) -> Iterator[Pieces]:
        """Yield the cables of each year: as bars, or in a line if there is little room."""
        from cable_tui.tools.traffic.pairs import UNDATED

        if height <= BELOW:
            years_and_cables = (f"{year} {count:,}" for year, count in row.years.items())
            yield [(" · ".join((*filter(None, (_kind(row).strip(),)), *years_and_cables)), "")]
        else:
            yield from (
                [(clean_line(row.sender), "word")],
                [(f"to {clean_line(row.addressee)}{_kind(row)}", "")],
            )
            yield []
            most = max(row.years.values())
            room = max(cells - len(UNDATED) - len(f"{most:,}") - 3, 1)
            known = steps([year for year in row.years if year != UNDATED])
            for year in (*known, *([UNDATED] if UNDATED in row.years else [])):
                count = row.years.get(year, 0)
                length = bar(count / most * room, ascii_only=False)
                yield [(f"{year:{len(UNDATED)}} ", "dim"), (length, "word"), (f" {count:,}", "")]
            yield []
        yield [(row.note, "")]

    def detail(self, page: Page, row: Pair | SenderRow) -> Sequence[str]:
        """Return the number of a sender's cables to each addressee, with full names."""
        if not isinstance(row, SenderRow):
            return ()
        parts = " · ".join(f"{pair.addressee} {pair.cables:,}" for pair in row.pairs)
        return (f"{row.sender} to {parts}",)

    def text_lines(
        self, look: Look, rows: Iterable[Pair], answer: Any, cells: int
    ) -> Iterator[str]:
        """Yield the lines of a table, or of a GraphML file if the form is `graphml`."""
        if look.form == "graphml":
            from cable_tui.tools.chain.graphs import graphml

            for graphml_piece in graphml(_graph(list(rows), look.ask)):
                yield from graphml_piece.splitlines()
            return
        if look.ask.blocks:
            listed = list(rows)
            yield from heads(listed, cells)
            for sender in block_rows(listed, cells):
                yield "".join(text for text, _ in self.pieces(sender, cells)).rstrip()
            return
        if look.is_terminal:
            yield head_line(self.columns)
        for row in rows:
            yield "".join(text for text, _ in table_pieces(self.columns, row, cells)).rstrip()
            if row.note:
                yield f"{'':{_NOTE}}{row.note}"

    def whole_json(self, ask: Ask, answer: Traffic, rows: Iterable[Pair]) -> TrafficAnswer:
        """Return the pairs, and the numbers of cables that are in no pair."""
        pairs = tuple(map(self.as_json, rows))
        return picked(
            TrafficAnswer,
            answer,
            query=str(parse(ask.query)),
            addressees=ask.addressees,
            pairs=pairs,
            count=len(pairs),
        )

    def chart(self, ask: Ask, rows: Sequence[Pair], answer: Traffic) -> Chart:
        """Return a chart with a bar for each of the pairs shown first."""
        from cable_tui.exports.charts import Bars, Chart

        charted_pairs = rows[:_MOST_BARS]
        bars = [
            (f"{row.sender} → {row.addressee}", row.cables, f"{row.cables:,}")
            for row in charted_pairs
        ]
        notes = list(_notes(answer, ask))
        if len(rows) > len(charted_pairs):
            notes.insert(0, f"{len(charted_pairs)} of {len(rows):,} pairs are shown")
        of_query = f" of {ask.query}" if ask.query else ""
        return Chart(
            "Who wrote to whom",
            (Bars(tuple(bars)),),
            f"Cables{of_query} by sender and {ask.addressees} addressee",
            tuple(f"{note[0].upper()}{note[1:]}." for note in notes),
        )

    def csv_columns(self, answer: Traffic) -> Iterator[tuple[str, ValueOf]]:
        """Yield the usual columns and one for each year."""
        for name in ("sender", "addressee", "kind", "cables"):
            yield name, attrgetter(name)
        for year in sorted({year for pair in answer.pairs for year in pair.years}):
            yield year, partial(_cables_in, year)
        yield "note", attrgetter("note")


def _kind(row: Pair) -> str:
    """Return a label such as ` (as printed)`, or an empty string for a post."""
    return "" if row.kind == "post" else f" ({row.kind})"


def _name_cells(cells: int) -> int:
    """Return the width of a name, in cells, next to another name and two numbers."""
    return min(max((cells - _SPAN - 11) // 2, 12), 44)


def _cables_in(year: str, row: Pair) -> int:
    return row.years.get(year, 0)


def _notes(result: Traffic, ask: Ask) -> Iterator[str]:
    """Yield notes on what the pairs leave out."""
    if result.without_addressee:
        yield f"{counted(result.without_addressee, 'cable')} without an {ask.addressees} addressee"
    if result.without_sender:
        yield f"{counted(result.without_sender, 'cable')} without a sender"
    if result.not_known:
        cables_to_posts = counted(result.not_known, "cable")
        yield f"not known: {cables_to_posts} to unidentified posts, shown as printed"
    if result.as_printed:
        cables_as_printed = counted(result.as_printed, "cable")
        yield f"as printed: {cables_as_printed} to other offices, each spelling counted separately"


def _graph(pairs: Sequence[Pair], ask: Ask) -> GraphFile:
    """Return a graph: senders and addressees are nodes, pairs are edges weighted by cables."""
    from cable_tui.tools.chain.graphs import Edge, GraphFile, Node

    years = sorted({year for pair in pairs for year in pair.years})
    node_kinds = {pair.sender: "post" for pair in pairs} | {
        pair.addressee: pair.kind for pair in pairs
    }
    query = str(parse(ask.query))
    return GraphFile(
        f"Traffic{f' of {query}' if query else ''}, {_line(ask)}",
        (("kind", str),),
        (("first", str), ("last", str), *((f"year_{year}", int) for year in years)),
        [Node(name, name, {"kind": kind}) for name, kind in sorted(node_kinds.items())],
        [
            Edge(
                pair.sender,
                pair.addressee,
                pair.cables,
                {
                    "first": pair.first,
                    "last": pair.last,
                    **{f"year_{year}": count for year, count in pair.years.items()},
                },
            )
            for pair in pairs
        ],
    )


REPORT = TrafficReport()

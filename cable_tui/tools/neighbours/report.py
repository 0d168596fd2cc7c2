"""Report the neighbours of a query's words: words near them more often than by chance."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value
from cable_tui.query import parse
from cable_tui.query.model import quoted
from cable_tui.reports.report import (
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
    words_needed,
)
from cable_tui.text import clean_line, crop, width
from cable_tui.text.numbers import counted
from cable_tui.text.tally import Tally

if TYPE_CHECKING:
    from cable_tui.archive.texts import Text
    from cable_tui.base.kinds import Count, Filled, Only, Positive
    from cable_tui.reports.page_of_rows import PageOfRows
    from cable_tui.session.feature_state import Page
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action
    from cable_tui.tools.neighbours.counting import Neighbour

_LEAST = 5
_GROUP = 20
"""The width of a group's name, in cells."""
_GROUPS = {
    "none": "all cables together",
    "year": "each year on its own",
    "post": "each post on its own",
}
_ORDERS = {
    "score": RowOrder("most significant first", lambda row: (-row.score, -row.cables, row.word)),
    "ratio": RowOrder("most one-sided first", lambda row: (-row.ratio, -row.score, row.word)),
    "count": RowOrder("most frequent first", lambda row: (-row.near, -row.score, row.word)),
}
_WITHIN = {"year": "date:{}", "post": "origin:{}"}
"""The filter that selects the cables of a group."""


class Ask(Value):
    """The words whose neighbours are counted, and how the neighbours are grouped and ordered."""

    query: str
    by: str = "none"
    order: str = "score"
    least: int = _LEAST
    ordinary: bool = False


def _open(page: Page, row: Neighbour) -> Action:
    from cable_tui.reports.table import REPORTS
    from cable_tui.session.features.pages import OpenPage
    from cable_tui.tools.concordance.report import Ask as Places

    group_filter = _WITHIN[page.ask.by].format(quoted(row.group)) if row.group else ""
    return OpenPage(
        REPORTS["concordance"], Places(page.ask.query, within=group_filter, near=row.word)
    )


class NeighboursRow(Value):
    """A word near the query's words: one line of `neighbours --jsonl`."""

    group: str
    """The year or the origin with --by, otherwise empty."""
    score: float
    """The log-likelihood (G2) of the table of words, near a match or not, this word or another one.
    Negative if the word is near less often than by chance.
    """
    ratio: float
    """The binary logarithm of the ratio between the frequency near the matches and the frequency in
    the rest of the same texts. Zero occurrences count as a half.
    """
    near: Positive
    """The number of times that the word occurs at most five words from a match."""
    cables: Positive
    """The number of cables in which the word occurs that near."""
    elsewhere: Count
    """The number of times that the word occurs in the rest of these texts."""
    word: Filled
    """The word in lower case and without accents."""
    ordinary: bool
    """Whether this is an everyday English word. Ordinary words are last, unless --ordinary is
    given.
    """


class NeighboursAnswer(Value):
    """The output of `neighbours --json`: the words near a query's words."""

    query: Filled
    """The query as the program understood it."""
    by: Literal["none", "year", "post"]
    order: Literal["score", "ratio", "count"]
    """The order of the words, as named by --sort."""
    least: Positive
    """The minimum number of cables in which a listed word is near."""
    ordinary: bool
    """Whether ordinary words are ranked among the others (--ordinary)."""
    neighbours: tuple[NeighboursRow, ...]
    count: Count
    """The number of words in this answer, possibly limited by --limit."""
    tally: Tally = Tally()
    """How much was read, and what the rows leave out."""
    page: Only[PageOfRows | None] = None


class NeighboursReport(Report["Neighbour"]):
    """The report with one line for each word, in each group."""

    name = "neighbours"
    ask = Ask
    options = (
        Option("query", "a query with at least one word; filters choose the cables", nargs="+"),
        Option("by", "; how the cables are grouped", _GROUPS, key="b", says="groups"),
        order_option(_ORDERS, "; default: score"),
        Option("least", f"list words near a match in at least N cables (default: {_LEAST})"),
        Option(
            "ordinary",
            "rank ordinary English words (his, who, many) among the others instead of last",
            key="O",
            says="ordinary words",
        ),
    )
    columns = (
        Column("score", 9, "{:+,.1f}", "Log-likelihood (G2), over words; negative: less often"),
        Column("ratio", 6, "{:+.1f}", "Binary logarithm of the ratio of both frequencies"),
        Column("near", 7, "{:,}", "Occurrences within five words of a match"),
        Column("cables", 7, "{:,}", "Cables in which it is within five words of a match"),
        Column("elsewhere", 9, "{:,}", "Occurrences in the rest of these texts"),
        Column("word", REST, "{}", "Lower case, without accents", look="word"),
    )
    fields: Mapping[str, ValueOf] = {
        "group": attrgetter("group"),
        "score": lambda row: round(row.score, 2),
        "ratio": lambda row: round(row.ratio, 2),
        **{name: attrgetter(name) for name in ("near", "cables", "elsewhere", "word", "ordinary")},
    }
    orders = _ORDERS
    keys = (RowKey("enter", "shows both words in context", _open),)
    shape, row_shape = NeighboursAnswer, NeighboursRow
    rows_name, row_name = "neighbours", "word"
    counts = True
    asks = "The neighbours of which words?"
    asks_note = (
        "in the whole archive; narrow the search with filters, such as minister origin:rabat"
    )
    empty = "No word is near these words more often than by chance."

    def check(self, ask: Ask) -> None:
        """Refuse a query without a word."""
        words_needed(parse(ask.query))

    def arranged(self, ask: Ask, rows: Iterable[Neighbour]) -> list[Neighbour]:
        """Return the rows by group in the requested order, with ordinary words last."""
        ordered_rows = super().arranged(ask, rows)
        return sorted(ordered_rows, key=lambda row: (row.group, row.ordinary and not ask.ordinary))

    def read(self, look: Look) -> Iterator[Rows[Neighbour]]:
        """Yield the words counted so far, then all of them."""
        # It needs the engine, formats and a part of the grammar.
        from cable_tui.archive.catalogue import rows as catalogue_rows
        from cable_tui.archive.search.passages import PassageFinder
        from cable_tui.telegram.reading import Reading
        from cable_tui.tools.concordance.occurrences import matches_in
        from cable_tui.tools.neighbours.counting import DISTANCE, NeighbourCounts
        from cable_tui.tools.typical_words.scoring import LEAST_SCORE

        ask: Ask = look.ask
        hits = look.search(ask.query, "created")
        if hits.count and not bool(hits.highlights):
            raise UsageError(f"{ask.query}: neighbours need at least one word besides filters")
        look.total = hits.count
        finder, counts = PassageFinder(hits.highlights), NeighbourCounts()

        def group_of(text: Text) -> str:
            if ask.by == "none":
                return ""
            with look.archive.reading() as database:
                (row,) = catalogue_rows.rows(database, [text.task.cable])
            return row.created[:4] if ask.by == "year" else row.origin

        cables_without_match = 0
        for text in look.texts(hits.ids):
            if text.raw is None:
                continue
            reading, head_end = Reading(text.raw.body), text.task.head_end
            matches = matches_in(reading, head_end, finder)
            if not matches:
                cables_without_match += 1
                continue
            plain_text = " " * head_end + reading.without_breaks[head_end:]
            counts.add(group_of(text), plain_text, matches)
            if look.is_due():
                yield Rows(tuple(counts.rows(ask.least)), whole=True)
        if look.cancelled():
            return
        look.notes.append(
            f"{counted(counts.matches, 'match', 'matches')}, with the {DISTANCE} words before and "
            "after each, compared with the rest of the same texts"
        )
        if cables_without_match:
            contain = "contains" if cables_without_match == 1 else "contain"
            look.notes.append(
                f"{counted(cables_without_match, 'more cable')} {contain} the words only in the "
                "subject, header, TAGS, references or another version"
            )
        look.notes.append(
            f"left out: words near the matches in fewer than {counted(ask.least, 'cable')}, and "
            f"scores below {LEAST_SCORE}, which one word in twenty reaches by chance"
        )
        rows = tuple(counts.rows(ask.least))
        if not ask.ordinary and any(row.ordinary for row in rows):
            ranking = "O" if look.in_room else "--ordinary"
            look.notes.append(
                f"ordinary English words come last ({ranking} ranks them with the rest)"
            )
        yield Rows(rows, whole=True)

    def begin(self, session: Session, how: str) -> Value | Action:
        """Use the words of the current query; ask for words if it has none."""
        from cable_tui.reports.table import REPORTS
        from cable_tui.session.features.pages import ask_text

        if session.query.has_words:
            return Ask(session.text.strip())
        list_words = f"in the {session.hits.count:,} cables of the list"
        return ask_text(REPORTS[self.name], f"{list_words}: minister, “prime minister”, minist*")

    def typed(self, session: Session, text: str) -> Ask:
        """Return the question for typed words, within the listed cables if no page is open."""
        list_query = session.query
        if session.page is None and list_query.terms:
            text = f"({text}) {list_query}" if " or " in text else f"{text} {list_query}"
        words_needed(parse(text))
        return Ask(str(parse(text)))

    def title(self, page: Page) -> str:
        """Return a title such as `Neighbours of lobster · most significant first`."""
        groups = "" if page.ask.by == "none" else f" by {page.ask.by}"
        order_meaning = self.orders[page.ask.order].meaning
        return f"Neighbours of {page.ask.query}{groups} · {order_meaning}"

    def head(self, page: Page, cells: int) -> str:
        """Return the meaning of the numbers, and the names of the columns."""
        return (
            "Words at most five words from a match. Score: below 0, less often than by chance. "
            f"Ratio +1: twice as often as in the rest.\n{self._column_names(page.ask)}"
        )

    def pieces(self, row: Neighbour, cells: int) -> Pieces:
        """Return the numbers and the word, after the group if the cables are grouped."""
        if not row.group:
            return table_pieces(self.columns, row, cells)
        group_name = crop(clean_line(row.group), _GROUP)
        group_text = f"{group_name}{' ' * (_GROUP - width(group_name))} "
        return [(group_text, "place"), *table_pieces(self.columns, row, cells - _GROUP - 1)]

    def text_lines(
        self, look: Look, rows: Iterable[Neighbour], answer: Any, cells: int
    ) -> Iterator[str]:
        """Yield the lines of a table; in a terminal, the first line contains the column names."""
        if look.is_terminal:
            yield self._column_names(look.ask)
        yield from super().text_lines(look, rows, answer, cells)

    def _column_names(self, ask: Ask) -> str:
        return ("" if ask.by == "none" else f"{ask.by:{_GROUP}} ") + head_line(self.columns)

    def text_of(self, row: Neighbour) -> str:
        """Return the word."""
        return row.word

    def group(self, row: Neighbour) -> Hashable:
        """Return the year or post of a row."""
        return row.group or None

    def same(self, row: Neighbour) -> Hashable:
        """Return the group and the word, which identify the row even if its numbers change."""
        return row.group, row.word

    def asked(self, ask: Ask) -> dict[str, Any]:
        """Return the query as it was parsed."""
        return {"query": str(parse(ask.query))}


REPORT = NeighboursReport()

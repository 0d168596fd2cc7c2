"""Report the words that are typical of a query's cables, compared with other cables."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, cast

from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value, replace
from cable_tui.query import parse
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
from cable_tui.text.numbers import bar, counted
from cable_tui.text.tally import Tally

if TYPE_CHECKING:
    from cable_tui.base.kinds import Amount, Count, Filled, Only, OrNull, Positive
    from cable_tui.reports.page_of_rows import PageOfRows
    from cable_tui.session.feature_state import Page
    from cable_tui.session.features.pages import ReadRow
    from cable_tui.session.registry import Services
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action
    from cable_tui.tools.concordance.occurrences import ConcordanceLine
    from cable_tui.tools.typical_words.scoring import TypicalWord

_LEAST = 5
_NAMED = 12
"""The maximum number of query words that a message lists."""
_ORDERS = {
    "score": RowOrder("most significant first", lambda row: (-row.score, -row.cables, row.word)),
    "ratio": RowOrder("most one-sided first", lambda row: (-row.ratio, -row.score, row.word)),
    "count": RowOrder("most cables first", lambda row: (-row.cables, -row.score, row.word)),
}
_MEANINGS = {
    "score": "The higher the score, the less likely the difference is due to chance.",
    "ratio": "The most one-sided words come first; some are there by chance.",
    "count": "The words in the most cables come first.",
}
"""The explanation of each order."""
_NUMBERS = (
    "A ratio of +1 is twice the share of the other cables, +3 eight "
    "times. Bar: share of these cables, ░ of the others."
)
_WORD = 18
"""The width of a word on the page, in cells."""
_CONTEXTS = 3
"""The number of cables whose first context is shown next to the word."""


class Ask(Value):
    """Which cables to take words from, and which cables to compare them with."""

    query: str
    against: str = ""
    order: str = "score"
    least: int = _LEAST
    ordinary: bool = False


def _open(page: Page, row: TypicalWord) -> Action:
    from cable_tui.reports.table import REPORTS
    from cable_tui.session.features.pages import OpenPage
    from cable_tui.tools.concordance.report import Ask as Places

    return OpenPage(REPORTS["concordance"], Places(f"={row.word}", within=page.ask.query))


class WordsRow(Value):
    """A word that is typical of some cables: one line of `words --jsonl`."""

    score: Amount
    """The log-likelihood (G2) of the table of cables, in the query or elsewhere, with the word or
    without it.
    """
    ratio: float
    """The binary logarithm of the ratio between the two shares; 1 means that the share is twice as
    large. Zero cables count as a half.
    """
    cables: Positive
    """The number of cables matching the query that contain the word, as found by a search for
    body:=WORD.
    """
    elsewhere: Count
    """The number of compared cables that contain the word."""
    word: Filled
    """The word in lower case and without accents, as a search matches it."""
    ordinary: bool
    """Whether this is an everyday English word that conveys little. Ordinary words are listed last,
    unless --ordinary is given.
    """


class WordsAnswer(Value):
    """The output of `words --json`: the words that are typical of a query's cables."""

    query: Filled
    """The query as the program understood it."""
    against: OrNull[str]
    """The query whose cables are compared, or null for all other cables."""
    order: Literal["score", "ratio", "count"]
    """The order of the words, as named by --sort."""
    least: Positive
    """The minimum number of cables that contain a listed word."""
    ordinary: bool
    """Whether ordinary words are ranked among the others (--ordinary)."""
    words: tuple[WordsRow, ...]
    count: Count
    """The number of words in this answer, possibly limited by --limit."""
    tally: Tally = Tally()
    """How much was read, and what the rows leave out."""
    page: Only[PageOfRows | None] = None


class WordsReport(Report["TypicalWord"]):
    """The report with one line for each word."""

    name = "words"
    ask = Ask
    options = (
        Option(
            "query", "which cables (the names of their posts and TAGS are not counted)", nargs="+"
        ),
        Option(
            "against",
            "compare with the cables of another query (default: all other cables); cables "
            "found by both count for the first",
            metavar="QUERY",
        ),
        order_option(_ORDERS, "; default: score"),
        Option("least", f"list words that at least N cables contain (default: {_LEAST})"),
        Option(
            "ordinary",
            "rank ordinary English words (his, who, many) among the others instead of last",
            key="O",
            says="ordinary words",
        ),
    )
    columns = (
        Column("score", 9, "{:,.1f}", "Log-likelihood (G2), over cables"),
        Column("ratio", 6, "{:+.1f}", "Binary logarithm of the ratio of both shares"),
        Column("cables", 8, "{:,}", "Cables of the query containing it"),
        Column("elsewhere", 9, "{:,}", "Other cables containing it"),
        Column("word", REST, "{}", "Lower case, without accents", look="word"),
    )
    fields: Mapping[str, ValueOf] = {
        "score": lambda row: round(row.score, 2),
        "ratio": lambda row: round(row.ratio, 2),
        **{name: attrgetter(name) for name in ("cables", "elsewhere", "word", "ordinary")},
    }
    orders = _ORDERS
    keys = (RowKey("enter", "shows it in its context", _open),)
    shape, row_shape = WordsAnswer, WordsRow
    rows_name, row_name = "words", "word"
    counts = needs_text = reads_beside = True
    asks = "Compare with the cables of which query?"
    asks_note = "leave empty for all other cables in the archive"
    empty = "No word is more frequent in these cables."

    def arranged(self, ask: Ask, rows: Iterable[TypicalWord]) -> list[TypicalWord]:
        """Return the rows in the requested order, with ordinary words after all others."""
        ordered_rows = super().arranged(ask, rows)
        return ordered_rows if ask.ordinary else sorted(ordered_rows, key=lambda row: row.ordinary)

    def queries(self, ask: Ask) -> tuple[str, ...]:
        """Return the query and, if there is one, the query to compare it with."""
        return tuple(filter(None, (ask.query, ask.against)))

    def check(self, ask: Ask) -> None:
        """Raise `UsageError` if one of the queries is invalid."""
        for text in self.queries(ask):
            if complaints := parse(text).complaints:
                raise UsageError(complaints[0].reason)

    def read(self, look: Look) -> Iterator[Rows[TypicalWord]]:
        """Yield the words counted so far, then all of them."""
        # It needs the engine and formats.
        from cable_tui.archive.search.snapshot import Snapshot
        from cable_tui.tools.typical_words.scoring import WordCounts

        ask: Ask = look.ask
        hits = look.search(ask.query, "created")
        compared_hits = look.search(ask.against, "created") if ask.against else None
        if not hits.count:
            return
        compared_query = None if compared_hits is None else (compared_hits.query, compared_hits.ids)
        snapshot = Snapshot(look.archive)
        compared_bits = snapshot.columns.of_ids(compared_hits.ids if compared_hits else ())
        question = (replace(ask, order=""), snapshot.columns.of_ids(hits.ids), compared_bits)
        if (counted_before := snapshot.last(self.name, question)) is not None:
            rows, notes, look.read = cast("Any", counted_before)
            look.total = look.read
            look.notes += notes
            yield Rows(rows, whole=True)
            return
        counts = WordCounts(look.archive, (hits.query, hits.ids), compared_query)
        if not counts.others.size:
            raise UsageError(
                f"{ask.against}: {ask.query} already includes all its cables"
                if ask.against
                else "this query finds every cable in the archive; narrow it to compare its words"
            )
        look.total = len(counts.here.drawn) + len(counts.others.drawn)
        for _ in counts.read(look.texts):
            if look.is_due():
                yield Rows(counts.rows(ask.least, soon=True), whole=True)
        if look.cancelled():
            return
        rows = counts.rows(ask.least)
        notes = tuple(_notes(counts, ask, rows, in_room=look.in_room))
        if not (look.in_room or look.unread):  # a room needs its memory for other answers
            snapshot.keep_last(self.name, question, (rows, notes, look.read))
        look.notes += notes
        yield Rows(rows, whole=True)

    def begin(self, session: Session, how: str) -> Ask:
        """Use the query of the list; refuse if the list contains all cables."""
        if not session.text.strip():
            raise UsageError(
                "This is every cable in the archive; narrow the list with a search first"
            )
        return Ask(session.text.strip())

    def typed(self, session: Session, text: str) -> Ask:
        """Return the page's question with the typed text as the query to compare with."""
        page = session.page
        if page is None or not isinstance(page.ask, Ask):
            raise UsageError("no words to compare")
        new_ask: Ask = replace(page.ask, against=text)
        self.check(new_ask)
        return new_ask

    def title(self, page: Page) -> str:
        """Return `Words of kettle · most significant first`."""
        against_query = f" against {page.ask.against}" if page.ask.against else ""
        return f"Words of {page.ask.query}{against_query} · {self.orders[page.ask.order].meaning}"

    def head(self, page: Page, cells: int) -> str:
        """Return the explanation of the order and the numbers, and the names of the columns."""
        heads = f" {'word':{_WORD}} {'cables':>6} {'elsewhere':>9} {'score':>7} {'ratio':>5}  share"
        return f"{_MEANINGS[page.ask.order]} {_NUMBERS}\n{heads}"

    def pieces(self, row: TypicalWord, cells: int) -> Pieces:
        """Return the word, its numbers, and a bar for its share, with the first part dotted."""
        word = crop(clean_line(row.word), _WORD)
        word += " " * (_WORD - width(word))
        counts = f" {row.cables:>6,} {row.elsewhere:>9,} {row.score:>7,.1f} {row.ratio:>+5.1f}  "
        room = max(cells - _WORD - width(counts), 0)
        whole = bar(row.share * room, ascii_only=False)
        as_elsewhere = min(round(row.share_elsewhere * room), len(whole))
        pad = " " * (room - len(whole))
        return [
            (word, "word"),
            (counts, ""),
            ("░" * as_elsewhere, "dim"),
            (whole[as_elsewhere:], "word"),
            (pad, ""),
        ]

    def text_of(self, row: TypicalWord) -> str:
        """Return the word."""
        return row.word

    def text_lines(
        self, look: Look, rows: Iterable[TypicalWord], answer: Any, cells: int
    ) -> Iterator[str]:
        """Yield the lines of a table; in a terminal, the first line contains the column names."""
        if look.is_terminal:
            yield head_line(self.columns)
        for row in rows:
            yield "".join(text for text, _ in table_pieces(self.columns, row, cells)).rstrip()

    def has_beside(self, ask: Ask) -> bool:
        """Return True: every word has contexts."""
        return True

    def read_beside(
        self, services: Services, asked: ReadRow, cancelled: Callable[[], bool]
    ) -> list[ConcordanceLine]:
        """Return the first context of a word in each of the first cables that contain it."""
        from cable_tui.tools.concordance.report import REPORT as CONCORDANCE
        from cable_tui.tools.concordance.report import Ask as Places

        places = Places(f"={asked.row.word}", within=asked.ask.query)
        look = Look(services.archive, places, services.library.path, cancelled, in_room=True)
        contexts: list[ConcordanceLine] = []
        for rows in CONCORDANCE.read(look):
            contexts += rows.rows[:1]
            if len(contexts) == _CONTEXTS:
                break
        return contexts

    def beside(self, page: Page, row: TypicalWord, cells: int, height: int) -> Iterator[Pieces]:
        """Yield the contexts, one per line, or with more text if the pane is tall."""
        from cable_tui.tools.concordance.report import REPORT as CONCORDANCE

        contexts: Sequence[ConcordanceLine] = page.beside or ()
        for context in contexts:
            if height <= BELOW:
                yield CONCORDANCE.pieces(context, cells)
                continue
            label = "subject" if context.in_subject else context.paragraph
            place = f"{context.row.reference_id}{f'#{label}' if label else ''}"
            yield [(clean_line(f"{place}  {context.row.created[:10]}"), "dim")]
            yield [
                (clean_line(context.left), ""),
                (clean_line(context.word), "word"),
                (clean_line(context.right), ""),
            ]
            yield []

    def same(self, row: TypicalWord) -> Hashable:
        """Return the word, which identifies the row even if a later reading changes its numbers."""
        return row.word

    def asked(self, ask: Ask) -> dict[str, Any]:
        """Return both queries as they were parsed; the second is null if there is none."""
        return {"query": str(parse(ask.query)), "against": str(parse(ask.against))}


def _notes(counts: Any, ask: Ask, rows: Sequence[TypicalWord], *, in_room: bool) -> Iterator[str]:
    """Yield notes on what was compared and what was left out."""
    ours, others = counts.here, counts.others
    yield f"{counted(ours.size, 'cable')} against {counted(others.size, 'other')}"
    if len(ours.drawn) < ours.size:
        yield (
            f"words chosen from a sample of {counted(len(ours.drawn), 'cable')}, then counted in "
            "all of them"
        )
    if counts.names:
        yield f"not counted, because they are names in the query: {', '.join(sorted(counts.names))}"
    if words := sorted(counts.searched.words):
        and_more = " ..." if len(words) > _NAMED else ""
        yield (
            "not counted, because they are words of the query: "
            f"{', '.join(words[:_NAMED])}{and_more}"
        )
    if not ask.ordinary and any(row.ordinary for row in rows):
        how = "O" if in_room else "--ordinary"
        yield f"ordinary English words come last ({how} ranks them with the rest)"


REPORT = WordsReport()

"""The concordance report: all occurrences of a query's words, each in its context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import partial
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
    PageKey,
    Pieces,
    Report,
    RowKey,
    RowOrder,
    Rows,
    ValueOf,
    order_option,
    words_needed,
)
from cable_tui.text import clean_line, crop, fold, folded_words, width
from cable_tui.text.layout import keyword_line
from cable_tui.text.numbers import counted
from cable_tui.text.tally import Tally
from cable_tui.tools.concordance.occurrences import (
    AROUND,
    ConcordanceLine,
    by_left,
    by_right,
)
from cable_tui.tools.concordance.text_pattern import MATCHING, group_names, matching, pattern_in

if TYPE_CHECKING:  # a command has no session
    from cable_tui.base.kinds import Count, Filled, Only, Positive
    from cable_tui.reports.page_of_rows import PageOfRows
    from cable_tui.session.feature_state import Page
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action

_DATED = 110
"""The minimum width of a line, in cells, with room for the date."""
_COUNTED = 20
"""The maximum number of different captures whose counts are printed."""
_NEAR = 5
"""The maximum distance of `near`, in words."""
_PLACE = 22
"""The width, in cells, of the reference ID with its paragraph."""
_ORDERS = {
    "date": RowOrder("oldest first"),
    "newest": RowOrder("newest first"),
    "post": RowOrder("by post, then by date"),
    "left": RowOrder("by the preceding words, nearest first", by_left),
    "right": RowOrder("by the following words", by_right),
}


class Ask(Value):
    """The words to look up, and the query for the cables."""

    query: str
    order: str = "date"
    context: int = AROUND
    within: str = ""
    near: str = ""
    matching: str = ""
    extract: bool = False

    @property
    def whole(self) -> str:
        """The words and the query for the cables, as one query."""
        return f"{parse(self.within)} {parse(self.query)}".strip() if self.within else self.query


def _open(page: Page, row: ConcordanceLine) -> Action:
    from cable_tui.session.features.pages import LeaveFor
    from cable_tui.session.values import TOP, Landing

    landing = TOP if row.in_subject else Landing(offset=row.at)
    return LeaveFor(row.row.id, landing, page.ask.whole, row.record)


def _copy(_: Page, row: ConcordanceLine) -> Action:
    from cable_tui.session.features.copy import CopySentence

    return CopySentence(row.row.id, None if row.in_subject else row.at)


def _count_matches(page: Page) -> Action:
    from cable_tui.reports.table import REPORTS
    from cable_tui.session.features.pages import OpenPage
    from cable_tui.tools.concordance.match_counts import Ask as Counts

    return OpenPage(REPORTS["matches"], Counts(page.ask.whole, page.ask.matching))


def _is_near(near_word: str, line: ConcordanceLine) -> bool:
    """Return whether a line has the word near its match; an empty word is near every match."""
    if not near_word:
        return True
    words_around = (*folded_words(line.left)[-_NEAR:], *folded_words(line.right)[:_NEAR])
    return not line.in_subject and fold(near_word) in words_around


def _captured(name: str, line: ConcordanceLine) -> str:
    return dict(line.captured).get(name, "")


class ConcordanceRow(CableFacts):
    """An occurrence of the words: a line of `concordance --jsonl`."""

    record: Positive
    """The number of the record that contains the words. It is greater than 1, the displayed record,
    only if that record lacks the words.
    """
    paragraph: str | None
    """The label of the paragraph, as numbered in the telegram; `subject` for the subject; null
    outside numbered paragraphs.
    """
    left: str
    """The text before the match on one line, cut at a word."""
    word: Filled
    """The match, as spelled in the text; left, word and right together are the text."""
    right: str
    """The text after the match."""
    captured: Only[Mapping[str, str] | None] = None
    """With --extract, the text of each named group of the pattern, keyed by its name."""


class ConcordanceAnswer(Value):
    """The output of `concordance --json`: all occurrences of a query's words."""

    query: str
    """The query as the program understood it."""
    within: Only[str]
    """The query for the cables, if --within was given."""
    near: Only[str]
    """The word that must be near, if --near was given."""
    matching: Only[str]
    """The regular expression, if --matching was given."""
    order: Literal["date", "newest", "post", "left", "right"]
    """The order, as named by --sort."""
    lines: tuple[ConcordanceRow, ...]
    count: Count
    """The number of lines in this answer, possibly limited by --limit."""
    tally: Tally = Tally()
    """The counts of cables that were read, and notes on what the rows omit."""
    page: Only[PageOfRows | None] = None


class Concordance(Report[ConcordanceLine]):
    """A report with a line for each occurrence."""

    name = "concordance"
    ask = Ask
    options = (
        Option(
            "query",
            "a query with at least one word, in quotes if it has several; filters choose the "
            "cables",
            nargs="+",
        ),
        order_option(
            _ORDERS,
            f"; default: date; left and right sort at most {MOST_SORTED:,} lines",
        ),
        Option(
            "context", f"characters of context on either side in JSON and CSV (default: {AROUND})"
        ),
        Option("within", "only in cables that another query also finds", metavar="QUERY"),
        Option("near", f"only if this word is at most {_NEAR} words away", metavar="WORD"),
        MATCHING,
        Option(
            "extract",
            "with --matching: add a column for the text of each named group, (?P<name>...)",
        ),
    )
    orders = _ORDERS
    keys = (RowKey("enter", "opens it", _open), RowKey("y", "copies it", _copy))
    page_keys = (PageKey("m", "counts the matches", _count_matches),)
    fields: Mapping[str, ValueOf] = {
        "reference_id": attrgetter("row.reference_id"),
        "created": attrgetter("row.created"),
        "classification": attrgetter("row.classification"),
        "origin": attrgetter("row.origin"),
        "subject": attrgetter("row.subject"),
        "record": attrgetter("record"),
        "paragraph": lambda line: "subject" if line.in_subject else line.paragraph,
        **{side: attrgetter(side) for side in ("left", "word", "right")},
        "captured": lambda line: dict(line.captured) or None,
    }
    """The values of each line; `left`, `word` and `right` together are the text on one line."""
    shape, row_shape = ConcordanceAnswer, ConcordanceRow
    rows_name, row_name = "lines", "line"
    group_name = "cable"
    asks = "Show which words in context?"
    asks_note = (
        "in the whole archive; narrow the search with filters, such as minister origin:rabat"
    )
    empty = "No text contains these words."

    def check(self, ask: Ask) -> None:
        """Refuse a query without a word, unless it has a pattern, and refuse an invalid pattern."""
        names = group_names(ask.matching)
        if ask.extract and not names:
            raise UsageError("--extract: needs --matching with a named group, (?P<name>...)")
        if len(folded_words(ask.near)) > 1:
            raise UsageError(f"--near takes one word, not {ask.near}")
        if not ask.matching:
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
        if hits.count and not bool(hits.highlights) and not ask.matching:
            raise UsageError(f"{ask.query}: a concordance needs at least one word besides filters")
        found_ids = hits.ids
        if ask.within:
            ids_within = frozenset(look.search(ask.within, "created").ids)
            found_ids = [id_ for id_ in found_ids if id_ in ids_within]
        look.total = len(found_ids)
        ordered_ids = in_order(look.archive, found_ids, ask.order)
        words_elsewhere = far_lines = 0
        with matching(ask.matching) as text_pattern:
            for cable in concordance(
                look.archive,
                ordered_ids,
                hits.highlights,
                look.cancelled,
                ask.context,
                text_pattern=text_pattern,
            ):
                look.count(cable.problem)
                words_elsewhere += not cable.lines and not cable.problem
                lines = [line for line in cable.lines if _is_near(ask.near, line)]
                far_lines += len(cable.lines) - len(lines)
                if not ask.extract:
                    lines = [line._replace(captured=()) for line in lines]
                yield Rows(lines)
            look.notes += text_pattern.notes if text_pattern else ()
        if far_lines:
            far_text = counted(far_lines, "match", "matches")
            look.notes.append(f"{far_text} not shown: {ask.near} is more than {_NEAR} words away")
        more_text = counted(words_elsewhere, "more cable")
        if words_elsewhere and ask.matching:
            look.notes.append(f"no match in {more_text}")
        elif words_elsewhere:
            contain = "contains" if words_elsewhere == 1 else "contain"
            look.notes.append(
                f"{more_text} {contain} the words only in the header, TAGS or references"
            )

    def begin(self, session: Session, how: str) -> Value | Action:
        """Take the words of the current query; if it has no words, ask for some."""
        from cable_tui.reports.table import REPORTS
        from cable_tui.session.features.pages import ask_text

        if session.query.has_words:
            return Ask(session.text.strip(), self._order(session))
        list_words = f"in the {session.hits.count:,} cables of the list"
        return ask_text(
            REPORTS[self.name], f"{list_words}: minister, =minister, “prime minister”, minist*"
        )

    def typed(self, session: Session, text: str) -> Ask:
        """Return the question for a typed query, or for typed words in the cables of the list."""
        query_before = session.query
        text, expression = pattern_in(text)
        if session.page is None and query_before.terms:
            # What is typed may hold an `or`, which would reach into the query before it.
            text = f"({text}) {query_before}" if " or " in text else f"{text} {query_before}"
        query = parse(text)
        if not expression:
            words_needed(query)
        ask = Ask(str(query), self._order(session), matching=expression)
        self.check(ask)
        return ask

    def _order(self, session: Session) -> str:
        """Return the order of the open page, to keep it for other words."""
        page = session.page
        return page.ask.order if page is not None and isinstance(page.ask, Ask) else "date"

    def title(self, page: Page) -> str:
        """Return a title such as `lobster · oldest first`."""
        within_note = f" within {page.ask.within}" if page.ask.within else ""
        pattern_note = f" /{page.ask.matching}/" if page.ask.matching else ""
        near_note = f" near {page.ask.near}" if page.ask.near else ""
        order_note = self.orders[page.ask.order].meaning
        return f"{page.ask.query}{pattern_note}{near_note}{within_note} · {order_note}"

    def same(self, row: ConcordanceLine) -> Hashable:
        """Return the identity of a line: its cable and position."""
        return row.row.id, row.in_subject, row.at

    def group(self, row: ConcordanceLine) -> Hashable:
        """Return the cable's ID, by which lines are grouped."""
        return row.row.id

    def pieces(self, row: ConcordanceLine, cells: int) -> Pieces:
        """Return the cable, the words before, the match in its column, and the words after."""
        place_text = row.row.reference_id
        if row.in_subject or row.paragraph:
            place_text += f"#{'subject' if row.in_subject else row.paragraph}"
        place_text = crop(clean_line(place_text), _PLACE)
        date_text = f"{row.row.created[:10]:<10} " if cells >= _DATED else ""
        line_start = f"{date_text}{place_text}{' ' * (_PLACE - width(place_text))} "
        left_text, matched_word, right_text = map(clean_line, (row.left, row.word, row.right))
        first_text, middle_text, last_text = keyword_line(
            left_text, matched_word, right_text, cells - width(line_start)
        )
        return [(line_start, "place"), (first_text, ""), (middle_text, "word"), (last_text, "")]

    def csv_columns(self, answer: Any) -> Iterable[tuple[str, ValueOf]]:
        """Return the columns of a line, except those for a pattern's captures."""
        return [pair for pair in self.fields.items() if pair[0] != "captured"]

    def asked_columns(self, ask: Ask) -> Iterable[tuple[str, ValueOf]]:
        """Return a column for each named group of the pattern."""
        names = group_names(ask.matching) if ask.extract else ()
        return [(name, partial(_captured, name)) for name in names]

    def text_lines(
        self, look: Look, rows: Iterable[ConcordanceLine], answer: Any, cells: int
    ) -> Iterator[str]:
        """Yield a line for each match; with --extract, yield the captures, and then the counts."""
        if not look.ask.extract:
            yield from super().text_lines(look, rows, answer, cells)
            return
        times: Counter[str] = Counter()
        for line in rows:
            values = " | ".join(value for _, value in line.captured)
            times[values] += 1
            paragraph = f"#{line.paragraph}" if line.paragraph else ""
            place_text = f"{line.row.reference_id}{paragraph}"
            yield f"{line.row.created[:10]} {place_text}  {values}"
        yield ""
        for values, number in times.most_common(_COUNTED):
            yield f"{number:>9,}  {values}"
        if len(times) > _COUNTED:
            yield f"           … {len(times) - _COUNTED:,} more"

    def asked(self, ask: Ask) -> dict[str, Any]:
        """Return the queries as they were parsed."""
        return {"query": str(parse(ask.query)), "within": str(parse(ask.within))}


REPORT = Concordance()

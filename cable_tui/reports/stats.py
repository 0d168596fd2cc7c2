"""The `stats` report: count the cables in an archive or found by a query, by facet or by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cable_tui.archive.catalogue.account import without_text_in_words
from cable_tui.archive.search.breakdown import (
    ALIASES,
    IN_TIME,
    KEYS,
    Breakdown,
    BreakdownRow,
    breakdown,
)
from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value, picked, replace
from cable_tui.query import FACETS, parse
from cable_tui.query.answers import Count
from cable_tui.reports.report import Look, Option, PageKey, Pieces, Report, Rows, ValueOf
from cable_tui.reports.sample_range import share_range
from cable_tui.reports.stats_lines import (
    chart,
    facet_lines,
    sample_lines,
    shown_counts,
    table_lines,
)
from cable_tui.text import clean_line, width
from cable_tui.text.choices import refusal
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.base.kinds import Only, OrNull, Positive, Share
    from cable_tui.exports.charts import Chart
    from cable_tui.query.answers import Hits
    from cable_tui.reports.page_of_rows import PageOfRows
    from cable_tui.session.feature_state import Page
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action

_MOST_KEYS = 2
_ON_PAGE = (
    ("post", "year"),
    ("post",),
    ("year",),
    ("tag", "year"),
    ("tag",),
    ("class", "year"),
    ("class",),
    ("list", "year"),
    ("list",),
)
"""The keys by which the page can count, in the order of its key `m`."""
_WITH_NAMELESS = ("csv", "jsonl")
"""The forms whose last row counts the cables without a value."""

Cables = Annotated[int, ("minimum", 0)]
Facets = Annotated[
    Mapping[str, tuple[Count, ...]], ("required", ("origin", "tag", "class", "date"))
]
StatsKey = Literal[
    "post",
    "tag",
    "year",
    "month",
    "released",
    "class",
    "article",
    "to",
    "info",
    "volume",
    "list",
    "signer",
]


class ArchiveStats(Value):
    """The output of `stats --json` for an archive."""

    cables: Cables
    first_year: OrNull[int]
    last_year: OrNull[int]
    problems: Cables
    skipped: Mapping[str, Positive]
    """The number of skipped files, keyed by the reason why they were skipped."""
    without_text: Mapping[str, Positive]
    """The number of cables for which the archive states why they have no text, by is: flag."""
    complete: bool
    """Whether the archive is completely indexed."""
    facets: Facets
    """All values with their counts, by facet (origin, tag, class, date ...)."""
    page: Only[PageOfRows | None] = None


class QueryStats(Value):
    """The output of `stats --json` for a query."""

    query: str
    """The query as the program understood it."""
    count: Cables
    """The number of cables found."""
    facets: Facets
    """All values with their counts, by facet (origin, tag, class, date ...)."""
    population: Only[Cables | None] = None
    """The number of cables from which the sample was drawn. Present only if the query has
    `sample:`.
    """
    page: Only[PageOfRows | None] = None


class StatsTableRow(BreakdownRow):
    """A row of the table of `stats --json`."""

    share_range: Only[tuple[Share, ...]] = ()
    """The lower and upper end of the 95% range for the row's share of all cables that match the
    query, if the counted cables are a random sample of them.
    """


class StatsTable(Value):
    """The output of `stats --json` with `--by`."""

    query: str
    """The query as the program understood it; empty for all cables."""
    count: Cables
    """The number of cables found."""
    by: Annotated[tuple[StatsKey, ...], ("minItems", 1), ("maxItems", 2)]
    columns: tuple[str, ...]
    """The values of the second key; empty if there is only one key."""
    rows: tuple[StatsTableRow, ...]
    without: Cables
    """The number of cables without a value for the first key."""
    population: Only[Cables | None] = None
    """The number of cables from which the sample was drawn. Present only if the query has
    `sample:`.
    """
    page: Only[PageOfRows | None] = None


class Ask(Value):
    """Which cables to count, by which keys, and how the answer is shown."""

    query: str = ""
    by: tuple[str, ...] = ()
    chart: bool = False
    limit: int = 0
    """The maximum number of rows; 0 for the usual number."""


class StatsRow(Value):
    """One line of `stats --jsonl`: a value and its number of cables."""

    key: str
    """The facet of the value, or the key given with `--by`."""
    value: str
    """The value; empty for cables without a value for the key."""
    title: str
    cables: Cables
    across: tuple[Cables, ...] = ()
    """The number of cables for each value of the second key."""
    columns: Only[tuple[str, ...]] = ()
    """The values of the second key, if there are two keys."""
    share_range: Only[tuple[Share, ...]] = ()
    """The 95% range for the share of all cables that match the query, if the query has a
    `sample:`.
    """


class Counted(Value):
    """The counts for an archive, for a query by facet, or for a query by keys."""

    query: str = ""
    count: int = 0
    facets: Mapping[str, Sequence[Count]] = {}
    table: Breakdown | None = None
    head: tuple[str, ...] = ()
    """The lines above the values of the facets."""
    population: int | None = None
    """The number of cables from which the sample was drawn, or None if there is no sample."""
    is_sample: bool = False
    """Whether the cables are a random sample, whose shares have ranges."""
    whole: Value | None = None
    """The JSON answer for an archive without a query."""


def keys_in(text: str) -> tuple[str, ...]:
    """Return the keys in the value of `--by`. Raises `UsageError`."""
    keys = tuple(ALIASES.get(key, key) for key in text.replace(" ", "").split(","))
    for row_key in keys:
        if row_key not in KEYS:
            raise UsageError(refusal(row_key, KEYS))
    if len(set(keys)) != len(keys) or len(keys) > _MOST_KEYS:
        raise UsageError(f"needs one key, or two different keys, not {text}")
    return keys


def _other_keys(by: int) -> Callable[[Page], Action | None]:
    def does(page: Page) -> Action | None:
        from cable_tui.session.features.pages import OpenPage

        index = (_ON_PAGE.index(page.ask.by) + by) % len(_ON_PAGE)
        return OpenPage(page.of, replace(page.ask, by=_ON_PAGE[index]))

    return does


class StatsReport(Report[StatsRow]):
    """The report with one row for each value of a facet, or for each value of a key."""

    name = "stats"
    ask = Ask
    options = (
        Option("query", "which cables (default: all)", nargs="*"),
        Option(
            "by",
            f"count by one of {', '.join(KEYS)}, or by two in one table: post,year; for signer, "
            "the end of each text is read (some 17,000 a "
            "second)",
            dict.fromkeys(KEYS, ""),
            metavar="KEY[,KEY]",
            reads=keys_in,
        ),
        Option("chart", "draw a chart (default: by year)", is_form=True),
        Option("limit", "print at most N rows", flag="--limit"),
    )
    row_shape = StatsRow
    forms: Mapping[str, str] = {
        "text": "for reading",
        "svg": "a picture",
        "csv": "as --csv",
        "json": "as --json",
    }
    json_form = "one JSON object"
    counts = True
    drawn = True
    reads = "texts searched for signers"
    asks = "Count the cables of which query?"
    asks_note = "leave empty for all cables"
    page_keys = (
        PageKey("m", "by year, TAG, classification, list", _other_keys(1)),
        PageKey("M", "the keys before", _other_keys(-1)),
    )

    def check(self, ask: Ask) -> None:
        """Raise `UsageError` for a chart whose columns are not time steps."""
        if ask.chart and len(ask.by) > 1 and ask.by[1] not in IN_TIME:
            raise UsageError(f"--chart: the second key must be one of {', '.join(IN_TIME)}")

    def read(self, look: Look) -> Iterator[Rows[StatsRow]]:
        """Yield all counts at once; texts are read only to count signers."""
        ask: Ask = look.ask
        keys = ask.by or (("year",) if ask.chart or look.form == "svg" else ())
        if not keys and not ask.query:
            answer = _whole_archive(look)
        else:
            hits = look.search(ask.query)
            answer = Counted(
                str(hits.query),
                hits.count,
                population=hits.population,
                is_sample=_is_sample(look, hits),
            )
            cables = look.archive.bits_of(hits.query)
            if keys:
                look.total = hits.count
                table = breakdown(look.archive, cables, keys, partial(_counted_by, look))
                if table.unread:
                    unread_texts = f"{table.unread:,} texts could not be read"
                    look.notes.append(f"{unread_texts}, so their signers were not counted")
                answer = replace(answer, table=table)
            else:
                key_by_facet = {facet: key for key, facet in reversed(KEYS.items())}
                counts = {
                    name: breakdown(look.archive, cables, (key_by_facet[name],)).rows
                    for name in FACETS
                }
                head = (f"{counted(hits.count, 'cable')} · {hits.query}",)
                answer = replace(answer, facets=counts, head=head)
        yield Rows(tuple(_rows(answer, look.form)), whole=True, answer=answer)

    def begin(self, session: Session, how: str) -> Ask:
        """Use the query of the list."""
        return Ask(session.text.strip(), _ON_PAGE[0])

    def typed(self, session: Session, text: str) -> Ask:
        """Return the page's question for another query. Raises `UsageError`."""
        query = parse(text).finished()
        if query.complaints:
            raise UsageError(query.complaints[0].reason)
        by = session.page.ask.by if session.page else _ON_PAGE[0]
        return Ask(str(query), by)

    def title(self, page: Page) -> str:
        """Return a title that says what is counted, such as `Cables by post · lobster`."""
        ask: Ask = page.ask
        return " · ".join(filter(None, (f"Cables by {' and '.join(ask.by)}", ask.query)))

    def body(self, page: Page, cells: int, height: int) -> Iterator[Pieces]:
        """Yield all rows: bars for one key.

        For two keys, numbers, or columns if numbers do not fit.
        """
        answer: Counted | None = page.answer
        if answer is None or answer.table is None:
            yield [("Counting ..." if page.reading else "", "dim")]
            return
        table, head = answer.table, counted(answer.count, "cable")
        lines = list(table_lines(table, len(table.rows), None)) if table.columns else []
        if answer.is_sample and not table.columns:
            lines = list(sample_lines(page.rows, len(page.rows)))
        if not lines or max(map(width, lines)) > cells:
            lines = list(chart(table, len(table.rows), cells, ascii_only=False))
            head += " · each row has its own scale" if table.columns else ""
        if table.without:
            lines += ["", f"{counted(table.without, 'cable')} without {table.keys[0]}"]
        for line in (head, "", *lines):
            yield [(clean_line(line), "")]

    def fits_terminal(self, ask: Ask) -> bool:
        """Return whether the form is a chart; a table in a pipe may be as wide as necessary."""
        return ask.chart

    def text_lines(
        self, look: Look, rows: Iterable[StatsRow], answer: Counted, cells: int
    ) -> Iterator[str]:
        """Yield the values of each facet, a table or a chart."""
        limit = look.ask.limit or None
        if answer.table is None:
            yield from (*answer.head, *facet_lines(_by_facet(rows)))
            return
        if answer.is_sample and not (look.ask.chart or answer.table.columns):
            yield from sample_lines(rows, limit)
            return
        table = replace(answer.table, rows=tuple(map(_table_row, rows)))
        if look.ask.chart:
            yield from chart(table, limit, cells, ascii_only=look.ascii_only)
        else:
            yield from table_lines(table, limit, cells if look.is_terminal else None)

    def csv_columns(self, answer: Counted) -> Iterator[tuple[str, ValueOf]]:
        """Yield the columns for a facet's value, or for a table."""
        table = answer.table
        if table is None:
            yield "facet", attrgetter("key")
        yield "value" if table is None else table.keys[0], attrgetter("value")
        yield "title", attrgetter("title")
        for index, name in enumerate(table.columns if table else ()):
            yield name, partial(_count_across, index)
        yield "cables", attrgetter("cables")
        if answer.is_sample:
            yield "share_from", lambda row: row.share_range[0]
            yield "share_to", lambda row: row.share_range[1]

    def whole_json(self, ask: Ask, answer: Counted, rows: Iterable[StatsRow]) -> Value:
        """Return the answer for an archive, for a query, or for a table."""
        table = answer.table
        if table is not None:
            table_rows = tuple(map(_table_row, rows))
            return picked(
                StatsTable,
                table,
                query=answer.query,
                by=table.keys,
                rows=table_rows,
                population=answer.population,
            )
        facets = {name: tuple(answer.facets.get(name, ())) for name in FACETS}
        return answer.whole or picked(QueryStats, answer, facets=facets)

    def json_name(self, ask: Ask) -> str:
        """Return the name of the rows in a table; counts by facet are objects instead."""
        return self.rows_name if ask.by else ""

    def is_nothing(self, answer: Counted | None, count: int) -> bool:
        """Return whether a query finds nothing; an archive without cables is an answer."""
        return answer is None or (answer.whole is None and not answer.count)

    def chart(self, ask: Ask, rows: Sequence[StatsRow], answer: Counted) -> Chart:
        """Return the chart for a table: bars, or a square for each row and column."""
        from cable_tui.reports.stats_picture import picture

        if answer.table is None:
            raise UsageError("--format svg needs --by")
        return picture(answer.table, answer.query, ask.limit)


def _whole_archive(look: Look) -> Counted:
    """Return the totals of the archive, and the values of each facet with their counts."""
    archive = look.archive
    summary, without_text = archive.summary(), archive.without_text()
    counts = archive.counts(parse(""))
    year_range = f" · {summary.first_year}-{summary.last_year}" if summary.first_year else ""
    head_lines = [f"{summary.cables:,} cables{year_range}"]
    head_lines += filter(None, [without_text_in_words(without_text)])
    head_lines += [counted(summary.problems, "problem")] if summary.problems else []
    skipped_files = sorted(summary.skipped.items(), key=lambda pair: (-pair[1], pair[0]))
    head_lines += [f"{count:,} files skipped: {kind}" for kind, count in skipped_files]
    facets = {name: tuple(counts.get(name, ())) for name in FACETS}
    whole = picked(ArchiveStats, summary, without_text=without_text, facets=facets)
    return Counted("", summary.cables, counts, head=tuple(head_lines), whole=whole)


def _is_sample(look: Look, hits: Hits) -> bool:
    """Return whether the shares of the hits have ranges, and note the reason."""
    if hits.population is None or hits.query.sample is None:
        return False
    if not hits.is_sample:
        return False
    if hits.query.sample.by_year:
        look.notes.append(
            "a sample by year does not represent all cables, so the shares have no ranges"
        )
        return False
    if len(look.ask.by) == 1 or (look.ask.by and look.form in ("json", *_WITH_NAMELESS)):
        look.notes.append("the true shares lie within these ranges in 95 of 100 samples")
    else:
        use_one_key = "press m and choose a single key" if look.in_room else "use --by with one key"
        look.notes.append(f"{use_one_key} to see the ranges of the shares")
    return bool(hits.count)


def _counted_by(look: Look, texts: Iterable[Any]) -> Iterator[Any]:
    for text in texts:
        look.count()
        yield text


def _rows(answer: Counted, form: str) -> Iterator[StatsRow]:
    """Yield the rows of an answer, with the ranges of their shares if the cables are a sample."""
    for row in _counted_rows(answer, form):
        ends = share_range(row.cables, answer.count) if answer.is_sample else ()
        yield replace(row, share_range=tuple(round(end, 4) for end in ends))


def _counted_rows(answer: Counted, form: str) -> Iterator[StatsRow]:
    """Yield the values of each facet, or the rows of a table and the cables not in any row."""
    table = answer.table
    if table is None:
        for name, counts in answer.facets.items():
            for count in shown_counts(name, counts):
                yield StatsRow(name, count.value, count.title, count.count)
        return
    for row in table.rows:
        yield StatsRow(
            table.keys[0], row.value, row.title, row.count, row.across, tuple(table.columns)
        )
    if table.without and form in _WITH_NAMELESS:
        yield StatsRow(table.keys[0], "", "", table.without)


def _table_row(row: StatsRow) -> StatsTableRow:
    return StatsTableRow(row.value, row.title, row.cables, row.across, row.share_range)


def _by_facet(rows: Iterable[StatsRow]) -> dict[str, list[Count]]:
    counts: dict[str, list[Count]] = {}
    for row in rows:
        counts.setdefault(row.key, []).append(Count(row.value, row.title, row.cables))
    return counts


def _count_across(index: int, row: StatsRow) -> int | None:
    return row.across[index] if row.across else None


REPORT = StatsReport()

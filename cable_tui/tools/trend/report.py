"""Report the share of cables that queries find in each month, year, post or classification."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from cable_tui.base.errors import UsageError
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value, replace
from cable_tui.query import parse
from cable_tui.reports.report import Look, Option, PageKey, Pieces, Report, Rows, ValueOf
from cable_tui.text.numbers import counted
from cable_tui.tools.trend.shares import (
    AXES,
    MOST_QUERIES,
    Curves,
    Step,
    TrendAnswer,
    answer_of,
    steps_of,
)

if TYPE_CHECKING:  # a command has no session
    from cable_tui.exports.charts import Chart
    from cable_tui.session.feature_state import Page
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action

_FORMS = {"chart": "for reading", "svg": "a picture", "csv": "as --csv", "json": "as --json"}
_ONE_QUERY = pattern(r'(?:"[^"]*"?|,(?!\s)|[^,"])+')
"""One of the queries in a typed text, in which commas separate queries. The commas in quotation
marks and in numbers do not.
"""
_ROWS = 4
"""The number of lines of a curve in a terminal."""
_POSTS = 20
"""The maximum number of posts in a chart. CSV and JSON contain all."""
_LEAST = 2
"""The minimum height of a curve on the page, in lines. If space allows, the height is a multiple of
`_PARTS`.
"""
_PARTS = 4


class Ask(Value):
    """The queries to chart, and the axis."""

    queries: tuple[str, ...]
    by: str = "month"
    within: str = ""
    own_scale: bool = False
    cut: bool = False
    rows: int = _ROWS
    limit: int = 0


def _more(_: Page) -> Action:
    from cable_tui.session.features.pages import AskOther

    return AskOther()


def _saved(_: Page) -> Action:
    from cable_tui.session.features.pages import AskSaved

    return AskSaved()


def _without_last(page: Page) -> Action:
    from cable_tui.session.features.pages import OpenPage, Say

    if len(page.ask.queries) < 2:
        return Say("This is the only query; Esc closes the page.")
    return OpenPage(page.of, replace(page.ask, queries=page.ask.queries[:-1]))


def _step(by: int) -> Callable[[Page], Action | None]:
    def does(page: Page) -> Action | None:
        from cable_tui.session.features.pages import PutCursor
        from cable_tui.tools.trend.chart import shown_span

        page_curves: Curves | None = page.answer
        if page_curves is None or not page_curves.in_time or not page_curves.steps:
            return None
        span = shown_span(page_curves, cut=page.ask.cut)
        step_index = page.at - 1 + by if page.at else span.stop - 1
        return PutCursor(min(max(step_index, span.start), span.stop - 1) + 1)

    return does


class CurveReport(Report[Step]):
    """The report with a row for each step: its cables, and each query's number and share."""

    name = "trend"
    ask = Ask
    options = (
        Option(
            "queries",
            f"up to {MOST_QUERIES} queries, each in quotes if it has several words",
            nargs="+",
        ),
        Option("by", "; the axis (default: month)", AXES, key="m", says="by month, year, post"),
        Option(
            "within", "shares within these cables instead of the whole archive", metavar="QUERY"
        ),
        Option(
            "own_scale",
            "scale each query to the full height, to compare shapes",
            key="z",
            says="scale",
        ),
        Option(
            "cut",
            "leave out the time before the first and after the last matching cable (months with "
            "few cables are ignored)",
            key="0",
            says="all time",
        ),
        Option("rows", f"height of each query's chart in lines (default: {_ROWS})"),
        Option(
            "limit",
            f"print at most N steps (in a chart, posts; default: {_POSTS})",
            flag="--limit",
        ),
    )
    page_keys = (
        PageKey("left", "earlier", _step(-1)),
        PageKey("right", "later", _step(1)),
        PageKey("t", "adds a query", _more),
        PageKey("Q", "a saved one", _saved),
        PageKey("d", "removes the last", _without_last),
    )
    first_keys = ("left", "right", "t", "0")
    fields: Mapping[str, ValueOf] = {name: attrgetter(name) for name in Step._names}
    """The values of each row; numbers and shares are in the order of the queries."""
    forms = _FORMS
    rows_name, row_name = "steps", "step"
    asks = "Chart which query?"
    asks_note = "commas separate several queries: lobster, tag:EFIS crab"
    counts = drawn = True

    def queries(self, ask: Ask) -> Sequence[str]:
        """Return the charted queries, then the query for all counted cables."""
        return (*ask.queries, ask.within)

    def check(self, ask: Ask) -> None:
        """Refuse more queries than a chart can show."""
        if len(ask.queries) > MOST_QUERIES:
            raise UsageError(
                f"a chart can show at most {MOST_QUERIES} queries, not {len(ask.queries)}"
            )

    def read(self, look: Look) -> Iterator[Rows[Step]]:
        """Yield all steps, counted from the facets in memory; no text is read."""
        from cable_tui.tools.trend.shares import curves  # it loads the engine

        ask: Ask = look.ask
        *found, whole = map(look.bits, self.queries(ask))
        cables_by_query = list(zip(ask.queries, found, strict=True))
        result = curves(look.archive, cables_by_query, whole, ask.by, ask.within)
        if result.without:
            missing_value = "no date" if result.in_time else f"no {AXES[result.by]}"
            look.notes.append(
                f"{counted(result.without, 'cable')} with {missing_value} not counted"
            )
        yield Rows(steps_of(result), whole=True, answer=result)

    def begin(self, session: Session, how: str) -> Value | Action:
        """Add the query in the search bar to the earlier queries.

        If there are none, ask for one.
        """
        from cable_tui.reports.table import REPORTS
        from cable_tui.session.features.pages import ask_text

        kept_page = session.left.get(self.name)
        ask_before = kept_page.ask if kept_page is not None else Ask((), cut=True)
        query_text = str(session.query.finished()) if session.query.terms else ""
        if query_text and query_text not in ask_before.queries:
            ask_before = replace(
                ask_before, queries=(*ask_before.queries, query_text)[-MOST_QUERIES:]
            )
        return ask_before if ask_before.queries else ask_text(REPORTS[self.name], self.asks_note)

    def typed(self, session: Session, text: str) -> Ask:
        """Return the page's question with the typed queries added, which commas separate."""
        page = session.page
        ask_before = (
            page.ask if page is not None and isinstance(page.ask, Ask) else Ask((), cut=True)
        )
        for query_text in _ONE_QUERY.findall(text) or [text]:
            ask_before = _with_query(ask_before, query_text)
        return ask_before

    def has_key(self, ask: Ask, key: str) -> bool:
        """Return whether a key works; only time steps have earlier and later ones."""
        return key not in ("left", "right", "0") or ask.by in ("month", "year")

    def title(self, page: Page) -> str:
        """Return the title, which includes the axis."""
        return f"Over time · by {AXES[page.ask.by]}"

    def body(self, page: Page, cells: int, height: int) -> Iterator[Pieces]:
        """Yield the chart, with the curves as high as the page allows."""
        from cable_tui.tools.trend.chart import shown_span

        curves: Curves | None = page.answer
        if curves is None:
            yield [("Counting ..." if page.reading else "", "dim")]
            return
        ask = replace(page.ask, rows=_LEAST, limit=0)
        page_cells = max(cells, _POSTS)
        if curves.in_time and curves.curves:
            any_step = page.at - 1 if page.at else shown_span(curves, cut=ask.cut).start
            least_chart = sum(1 for _ in _chart(curves, page_cells, ask, here=any_step))
            rows = (height - least_chart) // len(curves.curves) + _LEAST
            rows -= rows % _PARTS if rows > _PARTS else 0
            ask = replace(ask, rows=max(rows, _LEAST))
        yield from _chart(curves, page_cells, ask, here=page.at - 1 if page.at else None)

    def text_lines(
        self, look: Look, rows: Iterable[Any], answer: Curves, cells: int
    ) -> Iterator[str]:
        """Yield the lines of the chart."""
        ask = replace(look.ask, limit=look.ask.limit or _POSTS)
        for chart_line in _chart(answer, cells, ask, ascii_only=look.ascii_only):
            yield "".join(text for text, _ in chart_line)

    def chart(self, ask: Ask, rows: Sequence[Step], answer: Curves) -> Chart:
        """Return the chart as a picture."""
        from cable_tui.tools.trend.picture import picture

        return picture(answer, cut=ask.cut, own_scale=ask.own_scale)

    def csv_columns(self, answer: Curves) -> Iterator[tuple[str, ValueOf]]:
        """Yield the step, its cables, and columns of counts and shares for each query."""
        yield answer.by, attrgetter("step")
        yield "cables", attrgetter("cables")
        for query_index, curve in enumerate(answer.curves):
            yield curve.query, partial(_count, query_index)
            yield f"{curve.query} (share)", partial(_share, query_index)

    def json_name(self, ask: Ask) -> str:
        """Return an empty name, because the answer consists of curves."""
        return ""

    def whole_json(self, ask: Ask, answer: Curves, rows: Iterable[Step]) -> TrendAnswer:
        """Return the JSON answer for the curves."""
        return answer_of(answer)

    def is_nothing(self, answer: Curves | None, count: int) -> bool:
        """Return whether no query finds anything."""
        return answer is None or not any(curve.count for curve in answer.curves)


def _with_query(ask: Ask, text: str) -> Ask:
    """Return the question with one more query. May raise `UsageError`."""
    query = parse(text).finished()
    if query.complaints or not query.terms:
        reasons = [complaint.reason for complaint in query.complaints]
        raise UsageError(reasons[0] if reasons else "This is not a query.")
    if str(query) in ask.queries:
        raise UsageError(f"{query} is already in the chart.")
    if len(ask.queries) >= MOST_QUERIES:
        raise UsageError(
            f"A chart can show at most {MOST_QUERIES} queries; d removes the last one."
        )
    return replace(ask, queries=(*ask.queries, str(query)))


def _count(query_index: int, row: Step) -> int:
    return row.counts[query_index]


def _share(query_index: int, row: Step) -> str:
    share = row.shares[query_index]
    return "" if share is None else f"{share:.6f}"


def _chart(
    curves: Curves,
    cells: int,
    ask: Ask,
    *,
    ascii_only: bool = False,
    here: int | None = None,
) -> Iterator[Pieces]:
    from cable_tui.tools.trend.chart import chart

    return chart(
        curves,
        cells,
        rows=ask.rows,
        own_scale=ask.own_scale,
        cut=ask.cut,
        ascii_only=ascii_only,
        limit=ask.limit or None,
        here=here,
    )


REPORT = CurveReport()

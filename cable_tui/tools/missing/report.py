"""Missing cables: those that are cited, or how much of each post and year is here."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cable_tui.base.errors import NotFoundError, UsageError
from cable_tui.base.value import Value, picked, replace
from cable_tui.query import FACETS
from cable_tui.query.model import quoted
from cable_tui.reports.report import (
    Look,
    Option,
    Pieces,
    Report,
    RowKey,
    RowOrder,
    Rows,
    ValueOf,
    order_option,
)
from cable_tui.text import clean_line, crop
from cable_tui.text.tally import Tally

if TYPE_CHECKING:  # a help reads no numbers
    from cable_tui.archive.catalogue.resolve_references import Missing
    from cable_tui.base.kinds import Count, Filled, Month, OrNull, Positive
    from cable_tui.exports.charts import Chart
    from cable_tui.session.feature_state import Page
    from cable_tui.session.values import Action
    from cable_tui.tools.missing.estimate import NumberRange
    from cable_tui.tools.missing.gaps import Gaps, PostYear

    Row = Missing | PostYear

_STATION = 12
"""Cells of a station on the page."""
_MOST_NAME = 20
"""Cells of a name in a pipe: a longer one pushes its line to the right."""


_NoEstimate = Literal["cited only", "no dates", "starts again", "shares numbers", "out of order"]


class CitedRow(Value):
    """A line of `missing --jsonl`: a cable that is cited and not here."""

    reference_id: Filled
    """Canonical."""
    cited_by: Positive
    """Cables that cite it."""


class RangeAnswer(Value):
    """An estimate."""

    low: Count
    """It is at least so many, in 95 of 100 ranges together with `high`."""
    likely: Count
    """As likely to be less as to be more."""
    high: Count
    """It is at most so many."""


class MonthAnswer(Value):
    """A month of a post."""

    month: Month
    here: Count
    """Cables that are here."""
    cited: Count
    """Cables that are cited and not here, by the month in which their numbers were reached; 0
    where there is no estimate."""
    estimate: RangeAnswer | None
    """Cables that were sent; null where nothing can be said."""


class GapsRow(Value):
    """A line of `missing --gaps --jsonl`: what is here of a post and year."""

    station: Filled
    """As in reference ids."""
    post: Filled
    """The origin of its cables; the station where nobody knows it."""
    year: int
    here: Count
    """Cables that are here."""
    cited: Count
    """Cables that are cited and not here, less the doubtful ones."""
    doubtful: Count
    """Cited numbers that are too high for the day on which they are cited."""
    absent: tuple[Filled, ...]
    """The cited ones, by number."""
    numbers_not_here: tuple[tuple[Positive, Positive], ...]
    """The numbers from 1 to `least` of which no cable is here, as ranges with both their ends;
    empty without an estimate."""
    doubtful_ids: tuple[Filled, ...]
    """The doubtful ones, by number."""
    out_of_line_ids: tuple[Filled, ...]
    """Cables that are here with numbers or dates far off the others, by number; no estimate uses
    them."""
    estimate: RangeAnswer | None
    """Cables that were sent in the year; null for the reason in `no_estimate`."""
    never_seen: RangeAnswer | None
    """Of these, neither here nor cited."""
    no_estimate: _NoEstimate | None
    """Why there is no estimate; null where there is one."""
    least: OrNull[Positive]
    """The highest credible number: at least so many were sent; null where that says nothing."""
    shares_with: tuple[Filled, ...]
    """Stations that it shares its numbers with."""
    starts_again: Month | None
    """The month in which its numbers start again."""
    months: Annotated[tuple[MonthAnswer, ...], ("minItems", 12), ("maxItems", 12)]
    """January to December."""


class GapsAnswer(Value):
    """The answer of `missing --gaps --json`: what is here of each post and year."""

    posts: tuple[GapsRow, ...]
    """By post and year."""
    unnumbered: Count
    """Cables here whose id has no serial number."""
    unknown_posts: Count
    """Cited ids with a post that no table and no cable here has."""
    tally: Tally = Tally()
    """How much was read, and what the rows do not say."""


def _sent(name: str) -> Callable[[PostYear], int | None]:
    """Return the function for a number of the estimate, if there is one."""
    return lambda row: None if row.sent is None else getattr(row.sent, name)


def _reason(row: PostYear) -> str:
    from cable_tui.tools.missing.wording import reason

    return reason(row)


_CITED: Mapping[str, ValueOf] = {name: attrgetter(name) for name in ("reference_id", "cited_by")}
_GAPS: Mapping[str, ValueOf] = {
    **{name: attrgetter(name) for name in "station post year here cited doubtful".split()},
    "estimate_low": _sent("low"),
    "estimate": _sent("likely"),
    "estimate_high": _sent("high"),
    "reason": _reason,
}
"""The columns of posts and years in CSV."""


def _share(row: PostYear) -> float:
    """Return the share that is here; years without an estimate come last."""
    return 2.0 if row.sent is None else row.here / max(row.sent.likely, 1)


def _by(number: Callable[[PostYear], float] = lambda _: 0) -> Callable[[PostYear], Any]:
    return lambda row: (number(row), row.station, row.year)


_ORDERS = {
    "post": RowOrder("by post", _by()),
    "here": RowOrder("most held first", _by(lambda row: -row.here)),
    "cited": RowOrder("most cited and missing first", _by(lambda row: -row.cited)),
    "share": RowOrder("smallest share first", _by(_share)),
}


class Ask(Value):
    """The cited cables, or with `gaps` posts and years; and filters of these."""

    gaps: bool = False
    post: str = ""
    year: str = ""
    order: str = "post"


def _is_cited(row: Row) -> bool:
    return hasattr(row, "reference_id")


def _list(page: Page, row: Any) -> Action:
    """List the cables of a post and year; for a missing cable, those that cite it."""
    from cable_tui.session.features.pages import SearchFromPage

    if _is_cited(row):
        return SearchFromPage(f"cites:{row.reference_id}")
    if not row.here:
        return _months(page, row)  # with the names of those that are cited
    return SearchFromPage(f"origin:{quoted(row.post)} date:{row.year}")


def _copy(_: Page, row: Any) -> Action:
    from cable_tui.session.effects import PutOnClipboard, copy_link
    from cable_tui.tools.missing import wording as gap_words

    if _is_cited(row):
        return copy_link(row.reference_id)
    return PutOnClipboard(gap_words.sentence(row), "sentence")


def _months(_: Page, row: Any) -> Action:
    from cable_tui.session.effects import Notify, ShowText
    from cable_tui.tools.missing import wording as gap_words

    if _is_cited(row):
        return Notify("Press x for posts and years, then m for months.")
    return ShowText(f"{row.post}, {row.year}", tuple(gap_words.month_lines(row)))


class MissingReport(Report["Row"]):
    """A row for each cable, the most cited first; or for each post and year."""

    name = "missing"
    ask = Ask
    options = (
        Option(
            "gaps",
            "for each post and year: cables held, cables cited but missing, and an estimate "
            "of all cables sent, from their serial numbers",
            key="x",
            says="by year",
        ),
        Option("post", "with --gaps: only this post, by month", metavar="POST"),
        Option("year", "with --gaps: only this year", metavar="YEAR"),
        order_option(_ORDERS, "; with --gaps; default: post"),
    )
    orders = _ORDERS
    keys = (
        RowKey("enter", "lists", _list),
        RowKey("m", "months", _months),
        RowKey("y", "copies", _copy),
    )
    rows_name, row_name = "lines", "line"
    json_form = "one JSON array of cables, or with --gaps one JSON object of posts"
    empty = "No missing cable is known from citations or serial numbers."
    forms: Mapping[str, str] = {
        "lines": "for the eye",
        "svg": "a picture, with --gaps",
        "csv": "as --csv",
        "json": "as --json",
    }
    counts = True

    def check(self, ask: Ask) -> None:
        """Refuse posts, years and orders without `gaps`."""
        if not ask.gaps and ask != Ask():
            raise UsageError("--post, --year and --sort need --gaps")
        if ask.year and not (ask.year.isascii() and ask.year.isdigit()):
            raise UsageError(f"--year needs a year, not {ask.year}")

    def has_key(self, ask: Ask, key: str) -> bool:
        """Return whether a key works: months and orders need `gaps`."""
        return ask.gaps or key not in {"m", "comma", "E"}

    def order(self, ask: Ask) -> RowOrder | None:
        """Return the order; cited cables have only one."""
        return super().order(ask) if ask.gaps else None

    def read(self, look: Look) -> Iterator[Rows[Row]]:
        """Read all at once; texts are not read."""
        ask: Ask = look.ask
        if not ask.gaps:
            from cable_tui.archive.catalogue.resolve_references import missing

            yield Rows(missing(look.archive), whole=True)
            return
        from cable_tui.tools.missing import wording as gap_words
        from cable_tui.tools.missing.gaps import gaps, pausing

        stops = pausing(look.cancelled) if look.in_room else look.cancelled
        result = gaps(look.archive, stops)
        if look.cancelled():
            return
        chosen_rows = [row for row in _of(result, ask.post) if ask.year in ("", str(row.year))]
        look.notes += [gap_words.LEGEND] if chosen_rows and not ask.post else []
        look.notes += gap_words.left_out(result)
        yield Rows(chosen_rows, whole=True, answer=replace(result, post_years=tuple(chosen_rows)))

    def title(self, page: Page) -> str:
        """Return `What is not here · by post`."""
        if not page.ask.gaps:
            return "Cited but missing"
        return f"Missing cables · {self.orders[page.ask.order].meaning}"

    def head(self, page: Page) -> str:
        """Return the heads of the columns, over their lines."""
        from cable_tui.tools.missing.wording import INITIALS

        if not page.ask.gaps:
            return ""
        return f" {'post':{_STATION}} year {INITIALS} {'held':>6} {'estimate':>15} {'share':>5}"

    def same(self, row: Any) -> Hashable:
        """Return the cable, or the post and year."""
        return row.reference_id if _is_cited(row) else (row.station, row.year)

    def pieces(self, row: Any, cells: int) -> Pieces:
        """Return a cable, or a post and year with its months, its cables here, range and share."""
        if _is_cited(row):
            return [(f"{clean_line(row.reference_id):<24}cited by {row.cited_by:,}", "")]
        from cable_tui.tools.missing import wording as gap_words

        station = crop(clean_line(row.station), _STATION)
        start = f"{station:{_STATION}} {row.year} {gap_words.strip(row.months)} {row.here:>6,} "
        if row.sent is None:
            least_total = f"{row.least:,} or more" if row.least else "no estimate"
            return [(start, ""), (f"{least_total:>15}", "dim")]
        sent_range = f"{row.sent.low:,}–{row.sent.high:,}"
        return [(f"{start}{sent_range:>15} {gap_words.percent(row.here, row.sent.likely):>5}", "")]

    def detail(self, page: Page, row: Any) -> Sequence[str]:
        """Return the facts on a post and year, a sentence in two lines, and missing serials."""
        from cable_tui.tools.missing import wording as gap_words

        if _is_cited(row):
            return ()
        first_part, rest_of_sentence = gap_words.sentence(row).split("; ", 1)
        return f"{first_part};", rest_of_sentence, gap_words.numbers_not_here(row)

    def text_of(self, row: Any) -> str:
        """Return the id; station, post, year and reason."""
        from cable_tui.tools.missing.wording import reason

        if _is_cited(row):
            return str(row.reference_id)
        return f"{row.station} {row.post} {row.year} {reason(row)}"

    def text_lines(self, look: Look, rows: Iterable[Any], answer: Any, cells: int) -> Iterator[str]:
        """Yield the lines for people; for one post the months are below each year."""
        if not look.ask.gaps:
            return (f"{row.reference_id:<24}{row.cited_by:,}" for row in rows)
        return _with_months(rows) if look.ask.post else _table(list(rows))

    def csv_columns(self, answer: Gaps | None) -> Iterable[tuple[str, ValueOf]]:
        """Return those of ids with numbers, or of posts and years."""
        return (_CITED if answer is None else _GAPS).items()

    def chart(self, ask: Ask, rows: Sequence[Any], answer: Gaps | None) -> Chart:
        """Return a square for each post and year; cited cables have no picture."""
        from cable_tui.tools.missing.picture import picture

        if answer is None:
            raise UsageError("--format svg is for --gaps")
        return picture(answer)

    def as_json(self, row: Any) -> Value:
        """Return a cable, or a post and year."""
        return picked(CitedRow, row) if _is_cited(row) else _gaps_row(row)

    def whole_json(self, ask: Ask, answer: Gaps | None, rows: Iterable[Any]) -> Any:
        """Return an array of cables, or for posts an object."""
        listed = tuple(map(self.as_json, rows))
        if answer is None:
            return listed
        return picked(GapsAnswer, answer, posts=listed, unknown_posts=answer.unknown)


def _of(result: Gaps, post: str) -> Sequence[PostYear]:
    """Return the rows of one post, named by its station or as after `origin:`."""
    if not post:
        return result.post_years
    station = post.replace(" ", "").upper()
    if exact_rows := [row for row in result.post_years if row.station == station]:
        return exact_rows
    names = {row.post: "" for row in result.post_years}
    chosen_posts = set(FACETS["origin"].select(post, names.items()))
    if not chosen_posts:
        raise NotFoundError(f"{post}: no cable of this post is held or cited")
    return [row for row in result.post_years if row.post in chosen_posts]


def _table(chosen: Sequence[PostYear]) -> Iterator[str]:
    from cable_tui.tools.missing import wording as gap_words

    cells = max((len(row.station) for row in chosen), default=0)
    cells = min(max(cells, len("post")), _MOST_NAME)
    yield f"{'post':{cells}}  year  {gap_words.INITIALS} {'held':>6} {'cited':>6}  sent (estimate)"
    for row in chosen:
        yield (
            f"{row.station:{cells}}  {row.year}  {gap_words.strip(row.months)} "
            f"{row.here:>6,} {row.cited:>6,}  {gap_words.sent(row)}"
        )


def _with_months(chosen: Iterable[PostYear]) -> Iterator[str]:
    from cable_tui.tools.missing import wording as gap_words

    for row in chosen:
        yield gap_words.sentence(row)
        for number, month in enumerate(row.months):
            if month.here or month.cited or month.sent is not None:
                yield f"  {gap_words.month_line(row, number)}"
        for line in gap_words.absent_lines(row):
            yield f"  {line}"


def _gaps_row(row: PostYear) -> GapsRow:
    return picked(
        GapsRow,
        row,
        absent=tuple(row.ids(row.absent)),
        numbers_not_here=tuple(row.not_here),
        doubtful_ids=tuple(row.ids(row.slips)),
        out_of_line_ids=tuple(row.ids(row.out_of_line)),
        estimate=_range(row.sent),
        never_seen=_range(row.unseen),
        no_estimate=row.reason or None,
        shares_with=row.others,
        starts_again=f"{row.year}-{row.again:02}" if row.again else None,
        months=tuple(
            picked(MonthAnswer, month, month=f"{row.year}-{number:02}", estimate=_range(month.sent))
            for number, month in enumerate(row.months, 1)
        ),
    )


def _range(sent: NumberRange | None) -> RangeAnswer | None:
    return None if sent is None else picked(RangeAnswer, sent)


REPORT = MissingReport()

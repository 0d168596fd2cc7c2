"""The `missing` report: cited but missing cables, or how much of each post and year is here."""

from __future__ import annotations

from collections import Counter
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
from cable_tui.text import clean_line
from cable_tui.text.tally import Tally

if TYPE_CHECKING:  # a help reads no numbers
    from cable_tui.archive.catalogue.resolve_references import Missing
    from cable_tui.base.kinds import Count, Filled, Month, Only, OrNull, Positive
    from cable_tui.exports.charts import Chart
    from cable_tui.reports.page_of_rows import PageOfRows
    from cable_tui.session.feature_state import Page
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action
    from cable_tui.tools.missing.estimate import NumberRange
    from cable_tui.tools.missing.gaps import Gaps, PostYear

    Row = Missing | PostYear

_MOST_NAME = 20
"""The maximum width of a name in piped output, in cells; a longer name shifts the rest of its line.
"""


_NoEstimate = Literal["cited only", "no dates", "starts again", "shares numbers", "out of order"]


class CitedRow(Value):
    """A line of `missing --jsonl`: a cable that is cited but missing."""

    reference_id: Filled
    """The canonical reference ID."""
    cited_by: Positive
    """The number of cables that cite it."""
    year_may_be_inferred: bool
    """Whether every citing cable has a reference without a year, perhaps the one to this cable."""


class RangeAnswer(Value):
    """An estimated number of cables."""

    low: Count
    """The lower bound; 95 of 100 ranges from `low` to `high` contain the true number."""
    likely: Count
    """The median estimate: the true number is as likely to be lower as to be higher."""
    high: Count
    """The upper bound of the range."""


class MonthAnswer(Value):
    """The cables from a post in one month."""

    month: Month
    here: Count
    """The number of cables in the archive."""
    cited: Count
    """The number of cited but missing cables, keyed by the month in which their numbers were
    reached; 0 if there is no estimate.
    """
    estimate: RangeAnswer | None
    """The estimated number of cables sent; null if there is no estimate."""


class GapsRow(Value):
    """A line of `missing --gaps --jsonl`: how much of a post and year is in the archive."""

    station: Filled
    """The station, spelled as in reference IDs."""
    post: Filled
    """The origin of the post's cables, or the station if the origin is unknown."""
    year: int
    here: Count
    """The number of cables in the archive."""
    cited: Count
    """The number of cited but missing cables, without the doubtful ones."""
    doubtful: Count
    """The number of cited serials that are too high for the date of the citing cable."""
    absent: tuple[Filled, ...]
    """The IDs of the cited but missing cables, by number."""
    numbers_not_here: tuple[tuple[Positive, Positive], ...]
    """The numbers from 1 to `least` without a cable in the archive, as ranges that include both
    ends; empty if there is no estimate.
    """
    doubtful_ids: tuple[Filled, ...]
    """The IDs of the doubtful citations, by number."""
    out_of_line_ids: tuple[Filled, ...]
    """The IDs of cables in the archive whose numbers or dates are far out of line, by number; no
    estimate uses them.
    """
    estimate: RangeAnswer | None
    """The estimated number of cables sent in the year; null for the reason in `no_estimate`."""
    never_seen: RangeAnswer | None
    """The estimated number of cables sent that are neither in the archive nor cited."""
    no_estimate: _NoEstimate | None
    """The reason why there is no estimate; null if there is one."""
    least: OrNull[Positive]
    """The highest credible number, which is the minimum number of cables sent; null if unknown."""
    shares_with: tuple[Filled, ...]
    """The stations that share their numbers with this station."""
    starts_again: Month | None
    """The month in which the numbers start again; null if they do not."""
    months: Annotated[tuple[MonthAnswer, ...], ("minItems", 12), ("maxItems", 12)]
    """The months from January to December."""


class GapsAnswer(Value):
    """The output of `missing --gaps --json`: how much of each post and year is in the archive."""

    posts: tuple[GapsRow, ...]
    """The rows, by post and year."""
    unnumbered: Count
    """The number of cables in the archive whose ID has no serial number."""
    unknown_posts: Count
    """The number of cited IDs of posts that neither a table nor a cable in the archive names."""
    tally: Tally = Tally()
    """The counts of cables that were read, and notes on what the rows omit."""
    page: Only[PageOfRows | None] = None


def _sent(name: str) -> Callable[[PostYear], int | None]:
    """Return a function that returns one number of a row's estimate, or None if it has none."""
    return lambda row: None if row.sent is None else getattr(row.sent, name)


def _reason(row: PostYear) -> str:
    from cable_tui.tools.missing.wording import reason

    return reason(row)


_CITED: Mapping[str, ValueOf] = {
    name: attrgetter(name) for name in ("reference_id", "cited_by", "year_may_be_inferred")
}
_GAPS: Mapping[str, ValueOf] = {
    **{name: attrgetter(name) for name in "station post year here cited doubtful".split()},
    "estimate_low": _sent("low"),
    "estimate": _sent("likely"),
    "estimate_high": _sent("high"),
    "reason": _reason,
}
"""The CSV columns for posts and years."""


def _share(row: PostYear) -> float:
    """Return the share of cables in the archive; years without an estimate sort last."""
    return 2.0 if row.sent is None else row.here / max(row.sent.likely, 1)


def _by(sort_number: Callable[[PostYear], float] = lambda _: 0) -> Callable[[PostYear], Any]:
    return lambda row: (sort_number(row), row.station, row.year)


_ORDERS = {
    "post": RowOrder("by post", _by()),
    "held": RowOrder("the posts with the most cables held first", _by()),
    "here": RowOrder("most held first", _by(lambda row: -row.here)),
    "cited": RowOrder("most cited and missing first", _by(lambda row: -row.cited)),
    "share": RowOrder("smallest share first", _by(_share)),
}


_MAY_BE_INFERRED = "? the year may be inferred: each citing cable has a reference without one"


class Ask(Value):
    """The question of a page: cited cables, or posts and years (`gaps`) with their filters."""

    gaps: bool = False
    post: str = ""
    year: str = ""
    order: str = "post"


def _cited_name(row: Missing) -> str:
    return f"{clean_line(row.reference_id)}{' ?' if row.year_may_be_inferred else ''}"


def _is_cited(row: Row) -> bool:
    return hasattr(row, "reference_id")


def _list(page: Page, row: Any) -> Action:
    """List the cables from a post and year, or, for a missing cable, the cables that cite it."""
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
    """A report with one row per missing cable, most cited first, or per post and year."""

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
        Option(
            "post",
            "with --gaps or --letter: only this post; --gaps counts by month",
            metavar="POST",
        ),
        Option("year", "with --gaps or --letter: only this year", metavar="YEAR"),
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
    empty = "Citations and serial numbers reveal no missing cables."
    forms: Mapping[str, str] = {
        "lines": "for reading",
        "svg": "a picture, with --gaps",
        "csv": "as --csv",
        "json": "as --json",
    }
    counts = True

    def check(self, ask: Ask) -> None:
        """Refuse a post, year or order without `gaps`, and a year that is not a number."""
        if not ask.gaps and ask != Ask():
            raise UsageError("--post and --year need --gaps or --letter, and --sort needs --gaps")
        if ask.year and not (ask.year.isascii() and ask.year.isdigit()):
            raise UsageError(f"--year needs a year, not {ask.year}")

    def has_key(self, ask: Ask, key: str) -> bool:
        """Return whether a key works: months and orders need `gaps`."""
        return ask.gaps or key not in {"m", "comma", "E"}

    def order(self, ask: Ask) -> RowOrder | None:
        """Return the order of the rows, or None for cited cables, which have only one order."""
        return super().order(ask) if ask.gaps else None

    def arranged(self, ask: Ask, rows: Iterable[Row]) -> list[Row]:
        """Return the rows in the requested order; only here is it known what each post has."""
        ordered_rows: list[Any] = super().arranged(ask, rows)
        if ask.gaps and ask.order == "held":
            held_by_post: Counter[str] = Counter()
            for row in ordered_rows:
                held_by_post[row.station] += row.here
            ordered_rows.sort(key=lambda row: -held_by_post[row.station])
        return ordered_rows

    def begin(self, session: Session, how: str) -> Ask:
        """Begin with the cited cables.

        Posts and years begin with the posts that have most cables.
        """
        return Ask(order="held")

    def read(self, look: Look) -> Iterator[Rows[Row]]:
        """Yield all rows at once, from the catalogue; no cable text is read."""
        ask: Ask = look.ask
        if not ask.gaps:
            from cable_tui.archive.catalogue.resolve_references import missing

            cables = missing(look.archive)
            if look.form == "lines" and any(cable.year_may_be_inferred for cable in cables):
                look.notes.append(_MAY_BE_INFERRED)
            yield Rows(cables, whole=True)
            return
        from cable_tui.tools.missing import wording as gap_words
        from cable_tui.tools.missing.gaps import gaps, pausing

        is_cancelled = pausing(look.cancelled) if look.in_room else look.cancelled
        archive_gaps = gaps(look.archive, is_cancelled)
        if look.cancelled():
            return
        chosen_rows = [
            row for row in _of(archive_gaps, ask.post) if ask.year in ("", str(row.year))
        ]
        look.notes += [gap_words.LEGEND] if chosen_rows and not (ask.post or look.in_room) else []
        look.notes += gap_words.left_out(archive_gaps)
        yield Rows(
            chosen_rows, whole=True, answer=replace(archive_gaps, post_years=tuple(chosen_rows))
        )

    def title(self, page: Page) -> str:
        """Return a title such as `Missing cables · by post`."""
        if not page.ask.gaps:
            return "Cited but missing"
        return f"Missing cables · {self.orders[page.ask.order].meaning}"

    def head(self, page: Page, cells: int) -> str:
        """Return the legend and the column headings, or an empty string for cited cables."""
        from cable_tui.tools.missing.heat_map import heads

        return "\n".join(f" {line}" for line in heads(cells)) if page.ask.gaps else ""

    def same(self, row: Any) -> Hashable:
        """Return the identity of a row: its reference ID, or its station and year."""
        return row.reference_id if _is_cited(row) else (row.station, row.year)

    def pieces(self, row: Any, cells: int) -> Pieces:
        """Return the row for a cable, or for a post and year: months, count, range, share."""
        if _is_cited(row):
            return [(f"{_cited_name(row):<24}cited by {row.cited_by:,}", "")]
        from cable_tui.tools.missing.heat_map import heat_pieces

        return list(heat_pieces(row, cells))

    def detail(self, page: Page, row: Any) -> Sequence[str]:
        """Return the details of a post and year: a sentence on two lines, and missing numbers."""
        from cable_tui.tools.missing import wording as gap_words

        if _is_cited(row):
            return (_MAY_BE_INFERRED,) if row.year_may_be_inferred else ()
        first_part, rest_of_sentence = gap_words.sentence(row).split("; ", 1)
        return f"{first_part};", rest_of_sentence, gap_words.numbers_not_here(row)

    def text_of(self, row: Any) -> str:
        """Return the searchable text: the reference ID, or the station, post, year and reason."""
        from cable_tui.tools.missing.wording import reason

        if _is_cited(row):
            return str(row.reference_id)
        return f"{row.station} {row.post} {row.year} {reason(row)}"

    def text_lines(self, look: Look, rows: Iterable[Any], answer: Any, cells: int) -> Iterator[str]:
        """Yield the lines of printed output; for a single post, its months follow each year."""
        if not look.ask.gaps:
            return (f"{_cited_name(row):<24}{row.cited_by:,}" for row in rows)
        return _with_months(rows) if look.ask.post else _table(list(rows))

    def csv_columns(self, answer: Gaps | None) -> Iterable[tuple[str, ValueOf]]:
        """Return the columns for cited cables, or for posts and years if there are gaps."""
        return (_CITED if answer is None else _GAPS).items()

    def chart(self, ask: Ask, rows: Sequence[Any], answer: Gaps | None) -> Chart:
        """Return a chart with a square for each post and year.

        Raises UsageError for cited cables.
        """
        from cable_tui.tools.missing.picture import picture

        if answer is None:
            raise UsageError("--format svg needs --gaps")
        return picture(answer)

    def as_json(self, row: Any) -> Value:
        """Return the JSON of a cited cable, or of a post and year."""
        return picked(CitedRow, row) if _is_cited(row) else _gaps_row(row)

    def json_name(self, ask: Ask) -> str:
        """Return the name of the list of posts and years."""
        return "posts" if ask.gaps else self.rows_name

    def whole_json(self, ask: Ask, answer: Gaps | None, rows: Iterable[Any]) -> Any:
        """Return an array of cited cables, or an object for posts and years."""
        json_rows = tuple(map(self.as_json, rows))
        if answer is None:
            return json_rows
        return picked(GapsAnswer, answer, posts=json_rows, unknown_posts=answer.unknown)


def _of(archive_gaps: Gaps, post: str) -> Sequence[PostYear]:
    """Return the rows for one post, named by its station or by an `origin:` value."""
    if not post:
        return archive_gaps.post_years
    station = post.replace(" ", "").upper()
    if station_rows := [row for row in archive_gaps.post_years if row.station == station]:
        return station_rows
    post_names = {row.post: "" for row in archive_gaps.post_years}
    chosen_posts = set(FACETS["origin"].select(post, post_names.items()))
    if not chosen_posts:
        raise NotFoundError(f"{post}: no cable of this post is held or cited")
    return [row for row in archive_gaps.post_years if row.post in chosen_posts]


def _table(chosen_rows: Sequence[PostYear]) -> Iterator[str]:
    from cable_tui.tools.missing import wording as gap_words

    post_width = max((len(row.station) for row in chosen_rows), default=0)
    post_width = min(max(post_width, len("post")), _MOST_NAME)
    yield (
        f"{'post':{post_width}}  year  {gap_words.INITIALS} {'held':>6} {'cited':>6}  "
        "sent (estimate)"
    )
    for row in chosen_rows:
        yield (
            f"{row.station:{post_width}}  {row.year}  {gap_words.strip(row.months)} "
            f"{row.here:>6,} {row.cited:>6,}  {gap_words.sent(row)}"
        )


def _with_months(chosen_rows: Iterable[PostYear]) -> Iterator[str]:
    from cable_tui.tools.missing import wording as gap_words

    for row in chosen_rows:
        yield gap_words.sentence(row)
        for month_index, month in enumerate(row.months):
            if month.here or month.cited or month.sent is not None:
                yield f"  {gap_words.month_line(row, month_index)}"
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
            picked(
                MonthAnswer,
                month,
                month=f"{row.year}-{month_number:02}",
                estimate=_range(month.sent),
            )
            for month_number, month in enumerate(row.months, 1)
        ),
    )


def _range(sent_estimate: NumberRange | None) -> RangeAnswer | None:
    return None if sent_estimate is None else picked(RangeAnswer, sent_estimate)


REPORT = MissingReport()

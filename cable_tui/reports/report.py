"""`Report`: the declaration of a question about an archive, from which page and command are made.

The page is in `tui/pages/report_page.py`, and the command in `cli/reports.py`; the docs are
generated as well. A report is a class in a module in this folder and a row in `REPORTS`. It reads
through a `Look`, which keeps the tally. Nothing here depends on Textual or argparse. A report
imports the archive's reading code only when it runs, and never imports the room, unless only the
room has the report: such reports have separate modules for their commands.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Generic, TypeVar, final

from cable_tui.archive.records.walk import never
from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value, as_json, picked, replace
from cable_tui.query import parse
from cable_tui.text import clean_line, crop, width
from cable_tui.text.tally import Tally

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.archive.texts import Text
    from cable_tui.exports.charts import Chart
    from cable_tui.exports.citation import Ways
    from cable_tui.query import Query
    from cable_tui.query.answers import Hits
    from cable_tui.session.feature_state import Page
    from cable_tui.session.features.pages import ReadPage, ReadRow, RowsCame
    from cable_tui.session.registry import Services
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action

Row = TypeVar("Row")
ValueOf = Callable[[Any], Any]
"""A function that returns one value of a row."""
Pieces = Sequence[tuple[str, str]]
"""A line as pairs of text and style; each style is a name in `LOOKS`."""
LOOKS = ("", "place", "word", "head", "dim", "note", "strong", "missing")
BELOW = 3
"""The number of lines of `Report.beside` to show if there is only room below the rows."""
REST = 0
"""The width of a column that takes all cells left over by the other columns."""
MOST_SORTED = 100_000
"""The maximum number of rows to sort after reading, because all of them must be in memory."""


class Rows(Value, Generic[Row]):
    """One batch of results: additional rows, or all rows known so far."""

    rows: Sequence[Row]
    whole: bool = False
    """Whether these rows replace the earlier rows."""
    answer: Any = None
    """The answer for scripts, if it contains more than the rows."""


class Option(Value):
    """A field of the question: an option of the command, and possibly a key on the page."""

    name: str
    """The name of the option and of its field in the question."""
    help: str
    choices: Mapping[str, str] = {}
    """The possible values with their meanings; empty for a number, a text or a switch."""
    key: str = ""
    """The key on the page that selects the next choice (see `page_keys`) or toggles a switch, or an
    empty string.
    """
    says: str = ""
    """The text that describes the key's effect, if it is not the name."""
    flag: str = ""
    """The flag on the command line, if it differs from `--` followed by the name."""
    nargs: str = ""
    """For a positional argument, the number of words in argparse notation: `+`, `*`, `?`."""
    metavar: str = ""
    reads: Callable[[str], Any] | None = None
    """The function that reads the value, if values other than the choices are allowed. Raises
    `UsageError`.
    """
    is_form: bool = False
    """Whether the switch selects an output form, so that it excludes `--json` and `--csv`."""
    is_cable: bool = False
    """Whether the option names a cable; if so, the report receives the cable's id."""


class Column(Value):
    """One column of a table on the screen, in the terminal, in CSV and in JSON."""

    name: str
    """The name of the attribute of a row, which is also the heading."""
    cells: int
    """The width in cells. Numbers are right-aligned; `REST` takes the remaining cells."""
    form: str
    """The format of the value for `str.format`, such as `{:,}`."""
    help: str
    look: str = ""


class RowOrder(Value):
    """A sort order of the rows."""

    meaning: str
    key: Callable[[Any], Any] | None = None
    """The key for sorting rows after reading, or None if the report must read the rows in this
    order.
    """


def order_option(orders: Mapping[str, RowOrder], says: str) -> Option:
    """Return a report's option that sets the order; `says` follows the meanings of the orders."""
    order_meanings = {name: order.meaning for name, order in orders.items()}
    return Option("order", says, order_meanings, key="comma", flag="--sort", metavar="ORDER")


class RowKey(Value):
    """A key on the page that acts on the row under the cursor."""

    key: str
    says: str
    """The key's effect, for the last line of the page, such as `opens it`."""
    does: Callable[[Page, Any], Action | None]
    """A function that returns the key's action on a row, or None if the key has no effect on that
    row.
    """
    groups: int = 0
    """The number of groups by which the cursor moves after the action."""


class PageKey(Value):
    """A key on the page that does not depend on the cursor."""

    key: str
    says: str
    does: Callable[[Page], Action | None]


class AskedNothing(Value):
    """The empty question, for a report that has only one answer."""


class Report(Generic[Row]):
    """A question about the archive. Subclasses set its attributes and override its methods."""

    name: str
    """The name of the command, the page and the JSON, which is also the key in `REPORTS`."""
    ask: type[Value] = AskedNothing
    """The class of the question; each field has an `Option`."""
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    shape: type[Value] | None = None
    """The class of the JSON answer: the question, the rows, their count, the tally."""
    row_shape: type[Value] | None = None
    fields: Mapping[str, ValueOf] = {}
    """Functions that return the values of a row for JSON and CSV, by name; empty to use the
    columns.
    """
    orders: Mapping[str, RowOrder] = {}
    """The sort orders of the rows, by name; a report with orders has an option `order`."""
    keys: tuple[RowKey, ...] = ()
    page_keys: tuple[PageKey, ...] = ()
    most_rows = 20_000
    """The maximum number of rows on the page; the command prints all rows."""
    update_every = 0.2
    """The interval between two updates of the page, in seconds."""
    rows_name = "rows"
    """The name of the list in JSON, which is also the unit of the count: `421 lines`."""
    json_form = ""
    """The description of `--json`, if the output is not a single object with the rows."""
    row_name = "row"
    listed = 0
    """The maximum number of rows printed to a terminal or pipe without `--limit`; 0 for all rows.
    """
    first_keys: Sequence[str] = ()
    """The keys that are first in the last line of the page, where not all may fit."""
    forms: Mapping[str, str] = {}
    """The values of `--format` with their meanings, the default first; empty without `--format`."""
    needs_text = False
    """Whether the report needs the index of words, even if its queries have no words."""
    needs_sentences = False
    """Whether the command first compares the archive's sentences, if that has not been done."""
    drawn = False
    """Whether the page is drawn with `body` instead of as a list."""
    laid = False
    """Whether the page shows `lines`, which depend on its width and the room's selection, instead
    of rows.
    """
    reads_beside = False
    """Whether `read_beside` reads the details for `beside` in a thread."""
    follows_index = False
    """Whether the page rereads the report when the index is complete."""
    group_name = ""
    """The unit for `group`, as in `421 lines in 96 cables`, or an empty string if the rows have no
    groups.
    """
    counts = False
    """Whether the rows are complete only at the end; the room shows the rows known so far."""
    asks = ""
    """The prompt for text when `/` is pressed on the page, or an empty string if `/` filters the
    rows.
    """
    asks_note = ""
    empty = "Nothing was found."
    reads = "cables read"
    """The unit for the progress, as in `96 of 116 cables read`."""

    # What every door asks.

    def read(self, look: Look) -> Iterator[Rows[Row]]:
        """Yield the rows in the requested order. Runs in a thread; raises `CableTuiError`."""
        raise NotImplementedError

    def check(self, ask: Any) -> None:
        """Raise `UsageError` if the question cannot be answered."""

    def queries(self, ask: Any) -> Sequence[str]:
        """Return the queries that the report searches for."""
        return (ask.query,) if hasattr(ask, "query") else ()

    def order(self, ask: Any) -> RowOrder | None:
        """Return the requested order, or None if there is none."""
        return self.orders.get(getattr(ask, "order", ""))

    def can_arrange(self, ask: Any) -> bool:
        """Return whether rows that were already read can be sorted into the requested order."""
        order = self.order(ask)
        return order is not None and order.key is not None

    def arranged(self, ask: Any, rows: Iterable[Row]) -> list[Row]:
        """Return rows in the requested order; rows that compare equal keep the order of reading."""
        order = self.order(ask)
        return list(rows) if order is None or order.key is None else sorted(rows, key=order.key)

    # The page.

    def option_after(self, ask: Any, name: str, by: int) -> Value:
        """Return the question with an option changed by `by` steps in its list of values."""
        (option,) = (own_option for own_option in self.options if own_option.name == name)
        choice_values: list[Any] = list(option.choices) or [False, True]
        choice_index = choice_values.index(getattr(ask, name))
        changed_question: Value = replace(
            ask, **{name: choice_values[(choice_index + by) % len(choice_values)]}
        )
        return changed_question

    def begin(self, session: Session, how: str) -> Value | Action:
        """Return the question for opening the page, or another action; `how` is the menu line."""
        return self.ask()

    def typed(self, session: Session, text: str) -> Value:
        """Return the question for text that was typed after `/`. Raises `UsageError`."""
        raise NotImplementedError

    def for_page(
        self, services: Services, asked: ReadPage, cancelled: Callable[[], bool]
    ) -> Iterator[RowsCame]:
        """Yield the first rows of a page immediately, then the rows that were read since."""
        from cable_tui.session.features.pages import RowsCame

        run = Look(services.archive, asked.ask, services.library.path, cancelled, in_room=True)
        run.ways, run.known = services.ways, asked.known
        page_rows: list[Any] = []
        rows_shown = 0
        """The number of rows on the page."""
        due_time = 0.0
        page_answer: Any = None
        is_whole = False
        for new_rows in self.read(run):
            page_answer = new_rows.answer or page_answer
            if new_rows.whole:
                page_rows, rows_shown, is_whole = self.arranged(run.ask, new_rows.rows), 0, True
            else:
                page_rows += new_rows.rows[: self.most_rows - len(page_rows)]
            if len(page_rows) >= self.most_rows:
                command = f"cable-tui {self.name}"
                first_rows = f"the first {self.most_rows:,} {self.rows_name}"
                run.notes.append(f"{first_rows}; {command} prints all")
                break
            if monotonic() >= due_time:  # without new rows, it says how far it is
                due_time = monotonic() + self.update_every
                is_first_whole = not rows_shown and (is_whole or bool(page_rows))
                yield RowsCame(
                    page_rows[rows_shown:], run.tally, whole=is_first_whole, answer=page_answer
                )
                rows_shown = len(page_rows)
        arranged_rows = self.arranged(run.ask, page_rows)
        yield RowsCame(arranged_rows, run.tally, whole=True, done=True, answer=page_answer)

    def title(self, page: Page) -> str:
        """Return the title of the page for its question."""
        raise NotImplementedError

    def same(self, row: Row) -> Hashable:
        """Return the key of a row, which is the same in every order and after every reading."""
        return row

    def group(self, row: Row) -> Hashable:
        """Return the key of a row's group for `{` and `}`, or None if the rows have no groups."""
        return None

    def has_key(self, ask: Any, key: str) -> bool:
        """Return whether a key works for this question; the page does not list other keys."""
        return True

    def can_stop(self, row: Row) -> bool:
        """Return whether the cursor can stop at a row."""
        return True

    def pieces(self, row: Row, cells: int) -> Pieces:
        """Return the pieces of a row, given a width in cells, for the screen and the terminal."""
        return table_pieces(self.columns, row, cells)

    def detail(self, page: Page, row: Row) -> Sequence[str]:
        """Return lines of details about the row under the cursor, shown below the rows."""
        return ()

    def has_beside(self, ask: Any) -> bool:
        """Return whether the page shows more about the row under the cursor, `beside` the rows."""
        return False

    def read_beside(self, services: Services, asked: ReadRow, cancelled: Callable[[], bool]) -> Any:
        """Return the details of a row for `beside`. Runs in a thread; raises `CableTuiError`."""
        raise NotImplementedError

    def beside(self, page: Page, row: Row, cells: int, height: int) -> Iterable[Pieces]:
        """Return the lines next to the rows, or `BELOW` lines below them on a narrow page."""
        return ()

    def body(self, page: Page, cells: int, height: int) -> Iterable[Pieces]:
        """Return the lines of a page that is drawn instead of listed."""
        return ()

    def lines(self, page: Page, rows: Sequence[Row], cells: int) -> Sequence[Any]:
        """Return the lines of the page, to which the cursor, the keys and `pieces` apply."""
        return rows

    def first(self, page: Page, lines: Sequence[Any]) -> int:
        """Return the index of the line where the cursor starts on a new page."""
        return 0

    def head(self, page: Page, cells: int) -> str:
        """Return lines above the rows; empty if there are none."""
        return ""

    def text_of(self, row: Row) -> str:
        """Return the text of a row that the filter of the page searches."""
        return " ".join(text for text, _ in self.pieces(row, 1000))

    # The command.

    def as_json(self, row: Row) -> Any:
        """Return a row for the JSON answer, with the values of `fields`."""
        if self.row_shape is None:
            return {name: value_of(row) for name, value_of in self._fields}
        field_values = {name: value_of(row) for name, value_of in self.fields.items()}
        return picked(self.row_shape, row, **field_values)

    @property
    def _fields(self) -> Iterable[tuple[str, ValueOf]]:
        """The functions that return the values of a row, by name: `fields`, or the columns."""
        return self.fields.items() or (
            (column.name, attrgetter(column.name)) for column in self.columns
        )

    @final
    def json_head(self, ask: Any) -> dict[str, Any]:
        """Return the start of a JSON answer, before the rows: the question."""
        if self.shape is None:
            return {name: getattr(ask, name) for name in self.ask._names}
        no_rows = {self.rows_name: (), "count": 0}
        whole_answer = as_json(picked(self.shape, ask, **self.asked(ask), **no_rows))
        left_out = (*no_rows, "tally", "page")
        return {name: value for name, value in whole_answer.items() if name not in left_out}

    def asked(self, ask: Any) -> dict[str, Any]:
        """Return the fields of the question that the JSON answer represents differently."""
        return {}

    def csv_columns(self, answer: Any) -> Iterable[tuple[str, ValueOf]]:
        """Return the headings of the CSV, each with the function that fills its cells."""
        return self._fields

    def asked_columns(self, ask: Any) -> Iterable[tuple[str, ValueOf]]:
        """Return the last columns of the CSV, if the question names columns."""
        return ()

    @final
    def csv_lines(
        self, rows: Iterable[Row], answer: Any, ask: Any = None
    ) -> Iterator[tuple[str, ...]]:
        """Yield the headings of the CSV, then the rows."""
        csv_columns = (*self.csv_columns(answer), *self.asked_columns(ask))
        yield tuple(heading for heading, _ in csv_columns)
        for row in rows:
            yield tuple(_cell(value(row)) for _, value in csv_columns)

    def fits_terminal(self, ask: Any) -> bool:
        """Return whether the lines keep the terminal's width even in a pipe, as drawings do."""
        return self.drawn

    def text_lines(self, look: Look, rows: Iterable[Row], answer: Any, cells: int) -> Iterator[str]:
        """Yield the lines of text for the rows, for a terminal or a pipe."""
        for row in rows:
            yield "".join(text for text, _ in self.pieces(row, cells)).rstrip()

    def chart(self, ask: Any, rows: Sequence[Row], answer: Any) -> Chart:
        """Return the chart for an answer, if `forms` has `svg`. Raises `UsageError`."""
        raise NotImplementedError

    def whole_json(self, ask: Any, answer: Any, rows: Iterable[Row]) -> Any:
        """Return the JSON answer without its tally, or None if it is one object with the rows."""
        return None

    def json_name(self, ask: Any) -> str:
        """Return the name of the rows in the JSON answer, or an empty string if it has no rows."""
        return self.rows_name

    def is_nothing(self, answer: Any, count: int) -> bool:
        """Return whether an answer with this number of rows counts as empty."""
        return not count


def _cell(value: Any) -> str:
    """Return a value of a row as the text of a cell."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def table_pieces(columns: Sequence[Column], row: Any, cells: int) -> Pieces:
    """Return the pieces of one table row; text that is too long ends in an ellipsis."""
    fixed_cells = sum(column.cells + 2 for column in columns if column.cells)
    cell_texts = []
    for column in columns:
        cell_text = clean_line(column.form.format(getattr(row, column.name)))
        column_cells = column.cells or max(cells - fixed_cells, 1)
        cell_text = crop(cell_text, column_cells)
        padding = " " * (column_cells - width(cell_text))
        cell_texts.append(
            (f"{padding}{cell_text}  " if column.cells else f"{cell_text}{padding}", column.look)
        )
    return cell_texts


def head_line(columns: Sequence[Column]) -> str:
    """Return the heading of a table: the names of the columns above their cells."""
    return "".join(f"{column.name:>{column.cells}}  " for column in columns).rstrip()


def words_needed(query: Query) -> None:
    """Raise `UsageError` if a query is invalid or has no word to search for in the texts."""
    if query.complaints:
        raise UsageError(query.complaints[0].reason)
    if not query.has_words and not any(
        query_filter.facet == "query" for query_filter in query.filters
    ):
        raise UsageError(f"{query or 'the query'}: it needs a word to show in context")


PAUSE = 0.001
"""The pause after every four texts, in seconds, during which the room handles keys."""
_BETWEEN = 4
_FIRST = 0.3
"""The time until the counts are first shown, in seconds; each later interval is twice as long."""


def _nothing(_: Hits) -> None:
    """Ignore the answer to a search."""


class Look:
    """One run of a report. `cancelled` returns whether the result is no longer needed."""

    def __init__(
        self,
        archive: Archive,
        ask: Any,
        library: Path,
        cancelled: Callable[[], bool] = never,
        *,
        in_room: bool = False,
    ) -> None:
        """Prepare a run. A room receives rows during the run, which pauses for its keys."""
        self.archive = archive
        self.ask = ask
        """The question, an instance of `Report.ask`."""
        self.library = library
        """The file of the reader's library; a file next to it contains the confirmed people."""
        self.cancelled = cancelled
        self.in_room = in_room
        self.read = self.total = self.unread = 0
        """The counts of cables, as in `Tally`."""
        self.notes: list[str] = []
        self.watched: Callable[[int, int], None] | None = None
        """The function that receives the number of cables read and the total number of cables."""
        self.known: Any = None
        """The answer already shown on the page, or None for most reports."""
        self.ways: Ways | None = None
        """The room's citation settings, or None to use the program's defaults."""
        self.answered: Callable[[Hits], None] = _nothing
        """The function that receives the answer to each search."""
        self._first_problem = ""
        self.stopped = False
        """Whether reading was stopped before the end."""
        self.is_terminal = False
        """Whether lines are cut at the terminal's width; lines in a pipe are not cut."""
        self.ascii_only = False
        """Whether the terminal can display only ASCII."""
        self.form = ""
        """The output format, one of `Report.forms`."""
        self._due_time = monotonic() + _FIRST
        self._wait_seconds = _FIRST

    @property
    def tally(self) -> Tally:
        """The counts and notes from the run so far."""
        distinct_notes = tuple(dict.fromkeys(self.notes))
        return Tally(
            self.read, self.total, distinct_notes, self.unread, self._first_problem, self.stopped
        )

    def search(self, text: str, sort: str = "") -> Hits:
        """Return the answer to a query. Raises `UsageError` for an unknown list or saved search."""
        query = parse(text)
        search_answer = self.archive.search(
            query, sort, cancelled=self.cancelled, offering=not self.in_room
        )
        self.answered(search_answer)
        if search_answer.complaints:
            raise UsageError(search_answer.complaints[0].reason)
        if self.in_room:
            self.notes += (complaint.reason for complaint in query.complaints if complaint.unknown)
            self.notes += how_answered(search_answer)
        return search_answer

    def bits(self, text: str) -> int:
        """Return the cables that match a query, as a set of bits. Raises the errors of `search`."""
        return self.archive.bits_of(self.search(text, "-created").query)

    def texts(self, ids: Sequence[int]) -> Iterator[Text]:
        """Yield the texts of the given cables. Unreadable cables are counted and skipped."""
        from cable_tui.archive.texts import texts  # it needs formats

        for text in texts(self.archive, ids, self.cancelled):
            self.count(str(text.error) if text.error else "")
            if text.raw is not None:
                yield text

    def count(self, problem: str = "") -> None:
        """Count a cable that was read, with its problem if there was one; pause for keys."""
        self.read += 1
        if problem:
            self.unread += 1
            self._first_problem = self._first_problem or problem
        if self.watched is not None:
            self.watched(self.read, self.total)
        if self.in_room and self.read % _BETWEEN == 0:
            sleep(PAUSE)

    def is_due(self) -> bool:
        """Return whether it is time to show the counts so far; always False outside a room."""
        if not self.in_room or monotonic() < self._due_time:
            return False
        self._wait_seconds *= 2
        self._due_time = monotonic() + self._wait_seconds
        return True


def how_answered(hits: Hits) -> Iterator[str]:
    """Yield sentences on how the query was changed before the search, and on incomplete answers."""
    if hits.sample:
        yield hits.sample
    for correction in hits.corrections:
        replacement_words = ", ".join(word for word, _ in correction.used)
        yield (
            f'no "{correction.word}"; searched for {replacement_words}'
            if replacement_words
            else f'no "{correction.word}"'
        )
    if hits.partial:
        yield "not every text is indexed yet: there may be more"

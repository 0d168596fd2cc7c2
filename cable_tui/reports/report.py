"""`Report`: the declaration of a question to an archive, from which every door is made.

The doors are the page of the room (`tui/pages/report_page.py`), the command (`cli/reports.py`), and
the docs. A report is a class in a module of this folder and a row of `REPORTS`. It reads from a
`Look`, which keeps the tally. Nothing here knows Textual or argparse. No report imports the
archive's reading until it is asked, nor the room, unless only the room has it: those commands are
modules of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Generic, TypeVar, final

from cable_tui.archive.records.walk import never
from cable_tui.base.errors import UsageError
from cable_tui.base.tools import load, tools
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
"""A function that returns a value of a row."""
Pieces = Sequence[tuple[str, str]]
"""A line as texts with their looks, which are names of `LOOKS`."""
LOOKS = ("", "place", "word", "head", "dim", "note", "strong", "missing")
REST = 0
"""A column width: all cells that the others leave."""
MOST_SORTED = 100_000
"""The most rows that are sorted after reading: they are all in memory."""


class Rows(Value, Generic[Row]):
    """The result of a reading: more rows, or all rows known so far."""

    rows: Sequence[Row]
    whole: bool = False
    """Whether these rows replace the earlier ones."""
    answer: Any = None
    """The answer for scripts, if it is more than the rows."""


class Option(Value):
    """A field of the question: an option of the command, and perhaps a key of the page."""

    name: str
    """The name of the field."""
    help: str
    choices: Mapping[str, str] = {}
    """The values with their meanings; empty for a number, a text or a switch."""
    key: str = ""
    """A key on the page: the next choice (`option_keys`), or a switch."""
    says: str = ""
    """Text on what the key changes, if that is not the name."""
    flag: str = ""
    """The flag, if it is not `--` and the name."""
    nargs: str = ""
    """The number of words without an option, in the form of argparse: `+`, `*`, `?`."""
    metavar: str = ""
    is_cable: bool = False
    """Whether it names a cable: the report gets the cable's id."""


class Column(Value):
    """A column of a table, for the screen, the terminal, CSV and JSON."""

    name: str
    """The name of an attribute of a row."""
    cells: int
    """The width; numbers are right-aligned; `REST` takes the remaining cells."""
    form: str
    """A format for `str.format`: `{:,}`."""
    help: str
    look: str = ""


class RowOrder(Value):
    """An order of the rows."""

    meaning: str
    key: Callable[[Any], Any] | None = None
    """The sort key for rows that were read; None if they must be read in this order."""


def order_option(orders: Mapping[str, RowOrder], says: str) -> Option:
    """Return the option of a report with orders; `says` comes after their meanings."""
    meanings = {name: order.meaning for name, order in orders.items()}
    return Option("order", says, meanings, key="comma", flag="--sort", metavar="ORDER")


class RowKey(Value):
    """A key for the row under the cursor."""

    key: str
    says: str
    """Its effect, for the last line of the page: `opens it`."""
    does: Callable[[Page, Any], Action | None]
    """The key's action on a row; None if it has no effect on it."""
    groups: int = 0
    """The number of groups by which the cursor then moves."""


class PageKey(Value):
    """A key of the page, independent of the cursor."""

    key: str
    says: str
    does: Callable[[Page], Action | None]


class AskedNothing(Value):
    """The empty question of a report that has one answer."""


class Report(Generic[Row]):
    """One question. A subclass names its parts and overrides the methods that it needs."""

    name: str
    """The name of its command, its page, its JSON, and its row in `REPORTS`."""
    ask: type[Value] = AskedNothing
    """The question; each field has an `Option`."""
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    shape: type[Value] | None = None
    """The shape of its answer: the question, the rows, their count, the tally."""
    row_shape: type[Value] | None = None
    fields: Mapping[str, ValueOf] = {}
    """The values of a row in JSON and CSV; empty for those of the columns."""
    orders: Mapping[str, RowOrder] = {}
    """Orders of rows, by the values of the field `order`, which a report with orders has."""
    keys: tuple[RowKey, ...] = ()
    page_keys: tuple[PageKey, ...] = ()
    most_rows = 20_000
    """The most rows of its page: the command prints all."""
    update_every = 0.2
    """Seconds between two updates of its page."""
    rows_name = "rows"
    """The name of the list in JSON, and the unit of the count: `421 lines`."""
    json_form = ""
    """The description of `--json`, if it is not one object with the rows."""
    row_name = "row"
    listed = 0
    """The most rows in a terminal or pipe without `--limit`; 0 for all."""
    forms: Mapping[str, str] = {}
    """The values of `--format` with their meanings, its own first; empty for no `--format`."""
    needs_text = False
    """Whether it needs the index of words, even if no query of it has words."""
    needs_sentences = False
    """Whether the command compares sentences first, if necessary."""
    drawn = False
    """Whether its page is a drawing, `body`, not a list."""
    laid = False
    """Whether its page has `lines` for its width and the room's selection, not rows."""
    has_beside = False
    """Whether its page shows more of the row under the cursor beside the rows, or below them."""
    reads_beside = False
    """Whether that is read in a thread, with `read_beside`."""
    follows_index = False
    """Whether its page is read again once the index is complete."""
    group_name = ""
    """The unit of `group`: `421 lines in 96 cables`; empty if it has no groups."""
    counts = False
    """Whether its rows are complete only at the end; a room shows those known so far."""
    asks = ""
    """The prompt of `/` on the page; empty if `/` filters the rows."""
    asks_note = ""
    empty = "Nothing was found."
    reads = "cables read"
    """The unit of the progress: `96 of 116 cables read`."""

    # What every door asks.

    def read(self, look: Look) -> Iterator[Rows[Row]]:
        """Yield the rows, in the wanted order. Runs in a thread; raises `CableTuiError`."""
        raise NotImplementedError

    def check(self, ask: Any) -> None:
        """Raise `UsageError` if the question cannot be answered."""

    def queries(self, ask: Any) -> Sequence[str]:
        """Return the queries that it searches for."""
        return (ask.query,) if hasattr(ask, "query") else ()

    def order(self, ask: Any) -> RowOrder | None:
        """Return the wanted order."""
        return self.orders.get(getattr(ask, "order", ""))

    def can_arrange(self, ask: Any) -> bool:
        """Return whether the rows that were read can be put into the wanted order."""
        order = self.order(ask)
        return order is not None and order.key is not None

    def arranged(self, ask: Any, rows: Iterable[Row]) -> list[Row]:
        """Return rows in the wanted order; equal ones in the order of reading."""
        order = self.order(ask)
        return list(rows) if order is None or order.key is None else sorted(rows, key=order.key)

    # The page.

    def option_after(self, ask: Any, name: str, by: int) -> Value:
        """Return the question with the next value of an option."""
        (option,) = (own_option for own_option in self.options if own_option.name == name)
        choice_values: list[Any] = list(option.choices) or [False, True]
        index = choice_values.index(getattr(ask, name))
        changed: Value = replace(ask, **{name: choice_values[(index + by) % len(choice_values)]})
        return changed

    def begin(self, session: Session, how: str) -> Value | Action:
        """Return the question for opening the page, or another action; `how` is from the menu."""
        return self.ask()

    def typed(self, session: Session, text: str) -> Value:
        """Return the question for a text typed at `/`. Raises `UsageError`."""
        raise NotImplementedError

    def for_page(
        self, services: Services, asked: ReadPage, cancelled: Callable[[], bool]
    ) -> Iterator[RowsCame]:
        """Yield for a page the first rows at once, then those that were read meanwhile."""
        from cable_tui.session.features.pages import RowsCame

        look = Look(services.archive, asked.ask, services.library.path, cancelled, in_room=True)
        look.ways, look.known = services.ways, asked.known
        page_rows: list[Any] = []
        rows_shown = 0
        """Number of them on the page."""
        due_time = 0.0
        answer: Any = None
        is_whole = False
        for rows in self.read(look):
            answer = rows.answer or answer
            if rows.whole:
                page_rows, rows_shown, is_whole = self.arranged(look.ask, rows.rows), 0, True
            else:
                page_rows += rows.rows[: self.most_rows - len(page_rows)]
            if len(page_rows) >= self.most_rows:
                command = f"cable-tui {self.name}"
                first_rows = f"the first {self.most_rows:,} {self.rows_name}"
                look.notes.append(f"{first_rows}; {command} prints all")
                break
            if monotonic() >= due_time:  # without new rows, it says how far it is
                due_time = monotonic() + self.update_every
                is_first_whole = not rows_shown and (is_whole or bool(page_rows))
                yield RowsCame(
                    page_rows[rows_shown:], look.tally, whole=is_first_whole, answer=answer
                )
                rows_shown = len(page_rows)
        arranged_rows = self.arranged(look.ask, page_rows)
        yield RowsCame(arranged_rows, look.tally, whole=True, done=True, answer=answer)

    def title(self, page: Page) -> str:
        """Return the title of the page."""
        raise NotImplementedError

    def same(self, row: Row) -> Hashable:
        """Return the key of a row, the same in another order or after another reading."""
        return row

    def group(self, row: Row) -> Hashable:
        """Return the key of the groups for `{` and `}`; None if there are none."""
        return None

    def has_key(self, ask: Any, key: str) -> bool:
        """Return whether a key works on the page for this question; others are not listed."""
        return True

    def can_stop(self, row: Row) -> bool:
        """Return whether the cursor stops at a row."""
        return True

    def pieces(self, row: Row, cells: int) -> Pieces:
        """Return a row in a given number of cells, for the screen and the terminal."""
        return table_pieces(self.columns, row, cells)

    def detail(self, page: Page, row: Row) -> Sequence[str]:
        """Return more about the row under the cursor, in lines below the rows; it may be empty."""
        return ()

    def read_beside(self, services: Services, asked: ReadRow, cancelled: Callable[[], bool]) -> Any:
        """Return what `beside` shows of a row. Runs in a thread; raises `CableTuiError`."""
        raise NotImplementedError

    def beside(self, page: Page, row: Row, cells: int, height: int) -> Iterable[Pieces]:
        """Return the lines beside the rows; a pane below them has a few of the page's width."""
        return ()

    def body(self, page: Page, cells: int, height: int) -> Iterable[Pieces]:
        """Return the lines of a drawn page."""
        return ()

    def lines(self, page: Page, rows: Sequence[Row], cells: int) -> Sequence[Any]:
        """Return the lines of the page; the cursor, its keys and `pieces` use these."""
        return rows

    def first(self, page: Page, lines: Sequence[Any]) -> int:
        """Return the first line of the cursor on a new page."""
        return 0

    def head(self, page: Page) -> str:
        """Return a line above the rows; empty if there is none."""
        return ""

    def text_of(self, row: Row) -> str:
        """Return the text of a row that a filter searches."""
        return " ".join(text for text, _ in self.pieces(row, 1000))

    # The command.

    def as_json(self, row: Row) -> Any:
        """Return the answer of a row, with the values of `fields`."""
        if self.row_shape is None:
            return {name: value(row) for name, value in self._fields}
        computed = {name: value(row) for name, value in self.fields.items()}
        return picked(self.row_shape, row, **computed)

    @property
    def _fields(self) -> Iterable[tuple[str, ValueOf]]:
        """The fields of a row, or the columns."""
        return self.fields.items() or (
            (column.name, attrgetter(column.name)) for column in self.columns
        )

    @final
    def json_head(self, ask: Any) -> dict[str, Any]:
        """Return what is before the rows in an answer: the question."""
        if self.shape is None:
            return {name: getattr(ask, name) for name in self.ask._names}
        rows = {self.rows_name: (), "count": 0}
        whole = as_json(picked(self.shape, ask, **self.asked(ask), **rows))
        return {name: value for name, value in whole.items() if name not in (*rows, "tally")}

    def asked(self, ask: Any) -> dict[str, Any]:
        """Return the parts of the question that an answer has in another form."""
        return {}

    def csv_columns(self, answer: Any) -> Iterable[tuple[str, ValueOf]]:
        """Return the heads of the CSV, each with the function for its cells."""
        return self._fields

    @final
    def csv_lines(self, rows: Iterable[Row], answer: Any) -> Iterator[tuple[str, ...]]:
        """Yield the heads of a table, then its rows."""
        columns = tuple(self.csv_columns(answer))
        yield tuple(head for head, _ in columns)
        for row in rows:
            yield tuple(_cell(value(row)) for _, value in columns)

    def text_lines(self, look: Look, rows: Iterable[Row], answer: Any, cells: int) -> Iterator[str]:
        """Yield the rows for a terminal, or a pipe."""
        for row in rows:
            yield "".join(text for text, _ in self.pieces(row, cells)).rstrip()

    def chart(self, ask: Any, rows: Sequence[Row], answer: Any) -> Chart:
        """Return the picture of an answer, if `forms` has `svg`. Raises `UsageError`."""
        raise NotImplementedError

    def whole_json(self, ask: Any, answer: Any, rows: Iterable[Row]) -> Any:
        """Return the whole answer if it is not the rows in one object; it gets its tally later."""
        return None

    def is_nothing(self, answer: Any) -> bool:
        """Return whether an answer counts as empty though it has rows."""
        return False


def _cell(value: Any) -> str:
    """Return a value of a row as a cell of a table."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def table_pieces(columns: Sequence[Column], row: Any, cells: int) -> Pieces:
    """Return the pieces of a row of a table; what is too wide is cut with an ellipsis."""
    fixed_cells = sum(column.cells + 2 for column in columns if column.cells)
    cell_texts = []
    for column in columns:
        text = clean_line(column.form.format(getattr(row, column.name)))
        column_cells = column.cells or max(cells - fixed_cells, 1)
        text = crop(text, column_cells)
        pad = " " * (column_cells - width(text))
        cell_texts.append((f"{pad}{text}  " if column.cells else f"{text}{pad}", column.look))
    return cell_texts


def head_line(columns: Sequence[Column]) -> str:
    """Return the names of the columns of a table, over their cells."""
    return "".join(f"{column.name:>{column.cells}}  " for column in columns).rstrip()


def option_keys(option: Option) -> Sequence[str]:
    """Return the key of an option.

    A letter with choices has its capital too, for the choice before.
    """
    has_capital = option.choices and len(option.key) == 1
    return (option.key, option.key.upper()) if has_capital else (option.key,)


def row_and_page_keys(report: Report[Any]) -> list[RowKey | PageKey]:
    """Return the keys of a report's page, those that tools add at the end."""
    keys = [load(key) for tool in tools() for name, key in tool.page_keys if name == report.name]
    if "svg" in report.forms:
        keys.insert(0, PageKey("E", "saves a picture", _ask_chart_file))
    return [*report.keys, *report.page_keys, *keys]


def _ask_chart_file(page: Page) -> Action:
    from cable_tui.session.features.file_to_write import ask_chart_file  # few pages are drawn

    return ask_chart_file(page)


def keys_of(report: Report[Any], taken: Iterable[str]) -> dict[str, RowKey | PageKey | Option]:
    """Return the report's own keys. Raises `ValueError` if it or every page has one already."""
    own_keys: dict[str, RowKey | PageKey | Option] = {}
    key_pairs: list[tuple[str, RowKey | PageKey | Option]]
    key_pairs = [(key_row.key, key_row) for key_row in row_and_page_keys(report)]
    for option in report.options:
        if option.key:
            key_pairs += ((key, option) for key in option_keys(option))
    used_keys = frozenset(taken)
    for key, key_action in key_pairs:
        if key in own_keys or key in used_keys:
            raise ValueError(f"{report.name}: the key {key} of its page is taken")
        own_keys[key] = key_action
    return own_keys


def words_needed(query: Query) -> None:
    """Raise `UsageError` if a query has a fault, or no word for texts."""
    if query.complaints:
        raise UsageError(query.complaints[0].reason)
    if not query.has_words and not any(term.facet == "query" for term in query.filters):
        raise UsageError(f"{query or 'the query'}: a word is needed, to be shown in its context")


PAUSE = 0.001
"""A room pauses this many seconds after each four texts, to handle keys."""
_BETWEEN = 4
_FIRST = 0.3
"""Seconds until the counts are first shown; each next interval is twice as long."""


def _nothing(_: Hits) -> None:
    """Ignore messages on an answer."""


class Look:
    """One reading of one report. `cancelled` tells it that the result is no longer needed."""

    def __init__(
        self,
        archive: Archive,
        ask: Any,
        library: Path,
        cancelled: Callable[[], bool] = never,
        *,
        in_room: bool = False,
    ) -> None:
        """Prepare a run; a room gets rows while they are read, and pauses for keys."""
        self.archive = archive
        self.ask = ask
        """The question, a value of `Report.ask`."""
        self.library = library
        """The file of the reader's library; the confirmed people are in a file next to it."""
        self.cancelled = cancelled
        self.in_room = in_room
        self.read = self.total = self.unread = 0
        """Counts as in `Tally`."""
        self.notes: list[str] = []
        self.watched: Callable[[int, int], None] | None = None
        """Gets the number of cables read, and of all."""
        self.known: Any = None
        """The answer that is shown already; None for most reports."""
        self.ways: Ways | None = None
        """The room's settings for citing; None for the program's own."""
        self.answered: Callable[[Hits], None] = _nothing
        """Gets each search."""
        self._problem = ""
        self.stopped = False
        """Whether the reading was stopped before its end."""
        self.most: int | None = None
        """The most rows that are shown; None for all."""
        self.is_terminal = False
        """Whether lines are cut at the terminal's width; a pipe gets them whole."""
        self.ascii_only = False
        """Whether the terminal has no symbols but ASCII."""
        self.form = ""
        """The form that is printed, one of `Report.forms`."""
        self._due = monotonic() + _FIRST
        self._wait = _FIRST

    @property
    def tally(self) -> Tally:
        """The messages on the answer so far."""
        notes = tuple(dict.fromkeys(self.notes))
        return Tally(self.read, self.total, notes, self.unread, self._problem, self.stopped)

    def search(self, text: str, sort: str = "") -> Hits:
        """Return the cables of a query. Raises `UsageError` for an unknown list or search."""
        query = parse(text)
        hits = self.archive.search(query, sort, cancelled=self.cancelled, offering=not self.in_room)
        self.answered(hits)
        if hits.complaints:
            raise UsageError(hits.complaints[0].reason)
        if self.in_room:
            self.notes += (complaint.reason for complaint in query.complaints if complaint.unknown)
            self.notes += _how_answered(hits)
        return hits

    def texts(self, ids: Sequence[int]) -> Iterator[Text]:
        """Yield the texts of some cables, counted; unreadable ones are counted and left out."""
        from cable_tui.archive.texts import texts  # it needs formats

        for text in texts(self.archive, ids, self.cancelled):
            self.count(str(text.error) if text.error else "")
            if text.raw is not None:
                yield text

    def count(self, problem: str = "") -> None:
        """Count a cable that was read, or the reason why not; pause for keys."""
        self.read += 1
        if problem:
            self.unread += 1
            self._problem = self._problem or problem
        if self.watched is not None:
            self.watched(self.read, self.total)
        if self.in_room and self.read % _BETWEEN == 0:
            sleep(PAUSE)

    def is_due(self) -> bool:
        """Return whether it is time to show the counts so far; False outside of a room."""
        if not self.in_room or monotonic() < self._due:
            return False
        self._wait *= 2
        self._due = monotonic() + self._wait
        return True


def _how_answered(hits: Hits) -> Iterator[str]:
    """Yield how the answered question differs from the typed one, and whether all is answered."""
    for correction in hits.corrections:
        words_used = ", ".join(word for word, _ in correction.used)
        yield (
            f'no "{correction.word}"; searched for {words_used}'
            if words_used
            else f'no "{correction.word}"'
        )
    if hits.partial:
        yield "not every text is indexed yet: more may come"

"""Tables of cables as CSV with any delimiter, quoting, headings, date order, or UTF-16.

History Lab (FOIArchive) tables are recognized by their document numbers and two text columns, and
have their own repository. The dialect of a file is found by trial. Rows are cut one by one, so that
a damaged row does not hide later rows. After wrong columns, the next row is found by its line
start: the ID column has to contain an ID.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import islice
from typing import NamedTuple

from cable_tui.base.cable import Repository
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.file_text import FileWindow, Readable, Utf8File
from cable_tui.formats.tables import aliases
from cable_tui.formats.tables.parts import with_parts
from cable_tui.formats.tables.row_plan import (
    Plan,
    TableRow,
    column_of_ids,
    is_of_cables,
    says_telegrams,
    understood,
)
from cable_tui.formats.tables.text_table import HEAD, TextTable


class CsvTable(TextTable):
    """A CSV table with one row per cable."""

    name = "table-csv"
    label = "CSV with one row per cable"
    by_rows = True
    without = "it is not a table of cables: no column of IDs can be recognized in its first rows"

    def matches(self, path: str, head: bytes) -> bool:
        """Recognize a file by its headings, or by the values of columns without headings."""
        is_known = self.plan_of(head) is not None
        if is_known or self.columns:
            return is_known
        has_ending = path.lower().endswith((".csv", ".tsv", ".tab"))
        return has_ending and (claims(head) or says_telegrams(self.seen(head)[1]))

    def plan_of(self, head: bytes) -> Plan | None:
        """Implement `TextTable.plan_of`."""
        return plan_of(head, self.columns, whole=len(head) < HEAD)

    def seen(self, head: bytes) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        """Implement `TextTable.seen`."""
        delimiters = [
            separator for separator in _DELIMITERS if separator.encode() in head[:_LOOKED_AT]
        ]
        dialect_reads = _reads(
            head.removeprefix(_BYTE_ORDER_MARK), 0, delimiters, whole=len(head) < HEAD
        )
        best_read = max(dialect_reads, key=_worth, default=None)
        if best_read is None or not _is_heading(best_read.rows[0]):
            return (), ()
        column_names, *rows = map(_decoded, best_read.rows)
        return [name.strip() for name in column_names], rows

    def rows(self, plan: Plan, file: Utf8File) -> Iterator[TableRow]:
        """Implement `TextTable.rows`."""
        columns_before = int(plan.dialect[3])
        cutter = CsvCutter(file, _dialect(plan), len(plan.names), columns_before, LONGEST_RECORD)
        cutter.skip(plan.start)
        return cutter.rows()

    def within(self, plan: Plan) -> Plan:
        """Implement `TextTable.within`."""
        return plan._replace(start=0)

    def values(self, plan: Plan, row: TableRow) -> tuple[Sequence[str], Sequence[str]]:
        """Implement `TextTable.values`."""
        columns = row.columns or alone(row.data, _dialect(plan), len(plan.names))
        if not columns:
            raise BrokenRecord("the row has the wrong columns")
        return plan.names, [decode_part(column) for column in columns]


def _dialect(plan: Plan) -> Dialect:
    delimiter, is_escaped, has_carriage, _ = plan.dialect
    return Dialect(delimiter, bool(is_escaped), bool(has_carriage))


class FoiaCsv(CsvTable):
    """A CSV table from the History Lab."""

    name = "foia-csv"
    label = "History Lab CSV (FOIArchive)"
    repository = Repository(
        "History Lab, Freedom of Information Archive (FOIArchive)", numbered="document"
    )

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by two of its headings."""
        plan = self.plan_of(head)
        return plan is not None and {"docnbr", "body"} <= set(plan.names)


# How a file is written: delimiter, quotes, headings, an index column

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SEPARATOR = pattern(rb"sep=(.)\r?\n?")
_DELIMITERS = ",;\t|"
_LOOKED_AT = 8192
"""The number of bytes at the start of a file to examine before trying any dialect."""
_ROWS = 200
_DIALECT_ROWS = 20
_NO_NAME = frozenset('{}<>"')
"""Characters that do not occur in column names; JSON and markup also contain commas."""
_INDEX = "column0"
_BEFORE = 4
"""The maximum number of columns before the ID column when reading resumes after damage."""


class _Read(NamedTuple):
    """The first rows of a file, read in one dialect."""

    dialect: Dialect
    start: int
    """The offset of the first row."""
    rows: list[Columns]
    damaged: bool
    """Whether an unreadable row follows the first rows."""


@lru_cache(maxsize=4)  # the sniffing and the reading ask for the same
def plan_of(head: bytes, columns: str = "", *, whole: bool) -> Plan | None:
    """Return the plan of a CSV file from its first bytes as UTF-8, or None if it has no cables.

    `columns` are the user's column assignments, which must be present. With `whole`, `head` is the
    complete file.
    """
    start = len(_BYTE_ORDER_MARK) if head.startswith(_BYTE_ORDER_MARK) else 0
    separator_line = _SEPARATOR.match(head, start)
    start = separator_line.end() if separator_line else start
    while head[start : start + 1] in {b"\r", b"\n"}:
        start += 1
    if head[start : start + 1] == b"{":
        return None
    first_bytes = head[start : start + _LOOKED_AT]
    if not columns and not _may_be_table(first_bytes):
        return None
    delimiters = separator_line[1].decode("latin-1") if separator_line else _DELIMITERS
    used_delimiters = [
        separator for separator in delimiters if separator.encode("latin-1") in first_bytes
    ]
    best_plan: Plan | None = None
    most_worth = 0
    for dialect_read in _reads(head, start, used_delimiters, whole=whole):
        plan = _plan(dialect_read, head, aliases.chosen(columns))
        if plan is not None and _worth(dialect_read) > most_worth:
            best_plan, most_worth = plan, _worth(dialect_read)
    return best_plan or (
        None if columns else _behind_damage(head, start, used_delimiters, whole=whole)
    )


def claims(head: bytes) -> bool:
    """Return whether the first lines suggest rows of cables in a file without a plan."""
    first_bytes = head[:_LOOKED_AT].removeprefix(_BYTE_ORDER_MARK).replace(b"\r", b"\n")
    return any(
        any(map(aliases.looks_like_id, cells[:20])) and any(map(aliases.is_date, cells[:20]))
        for line in first_bytes.split(b"\n", 4)[:3]
        for cells in _cells(line)
    )


def _may_be_table(top: bytes) -> bool:
    """Return whether the first line has a known heading or an ID, as a quick check.

    An ID in the second line is enough, because headings may be in another language.
    """
    top_lines = top.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n", 2)
    for cells in _cells(top_lines[0]):
        roles = aliases.roles_named(map(aliases.key, cells))
        if any(map(aliases.looks_like_id, cells)) or "id" in roles or roles >= {"created", "body"}:
            return True
    second_row = _cells(top_lines[1]) if len(top_lines) > 1 else ()
    return any(any(map(aliases.looks_like_id, cells)) for cells in second_row)


def _cells(line: bytes) -> Iterator[list[str]]:
    """Yield the first cells of a line, split at each delimiter that occurs in it."""
    line_text = line.decode("latin-1")
    for delimiter in _DELIMITERS:
        if delimiter in line_text:
            yield [cell.strip().strip('"') for cell in line_text.split(delimiter)[:100]]


def _behind_damage(head: bytes, start: int, delimiters: list[str], *, whole: bool) -> Plan | None:
    """Return a plan based on a later row with an ID, for a file with a damaged first row."""
    for delimiter in delimiters:
        dialect = Dialect(delimiter, carriage=_ends_in_carriage_returns(head))
        for columns_before in range(_BEFORE):
            start_match = row_start(dialect, columns_before).search(head, start)
            if not start_match:
                continue
            rows, _ = _rows(head, start_match.end(), dialect, _DIALECT_ROWS, whole=whole)
            plan = _plan(_Read(dialect, start, rows, damaged=True), head, {}) if rows else None
            if plan is not None:
                return plan
    return None


def _worth(read: _Read) -> int:
    """Return how well the dialect fits: the number of values in rows of equal width."""
    width = len(read.rows[-1].values)
    fitting_rows = sum(len(row.values) == width for row in read.rows)
    return (fitting_rows * width << 1) + (not read.damaged)


def _reads(head: bytes, start: int, delimiters: list[str], *, whole: bool) -> Iterator[_Read]:
    has_carriage = _ends_in_carriage_returns(head)
    for delimiter in delimiters:
        for is_escaped in (False, True) if b'\\"' in head else (False,):
            dialect = Dialect(delimiter, is_escaped, has_carriage)
            rows, is_damaged = _rows(head, start, dialect, _DIALECT_ROWS, whole=whole)
            if rows and len(rows[0].values) > 1:
                yield _Read(dialect, start, rows, is_damaged)


def _ends_in_carriage_returns(head: bytes) -> bool:
    """Return whether lines end in carriage returns, which texts may contain occasionally."""
    return head.count(b"\n") * 8 < head.count(b"\r")


def _rows(
    head: bytes, start: int, dialect: Dialect, most: int, *, whole: bool
) -> tuple[list[Columns], bool]:
    table_rows: list[Columns] = []
    while start < len(head) and len(table_rows) < most:
        try:
            row = columns_of(head, start, dialect, whole=whole)
        except MoreWanted:
            break
        except BrokenRecord:
            return table_rows, True
        if any(map(bytes.strip, row.values)):
            table_rows.append(row)
        start = row.following
    return table_rows, False


def _plan(read: _Read, head: bytes, chosen: Mapping[str, str]) -> Plan | None:
    first_row = read.rows[0]
    first_start = read.start
    has_heading = _is_heading(first_row)
    if has_heading:
        names = [aliases.key(decode_part(name)) for name in first_row.values]
        first_start = first_row.following
        numbered_names = [_INDEX, *names]  # by programs that name the numbers of their rows nothing
        sample_counts = [
            len(_samples(read.dialect, headings, head[first_start:]))
            for headings in (names, numbered_names)
        ]
        names = numbered_names if sample_counts[1] > sample_counts[0] else names
    else:
        widths = Counter(len(row.values) for row in read.rows)
        usual_row = max(read.rows, key=lambda row: widths[len(row.values)] * len(row.values) ** 2)
        names = _headless(
            _decoded(usual_row if _headless(_decoded(first_row))[0] == "column1" else first_row)
        )
    names = [name or f"column{index}" for index, name in enumerate(names)]
    if not chosen.keys() <= set(names):
        return None
    samples = _samples(read.dialect, names, head[first_start:])
    plan = Plan(names=tuple(names), dialect=(*_written(read.dialect), "0"), start=first_start)
    plan = understood(plan, names, samples, chosen)
    if chosen:
        own_column = next(name for name, role in chosen.items() if role == "id")
        return plan._replace(own=own_column, dialect=(*_written(read.dialect), str(_FAR + 1)))
    if not has_heading and names[0] == "column1" and not _is_sure(plan):
        return None
    if not is_of_cables(plan, names, samples):
        return plan if has_heading and _claims(names, samples) else None
    own_column = column_of_ids(plan, names, samples)
    columns_before = names.index(own_column) if own_column else _FAR + 1
    plan = plan._replace(own=own_column, dialect=(*_written(read.dialect), str(columns_before)))
    return with_parts(plan, names, samples)


def _samples(dialect: Dialect, names: list[str], head: bytes) -> list[list[str]]:
    """Return the first rows that have the expected number of columns."""
    id_positions = (names.index(name) for name in aliases.ROLES["id"] if name in names)
    cutter = CsvCutter(BytesIO(head), dialect, len(names), next(id_positions, 0), len(head))
    rows = (row.columns for row in cutter.rows() if row.columns)
    return [list(map(decode_part, columns)) for columns in islice(rows, _ROWS)]


def _is_sure(plan: Plan) -> bool:
    """Return whether the values of unnamed columns identify enough roles, including a text."""
    found_roles = {role for _, role in plan.renamed}
    has_cable_roles = {"referenceid", "created"} <= found_roles and not found_roles.isdisjoint(
        ("body", "header")
    )
    return has_cable_roles and len(plan.names) > 3


def _claims(names: list[str], samples: list[list[str]]) -> bool:
    """Return whether the headings alone suggest that cables follow.

    History Lab headings do; others do only if no row below them can be read.
    """
    if "body" not in aliases.roles_named(names):
        return False
    return "docnbr" in names or (not samples and not aliases.STRONG_IDS.isdisjoint(names))


def _written(dialect: Dialect) -> tuple[str, str, str]:
    return dialect.delimiter, "1" * dialect.escaped, "1" * dialect.carriage


def _decoded(row: Columns) -> list[str]:
    return list(map(decode_part, row.values))


def _is_heading(row: Columns) -> bool:
    """Return whether a first row contains column names, and no ID or classification."""
    cells = [cell.strip() for cell in _decoded(row)]
    if any(map(aliases.looks_like_id, cells)) or any(map(aliases.is_classification, cells)):
        return False
    return all(len(cell) < 100 and _NO_NAME.isdisjoint(cell) for cell in cells)


def _headless(cells: list[str]) -> list[str]:
    """Return names for columns without headings: the eight of the dump, if they fit."""
    dump_columns = [*aliases.HEADLESS, "body"]
    for extra_columns in (0, 1):
        text_index = extra_columns + 2
        if len(cells) == 8 + extra_columns and aliases.looks_like_id(cells[text_index]):
            return [_INDEX] * extra_columns + dump_columns
    return [f"column{index + 1}" for index in range(len(cells))]


# Rows in any dialect: quotes, line breaks inside of texts, damage

MOST_COLUMNS = 400
_LONGEST_START = 8192
"""The maximum size of a row's start; this many bytes are searched again at a chunk's edge."""
_FAR = 20
"""The maximum number of columns before the ID in a search for the start of a row."""
_LINE_END = pattern(rb"\r\n|\n|\r")
_ESCAPE = pattern(rb"\\([\"'\\]|\r?\n)|\"(\")")


class Dialect(NamedTuple):
    """The dialect in which the rows of a file are written."""

    delimiter: str
    escaped: bool = False
    r"""Whether a quote inside a text is written `\"` instead of `""`."""
    carriage: bool = False
    """Whether a lone carriage return ends a row, in a file without other line endings."""


class Columns(NamedTuple):
    """The columns of one row."""

    values: tuple[bytes, ...]
    end: int
    """The offset after the last column."""
    following: int
    """The offset of the next row, after the line ending."""


class MoreWanted(Exception):  # noqa: N818 - no error
    """Raised if a row may continue beyond the part of the file that was read."""


@lru_cache(maxsize=64)
def _field(dialect: Dialect) -> Pattern[bytes]:
    separator = re.escape(dialect.delimiter.encode())
    line_ends = rb"\r\n|\n|\r" if dialect.carriage else rb"\r?\n"
    bare_value = rb'[^"' + separator + rb"\r\n][^" + separator + rb"\r\n]*+"
    if not dialect.carriage:
        bare_value = (
            rb'(?:[^"' + separator + rb"\r\n]|\r(?!\n))(?:[^" + separator + rb"\r\n]|\r(?!\n))*+"
        )
    return pattern(
        rb'(?: {0,8}"(?P<quoted>'
        + _quoted(dialect)
        + rb')"[ ]{0,8}|(?P<bare>'
        + bare_value
        + rb")?)(?:(?P<next>"
        + separator
        + rb")|(?P<end>"
        + line_ends
        + rb"|\r?\Z))",
        re.DOTALL,
    )


@lru_cache(maxsize=64)
def _closed(dialect: Dialect) -> Pattern[bytes]:
    return pattern(rb' {0,8}"' + _quoted(dialect) + rb'"(?=.)', re.DOTALL)


def _quoted(dialect: Dialect) -> bytes:
    """Return the expression for a text between quotes."""
    return rb'(?:[^"\\]++|""|\\.)*+' if dialect.escaped else rb'(?:[^"]++|"")*+'


@lru_cache(maxsize=64)
def row_start(dialect: Dialect, before: int) -> Pattern[bytes]:
    """Return the pattern for a line ending that is followed by the start of a row."""
    separator = re.escape(dialect.delimiter.encode())
    if before > _FAR:
        return _LINE_END
    column = rb'(?:"[^"\r\n]{0,300}"|[^"' + separator + rb"\r\n]{0,300})" + separator
    return pattern(
        rb"(?:\r\n|\n|\r)(?="
        + column * before
        + rb' ?"?'
        + aliases.ID
        + rb'"? ?(?:'
        + separator
        + rb"|[\r\n]|\Z))"
    )


def columns_of(data: bytes, start: int, dialect: Dialect, *, whole: bool = True) -> Columns:
    """Return the columns of the row that begins at `start`.

    With `whole`, nothing follows the data. Raises `BrokenRecord`.
    """
    field = _field(dialect)
    values: list[bytes] = []
    while len(values) < MOST_COLUMNS:
        column_match = field.match(data, start)
        if column_match is None:
            closed_value = _closed(dialect).match(data, start)
            if not whole and closed_value is None:
                raise MoreWanted
            lost_quote = "continues after its closing quote: a quote is missing or was not doubled"
            raise BrokenRecord(
                f"column {len(values) + 1} {lost_quote if closed_value else 'never ends'}"
            )
        if not whole and column_match.end() == len(data):
            raise MoreWanted
        values.append(_value(column_match, dialect))
        if column_match["next"] is None:
            return Columns(tuple(values), column_match.start("end"), column_match.end())
        start = column_match.end()
    raise BrokenRecord(f"the row has more than {MOST_COLUMNS} columns")


def _value(match: re.Match[bytes], dialect: Dialect) -> bytes:
    quoted_value = match["quoted"]
    return match["bare"] or b"" if quoted_value is None else _plain(quoted_value, dialect)


def _plain(quoted: bytes, dialect: Dialect) -> bytes:
    if dialect.escaped and b"\\" in quoted:
        return _ESCAPE.sub(lambda match: match[1] or match[2], quoted)
    return quoted.replace(b'""', b'"') if b'""' in quoted else quoted


def alone(row: bytes, dialect: Dialect, width: int) -> tuple[bytes, ...]:
    """Return the columns in the bytes of a single row, or nothing if their number is wrong."""
    try:
        columns = columns_of(row, 0, dialect)
    except BrokenRecord:
        return _with_stray_quotes(row, dialect, width)
    if columns.end == len(row) and _fits(columns, width):
        return columns.values
    return _with_stray_quotes(row, dialect, width)


def _fits(columns: Columns, width: int) -> bool:
    """Return whether a row has the expected number of columns.

    Empty lines and extra empty columns at the end are accepted.
    """
    row_values = columns.values
    if len(row_values) == width or (len(row_values) == 1 and not row_values[0].strip()):
        return True
    return len(row_values) > width and not any(map(bytes.strip, row_values[width:]))


def _with_stray_quotes(data: bytes, dialect: Dialect, width: int) -> tuple[bytes, ...]:
    """Return a row's columns if only its last text has undoubled quotes, or else nothing."""
    field = _field(dialect)
    values: list[bytes] = []
    column_start = 0
    while len(values) < width - 1:
        column_match = field.match(data, column_start)
        if column_match is None or column_match["next"] is None:
            return ()
        values.append(_value(column_match, dialect))
        column_start = column_match.end()
    last_column = data[column_start:].strip()
    quotes_between = b'"' + dialect.delimiter.encode() + b'"'
    if (
        len(last_column) < 2
        or not (last_column.startswith(b'"') and last_column.endswith(b'"'))
        or quotes_between in last_column
    ):
        return ()
    return (*values, _plain(last_column[1:-1], dialect))


class CsvCutter(FileWindow):
    """Cuts a file into rows, keeping one row in memory."""

    kept = 0

    def __init__(
        self, file: Readable, dialect: Dialect, width: int, before: int, longest: int
    ) -> None:
        self._dialect = dialect
        self._width = width
        self._start = row_start(dialect, before)
        self._longest = longest
        super().__init__(file)

    def line_ends(self, start: int, end: int) -> int:
        """Implement `FileWindow.line_ends`."""
        return self.data.count(b"\r" if self._dialect.carriage else b"\n", start, end)

    def skip(self, length: int) -> None:
        """Skip the first bytes, such as a byte order mark or headings."""
        while self.end < length and self.more():
            pass
        self.take(min(length, self.end))

    def rows(self) -> Iterator[TableRow]:
        """Yield the rows up to the end of the file, skipping empty lines."""
        bytes_between = b""
        while self.at < self.end or self.more():
            row, row_reason = self._row()
            if row is None or row_reason:
                bytes_between = b""
                yield from self._damaged(row_reason, row.following if row else 0)
                continue
            if len(row.values) > 1 or row.values[0].strip():
                data = self.data[self.at - self.base : row.end]
                yield TableRow(self.at, self.line, data, columns=row.values, before=bytes_between)
            bytes_between = self.data[row.end : row.following]
            self.take(self.base + row.following)

    def _row(self) -> tuple[Columns | None, str]:
        """Return the next row or None, and what is wrong with it."""
        while True:
            try:
                row = columns_of(self.data, self.at - self.base, self._dialect, whole=self.ended)
            except MoreWanted:
                if self.end - self.at > self._longest:
                    return None, f"a row of more than {self._longest >> 20} MiB, or a lost quote"
                self.more()
            except BrokenRecord as broken:
                return None, str(broken)
            else:
                if _fits(row, self._width):
                    return row, ""
                value_count = len(row.values)
                reason = f"the row has {value_count} columns, but there are {self._width} headings"
                return row, "text outside any row" if value_count == 1 else reason

    def _damaged(self, reason: str, limit: int) -> Iterator[TableRow]:
        """Yield a row with wrong columns, cut at the start of the next row or at `limit`.

        Once cut, its columns may be correct.
        """
        next_start = self._next_start(limit)
        row = self.bytes(self.at, next_start).rstrip(b"\r\n")
        is_short = len(row) <= self._longest
        values = alone(row, self._dialect, self._width) if is_short else ()
        yield TableRow(self.at, self.line, row, "" if values else reason, values)
        self.take(next_start)

    def _next_start(self, limit: int) -> int:
        """Return the offset of the next row after a damaged one, at most `limit`."""
        searched_to = self.at + 1
        while True:
            search_end = limit or len(self.data)
            match = self._start.search(self.data, searched_to - self.base, search_end)
            if match and (limit or self.ended or match.end() < search_end):
                return self.base + match.end()
            if limit or self.ended or self.end - self.at > self._longest + self.grows:
                return self.base + search_end
            searched_to = max(self.end - _LONGEST_START, self.at + 1)
            self.more()


FORMAT = CsvTable()
FOIA = FoiaCsv()

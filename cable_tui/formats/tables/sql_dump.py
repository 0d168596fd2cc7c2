"""Dumps of databases from `pg_dump`, `mysqldump` and SQLite. Nothing is executed.

The records are the rows of tables that have an ID column and a text column. The first such table is
found without reading the whole dump, any others in one more pass. Rows of `COPY ... FROM stdin` and
`INSERT INTO ... VALUES` are cut one by one. A statement begins at the start of a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import islice
from typing import BinaryIO, NamedTuple
from weakref import WeakKeyDictionary

from cable_tui.base.cable import Location, RawCable
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord
from cable_tui.formats.encodings import decode_part, utf16_codec
from cable_tui.formats.file_text import FileWindow, Readable, Utf8File, as_utf8
from cable_tui.formats.tables import aliases
from cable_tui.formats.tables.parts import unjoined
from cable_tui.formats.tables.row_plan import Plan, TableRow, of_cables
from cable_tui.formats.tables.text_table import OFFSET_BITS, TextTable

_BEGINS = pattern(
    rb"(?:^|\n)[ \t]{0,9}(?:COPY [^\n]{1,8000} FROM stdin|(?:INSERT|REPLACE) [^\n]{0,40}INTO "
    rb"|CREATE TABLE )"
)
_SQL = pattern(rb"(?:^|\n)(?:--|/\*|SET |BEGIN|PRAGMA |DROP TABLE|CREATE |COPY |INSERT |REPLACE )")
_MYSQL = pattern(rb"MySQL dump|MariaDB dump|phpMyAdmin|`,`|INTO `|TABLE `|\\'")
_ROWS = 60
_ENOUGH = 20
"""The maximum number of rows used to judge a table."""
_MOST_TABLES = 64


class SqlDump(TextTable):
    """A table of cables in the text of an SQL dump.

    In tables other than the first, the upper bits of a row's offset are the table's number.
    """

    name = "table-sql"
    label = "SQL dump with one row per cable"
    without = (
        "no readable table has both an ID and a text column: load it into a database and export "
        "a query that joins them as CSV"
    )

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[BinaryIO, list[Plan]] = WeakKeyDictionary()
        """The plans of all tables, for files with several tables of cables."""

    def matches(self, path: str, head: bytes) -> bool:
        """Recognize a file by its statements; column names are examined when the file is read."""
        if not _SQL.search(head, 0, 4096) or not _BEGINS.search(head):
            return False
        has_ending = path.lower().endswith((".sql", ".dump", ".pgsql"))
        return has_ending or self.plan_of(head) is not None

    def plan_of(self, head: bytes) -> Plan | None:
        """Implement `TextTable.plan_of`."""
        is_escaped = bool(_MYSQL.search(head))
        statements = Statements(BytesIO(head), len(head), escaped=is_escaped)
        return next(_tables(statements, "", escaped=is_escaped), None)

    def plan(self, file: BinaryIO) -> Plan | None:
        """Implement `TextTable.plan`: return the plan of the first table with cables."""
        return next(_tables_in(file), None)

    def rows(self, plan: Plan, file: Utf8File) -> Iterator[TableRow]:
        """Yield the rows of the tables of cables, and the errors in other statements."""
        first_plan = plan
        statements = Statements(file, LONGEST_RECORD, escaped=plan.dialect[1] == "1")
        columns_by_table: dict[str, tuple[str, ...]] = {}
        doubtful_tables: set[str] = set()
        while statement := statements.next():
            if statement.kind == "create":
                columns_by_table[statement.table] = statement.columns
                continue
            fault = TableRow(statements.at, statements.line, b"")
            if statement.kind == "damaged":
                yield fault._replace(reason="an INSERT or COPY statement cannot be read")
                continue
            names = statement.columns or columns_by_table.get(statement.table, ())
            own_plan = self._plan_of(statement.table, names, first_plan, file.file)
            if own_plan is None:
                continue
            if statement.table not in doubtful_tables and own_plan != first_plan:
                doubtful_tables.add(statement.table)
                for doubt in own_plan.doubts:
                    yield fault._replace(line=1, reason=f"table {statement.table[:60]!r}: {doubt}")
            names = statement.columns or own_plan.names
            if names != own_plan.names or statement.kind != own_plan.dialect[2]:
                reason = "a statement differs from the first, so its rows were skipped"
                yield fault._replace(reason=reason)
                continue
            plan_number = self._number(own_plan, first_plan, file.file)
            for row in statements.rows(statement):
                yield row._replace(plan=own_plan, table=plan_number)

    def values(self, plan: Plan, row: TableRow) -> tuple[Sequence[str], Sequence[str]]:
        """Implement `TextTable.values`."""
        cells = _values(row.data, plan.dialect[2], escaped=plan.dialect[1] == "1")
        if len(cells) != len(plan.names):
            raise BrokenRecord(f"the row has {len(cells)} columns instead of {len(plan.names)}")
        return plan.names, cells

    def _plans(self, file: BinaryIO) -> list[Plan]:
        """Return the plans of all tables of cables, in order.

        The file keeps its position.
        """
        known_plans = self._known.get(file)
        if known_plans is None:
            position = file.tell()
            known_plans = self._known[file] = list(_tables_in(file))[:_MOST_TABLES]
            file.seek(position)
        return known_plans

    def _plan_of(
        self, table: str, names: tuple[str, ...], first: Plan, file: BinaryIO
    ) -> Plan | None:
        """Return the plan of a table with these columns, or None if it contains no cables."""
        if table == first.dialect[0]:
            return first
        plans = self._plans(file) if _promises(names) else ()
        return next((plan for plan in plans if plan.dialect[0] == table), None)

    def _number(self, plan: Plan, first: Plan, file: BinaryIO) -> int:
        """Return the number of a table, or 0 if it differs from the first one only in its name."""
        renamed_dialect = (first.dialect[0], *plan.dialect[1:])
        is_alike = plan._replace(dialect=renamed_dialect, doubts=first.doubts) == first
        return 0 if is_alike else self._plans(file).index(plan)

    def fetch(self, file: BinaryIO, location: Location) -> bytes:
        """Return a row's bytes, preceded by its table's plan unless that is the first table."""
        plan_number = location.offset >> OFFSET_BITS
        offset = location.offset & ((1 << OFFSET_BITS) - 1)
        plans = self._plans(file) if plan_number else []
        file.seek(offset)
        row = file.read(location.length)
        return plans[plan_number].pack() + row if plan_number < len(plans) else row

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`; the bytes follow the plan."""
        if location.offset >> OFFSET_BITS:
            record = record[record.find(b"\n") + 1 :]  # not that of the first table
        return super().at(record, location)


def _values(row: bytes, kind: str, *, escaped: bool) -> list[str]:
    return copied(row) if kind == "copy" else values(row, escaped=escaped)


def _promises(columns: tuple[str, ...]) -> bool:
    """Return whether columns with these names may contain cables."""
    return {"id", "body"} <= aliases.roles_named(columns)


def _tables_in(file: BinaryIO) -> Iterator[Plan]:
    file.seek(0)
    first_bytes = file.read(1 << 16)
    codec = utf16_codec(first_bytes)
    is_escaped = bool(_MYSQL.search(as_utf8(first_bytes, codec)))
    statements = Statements(Utf8File(file, codec), LONGEST_RECORD, escaped=is_escaped)
    return _tables(statements, codec, escaped=is_escaped)


def _tables(statements: Statements, codec: str, *, escaped: bool) -> Iterator[Plan]:
    """Yield the plans of tables with cables, or else of those whose columns suggest them."""
    columns_by_table: dict[str, tuple[str, ...]] = {}
    samples: dict[str, tuple[Plan, list[list[str]]]] = {}
    yielded_tables: set[str] = set()
    while statement := statements.next():
        if statement.kind == "create":
            columns_by_table[statement.table] = statement.columns
        names = statement.columns or columns_by_table.get(statement.table, ())
        if (
            statement.kind not in {"copy", "insert"}
            or statement.table in yielded_tables
            or not _promises(names)
        ):
            continue
        new_plan = Plan(
            codec, names=names, dialect=(statement.table, "1" * escaped, statement.kind)
        )
        plan, rows = samples.setdefault(statement.table, (new_plan, []))
        if plan.names == names and len(rows) < _ROWS:
            rows += _samples(statements, statement, len(names), escaped=escaped)
            if len(rows) >= _ENOUGH and (complete_plan := _plan_of(plan, rows)):
                yielded_tables.add(statement.table)
                yield complete_plan
    unused_samples = {table: pair for table, pair in samples.items() if table not in yielded_tables}
    last_plans = list(filter(None, (_plan_of(*pair) for pair in unused_samples.values())))
    yield from last_plans
    if not yielded_tables and not last_plans:
        yield from (plan for plan, rows in unused_samples.values() if not rows)


def _plan_of(plan: Plan, rows: Sequence[Sequence[str]]) -> Plan | None:
    """Return the plan of a table from the given rows, or None if they are not cables."""
    complete_plan = of_cables(plan, rows)
    return complete_plan and unjoined(complete_plan, complete_plan.names, rows)


def _samples(statements: Statements, begun: Begun, width: int, *, escaped: bool) -> list[list[str]]:
    sample_rows: list[list[str]] = []
    for row in islice(statements.rows(begun), _ROWS):
        try:
            row_values = _values(row.data, begun.kind, escaped=escaped)
        except BrokenRecord:
            continue
        if len(row_values) == width:
            sample_rows.append(row_values)
    return sample_rows


# Statements and their rows

_NAME = rb"(?P<table>[^\s(;,']{1,200})"
_COLUMNS = rb"\s{0,9}(?:\((?P<columns>[^()']{1,20000})\)\s{0,9})"
_STATEMENT = pattern(
    rb"(?:^|\n)[ \t]{0,9}(?:"
    rb"(?P<copy>COPY\s{1,9}"
    + _NAME.replace(b"table", b"t1")
    + _COLUMNS.replace(b"columns", b"c1")
    + rb"?FROM\s{1,9}stdin[^\n]{0,200}\n)"
    rb"|(?P<insert>(?:INSERT|REPLACE)(?:\s{1,9}(?:OR\s{1,9}\w{1,9}|IGNORE|DELAYED|LOW_PRIORITY))?"
    rb"\s{1,9}INTO\s{1,9}"
    + _NAME.replace(b"table", b"t2")
    + _COLUMNS.replace(b"columns", b"c2")
    + rb"?\s{0,9}VALUES\s{0,9}(?=\())"
    rb"|(?P<create>CREATE\s{1,9}(?:TEMPORARY\s{1,9}|UNLOGGED\s{1,9})?TABLE\s{1,9}"
    rb"(?:IF\s{1,9}NOT\s{1,9}EXISTS\s{1,9})?"
    + _NAME.replace(b"table", b"t3")
    + rb"\s{0,9}\()|(?P<damaged>(?:INSERT|REPLACE)\s{1,9}INTO\s|COPY\s))",
    re.IGNORECASE,
)
_MOST_ENDLESS = 8
_LONGEST_STATEMENT = 24_000
"""The maximum number of bytes at the beginning of a statement, before its rows."""
_NO_COLUMN = frozenset(
    "primary key unique constraint index foreign check fulltext spatial exclude like period".split()
)
_ITEM = pattern(
    rb"""\s{0,80}(?:--[^\n]{0,400}\n\s{0,80}){0,9}"""
    rb"""(?:`([^`]{1,100})`|"([^"]{1,100})"|\[([^\]]{1,100})\]|([\w$]{1,100}))"""
)
_BEHIND = pattern(
    rb"\s{0,80}(?:(?P<comma>,)\s{0,80}(?=\()|(?P<end>;|(?=ON\s|AS\s|RETURNING\s))|\Z)"
)
_NEXT = pattern(
    rb"\)\s{0,9},\s{0,9}(?=\()|\n(?=(?:INSERT|REPLACE|COPY|CREATE|UNLOCK|ALTER|COMMIT|/\*|--)[ !])"
)


class Begun(NamedTuple):
    """A statement positioned at its first row, or one that defines columns."""

    kind: str
    """The type of statement: `copy`, `insert`, `create` or `damaged`."""
    table: str
    columns: tuple[str, ...]
    """The column keys, if the statement lists them."""


class Statements(FileWindow):
    """The statements of a file in order, and the rows of selected ones."""

    kept = 1

    def __init__(self, file: Readable, longest: int, *, escaped: bool) -> None:
        super().__init__(file)
        self._longest = longest
        self._escaped = escaped
        self._endless = 0
        """The number of rows whose end was not found."""

    def next(self) -> Begun | None:
        """Move to the next statement about a table, or return None at the end of the file."""
        search_from = self.at
        while True:
            statement = _STATEMENT.search(self.data, max(search_from - 1, self.base) - self.base)
            if statement and (statement.end() < len(self.data) or not self.more()):
                break
            if statement:
                continue
            kept_start = max(self.end - _LONGEST_STATEMENT, self.at)
            self.take(kept_start)
            search_from = kept_start
            if not self.more():
                self.take(self.end)
                return None
        self.take(self.base + statement.end())
        if statement["create"]:
            return Begun("create", _table(statement["t3"]), self._created())
        if statement["damaged"]:
            return Begun("damaged", "", ())
        if statement["copy"]:
            return Begun("copy", _table(statement["t1"]), _listed(statement["c1"]))
        return Begun("insert", _table(statement["t2"]), _listed(statement["c2"]))

    def rows(self, statement: Begun) -> Iterator[TableRow]:
        """Yield the rows of the current statement."""
        return self._lines() if statement.kind == "copy" else self._brackets()

    def _created(self) -> tuple[str, ...]:
        """Return the columns of a new table in order."""
        while self.end < self.at + _LONGEST_STATEMENT and self.more():
            pass
        columns_text = self.bytes(self.at, self.at + _LONGEST_STATEMENT)
        column_names: list[str] = []
        bracket_depth = column_start = 0
        for token in _tokens(escaped=False).finditer(columns_text):
            token_text = token[0]
            if token_text == b"(":
                bracket_depth += 1
            elif token_text in {b",", b")"} and bracket_depth == 0:
                column_names += _column(columns_text[column_start : token.start()])
                column_start = token.end()
                if token_text == b")":
                    break
            elif token_text == b")":
                bracket_depth -= 1
        return tuple(column_names)

    def _lines(self) -> Iterator[TableRow]:
        """Yield the lines of a COPY statement up to its end marker."""
        while (end := self._line_end()) >= 0:
            data = self.bytes(self.at, end).removesuffix(b"\r")
            if data == b"\\.":
                return
            if len(data) > self._longest:
                yield TableRow(self.at, self.line, b"", "a COPY row is too long")
            elif data:
                yield TableRow(self.at, self.line, data)
            self.take(min(end + 1, self.end))
        yield TableRow(self.at, self.line, b"", "the COPY rows never end: the file is cut off")

    def _line_end(self) -> int:
        """Return the end of the line that begins here, or -1 at the end of the file."""
        search_start = self.at
        while (line_end := self.data.find(b"\n", search_start - self.base)) < 0:
            search_start = self.end
            if not self.more():
                return self.end if self.at < self.end else -1
        return self.base + line_end

    def _brackets(self) -> Iterator[TableRow]:
        while True:
            end = self._closed()
            if end < 0:
                yield TableRow(self.at, self.line, b"", "an INSERT row never ends")
                self._endless += 1
                if self._endless > _MOST_ENDLESS:  # each look goes to the end of the file
                    self.take(self.end)
                    return
                if not self.skip_damage():
                    return
                continue
            yield TableRow(self.at, self.line, self.bytes(self.at, end))
            self.take(end)
            while self.end < end + 256 and self.more():
                pass
            match_after = _BEHIND.match(self.data, end - self.base)
            if match_after is None:
                yield TableRow(end, self.line, b"", "there is text after an INSERT row")
                if not self.skip_damage():
                    return
                continue
            if not match_after["comma"]:
                return
            self.take(self.base + match_after.end())

    def skip_damage(self) -> bool:
        """Skip damage up to the statement's next row; return False if another statement begins."""
        search_start = self.at
        while not (next_match := _NEXT.search(self.data, search_start - self.base)):
            search_start = max(self.end - 32, self.at)
            self.take(search_start)
            if not self.more():
                self.take(self.end)
                return False
        self.take(self.base + next_match.end())
        return not next_match[0].startswith(b"\n")

    def _closed(self) -> int:
        """Return the end of the row that begins here, or -1 if the row has no end."""
        search_start, bracket_depth = self.at, 0
        token_pattern = _tokens(escaped=self._escaped)
        while True:
            for match in token_pattern.finditer(self.data, search_start - self.base):
                if match["open"] is not None or match.end() == len(self.data):
                    break  # a text may go on
                search_start = self.base + match.end()
                if match[0] == b"(":
                    bracket_depth += 1
                elif match[0] == b")":
                    bracket_depth -= 1
                    if bracket_depth <= 0:
                        return search_start
            if self.end - self.at > self._longest:
                return -1
            if not self.more():
                is_last = self.data.rstrip().endswith(b")") and bracket_depth == 1
                return self.base + len(self.data.rstrip()) if is_last else -1


@lru_cache
def _tokens(*, escaped: bool) -> Pattern[bytes]:
    string = ESCAPED if escaped else PLAIN
    return pattern(
        rb"(?<![A-Za-z0-9_])[eE]" + ESCAPED + rb"|" + string + rb"|(?P<open>')|[(),]", re.DOTALL
    )


def _table(name: bytes) -> str:
    """Return a table's name without its database or schema."""
    return name.decode("latin-1").strip().rpartition(".")[2].strip('`"[]')


def _listed(columns: bytes | None) -> tuple[str, ...]:
    column_names = (columns or b"").split(b",") if columns else []
    return tuple(aliases.key(column.decode("utf-8", "replace")) for column in column_names)


def _column(column_definition: bytes) -> list[str]:
    column_match = _ITEM.match(column_definition)
    if not column_match or (column_match[4] or b"").lower().decode("latin-1") in _NO_COLUMN:
        return []
    column_name = next(name_group for name_group in column_match.groups() if name_group)
    return [aliases.key(column_name.decode("utf-8", "replace"))]


# The values of one row

ESCAPED = rb"'(?:[^'\\]++|\\.|'')*+'"
PLAIN = rb"'(?:[^']++|'')*+'"
_TOKEN = {
    escaped: pattern(
        rb"\s*+(?:(?P<prefix>[A-Za-z_]\w{0,20}\s{0,2})?(?P<string>"
        + string
        + rb")|(?P<e>[eE]"
        + ESCAPED
        + rb")|(?P<name>[A-Za-z_]\w{0,40})\s{0,3}(?P<call>\()?"
        rb"|(?P<number>[-+]?[0-9.][0-9a-zA-Z.+-]{0,60})"
        rb"|(?P<sign>\|\||::|[(),;]))",
        re.DOTALL,
    )
    for escaped, string in ((True, ESCAPED), (False, PLAIN))
}
_ESCAPE = pattern(r"\\(.)", re.DOTALL)
_COPY_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
_CONTROLS = {**_COPY_CONTROLS, "0": "\0", "Z": "\x1a"}
_UNISTR = pattern(r"\\(?:u([0-9A-Fa-f]{4})|([0-9A-Fa-f]{4})|(\\))")
_CAST = pattern(rb"\s{0,3}(?:AS|as|USING|using)\b[^()']{0,40}(?:\([0-9, ]{0,20}\))?\s{0,3}\)")
_DEEPEST = 8
_MOST_VALUES = 1000


def copied(row: bytes) -> list[str]:
    """Return the columns of a line of COPY."""
    return [_copied(column) for column in row.split(b"\t", _MOST_VALUES)]


def _copied(column: bytes) -> str:
    if column == b"\\N":
        return ""
    column_text = decode_part(column)
    if "\\" not in column_text:
        return column_text
    return _ESCAPE.sub(lambda match: _COPY_CONTROLS.get(match[1], match[1]), column_text)


def values(data: bytes, *, escaped: bool) -> list[str]:
    """Return the values in brackets of one row of INSERT. Raises `BrokenRecord`."""
    reader = _Reader(data, escaped=escaped)
    reader.sign(b"(")
    row_values: list[str] = []
    while len(row_values) < _MOST_VALUES:
        row_values.append(reader.value(0))
        if reader.sign(b",", b")") == b")":
            return row_values
    raise BrokenRecord(f"the row has more than {_MOST_VALUES} values")


class _Reader:
    """Reads the values of a row one after another."""

    def __init__(self, data: bytes, *, escaped: bool) -> None:
        self._data = data
        self._escaped = escaped
        self._token = _TOKEN[escaped]
        self._at = 0

    def sign(self, *wanted: bytes) -> bytes:
        """Return the next token, which must be one of these symbols."""
        next_token = self._next()
        if next_token["sign"] not in wanted:
            raise BrokenRecord("a value in the row never ends, or there is text between two values")
        return next_token["sign"]

    def value(self, depth: int) -> str:
        """Return the next value: terms joined by `||`, each with optional PostgreSQL casts."""
        terms = [self._term(depth)]
        while True:
            value_start = self._at
            token = self._token.match(self._data, value_start)
            if token and token["sign"] == b"||":
                self._at = token.end()
                terms.append(self._term(depth))
            elif token and token["sign"] == b"::":
                self._at = token.end()
                self._next()
            else:
                return "".join(terms)

    def _next(self) -> re.Match[bytes]:
        token = self._token.match(self._data, self._at)
        if token is None:
            raise BrokenRecord("a value in the row cannot be read")
        self._at = token.end()
        return token

    def _term(self, depth: int) -> str:
        next_token = self._next()
        if next_token["string"] is not None:
            string_prefix = (next_token["prefix"] or b"").strip().lower()
            if string_prefix == b"x":
                return _hexadecimal(next_token["string"][1:-1])
            return _string(next_token["string"], escaped=self._escaped or string_prefix == b"e")
        if next_token["e"] is not None:
            return _string(next_token["e"][1:], escaped=True)
        if next_token["call"] is not None and depth < _DEEPEST:
            return self._called(next_token["name"].lower(), depth + 1)
        if next_token["number"] is not None:
            digits = next_token["number"]
            return _hexadecimal(digits[2:]) if digits[:2] == b"0x" else digits.decode("latin-1")
        if next_token["name"] is not None and next_token["call"] is None:
            return ""  # NULL, TRUE, DEFAULT
        raise BrokenRecord("a value in the row cannot be read")

    def _called(self, name: bytes, depth: int) -> str:
        arguments = [self.value(depth)]
        if cast_match := _CAST.match(self._data, self._at):
            self._at = cast_match.end()
            return arguments[0]
        while self.sign(b",", b")") == b",":
            arguments.append(self.value(depth))
            if len(arguments) > _MOST_VALUES:
                raise BrokenRecord("a function in the row has too many arguments")
        function = _FUNCTIONS.get(name)
        return function(arguments) if function else arguments[0]


def _string(quoted: bytes, *, escaped: bool) -> str:
    string_text = decode_part(quoted[1:-1])
    if "''" in string_text:
        string_text = string_text.replace("''", "'")
    if escaped and "\\" in string_text:
        return _ESCAPE.sub(lambda match: _CONTROLS.get(match[1], match[1]), string_text)
    return string_text


def _hexadecimal(digits: bytes) -> str:
    try:
        return decode_part(bytes.fromhex(digits.decode("latin-1")))
    except ValueError:
        return ""


def _replaced(arguments: list[str]) -> str:
    r"""Undo the way in which SQLite writes line breaks: `replace('a\nb','\n',char(10))`."""
    if len(arguments) != 3 or not arguments[1] or len(arguments[2]) > len(arguments[1]):
        return arguments[0]
    return arguments[0].replace(arguments[1], arguments[2])


def _signs(arguments: list[str]) -> str:
    code_points = (int(number) for number in arguments if number.isdecimal() and len(number) < 8)
    return "".join(chr(code_point) for code_point in code_points if code_point < 0x110000)


_FUNCTIONS: dict[bytes, Callable[[list[str]], str]] = {
    b"replace": _replaced,
    b"char": _signs,
    b"chr": _signs,
    b"unistr": lambda given: _UNISTR.sub(
        lambda match: match[3] or chr(int(match[1] or match[2], 16)), given[0]
    ),
    b"concat": "".join,
}


FORMAT = SqlDump()

"""Rows of an SQL dump: of `COPY ... FROM stdin`, and of `INSERT INTO ... VALUES`, cut one by one.

A statement begins at the start of a line. Nothing is executed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from cable_tui.formats.tables.aliases import key
from cable_tui.formats.tables.sql_values import ESCAPED, PLAIN
from cable_tui.formats.tables.window import Window
from cable_tui.pattern import Pattern, pattern

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
"""Bytes of the beginning of a statement, up to its rows."""
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
    """A statement that has rows, at the first of them, or one that names columns."""

    kind: str
    """`copy`, `insert`, `create`, or `damaged`."""
    table: str
    columns: tuple[str, ...]
    """Keys of the columns, as far as the statement names them."""


class SqlRow(NamedTuple):
    """One row."""

    offset: int
    line: int
    data: bytes
    """The line of COPY, or the row of INSERT with its brackets; empty where it is too long."""
    reason: str = ""
    """What is wrong with it, where its end was not found."""


class Statements(Window):
    """The statements of a file, one after the other, and the rows of those that are wanted."""

    kept = 1

    def __init__(self, file: BinaryIO, longest: int, *, escaped: bool) -> None:
        super().__init__(file)
        self._longest = longest
        self._escaped = escaped
        self._endless = 0
        """Rows whose end was not found."""

    def next(self) -> Begun | None:
        """Go to the next statement of a table; None at the end of the file."""
        searched = self.at
        while True:
            found = _STATEMENT.search(self.data, max(searched - 1, self.base) - self.base)
            if found and (found.end() < len(self.data) or not self.more()):
                break
            if found:
                continue
            before = max(self.end - _LONGEST_STATEMENT, self.at)
            self.take(before)
            searched = before
            if not self.more():
                self.take(self.end)
                return None
        self.take(self.base + found.end())
        if found["create"]:
            return Begun("create", _table(found["t3"]), self._created())
        if found["damaged"]:
            return Begun("damaged", "", ())
        if found["copy"]:
            return Begun("copy", _table(found["t1"]), _listed(found["c1"]))
        return Begun("insert", _table(found["t2"]), _listed(found["c2"]))

    def rows(self, begun: Begun) -> Iterator[SqlRow]:
        """The rows of the statement that was gone to."""
        return self._lines() if begun.kind == "copy" else self._brackets()

    def _created(self) -> tuple[str, ...]:
        """The columns of a table that is made, by their order."""
        while self.end < self.at + _LONGEST_STATEMENT and self.more():
            pass
        text = self.bytes(self.at, self.at + _LONGEST_STATEMENT)
        names: list[str] = []
        depth = start = 0
        for found in _tokens(escaped=False).finditer(text):
            sign = found[0]
            if sign == b"(":
                depth += 1
            elif sign in {b",", b")"} and depth == 0:
                names += _column(text[start : found.start()])
                start = found.end()
                if sign == b")":
                    break
            elif sign == b")":
                depth -= 1
        return tuple(names)

    def _lines(self) -> Iterator[SqlRow]:
        """The lines of COPY up to the one that ends them."""
        while (end := self._line_end()) >= 0:
            data = self.bytes(self.at, end).removesuffix(b"\r")
            if data == b"\\.":
                return
            if len(data) > self._longest:
                yield SqlRow(self.at, self.line, b"", "a row of COPY is too long")
            elif data:
                yield SqlRow(self.at, self.line, data)
            self.take(min(end + 1, self.end))
        yield SqlRow(self.at, self.line, b"", "the rows of COPY have no end: the file is cut off")

    def _line_end(self) -> int:
        """Where the line ends that begins here; -1 at the end of the file."""
        searched = self.at
        while (found := self.data.find(b"\n", searched - self.base)) < 0:
            searched = self.end
            if not self.more():
                return self.end if self.at < self.end else -1
        return self.base + found

    def _brackets(self) -> Iterator[SqlRow]:
        while True:
            end = self._closed()
            if end < 0:
                yield SqlRow(self.at, self.line, b"", "a row of INSERT has no end")
                self._endless += 1
                if self._endless > _MOST_ENDLESS:  # each look goes to the end of the file
                    self.take(self.end)
                    return
                if not self.skip_damage():
                    return
                continue
            yield SqlRow(self.at, self.line, self.bytes(self.at, end))
            self.take(end)
            while self.end < end + 256 and self.more():
                pass
            behind = _BEHIND.match(self.data, end - self.base)
            if behind is None:
                yield SqlRow(end, self.line, b"", "text stands behind a row of INSERT")
                if not self.skip_damage():
                    return
                continue
            if not behind["comma"]:
                return
            self.take(self.base + behind.end())

    def skip_damage(self) -> bool:
        """Go behind damage, to the next row of the statement; False where another one begins."""
        searched = self.at
        while not (found := _NEXT.search(self.data, searched - self.base)):
            searched = max(self.end - 32, self.at)
            self.take(searched)
            if not self.more():
                self.take(self.end)
                return False
        self.take(self.base + found.end())
        return not found[0].startswith(b"\n")

    def _closed(self) -> int:
        """Where the row that begins here ends; -1 where it does not."""
        at, depth = self.at, 0
        token = _tokens(escaped=self._escaped)
        while True:
            for found in token.finditer(self.data, at - self.base):
                if found["open"] is not None or found.end() == len(self.data):
                    break  # a text may go on
                at = self.base + found.end()
                if found[0] == b"(":
                    depth += 1
                elif found[0] == b")":
                    depth -= 1
                    if depth <= 0:
                        return at
            if self.end - self.at > self._longest:
                return -1
            if not self.more():
                last = self.data.rstrip().endswith(b")") and depth == 1
                return self.base + len(self.data.rstrip()) if last else -1


@lru_cache
def _tokens(*, escaped: bool) -> Pattern[bytes]:
    string = ESCAPED if escaped else PLAIN
    return pattern(
        rb"(?<![A-Za-z0-9_])[eE]" + ESCAPED + rb"|" + string + rb"|(?P<open>')|[(),]", re.DOTALL
    )


def _table(name: bytes) -> str:
    """A table without the name of its database or schema."""
    return name.decode("latin-1").strip().rpartition(".")[2].strip('`"[]')


def _listed(columns: bytes | None) -> tuple[str, ...]:
    names = (columns or b"").split(b",") if columns else []
    return tuple(key(name.decode("utf-8", "replace")) for name in names)


def _column(item: bytes) -> list[str]:
    found = _ITEM.match(item)
    if not found or (found[4] or b"").lower().decode("latin-1") in _NO_COLUMN:
        return []
    name = next(each for each in found.groups() if each)
    return [key(name.decode("utf-8", "replace"))]

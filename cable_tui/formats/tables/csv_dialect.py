"""How a CSV file is written, found by trying: delimiter, quotes, headings, an index column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import islice
from typing import NamedTuple

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.tables import aliases
from cable_tui.formats.tables.csv_rows import (
    Columns,
    CsvCutter,
    Dialect,
    MoreWanted,
    columns_of,
    row_start,
)
from cable_tui.formats.tables.plan import Plan, is_of_cables, understood
from cable_tui.pattern import pattern

_MARK = b"\xef\xbb\xbf"
_SEPARATOR = pattern(rb"sep=(.)\r?\n?")
_DELIMITERS = ",;\t|"
_LOOKED_AT = 8192
"""Bytes of the first lines that are looked at before anything is tried."""
_ROWS = 200
_DIALECT_ROWS = 20
_NO_NAME = frozenset('{}<>"')
"""Signs that no name of a column has: JSON and mark-up have commas too."""
_INDEX = "column0"
_BEFORE = 4
"""Columns in front of the ids, in which they are looked for behind damage."""


class _Read(NamedTuple):
    """The first rows of a file in some dialect."""

    dialect: Dialect
    start: int
    """Offset of the first row."""
    rows: list[Columns]
    damaged: bool
    """The first rows are followed by one that cannot be read so."""


@lru_cache(maxsize=4)  # the sniffing and the reading ask for the same
def plan_of(head: bytes, *, whole: bool) -> Plan | None:
    """The plan of a CSV file by its first bytes, as UTF-8; None where it holds no cables.

    `whole`: there is nothing behind them.
    """
    start = len(_MARK) if head.startswith(_MARK) else 0
    given = _SEPARATOR.match(head, start)
    start = given.end() if given else start
    while head[start : start + 1] in {b"\r", b"\n"}:
        start += 1
    if not _may_be_table(head[start : start + _LOOKED_AT]):
        return None
    delimiters = given[1].decode("latin-1") if given else _DELIMITERS
    top = head[start : start + _LOOKED_AT]
    present = [sign for sign in delimiters if sign.encode("latin-1") in top]
    best: Plan | None = None
    most = 0
    for read in _reads(head, start, present, whole=whole):
        plan = _plan(read, head)
        if plan is not None and _worth(read) > most:
            best, most = plan, _worth(read)
    return best or _behind_damage(head, start, present, whole=whole)


def claims(head: bytes) -> bool:
    """Whether a file without a plan should hold rows of cables all the same, by its first lines."""
    top = head[:_LOOKED_AT].removeprefix(_MARK).replace(b"\r", b"\n")
    return any(
        any(map(aliases.looks_like_id, cells[:20])) and any(map(aliases.is_date, cells[:20]))
        for line in top.split(b"\n", 4)[:3]
        for cells in _cells(line)
    )


def _may_be_table(top: bytes) -> bool:
    """A quick look: a known heading, or an id between two delimiters, in the first line.

    Or an id in the second: headings may be in a language that we do not know.
    """
    lines = top.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n", 2)
    for cells in _cells(lines[0]):
        if any(map(aliases.looks_like_id, cells)):
            return True
        if "id" in aliases.roles_named(map(aliases.key, cells)):
            return True
    second = _cells(lines[1]) if len(lines) > 1 else ()
    return any(any(map(aliases.looks_like_id, cells)) for cells in second)


def _cells(line: bytes) -> Iterator[list[str]]:
    """The first cells of a line by each delimiter that it has."""
    text = line.decode("latin-1")
    for sign in _DELIMITERS:
        if sign in text:
            yield [cell.strip().strip('"') for cell in text.split(sign)[:100]]


def _behind_damage(head: bytes, start: int, delimiters: list[str], *, whole: bool) -> Plan | None:
    """The plan of a file whose first row is damaged, by a later row that begins with an id."""
    for sign in delimiters:
        dialect = Dialect(sign, carriage=_ends_in_carriage_returns(head))
        for before in range(_BEFORE):
            found = row_start(dialect, before).search(head, start)
            if not found:
                continue
            rows, _ = _rows(head, found.end(), dialect, _DIALECT_ROWS, whole=whole)
            plan = _plan(_Read(dialect, start, rows, damaged=True), head) if rows else None
            if plan is not None:
                return plan
    return None


def _worth(read: _Read) -> int:
    """How many columns come out right."""
    width = len(read.rows[-1].values)
    fitting = sum(len(row.values) == width for row in read.rows)
    return (fitting * width << 1) + (not read.damaged)


def _reads(head: bytes, start: int, delimiters: list[str], *, whole: bool) -> Iterator[_Read]:
    carriage = _ends_in_carriage_returns(head)
    for sign in delimiters:
        for escaped in (False, True) if b'\\"' in head else (False,):
            dialect = Dialect(sign, escaped, carriage)
            rows, damaged = _rows(head, start, dialect, _DIALECT_ROWS, whole=whole)
            if rows and len(rows[0].values) > 1:
                yield _Read(dialect, start, rows, damaged)


def _ends_in_carriage_returns(head: bytes) -> bool:
    """Whether its lines end as those of old computers did; a few others may stand in its texts."""
    return head.count(b"\n") * 8 < head.count(b"\r")


def _rows(
    head: bytes, at: int, dialect: Dialect, most: int, *, whole: bool
) -> tuple[list[Columns], bool]:
    rows: list[Columns] = []
    while at < len(head) and len(rows) < most:
        try:
            row = columns_of(head, at, dialect, whole=whole)
        except MoreWanted:
            break
        except BrokenRecord:
            return rows, True
        if any(map(bytes.strip, row.values)):
            rows.append(row)
        at = row.following
    return rows, False


def _plan(read: _Read, head: bytes) -> Plan | None:
    first = read.rows[0]
    start = read.start
    headed = _is_heading(first)
    if headed:
        names = [aliases.key(decode_part(name)) for name in first.values]
        start = first.following
        numbered = [_INDEX, *names]  # by programs that name the numbers of their rows nothing
        both = [len(_samples(read.dialect, each, head[start:])) for each in (names, numbered)]
        names = numbered if both[1] > both[0] else names
    else:
        widths = Counter(len(row.values) for row in read.rows)
        usual = max(read.rows, key=lambda row: widths[len(row.values)] * len(row.values) ** 2)
        names = _headless(_decoded(usual if _headless(_decoded(first))[0] == "column1" else first))
    names = [name or f"column{at}" for at, name in enumerate(names)]
    samples = _samples(read.dialect, names, head[start:])
    plan = Plan(names=tuple(names), dialect=(*_written(read.dialect), "0"), start=start)
    plan = understood(plan, names, samples)
    if not headed and names[0] == "column1" and not _is_sure(plan):
        return None
    if not is_of_cables(plan, names, samples):
        return plan if headed and _claims(names, samples) else None
    found = [aliases.id_name(plan.facts(names, row)) for row in samples]
    known = max((each for each in set(found) if each), key=found.count)
    own = next((name for name, means in plan.renamed if means == known), known)
    return plan._replace(own=own, dialect=(*_written(read.dialect), str(names.index(own))))


def _samples(dialect: Dialect, names: list[str], head: bytes) -> list[list[str]]:
    """The first rows whose columns come out."""
    ids = (names.index(name) for name in aliases.ROLES["id"] if name in names)
    cutter = CsvCutter(BytesIO(head), dialect, len(names), next(ids, 0), len(head))
    rows = (row.columns for row in cutter.rows() if row.columns)
    return [list(map(decode_part, columns)) for columns in islice(rows, _ROWS)]


def _is_sure(plan: Plan) -> bool:
    """Whether columns without any name can be told by their values: enough of them, and a text."""
    known = {means for _, means in plan.renamed}
    told = {"referenceid", "created"} <= known and not known.isdisjoint(("body", "header"))
    return told and len(plan.names) > 3


def _claims(names: list[str], samples: list[list[str]]) -> bool:
    """Whether headings alone say that cables should stand below them.

    Those of the History Lab do; others where no row below them can be read.
    """
    if "body" not in aliases.roles_named(names):
        return False
    return "docnbr" in names or (not samples and not aliases.STRONG_IDS.isdisjoint(names))


def _written(dialect: Dialect) -> tuple[str, str, str]:
    return dialect.delimiter, "1" * dialect.escaped, "1" * dialect.carriage


def _decoded(row: Columns) -> list[str]:
    return [decode_part(each) for each in row.values]


def _is_heading(row: Columns) -> bool:
    """Whether a first row names columns: words, and none of them is an id or a date."""
    cells = [cell.strip() for cell in _decoded(row)]
    if any(map(aliases.looks_like_id, cells)) or any(map(aliases.is_classification, cells)):
        return False
    return all(len(cell) < 100 and _NO_NAME.isdisjoint(cell) for cell in cells)


def _headless(cells: list[str]) -> list[str]:
    """Names for columns without headings: the eight of the dump where they fit."""
    eight = [*aliases.HEADLESS, "body"]
    for extra in (0, 1):
        at = extra + 2
        if len(cells) == 8 + extra and aliases.looks_like_id(cells[at]):
            return [_INDEX] * extra + eight
    return [f"column{at + 1}" for at in range(len(cells))]

"""A row of a file, and the plan: the facts about the file that are needed to read one.

The plan is found in the file alone, mostly in its first bytes, so that it is the same whenever a
record is read. It is handed to `Format.at` before the record's own bytes, as a line of JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from glob import escape
from typing import NamedTuple

from cable_tui.base.pattern import pattern
from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.split_header import begins_as_telegram
from cable_tui.formats.tables import aliases, days, table_record
from cable_tui.formats.tables.days import Order
from cable_tui.formats.tables.html_text import is_html, with_line_ends
from cable_tui.text.cleaning import json_text

_SHOWN = 40
_MOST_SHOWN = 12
_LONG_TEXT = 150
_FEW = 2
_LEAST_SURE, _LEAST_ALIKE = 20, 3
"""Sure: an id in one row of the first number; alike: signs of a telegram in one of the second."""


_LIST = "a list"
"""What a column is taken for that is named like one of texts and has none."""
_NO_PROSE = "{} has lists of words or names, no sentences: not read as the text of cables"
_PROSE = 4000
_ITEMS = pattern(r"[;,|\n]|(?<=['\"]) ")
_LONGEST_ITEM = 6
"""Words of the longest item of a list."""
_ENDS = (".", "!", "?", ":")
_HTML = "its texts have mark-up (HTML): they are read as a page's, and shown without it"

_LINE_ENDS = "its texts have line ends written as signs (\\n, _x000D_): they are read as line ends"


class Plan(NamedTuple):
    """Facts about a file that `at` needs."""

    codec: str = ""
    """The codec of UTF-16; empty for UTF-8 and single bytes."""
    order: Order = "month first"
    names: tuple[str, ...] = ()
    """Keys of the columns, in order, if the records themselves do not have them."""
    renamed: tuple[tuple[str, str], ...] = ()
    """Keys and what they are taken for, if their names alone do not say it."""
    dialect: tuple[str, ...] = ()
    """The form of the records, in the terms of the file's format."""
    start: int = 0
    """Offset of the first record, in UTF-8."""
    own: str = ""
    """Key of the column of the ids."""
    doubts: tuple[str, ...] = ()
    """Sentences for the reader on guesses."""
    parts: tuple[str, ...] = ()
    """If rows are parts of cables: the key of their numbers, empty if they have none, and the
    number of the first part, empty if they do not rise by one."""

    def pack(self) -> bytes:
        """Return a line that `unpacked` reads."""
        return json.dumps(self._replace(doubts=())).encode() + b"\n"

    def facts(self, names: Sequence[str], values: Sequence[str]) -> dict[str, str]:
        """Return values by the keys of their columns; for a repeated key, the first filled one."""
        role_by_column = dict(self.renamed)
        row_facts: dict[str, str] = {}
        for name, value_given in zip(names, values, strict=False):
            known_name = (
                aliases.OWN if name == self.own and name else role_by_column.get(name, name)
            )
            if value_given and not row_facts.get(known_name):
                row_facts[known_name] = value_given
            else:
                row_facts.setdefault(known_name, value_given)
        return row_facts


class TableRow(NamedTuple):
    """A row or object of a file, or some bytes in its place."""

    offset: int
    """Offset of the row in the text as UTF-8."""
    line: int
    """Line number, from 1."""
    data: bytes
    """Bytes of the row without its line end; empty if it is too long."""
    reason: str = ""
    """The fault, if it cannot be read."""
    columns: tuple[bytes, ...] = ()
    """The columns of a readable row of CSV."""
    before: bytes = b""
    """Bytes between the row before it and this one."""
    plan: Plan | None = None
    """The plan of its table, in a file of several."""
    table: int = 0
    """Number of the table; 0 for the first."""


def unpacked(record: bytes) -> tuple[Plan, bytes]:
    """Return the plan before a record, and the record. Raises `BrokenRecord`."""
    first_line, _, rest_of_record = record.partition(b"\n")
    try:
        codec, order, names, renamed_columns, dialect, start, own_column, _, parts = json.loads(
            first_line
        )
        pairs = tuple((name, known_name) for name, known_name in renamed_columns)
    except (ValueError, TypeError):
        raise BrokenRecord("the file is no longer a table of cables") from None
    plan = Plan(codec, order, tuple(names), pairs, tuple(dialect), start, own_column)
    return plan._replace(parts=tuple(parts)), rest_of_record


def understood(
    plan: Plan,
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    chosen: Mapping[str, str] | None = None,
) -> Plan:
    """Return the plan with facts from some rows: the meanings of columns, the order of dates.

    `chosen` are roles of columns that the reader has named: no other column has these.
    """
    known_by_name = _named(aliases.unprefixed(names), names, chosen or {})
    guessed_names = aliases.guessed([known_by_name.get(name, name) for name in names], rows)
    plan = plan._replace(renamed=(*known_by_name.items(), *guessed_names.items()))
    facts = [plan.facts(names, row) for row in rows]
    dates = days.order_of(aliases.first(values, "created") for values in facts)
    doubts = [*_doubts(guessed_names, dates)]
    if any(is_html(aliases.first(values, "body")) for values in facts):
        doubts.append(_HTML)
    if any(with_line_ends(text) != text for text in (aliases.first(f, "body") for f in facts)):
        doubts.append(_LINE_ENDS)
    lists = () if chosen else _lists(plan, names, facts)
    if lists:
        kept_pairs = tuple(pair for pair in plan.renamed if pair[0] not in lists)
        plan = plan._replace(renamed=(*kept_pairs, *((name, _LIST) for name in lists)))
        doubts = [doubt for doubt in doubts if not any(repr(name) in doubt for name in lists)]
        doubts.append(_NO_PROSE.format(", ".join(lists)))
    return plan._replace(order=dates.order, doubts=tuple(doubts))


def _named(
    known: dict[str, str], names: Sequence[str], chosen: Mapping[str, str]
) -> dict[str, str]:
    """Return the known names with those that the reader has chosen.

    No other column has their roles.
    """
    names_taken = {name for role in chosen.values() if role != "id" for name in aliases.ROLES[role]}
    other_names = {name: f"other {name}" for name in names if known.get(name, name) in names_taken}
    return {
        **known,
        **other_names,
        **{name: aliases.ROLES[role][0] for name, role in chosen.items()},
    }


def _lists(plan: Plan, names: Sequence[str], rows: Sequence[aliases.Facts]) -> list[str]:
    """Return the columns of texts that hold lists or names: no row of them has a sentence."""
    role_by_column = dict(plan.renamed)
    list_columns = []
    for name in dict.fromkeys(names):
        known_name = role_by_column.get(name, name)
        values = [row[known_name] for row in rows if row.get(known_name, "").strip()]
        if known_name in aliases.BODIES and len(values) > _FEW and not any(map(_is_prose, values)):
            list_columns.append(name)
    return list_columns


def _is_prose(text: str) -> bool:
    """Return whether a text has a sentence, or the first line of a telegram."""
    start = text[:_PROSE]
    if begins_as_telegram(start) or is_html(start):
        return True
    items = _ITEMS.split(start.strip("[](){}"))
    return any(len(item.split()) > _LONGEST_ITEM or item.rstrip().endswith(_ENDS) for item in items)


def _doubts(renamed: dict[str, str], dates: days.Days) -> Iterator[str]:
    for name, known_name in renamed.items():
        label = name if name.isprintable() else "?"
        meaning = _LABELS.get(known_name, known_name)
        yield f"column {label[:_SHOWN]!r} is taken for the {meaning}, by its values"
    if dates.doubt:
        yield (
            f"dates such as {dates.doubt[:_SHOWN]} can be read in two ways, and no other date "
            f"decides: taken as {dates.order}; write them as 2009-02-13 to be sure"
        )


_LABELS = {
    "referenceid": "reference",
    "created": "date",
    "body": "text",
    "header": "transmission header",
}


def unnamed(path: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a sentence on a table of unknown columns, with a line for the settings."""
    length_by_name = {
        name: sum(len(row[index]) for row in rows if index < len(row))
        for index, name in enumerate(names)
    }
    text = max(names, key=lambda name: length_by_name[name], default="")
    values_by_name = {
        name: {row[index] for row in rows if index < len(row) and row[index].strip()}
        for index, name in enumerate(names)
        if name != text
    }
    ids = max(
        values_by_name,
        key=lambda name: (sum(map(_is_mixed, values_by_name[name])), len(values_by_name[name])),
        default=text,
    )
    match, ids, text = (
        json_text(part) for part in (escape(path.replace("\\", "/").rpartition("/")[2]), ids, text)
    )
    shown = ", ".join(name[:_SHOWN] for name in names[:_MOST_SHOWN])
    more = f" and {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else ""
    return (
        f"no rule knows which of its columns has the ids of cables: {shown}{more}; name them in "
        f"config.toml, for example: tables = [{{match = {match}, id = {ids}, text = {text}}}]"
    )


def _is_mixed(value: str) -> bool:
    return not (value.isdecimal() or value.isalpha() or aliases.is_date(value))


def says_telegrams(rows: Iterable[Sequence[str]]) -> bool:
    """Return whether a long value begins as the text of a telegram, whatever column it is in."""
    return any(
        len(value) > _LONG_TEXT and begins_as_telegram(value) for row in rows for value in row
    )


def is_of_cables(plan: Plan, names: Sequence[str], rows: Iterable[Sequence[str]]) -> bool:
    """Return whether rows hold cables: an id that looks like one, and something else of a cable.

    A row without an id is one of a telegram if it says so otherwise; names of files are ids of
    texts only.
    """
    role_by_column = dict(plan.renamed)
    known_names = [role_by_column.get(name, name) for name in names]
    other_roles = aliases.roles_named(known_names) - {"id", "references"}
    if not other_roles & _TELLING:
        return False
    rows_seen = sure_rows = alike_rows = 0
    own_ids = set[str]()
    for row in rows:
        facts = plan.facts(names, row)
        if not any(map(str.strip, row)):
            continue
        rows_seen += 1
        name = aliases.id_name(facts)
        given_id = aliases.stem(name, facts[name]) if name else ""
        if name in aliases.FILES and "body" not in other_roles:
            continue
        if aliases.looks_like_id(given_id) or (
            not given_id.strip() and table_record.says_its_id(facts)
        ):
            sure_rows += 1
            own_ids.add(given_id)
        elif not given_id.strip() and table_record.is_telegram(facts):
            alike_rows += 1
    if rows_seen <= _FEW:
        return sure_rows > 0
    if _LIST in role_by_column.values() and len(own_ids) * 2 <= sure_rows:
        return False  # some rows for each cable, and none has a text: an analysis
    return (
        sure_rows * _LEAST_SURE >= rows_seen
        and (sure_rows + alike_rows) * _LEAST_ALIKE >= rows_seen
    )


def key_of_ids(plan: Plan, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the key of the ids in most rows that have one; empty if there is none."""
    keys = [aliases.id_name(plan.facts(names, row)) for row in rows]
    return max(filter(None, keys), key=keys.count, default="")


def column_of_ids(plan: Plan, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the column of the ids in the file's own spelling."""
    known_column = key_of_ids(plan, names, rows)
    return next(
        (name for name, meant_column in plan.renamed if meant_column == known_column), known_column
    )


def of_cables(plan: Plan, rows: Sequence[Sequence[str]]) -> Plan | None:
    """Return the plan of a table of a database by some rows; None if they are not cables."""
    plan = understood(plan, plan.names, rows)
    if not is_of_cables(plan, plan.names, rows):
        return None
    return plan._replace(own=key_of_ids(plan, plan.names, rows))


_TELLING = frozenset("created classification origin title header body tags".split())

"""A row of a file, and the plan: what must be known about the file to read a row.

The plan depends only on the file, mostly on its first bytes, so that it is the same whenever a
record is read. It is passed to `Format.at` as a line of JSON before the record's own bytes.
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
"""One row in this many must have an ID, and one row in this many must have an ID or the form of a
telegram.
"""


_LIST = "a list"
"""The role of a column that is named like a text column but contains none."""
_NO_PROSE = (
    "{} contains lists of words or names instead of sentences, so it was not read as the "
    "text of cables"
)
_PROSE = 4000
_ITEMS = pattern(r"[;,|\n]|(?<=['\"]) ")
_LONGEST_ITEM = 6
"""The maximum number of words in an item of a list."""
_ENDS = (".", "!", "?", ":")
_HTML = "its texts contain HTML: they are read as pages and shown without markup"

_LINE_ENDS = (
    "the line breaks in its texts are written as codes (\\n, _x000D_), and are read as line breaks"
)


class Plan(NamedTuple):
    """The facts about a file that `Format.at` needs."""

    codec: str = ""
    """The codec of a UTF-16 file, or an empty string for UTF-8 and single-byte encodings."""
    order: Order = "month first"
    names: tuple[str, ...] = ()
    """The column keys in order, or empty if the records have their own keys."""
    renamed: tuple[tuple[str, str], ...] = ()
    """Pairs of a column key and the role assigned to it, if its name does not show the role."""
    dialect: tuple[str, ...] = ()
    """The form of the records, in terms of the file's format."""
    start: int = 0
    """The offset of the first record in UTF-8."""
    own: str = ""
    """The key of the ID column."""
    doubts: tuple[str, ...] = ()
    """Messages to the user about assumptions."""
    parts: tuple[str, ...] = ()
    """Set if rows are parts of cables: the key of the column with part numbers, or an empty string
    without one, and the number of the first part, or an empty string if numbers do not increase by
    one.
    """

    def pack(self) -> bytes:
        """Return the plan as a line that `unpacked` reads."""
        return json.dumps(self._replace(doubts=())).encode() + b"\n"

    def facts(self, names: Sequence[str], values: Sequence[str]) -> dict[str, str]:
        """Return the values by column key; if a key is repeated, the first non-empty value."""
        role_by_column = dict(self.renamed)
        row_facts: dict[str, str] = {}
        for column_name, cell_value in zip(names, values, strict=False):
            fact_key = (
                aliases.OWN
                if column_name == self.own and column_name
                else role_by_column.get(column_name, column_name)
            )
            if cell_value and not row_facts.get(fact_key):
                row_facts[fact_key] = cell_value
            else:
                row_facts.setdefault(fact_key, cell_value)
        return row_facts


class TableRow(NamedTuple):
    """A row or object in a file, or some bytes that are not a row."""

    offset: int
    """The offset of the row in the text as UTF-8."""
    line: int
    """The line number, from 1."""
    data: bytes
    """The bytes of the row without its line ending, or empty if it is too long."""
    reason: str = ""
    """The reason why the row cannot be read, or an empty string."""
    columns: tuple[bytes, ...] = ()
    """The columns of a readable CSV row."""
    before: bytes = b""
    """The bytes between the previous row and this one."""
    plan: Plan | None = None
    """The plan of the row's table, in a file with several tables."""
    table: int = 0
    """The number of the table, starting at 0."""


def unpacked(record: bytes) -> tuple[Plan, bytes]:
    """Return the plan that precedes a record, and the record. Raises `BrokenRecord`."""
    plan_line, _, rest_of_record = record.partition(b"\n")
    try:
        codec, order, names, renamed_columns, dialect, first_offset, own_column, _, parts = (
            json.loads(plan_line)
        )
        renamed_pairs = tuple((column_key, role_key) for column_key, role_key in renamed_columns)
    except (ValueError, TypeError):
        raise BrokenRecord("the file is no longer a table of cables") from None
    plan = Plan(codec, order, tuple(names), renamed_pairs, tuple(dialect), first_offset, own_column)
    return plan._replace(parts=tuple(parts)), rest_of_record


def understood(
    plan: Plan,
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    chosen: Mapping[str, str] | None = None,
) -> Plan:
    """Return the plan completed from the given rows: column roles and the order of dates.

    `chosen` contains the user's column assignments; no other column gets their roles.
    """
    named_roles = _named(aliases.unprefixed(names), names, chosen or {})
    guessed_roles = aliases.guessed(
        [named_roles.get(column_name, column_name) for column_name in names], rows
    )
    plan = plan._replace(renamed=(*named_roles.items(), *guessed_roles.items()))
    row_facts = [plan.facts(names, row) for row in rows]
    date_order = days.order_of(aliases.first(one_row, "created") for one_row in row_facts)
    doubts = [*_doubts(guessed_roles, date_order)]
    if any(is_html(aliases.first(one_row, "body")) for one_row in row_facts):
        doubts.append(_HTML)
    if any(
        with_line_ends(body_text) != body_text
        for body_text in (aliases.first(one_row_facts, "body") for one_row_facts in row_facts)
    ):
        doubts.append(_LINE_ENDS)
    list_columns = () if chosen else _lists(plan, names, row_facts)
    if list_columns:
        kept_pairs = tuple(pair for pair in plan.renamed if pair[0] not in list_columns)
        plan = plan._replace(
            renamed=(*kept_pairs, *((column_name, _LIST) for column_name in list_columns))
        )
        doubts = [
            doubt
            for doubt in doubts
            if not any(repr(column_name) in doubt for column_name in list_columns)
        ]
        doubts.append(_NO_PROSE.format(", ".join(list_columns)))
    return plan._replace(order=date_order.order, doubts=tuple(doubts))


def _named(
    known_names: dict[str, str], names: Sequence[str], chosen: Mapping[str, str]
) -> dict[str, str]:
    """Return the known column names with the user's assignments added.

    Other columns lose these roles.
    """
    taken_keys = {
        column_name
        for role in chosen.values()
        if role != "id"
        for column_name in aliases.ROLES[role]
    }
    other_names = {
        column_name: f"other {column_name}"
        for column_name in names
        if known_names.get(column_name, column_name) in taken_keys
    }
    return {
        **known_names,
        **other_names,
        **{column_name: aliases.ROLES[role][0] for column_name, role in chosen.items()},
    }


def _lists(plan: Plan, names: Sequence[str], rows: Sequence[aliases.Facts]) -> list[str]:
    """Return text columns that contain only lists or names: no row has a sentence in them."""
    role_by_column = dict(plan.renamed)
    list_columns = []
    for column_name in dict.fromkeys(names):
        column_role = role_by_column.get(column_name, column_name)
        filled_values = [row[column_role] for row in rows if row.get(column_role, "").strip()]
        if (
            column_role in aliases.BODIES
            and len(filled_values) > _FEW
            and not any(map(_is_prose, filled_values))
        ):
            list_columns.append(column_name)
    return list_columns


def _is_prose(text: str) -> bool:
    """Return whether a text contains a sentence, or begins as a telegram or with markup."""
    text_start = text[:_PROSE]
    if begins_as_telegram(text_start) or is_html(text_start):
        return True
    list_items = _ITEMS.split(text_start.strip("[](){}"))
    return any(
        len(list_item.split()) > _LONGEST_ITEM or list_item.rstrip().endswith(_ENDS)
        for list_item in list_items
    )


def _doubts(renamed: dict[str, str], dates: days.Days) -> Iterator[str]:
    for column_name, column_role in renamed.items():
        shown_name = column_name if column_name.isprintable() else "?"
        meaning = _LABELS.get(column_role, column_role)
        yield f"column {shown_name[:_SHOWN]!r} is read as the {meaning}, judging by its values"
    if dates.doubt:
        yield (
            f"dates such as {dates.doubt[:_SHOWN]} can be read in two ways, and no other date "
            f"shows which is right, so they are read as {dates.order}. Write dates as 2009-02-13 "
            "to be sure"
        )


_LABELS = {
    "referenceid": "reference",
    "created": "date",
    "body": "text",
    "header": "transmission header",
}


def unnamed(path: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a message about a table with unknown columns, with an example for the settings."""
    length_by_name = {
        column_name: sum(len(row[column_index]) for row in rows if column_index < len(row))
        for column_index, column_name in enumerate(names)
    }
    text = max(names, key=lambda name: length_by_name[name], default="")
    values_by_name = {
        column_name: {
            row[column_index]
            for row in rows
            if column_index < len(row) and row[column_index].strip()
        }
        for column_index, column_name in enumerate(names)
        if column_name != text
    }
    ids = max(
        values_by_name,
        key=lambda name: (sum(map(_is_mixed, values_by_name[name])), len(values_by_name[name])),
        default=text,
    )
    file_name, ids, text = (
        json_text(json_part)
        for json_part in (
            escape(path.replace("\\", "/").rpartition("/")[2]),
            ids,
            text,
        )
    )
    shown = ", ".join(column_name[:_SHOWN] for column_name in names[:_MOST_SHOWN])
    further = f" and {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else ""
    return (
        f"it is unclear which column contains the cable IDs ({shown}{further}); set the columns in "
        f"config.toml, for example: tables = [{{match = {file_name}, id = {ids}, text = {text}}}]"
    )


def _is_mixed(value: str) -> bool:
    return not (value.isdecimal() or value.isalpha() or aliases.is_date(value))


def says_telegrams(rows: Iterable[Sequence[str]]) -> bool:
    """Return whether a long value in any column begins like the text of a telegram."""
    return any(
        len(cell_value) > _LONG_TEXT and begins_as_telegram(cell_value)
        for row in rows
        for cell_value in row
    )


def is_of_cables(plan: Plan, names: Sequence[str], rows: Iterable[Sequence[str]]) -> bool:
    """Return whether rows are cables: they have an ID in its usual form, and another fact.

    A row without an ID counts if its text shows an ID or the form of a telegram. File names are
    accepted as IDs only in tables with texts.
    """
    role_by_column = dict(plan.renamed)
    column_roles = [role_by_column.get(id_key, id_key) for id_key in names]
    other_roles = aliases.roles_named(column_roles) - {"id", "references"}
    if not other_roles & _TELLING:
        return False
    row_count = sure_rows = alike_rows = 0
    own_ids = set[str]()
    for row in rows:
        row_facts = plan.facts(names, row)
        if not any(map(str.strip, row)):
            continue
        row_count += 1
        id_key = aliases.id_name(row_facts)
        own_id = aliases.stem(id_key, row_facts[id_key]) if id_key else ""
        if id_key in aliases.FILES and "body" not in other_roles:
            continue
        if aliases.looks_like_id(own_id) or (
            not own_id.strip() and table_record.says_its_id(row_facts)
        ):
            sure_rows += 1
            own_ids.add(own_id)
        elif not own_id.strip() and table_record.is_telegram(row_facts):
            alike_rows += 1
    if row_count <= _FEW:
        return sure_rows > 0
    if _LIST in role_by_column.values() and len(own_ids) * 2 <= sure_rows:
        return False  # some rows for each cable, and none has a text: an analysis
    return (
        sure_rows * _LEAST_SURE >= row_count
        and (sure_rows + alike_rows) * _LEAST_ALIKE >= row_count
    )


def key_of_ids(plan: Plan, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the column key that identifies most rows, or an empty string if no row has an ID."""
    id_keys = [aliases.id_name(plan.facts(names, row)) for row in rows]
    return max(filter(None, id_keys), key=id_keys.count, default="")


def column_of_ids(plan: Plan, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the ID column's key as derived from the file's own column name."""
    id_key = key_of_ids(plan, names, rows)
    return next(
        (column_key for column_key, column_role in plan.renamed if column_role == id_key), id_key
    )


def of_cables(plan: Plan, rows: Sequence[Sequence[str]]) -> Plan | None:
    """Return the plan of a database table from the given rows, or None if they are not cables."""
    plan = understood(plan, plan.names, rows)
    if not is_of_cables(plan, plan.names, rows):
        return None
    return plan._replace(own=key_of_ids(plan, plan.names, rows))


_TELLING = frozenset("created classification origin title header body tags".split())

"""Cables as JSON objects: in lists, lines, objects by ID, database exports and API responses.

A record is an outermost object that contains or follows an ID, and contains another fact about a
cable. The text around it, such as the rest of an API response, is ignored. Scrapes of PlusD have
the labels of its pages as keys, in any common spelling (`Canonical ID`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from itertools import islice
from typing import NamedTuple

from cable_tui.base.cable import PLUSD, Location, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.file_text import Utf8File
from cable_tui.formats.split_header import begins_as_telegram
from cable_tui.formats.tables import aliases, table_record
from cable_tui.formats.tables.aliases import Facts
from cable_tui.formats.tables.json_rows import ACTION, STRING, Shape, facts_of, objects
from cable_tui.formats.tables.parts import with_parts
from cable_tui.formats.tables.row_plan import (
    Plan,
    TableRow,
    column_of_ids,
    is_of_cables,
    says_telegrams,
    understood,
)
from cable_tui.formats.tables.text_table import TextTable


class JsonTable(TextTable):
    """A JSON file with one object per cable."""

    name = "table-json"
    label = "JSON with one object per cable"
    without = "no object in its first part has a cable ID and a text or date"

    def matches(self, path: str, head: bytes) -> bool:
        """Recognize a file by the keys and values of its objects."""
        is_known = self.plan_of(head) is not None
        if is_known or self.columns:
            return is_known
        has_ending = path.lower().endswith(_ENDINGS)
        is_claimed = (has_ending or bool(_START.match(head))) and claims(head)
        return is_claimed or (has_ending and says_telegrams(self.seen(head)[1]))

    def plan_of(self, head: bytes) -> Plan | None:
        """Implement `TextTable.plan_of`."""
        return plan_of(head, self.columns)

    def seen(self, head: bytes) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        """Implement `TextTable.seen`."""
        fact_rows = _facts(head, _shape(head, {}) or Shape(int(head.lstrip()[:1] == b"[")))
        return table_of(fact_rows)

    def rows(self, plan: Plan, file: Utf8File) -> Iterator[TableRow]:
        """Implement `TextTable.rows`."""
        return objects(file, LONGEST_RECORD, shape_of(plan))

    def within(self, plan: Plan) -> Plan:
        """Implement `TextTable.within`."""
        _, _, pairs = plan.dialect
        return plan._replace(dialect=("0", "", pairs))

    def values(self, plan: Plan, row: TableRow) -> tuple[Sequence[str], Sequence[str]]:  # noqa: ARG002
        """Implement `TextTable.values`."""
        row_facts = facts_of(row.data)
        return tuple(row_facts), tuple(row_facts.values())


class PlusdJson(JsonTable):
    """Cables scraped from PlusD into JSON."""

    name = "plusd-json"
    label = "JSON scraped from WikiLeaks PlusD"
    repository = PLUSD

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by the key of the ID, which differs from that of our own exports."""
        return bool(_OBJECT_START.match(head) and _OURS.search(head)) and _EXPORTED not in head

    def cable(self, facts: Facts, location: Location, plan: Plan, *, full: bool = True) -> RawCable:
        """Implement `TextTable.cable`.

        Raises `BrokenRecord` for a record without a text, unless the record states where the text
        is.
        """
        raw = super().cable(facts, location, plan, full=full)
        return raw if raw.body.strip() else table_record.without_text(raw, facts)


_OBJECT_START = pattern(rb"\s{0,1000}(?:\[\s{0,1000})?\{")
_OURS = pattern(rb'"canonical[ _]?id:?"\s{0,20}:', re.IGNORECASE)
_EXPORTED = b'"reference_id"'

# The locations of the records in a file, found in its first bytes

_TOKEN = pattern(
    STRING + rb"(?:(\s{0,80}:)|(?=\s{0,80}(?:[,}\]]|\Z))|(\s{0,80}\S))|[{}\[\]]", re.DOTALL
)
"""Matches a string and the next character: a colon, another valid one, or an invalid one (group 3).
"""
_ENDINGS = (".json", ".jsonl", ".ndjson", ".geojson", ".jl", ".jsonlines")
_START = pattern(rb"(?:\xef\xbb\xbf)?\s{0,1000}[\[{]")
_NAMED_ID = pattern(
    rb'"([A-Za-z_ -]{1,40}):?"\s{0,20}:\s{0,20}"\s{0,3}' + aliases.ID + rb'\s{0,3}"'
)
_MOST_TOKENS = 200_000
_ENOUGH = 20
_ROWS = 100
_DEEPEST = 12
_BEGINNING = 200
"""The maximum number of bytes of a key or value to examine."""
_NEAR = 200
"""The maximum number of bytes of white space before an object."""
_ID = "canonicalid"
_UNTOLD = "data"
"""The key for a text of any type; its values have to show whether it is a cable."""


class _Frame:
    """An open object or list while the first bytes of a file are scanned."""

    __slots__ = (
        *("before", "chosen", "ids", "inner", "is_telegram"),
        *("key", "keyed", "names", "own", "sign"),
    )

    def __init__(self, sign: bytes, before: int, chosen: Mapping[str, str], *, keyed: bool) -> None:
        self.sign = sign
        self.chosen = chosen
        self.key = ""
        self.names: set[str] = set()
        self.own: set[str] = set()
        """The object's own keys, excluding those of inner objects."""
        self.inner: list[set[str]] = []
        """The keys of ID columns in each inner object that has any, such as `meta.reference`."""
        self.ids: set[str] = set()
        """Keys of values that look like IDs."""
        self.is_telegram = False
        """Whether a long value begins like the text of a telegram."""
        self.before = before
        """The number of records that were found before this object opened."""
        self.keyed = keyed
        """Whether the object follows a key that looks like an ID."""

    @property
    def is_record(self) -> bool:
        """Whether the object is the record of a cable."""
        if self.chosen:
            return self.sign == b"{" and self.chosen.keys() <= self.names
        id_keys = self.ids
        if not id_keys and len(self.inner) == 1 and not aliases.BODIES.isdisjoint(self.own):
            id_keys = self.inner[0]
        if self.sign != b"{" or not (id_keys or self.keyed or self.is_telegram):
            return False
        if not (self.keyed or self.is_telegram) and aliases.IDS.isdisjoint(id_keys):
            names_without_prefix = aliases.unprefixed([*self.names])
            if not any(names_without_prefix.get(id_key) in aliases.IDS for id_key in id_keys):
                return False
        other_roles = aliases.roles_named(self.names - (id_keys & aliases.FILES)) - {
            "id",
            "references",
        }
        return bool(other_roles) or _UNTOLD in self.names


class _Seen(NamedTuple):
    depth: int
    keyed: bool


@lru_cache(maxsize=4)  # the sniffing and the reading ask for the same
def plan_of(head: bytes, columns: str = "") -> Plan | None:
    """Return the plan of a JSON file from its first bytes as UTF-8, or None if it has no cables.

    `columns` are the user's column assignments, which must be present.
    """
    chosen_columns = aliases.chosen(columns)
    if not _START.match(head) and not claims(head):
        return None
    shape = _shape(head, chosen_columns)
    if shape is None:
        return None
    row_facts = _facts(head, shape)
    shape_as_text = (str(shape.depth), "1" * shape.keyed, "1" * shape.pairs)
    plan = plan_of_rows(Plan(dialect=shape_as_text), row_facts, chosen_columns)
    return plan and with_parts(plan, *table_of(row_facts))


def _facts(head: bytes, shape: Shape) -> list[dict[str, str]]:
    """Return the facts of the first records that can be read."""
    fact_rows: list[dict[str, str]] = []
    for row in islice(objects(BytesIO(head), len(head), shape), _ROWS):
        with suppress(BrokenRecord):
            fact_rows.append(facts_of(row.data or b""))
    return fact_rows


def table_of(rows: Sequence[Facts]) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """Return the keys used by some records, and each record's values in that order."""
    key_names = list(dict.fromkeys(key_name for row in rows for key_name in row))
    return key_names, [[row.get(key_name, "") for key_name in key_names] for row in rows]


def plan_of_rows(
    plan: Plan, rows: Sequence[Facts], chosen: Mapping[str, str] | None = None
) -> Plan | None:
    """Return the plan completed from a file's first records, or None if they are not cables.

    `chosen` is passed on to `understood`.
    """
    column_names, row_values = table_of(rows)
    plan = understood(plan, column_names, row_values, chosen)
    if chosen:
        return plan._replace(
            own=next(column_key for column_key, role in chosen.items() if role == "id")
        )
    if rows and not is_of_cables(plan, column_names, row_values) and _ID not in column_names:
        return None
    return plan._replace(own=column_of_ids(plan, column_names, row_values))


def claims(head: bytes) -> bool:
    """Return whether an ID follows a key for IDs, even if the JSON around it is damaged."""
    id_matches = islice(_NAMED_ID.finditer(head), _ENOUGH)
    return any(aliases.key(decode_part(match[1])) in aliases.IDS for match in id_matches)


def shape_of(plan: Plan) -> Shape:
    """Return the shape of the records that `plan_of` stored in the plan."""
    depth, has_keys, pairs = plan.dialect
    return Shape(int(depth), bool(has_keys), bool(pairs))


def _shape(head: bytes, chosen: Mapping[str, str]) -> Shape | None:
    if ACTION.match(head):
        return Shape(pairs=True)
    open_frames: list[_Frame] = []
    seen_records: list[_Seen] = []
    for token in islice(_TOKEN.finditer(head), _MOST_TOKENS):
        if token[3] and seen_records:
            break  # a quote is lost: nothing after it is sure
        if len(seen_records) >= _ENOUGH and not any(
            frame.is_record for frame in open_frames[:_DEEPEST]
        ):
            break
        if token[0] == b"{" and open_frames:
            _close_broken(head, token.start(), open_frames, seen_records)
        _step(token, open_frames, seen_records, chosen)
    while open_frames:  # the last ones may go on after the head
        _count(open_frames.pop(), open_frames, seen_records)
    if not seen_records:
        return None
    usual_record = max(seen_records, key=lambda kind: (seen_records.count(kind), -kind.depth))
    return Shape(usual_record.depth, usual_record.keyed)


def _close_broken(head: bytes, brace_offset: int, stack: list[_Frame], seen: list[_Seen]) -> None:
    """Close brackets that cannot be open where an object opens, because their ends are missing.

    Inside an object, only a colon may precede another object; inside a list, only a comma or the
    list's own bracket.
    """
    byte_before = head[max(brace_offset - _NEAR, 0) : brace_offset].rstrip()[-1:]
    if not byte_before:  # more blanks than are looked at, or the start
        return
    if stack[-1].sign == b"{" and byte_before != b":":
        while stack and stack[-1].sign == b"{":
            _count(stack.pop(), stack, seen)
    if stack and stack[-1].sign == b"[" and byte_before not in {b",", b"["}:
        # A list in no object may lack a comma: its brackets say enough.
        while any(frame.sign == b"{" for frame in stack):
            _count(stack.pop(), stack, seen)


def _step(
    token: re.Match[bytes], stack: list[_Frame], seen: list[_Seen], chosen: Mapping[str, str]
) -> None:
    token_text = token[0]
    if token_text[:1] == b'"':
        if stack:
            _take(stack[-1], token)
    elif token_text in {b"{", b"["}:
        has_key = bool(stack) and stack[-1].sign == b"{" and aliases.looks_like_id(stack[-1].key)
        stack.append(_Frame(token_text, len(seen), chosen, keyed=has_key))
    elif any(frame.sign == _OPENED_BY[token_text] for frame in stack[-_DEEPEST:]):
        while _count(stack.pop(), stack, seen) != _OPENED_BY[token_text]:
            pass


_OPENED_BY = {b"}": b"{", b"]": b"["}


def _count(closed: _Frame, stack: list[_Frame], seen: list[_Seen]) -> bytes:
    """Record a closed object or list, and return its opening bracket."""
    if closed.is_record:
        has_key = bool(stack) and stack[-1].sign == b"{" and bool(stack[-1].key)
        del seen[closed.before :]  # what is inside of a record is no record
        seen.append(_Seen(len(stack), has_key))
    if stack and stack[-1].sign == b"{" and not stack[-1].keyed:
        stack[-1].names |= closed.names
        if closed.sign == b"{" and closed.ids:
            stack[-1].inner.append(closed.ids)
    return closed.sign


def _take(frame: _Frame, token: re.Match[bytes]) -> None:
    """Record a key, or the value after a key."""
    if frame.sign != b"{":
        return
    key_or_value = decode_part(token[0][:_BEGINNING]).rstrip().rstrip(":").rstrip().strip('"')
    if token[2]:
        frame.key = key_or_value
        frame.names.add(aliases.key(key_or_value))
        frame.own.add(aliases.key(key_or_value))
        if aliases.key(key_or_value) == _ID:
            frame.ids.add(_ID)
    elif frame.key:
        column_key = aliases.key(frame.key)
        if aliases.looks_like_id(aliases.stem(column_key, key_or_value)):
            frame.ids.add(column_key)
        elif len(token[0]) > _BEGINNING:
            frame.is_telegram = frame.is_telegram or begins_as_telegram(key_or_value)
        frame.key = ""


FORMAT = JsonTable()
PLUSD_JSON = PlusdJson()

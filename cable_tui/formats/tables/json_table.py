"""Cables as JSON: lists, lines, objects by id, exports of databases, answers of interfaces.

The records are the outermost objects that hold an id, or follow one, and something else of a cable.
The text around them, such as the answer of an interface, does not matter. Scrapes of PlusD have the
keys of the site's pages, in any of the usual spellings (`Canonical ID`).
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
    """A file with an object for each cable."""

    name = "table-json"
    label = "JSON with an object a cable"
    without = "no object in its first part has the id of a cable and a text or date"

    def matches(self, path: str, head: bytes) -> bool:
        """Recognise a file by the keys and values of its objects."""
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
        rows = _facts(head, _shape(head, {}) or Shape(int(head.lstrip()[:1] == b"[")))
        return table_of(rows)

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
    """Cables scraped from PlusD."""

    name = "plusd-json"
    label = "JSON scraped from WikiLeaks PlusD"
    repository = PLUSD

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognise a file by the key of the id; the program's own exports have another one."""
        return bool(_OBJECT_START.match(head) and _OURS.search(head)) and _EXPORTED not in head

    def cable(self, facts: Facts, location: Location, plan: Plan, *, full: bool = True) -> RawCable:
        """Implement `TextTable.cable`.

        Raises for a record without a text, unless it names where its text is.
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
"""A text and the next sign: a colon, one that may follow a value, or one that may not (group 3)."""
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
"""Bytes of a key or value that are looked at."""
_NEAR = 200
"""The most bytes of white space before an object."""
_ID = "canonicalid"
_UNTOLD = "data"
"""A key of texts that may hold anything else: the values say it."""


class _Frame:
    """An object or a list that is open."""

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
        """Its own keys, without those of the objects inside."""
        self.inner: list[set[str]] = []
        """Keys of ids, for each object inside that has one: `meta.reference` beside a text."""
        self.ids: set[str] = set()
        """Keys of values that look like ids."""
        self.is_telegram = False
        """Whether a long value begins as the text of one."""
        self.before = before
        """The number of records seen before it."""
        self.keyed = keyed
        """Whether it follows a key that looks like an id."""

    @property
    def is_record(self) -> bool:
        """Whether it holds a cable."""
        if self.chosen:
            return self.sign == b"{" and self.chosen.keys() <= self.names
        ids = self.ids
        if not ids and len(self.inner) == 1 and not aliases.BODIES.isdisjoint(self.own):
            ids = self.inner[0]
        if self.sign != b"{" or not (ids or self.keyed or self.is_telegram):
            return False
        if not (self.keyed or self.is_telegram) and aliases.IDS.isdisjoint(ids):
            names_without_prefix = aliases.unprefixed([*self.names])
            if not any(names_without_prefix.get(name) in aliases.IDS for name in ids):
                return False
        other_roles = aliases.roles_named(self.names - (ids & aliases.FILES)) - {"id", "references"}
        return bool(other_roles) or _UNTOLD in self.names


class _Seen(NamedTuple):
    depth: int
    keyed: bool


@lru_cache(maxsize=4)  # the sniffing and the reading ask for the same
def plan_of(head: bytes, columns: str = "") -> Plan | None:
    """Return the plan of a JSON file by its first bytes, as UTF-8; None if it holds no cables.

    `columns` are those that the reader has named, which must be there.
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
    """Return the first records that can be read."""
    fact_rows: list[dict[str, str]] = []
    for row in islice(objects(BytesIO(head), len(head), shape), _ROWS):
        with suppress(BrokenRecord):
            fact_rows.append(facts_of(row.data or b""))
    return fact_rows


def table_of(rows: Sequence[Facts]) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """Return the keys of some records, and the values of each in their order."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return names, [[row.get(name, "") for name in names] for row in rows]


def plan_of_rows(
    plan: Plan, rows: Sequence[Facts], chosen: Mapping[str, str] | None = None
) -> Plan | None:
    """Return the plan of a file with what its first records say; None if they are no cables.

    `chosen` is that of `understood`.
    """
    column_names, values = table_of(rows)
    plan = understood(plan, column_names, values, chosen)
    if chosen:
        return plan._replace(own=next(name for name, role in chosen.items() if role == "id"))
    if rows and not is_of_cables(plan, column_names, values) and _ID not in column_names:
        return None
    return plan._replace(own=column_of_ids(plan, column_names, values))


def claims(head: bytes) -> bool:
    """Return whether an id follows a key for ids, whatever the faults around it."""
    matches = islice(_NAMED_ID.finditer(head), _ENOUGH)
    return any(aliases.key(decode_part(match[1])) in aliases.IDS for match in matches)


def shape_of(plan: Plan) -> Shape:
    """Return where the records are, from what `plan_of` has written."""
    depth, has_keys, pairs = plan.dialect
    return Shape(int(depth), bool(has_keys), bool(pairs))


def _shape(head: bytes, chosen: Mapping[str, str]) -> Shape | None:
    if ACTION.match(head):
        return Shape(pairs=True)
    stack: list[_Frame] = []
    kinds_seen: list[_Seen] = []
    for token in islice(_TOKEN.finditer(head), _MOST_TOKENS):
        if token[3] and kinds_seen:
            break  # a quote is lost: nothing after it is sure
        if len(kinds_seen) >= _ENOUGH and not any(frame.is_record for frame in stack[:_DEEPEST]):
            break
        if token[0] == b"{" and stack:
            _close_broken(head, token.start(), stack, kinds_seen)
        _step(token, stack, kinds_seen, chosen)
    while stack:  # the last ones may go on after the head
        _count(stack.pop(), stack, kinds_seen)
    if not kinds_seen:
        return None
    best_kind = max(kinds_seen, key=lambda kind: (kinds_seen.count(kind), -kind.depth))
    return Shape(best_kind.depth, best_kind.keyed)


def _close_broken(head: bytes, brace: int, stack: list[_Frame], seen: list[_Seen]) -> None:
    """Close brackets that cannot be open where an object opens: their own ends were lost.

    In an object only a colon is before another one, in a list a comma or the list's own bracket.
    """
    sign = head[max(brace - _NEAR, 0) : brace].rstrip()[-1:]
    if not sign:  # more blanks than are looked at, or the start
        return
    if stack[-1].sign == b"{" and sign != b":":
        while stack and stack[-1].sign == b"{":
            _count(stack.pop(), stack, seen)
    if stack and stack[-1].sign == b"[" and sign not in {b",", b"["}:
        # A list in no object may lack a comma: its brackets say enough.
        while any(frame.sign == b"{" for frame in stack):
            _count(stack.pop(), stack, seen)


def _step(
    token: re.Match[bytes], stack: list[_Frame], seen: list[_Seen], chosen: Mapping[str, str]
) -> None:
    token_sign = token[0]
    if token_sign[:1] == b'"':
        if stack:
            _take(stack[-1], token)
    elif token_sign in {b"{", b"["}:
        has_key = bool(stack) and stack[-1].sign == b"{" and aliases.looks_like_id(stack[-1].key)
        stack.append(_Frame(token_sign, len(seen), chosen, keyed=has_key))
    elif any(frame.sign == _OPENED_BY[token_sign] for frame in stack[-_DEEPEST:]):
        while _count(stack.pop(), stack, seen) != _OPENED_BY[token_sign]:
            pass


_OPENED_BY = {b"}": b"{", b"]": b"["}


def _count(closed: _Frame, stack: list[_Frame], seen: list[_Seen]) -> bytes:
    """Note a closed object or list; return its opening sign."""
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
    """Take a key, or a value after one."""
    if frame.sign != b"{":
        return
    text = decode_part(token[0][:_BEGINNING]).rstrip().rstrip(":").rstrip().strip('"')
    if token[2]:
        frame.key = text
        frame.names.add(aliases.key(text))
        frame.own.add(aliases.key(text))
        if aliases.key(text) == _ID:
            frame.ids.add(_ID)
    elif frame.key:
        name = aliases.key(frame.key)
        if aliases.looks_like_id(aliases.stem(name, text)):
            frame.ids.add(name)
        elif len(token[0]) > _BEGINNING:
            frame.is_telegram = frame.is_telegram or begins_as_telegram(text)
        frame.key = ""


FORMAT = JsonTable()
PLUSD_JSON = PlusdJson()

"""JSON objects: cut out of a file one by one, wherever they are, and read as facts.

Supported forms are a single object, a list, one object per line, objects by ID, a list inside an
API response, and the line pairs of Elasticsearch. Cutting does not parse and uses bounded memory. A
damaged object does not hide later ones: a text does not continue after its line, and a line that
opens like the object's own line opens the next object.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from cable_tui.base.pattern import Pattern, pattern
from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.file_text import FileWindow, Readable
from cable_tui.formats.tables import aliases
from cable_tui.formats.tables.row_plan import TableRow

_NEAR = 512
"""The maximum number of bytes to examine at the start of an object."""
STRING = rb'"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+\\?+(["\n]|\Z)'
_BEHIND = rb"(?:(?<=\n)|(?=\s*+(?:[,:}\]]|\Z))|(?P<bad>))"
"""A pattern for the text that may follow a string; any other text shows that a quote is missing."""
_INDENT = pattern(rb"(?:^|\n)([ \t]{0,40})$")
_COLON = pattern(rb"\s{0,80}:\s{0,80}")
_BETWEEN = b"[], \t\r\n"
ACTION = pattern(rb'\s{0,80}\{\s{0,80}"(?:index|create|update)"\s{0,80}:\s{0,80}\{')
_LONGEST_ACTION = 4096
_LIST = b"["[0]
_OPENED_BY = {b"}": b"{"[0], b"]": _LIST}
_MOST_ENDLESS = 8
_OUTSIDE_OF_ANY = "text outside any object"
_FAR = 16
"""The maximum number of unmatched brackets that a closing bracket may skip."""


class Shape(NamedTuple):
    """How the records are nested in a JSON file."""

    depth: int = 0
    """The number of brackets around a record: 0 at the top level, 1 in a list."""
    keyed: bool = False
    """Whether each record is a value in an object; its key then belongs to the record."""
    pairs: bool = False
    """Whether each record follows an object with its action and ID, as in Elasticsearch."""


@lru_cache(maxsize=64)
def _tokens(indent: bytes | None, first_key: bytes) -> Pattern[bytes]:
    """Return the pattern for texts, brackets, and the start of the next object."""
    next_object = b"" if indent is None else rb"|\n" + re.escape(indent) + rb"(?=\{)"
    if first_key:
        next_object += rb"|\{\s{0,80}" + re.escape(first_key) + rb"(?=\s{0,20}:)"
    return pattern(STRING + _BEHIND + next_object + rb"|[{}\[\]]", re.DOTALL)


_OUTSIDE = pattern(STRING + rb"|[{}\[\]]", re.DOTALL)


def objects(file: Readable, longest: int, shape: Shape | None = None) -> Iterator[TableRow]:
    """Yield the objects in a file that is positioned at its start.

    An object longer than `longest` has only its location. Other text and damaged objects are also
    rows, with a reason or with bytes that are not JSON.
    """
    object_cutter = _Cutter(file, longest, shape or Shape())
    last_end = 0
    while object_cutter.find():
        yield from object_cutter.outside()
        bytes_between = object_cutter.bytes(last_end, object_cutter.at)
        record_end, is_whole = object_cutter.end_of_record()
        yield object_cutter.row(record_end)._replace(before=bytes_between)
        last_end = record_end
        object_cutter.take(record_end)
        if not is_whole:
            object_cutter.resume()
    yield from object_cutter.outside()


def _is_action(data: bytes) -> bool:
    return len(data) <= _LONGEST_ACTION and ACTION.match(data) is not None


def _step(token: re.Match[bytes], open_brackets: bytearray) -> int | None:
    """Open or close a bracket; if the object is damaged, return its end relative to the token.

    The end is -1 if the brackets do not match and it has to be searched for.
    """
    token_text = token[0]
    if token["bad"] is not None:
        return -1
    if token[1] is not None:
        return len(token_text) - 1 if token[1] == b"\n" else None
    if token_text[:1] == b"\n" or (len(token_text) > 1 and open_brackets):
        return 0 if token_text[:1] == b"{" else len(token_text) - 1
    if token_text[:1] in {b"{", b"["}:
        open_brackets += token_text[:1]
    elif not open_brackets or open_brackets.pop() != _OPENED_BY[token_text]:
        return -1
    return None


class _Cutter(FileWindow):
    """Finds the start and end of each record in a file."""

    def __init__(self, file: Readable, longest: int, shape: Shape) -> None:
        super().__init__(file)
        self._longest = longest
        self._shape = shape
        self._around = bytearray()
        """The open brackets."""
        self._home: bytes | None = None
        """The open brackets around the first record, or None before the first record."""
        self._first_key = b""
        self._indent: bytes | None = None
        self._endless = 0
        """The number of objects whose end was not found."""
        self._wary = False
        """Whether an object had no end. If so, later objects are recognized by their first key."""
        self._outside: TableRow | None = None

    def row(self, end: int) -> TableRow:
        """Return the bytes up to `end` as a record."""
        if end - self.at <= self._longest:
            return TableRow(self.at, self.line, self.bytes(self.at, end))
        reason = f"an object of more than {self._longest >> 20} MiB, or one without its end"
        return TableRow(self.at, self.line, b"", reason)

    def outside(self) -> Iterator[TableRow]:
        """Yield stray text before the record or at the end of the file."""
        if self._outside:
            yield self._outside
        self._outside = None

    def find(self) -> bool:
        """Move to the next record; return whether there is one."""
        search_start = gap_start = self.at
        key_span: tuple[int, int] | None = None
        while True:
            token = _OUTSIDE.search(self.data, search_start - self.base)
            if token is None or (token[1] == b"" and self.end - self.at <= self._longest):
                text_end = self.end if token is None else self.base + token.start()
                text_kept_to = key_span[0] if key_span else text_end
                self._note(gap_start, text_kept_to)
                gap_start, search_start = max(gap_start, text_kept_to), text_end
                self.take(text_kept_to)
                if not self.more():
                    self._note(gap_start, self.end)
                    return False
                continue
            token_start, search_start = self.base + token.start(), self.base + token.end()
            token_text = token[0]
            if token_text[:1] == b'"':
                key_span = (
                    (token_start, search_start) if self._shape.keyed and self._is_home() else None
                )
            elif token_text == b"{" and self._opens(key_span):
                record_start = key_span[0] if key_span and self._shape.keyed else token_start
                self._note(gap_start, record_start)
                self.take(record_start)
                self._remember(token_start)
                return True
            else:
                self._note(gap_start, token_start)
                self._bracket(token_text)
                gap_start, key_span = search_start, None

    def _is_home(self) -> bool:
        """Return whether a record may begin here: inside the first record's brackets, or in none.

        There are no brackets if a surplus bracket has ended the list early.
        """
        if self._home is None:
            return len(self._around) == self._shape.depth
        return self._is_around() or not self._around

    def _is_around(self) -> bool:
        """Return whether the open brackets are the same as around the first record.

        In most cases comparing their number is enough.
        """
        if self._home is None or len(self._around) != len(self._home):
            return False
        return bytes(self._around) == self._home

    def _opens(self, key: tuple[int, int] | None) -> bool:
        """Return whether an opening object is a record."""
        if not self._is_home():
            return False
        if self._shape.keyed:
            is_in_object = bytes(self._around[-1:]) in {b"{", b""}
            return bool(is_in_object and key and _COLON.match(self.data, key[1] - self.base))
        if self._shape.depth and self._home is None:
            return self._around[-1] == _LIST
        return bool(self._around) or not self._home or self._home[0] == _LIST

    def _note(self, start: int, end: int) -> None:
        """Keep text found between records, to report it."""
        is_between_records = self._is_around() or not self._around
        if (
            self._outside is None
            and is_between_records
            and (self._home is not None or not self._shape.depth)
        ):
            stray_text = self.bytes(start, end)
            if stray_text.strip(_BETWEEN):
                line_number = self.line + self.bytes(self.at, start).count(b"\n")
                self._outside = TableRow(start, line_number, stray_text, _OUTSIDE_OF_ANY)

    def _bracket(self, bracket: bytes) -> None:
        if bracket in {b"{", b"["}:
            self._around += bracket
        elif (opening_bracket := b"{" if bracket == b"}" else b"[") in self._around[-_FAR:]:
            while self._around.pop() != opening_bracket[0]:
                pass

    def _remember(self, brace_offset: int) -> None:
        """Remember how a record begins, for finding later records after damage."""
        if self._home is None:
            self._home = bytes(self._around)
            key_match = _FIRST_KEY.match(self.bytes(brace_offset, brace_offset + _NEAR))
            self._first_key = key_match[1] if key_match else b""
        indent_match = _INDENT.search(
            self.bytes(max(self.at - FileWindow.kept, self.base), self.at)
        )
        self._indent = indent_match[1] if indent_match else None

    def end_of_record(self) -> tuple[int, bool]:
        """Return the end of the record that begins here, and whether the record is complete."""
        object_end, is_whole = self._end_of_object(self.at)
        if is_whole and self._shape.pairs and _is_action(self.bytes(self.at, object_end)):
            while self.end < object_end + FileWindow.kept and self.more():
                pass
            bytes_after = self.bytes(object_end, object_end + FileWindow.kept)
            space_count = len(bytes_after) - len(bytes_after.lstrip())
            if bytes_after[space_count : space_count + 1] == b"{" and not _is_action(
                self.bytes(object_end, object_end + _NEAR)
            ):
                return self._end_of_object(object_end + space_count)
        return object_end, is_whole

    def _end_of_object(self, search_start: int) -> tuple[int, bool]:
        open_brackets = bytearray()
        indent = None if self._shape.keyed else self._indent
        token_pattern = _tokens(indent, self._first_key if self._wary else b"")
        while True:
            for token_match in token_pattern.finditer(self.data, search_start - self.base):
                if token_match[1] == b"":
                    break  # the text may go on
                token_start, search_start = (
                    self.base + token_match.start(),
                    self.base + token_match.end(),
                )
                end_in_token = _step(token_match, open_brackets)
                if end_in_token is not None:
                    return (
                        self._first_behind(self.at)
                        if end_in_token < 0
                        else token_start + end_in_token
                    ), False
                if not open_brackets and token_match[1] is None:
                    return search_start, True
            if self.end - self.at > self._longest or not self.more():
                self._endless += 1
                # Each look goes to the end of the file: after some, the rest is given up.
                is_given_up = self._endless > _MOST_ENDLESS
                return (self.end if is_given_up else self._first_behind(self.at)), False

    def _first_behind(self, start: int) -> int:
        """Return the start of the next object within an object that has no end."""
        self._wary = True
        opening_pattern = _opening(self._first_key, self._shape.keyed)
        opening_match = opening_pattern.search(self.data, start + 1 - self.base)
        return self.base + self._begin(opening_match) if opening_match else self.end

    def _begin(self, match: re.Match[bytes]) -> int:
        return match.start("key") if self._shape.keyed else match.end() - 1

    def resume(self) -> None:
        """Continue after a damaged object at the next object that opens like the others."""
        opening_pattern = _opening(self._first_key, self._shape.keyed)
        search_start = max(self.at - FileWindow.kept, self.base)  # a line break may come before it
        while True:
            for match in opening_pattern.finditer(self.data, search_start - self.base):
                object_start = self.base + self._begin(match)
                if object_start >= self.at:
                    self._around = bytearray(self._home or b"")
                    self.take(object_start)
                    return
            search_start = max(self.end - _NEAR, search_start)
            self.take(max(search_start, self.at))
            if not self.more():
                self.take(self.end)
                return


_FIRST_KEY = pattern(rb'\{\s{0,80}("[^"\\\n]{1,80}")')


@lru_cache(maxsize=64)
def _opening(first_key: bytes, keyed: bool) -> Pattern[bytes]:
    """Return the pattern for the start of an object after a damaged one.

    The object begins a line, or has the first object's key.
    """
    if keyed:
        return pattern(rb'(?P<key>"[0-9]{2}[^"\\\n]{1,80}")\s{0,40}:\s{0,40}\{')
    row_line = rb"\n[ \t]{0,40}[\[,]?[ \t]{0,8}\{"
    if not first_key:
        return pattern(row_line)
    return pattern(rb"(?:" + row_line + rb"|\{(?=\s{0,80}" + re.escape(first_key) + rb"\s{0,20}:))")


# The facts of one object

_SEVERAL = " | "
_TAGS = (*aliases.ROLES["tags"], *aliases.ROLES["concepts"])
"""Keys, or endings of keys, whose lists contain TAGS."""
_PIECES = frozenset("paragraphs paras lines pages chunks sections sentences".split())
"""Keys whose lists contain the pieces of a text."""
_WRAPPED = ("$date", "$oid", "$numberLong", "$numberInt", "$numberDouble")
"""Keys that mongoexport adds to values whose type JSON lacks."""
_INNER = ("reference_id", "text", "name", "code", "value", "#text")
"""Keys for the main value of an inner object."""


def facts_of(record: bytes) -> dict[str, str]:
    """Return the values of a record by key, including those of inner objects.

    A record may begin with its own key, or with an action line from Elasticsearch. Raises
    `BrokenRecord`.
    """
    record_text = decode_part(record)
    outer_id = ""
    if record_text.startswith('"'):
        outer_id, row_value = _single(_parsed(f"{{{record_text}}}"))
    elif ACTION.match(record):
        outer_id, row_value = _pair(record_text)
    else:
        row_value = _parsed(record_text)
    if not isinstance(row_value, dict):
        raise BrokenRecord("no object has the fields of a cable")
    row_facts: dict[str, str] = {}
    _flatten(row_value, row_facts, 0)
    if outer_id and aliases.looks_like_id(outer_id) and not aliases.id_name(row_facts):
        row_facts["referenceid"] = outer_id
    return row_facts


_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)
_ESCAPED = pattern(r"\\(.)", re.DOTALL)


def _parsed(text: str) -> object:
    """Return the value of a JSON text. Raises `BrokenRecord`."""
    record_value: object
    candidate_texts = [text]
    if "\\'" in text:  # old versions of mongoexport wrote apostrophes so
        candidate_texts.append(
            _ESCAPED.sub(lambda match: "'" if match[1] == "'" else match[0], text)
        )
    for candidate_text in candidate_texts:
        with suppress(ValueError, RecursionError):
            record_value = _DECODER.decode(candidate_text)
            return record_value
    raise BrokenRecord("the object is not JSON")


def _single(value: object) -> tuple[str, object]:
    if not isinstance(value, dict) or len(value) != 1:
        raise BrokenRecord("the object is not JSON")
    return next(iter(value.items()))


def _pair(text: str) -> tuple[str, object]:
    try:
        action_object, action_end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        raise BrokenRecord("the object is not JSON") from None
    record_value = _parsed(text[action_end:])
    action_fields = _single(action_object)[1]
    action_id = action_fields.get("_id", "") if isinstance(action_fields, dict) else ""
    return str(action_id), record_value


def _flatten(record: Mapping[str, object], facts: dict[str, str], depth: int) -> None:
    """Collect a record's values in `facts`; its own values override those of inner objects."""
    inner_records: list[Mapping[str, object]] = []
    for key_name, field_value in record.items():
        column_key = aliases.key(key_name)
        if isinstance(field_value, dict) and not any(
            wrapper_key in field_value for wrapper_key in (*_WRAPPED, "text")
        ):
            inner_records.append(field_value)
            continue
        if column_key == "body" and isinstance(field_value, dict) and _without_anchors(field_value):
            facts[aliases.NO_ANCHORS] = "yes"
        if isinstance(field_value, list) and field_value and column_key.endswith(_TAGS):
            value_text = json.dumps(
                [_written(list_item, " ") for list_item in field_value]
            )  # its items stay apart
        else:
            value_text = _written(
                field_value, "\n" if column_key in aliases.BODIES | _PIECES else _SEVERAL
            )
        if value_text or column_key not in facts:
            facts.setdefault(column_key, value_text)
            facts[column_key] = facts[column_key] or value_text
    for inner_record in inner_records:
        if depth < 3:
            _flatten(inner_record, facts, depth + 1)


def _written(value: object, separator: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, list):
        return separator.join(filter(None, (_written(list_item, separator) for list_item in value)))
    if isinstance(value, dict):
        wrapped_value = next(
            (value[main_key] for main_key in (*_WRAPPED, *_INNER) if main_key in value), ""
        )
        return _written(wrapped_value, separator)
    return str(value)


def _without_anchors(body: Mapping[str, object]) -> bool:
    """Return whether one of our exports records that the paragraphs have lost their anchors."""
    paragraph_list = body.get("paragraphs")
    if not isinstance(paragraph_list, list):
        return False
    numbered_paragraphs = [
        paragraph
        for paragraph in paragraph_list
        if isinstance(paragraph, dict) and paragraph.get("label")
    ]
    return bool(numbered_paragraphs) and not any(
        paragraph.get("anchor") for paragraph in numbered_paragraphs
    )

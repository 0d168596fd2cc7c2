"""JSON objects: cut out of a file one by one, wherever they are in it, and read as facts.

One object, a list, one a line, an object of objects by id, a list inside of what an interface
answers, the pairs of lines of Elasticsearch. Cutting parses nothing, in bounded memory. A damaged
object does not hide those after it: a text does not go on after its line, and a line that opens as
the object's own line did opens the next one.
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
"""The most bytes for the shape of an object's start."""
STRING = rb'"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+\\?+(["\n]|\Z)'
_BEHIND = rb"(?:(?<=\n)|(?=\s*+(?:[,:}\]]|\Z))|(?P<bad>))"
"""Pattern of what may follow a text; anything else means that a quote is lost."""
_INDENT = pattern(rb"(?:^|\n)([ \t]{0,40})$")
_COLON = pattern(rb"\s{0,80}:\s{0,80}")
_BETWEEN = b"[], \t\r\n"
ACTION = pattern(rb'\s{0,80}\{\s{0,80}"(?:index|create|update)"\s{0,80}:\s{0,80}\{')
_LONGEST_ACTION = 4096
_LIST = b"["[0]
_OPENED_BY = {b"}": b"{"[0], b"]": _LIST}
_MOST_ENDLESS = 8
_OUTSIDE_OF_ANY = "text outside of any object"
_FAR = 16
"""The most brackets that a closing one may leave unmatched."""


class Shape(NamedTuple):
    """The position of the records in the objects of a file."""

    depth: int = 0
    """The number of brackets around a record: 0 if it is by itself, 1 in a list."""
    keyed: bool = False
    """Whether it is in an object, after its key, which belongs to it."""
    pairs: bool = False
    """Whether each record comes after an object with its action and its id."""


@lru_cache(maxsize=64)
def _tokens(indent: bytes | None, first_key: bytes) -> Pattern[bytes]:
    """Return the pattern of texts, brackets, and the next object by its line or its first key."""
    opening = b"" if indent is None else rb"|\n" + re.escape(indent) + rb"(?=\{)"
    if first_key:
        opening += rb"|\{\s{0,80}" + re.escape(first_key) + rb"(?=\s{0,20}:)"
    return pattern(STRING + _BEHIND + opening + rb"|[{}\[\]]", re.DOTALL)


_OUTSIDE = pattern(STRING + rb"|[{}\[\]]", re.DOTALL)


def objects(file: Readable, longest: int, shape: Shape | None = None) -> Iterator[TableRow]:
    """Yield the objects of a file, opened at its start.

    One longer than `longest` has only its location. What is no object, or damaged, is a row too:
    with a reason, or its bytes are no JSON.
    """
    cutter = _Cutter(file, longest, shape or Shape())
    last_end = 0
    while cutter.find():
        yield from cutter.outside()
        bytes_between = cutter.bytes(last_end, cutter.at)
        end, is_whole = cutter.end_of_record()
        yield cutter.row(end)._replace(before=bytes_between)
        last_end = end
        cutter.take(end)
        if not is_whole:
            cutter.resume()
    yield from cutter.outside()


def _is_action(data: bytes) -> bool:
    return len(data) <= _LONGEST_ACTION and ACTION.match(data) is not None


def _step(token: re.Match[bytes], around: bytearray) -> int | None:
    """Open or close a bracket; where damage shows, return where the object ends, from the token on.

    It is -1 if that must be looked for, because brackets do not fit.
    """
    token_sign = token[0]
    if token["bad"] is not None:
        return -1
    if token[1] is not None:
        return len(token_sign) - 1 if token[1] == b"\n" else None
    if token_sign[:1] == b"\n" or (len(token_sign) > 1 and around):
        return 0 if token_sign[:1] == b"{" else len(token_sign) - 1
    if token_sign[:1] in {b"{", b"["}:
        around += token_sign[:1]
    elif not around or around.pop() != _OPENED_BY[token_sign]:
        return -1
    return None


class _Cutter(FileWindow):
    """Finds the records of a file and their ends."""

    def __init__(self, file: Readable, longest: int, shape: Shape) -> None:
        super().__init__(file)
        self._longest = longest
        self._shape = shape
        self._around = bytearray()
        """The open brackets."""
        self._home: bytes | None = None
        """The open brackets around the first record."""
        self._first_key = b""
        self._indent: bytes | None = None
        self._endless = 0
        """Objects whose end was not found."""
        self._wary = False
        """Whether an object had no end: those after it are recognised by their first key."""
        self._outside: TableRow | None = None

    def row(self, end: int) -> TableRow:
        """Return the bytes up to `end` as a record."""
        if end - self.at <= self._longest:
            return TableRow(self.at, self.line, self.bytes(self.at, end))
        reason = f"an object of more than {self._longest >> 20} MiB, or one without its end"
        return TableRow(self.at, self.line, b"", reason)

    def outside(self) -> Iterator[TableRow]:
        """Yield text before the record, or at the end of the file, that does not belong there."""
        if self._outside:
            yield self._outside
        self._outside = None

    def find(self) -> bool:
        """Return whether a further record begins at the next bytes."""
        searched_to = gap = self.at
        key_span: tuple[int, int] | None = None
        while True:
            token = _OUTSIDE.search(self.data, searched_to - self.base)
            if token is None or (token[1] == b"" and self.end - self.at <= self._longest):
                text_end = self.end if token is None else self.base + token.start()
                text_kept_to = key_span[0] if key_span else text_end
                self._note(gap, text_kept_to)
                gap, searched_to = max(gap, text_kept_to), text_end
                self.take(text_kept_to)
                if not self.more():
                    self._note(gap, self.end)
                    return False
                continue
            start, searched_to = self.base + token.start(), self.base + token.end()
            token_sign = token[0]
            if token_sign[:1] == b'"':
                key_span = (start, searched_to) if self._shape.keyed and self._is_home() else None
            elif token_sign == b"{" and self._opens(key_span):
                begin = key_span[0] if key_span and self._shape.keyed else start
                self._note(gap, begin)
                self.take(begin)
                self._remember(start)
                return True
            else:
                self._note(gap, start)
                self._bracket(token_sign)
                gap, key_span = searched_to, None

    def _is_home(self) -> bool:
        """Return whether a record may begin here: in the brackets of the first one, or in none.

        Some are in none if a bracket too many ended the list.
        """
        if self._home is None:
            return len(self._around) == self._shape.depth
        return self._is_around() or not self._around

    def _is_around(self) -> bool:
        """Return whether the open brackets are those of the first record.

        In most cases their number decides.
        """
        if self._home is None or len(self._around) != len(self._home):
            return False
        return bytes(self._around) == self._home

    def _opens(self, key: tuple[int, int] | None) -> bool:
        """Return whether an opening object is one of the records."""
        if not self._is_home():
            return False
        if self._shape.keyed:
            opens_here = bytes(self._around[-1:]) in {b"{", b""}
            return bool(opens_here and key and _COLON.match(self.data, key[1] - self.base))
        if self._shape.depth and self._home is None:
            return self._around[-1] == _LIST
        return bool(self._around) or not self._home or self._home[0] == _LIST

    def _note(self, start: int, end: int) -> None:
        """Keep text found between records."""
        is_apart = self._is_around() or not self._around
        if self._outside is None and is_apart and (self._home is not None or not self._shape.depth):
            text = self.bytes(start, end)
            if text.strip(_BETWEEN):
                line = self.line + self.bytes(self.at, start).count(b"\n")
                self._outside = TableRow(start, line, text, _OUTSIDE_OF_ANY)

    def _bracket(self, sign: bytes) -> None:
        if sign in {b"{", b"["}:
            self._around += sign
        elif (opening_sign := b"{" if sign == b"}" else b"[") in self._around[-_FAR:]:
            while self._around.pop() != opening_sign[0]:
                pass

    def _remember(self, brace: int) -> None:
        """Remember how a record begins, for those after a damaged one."""
        if self._home is None:
            self._home = bytes(self._around)
            match = _FIRST_KEY.match(self.bytes(brace, brace + _NEAR))
            self._first_key = match[1] if match else b""
        indent = _INDENT.search(self.bytes(max(self.at - FileWindow.kept, self.base), self.at))
        self._indent = indent[1] if indent else None

    def end_of_record(self) -> tuple[int, bool]:
        """Return where the record that begins here ends, and whether it is whole."""
        end, is_whole = self._end_of_object(self.at)
        if is_whole and self._shape.pairs and _is_action(self.bytes(self.at, end)):
            while self.end < end + FileWindow.kept and self.more():
                pass
            bytes_after = self.bytes(end, end + FileWindow.kept)
            blanks = len(bytes_after) - len(bytes_after.lstrip())
            if bytes_after[blanks : blanks + 1] == b"{" and not _is_action(
                self.bytes(end, end + _NEAR)
            ):
                return self._end_of_object(end + blanks)
        return end, is_whole

    def _end_of_object(self, searched: int) -> tuple[int, bool]:
        open_signs = bytearray()
        indent = None if self._shape.keyed else self._indent
        token = _tokens(indent, self._first_key if self._wary else b"")
        while True:
            for match in token.finditer(self.data, searched - self.base):
                if match[1] == b"":
                    break  # the text may go on
                start, searched = self.base + match.start(), self.base + match.end()
                damage = _step(match, open_signs)
                if damage is not None:
                    return (self._first_behind(self.at) if damage < 0 else start + damage), False
                if not open_signs and match[1] is None:
                    return searched, True
            if self.end - self.at > self._longest or not self.more():
                self._endless += 1
                # Each look goes to the end of the file: after some, the rest is given up.
                is_given_up = self._endless > _MOST_ENDLESS
                return (self.end if is_given_up else self._first_behind(self.at)), False

    def _first_behind(self, start: int) -> int:
        """Return where the next object begins inside an object without an end."""
        self._wary = True
        opening = _opening(self._first_key, self._shape.keyed)
        match = opening.search(self.data, start + 1 - self.base)
        return self.base + self._begin(match) if match else self.end

    def _begin(self, match: re.Match[bytes]) -> int:
        return match.start("key") if self._shape.keyed else match.end() - 1

    def resume(self) -> None:
        """Continue at the next object that opens like the others, after a damaged one."""
        opening = _opening(self._first_key, self._shape.keyed)
        searched_to = max(self.at - FileWindow.kept, self.base)  # a line end may come before it
        while True:
            for match in opening.finditer(self.data, searched_to - self.base):
                begin = self.base + self._begin(match)
                if begin >= self.at:
                    self._around = bytearray(self._home or b"")
                    self.take(begin)
                    return
            searched_to = max(self.end - _NEAR, searched_to)
            self.take(max(searched_to, self.at))
            if not self.more():
                self.take(self.end)
                return


_FIRST_KEY = pattern(rb'\{\s{0,80}("[^"\\\n]{1,80}")')


@lru_cache(maxsize=64)
def _opening(first_key: bytes, keyed: bool) -> Pattern[bytes]:
    """Return the pattern of the start of an object after a damaged one.

    It begins a line, or has the first object's key.
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
"""Ends of keys whose lists are TAGS."""
_PIECES = frozenset("paragraphs paras lines pages chunks sections sentences".split())
"""Keys whose lists are the pieces of a text."""
_WRAPPED = ("$date", "$oid", "$numberLong", "$numberInt", "$numberDouble")
"""Keys that mongoexport writes around values for which JSON has no type."""
_INNER = ("reference_id", "text", "name", "code", "value", "#text")
"""The key of an inner object's main value."""


def facts_of(record: bytes) -> dict[str, str]:
    """Return values of a record by their keys, together with those of an object inside.

    A record may begin with its own key, or with an action line of Elasticsearch. Raises
    `BrokenRecord`.
    """
    text = decode_part(record)
    given_id = ""
    if text.startswith('"'):
        given_id, row_value = _single(_parsed(f"{{{text}}}"))
    elif ACTION.match(record):
        given_id, row_value = _pair(text)
    else:
        row_value = _parsed(text)
    if not isinstance(row_value, dict):
        raise BrokenRecord("no object with the fields of a cable")
    row_facts: dict[str, str] = {}
    _flatten(row_value, row_facts, 0)
    if given_id and aliases.looks_like_id(given_id) and not aliases.id_name(row_facts):
        row_facts["referenceid"] = given_id
    return row_facts


_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)
_ESCAPED = pattern(r"\\(.)", re.DOTALL)


def _parsed(text: str) -> object:
    """Return the value of a text. Raises `BrokenRecord`."""
    record_value: object
    ways = [text]
    if "\\'" in text:  # old versions of mongoexport wrote apostrophes so
        ways.append(_ESCAPED.sub(lambda match: "'" if match[1] == "'" else match[0], text))
    for way in ways:
        with suppress(ValueError, RecursionError):
            record_value = _DECODER.decode(way)
            return record_value
    raise BrokenRecord("the object is not JSON")


def _single(value: object) -> tuple[str, object]:
    if not isinstance(value, dict) or len(value) != 1:
        raise BrokenRecord("the object is not JSON")
    return next(iter(value.items()))


def _pair(text: str) -> tuple[str, object]:
    try:
        action, end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        raise BrokenRecord("the object is not JSON") from None
    record_value = _parsed(text[end:])
    action_fields = _single(action)[1]
    given_id = action_fields.get("_id", "") if isinstance(action_fields, dict) else ""
    return str(given_id), record_value


def _flatten(record: Mapping[str, object], facts: dict[str, str], depth: int) -> None:
    """Flatten a record: its own values count before those of inner objects."""
    inner_records: list[Mapping[str, object]] = []
    for name, value in record.items():
        known_name = aliases.key(name)
        if isinstance(value, dict) and not any(key in value for key in (*_WRAPPED, "text")):
            inner_records.append(value)
            continue
        if known_name == "body" and isinstance(value, dict) and _without_anchors(value):
            facts[aliases.NO_ANCHORS] = "yes"
        if isinstance(value, list) and value and known_name.endswith(_TAGS):
            written = json.dumps([_written(item, " ") for item in value])  # its items stay apart
        else:
            written = _written(value, "\n" if known_name in aliases.BODIES | _PIECES else _SEVERAL)
        if written or known_name not in facts:
            facts.setdefault(known_name, written)
            facts[known_name] = facts[known_name] or written
    for mapping in inner_records:
        if depth < 3:
            _flatten(mapping, facts, depth + 1)


def _written(value: object, between: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, list):
        return between.join(filter(None, (_written(item, between) for item in value)))
    if isinstance(value, dict):
        wrapped_value = next((value[key] for key in (*_WRAPPED, *_INNER) if key in value), "")
        return _written(wrapped_value, between)
    return str(value)


def _without_anchors(body: Mapping[str, object]) -> bool:
    """Return whether our own export states that a copy's paragraphs have lost their anchors."""
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

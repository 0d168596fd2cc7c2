"""Values in the text of an SQL dump: strings in three dialects, NULL, and what functions make."""

from __future__ import annotations

import re
from collections.abc import Callable

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.encodings import decode_part
from cable_tui.pattern import pattern

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
_CONTROLS = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "0": "\0",
    "b": "\b",
    "Z": "\x1a",
    "f": "\f",
    "v": "\v",
}
_COPY_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
_UNISTR = pattern(r"\\(?:u([0-9A-Fa-f]{4})|([0-9A-Fa-f]{4})|(\\))")
_CAST = pattern(rb"\s{0,3}(?:AS|as|USING|using)\b[^()']{0,40}(?:\([0-9, ]{0,20}\))?\s{0,3}\)")
_DEEPEST = 8
_MOST_VALUES = 1000


def copied(row: bytes) -> list[str]:
    """The columns of a line of COPY."""
    return [_copied(column) for column in row.split(b"\t", _MOST_VALUES)]


def _copied(column: bytes) -> str:
    if column == b"\\N":
        return ""
    text = decode_part(column)
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: _COPY_CONTROLS.get(found[1], found[1]), text)


def values(data: bytes, *, escaped: bool) -> list[str]:
    """The values between the brackets of one row of INSERT. Raises `BrokenRecord`."""
    reader = _Reader(data, escaped=escaped)
    reader.sign(b"(")
    found: list[str] = []
    while len(found) < _MOST_VALUES:
        found.append(reader.value(0))
        if reader.sign(b",", b")") == b")":
            return found
    raise BrokenRecord(f"the row has more than {_MOST_VALUES} values")


class _Reader:
    """Reads values one after the other."""

    def __init__(self, data: bytes, *, escaped: bool) -> None:
        self._data = data
        self._escaped = escaped
        self._token = _TOKEN[escaped]
        self._at = 0

    def sign(self, *wanted: bytes) -> bytes:
        """The next token, which is one of these signs."""
        found = self._next()
        if found["sign"] not in wanted:
            raise BrokenRecord("a value of the row has no end, or text stands between two")
        return found["sign"]

    def value(self, depth: int) -> str:
        """The next value: terms joined by `||`, with casts of PostgreSQL behind them."""
        parts = [self._term(depth)]
        while True:
            here = self._at
            found = self._token.match(self._data, here)
            if found and found["sign"] == b"||":
                self._at = found.end()
                parts.append(self._term(depth))
            elif found and found["sign"] == b"::":
                self._at = found.end()
                self._next()
            else:
                return "".join(parts)

    def _next(self) -> re.Match[bytes]:
        found = self._token.match(self._data, self._at)
        if found is None:
            raise BrokenRecord("a value of the row cannot be read")
        self._at = found.end()
        return found

    def _term(self, depth: int) -> str:
        found = self._next()
        if found["string"] is not None:
            prefix = (found["prefix"] or b"").strip().lower()
            if prefix == b"x":
                return _hexadecimal(found["string"][1:-1])
            return _string(found["string"], escaped=self._escaped or prefix == b"e")
        if found["e"] is not None:
            return _string(found["e"][1:], escaped=True)
        if found["call"] is not None and depth < _DEEPEST:
            return self._called(found["name"].lower(), depth + 1)
        if found["number"] is not None:
            number = found["number"]
            return _hexadecimal(number[2:]) if number[:2] == b"0x" else number.decode("latin-1")
        if found["name"] is not None and found["call"] is None:
            return ""  # NULL, TRUE, DEFAULT
        raise BrokenRecord("a value of the row cannot be read")

    def _called(self, name: bytes, depth: int) -> str:
        given = [self.value(depth)]
        if end := _CAST.match(self._data, self._at):
            self._at = end.end()
            return given[0]
        while self.sign(b",", b")") == b",":
            given.append(self.value(depth))
            if len(given) > _MOST_VALUES:
                raise BrokenRecord("a function of the row has too many values")
        return _FUNCTIONS.get(name, _first)(given)


def _string(quoted: bytes, *, escaped: bool) -> str:
    text = decode_part(quoted[1:-1])
    if "''" in text:
        text = text.replace("''", "'")
    if escaped and "\\" in text:
        return _ESCAPE.sub(lambda found: _CONTROLS.get(found[1], found[1]), text)
    return text


def _hexadecimal(digits: bytes) -> str:
    try:
        return decode_part(bytes.fromhex(digits.decode("latin-1")))
    except ValueError:
        return ""


def _first(given: list[str]) -> str:
    return given[0]


def _replaced(given: list[str]) -> str:
    r"""As SQLite writes line ends: `replace('a\nb','\n',char(10))`."""
    if len(given) != 3 or not given[1] or len(given[2]) > len(given[1]):
        return given[0]
    return given[0].replace(given[1], given[2])


def _signs(given: list[str]) -> str:
    points = (int(each) for each in given if each.isdecimal() and len(each) < 8)
    return "".join(chr(point) for point in points if point < 0x110000)


def _unistr(given: list[str]) -> str:
    return _UNISTR.sub(lambda found: found[3] or chr(int(found[1] or found[2], 16)), given[0])


_FUNCTIONS: dict[bytes, Callable[[list[str]], str]] = {
    b"replace": _replaced,
    b"char": _signs,
    b"chr": _signs,
    b"unistr": _unistr,
    b"concat": "".join,
}

"""Thrift's compact protocol, in which a Parquet file describes itself: structs from bytes and back.

A struct is read without a schema: its fields have numbers and no names. Types that Parquet does not
use, such as maps, are refused.
"""

from __future__ import annotations

from typing import Any, NamedTuple

_TRUE, _FALSE, _BYTE, _SHORT, _LONG, _DOUBLE, _BINARY, _LIST, _STRUCT = 1, 2, 3, 4, 6, 7, 8, 9, 12
_DEPTH = 64
"""The maximum number of structs and lists inside each other."""


class Field(NamedTuple):
    """A field of a struct."""

    kind: int
    """The type, as the protocol numbers it."""
    value: Any
    """A number, a bool, bytes, a `Struct` or an `Items`."""


class Items(NamedTuple):
    """A list."""

    kind: int
    """The type of its values."""
    values: list[Any]


Struct = dict[int, Field]
"""The fields of a struct by number."""


def struct_at(data: bytes, start: int = 0) -> tuple[Struct, int]:
    """Return the struct that starts at a position, and the position after it.

    Raises `ValueError` if there is none, or if it is cut off.
    """
    reader = _Reader(data, start)
    try:
        return reader.struct(0), reader.position
    except IndexError:
        raise ValueError("the struct is cut off") from None


def bytes_of(struct: Struct) -> bytes:
    """Return a struct as bytes."""
    out = bytearray()
    _write_struct(out, struct)
    return bytes(out)


class _Reader:
    """Reads values from a position on. Its methods raise `IndexError` at the end of the data."""

    def __init__(self, data: bytes, position: int) -> None:
        self._data = data
        self.position = position

    def struct(self, depth: int) -> Struct:
        fields: Struct = {}
        number = 0
        while head := self._byte():
            kind, step = head & 15, head >> 4
            number = number + step if step else self._signed()
            fields[number] = Field(kind, self._value(kind, depth, is_field=True))
        return fields

    def _value(self, kind: int, depth: int, *, is_field: bool) -> Any:
        if depth > _DEPTH:
            raise ValueError("too many structs or lists inside each other")
        if kind in (_TRUE, _FALSE):
            return (kind if is_field else self._byte()) == _TRUE
        if kind == _BYTE:
            return self._byte()
        if _SHORT <= kind <= _LONG:
            return self._signed()
        if kind in (_DOUBLE, _BINARY):
            return self._bytes(8 if kind == _DOUBLE else self._unsigned())
        if kind == _LIST:
            return self._items(depth + 1)
        if kind == _STRUCT:
            return self.struct(depth + 1)
        raise ValueError(f"{kind} is not a known type")

    def _items(self, depth: int) -> Items:
        head = self._byte()
        count, kind = head >> 4, head & 15
        if count == 15:
            count = self._unsigned()
        return Items(kind, [self._value(kind, depth, is_field=False) for _ in range(count)])

    def _byte(self) -> int:
        byte = self._data[self.position]
        self.position += 1
        return byte

    def _bytes(self, size: int) -> bytes:
        start, self.position = self.position, self.position + size
        if self.position > len(self._data):
            raise IndexError
        return self._data[start : self.position]

    def _unsigned(self) -> int:
        value = shift = 0
        while (byte := self._byte()) & 128:
            value |= (byte & 127) << shift
            shift += 7
            if shift > 63:
                raise ValueError("a number of more than 64 bits")
        return value | byte << shift

    def _signed(self) -> int:
        value = self._unsigned()
        return value >> 1 ^ -(value & 1)


def _write_struct(out: bytearray, struct: Struct) -> None:
    last = 0
    for number, (kind, value) in sorted(struct.items()):
        if 0 < number - last <= 15:
            out.append(number - last << 4 | kind)
        else:
            out.append(kind)
            _write_signed(out, number)
        last = number
        if kind not in (_TRUE, _FALSE):
            _write(out, kind, value)
    out.append(0)


def _write(out: bytearray, kind: int, value: Any) -> None:
    if kind in (_TRUE, _FALSE):
        out.append(_TRUE if value else _FALSE)
    elif kind == _BYTE:
        out.append(value)
    elif _SHORT <= kind <= _LONG:
        _write_signed(out, value)
    elif kind in (_DOUBLE, _BINARY):
        if kind == _BINARY:
            _write_unsigned(out, len(value))
        out += value
    elif kind == _STRUCT:
        _write_struct(out, value)
    else:
        _write_items(out, value)


def _write_items(out: bytearray, items: Items) -> None:
    count = len(items.values)
    out.append(min(count, 15) << 4 | items.kind)
    if count >= 15:
        _write_unsigned(out, count)
    for value in items.values:
        _write(out, items.kind, value)


def _write_unsigned(out: bytearray, value: int) -> None:
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)


def _write_signed(out: bytearray, value: int) -> None:
    _write_unsigned(out, value << 1 if value >= 0 else ~value << 1 | 1)

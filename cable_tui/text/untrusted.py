"""Reads JSON that somebody else wrote, as values whose fields say what is needed: `base.kinds`.

Whatever is not of the shape is refused as a whole, with the path to it. Texts are cleaned of what a
terminal obeys. Fields that the shape does not have are those of later versions, and are skipped.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import ModuleType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from cable_tui.base import kinds
from cable_tui.base.pattern import pattern
from cable_tui.base.value import fields_as_written, json_names
from cable_tui.text.cleaning import clean_line, clean_text

Made = TypeVar("Made")
Read = Callable[[Any], Any]
_NEEDED = object()
_SHOWN = 40
"""Characters of a refused text in a message."""
_CLEANED: Mapping[str, Callable[[str], str]] = {
    "raw": str,
    "text": clean_text,
    "trimmed": lambda text: clean_line(text).strip(),
    "words": lambda text: " ".join(clean_line(text).split()),
}


def json_value(content: bytes | str) -> Any:
    """Return the value of a text. Raises `ValueError`, also for what programs read differently."""
    try:
        if isinstance(content, bytes):
            content = content.decode(json.detect_encoding(content))
        return json.loads(content, object_pairs_hook=_each_once)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value_by_key = dict(pairs)
    if len(value_by_key) < len(pairs):
        raise ValueError("an object has two values of one name")
    return value_by_key


def read(shape: type[Made], value: Any, **known: Any) -> Made:
    """Return a value of JSON as that shape, with fields that the caller knows.

    Raises `ValueError`: `marks[3]: created is needed`.
    """
    if type(value) is not dict:
        raise ValueError("an object is needed")
    own_shape: Any = shape
    for key, name, read_field, default in _fields(own_shape):
        content = value.get(key, _NEEDED)
        if content is _NEEDED:
            if default is _NEEDED and name not in known:
                raise ValueError(f"{key} is needed")
        elif default != "" or content not in (None, ""):  # an empty text may be left out
            try:
                known[name] = read_field(content)
            except ValueError as error:
                raise ValueError(_within(key, error)) from None
    return shape(**known)


def _within(place: str, error: ValueError) -> str:
    error_text = str(error)
    return f"{place}{error_text}" if error_text.startswith("[") else f"{place}: {error_text}"


@cache
def _fields(shape: Any) -> list[tuple[str, str, Read, Any]]:
    """Return the fields of a shape in JSON: name there, own name, reader, default."""
    own_names = json_names(shape)
    defaults = getattr(shape, "_defaults", None) or getattr(shape, "_field_defaults", {})
    return [
        (own_names[name], name, _reader(kind), defaults.get(name, _NEEDED))
        for name, kind in kinds_of(shape).items()
        if name in own_names
    ]


def kinds_of(
    shape: type[Any], names_of: Callable[[ModuleType], Mapping[str, Any]] = vars
) -> dict[str, Any]:
    """Return the fields of a shape with their kinds, by the names that a module has."""
    return {
        name: eval(text, {**vars(kinds), **names_of(sys.modules[base.__module__])})  # noqa: S307
        for base, name, text in fields_as_written(shape)  # written in our own classes
    }


def _reader(kind: Any) -> Read:
    """Return the function that reads a kind; it raises `ValueError`."""
    origin, inner_kinds = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _marked(*inner_kinds)
    if origin in (Union, UnionType):
        return _any_of(
            [_reader(inner_kind) for inner_kind in inner_kinds if inner_kind is not type(None)],
            inner_kinds,
        )
    if origin is Literal:
        return partial(_one_of, inner_kinds)
    if origin is tuple and inner_kinds[-1] is ...:
        return partial(_items, _reader(inner_kinds[0]))
    if origin is tuple:
        return partial(_row, tuple(map(_reader, inner_kinds)))
    if origin is Mapping:
        return partial(_table, *map(_reader, inner_kinds))
    if kind in _PLAIN:
        return _PLAIN[kind]
    if issubclass(kind, tuple):  # a NamedTuple is an array
        item_readers = tuple(map(_reader, kinds_of(kind).values()))
        return lambda value: kind(*_row(item_readers, value))
    return partial(read, kind)


def _marked(kind: Any, *marks: Any) -> Read:
    """Return the reader of a kind with words and limits."""
    mark_limits = [_LIMITS[mark[0]](mark[1]) for mark in marks if isinstance(mark, tuple)]
    words = [mark for mark in marks if mark in _CLEANED]
    read_kind = partial(_text, _CLEANED[words[0]]) if words else _reader(kind)
    empty_value = _EMPTY.get(kind, _NEEDED) if "or null" in marks else _NEEDED

    def read_within(value: Any) -> Any:
        if value is None and empty_value is not _NEEDED:
            return empty_value
        value_found = read_kind(value)
        for limit in mark_limits:
            limit(value, value_found)
        return value_found

    return read_within


def _any_of(readers: list[Read], inside: tuple[Any, ...]) -> Read:
    def read_one(value: Any) -> Any:
        if value is None and type(None) in inside:
            return None
        for number, reader in enumerate(readers, 1):
            try:
                return reader(value)
            except ValueError:
                if number == len(readers):
                    raise
        return None

    return read_one


def _text(clean: Callable[[str], str], value: Any) -> str:
    if type(value) is not str:
        raise ValueError("a text is needed")
    return clean(value)


def _of(kind: type, needed: str, value: Any) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{needed} is needed")
    return value


def _number(value: Any) -> Any:
    if type(value) is not int and not (type(value) is float and math.isfinite(value)):
        raise ValueError("a number is needed")
    return value


_EMPTY = {str: "", int: 0, float: 0.0}
_PLAIN: Mapping[Any, Read] = {
    str: partial(_text, clean_line),
    int: partial(_of, int, "a whole number"),
    float: _number,
    bool: partial(_of, bool, "true or false"),
    Any: lambda value: value,
}


def _one_of(choices: tuple[Any, ...], value: Any) -> Any:
    for choice in choices:
        if type(value) is type(choice) and value == choice:
            return choice
    raise ValueError(f"{' or '.join(map(str, choices))} is needed")


def _items(reader: Read, value: Any) -> tuple[Any, ...]:
    values_found = []
    for number, item in enumerate(_of(list, "an array", value)):
        try:
            values_found.append(reader(item))
        except ValueError as error:
            raise ValueError(_within(f"[{number}]", error)) from None
    return tuple(values_found)


def _row(readers: tuple[Read, ...], value: Any) -> tuple[Any, ...]:
    if type(value) is not list or len(value) != len(readers):
        raise ValueError(f"an array of {len(readers)} is needed")
    return tuple(reader(item) for reader, item in zip(readers, value, strict=True))


def _table(read_key: Read, reader: Read, value: Any) -> dict[str, Any]:
    items = _of(dict, "an object", value).items()
    return {read_key(key): reader(item) for key, item in items}


def _limit(breaks: Callable[[Any, Any], bool], needed: str) -> Callable[[Any, Any], None]:
    """Return a check of what was written and of what was read from it."""

    def check(value: Any, found: Any) -> None:
        if breaks(value, found):
            raise ValueError(needed)

    return check


def _like(expression: str) -> Callable[[Any, Any], None]:
    whole_pattern = pattern(expression.removeprefix("^").removesuffix("$"), re.ASCII)

    def check(value: Any, _: Any) -> None:
        if not whole_pattern.fullmatch(value):
            raise ValueError(f"{clean_line(value[:_SHOWN])!r} is not understood")

    return check


_LIMITS: Mapping[str, Callable[[Any], Callable[[Any, Any], None]]] = {
    "minimum": lambda least: _limit(
        lambda _, number: number < least, f"at least {least} is needed"
    ),
    "maximum": lambda most: _limit(lambda _, number: number > most, f"at most {most} is possible"),
    "minLength": lambda least: _limit(lambda _, text: len(text) < least, "a text is needed"),
    "maxLength": lambda most: _limit(lambda text, _: len(text) > most, f"more than {most:,}"),
    "maxItems": lambda most: _limit(lambda items, _: len(items) > most, f"more than {most:,}"),
    "pattern": _like,
}

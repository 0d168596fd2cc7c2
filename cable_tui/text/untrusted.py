"""Reads JSON written by other people into values, checked against the types in `base.kinds`.

Input that does not match is refused as a whole, with the path to the mismatch. Texts are cleaned of
terminal control characters. Unknown fields may be from later versions and are skipped.
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
"""The maximum number of characters of a refused text that a message quotes."""
_CLEANED: Mapping[str, Callable[[str], str]] = {
    "raw": str,
    "text": clean_text,
    "trimmed": lambda text: clean_line(text).strip(),
    "words": lambda text: " ".join(clean_line(text).split()),
}


def json_value(content: bytes | str) -> Any:
    """Parse a JSON text. Raises `ValueError`, including for input that parsers read differently."""
    try:
        if isinstance(content, bytes):
            content = content.decode(json.detect_encoding(content))
        return json.loads(content, object_pairs_hook=_each_once)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value_by_key = dict(pairs)
    if len(value_by_key) < len(pairs):
        raise ValueError("an object has two values with the same name")
    return value_by_key


def read(shape: type[Made], value: Any, **known: Any) -> Made:
    """Return a JSON object as a value of `shape`, with additional fields from `known`.

    Raises `ValueError` with a message such as `marks[3]: created is required`.
    """
    if type(value) is not dict:
        raise ValueError("an object is required")
    own_shape: Any = shape
    for json_name, field_name, read_field, default in _fields(own_shape):
        json_value = value.get(json_name, _NEEDED)
        if json_value is _NEEDED:
            if default is _NEEDED and field_name not in known:
                raise ValueError(f"{json_name} is required")
        elif default != "" or json_value not in (None, ""):  # an empty text may be left out
            try:
                known[field_name] = read_field(json_value)
            except ValueError as error:
                raise ValueError(_within(json_name, error)) from None
    return shape(**known)


def _within(path: str, error: ValueError) -> str:
    error_text = str(error)
    return f"{path}{error_text}" if error_text.startswith("[") else f"{path}: {error_text}"


@cache
def _fields(shape: Any) -> list[tuple[str, str, Read, Any]]:
    """Return the JSON name, own name, reader function and default of each field of a shape."""
    own_names = json_names(shape)
    defaults = getattr(shape, "_defaults", None) or getattr(shape, "_field_defaults", {})
    return [
        (own_names[field_name], field_name, _reader(field_type), defaults.get(field_name, _NEEDED))
        for field_name, field_type in kinds_of(shape).items()
        if field_name in own_names
    ]


def kinds_of(
    shape: type[Any], names_of: Callable[[ModuleType], Mapping[str, Any]] = vars
) -> dict[str, Any]:
    """Return the types of a shape's fields, evaluated with the names of the defining module."""
    return {
        name: eval(text, {**vars(kinds), **names_of(sys.modules[owner.__module__])})  # noqa: S307
        for owner, name, text in fields_as_written(shape)  # written in our own classes
    }


def _reader(field_type: Any) -> Read:
    """Return the function that reads values of a type; it raises `ValueError`."""
    generic_type, type_arguments = get_origin(field_type), get_args(field_type)
    if generic_type is Annotated:
        return _marked(*type_arguments)
    if generic_type in (Union, UnionType):
        return _any_of(
            [
                _reader(type_argument)
                for type_argument in type_arguments
                if type_argument is not type(None)
            ],
            type_arguments,
        )
    if generic_type is Literal:
        return partial(_one_of, type_arguments)
    if generic_type is tuple and type_arguments[-1] is ...:
        return partial(_items, _reader(type_arguments[0]))
    if generic_type is tuple:
        return partial(_row, tuple(map(_reader, type_arguments)))
    if generic_type is Mapping:
        return partial(_table, *map(_reader, type_arguments))
    if field_type in _PLAIN:
        return _PLAIN[field_type]
    if issubclass(field_type, tuple):  # a NamedTuple is an array
        item_readers = tuple(map(_reader, kinds_of(field_type).values()))
        return lambda value: field_type(*_row(item_readers, value))
    return partial(read, field_type)


def _marked(base_type: Any, *annotations: Any) -> Read:
    """Return the reader for a type annotated with words and limits."""
    limit_checks = [
        _LIMITS[annotation[0]](annotation[1])
        for annotation in annotations
        if isinstance(annotation, tuple)
    ]
    cleaning_words = [annotation for annotation in annotations if annotation in _CLEANED]
    read_base = (
        partial(_text, _CLEANED[cleaning_words[0]]) if cleaning_words else _reader(base_type)
    )
    empty_value = _EMPTY.get(base_type, _NEEDED) if "or null" in annotations else _NEEDED

    def read_within(value: Any) -> Any:
        if value is None and empty_value is not _NEEDED:
            return empty_value
        read_result = read_base(value)
        for check_limit in limit_checks:
            check_limit(value, read_result)
        return read_result

    return read_within


def _any_of(readers: list[Read], member_types: tuple[Any, ...]) -> Read:
    def read_one(value: Any) -> Any:
        if value is None and type(None) in member_types:
            return None
        for reader_number, reader in enumerate(readers, 1):
            try:
                return reader(value)
            except ValueError:
                if reader_number == len(readers):
                    raise
        return None

    return read_one


def _text(clean: Callable[[str], str], value: Any) -> str:
    if type(value) is not str:
        raise ValueError("a text is required")
    return clean(value)


def _of(needed_type: type, needed: str, value: Any) -> Any:
    if type(value) is not needed_type:
        raise ValueError(f"{needed} is required")
    return value


def _number(value: Any) -> Any:
    if type(value) is not int and not (type(value) is float and math.isfinite(value)):
        raise ValueError("a number is required")
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
    raise ValueError(f"{' or '.join(map(str, choices))} is required")


def _items(reader: Read, value: Any) -> tuple[Any, ...]:
    read_items = []
    for item_index, json_item in enumerate(_of(list, "an array", value)):
        try:
            read_items.append(reader(json_item))
        except ValueError as error:
            raise ValueError(_within(f"[{item_index}]", error)) from None
    return tuple(read_items)


def _row(readers: tuple[Read, ...], value: Any) -> tuple[Any, ...]:
    if type(value) is not list or len(value) != len(readers):
        raise ValueError(f"an array of {len(readers)} items is required")
    return tuple(reader(json_item) for reader, json_item in zip(readers, value, strict=True))


def _table(read_key: Read, reader: Read, value: Any) -> dict[str, Any]:
    json_items = _of(dict, "an object", value).items()
    return {read_key(json_key): reader(json_item) for json_key, json_item in json_items}


def _limit(breaks: Callable[[Any, Any], bool], needed: str) -> Callable[[Any, Any], None]:
    """Return a check that receives a value as written in JSON and as read from it."""

    def check(value: Any, read_value: Any) -> None:
        if breaks(value, read_value):
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
        lambda _, number: number < least, f"at least {least} is required"
    ),
    "maximum": lambda most: _limit(lambda _, number: number > most, f"at most {most} is allowed"),
    "minLength": lambda least: _limit(lambda _, text: len(text) < least, "a text is required"),
    "maxLength": lambda most: _limit(lambda text, _: len(text) > most, f"more than {most:,}"),
    "maxItems": lambda most: _limit(lambda items, _: len(items) > most, f"more than {most:,}"),
    "pattern": _like,
}

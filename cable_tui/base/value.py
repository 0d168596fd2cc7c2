"""Values: records that never change, are equal by their fields, and cost nothing to define.

Python writes and compiles the methods of a dataclass each time a program starts: a hundred of them
took longer than a search. Here the one method that must be written for each class is written when
its first value is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, dataclass_transform


class _Default:
    """A default of a field that is made for every value."""

    def __init__(self, *, default_factory: Callable[[], Any]) -> None:
        self.make = default_factory


if TYPE_CHECKING:
    from dataclasses import field, replace  # the type checker knows which fields they take
else:
    field = _Default
    Some = TypeVar("Some", bound="Value")

    def replace(value: Some, /, **changes: Any) -> Some:
        """Return the same value with other contents of some fields. Raises `TypeError`."""
        return type(value)(**{**value.__dict__, **changes})


__all__ = ["Value", "as_json", "field", "fields_as_written", "json_names", "picked", "replace"]
Shape = TypeVar("Shape", bound="Value")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value:
    """The base of values. A subclass names its fields and their defaults, as a dataclass does.

    `field(default_factory=dict)` makes a default; `replace(value, name=...)` a changed copy.
    """

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Any]]
    else:

        def __init__(self, *args: Any, **named: Any) -> None:
            cls = type(self)
            cls.__init__ = _initialiser(cls._names, cls._defaults)
            self.__init__(*args, **named)

    _names: ClassVar[tuple[str, ...]] = ()
    """The names of the fields, in order."""
    _defaults: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        """Find the fields of the class."""
        own_names = [
            name for name, kind in cls.__annotations__.items() if "ClassVar" not in str(kind)
        ]
        defaults = {name: cls.__dict__[name] for name in own_names if name in cls.__dict__}
        cls._names = tuple(dict.fromkeys((*cls._names, *own_names)))
        cls._defaults = {**cls._defaults, **defaults}
        type.__setattr__(cls, "__match_args__", cls._names)  # for patterns
        type.__setattr__(cls, "__init__", Value.__init__)

    def __setattr__(self, name: str, _: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        self.__setattr__(name, None)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr__(self) -> str:
        field_texts = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({field_texts})"


def _initialiser(names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """Return the method that takes these fields, by position or by name, and sets them in order."""
    known_names: dict[str, Any] = {"set_field": object.__setattr__, "MISSING": object()}
    parameters, lines = ["self"], ["pass"]
    for name in names:
        default, value = defaults.get(name, known_names["MISSING"]), name
        known_names[f"default_{name}"] = default
        if isinstance(default, _Default):
            known_names[f"make_{name}"] = default.make
            known_names[f"default_{name}"] = known_names["MISSING"]
            value = f"make_{name}() if {name} is MISSING else {name}"
        parameters.append(f"{name}=default_{name}" if name in defaults else name)
        lines.append(f"set_field(self, {name!r}, {value})")
    text = f"def __init__({', '.join(parameters)}):\n    " + "\n    ".join(lines)
    exec(text, known_names)  # noqa: S102 - made of the names of our own fields
    initialiser: Callable[..., None] = known_names["__init__"]
    return initialiser


def as_json(value: Any) -> Any:
    """Return a value, and the values in it, as JSON's objects and arrays, the rest unchanged.

    The words of `base.kinds` say which fields are left out, `null`, or have another name.
    """
    if isinstance(value, Value):
        return _object(value)
    if isinstance(value, tuple | list):
        return [as_json(item_value) for item_value in value]
    if isinstance(value, dict):
        return {name: as_json(item_value) for name, item_value in value.items()}
    return value


def _object(value: Value) -> dict[str, Any]:
    content, defaults, written = value.__dict__, value._defaults, {}
    value_class: Any = type(value)
    for name, key, word in _json_fields(value_class):
        json_value = content[name]
        if word != "Only" or json_value != defaults.get(name, ""):
            json_value = as_json(json_value)
            written[key] = (json_value or None) if word == "OrNull" else json_value
    return written


def picked(shape: type[Shape], source: object, /, **others: Any) -> Shape:
    """Return a value of a shape: each field is given, or that of the source with its name."""
    for name in shape._names:
        if name not in others and (name not in shape._defaults or hasattr(source, name)):
            others[name] = getattr(source, name)
    return shape(**others)


def json_names(shape: Any) -> dict[str, str]:
    """Return the fields of a shape that JSON has, with their names there."""
    return {name: key for name, key, _ in _json_fields(shape)}


@cache
def _json_fields(shape: Any) -> tuple[tuple[str, str, str], ...]:
    """Return field, name in JSON, and word of those that JSON has."""
    fields_by_name: dict[str, tuple[str, str, str]] = {}
    for _, name, text in fields_as_written(shape):
        type_word = text.partition("[")[0]
        _, has_name, other = text.partition("'named ")
        if type_word != "Unsaved":
            fields_by_name[name] = (name, other.partition("'")[0] if has_name else name, type_word)
    return tuple(fields_by_name.values())


def fields_as_written(shape: type[Any]) -> Iterator[tuple[type, str, str]]:
    """Yield the fields of a shape: class, name, and the text of the kind, which loads nothing."""
    for base in reversed(shape.__mro__):
        for name, kind in getattr(base, "__annotations__", {}).items():
            text = getattr(kind, "__forward_arg__", kind)  # that of a NamedTuple
            if "ClassVar" not in text:
                yield base, name, text

"""An immutable base class for records that compare by field values and are cheap to define.

A dataclass generates and compiles its methods each time a program starts. For the hundred classes
of this package, that took longer than a search. Here each class needs only one generated method,
and it is generated when a class has more than a few instances: most classes of a command have one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, dataclass_transform


class _Default:
    """A field default that is created separately for every instance."""

    def __init__(self, *, default_factory: Callable[[], Any]) -> None:
        self.make = default_factory


if TYPE_CHECKING:
    from dataclasses import field, replace  # the type checker knows which fields they take
else:
    field = _Default
    Some = TypeVar("Some")

    def replace(value: Some, /, **changes: Any) -> Some:
        """Return a copy with changed fields. Raises `TypeError` for an unknown field."""
        return type(value)(**{**value.__dict__, **changes})


__all__ = ["Value", "as_json", "field", "fields_as_written", "json_names", "picked", "replace"]
_FEW = 40
"""The number of instances of a class created without a generated method: creating so many takes as
long as generating the method.
"""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value:
    """The base class of immutable values. A subclass declares fields and defaults like a dataclass.

    `field(default_factory=dict)` sets a default; `replace(value, name=...)` returns a changed copy.
    """

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Any]]
    else:

        def __init__(self, *args: Any, **named: Any) -> None:
            cls = type(self)
            names = cls._names
            cls._made[0] += 1
            given = dict(zip(names, args, strict=False)) | named
            fields = cls._defaults | given
            is_right = len(given) == len(args) + len(named) and fields.keys() == set(names)
            if cls._made[0] > _FEW or not is_right:  # a wrong call gets the error of a function
                cls.__init__ = _initialiser(names, cls._defaults)
                self.__init__(*args, **named)
                return
            for field_name in names:
                value = fields[field_name]
                self.__dict__[field_name] = value.make() if isinstance(value, _Default) else value

    _names: ClassVar[tuple[str, ...]] = ()
    """The names of the fields, in order."""
    _defaults: ClassVar[dict[str, Any]] = {}
    _made: ClassVar[list[int]] = [0]
    """The number of instances that were created without a generated method.

    It is inside a list, because a class whose attributes change is slower afterwards.
    """

    def __init_subclass__(cls) -> None:
        """Collect the names and defaults of the subclass's fields."""
        own_names = [
            field_name
            for field_name, annotation in cls.__annotations__.items()
            if "ClassVar" not in str(annotation)
        ]
        defaults = {
            field_name: cls.__dict__[field_name]
            for field_name in own_names
            if field_name in cls.__dict__
        }
        cls._names = tuple(dict.fromkeys((*cls._names, *own_names)))
        cls._defaults = {**cls._defaults, **defaults}
        cls._made = [0]
        type.__setattr__(cls, "__match_args__", cls._names)  # for patterns
        if cls.__base__ is not Value:  # the base class may get a method for its own fields
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
        field_texts = ", ".join(
            f"{field_name}={field_value!r}" for field_name, field_value in self.__dict__.items()
        )
        return f"{type(self).__name__}({field_texts})"


Shape = TypeVar("Shape", bound=Value)


def _initialiser(names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """Return an `__init__` method that sets these fields in order, by position or by name."""
    known_names: dict[str, Any] = {"set_field": object.__setattr__, "MISSING": object()}
    parameter_texts, method_lines = ["self"], ["pass"]
    for field_name in names:
        default, value_expression = defaults.get(field_name, known_names["MISSING"]), field_name
        known_names[f"default_{field_name}"] = default
        if isinstance(default, _Default):
            known_names[f"make_{field_name}"] = default.make
            known_names[f"default_{field_name}"] = known_names["MISSING"]
            value_expression = f"make_{field_name}() if {field_name} is MISSING else {field_name}"
        parameter_texts.append(
            f"{field_name}=default_{field_name}" if field_name in defaults else field_name
        )
        method_lines.append(f"set_field(self, {field_name!r}, {value_expression})")
    method_source = f"def __init__({', '.join(parameter_texts)}):\n    " + "\n    ".join(
        method_lines
    )
    exec(method_source, known_names)  # noqa: S102 - made of the names of our own fields
    initialiser: Callable[..., None] = known_names["__init__"]
    return initialiser


def as_json(value: Any) -> Any:
    """Return a value, and all values inside it, as JSON objects and arrays.

    The annotations in `base.kinds` decide which fields are omitted, `null`, or renamed. Everything
    else is unchanged.
    """
    if isinstance(value, Value):
        return _object(value)
    if isinstance(value, tuple | list):
        return [as_json(item_value) for item_value in value]
    if isinstance(value, dict):
        return {field_name: as_json(item_value) for field_name, item_value in value.items()}
    return value


def _object(value: Value) -> dict[str, Any]:
    field_values, defaults, json_object = value.__dict__, value._defaults, {}
    value_class: Any = type(value)
    for field_name, json_key, annotation_word in _json_fields(value_class):
        json_value = field_values[field_name]
        if annotation_word != "Only" or json_value != defaults.get(field_name, ""):
            json_value = as_json(json_value)
            json_object[json_key] = (
                (json_value or None) if annotation_word == "OrNull" else json_value
            )
    return json_object


def picked(shape: type[Shape], source: object, /, **others: Any) -> Shape:
    """Return a value of `shape` with fields from `others`, and the rest from `source`.

    Fields of `source` are used if they have the same name.
    """
    for field_name in shape._names:
        if field_name not in others and (
            field_name not in shape._defaults or hasattr(source, field_name)
        ):
            others[field_name] = getattr(source, field_name)
    return shape(**others)


def json_names(shape: Any) -> dict[str, str]:
    """Return the fields of a class that are written to JSON, with their JSON names."""
    return {field_name: json_key for field_name, json_key, _ in _json_fields(shape)}


@cache
def _json_fields(shape: Any) -> tuple[tuple[str, str, str], ...]:
    """Return the field name, JSON name and annotation word of each field written to JSON."""
    fields_by_name: dict[str, tuple[str, str, str]] = {}
    for _, field_name, annotation_text in fields_as_written(shape):
        type_word = annotation_text.partition("[")[0]
        _, has_name, name_text = annotation_text.partition("'named ")
        if type_word != "Unsaved":
            fields_by_name[field_name] = (
                field_name,
                name_text.partition("'")[0] if has_name else field_name,
                type_word,
            )
    return tuple(fields_by_name.values())


def fields_as_written(shape: type[Any]) -> Iterator[tuple[type, str, str]]:
    """Yield each field's class, name and annotation text, without evaluating the annotations."""
    for base_class in reversed(shape.__mro__):
        for field_name, annotation in getattr(base_class, "__annotations__", {}).items():
            annotation_text = getattr(
                annotation, "__forward_arg__", annotation
            )  # that of a NamedTuple
            if "ClassVar" not in annotation_text:
                yield base_class, field_name, annotation_text

"""Values: records that never change, are equal by their fields, and cost nothing to define.

A dataclass is written and compiled by Python each time a command starts: a hundred of them took
longer than a search. `msgspec` defines the same in C.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

from msgspec import Struct, field

if TYPE_CHECKING:
    from dataclasses import replace  # the type checker knows which fields it takes
else:
    from msgspec.structs import replace

__all__ = ["Value", "field", "replace"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value(Struct, frozen=True):
    """The base of values. A subclass names its fields and their defaults, as a dataclass does.

    `field(default_factory=dict)` makes a default; `replace(value, name=...)` makes a changed copy.
    """

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Any]]

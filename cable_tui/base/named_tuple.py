"""`typing.NamedTuple` for classes whose annotations are never evaluated.

`typing` compiles the text of each annotation when a class is defined, which takes longer than the
rest of the definition, and `show` needs fifty such classes. The modules of common commands
therefore use this `NamedTuple`. What `typing` refuses in a definition, such as a field without a
default after one with a default, only the type checker refuses here.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class _Definition(type):
        """The class of `NamedTuple`: a subclass of it is defined as a plain named tuple."""

        def __new__(cls, name: str, _: tuple[type, ...], content: dict[str, Any]) -> type:
            """Return the named tuple with the fields and the other content of a class."""
            fields = content.get("__annotations__", {})
            defaults = [content[field] for field in fields if field in content]
            made = namedtuple(name, fields, defaults=defaults, module=content["__module__"])
            for attribute in content.keys() - fields.keys():
                setattr(made, attribute, content[attribute])
            return made

    NamedTuple = type.__new__(_Definition, "NamedTuple", (), {})

__all__ = ["NamedTuple"]

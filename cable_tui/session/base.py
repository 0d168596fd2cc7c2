"""What a session is made of: values; actions, which go into `step`; effects, which come out."""

from __future__ import annotations

from dataclasses import Field, dataclass, field
from typing import Any, ClassVar, dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value:
    """A value of the session. Every subclass becomes a frozen dataclass by itself."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __init_subclass__(cls) -> None:
        """Make a frozen dataclass of it."""
        dataclass(frozen=True)(cls)


class Action(Value):
    """Something that a reader does, or that a worker reports."""


class Effect(Value):
    """Something that `step` asks the outside for."""

    latest: ClassVar[str] = ""
    """Where only the newest matters: the group in which it cancels the older ones."""
    opens_dialog: ClassVar[bool] = False
    """Whether its answer opens a dialog: keys pressed meanwhile wait for it."""


class Request(Action, Effect):
    """An action that the session has no part in: it goes out as it is, as its own effect."""


class LibraryWrite(Effect):
    """An effect on the library: done in order, one at a time, and before the program ends."""

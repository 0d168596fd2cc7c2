"""What actions and effects are: marks on the values that go in and out of `step`."""

from __future__ import annotations

from typing import ClassVar


class Action:
    """Something that a reader does, or that a worker reports."""

    __slots__ = ()


class Effect:
    """Something that `step` asks the outside for."""

    __slots__ = ()

    latest: ClassVar[str] = ""
    """Where only the newest matters: the group in which it cancels the older ones."""
    opens_dialog: ClassVar[bool] = False
    """Whether what it is answered by opens something that the keys behind it are meant for."""


class LibraryWrite(Effect):
    """Something that is done after the deeds before it, and before the room closes."""

    __slots__ = ()

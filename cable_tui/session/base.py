"""Actions, which go into `step` of a session, and effects, which come out of it."""

from __future__ import annotations

from typing import ClassVar

from cable_tui.value import Value


class Action(Value):
    """Something that a reader does, or that a worker reports."""


class Effect(Value):
    """Something that `step` asks the outside for."""

    latest: ClassVar[str] = ""
    """Where only the newest matters: the group in which it cancels the older ones."""
    ends: ClassVar[tuple[str, ...]] = ()
    """Groups that find out more about what the older ones were asked: it cancels these too."""
    opens_dialog: ClassVar[bool] = False
    """Whether its answer opens a dialog: keys pressed meanwhile wait for it."""


class Request(Action, Effect):
    """An action that the session has no part in: it goes out as it is, as its own effect."""


class LibraryWrite(Effect):
    """An effect on the library: done in order, one at a time, and before the program ends."""

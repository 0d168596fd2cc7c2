"""An event: one change to one bookmark, list entry, list or saved search, for other libraries.

    {"version": 1, "library": "0f...", "counter": 7, "clock": 12, "at": "2026-11-26T22:04:05Z",
     "subject": "mark", "key": ["5a..."], "value": {...}, "replaces": [["0f...", 3]]}

Each library numbers its events from 1 and never changes one. An event lists the events from any
library that its writer saw on the same item and that it replaces. A set of events therefore has one
meaning, in whatever order and however often they arrive: the events that no other event replaces
are valid (`standing_events.py`). An event without a value is a removal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple

from cable_tui.base.value import Value, as_json
from cable_tui.text.untrusted import json_value, read

if TYPE_CHECKING:
    from cable_tui.base.kinds import Id, Instant, Name, Only, Text, Trimmed, Uid

VERSION: Final = 1
LARGEST = 1 << 20
"""The maximum number of bytes in an event."""
LONGEST_NOTE = LARGEST // 8
"""The maximum number of characters in a shared note, equal to some fifty pages."""
LATEST = (1 << 53) - 1
"""The maximum counter, clock and rank, which any JSON parser preserves and SQLite accepts."""
FARTHEST = 1 << 40
"""The clock value above which a clock is not followed. No clock reaches this value in normal use,
and beyond it there would be no number for later events.
"""
Ordinal = Annotated[int, ("minimum", 1), ("maximum", LATEST)]
_Rank = Annotated[float, ("minimum", -LATEST), ("maximum", LATEST)]
_SavedTime = Annotated[str, ("pattern", "[0-9TZ:-]{0,20}")]
"""A time, or an old library's substitute for one."""


class EventId(NamedTuple):
    """The identity of an event across all libraries."""

    library: Uid
    """Sixteen hexadecimal digits, drawn at random when the library first shared something."""
    counter: Ordinal
    """The number of the event in its library, from 1, without gaps."""


class Event(NamedTuple):
    """One change that others may see."""

    id: EventId
    clock: int
    """The Lamport clock: one more than the highest clock that its library had seen."""
    at: str
    """When the change was made, in UTC in ISO 8601 format, by the machine's clock, for people."""
    subject: str
    """The type of the changed item, which is a key of `_LINES`."""
    key: tuple[str, ...]
    value: Mapping[str, Any] | None
    """The item's new state: `MARK` for a mark, `rank` and its note for a list, `query`
    and `rank` for a search, `rank` and `mark` for an entry. None for a removal.
    """
    replaces: tuple[EventId, ...] = ()

    @property
    def library(self) -> str:
        """The number of the event's library."""
        return self.id.library

    @property
    def counter(self) -> int:
        """The event's number within its library, from 1."""
        return self.id.counter

    @property
    def size(self) -> int:
        """The approximate number of characters in the event's line."""
        event_value = self.value or {}
        texts = (*self.key, *event_value.get("mark", event_value).values())
        return 200 + 30 * len(self.replaces) + sum(len(text) for text in texts if type(text) is str)

    @property
    def order(self) -> tuple[int, EventId]:
        """The event's position in a total order, after all events known to its writer."""
        return self.clock, self.id


def is_same(one: Event, other: Event) -> bool:
    """Return whether two events are the same, although one's content may have been erased."""
    if one._replace(value=None) != other._replace(value=None):
        return False
    return one.value == other.value or None in (one.value, other.value)


class SharedMark(Value):
    """A mark as stored in the library. A list entry contains it without the note."""

    reference_id: Id
    canonical_id: Id
    paragraph: Trimmed
    fingerprint: Uid | Literal[""]
    note: Annotated[Text, ("maxLength", LONGEST_NOTE)]
    author: Trimmed
    created: _SavedTime
    changed: _SavedTime


MARK = SharedMark._names


class _Ranked(Value):
    rank: _Rank


class _SharedList(_Ranked):
    note: Only[Annotated[Text, ("maxLength", LONGEST_NOTE)]] = ""
    """The note on the list, absent if there is none, as from programs that know none."""
    changed: Only[_SavedTime] = ""


class _SharedSearch(_Ranked):
    query: Trimmed


class _SharedEntry(_Ranked):
    mark: SharedMark


class _Line(Value):
    """The line of an event. The form of its key and value depends on the subject."""

    version: Literal[1]
    library: Uid
    counter: Ordinal
    clock: Ordinal
    at: Instant
    replaces: tuple[EventId, ...]
    key: tuple[str, ...]
    value: Value | None


class _MarkLine(_Line):
    key: tuple[Uid]
    value: SharedMark | None


class _ListLine(_Line):
    key: tuple[Name]
    value: _SharedList | None


class _SearchLine(_Line):
    key: tuple[Name]
    value: _SharedSearch | None


class _EntryLine(_Line):
    key: tuple[Name, Uid]
    """The name of the list and the uid of the mark."""
    value: _SharedEntry | None


_LINES: Mapping[str, type[_Line]] = {
    "mark": _MarkLine,
    "list": _ListLine,
    "search": _SearchLine,
    "entry": _EntryLine,
}


def dumps(event: Event) -> str:
    """Return one line of JSON without its line ending. Equal events always have equal lines."""
    value = {
        "version": VERSION,
        "library": event.id.library,
        "counter": event.id.counter,
        "clock": event.clock,
        "at": event.at,
        "subject": event.subject,
        "key": event.key,
        "value": event.value,
        "replaces": event.replaces,
    }
    return _encoded(value)


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def own(text: str) -> Event:
    """Return the event in a line that this library wrote, without checking it again."""
    fields = json.loads(text)
    return Event(
        EventId(fields["library"], fields["counter"]),
        fields["clock"],
        fields["at"],
        fields["subject"],
        tuple(fields["key"]),
        fields["value"],
        tuple(EventId(library, counter) for library, counter in fields["replaces"]),
    )


def cleaned(event: Event) -> Event:
    """Return an event as others will read it. Raises `ValueError` if they cannot read it."""
    event = loads(dumps(event))
    if len(dumps(event).encode()) > LARGEST:
        raise ValueError("it is too long")
    return event


class NewerEventError(ValueError):
    """Raised if the event was written by a newer cable-tui."""

    def __init__(self) -> None:
        super().__init__(
            "it was written by a newer cable-tui; install that version on this machine too"
        )


def loads(text: str | bytes) -> Event:
    """Return the event in a line. Lines are not trusted: control characters are removed from texts.

    Raises `ValueError` with the fault, for example `NewerEventError`.
    """
    if len(text) > LARGEST:
        raise ValueError("it is too long")
    fields = json_value(text)
    if not isinstance(fields, dict):
        raise ValueError("it is not an event")
    version, subject = fields.get("version"), fields.get("subject")
    if isinstance(version, int) and version > VERSION:
        raise NewerEventError
    if not isinstance(subject, str) or subject not in _LINES:
        raise ValueError("it is not an event")
    line = read(_LINES[subject], {"value": None, "replaces": [], **fields})
    value = as_json(line.value)
    if subject == "entry" and value is not None:
        value["mark"]["note"] = ""
    name = EventId(line.library, line.counter)
    return Event(name, line.clock, line.at, subject, line.key, value, line.replaces)

"""An event: one change of one bookmark, entry of a list, list or saved search, for other libraries.

    {"version": 1, "library": "0f...", "counter": 7, "clock": 12, "at": "2026-11-26T22:04:05Z",
     "subject": "mark", "key": ["5a..."], "value": {...}, "replaces": [["0f...", 3]]}

Each library counts its events from 1 and never changes one. An event names the events of any
library that its writer saw in its place and that it takes the place of. So any set of events, in
whatever order they came and however often, says one thing: what no event of the set replaces holds
(`standing_events.py`). An event without a value is a removal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from cable_tui.base.pattern import Pattern, pattern
from cable_tui.text import clean_line, clean_text

VERSION: Final = 1
KEYS: Final = {
    "mark": 1,  # its uid
    "list": 1,  # its name
    "search": 1,  # its name
    "entry": 2,  # a mark in a list: the name of the list, the uid of the mark
}
"""The subjects of events, and how many texts identify one of them."""
MARK = (
    "reference_id",
    "canonical_id",
    "paragraph",
    "fingerprint",
    "note",
    "author",
    "created",
    "changed",
)
"""The fields of a mark, as in the library; an entry has those of its mark, but no note."""
LARGEST = 1 << 20
"""The most bytes of an event."""
LONGEST_NOTE = LARGEST // 8
"""The most characters of a shared note: some fifty pages."""
LATEST = (1 << 53) - 1
"""The largest counter, clock and rank: any JSON keeps it, and SQLite takes it."""
FARTHEST = 1 << 40
"""No clock gets that far by itself. A clock beyond it is not followed: there would be no number for
later events."""
_UID = pattern(r"[0-9a-f]{16}")
_TIME = pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

_DAY = pattern(r"[0-9TZ:-]{0,20}")
"""A time, or an old library's substitute for one."""


class EventId(NamedTuple):
    """The identity of an event among all libraries."""

    library: str
    """Sixteen hexadecimal digits, drawn when the library first shared something."""
    counter: int
    """Number of the event in its library, from 1, without gaps."""


class Event(NamedTuple):
    """One change that others may see."""

    id: EventId
    clock: int
    """One more than the highest that its library had seen (a Lamport clock)."""
    at: str
    """ISO 8601, UTC: by the machine's clock, for people."""
    subject: str
    """One of `KEYS`."""
    key: tuple[str, ...]
    value: Mapping[str, Any] | None
    """Of a mark `MARK`; of a list `rank`; of a search `query` and `rank`; of an entry `rank` and
    its `mark`. None for a removal."""
    replaces: tuple[EventId, ...] = ()

    @property
    def library(self) -> str:
        """The number of its library."""
        return self.id.library

    @property
    def counter(self) -> int:
        """Its number within its library, from 1."""
        return self.id.counter

    @property
    def size(self) -> int:
        """The approximate number of characters of its line."""
        value = self.value or {}
        texts = (*self.key, *value.get("mark", value).values())
        return 200 + 30 * len(self.replaces) + sum(len(text) for text in texts if type(text) is str)

    @property
    def order(self) -> tuple[int, EventId]:
        """A total order, in which an event comes after all events that its writer knew."""
        return self.clock, self.id


def is_same(one: Event, other: Event) -> bool:
    """Return whether two are one event; the content of one may have been erased since."""
    if one._replace(value=None) != other._replace(value=None):
        return False
    return one.value == other.value or None in (one.value, other.value)


def dumps(event: Event) -> str:
    """Return one line of JSON, without its end; the same event is always the same line."""
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
    """Return the event of a line that this library has written, without checking it again."""
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
    """Return an event as others will read it. Raises `ValueError` if they could not."""
    value = None if event.value is None else _value(event.subject, event.value)
    event = event._replace(key=_key(event.subject, list(event.key)), value=value)
    if len(dumps(event).encode()) > LARGEST:
        raise ValueError("it is too long")
    return event


class NewerEventError(ValueError):
    """It was written by a newer cable-tui."""

    def __init__(self) -> None:
        super().__init__("it was written by a newer cable-tui; install that version here, too")


def loads(text: str | bytes) -> Event:
    """Return the event of a line. It is not trusted: texts are cleaned of control characters.

    Raises `ValueError` with the fault, for instance `NewerEventError`.
    """
    if len(text) > LARGEST:
        raise ValueError("it is too long")
    try:
        fields = json.loads(text)
    except RecursionError:
        raise ValueError("it is not an event") from None
    if not isinstance(fields, dict):
        raise ValueError("it is not an event")
    version = fields.get("version")
    if isinstance(version, int) and version > VERSION:
        raise NewerEventError
    subject, key = fields.get("subject"), fields.get("key")
    if version != VERSION or version is True:
        raise ValueError("it is not an event")
    if not isinstance(subject, str) or subject not in KEYS or not isinstance(key, list):
        raise ValueError("it is not an event")
    replaces = fields.get("replaces", [])
    if len(key) != KEYS[subject] or not isinstance(replaces, list):
        raise ValueError("key or replaces is not understood")
    value = fields.get("value")
    return Event(
        _id((fields.get("library"), fields.get("counter"))),
        _number(fields.get("clock")),
        _matching(fields.get("at"), _TIME),
        subject,
        _key(subject, key),
        None if value is None else _value(subject, value),
        tuple(map(_id, replaces)),
    )


def _id(pair: Any) -> EventId:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise ValueError("the name of an event is not understood")
    return EventId(_matching(pair[0], _UID), _number(pair[1]))


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= LATEST:
        raise ValueError("a number of at least 1 is needed")
    return value


def _matching(value: Any, shape: Pattern[str]) -> str:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise ValueError(f"{clean_line(str(value)[:40])!r} is not understood")
    return value


def _line(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a text is needed")
    return clean_line(value).strip()


def _key(subject: str, key: list[Any]) -> tuple[str, ...]:
    if subject == "mark":
        return (_matching(key[0], _UID),)
    name = " ".join(_line(key[0]).split())
    if not name:
        raise ValueError("a name is needed")
    return (name, _matching(key[1], _UID)) if subject == "entry" else (name,)


def _value(subject: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("value: an object is needed")
    if subject == "mark":
        return _mark(value)
    rank = value.get("rank")
    if not isinstance(rank, int | float) or isinstance(rank, bool) or not abs(rank) <= LATEST:
        raise ValueError("rank: a number is needed")
    if subject == "entry":
        return {"rank": rank, "mark": {**_value("mark", value.get("mark")), "note": ""}}
    return (
        {"rank": rank} if subject == "list" else {"rank": rank, "query": _line(value.get("query"))}
    )


def _mark(value: dict[str, Any]) -> dict[str, str]:
    mark = {name: _line(value.get(name)) for name in MARK if name != "note"}
    note = value.get("note")
    if not isinstance(note, str) or len(note) > LONGEST_NOTE:
        raise ValueError("note: a text is needed, and no longer one")
    for name in ("created", "changed"):
        _matching(mark[name], _DAY)
    if mark["fingerprint"]:
        _matching(mark["fingerprint"], _UID)
    if not mark["canonical_id"] or not mark["reference_id"]:
        raise ValueError("reference_id and canonical_id are needed")
    return {name: clean_text(note) if name == "note" else mark[name] for name in MARK}

"""Events as lines: what is written is read, and nothing else is taken for one."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.tools.sharing import event_file
from cable_tui.tools.sharing.events import (
    MARK,
    Event,
    EventId,
    NewerEventError,
    dumps,
    is_same,
    loads,
)
from tests.tool_cases import ByteReaders, file_of
from tests.tools.sharing.target_rules import ONE, events

ID = EventId("0123456789abcdef", 7)
VALUE = dict.fromkeys(MARK, "x") | {
    "paragraph": "",
    "fingerprint": "",
    "created": "2026-11-26T22:04:05Z",
    "changed": "2026-11-26T22:04:05Z",
    "note": "two\nlines",
}
REMOVAL = Event(ID, 12, "2026-11-26T22:04:05Z", "mark", ("5a" * 8,), None, (EventId("f" * 16, 3),))
EVENTS = [
    REMOVAL,
    REMOVAL._replace(value=VALUE),
    REMOVAL._replace(subject="list", key=("TIP story",), value={"rank": 1.5}),
    REMOVAL._replace(subject="search", key=("minors",), value={"rank": 2, "query": "tag:KTIP"}),
    REMOVAL._replace(
        subject="entry", key=("s", "5a" * 8), value={"rank": 1, "mark": VALUE | {"note": ""}}
    ),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.subject)
def test_an_event_is_one_line_and_comes_back_as_it_was(event: Event) -> None:
    line = dumps(event)
    assert "\n" not in line
    assert loads(line) == event
    assert loads(line.encode()) == event


def test_an_event_is_the_same_though_what_it_said_was_removed() -> None:
    said = EVENTS[1]
    assert is_same(said, said)
    assert is_same(said, said._replace(value=None))
    assert is_same(said._replace(value=None), said)
    assert not is_same(said, said._replace(value=VALUE | {"note": "another"}))
    assert not is_same(said, said._replace(clock=13))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 0},
        {"library": "X"},
        {"counter": 0},
        {"at": "yesterday"},
        {"subject": "seen"},
        {"subject": {"rank": 2}},
        {"key": ["../x"]},
        {"replaces": [["0" * 16]]},
        {"value": {"note": "no place"}},
        {"value": VALUE | {"canonical_id": " "}},
        {"value": VALUE | {"note": "a" * 131_073}},
        {"clock": 1 << 53},
        {"counter": 1 << 53},
    ],
)
def test_what_is_no_event_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        loads(json.dumps(json.loads(dumps(EVENTS[1])) | change))


def test_the_event_of_a_newer_program_is_told_from_a_damaged_one() -> None:
    with pytest.raises(NewerEventError):
        loads(json.dumps({"version": 2, "anything": "else"}))


@pytest.mark.parametrize(
    "rank", ["1", True, None, 1e400, float("nan"), 1 << 53, -(10**19), 10**400]
)
def test_a_rank_is_a_number(rank: object) -> None:
    line = json.dumps(json.loads(dumps(EVENTS[2])) | {"value": {"rank": rank}})
    with pytest.raises(ValueError, match="rank"):
        loads(line)


def test_control_characters_of_a_note_become_visible() -> None:
    line = dumps(EVENTS[1]._replace(value=VALUE | {"note": "a\x1b[31m"}))
    found = loads(line)
    assert found.value is not None
    assert found.value["note"] == "a␛[31m"


def test_a_place_in_a_list_has_no_note() -> None:
    entry = EVENTS[4]._replace(value={"rank": 1, "mark": VALUE})
    assert loads(dumps(entry)) == EVENTS[4]


TEXTS = st.text(max_size=20)


@given(st.dictionaries(st.sampled_from(MARK), TEXTS), TEXTS)
def test_what_was_read_once_is_read_as_it_was(texts: dict[str, str], name: str) -> None:
    times = {"created": VALUE["created"], "changed": VALUE["changed"], "fingerprint": ""}
    named = {"reference_id": "R", "canonical_id": "C"}
    value = VALUE | texts | times | named
    mark = {"rank": 1, "mark": value}
    for event in (
        EVENTS[1]._replace(value=value),
        EVENTS[4]._replace(key=(f"n{name}", "5a" * 8), value=mark),
        EVENTS[3]._replace(key=(f"n{name}",), value={"rank": 1, "query": name}),
    ):
        found = loads(json.dumps(json.loads(dumps(event))))
        assert loads(dumps(found)) == found


def _events(data: bytes) -> None:
    """A file of events that a synced folder has."""
    with file_of(data) as place, suppress(event_file.DamagedLineError):
        list(event_file.read(place, ONE, 0))
    for line in data.splitlines():  # a sum of its bytes would keep every change of a line out
        with suppress(ValueError, NewerEventError):
            loads(line[9:])


CASE = ByteReaders(
    {"events": (_events, lambda: iter([b"".join(map(event_file.line_of, events(ONE, 1, 2, 3)))]))}
)

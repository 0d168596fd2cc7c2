"""A file of events: what is whole is read, what is damaged is named, all that was read is kept."""

from __future__ import annotations

import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.library.sharing import events as sharing_events
from cable_tui.library.sharing.events import Event
from cable_tui.sync import event_file
from cable_tui.sync.event_file import NOTHING, DamagedLineError, Place
from tests.sync.target_rules import ONE, TWO, event, events

LINE = (
    b'{"version":1,"library":"1111111111111111","counter":1,"clock":1,'
    b'"at":"2026-11-26T22:04:05Z","subject":"list","key":["story"],"value":{"rank":1},'
    b'"replaces":[]}'
)
"""As docs/sharing.md and the head of `library/sharing/events.py` have it."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "marks.jsonl"
    made.write_bytes(lines(1, 2, 3))
    return made


def lines(*counters: int) -> bytes:
    return b"".join(map(event_file.line_of, events(ONE, *counters)))


def read(file: Path, since: int = 0) -> tuple[list[int], str]:
    """The counters of its events, and what stopped it."""
    found: list[int] = []
    try:
        for each in event_file.read(file, ONE, since):
            found.append(each.counter)  # noqa: PERF401 - what came before an error counts
    except DamagedLineError as error:
        return found, str(error)
    return found, ""


def test_a_line_is_a_checksum_and_the_event() -> None:
    assert event_file.line_of(event(ONE, 1)) == b"%08x %b\n" % (zlib.crc32(LINE), LINE)


@pytest.mark.parametrize("since", range(5))
def test_what_follows_a_counter_is_read(file: Path, since: int) -> None:
    assert read(file, since) == (list(range(since + 1, 4)), "")


@pytest.mark.parametrize(
    ("content", "found", "why"),
    [
        (b"", [], ""),
        (lines(1)[:-1], [], ""),
        (lines(1, 2) + b"x", [1, 2], ""),
        (lines(1, 1, 2, 1, 3), [1, 2, 3], ""),
        (lines(1, 2).replace(b"\n", b"\r\n"), [1, 2], ""),
        (lines(2, 3), [], "events 1 to 1 are missing"),
        (lines(1, 4), [1], "events 2 to 3 are missing"),
        (lines(1) + b"\n" + lines(2), [1], "a line was changed"),
        (lines(1) + lines(2).replace(b"story", b"stone"), [1], "a line was changed"),
        (lines(1) + event_file.line_of(event(TWO, 2)), [1], "a line is of another library"),
        (b"00000000 \n", [], "a line is no event"),
        (b"x" * (2 << 20), [], "a line was changed"),
    ],
    ids=["empty", "no end", "half", "twice", "crlf", "start", "gap", "blank", "changed", "other",
         "no event", "long"],
)  # fmt: skip
def test_it_is_read_up_to_what_is_wrong(
    file: Path, content: bytes, found: list[int], why: str
) -> None:
    file.write_bytes(content)
    assert read(file) == (found, why)


@pytest.mark.parametrize(
    "text",
    [
        b'{"version":1}',
        b"[" * 100_000,
        b'"\xff"',
        LINE.replace(b'"counter":1', b'"counter":-1'),
        LINE.replace(b'"clock":1', b'"clock":9223372036854775808'),
        LINE.replace(b'"rank":1', b'"rank":' + b"9" * 5_000),
        LINE.replace(b'"rank":1', b'"rank":NaN'),
    ],
)
def test_a_line_that_somebody_made_up_stops_its_library_alone(file: Path, text: bytes) -> None:
    file.write_bytes(b"%08x %b\n" % (zlib.crc32(text), text))
    assert read(file) == ([], "a line is no event")


@given(st.binary(max_size=200), st.sampled_from([b"", b"\n", b"\r\n"]), st.integers(0, 3))
def test_whatever_stands_behind_a_line_that_line_is_read(
    data: bytes, end: bytes, since: int
) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "marks.jsonl"
        file.write_bytes(lines(1) + data + end)
        found, why = read(file, since)
        assert found == [1][since:]
        assert bool(why) == (b"\n" in data + end)
        assert good(file) == (len(lines(1)), event(ONE, 1))


def test_reading_on_takes_no_longer_for_what_was_read_before(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(lines(*range(1, 5_001)))
    understood_lines = 0
    understood = sharing_events.loads

    def counted(text: bytes) -> object:
        nonlocal understood_lines
        understood_lines += 1
        return understood(text)

    monkeypatch.setattr(sharing_events, "loads", counted)
    assert read(file, 4_990) == (list(range(4_991, 5_001)), "")
    assert understood_lines < 300


# The own file.


def good(file: Path, known: Place = NOTHING) -> tuple[int, Event | None]:
    found = event_file.good_part(file, ONE, known)
    return found.end, found.last


@pytest.mark.parametrize(
    ("content", "end", "last"),
    [
        (b"", 0, None),
        (lines(1, 2), len(lines(1, 2)), event(ONE, 2)),
        (lines(1, 2)[:-1], len(lines(1)), event(ONE, 1)),
        (lines(1) + b"damage\n" + lines(2), len(lines(1)), event(ONE, 1)),
        (lines(1) + event_file.line_of(event(TWO, 2)), 0, None),
    ],
)
def test_how_far_an_own_file_is_good(
    file: Path, content: bytes, end: int, last: Event | None
) -> None:
    file.write_bytes(content)
    assert good(file) == (end, last)


@pytest.mark.parametrize(
    "content",
    [lines(1, 2, 3, 4), lines(1), lines(1, 2)[:-1], b"", lines(1, 2).replace(b"story", b"stone")],
)
def test_what_was_known_of_a_file_is_looked_at_again(file: Path, content: bytes) -> None:
    known = event_file.good_part(file, ONE)
    file.write_bytes(content)
    assert good(file, known) == good(file)


def test_what_is_appended_is_the_good_part(file: Path) -> None:
    known = event_file.good_part(file, ONE)
    after = event_file.append(file, known.end, events(ONE, 4, 5))
    assert file.read_bytes() == lines(1, 2, 3, 4, 5)
    assert after == event_file.good_part(file, ONE)


@pytest.mark.parametrize(
    ("rest", "kept"),
    [
        (b"", []),
        (lines(4)[:-1], []),
        (b"damage\nmore", [b"damage\nmore"]),
        (b"x" * (3 << 20), [b"x" * (3 << 20)]),
    ],
    ids=["nothing", "half a line", "damage", "a long one"],
)
def test_what_stands_behind_the_good_part_is_kept_unless_it_broke_off(
    file: Path, rest: bytes, kept: list[bytes]
) -> None:
    file.write_bytes(lines(1) + rest)
    event_file.append(file, len(lines(1)), events(ONE, 2))
    assert file.read_bytes() == lines(1, 2)
    assert [each.read_bytes() for each in file.parent.glob("*.damaged-*")] == kept

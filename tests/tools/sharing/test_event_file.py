"""A file of events: what is whole is read, what is damaged is named, all that was read is kept."""

from __future__ import annotations

import errno
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.operating_system import files
from cable_tui.tools.sharing import event_file
from cable_tui.tools.sharing import events as sharing_events
from cable_tui.tools.sharing.event_file import NOTHING, DamagedLineError, Own
from tests.tool_cases import KeptFiles
from tests.tools.sharing.target_rules import ONE, TWO, event, events

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


_JUNK = b'{"version":1,"library":"1111111111111111","counter":9,"clock":"late"}'
MADE_UP = b"%08x %b\n" % (zlib.crc32(_JUNK), _JUNK)
"""A line that begins as an event does, and is not one."""


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
        (lines(2, 3), [], "event 1 is missing"),
        (lines(1, 4), [1], "events 2 to 3 are missing"),
        (lines(1) + b"\n" + lines(2), [1], "a line was changed"),
        (lines(1) + lines(2).replace(b"story", b"stone"), [1], "a line was changed"),
        (lines(1) + event_file.line_of(event(TWO, 2)), [1], "a line belongs to another library"),
        (b"00000000 \n", [], "a line is not an event"),
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
    assert read(file) == ([], "a line is not an event")


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
        assert event_file.look(file, ONE).last == event(ONE, 1)


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

ALL_OF_THREE = Own(len(lines(1, 2, 3)), 3, event(ONE, 3))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", NOTHING),
        (lines(1, 2, 3), ALL_OF_THREE),
        (lines(1, 2, 3) + b"x", ALL_OF_THREE),
        (lines(1, 2)[:-1], Own(len(lines(1)), 1, event(ONE, 1))),
        (lines(1, 3, 4), Own(len(lines(1, 3, 4)), 1, event(ONE, 4), frozenset({3, 4}))),
        (lines(3), Own(len(lines(3)), 0, event(ONE, 3), frozenset({3}))),
    ],
    ids=["empty", "whole", "half a line", "no end", "gap", "no start"],
)
def test_a_sound_file_says_what_it_has(file: Path, content: bytes, found: Own) -> None:
    file.write_bytes(content)
    assert event_file.look(file, ONE) == found


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (lines(1, 3, 2), b""),
        (lines(1, 2, 3, 2), b""),
        (lines(1, 2, 3) * 2, b""),
        (lines(3, 2, 1).replace(b"\n", b"\r\n"), b""),
        (lines(1) + b"damage\n" + lines(2, 3), b"damage\n"),
        (lines(1) + b"x" * (3 << 20) + b"\n" + lines(2, 3), b"x" * (3 << 20) + b"\n"),
        (lines(1, 2, 3) + b"x" * (3 << 20), b"x" * (3 << 20)),
        (lines(1, 2, 3) + b"\n", b"\n"),
        (event_file.line_of(event(TWO, 1)) + lines(1, 2, 3), event_file.line_of(event(TWO, 1))),
        (
            lines(1, 2, 3) + event_file.line_of(event(ONE, 2, "other")),
            event_file.line_of(event(ONE, 2, "other")),
        ),
        (lines(1, 2, 3) + MADE_UP, MADE_UP),
        (lines(3, 1, 2) + lines(4)[:-1], b""),
    ],
    ids=["swapped", "one twice", "all twice", "crlf", "damage", "long", "long without an end",
         "blank", "other library", "other event", "made up", "half a line"],
)  # fmt: skip
def test_a_file_in_disorder_is_written_again_and_what_is_no_event_is_kept(
    file: Path, content: bytes, kept: bytes
) -> None:
    file.write_bytes(content)
    file.chmod(0o640)
    assert not event_file.look(file, ONE).is_sound
    beside = event_file.write_again(file, ONE)
    assert file.read_bytes() == lines(1, 2, 3)
    assert file.stat().st_mode & 0o777 == 0o640
    assert event_file.look(file, ONE) == ALL_OF_THREE
    assert (beside.read_bytes() if beside else b"") == kept
    assert set(file.parent.iterdir()) == {file, beside} - {None}


def test_what_is_missing_is_written_where_it_belongs(file: Path) -> None:
    file.write_bytes(lines(2, 4, 6))
    event_file.write_again(file, ONE, [*events(ONE, 1, 3), event(ONE, 4, "other"), event(ONE, 5)])
    assert file.read_bytes() == lines(1, 2, 3, 4, 5, 6)


def test_half_a_line_is_cut_off_before_a_shorter_one_takes_its_place(file: Path) -> None:
    half = event_file.line_of(event(ONE, 4, "a very long name of a list " * 9))[:-1]
    file.write_bytes(lines(1, 2, 3) + half)
    own = event_file.append(file, event_file.look(file, ONE), [event(ONE, 4)])
    assert file.read_bytes() == lines(1, 2, 3, 4)
    assert own == event_file.look(file, ONE)


@pytest.mark.parametrize("left", [b"half", None])
def test_a_program_that_was_killed_while_it_wrote_again_is_in_nobodys_way(
    file: Path, tmp_path: Path, left: bytes | None
) -> None:
    """What it left may also be a link that somebody has made there."""
    part, precious = file.with_name(".marks.jsonl.part"), tmp_path / "precious"
    precious.write_bytes(b"untouched")
    if left:
        part.write_bytes(left)
    else:
        part.symlink_to(precious)
    file.write_bytes(lines(2, 1))
    event_file.write_again(file, ONE)
    assert file.read_bytes() == lines(1, 2)
    assert precious.read_bytes() == b"untouched"
    assert not part.exists()


def test_a_full_disk_leaves_the_file_as_it_was_and_one_without_modes_writes_it_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file.write_bytes(lines(2, 1))
    with monkeypatch.context() as patch:
        patch.setattr(files, "flush", refuse)
        with pytest.raises(OSError, match="No space left"):
            event_file.write_again(file, ONE)
    assert file.read_bytes() == lines(2, 1)
    assert list(file.parent.iterdir()) == [file]
    monkeypatch.setattr(Path, "chmod", refuse)
    event_file.write_again(file, ONE)
    assert file.read_bytes() == lines(1, 2)


def test_events_that_are_added_are_on_the_disk_when_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[bytes] = []
    file = tmp_path / "file"
    flush = files.flush

    def flushed(stream: IO[bytes]) -> None:
        flush(stream)
        happened.append(file.read_bytes())

    monkeypatch.setattr(files, "flush", flushed)
    event_file.append(file, NOTHING, [event(ONE, 1)])
    assert happened == [event_file.line_of(event(ONE, 1))]


def _events(file: Path) -> None:
    file.write_bytes(event_file.line_of(event(ONE, 2)) + event_file.line_of(event(ONE, 1)))
    event_file.write_again(file, ONE)


CASE = KeptFiles({"events in order again": _events})

"""A folder as a target: the rules of all targets, and what carriers of files do to it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cable_tui.operating_system import files
from cable_tui.tools.sharing import event_file
from cable_tui.tools.sharing.folder import SIGN, FolderTarget
from cable_tui.tools.sharing.target import ReadOnlyError, TargetError
from tests.tool_cases import KeptFiles
from tests.tools.sharing import target_rules
from tests.tools.sharing.target_rules import ONE, TWO, Opened, event, events


@pytest.mark.parametrize("rule", target_rules.ALL, ids=lambda rule: rule.__name__)
def test_it_is_a_target(rule: Callable[[Opened], None], tmp_path: Path) -> None:
    rule(lambda: FolderTarget(str(tmp_path / "shared")))


@pytest.fixture
def target(tmp_path: Path) -> FolderTarget:
    made = FolderTarget(str(tmp_path / "shared"))
    made.init()
    made.push(events(ONE, 1, 2, 3))
    made.push(events(TWO, 1))
    return made


def file_of(target: FolderTarget, library: str = ONE) -> Path:
    return target.folder / f"marks-{library}.jsonl"


def counters(target: FolderTarget, library: str = ONE) -> list[int]:
    return [each.counter for each in target.pull({}) if each.library == library]


def test_a_half_written_last_line_is_waited_for(target: FolderTarget) -> None:
    whole = file_of(target).read_bytes()
    for size in range(len(whole)):
        file_of(target).write_bytes(whole[:size])
        assert counters(target) == list(range(1, whole[:size].count(b"\n") + 1))
        assert target.notices == []


def test_an_own_line_that_broke_off_is_written_again(target: FolderTarget) -> None:
    whole = file_of(target).read_bytes()
    file_of(target).write_bytes(whole[:-20])
    again = FolderTarget(target.name)
    assert again.last(ONE) == event(ONE, 2)
    again.push(events(ONE, 3, 4))
    assert file_of(target).read_bytes() == whole + event_file.line_of(event(ONE, 4))
    assert len(list(target.folder.iterdir())) == 3


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "changed": lambda content: content.replace(b"story", b"st\0ry"),
    "a conflict of git": lambda content: b"<<<<<<< HEAD\n" + content,
    "zeros": lambda content: b"\0" * len(content) + b"\n",
    "first line lost": lambda content: b"".join(content.splitlines(keepends=True)[1:]),
    "middle line lost": lambda content: b"".join(content.splitlines(keepends=True)[::2]),
    "upside down": lambda content: b"".join(content.splitlines(keepends=True)[::-1]),
    "another library": lambda content: content.replace(ONE.encode(), TWO.encode()),
    "a long line": lambda content: b"x" * (5 << 20) + b"\n" + content,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damage_is_named_and_the_writer_puts_it_right(
    target: FolderTarget, damage: Callable[[bytes], bytes]
) -> None:
    whole = file_of(target).read_bytes()
    file_of(target).write_bytes(damage(whole))
    reader = FolderTarget(target.name)
    assert len(list(reader.pull({TWO: 1}))) < 3
    (notice,) = reader.notices
    assert str(file_of(target)) in notice
    assert "next sync" in notice
    writer = FolderTarget(target.name)
    writer.last(ONE)
    writer.push(events(ONE, *range(writer.whole(ONE) + 1, 4)))
    assert file_of(target).read_bytes() == whole
    assert counters(reader) == [1, 2, 3]
    assert reader.notices == []
    list(writer.pull({}))
    (told,) = writer.notices
    assert "some of its lines were lost, changed or moved" in told


def test_a_room_that_stays_open_puts_right_what_was_damaged_meanwhile(
    target: FolderTarget,
) -> None:
    """A sync that follows for days: it has read its file, and has to look at it again."""
    assert target.last(ONE) == event(ONE, 3)
    content = file_of(target).read_bytes()
    damaged = content.replace(b'"counter":2', b'"counter":7')
    assert len(damaged) == len(content)
    later = file_of(target).stat().st_mtime_ns + 1_000_000_000
    file_of(target).write_bytes(damaged)
    os.utime(file_of(target), ns=(later, later))  # the clock of a disk may be coarse
    assert target.whole(ONE) == 1
    target.push(events(ONE, 2, 3, 4))
    assert counters(target) == [1, 2, 3, 4]
    assert target.last(ONE) == event(ONE, 4)
    # One that became shorter is filled again.
    file_of(target).write_bytes(content.splitlines(keepends=True)[0])
    assert list(target.pull({ONE: 3, TWO: 1})) == []
    assert target.last(ONE) == event(ONE, 1)
    target.push(events(ONE, 2, 3, 4))
    assert counters(target) == [1, 2, 3, 4]


def test_a_file_that_may_only_be_read_is_left_as_it_is(
    target: FolderTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    lines = file_of(target).read_bytes().splitlines(keepends=True)
    file_of(target).write_bytes(b"".join(lines[::-1]))
    monkeypatch.setattr(files, "replace", refuse)
    with pytest.raises(ReadOnlyError, match="you can only read there"):
        target.last(ONE)
    assert counters(target, TWO) == [1]
    assert file_of(target).read_bytes() == b"".join(lines[::-1])


@pytest.mark.parametrize("more", [b"", b"x" * 1_000])
def test_another_file_in_the_place_of_the_own_one_is_noticed(
    target: FolderTarget, more: bytes
) -> None:
    """As Syncthing does where two machines write as one library: it may be longer, too."""
    other = [event(ONE, counter, f"other {'x' * counter}") for counter in range(1, 7)]
    file_of(target).write_bytes(b"".join(map(event_file.line_of, other)) + more)
    assert target.last(ONE) == other[-1]
    target.push(events(ONE, 7))
    assert list(target.pull({TWO: 1})) == [*other, event(ONE, 7)]


@pytest.mark.parametrize(
    "name",
    [
        f"marks-{ONE}.sync-conflict-20261126-120000-ABCDEFG.jsonl",
        f"marks-{ONE} (conflicted copy).jsonl",
        f"MARKS-{ONE}.JSONL",
        f"marks-{ONE}~HEAD.jsonl",
    ],
)
def test_a_copy_that_has_more_is_read_too(target: FolderTarget, name: str) -> None:
    lines = file_of(target).read_bytes().splitlines(keepends=True)
    (target.folder / name).write_bytes(b"".join(lines))
    file_of(target).write_bytes(lines[0] + b"damaged\n")
    assert counters(target) == [1, 2, 3]
    assert target.notices == []


def test_only_files_of_events_are_read(target: FolderTarget) -> None:
    (target.folder / "notes.jsonl").write_text("x\n")
    (target.folder / f"marks-{'3' * 16}.jsonl.part").write_text("x\n")
    (target.folder / ".git").mkdir()
    assert counters(target) == [1, 2, 3]
    assert target.notices == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_link_or_a_pipe_in_the_place_of_a_file_is_neither_followed_nor_waited_for(
    target: FolderTarget, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("untouched")
    file_of(target).unlink()
    file_of(target).symlink_to(secret)
    os.mkfifo(target.folder / f"marks-{'3' * 16}.jsonl")
    assert counters(target, TWO) == [1]
    assert len(target.notices) == 2
    with pytest.raises(TargetError):
        FolderTarget(target.name).push(events(ONE, 1))
    assert secret.read_text() == "untouched"
    (target.folder / SIGN).unlink()
    os.mkfifo(target.folder / SIGN)
    with pytest.raises(TargetError, match="not a regular file"):
        counters(target)


@pytest.mark.parametrize("away", ["folder", "sign"])
def test_a_folder_that_is_not_there_is_not_made_by_writing(target: FolderTarget, away: str) -> None:
    if away == "folder":
        shutil.rmtree(target.folder)
    else:
        (target.folder / SIGN).unlink()
    for act in (lambda: target.push(events(ONE, 4)), lambda: counters(target), target.check):
        with pytest.raises(TargetError, match=r"--init.*are kept on this machine"):
            act()
    assert target.folder.exists() == (away == "sign")


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        ('{"format": "cable-tui sharing", "version": 2}', "newer cable-tui"),
        ('{"format": "cable-tui sharing"}', "has changed"),
        ("", "has changed"),
        ("[]", "has changed"),
        ("[" * 100_000, "has changed"),
        (" " * (1 << 16) + '{"format": "cable-tui sharing", "version": 1}', "has changed"),
    ],
)
def test_a_folder_of_another_version_is_left_alone(
    target: FolderTarget, sign: str, words: str
) -> None:
    (target.folder / SIGN).write_text(sign)
    before = file_of(target).read_bytes()
    with pytest.raises(TargetError, match=words):
        target.push(events(ONE, 4))
    assert file_of(target).read_bytes() == before


def test_a_full_disk_is_a_sentence_and_the_next_push_goes_on(
    target: FolderTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files, "flush", full)
        with pytest.raises(TargetError, match="make room there"):
            target.push(events(ONE, 4))
    target.push(events(ONE, 4, 5))
    assert counters(target) == [1, 2, 3, 4, 5]


def _sign(file: Path) -> None:
    FolderTarget(str(file.parent / "shared")).init()


CASE = KeptFiles({"the sign of a sharing folder": _sign})
